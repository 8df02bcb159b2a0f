"""`planforge add`: an item that came up during the term goes into the calendar."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planforge.cli.arguments import day_of, refused


def add(
    profile: Annotated[Path, typer.Argument(metavar="信息表", help="填好的学校信息表（.yaml）")],
    what: Annotated[str, typer.Argument(metavar="工作", help="做什么")],
    date_: Annotated[str, typer.Option("--date", metavar="日期", help="哪一天，如 2026-11-12")] = "",
    until: Annotated[str, typer.Option("--until", metavar="日期", help="一连几天的写最后一天")] = "",
    month: Annotated[
        int | None, typer.Option("--month", metavar="月份", help="没有定日子的写几月", min=1, max=12)
    ] = None,
    who: Annotated[str, typer.Option("--who", metavar="部门", help="谁负责")] = "",
) -> int:
    """把学期中增加的一项工作添进月历；总结里同计划里的分开算。"""
    from planforge.app.forms import NewItem, add_item

    what, who = " ".join(what.split()), " ".join(who.split())
    if not what:
        return refused("没有写是什么工作。")
    if bool(date_) == (month is not None):
        return refused("写上 --date（哪一天）或 --month（几月），只写一个。")
    if until and not date_:
        return refused("--until 要和 --date 一起写。")
    day, last = (
        day_of(option, text) if text else None for option, text in (("--date", date_), ("--until", until))
    )
    if (date_ and day is None) or (until and last is None):
        return 2
    now = add_item(profile, NewItem(what, who, day, last, month))
    typer.echo(f"已添进月历：{now.id}　{now.what}（学期中增加）。做完以后：planforge done {profile} {now.id}")
    return 0
