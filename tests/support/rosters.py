"""Rosters of pupils and of staff for the tests of whole runs. Everybody is invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

PUPILS = (
    ("三（1）班", 1, "丁一禾", "女", "合唱"),
    ("三（1）班", 2, "卞小舟", "男", "足球"),
    ("三（1）班", 3, "陈雨桐", "女", ""),
    ("三（2）班", 1, "周林", "男", "足球"),
    ("三（2）班", 2, "艾芳晨", "女", "合唱"),
    ("三（4）班", 1, "郑宇涵", "男", "足球"),
    ("四（1）班", 7, "王欣怡", "女", "合唱"),
)
STAFF = (
    ("方正明", "校长", "", "", "", ""),
    ("林致远", "副校长", "", "", "", ""),
    ("周启文", "三年级组长", "语文", "三（1）班", "", ""),
    ("吴芳", "四年级组长、班主任", "数学", "四（1）班", "四（1）班", ""),
    ("陈静", "班主任", "语文", "三（1）班、三（2）班", "三（1）班", ""),
    ("何亮", "教师", "英语", "三（1）班、四（1）班", "", ""),
    ("杨柳", "班主任", "数学", "三（2）班", "三（2）班", ""),
)


def workbook(path: Path, head: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    """A sheet with these rows as an Excel file."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (head, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def pupils(path: Path) -> Path:
    """A roster of pupils."""
    return workbook(path, ["班级", "学号", "姓名", "性别", "社团"], PUPILS)


def staff(path: Path) -> Path:
    """A staff list."""
    return workbook(path, ["姓名", "职务", "任教学科", "任教班级", "班主任班级", "上级"], STAFF)
