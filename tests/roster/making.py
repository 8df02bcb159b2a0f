"""Rosters made by code, as offices keep them. All people are invented."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from planforge.core.problems import Problem
from planforge.roster import Roster, columns_for, read_roster

Change = Callable[[Worksheet], None]
TERM = date(2026, 9, 1)

HEAD = ("座号", "姓名", "班级", "联系电话")
PEOPLE = (
    (1, "丁一禾", "三（2）班", "13900000001"),
    (2, "卞小舟", "三（2）班", "13900000002"),
    (3, "甘雨桐", "三（2）班", "13900000003"),
)


def fill(sheet: Worksheet, rows: Iterable[Sequence[Any]]) -> None:
    for row in rows:
        sheet.append(list(row))


def workbook(path: Path, sheets: Mapping[str, Iterable[Sequence[Any]]], *changes: Change) -> Path:
    """An .xlsx file; changes are made to its first sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        fill(book.create_sheet(name), rows)
    for change in changes:
        change(book.worksheets[0])
    book.save(path)
    return path


def one_sheet(path: Path, rows: Iterable[Sequence[Any]], *changes: Change, name: str = "名单") -> Path:
    return workbook(path, {name: rows}, *changes)


def merge(*ranges: str) -> Change:
    def change(sheet: Worksheet) -> None:
        for one in ranges:
            sheet.merge_cells(one)

    return change


def font(cell: str, **marks: Any) -> Change:
    def change(sheet: Worksheet) -> None:
        for row in sheet[cell] if ":" in cell else ((sheet[cell],),):
            for one in row:
                one.font = Font(**marks)

    return change


def number_format(cell: str, code: str) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[cell].number_format = code

    return change


def write(cell: str, value: Any) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[cell] = value

    return change


def hide_rows(*rows: int) -> Change:
    def change(sheet: Worksheet) -> None:
        for row in rows:
            sheet.row_dimensions[row].hidden = True

    return change


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The same package with one part changed as text."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            body = source.read(name)
            if re.fullmatch(part, name):
                text = re.sub(r"&#(\d{3,});", lambda sign: chr(int(sign[1])), body.decode())
                body = change(text).encode()
            target.writestr(name, body)
    path.write_bytes(buffer.getvalue())
    return path


def read(path: Path, fields: str = "name class seat phone", **more: Any) -> Roster:
    staff = bool(more.get("staff"))
    return read_roster(path, columns_for(fields.split(), staff=staff), **{"term_start": TERM, **more})


def people(roster: Roster, *fields: str) -> list[tuple[str, ...]]:
    return [
        tuple(one.values[field] for field in fields or ("seat", "name", "class")) for one in roster.recipients
    ]


def left(roster: Roster) -> list[tuple[str, str]]:
    return [(one.place.cell, one.code) for one in roster.left_out]


def said(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(one.place.cell if one.place else "", one.code) for one in problems]


_INLINE = re.compile(r'<c ([^>]*)t="inlineStr"[^>]*><is>(.*?)</is></c>', re.DOTALL)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHARED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def with_shared_texts(path: Path, change: Callable[[str], str] = str) -> Path:
    """The same workbook with its texts in a table of their own, as Excel and WPS write them.

    change: of that table's XML.
    """
    texts: list[str] = []

    def share(sheet: str) -> str:
        def one(found: re.Match[str]) -> str:
            texts.append(found[2])
            return f'<c {found[1]}t="s"><v>{len(texts) - 1}</v></c>'

        return _INLINE.sub(one, sheet)

    rewritten(path, r"xl/worksheets/sheet\d+\.xml", share)
    relation = (
        f'<Relationship Id="rIdShared" Type="{_SHARED}" Target="/xl/sharedStrings.xml"/></Relationships>'
    )
    rewritten(path, r"xl/_rels/workbook\.xml\.rels", lambda text: text.replace("</Relationships>", relation))
    table = "".join(f"<si>{text}</si>" for text in texts)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/sharedStrings.xml", change(f'<sst xmlns="{_MAIN}">{table}</sst>'))
    return path
