"""Reading .xlsx and .xlsm as a stream.

openpyxl's quick way shows neither hidden rows nor merged cells, and its full way needs a gigabyte for a
sheet formatted to its last row and gives up on styles that student systems write wrongly. So the few
elements that are needed are read here: values, marks, merged cells, what is hidden. Formulas are never
worked out; the value that was saved with them counts.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from planforge.sheets.faults import SAVE_AS, Unreadable, damaged, too_large
from planforge.sheets.grid import (
    MAX_COLUMN,
    MAX_ROW,
    Book,
    Cell,
    Sheet,
    Span,
    column_number,
    number_text,
)
from planforge.sheets.shown import clock, day_as_shown, percent, shows_clock
from planforge.sheets.xlsx_parts import (
    MAX_TEXT,
    Contents,
    Relations,
    RichText,
    Shared,
    SharedTexts,
    Style,
    Styles,
    unescaped,
)
from planforge.sheets.xml_stream import Attributes, Handler, parse

MAX_DIRECTORY = 4_000_000
"""Bytes of the zip file's own directory: some ten thousand files; a workbook has dozens."""
MAX_CELLS = 1_000_000
MAX_SPANS = 200_000


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


_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def read_xlsx(path: Path, limits: Limits | None = None) -> Book:
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

    def book(self) -> Book:
        workbook = self._workbook()
        if not self._limits.macros and any(name.endswith("vbaproject.bin") for name in self._names):
            fix = "在 Excel 里另存为“Excel 工作簿（.xlsx）”，不带宏，再用"
            raise Unreadable("file.macros", "工作簿里带有宏（.xlsm），为安全起见不读", fix)
        relations = self._relations(workbook)
        contents = Contents()
        self._parse(workbook, contents, self._limits.part)
        styles, shared = Styles(), SharedTexts(self._limits.text)
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
        book, budget = Book([], "Excel 工作簿"), self._limits.cells
        for entry in contents.sheets:
            kind, target = relations.get(entry.relation, ("", ""))
            if kind != "worksheet" or not self._has(target):
                continue
            sheet = Sheet(entry.name, hidden=entry.hidden)
            if self._limits.hidden or not entry.hidden:
                reader = _SheetReader(
                    sheet, styles.cells, shared.texts, contents.from_1904, budget, self._limits.text
                )
                self._parse(target, reader, self._limits.sheet, rows=True)
                budget -= reader.count
            book.sheets.append(sheet)
        return book

    def _has(self, name: str) -> bool:
        return name.lower() in self._names

    def _parse(self, name: str, handler: Handler, limit: int, *, rows: bool = False) -> None:
        with self._zip.open(self._names[name.lower()]) as part:
            parse(part, handler, limit, rows=rows)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, _, name = part.rpartition("/")
        found = Relations(folder)
        at = f"{folder}/_rels/{name}.rels".lstrip("/")
        if self._has(at):
            self._parse(at, found, self._limits.part)
        return found.targets

    def _workbook(self) -> str:
        top = Relations("")
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


class _SheetReader(Handler):
    def __init__(
        self,
        sheet: Sheet,
        styles: list[Style],
        shared: list[Shared],
        from_1904: bool,
        budget: int,
        longest: int,
    ) -> None:
        self._sheet, self._styles, self._shared = sheet, styles, shared
        self._epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        self._budget, self._allowed, self._longest = budget, budget, longest
        self.count = 0
        self._row = self._column = 0
        self._kind, self._style = "n", Style()
        self._value: list[str] = []
        self._in_value = self._formula = False
        self._rich: RichText | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if self._rich is not None:
            self._rich.start(name, attributes)
        elif name == "c":
            self._open_cell(attributes)
        elif name == "v":
            self._in_value = True
        elif name == "is":
            self._rich = RichText(self._longest)
        elif name == "f":
            self._formula = True
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
            self._column = 0
            if self._row > MAX_ROW:
                raise damaged()
            if attributes.get("hidden", "0") in ("1", "true"):
                self._sheet.hidden_rows.add(self._row)
        elif name == "col":
            self._column_run(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if self._rich is not None:
            if name == "is":
                self._put(self._rich.take(), "text")
                self._rich = None
                self._formula = False
            else:
                self._rich.end(name)
        elif name == "v":
            self._in_value = False
        elif name == "c":
            self._close_cell()

    def text(self, data: str) -> None:
        if self._rich is not None:
            self._rich.text(data)
        elif self._in_value and len(self._value) < 50:
            self._value.append(data[: self._longest])

    def _open_cell(self, attributes: Attributes) -> None:
        at = _CELL.fullmatch(attributes.get("r", ""))
        self._column = column_number(at[1]) if at else self._column + 1
        if self._column > MAX_COLUMN:
            raise damaged()
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        known = style.isdecimal() and len(style) < 7 and int(style) < len(self._styles)
        self._style = self._styles[int(style)] if known else Style()
        self._value, self._formula = [], False

    def _close_cell(self) -> None:
        text = "".join(self._value)[: self._longest]
        self._value = []
        if not text:
            if self._formula and self._kind != "str":
                self._put(Shared(""), "no_value")
            return
        if self._kind == "s":
            if text.isdecimal() and len(text) < 8 and int(text) < len(self._shared):
                self._put(self._shared[int(text)], "text")
        elif self._kind == "n":
            self._number(text)
        elif self._kind == "b":
            self._put(Shared("是" if text == "1" else "否"), "bool")
        elif self._kind == "e":
            self._put(Shared(text), "error")
        elif self._kind == "d":
            self._put(Shared(text[:10]), "date")
        else:
            self._put(Shared(unescaped(text)), "text")

    def _number(self, text: str) -> None:
        try:
            value = float(text)
            shown = number_text(value)
        except (ValueError, OverflowError):
            self._put(Shared(text), "text")
            return
        if self._style.date and (day := serial_date(value, self._epoch)):
            self._put(Shared(day), "date", day_as_shown(day, self._style.code))
        elif "%" in self._style.code:
            self._put(Shared(shown), "number", percent(shown))
        elif shows_clock(self._style.code):
            self._put(Shared(shown), "number", clock(value))
        else:
            self._put(Shared(shown), "number")

    def _put(self, shared: Shared, kind: str, shown: str = "") -> None:
        if not shared.text.strip() and kind == "text":
            return
        self.count += 1
        if self.count > self._budget:
            raise too_large("填了内容的格子太多", f"超过 {self._allowed} 格")
        struck = self._style.struck if shared.struck is None else shared.struck
        red = self._style.red if shared.red is None else shared.red
        row = self._sheet.rows.setdefault(self._row, {})
        row[self._column] = Cell(shared.text, kind, struck, red, shown)  # type: ignore[arg-type]

    def _column_run(self, attributes: Attributes) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        known = first.isdecimal() and last.isdecimal() and len(first) < 7 and len(last) < 7
        if (
            known
            and attributes.get("hidden", "0") in ("1", "true")
            and len(self._sheet.hidden_columns) < 1000
        ):
            self._sheet.hidden_columns.append((int(first), int(last)))

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        start, stop = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
        if start and stop and len(self._sheet.spans) < MAX_SPANS:
            columns = sorted((column_number(start[1]), column_number(stop[1])))
            rows = sorted((int(start[2]), int(stop[2])))
            self._sheet.spans.append(Span(rows[0], columns[0], rows[1], columns[1]))


def serial_date(value: float, epoch: datetime) -> str:
    """A day's serial number as 2026-09-01; "" for a time of day or what lies outside 1900 to 9999."""
    if not 1 <= value < 2_958_466:
        return ""
    if epoch.year == 1899 and value < 61:  # Excel counts a 29 February 1900 that never was
        value += 1
    return (epoch + timedelta(days=int(value))).date().isoformat()
