"""One worksheet of an .xlsx package, element by element: values, marks, merged cells, what is hidden."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from planforge.core.unreadable import damaged, too_large
from planforge.sheets.grid import (
    MAX_COLUMN,
    MAX_ROW,
    Kind,
    MergedCells,
    SheetCell,
    SheetGrid,
    column_number,
    number_text,
)
from planforge.sheets.shown import clock, day_as_shown, percent, shows_clock
from planforge.sheets.xlsx_parts import CellStyle, RichText, SharedText, unescaped
from planforge.sheets.xml_stream import Attributes, XmlHandler

MAX_SPANS = 200_000

CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class SheetReader(XmlHandler):
    """Reads a worksheet's part into a `SheetGrid`; `count` is how many cells held something."""

    def __init__(
        self,
        sheet: SheetGrid,
        styles: list[CellStyle],
        shared: list[SharedText],
        from_1904: bool,
        budget: int,
        longest: int,
    ) -> None:
        self._sheet, self._styles, self._shared = sheet, styles, shared
        self._epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        self._budget, self._allowed, self._longest = budget, budget, longest
        self.count = 0
        self._row = self._column = 0
        self._kind, self._style = "n", CellStyle()
        self._value: list[str] = []
        self._in_value = self._formula = False
        self._rich: RichText | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens."""
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
        """An element closes."""
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
        """Characters between."""
        if self._rich is not None:
            self._rich.text(data)
        elif self._in_value and len(self._value) < 50:
            self._value.append(data[: self._longest])

    def _open_cell(self, attributes: Attributes) -> None:
        at = CELL.fullmatch(attributes.get("r", ""))
        self._column = column_number(at[1]) if at else self._column + 1
        if self._column > MAX_COLUMN:
            raise damaged()
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        known = style.isdecimal() and len(style) < 7 and int(style) < len(self._styles)
        self._style = self._styles[int(style)] if known else CellStyle()
        self._value, self._formula = [], False

    def _close_cell(self) -> None:
        text = "".join(self._value)[: self._longest]
        self._value = []
        if not text:
            if self._formula and self._kind != "str":
                self._put(SharedText(""), "no_value")
            return
        if self._kind == "s":
            if text.isdecimal() and len(text) < 8 and int(text) < len(self._shared):
                self._put(self._shared[int(text)], "text")
        elif self._kind == "n":
            self._number(text)
        elif self._kind == "b":
            self._put(SharedText("是" if text == "1" else "否"), "bool")
        elif self._kind == "e":
            self._put(SharedText(text), "error")
        elif self._kind == "d":
            self._put(SharedText(text[:10]), "date")
        else:
            self._put(SharedText(unescaped(text)), "text")

    def _number(self, text: str) -> None:
        try:
            value = float(text)
            shown = number_text(value)
        except (ValueError, OverflowError):
            self._put(SharedText(text), "text")
            return
        if self._style.date and (day := serial_date(value, self._epoch)):
            self._put(SharedText(day), "date", day_as_shown(day, self._style.code))
        elif "%" in self._style.code:
            self._put(SharedText(shown), "number", percent(shown))
        elif shows_clock(self._style.code):
            self._put(SharedText(shown), "number", clock(value))
        else:
            self._put(SharedText(shown), "number")

    def _put(self, shared: SharedText, kind: Kind, shown: str = "") -> None:
        if not shared.text.strip() and kind == "text":
            return
        self.count += 1
        if self.count > self._budget:
            raise too_large("填了内容的格子太多", f"超过 {self._allowed} 格")
        struck = self._style.struck if shared.struck is None else shared.struck
        red = self._style.red if shared.red is None else shared.red
        row = self._sheet.rows.setdefault(self._row, {})
        cell = SheetCell(shared.text, kind, struck, red, shown, shared.half_struck, self._style.filled_red)
        row[self._column] = cell

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
        start, stop = CELL.fullmatch(first), CELL.fullmatch(last or first)
        if start and stop and len(self._sheet.spans) < MAX_SPANS:
            columns = sorted((column_number(start[1]), column_number(stop[1])))
            rows = sorted((int(start[2]), int(stop[2])))
            self._sheet.spans.append(MergedCells(rows[0], columns[0], rows[1], columns[1]))


def serial_date(value: float, epoch: datetime) -> str:
    """A day's serial number as 2026-09-01; "" for a time of day or what lies outside 1900 to 9999."""
    if not 1 <= value < 2_958_466:
        return ""
    if epoch.year == 1899 and value < 61:  # Excel counts a 29 February 1900 that never was
        value += 1
    return (epoch + timedelta(days=int(value))).date().isoformat()
