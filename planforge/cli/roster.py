"""`planforge roster`: how a roster is understood, and a blank one."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planforge.cli.arguments import day_of, mapping_of, refused
from planforge.cli.show import show_problems, table

if TYPE_CHECKING:
    from planforge.roster import LeftOut, Roster
    from planforge.roster.model import SheetReading

_SHOWN = 40
"""Rows left out that are listed one by one."""


def roster(
    path: Annotated[Path | None, typer.Argument(metavar="花名册", help="花名册：.xlsx、.xls 或 .csv")] = None,
    new: Annotated[Path | None, typer.Option("--new", metavar="文件.xlsx", help="写一份空白花名册")] = None,
    maps: Annotated[
        list[str] | None, typer.Option("--map", metavar="字段=列名", help="写明哪一列是什么，可以写几次")
    ] = None,
    term_start: Annotated[
        str, typer.Option("--term-start", metavar="日期", help="开学日期；班级写成“2024级1班”时要用")
    ] = "",
    entry_grade: Annotated[
        int, typer.Option("--entry-grade", metavar="年级", help="学校最低的年级；初中写 7")
    ] = 1,
    sheets: Annotated[
        list[str] | None, typer.Option("--sheet", metavar="表名", help="只读这一张工作表，可以写几次")
    ] = None,
    staff: Annotated[bool, typer.Option("--staff", help="这是教职工名单")] = False,
) -> int:
    """说明花名册是怎样读的：表头、各列、各班人数、略去了谁、哪里要改。不显示学生的姓名和号码。"""
    if new is not None:
        return _new(new, staff=staff)
    if path is None:
        return refused("请写出花名册的文件名；要空白花名册，请用 --new 文件.xlsx。")
    mapping = mapping_of(maps)
    start = day_of("--term-start", term_start) if term_start else None
    if mapping is None or (term_start and start is None):
        return 2
    if not 1 <= entry_grade <= 9:
        return refused("--entry-grade 是 1 到 9。")
    read = _read(path, mapping, start, entry_grade, sheets or [], staff)
    if not read.understood.form:
        show_problems(read.problems)
        return 2
    _show(path, read)
    show_problems(read.problems)
    return 1 if read.errors else 0


def _read(
    path: Path, mapping: dict[str, str], start: date | None, entry_grade: int, sheets: list[str], staff: bool
) -> Roster:
    from planforge.roster import lenient, read_roster, seems_staff

    read = read_roster(
        path,
        lenient(staff=staff),
        mapping=mapping,
        term_start=start,
        entry_grade=entry_grade,
        sheets=sheets,
        staff=staff,
    )
    if not staff and seems_staff(read.understood):
        read = read_roster(path, lenient(staff=True), mapping=mapping, sheets=sheets, staff=True)
    return read


def _show(path: Path, read: Roster) -> None:
    typer.echo(f"{path}：{read.understood.form}")
    for sheet in read.understood.sheets:
        typer.echo(_sheet(sheet))
    classes = Counter(one.class_ for one in read.recipients)
    counts = [[str(one), f"{classes[one]} 人"] for one in sorted(filter(None, classes))]
    if counts:
        typer.echo(f"\n各班人数（{len(counts)} 个班）：\n{table(counts)}")
    typer.echo(f"\n共 {len(read.recipients)} 人。")
    if read.left_out:
        typer.echo(f"没有取的 {len(read.left_out)} 处：\n{_left_out(read.left_out)}")


def _sheet(sheet: SheetReading) -> str:
    name = f"工作表“{sheet.name}”" if sheet.name else "表格"
    if sheet.state != "read":
        why = {
            "hidden": "隐藏的，没有读",
            "empty": "空的",
            "no_header": "没有姓名这一列，没有读",
            "not_chosen": "没有选，没有读",
        }[sheet.state]
        return f"{name}：{why}"
    lines = []
    for number, block in enumerate(sheet.blocks, 1):
        first, last = block.header_rows
        rows = f"第 {first} 行" if first == last else f"第 {first}—{last} 行"
        which = f"第 {number} 块，" if len(sheet.blocks) > 1 else ""
        counts = [f"取 {block.taken} 人"]
        counts += [f"略去 {block.left_out} 行"] if block.left_out else []
        counts += [f"有误 {block.faulty} 行"] if block.faulty else []
        counts += [f"表尾、说明 {block.footers} 行"] if block.footers else []
        seen = f"，班级看{block.class_from}" if block.class_from else ""
        lines.append(f"{name}：{which}表头在{rows}，{'，'.join(counts)}{seen}")
        columns = [
            [
                f"{one.column} 列",
                one.title,
                f"（{one.heading}）" if one.heading != one.title else "",
                f"{one.empty} 格空着" if one.empty else "",
            ]
            for one in block.columns
        ]
        lines.append(table(columns))
    if sheet.other:
        lines.append(f"  没有用到的列：{'、'.join(sheet.other)}")
    return "\n".join(lines)


def _left_out(rows: tuple[LeftOut, ...]) -> str:
    shown = [[one.place.cell, one.reason] for one in rows[:_SHOWN]]
    more = f"\n  ……还有 {len(rows) - _SHOWN} 处" if len(rows) > _SHOWN else ""
    return table(shown) + more


def _new(path: Path, *, staff: bool) -> int:
    from planforge.output import write_new
    from planforge.roster.blank import blank_roster

    if str(path).startswith("-"):
        return refused("--new 后面要写文件名：--new 花名册.xlsx。")
    if path.suffix.lower() != ".xlsx":
        return refused(f"{path} 的后缀应当是 .xlsx。")
    write_new(path, blank_roster(staff=staff))
    typer.echo(f"已写好 {path}。用 Excel 或 WPS 打开填写，然后运行：\n  planforge roster {path}")
    return 0
