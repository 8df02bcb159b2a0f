"""Reading the HTML tables that many student systems hand out under the name .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from planforge.core.unreadable import SAVE_AS, Unreadable, too_large
from planforge.sheets.grid import MAX_ROW, MergedCells, SheetCell, SheetGrid, Workbook, is_red
from planforge.sheets.xlsx import MAX_CELLS
from planforge.sheets.xlsx_parts import MAX_TEXT

_STRUCK = frozenset({"s", "strike", "del"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LINE_THROUGH = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_COLOUR = re.compile(r"(?<![-\w])color\s*:\s*(#?\w+)", re.IGNORECASE)
_FILL = re.compile(r"background(?:-color)?\s*:\s*(#?\w+)", re.IGNORECASE)
_VOID = frozenset({"br", "img", "hr", "col", "meta", "link", "input"})
MAX_SPAN = 2_000


def read_html(text: str) -> Workbook:
    """The tables of a page, one below the other in one sheet, as Excel would show them.

    Raises Unreadable where there is no table, or tables stand inside tables.
    """
    reader = _HtmlTables()
    reader.feed(text)
    reader.close()
    if reader.nested:
        raise Unreadable("file.format", "这是网页格式的表格，表里套着表，读不准", SAVE_AS)
    if not reader.sheet.rows:
        raise Unreadable("file.format", "这是网页，里面没有表格", "重新导出 Excel 文件再用")
    return Workbook([reader.sheet], "网页格式的表格（学籍系统导出的“.xls”）")


def _red(colour: str) -> bool:
    name = colour.lower().lstrip("#")
    if re.fullmatch(r"[0-9a-f]{3}", name):
        name = "".join(letter * 2 for letter in name)
    return name in ("red", "darkred", "crimson") or (len(name) == 6 and is_red(name))


class _HtmlTables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheet = SheetGrid("")
        self.nested = False
        self._depth = 0
        self._row = self._column = 0
        self._taken: dict[int, int] = {}  # column → last row that a cell above reaches
        self._count = 0
        self._parts: list[str] | None = None
        self._span = (1, 1)
        self._struck = self._red = self._filled_red = False
        self._marks: list[tuple[str, bool, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._depth += 1
            self.nested |= self._parts is not None
            self._finish()
        elif tag == "tr" and self._depth:
            self._finish()
            self._row += 1
            self._column = 0
            self._marks = []
            if _HIDDEN.search(values.get("style", "")) or "hidden" in values:
                self.sheet.hidden_rows.add(self._row)
        elif tag in ("td", "th") and self._row:
            self._finish()
            self._open(values)
            self._mark(tag, values)
        elif tag == "br" and self._parts is not None:
            self._parts.append("\n")
        elif self._parts is not None and tag not in _VOID:
            self._mark(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._finish()
            if tag == "table":
                self._depth = max(0, self._depth - 1)
        else:
            for at in range(len(self._marks) - 1, -1, -1):
                if self._marks[at][0] == tag:
                    del self._marks[at:]
                    break

    def handle_data(self, data: str) -> None:
        if self._parts is None or sum(map(len, self._parts[-3:])) > MAX_TEXT or len(self._parts) > 500:
            return
        self._parts.append(data)
        if data.strip():
            self._struck &= any(mark[1] for mark in self._marks)
            self._red &= any(mark[2] for mark in self._marks)

    def _mark(self, tag: str, values: dict[str, str]) -> None:
        style = values.get("style", "")
        struck = tag in _STRUCK or bool(_LINE_THROUGH.search(style))
        colour = _COLOUR.search(style)
        name = colour[1] if colour else values.get("color", "") if tag == "font" else ""
        if len(self._marks) < 50:
            self._marks.append((tag, struck, bool(name) and _red(name)))

    def _open(self, values: dict[str, str]) -> None:
        self._column += 1
        while self._taken.get(self._column, 0) >= self._row:
            self._column += 1
        self._span = (_number(values.get("rowspan", "1")), _number(values.get("colspan", "1")))
        fill = _FILL.search(values.get("style", ""))
        self._filled_red = _red(fill[1] if fill else values.get("bgcolor", ""))
        self._parts, self._struck, self._red, self._marks = [], True, True, []

    def _finish(self) -> None:
        if self._parts is None:
            return
        text = re.sub(r"[ \t\r\n]+", " ", "".join(self._parts).replace("\xa0", " ")).strip()
        self._parts = None
        rows, columns = self._span
        if self._row > MAX_ROW:
            raise too_large("行太多")
        if text:
            self._count += 1
            if self._count > MAX_CELLS:
                raise too_large("填了内容的格子太多")
            cell = SheetCell(text[:MAX_TEXT], "text", self._struck, self._red, filled_red=self._filled_red)
            self.sheet.rows.setdefault(self._row, {})[self._column] = cell
        if rows > 1 or columns > 1:
            self.sheet.spans.append(
                MergedCells(self._row, self._column, self._row + rows - 1, self._column + columns - 1)
            )
            for column in range(self._column, self._column + columns):
                self._taken[column] = self._row + rows - 1
        self._column += columns - 1


def _number(text: str) -> int:
    return min(max(int(text), 1), MAX_SPAN) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
