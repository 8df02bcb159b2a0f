"""What became of the plan: records that contradict themselves, and records that nobody could check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from planforge.profile.choices import STATUSES
from planforge.profile.consistency.common import Findings
from planforge.profile.consistency.times import of_the_term
from planforge.profile.model import Profile
from planforge.profile.plan import EntryProgress

_FAR = timedelta(days=30)
"""From which on a day is asked about when it is recorded; what is done late is told by the check of papers."""
_NEXT_TERM = timedelta(days=200)
"""What cannot be done this term is put off into the next one, which ends within so many days of it."""
_NAMES = {value: name for name, value in STATUSES.items()}


def check_progress(profile: Profile, findings: Findings) -> None:
    """Contradictions are errors; a record without date, evidence or reason is a notice."""
    for path, entry, planned in _entries(profile):
        _entry(path, entry, planned, findings)
        for key, day in (("done_on", entry.done_on), ("moved_to", entry.moved_to)):
            if day is not None and (doubt := doubtful(profile, day, put_off=key == "moved_to")):
                findings.add(
                    f"{path}.{key}",
                    "progress.outside",
                    doubt,
                    str(day),
                    fix="核对年份和月份",
                    severity="notice",
                )
    _measured(profile, findings)


def doubtful(profile: Profile, day: date, planned: date | None = None, *, put_off: bool = False) -> str:
    """Why a recorded day is probably mistyped, "" where it is not: outside the term, or far from the planned day.

    put_off: the day that something was put off to.
    """
    first, last = of_the_term(profile)
    if first and day < first:
        return f"这一天（{day}）在开学以前"
    if last and day > last + (_NEXT_TERM if put_off else timedelta()):
        return f"这一天（{day}）在学期结束以后"
    if planned is not None and abs(day - planned) > _FAR:
        side = "晚" if day > planned else "早"
        return f"这一天（{day}）比计划的日子（{planned}）{side}了{abs((day - planned).days)}天"
    return ""


def _entries(profile: Profile) -> Iterator[tuple[str, EntryProgress, date | None]]:
    for index, item in enumerate(profile.schedule):
        yield f"schedule[{index}]", item, item.day
    lists: dict[str, Sequence[EntryProgress]] = {"acts": profile.acts, "goals": profile.goals}
    for key, entries in lists.items():
        for index, entry in enumerate(entries):
            yield f"{key}[{index}]", entry, None


def _entry(path: str, entry: EntryProgress, planned: date | None, findings: Findings) -> None:
    status = entry.status
    if findings.lost(f"{path}.status"):
        return
    told = f"进展是“{_NAMES[status]}”" if status else "没有写进展"
    if entry.done_on is not None and status != "done":
        fix = "写上 status: 完成，或者删去 done_on"
        findings.add(f"{path}.done_on", "progress.done_on", f"写了完成日期，{told}", fix=fix)
    if entry.moved_to is not None and status not in ("postponed", "done"):
        fix = "写上 status: 推迟（已经补做的写完成），或者删去 moved_to"
        findings.add(f"{path}.moved_to", "progress.moved_to", f"写了改到哪天，{told}", fix=fix)
    if entry.moved_to is not None and planned is not None and entry.moved_to <= planned:
        message, found = "改到的日子不晚于原来的日子", str(entry.moved_to)
        findings.add(
            f"{path}.moved_to", "progress.moved_back", message, found, f"晚于 {planned}", "核对后改正"
        )
    _bare(path, entry, findings)


def _bare(path: str, entry: EntryProgress, findings: Findings) -> None:
    """A record that says less than a reader of the summary will ask."""
    if entry.status == "done" and not entry.evidence and not findings.lost(f"{path}.evidence"):
        message, fix = "完成了，没有写凭据", "补上 evidence：记录、名单、照片放在哪里"
        findings.add(path, "progress.no_evidence", message, fix=fix, severity="notice")
    if entry.status in ("postponed", "cancelled") and not entry.reason:
        message = f"{_NAMES[entry.status]}了，没有写原因"
        findings.add(path, "progress.no_reason", message, fix="补上 reason", severity="notice")


def _measured(profile: Profile, findings: Findings) -> None:
    """A grade measured twice; figures without what a chart must say beside them."""
    first: dict[int, int] = {}
    measured = profile.homework_minutes
    for index, entry in enumerate(measured.grades):
        path = f"homework_minutes.grades[{index}]"
        if entry.grade is None or entry.minutes is None:
            if not findings.lost_below(path):
                message = "这一条要写年级和实测分钟数"
                findings.add(path, "measured.incomplete", message, fix="补上 grade 和 minutes")
            continue
        if entry.grade in first:
            where = findings.line(f"homework_minutes.grades[{first[entry.grade]}]")
            message = f"{entry.grade} 年级在前面（{where}）已经写过"
            findings.add(f"{path}.grade", "measured.repeated", message, fix="一个年级只写一条")
        first.setdefault(entry.grade, index)
    lacking = [
        name
        for name, given in (
            ("when 测量时间", measured.when),
            ("method 测量方法", measured.method),
            ("每条的 count 人数", all(entry.count for entry in measured.grades)),
        )
        if not given
    ]
    if measured.grades and lacking and not findings.lost_below("homework_minutes"):
        message = "作业用时缺少出处，总结里不画图"
        findings.add(
            "homework_minutes",
            "measured.no_source",
            message,
            fix=f"补上 {'、'.join(lacking)}",
            severity="notice",
        )
