"""`planforge roster`: how a roster is understood, and a blank one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planforge.cli.arguments import day_of, mapping_of, refused
from planforge.cli.show import show_problems, table

if TYPE_CHECKING:
    from planforge.app.rosters import ClassCount, LeftOut, Roster, SheetReading

_SHOWN = 40
"""Rows left out, and lists of a sheet, that are shown one by one."""


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
    from planforge.app.rosters import read_roster

    read = read_roster(
        path,
        staff=True if staff else None,
        mapping=mapping,
        sheets=sheets or [],
        term_start=start,
        entry_grade=entry_grade,
    )
    if not read.understood.form:
        show_problems(read.problems)
        return 2
    _show(path, read)
    show_problems(read.problems)
    return 1 if read.errors else 0


def _show(path: Path, read: Roster) -> None:
    typer.echo(f"{path}：{read.understood.form}")
    for sheet in read.understood.sheets:
        typer.echo(_sheet(sheet))
    counts = [_counted(count) for count in read.reconciled(())]
    if counts:
        typer.echo(f"\n各班人数（{len(counts)} 个班）：\n{table(counts)}")
    typer.echo(f"\n共 {len(read.recipients)} 人。")
    if read.left_out:
        typer.echo(f"没有取的 {len(read.left_out)} 处：\n{_left_out(read.left_out)}")


def _counted(count: ClassCount) -> list[str]:
    """A class's line: how many are taken, and how many stand there besides."""
    lost = [f"略去 {count.left_out}"] if count.left_out else []
    lost += [f"有误 {count.faulty}"] if count.faulty else []
    class_ = str(count.class_) if count.class_ else "班级不明"
    return [class_, f"{count.taken} 人", f"（名单 {count.listed} 人，{'，'.join(lost)}）" if lost else ""]


def _sheet(sheet: SheetReading) -> str:
    name = f"工作表“{sheet.name}”" if sheet.name else "表格"
    if sheet.state != "read":
        return f"{name}：{sheet.reason}"
    lines = []
    for number, block in enumerate(sheet.blocks[:_SHOWN], 1):
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
                f"{column.column} 列",
                column.title,
                f"（{column.heading}）" if column.heading != column.title else "",
                f"{column.empty} 格空着" if column.empty else "",
            ]
            for column in block.columns
        ]
        lines.append(table(columns))
    if len(sheet.blocks) > _SHOWN:
        lines.append(f"  ……还有 {len(sheet.blocks) - _SHOWN} 块")
    if sheet.other:
        lines.append(f"  没有用到的列：{'、'.join(sheet.other)}")
    return "\n".join(lines)


def _left_out(rows: tuple[LeftOut, ...]) -> str:
    shown = [[row.place.cell, row.reason] for row in rows[:_SHOWN]]
    more = f"\n  ……还有 {len(rows) - _SHOWN} 处" if len(rows) > _SHOWN else ""
    return table(shown) + more


def _new(path: Path, *, staff: bool) -> int:
    from planforge.app.rosters import blank_roster, write_new

    if str(path).startswith("-"):
        return refused("--new 后面要写文件名：--new 花名册.xlsx。")
    if path.suffix.lower() != ".xlsx":
        return refused(f"{path} 的后缀应当是 .xlsx。")
    write_new(path, blank_roster(staff=staff))
    typer.echo(f"已写好 {path}。用 Excel 或 WPS 打开填写，然后运行：\n  planforge roster {path}")
    return 0
