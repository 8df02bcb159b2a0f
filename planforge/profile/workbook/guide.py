"""The first sheet: how the workbook is filled in, and where everything stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planforge.profile.workbook.block_headings import GUIDE
from planforge.profile.workbook.blocks import sheets
from planforge.profile.workbook.formatting import height, put

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LINES = (
    "在黄色的格子里填写。标题和说明锁住了，免得误改；没有密码，列宽、行高可以调，表格里可以插入行。",
    "先填带 ★ 的几项，就能生成第一份工作计划，其余的以后慢慢补。不知道的空着，不要编。",
    "表格一行填一条。一行都不填，文件里就没有这一部分，或者按现行规定写。",
    "格子都是文本格式，照平常的写法写：日期 2026-09-01，时刻 7:50，年级 1-6 或 一至六年级，电话照写。从别处粘贴时选“只粘贴值”。",
    "格子旁边有箭头的，从列表里选。一格里要写几条的，一条一行（按 Alt+Enter 换行）。",
    "工作表可以改名、移动，也可以加上自己的表；栏目的标题（“■”开头的）和各列的标题不要改。不要设打开密码，不要带宏。",
    "填好存盘，就可以代替 .yaml 信息表使用：planforge check 这个文件、planforge build 这个文件。填错的地方会写明是哪张表、哪一格。",
    "有上级信息表的，要去掉上级写的一项，就在格子里写“（空）”；要去掉整个列表，写在第一格里。",
    "例子里的学校、人名和电话都是编的。",
)


def write_guide(sheet: Worksheet) -> None:
    """Fill in the sheet."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    for letter, width in (("A", 5), ("B", 22), ("C", 74)):
        sheet.column_dimensions[letter].width = width
    put(sheet["A1"], "表题", f"学校信息表：{GUIDE}")
    sheet.row_dimensions[1].height = 30
    row = 2
    for number, text in enumerate(_LINES, 1):
        row += 1
        put(sheet.cell(row, 1), "正文", f"{number}.")
        put(sheet.cell(row, 2), "正文", text)
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=3)
        sheet.row_dimensions[row].height = height([(text, 90)])
    row += 2
    put(sheet.cell(row, 1), "栏目", "目录（点表名过去）")
    for column in (2, 3):
        put(sheet.cell(row, column), "栏目")
    for number, (name, blocks) in enumerate(sheets().items(), 1):
        row += 1
        put(sheet.cell(row, 1), "正文", str(number))
        cell = sheet.cell(row, 2)
        put(cell, "去处", name)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1")
        put(cell, "去处", name)
        first = any(block.entry is not None and block.entry.first for block in blocks)
        text = ("★ " if first else "") + "、".join(block.title for block in blocks)
        put(sheet.cell(row, 3), "正文", text)
        sheet.row_dimensions[row].height = height([(text, 70)])
