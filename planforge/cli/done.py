"""`planforge done`: record what became of an item of the plan, or list the items with their state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planforge.cli.arguments import day_of, refused
from planforge.cli.show import table

if TYPE_CHECKING:
    from planforge.app.forms import PlanEntry, Record, StatusName

_GROUPS = {"schedule": "月历", "acts": "重点举措", "goals": "目标"}
_STATES = {"done": "完成", "postponed": "推迟", "cancelled": "取消", "open": "未完成"}


def done(
    profile: Annotated[Path, typer.Argument(metavar="信息表", help="填好的学校信息表（.yaml 或 .xlsx）")],
    item: Annotated[
        str, typer.Argument(metavar="项目", help="编号，或者只有这一项里有的几个字；不写就列出全部")
    ] = "",
    date_: Annotated[str, typer.Option("--date", metavar="日期", help="哪一天做完的")] = "",
    evidence: Annotated[
        str, typer.Option("--evidence", metavar="文字", help="凭据：记录、名单放在哪里")
    ] = "",
    postponed: Annotated[bool, typer.Option("--postponed", help="推迟了")] = False,
    to: Annotated[str, typer.Option("--to", metavar="日期", help="推迟到哪一天")] = "",
    cancelled: Annotated[bool, typer.Option("--cancelled", help="取消了")] = False,
    not_done: Annotated[bool, typer.Option("--open", help="没有完成；记错了的也用它改回来")] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="推迟、取消、没有完成的原因")] = "",
) -> int:
    """记下一项工作做得怎样：完成、推迟、取消、未完成；不写项目，就列出各项的进展。"""
    from planforge.app.forms import record

    chosen = [given for given in (postponed, cancelled, not_done) if given]
    if not item:
        if chosen or date_ or evidence or to or reason:
            return refused("没有写是哪一项。不写项目只是列出进展，不能带别的选项。")
        return _listed(profile)
    if len(chosen) > 1:
        return refused("--postponed、--cancelled、--open 只能写一个。")
    status: StatusName = (
        "postponed" if postponed else "cancelled" if cancelled else "open" if not_done else "done"
    )
    if status != "done" and (date_ or evidence):
        return refused("--date 和 --evidence 只在完成时写。")
    if to and status != "postponed":
        return refused("--to 要和 --postponed 一起写。")
    if reason and status == "done":
        return refused("--reason 要和 --postponed、--cancelled 或 --open 一起写。")
    made = _record(status, date_, evidence, to, reason)
    if made is None:
        return 2
    now = record(profile, item, made)
    typer.echo(f"已记下：{now.id}　{now.what}　{state(now)}")
    for hint in (*_doubts(profile, now), *_hints(now)):
        typer.echo(f"提示  {hint}", err=True)
    return 0


def _record(status: StatusName, done_on: str, evidence: str, to: str, reason: str) -> Record | None:
    from planforge.app.forms import Record

    days: dict[str, date | None] = {}
    for option, text in (("--date", done_on), ("--to", to)):
        days[option] = None
        if text:
            day = day_of(option, text)
            if day is None:
                return None
            days[option] = day
    return Record(status, days["--date"], evidence.strip(), reason.strip(), days["--to"])


def _listed(profile: Path) -> int:
    from planforge.app.forms import entries

    every = entries(profile)
    if not every:
        typer.echo("信息表里还没有月历、重点举措和目标。")
        return 0
    for group, name in _GROUPS.items():
        rows = [
            [entry.id, _when(entry), entry.what, state(entry)]
            for entry in every
            if entry.path.startswith(f"{group}[")
        ]
        if rows:
            typer.echo(
                f"{name}（{_counted(entry for entry in every if entry.path.startswith(f'{group}['))}）\n{table(rows)}\n"
            )
    return 0


def _when(entry: PlanEntry) -> str:
    day, when = getattr(entry.record, "day", None), getattr(entry.record, "when", "")
    month = getattr(entry.record, "month", None)
    return f"{day.month}月{day.day}日" if day else when or (f"{month}月" if month else "")


def state(entry: PlanEntry) -> str:
    """What is recorded of an entry, in a few words."""
    record = entry.record
    parts = [_STATES[record.status] if record.status else "没有记录"]
    if record.done_on:
        parts.append(f"{record.done_on.month}月{record.done_on.day}日")
    if record.moved_to and record.status == "postponed":
        parts.append(f"到{record.moved_to.month}月{record.moved_to.day}日")
    tail = record.evidence if record.status == "done" else record.reason
    return " ".join(parts) + (f"（{tail}）" if tail else "")


def _counted(every: Iterator[PlanEntry]) -> str:
    states: list[str] = [entry.record.status or "" for entry in every]
    counts = [f"{name} {states.count(status)}" for status, name in _STATES.items() if states.count(status)]
    counts += [f"没有记录 {states.count('')}"] if states.count("") else []
    return f"共 {len(states)} 项：{'，'.join(counts)}"


def _doubts(profile: Path, entry: PlanEntry) -> Iterator[str]:
    """Days that are probably mistyped: recorded as they were said, and asked about."""
    from planforge.app.forms import doubtful

    record, planned = entry.record, getattr(entry.record, "day", None)
    for option, day in (("--date", record.done_on), ("--to", record.moved_to)):
        if day is None:
            continue
        until = getattr(record, "until", None) or planned
        doubt = doubtful(profile, day, until if option == "--date" else None, put_off=option == "--to")
        if not doubt and option == "--date" and day > date.today():
            doubt = f"这一天（{day}）还没有到"
        if doubt:
            yield f"请核对：{doubt}。已照写的记下；写错了，用 {option} 再记一次"


def _hints(entry: PlanEntry) -> Iterator[str]:
    record = entry.record
    if record.status == "done" and not record.evidence:
        yield "没有写凭据，总结里这一格空着；补写用 --evidence"
    if record.status == "done" and record.done_on is None:
        yield "没有写完成日期；补写用 --date"
    if record.status in ("postponed", "cancelled") and not record.reason:
        yield "没有写原因；补写用 --reason"
