"""A blank roster: headings that the reader knows, columns of text where Excel would spoil numbers, lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from planforge.sheets.settled import settled

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 2_000
"""Rows that lists and checks reach down to: a large school's pupils in one sheet."""


class _BlankColumn(NamedTuple):
    """A column of the blank roster. choices: the list; strict: nothing else may be typed. width: characters."""

    heading: str
    width: int
    help: str
    choices: tuple[str, ...] = ()
    strict: bool = False


_PUPIL = (
    _BlankColumn("班级", 12, "写成“三（2）班”；也可以一个班一张工作表，把表名写成班级"),
    _BlankColumn("座号", 8, "班内的座号，数字"),
    _BlankColumn("姓名", 14, "必填。照户口簿写，少数民族和外国姓名的间隔号用“·”"),
    _BlankColumn("性别", 8, "从列表里选", ("男", "女"), True),
    _BlankColumn("学籍号", 24, "这一列是文本格式；从别处粘贴时请选“只粘贴值”"),
    _BlankColumn("家长姓名", 14, "收信的家长或监护人"),
    _BlankColumn("联系电话", 16, "手机号 11 位；这一列是文本格式"),
    _BlankColumn("住址", 30, "要印地址时才填"),
    _BlankColumn("备注", 14, "写上转出、休学等字样的，不发信", ("转出", "休学", "退学", "借读", "随班就读")),
)
_STAFF = (
    _BlankColumn("序号", 8, "打印的先后"),
    _BlankColumn("姓名", 14, "必填"),
    _BlankColumn("工号", 16, "这一列是文本格式"),
    _BlankColumn("性别", 8, "从列表里选", ("男", "女"), True),
    _BlankColumn("职务", 18, "一人几职的，写最主要的一个；列表里没有的可以直接写",
           ("校长", "副校长", "教导主任", "教研组长", "年级组长", "班主任", "任课教师")),
    _BlankColumn("任教学科", 14, "一人几科的，用顿号隔开",
           ("语文", "数学", "英语", "道德与法治", "科学", "体育", "音乐", "美术", "信息科技", "劳动")),
    _BlankColumn("任教班级", 22, "写成“三（2）班”，几个班用顿号隔开"),
    _BlankColumn("班主任班级", 14, "是班主任的才填"),
    _BlankColumn("上级", 14, "责任书由谁和他签，写姓名"),
    _BlankColumn("联系电话", 16, "这一列是文本格式"),
    _BlankColumn("备注", 14, "写上调离、退休等字样的，不发", ("调离", "退休", "借出", "病假")),
)  # fmt: skip


def blank_roster(*, staff: bool = False) -> bytes:
    """An .xlsx file to be filled in: the list, and a sheet that explains each column. Always the same bytes."""
    from openpyxl import Workbook

    fields = _STAFF if staff else _PUPIL
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "教职工" if staff else "学生"
    _list(sheet, fields)
    _explain(book.create_sheet("填写说明"), fields)
    book.properties.creator = "planforge"
    buffer = io.BytesIO()
    book.save(buffer)
    return settled(buffer.getvalue())


def _list(sheet: Worksheet, fields: Sequence[_BlankColumn]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    thin = Side(style="thin", color="999999")
    for column, field in enumerate(fields, 1):
        letter = get_column_letter(column)
        # A column's own format holds for all cells that are typed into later, without a cell being written.
        sheet.column_dimensions[letter].width = field.width
        sheet.column_dimensions[letter].number_format = "@"
        cell = sheet.cell(1, column, field.heading)
        cell.font = Font(name="宋体", size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="DDEBF7")
        cell.alignment = Alignment(horizontal="center", vertical="center")
        cell.border = Border(thin, thin, thin, thin)
        cell.comment = Comment(field.help, "planforge", width=240, height=80)
        if field.choices:
            check = DataValidation(
                "list",
                formula1='"' + ",".join(field.choices) + '"',
                allow_blank=True,
                showErrorMessage=field.strict,
            )
            check.errorTitle, check.error = (
                "请从列表里选",
                f"{field.heading}只能是：{'、'.join(field.choices)}",
            )
            check.add(f"{letter}2:{letter}{ROWS + 1}")
            sheet.add_data_validation(check)
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(fields))}1"


def _explain(sheet: Worksheet, fields: Sequence[_BlankColumn]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 70
    sheet.append(["各列怎样填（这张表不会被当作名单来读，可以删去）"])
    sheet["A1"].font = Font(name="宋体", size=11, bold=True)
    for field in fields:
        sheet.append([f"【{field.heading}】", field.help])
    sheet.append(["【删去的人】", "整行加删除线、把姓名标成红色、隐藏这一行，或在备注里写明，都不会发信"])
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.font = Font(name="宋体", size=11)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
