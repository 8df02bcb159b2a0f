"""Reading .xlsx and .xlsm as a stream.

openpyxl's quick way shows neither hidden rows nor merged cells, and its full way needs a gigabyte for a
sheet formatted to its last row and gives up on styles that student systems write wrongly. So the few
elements that are needed are read here: values, marks, merged cells, what is hidden. Formulas are never
worked out; the value that was saved with them counts.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from planforge.core.unreadable import SAVE_AS, Unreadable, damaged, too_large
from planforge.sheets.grid import SheetGrid, Workbook, column_number
from planforge.sheets.sheet_reader import CELL, SheetReader
from planforge.sheets.xlsx_parts import (
    MAX_TEXT,
    CommentsPart,
    RelationsPart,
    SharedTextsPart,
    StylesPart,
    WorkbookPart,
)
from planforge.sheets.xml_stream import XmlHandler, parse

MAX_DIRECTORY = 4_000_000
"""Bytes of the zip file's own directory: some ten thousand files; a workbook has dozens."""
MAX_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most; the defaults are for rosters, a hundred times a school's.

    part, sheet: bytes of XML, of a sheet without its rows that hold formats only. text: characters kept of a
    cell. hidden: whether hidden sheets are read too. macros: whether a workbook with macros is read (they
    are never run).
    """

    part: int = 64_000_000
    sheet: int = 250_000_000
    cells: int = MAX_CELLS
    sheets: int = 500
    text: int = MAX_TEXT
    hidden: bool = False
    macros: bool = True


def read_xlsx(path: Path, limits: Limits | None = None) -> Workbook:
    """The sheets of a workbook. Raises Unreadable, with words for other zip files and for damaged ones."""
    _check_directory(path)
    try:
        with zipfile.ZipFile(path) as package:
            return _Package(package, limits or Limits()).book()
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        struct.error,
        NotImplementedError,
        OverflowError,
    ) as error:
        raise damaged() from error
    except RuntimeError as error:  # what zipfile raises for members with a password
        raise Unreadable("file.encrypted", "文件加了密码，读不了", "去掉密码后另存一份再用") from error


def _check_directory(path: Path) -> None:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 66_000))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 20 > len(tail):
        raise damaged()
    entries, length = struct.unpack_from("<HI", tail, at + 10)
    if length > MAX_DIRECTORY or entries == 0xFFFF:
        raise too_large("压缩包里的文件太多")


class _Package:
    def __init__(self, package: zipfile.ZipFile, limits: Limits) -> None:
        self._zip, self._limits = package, limits
        self._names = {name.replace("\\", "/").lower(): name for name in package.namelist()}

    def book(self) -> Workbook:
        workbook = self._workbook()
        if not self._limits.macros and any(name.endswith("vbaproject.bin") for name in self._names):
            fix = "在 Excel 里另存为“Excel 工作簿（.xlsx）”，不带宏，再用"
            raise Unreadable("file.macros", "工作簿里带有宏（.xlsm），为安全起见不读", fix)
        relations = self._relations(workbook)
        contents = WorkbookPart()
        self._parse(workbook, contents, self._limits.part)
        styles, shared = StylesPart(), SharedTextsPart(self._limits.text)
        for kind, target in relations.values():
            if kind == "styles" and self._has(target):
                try:
                    self._parse(target, styles, self._limits.part)
                except Unreadable:  # marks are lost then, the roster is not
                    styles.cells.clear()
            elif kind == "sharedStrings" and self._has(target):
                self._parse(target, shared, self._limits.part)
        if len(contents.sheets) > self._limits.sheets:
            raise too_large("工作表太多", f"{len(contents.sheets)} 张")
        book, budget = Workbook([], "Excel 工作簿"), self._limits.cells
        for entry in contents.sheets:
            kind, target = relations.get(entry.relation, ("", ""))
            if kind != "worksheet" or not self._has(target):
                continue
            sheet = SheetGrid(entry.name, hidden=entry.hidden)
            if self._limits.hidden or not entry.hidden:
                reader = SheetReader(
                    sheet, styles.cells, shared.texts, contents.from_1904, budget, self._limits.text
                )
                self._parse(target, reader, self._limits.sheet, rows=True)
                budget -= reader.count
                self._put_notes(sheet, target)
            book.sheets.append(sheet)
        return book

    def _put_notes(self, sheet: SheetGrid, part: str) -> None:
        """Comments onto the cells that they belong to; a damaged part costs only the comments."""
        comments = CommentsPart(self._limits.text)
        for kind, target in self._relations(part).values():
            if kind == "comments" and self._has(target):
                try:
                    self._parse(target, comments, self._limits.part)
                except Unreadable:
                    continue
        for address, note in comments.notes.items():
            at = CELL.fullmatch(address)
            row, column = (int(at[2]), column_number(at[1])) if at else (0, 0)
            if (cell := sheet.rows.get(row, {}).get(column)) is not None:
                sheet.rows[row][column] = cell._replace(note=note)

    def _has(self, name: str) -> bool:
        return name.lower() in self._names

    def _parse(self, name: str, handler: XmlHandler, limit: int, *, rows: bool = False) -> None:
        with self._zip.open(self._names[name.lower()]) as part:
            parse(part, handler, limit, rows=rows)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, _, name = part.rpartition("/")
        found = RelationsPart(folder)
        at = f"{folder}/_rels/{name}.rels".lstrip("/")
        if self._has(at):
            self._parse(at, found, self._limits.part)
        return found.targets

    def _workbook(self) -> str:
        top = RelationsPart("")
        if self._has("_rels/.rels"):
            self._parse("_rels/.rels", top, self._limits.part)
        for kind, target in top.targets.values():
            if kind == "officeDocument" and self._has(target) and target.lower().endswith(".xml"):
                if "word/" in target or "ppt/" in target:
                    raise Unreadable(
                        "file.other", "这是 Word 或演示文件，不是 Excel 工作簿", "请给出 .xlsx 文件"
                    )
                return target
        for start, name in (
            ("xl/workbook.bin", "Excel 二进制工作簿（.xlsb）"),
            ("index/document.iwa", "苹果 Numbers 表格（.numbers）"),
            ("index.zip", "苹果 Numbers 表格（.numbers）"),
            ("content.xml", "OpenDocument 表格（.ods）"),
        ):
            if start in self._names:
                raise Unreadable("file.format", f"这是{name}，读不了", SAVE_AS, name)
        if any(name.endswith((".xlsx", ".xls", ".csv")) for name in self._names):
            raise Unreadable(
                "file.archive", "这是压缩包，不是 Excel 工作簿", "先解压，再给出里面的 .xlsx 文件"
            )
        raise Unreadable("file.other", "这不是 Excel 工作簿", SAVE_AS)
