"""Forms in Excel made by hand for tests, as an office would make them. Everybody in them is invented."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from planforge.core.problems import Problem
from planforge.profile import ReadProfile, read_profile

Rows = Sequence[Sequence[Any]]
Change = Callable[[Workbook], None]

HEAD = ("项目", "填写内容", "说明")
BASE: Rows = (
    ("■ 学校",),
    HEAD,
    ("学校全称", "青石小学", "印在标题里的全称。"),
    ("学段", "小学"),
    ("■ 学期",),
    HEAD,
    ("学年", "2026-2027"),
    ("学期", "1"),
    ("■ 领导小组·组长",),
    ("姓名", "职务"),
    ("周明远", "校长"),
)
"""Sheet 基本: rows 1 to 11; with it a profile is complete."""


def made(path: Path, sheets: Mapping[str, Rows], *changes: Change, base: bool = True) -> Path:
    """A workbook of these sheets, after the sheet 基本."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in ({"基本": BASE, **sheets} if base else sheets).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for change in changes:
        change(book)
    book.save(path)
    return path


def on(sheet: str, change: Callable[[Worksheet], None]) -> Change:
    return lambda book: change(book[sheet])


def group(title: str, *pairs: tuple[Any, ...]) -> Rows:
    """A block of single values: the values stand in column B, from row 3 on."""
    return ((f"■ {title}",), HEAD, *pairs)


def table(title: str, *rows: tuple[Any, ...]) -> Rows:
    """A list: the headings in row 2, entries from row 3 on."""
    return ((f"■ {title}",), *rows)


def read(path: Path) -> ReadProfile:
    return read_profile(path)


def fine(path: Path) -> ReadProfile:
    reading = read_profile(path)
    assert reading.problems == (), [str(problem) for problem in reading.problems]
    return reading


def told(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Code and cell of each problem, in order."""
    return [(one.code, one.place.cell if one.place else "") for one in problems]


def repacked(data: bytes, parts: Mapping[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """The package with parts changed, or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        left = dict(parts)
        for name in given.namelist():
            change = left.pop(name, given.read(name))
            new.writestr(name, change(given.read(name)) if callable(change) else change)
        for name, content in left.items():
            assert isinstance(content, bytes)
            new.writestr(name, content)
    return buffer.getvalue()


def first_row(sheet: Worksheet, text: str) -> int:
    """The row in which a text stands in the first column."""
    found = [cell.row for cell in sheet["A"] if re.sub("[ ★]", "", str(cell.value or "")) == text]
    assert found, text
    return int(found[0])
