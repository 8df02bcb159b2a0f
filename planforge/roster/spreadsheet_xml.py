"""Reading “XML Spreadsheet 2003”, the other thing that is often called .xls."""

from __future__ import annotations

import io
from dataclasses import dataclass

from planforge.core.unreadable import Unreadable, damaged, too_large
from planforge.sheets.grid import (
    MAX_COLUMN,
    MAX_ROW,
    Kind,
    MergedCells,
    SheetCell,
    SheetGrid,
    Workbook,
    is_red,
    number_text,
)
from planforge.sheets.xlsx import MAX_CELLS
from planforge.sheets.xlsx_parts import MAX_TEXT
from planforge.sheets.xml_stream import Attributes, XmlHandler, parse


def read_spreadsheet_xml(text: str) -> Workbook:
    """The sheets of such a file. Raises Unreadable where it is damaged."""
    body = text[text.find("?>") + 2 :] if text.lstrip().startswith("<?xml") else text
    reader = _SpreadsheetXml()
    data = body.encode("utf-8", errors="replace")
    parse(io.BytesIO(data), reader, len(data))
    if not reader.sheets:
        raise Unreadable("file.other", "这个 XML 文件里没有工作表", "重新导出 Excel 文件再用")
    return Workbook(reader.sheets, "XML 表格 2003")


@dataclass(slots=True)
class _XmlFormat:
    struck: bool = False
    red: bool = False
    filled_red: bool = False


class _SpreadsheetXml(XmlHandler):
    def __init__(self) -> None:
        self.sheets: list[SheetGrid] = []
        self._styles: dict[str, _XmlFormat] = {}
        self._style = ""
        self._row = self._column = self._across = self._count = 0
        self._type = "String"
        self._marks = _XmlFormat()
        self._note = False
        self._data: list[str] | None = None
        self._visible: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Style":
            self._style = attributes.get("ID", "")
            self._styles[self._style] = _XmlFormat()
        elif name == "Font" and self._style and not self.sheets:
            red = is_red(attributes.get("Color", "").lstrip("#") or "000000")
            style = self._styles[self._style]
            style.struck, style.red = attributes.get("StrikeThrough") == "1", red
        elif name == "Interior" and self._style and not self.sheets:
            red = is_red(attributes.get("Color", "").lstrip("#") or "000000")
            self._styles[self._style].filled_red = red and attributes.get("Pattern") == "Solid"
        elif name == "Worksheet":
            self.sheets.append(SheetGrid(attributes.get("Name", "")))
            self._row = 0
        elif name == "Visible":
            self._visible = []
        elif self.sheets:
            self._inside(name, attributes)

    def _inside(self, name: str, attributes: Attributes) -> None:
        if name == "Row":
            self._row = _number(attributes.get("Index", ""), self._row + 1, MAX_ROW)
            self._column = 0
            if attributes.get("Hidden") == "1":
                self.sheets[-1].hidden_rows.add(self._row)
        elif name == "Cell":
            self._column = _number(attributes.get("Index", ""), self._column + 1, MAX_COLUMN)
            self._across = _number(attributes.get("MergeAcross", ""), 0, MAX_COLUMN)
            down = _number(attributes.get("MergeDown", ""), 0, MAX_ROW)
            if self._across or down:
                span = MergedCells(self._row, self._column, self._row + down, self._column + self._across)
                self.sheets[-1].spans.append(span)
            self._marks = self._styles.get(attributes.get("StyleID", ""), _XmlFormat())
        elif name == "Comment":
            self._note = True
        elif name == "Data":
            self._type, self._data = attributes.get("Type", "String"), []

    def text(self, data: str) -> None:
        if self._data is not None and len(self._data) < 50:
            self._data.append(data[:MAX_TEXT])
        elif self._visible is not None:
            self._visible.append(data[:20])

    def end(self, name: str) -> None:
        if name in ("Data", "Comment") and self._data is not None:
            text = "".join(self._data)[:MAX_TEXT]
            if self._note:
                self._put_note(text)
            else:
                self._put(text)
            self._data = None
        if name == "Comment":
            self._note = False
        elif name == "Cell":
            self._column += self._across
        elif name == "Visible" and self._visible is not None:
            if self.sheets and "".join(self._visible).strip() in ("SheetHidden", "SheetVeryHidden"):
                self.sheets[-1].hidden = True
            self._visible = None

    def _put(self, text: str) -> None:
        if not text.strip():
            return
        self._count += 1
        if self._count > MAX_CELLS:
            raise too_large("填了内容的格子太多")
        kind: Kind = "text"
        if self._type == "Number":
            try:
                text, kind = number_text(float(text)), "number"
            except (ValueError, OverflowError):
                kind = "text"
        elif self._type == "DateTime":
            text, kind = text[:10], "date"
        elif self._type == "Error":
            kind = "error"
        row = self.sheets[-1].rows.setdefault(self._row, {})
        row[self._column] = SheetCell(
            text, kind, self._marks.struck, self._marks.red, filled_red=self._marks.filled_red
        )

    def _put_note(self, text: str) -> None:
        row = self.sheets[-1].rows.get(self._row, {})
        if (cell := row.get(self._column)) is not None:
            row[self._column] = cell._replace(note=text)


def _number(text: str, otherwise: int, most: int) -> int:
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal()) or len(text) > 7 or int(text) > most:
        raise damaged()
    return int(text)
