"""Reading .xls (Excel 97 to 2003) with xlrd."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planforge.core.unreadable import SAVE_AS, Unreadable, damaged, too_large
from planforge.sheets.grid import MergedCells, SheetCell, SheetGrid, Workbook, is_red, number_text
from planforge.sheets.sheet_reader import serial_date
from planforge.sheets.xlsx_parts import MAX_TEXT

if TYPE_CHECKING:
    import xlrd
    from xlrd.sheet import Sheet as XlrdSheet

MAX_BYTES = 50_000_000


def read_xls(path: Path) -> Workbook:
    """The sheets of a workbook. Raises Unreadable, with words for encrypted files and for other OLE files."""
    import xlrd

    if path.stat().st_size > MAX_BYTES:
        raise too_large("文件太大", f"超过 {MAX_BYTES // 1_000_000} MB")
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("file.encrypted", "文件加了打开密码，读不了", "在 Excel 里去掉密码，另存一份再用")
    try:
        book = xlrd.open_workbook(
            file_contents=data, logfile=io.StringIO(), formatting_info=True, ragged_rows=True
        )
        return Workbook([_sheet(book, sheet) for sheet in book.sheets()], "Excel 97—2003 工作簿")
    except Exception as error:  # a damaged file makes xlrd raise nearly anything
        said = str(error).lower()
        if "encrypt" in said or "password" in said:
            fix = "在 Excel 里去掉密码，另存一份再用"
            raise Unreadable("file.encrypted", "文件加了打开密码，读不了", fix) from error
        if path.suffix.lower() in (".et", ".ett"):
            raise Unreadable("file.format", "这是 WPS 表格自己的格式（.et），读不了", SAVE_AS) from error
        if "WordDocument".encode("utf-16-le") in data:
            raise Unreadable("file.other", "这是 Word 文件，不是花名册", "请给出 Excel 花名册") from error
        raise damaged() from error


def _sheet(book: xlrd.Book, source: XlrdSheet) -> SheetGrid:
    sheet = SheetGrid(source.name, hidden=bool(source.visibility))
    for row in range(source.nrows):
        cells = {}
        for column in range(source.row_len(row)):
            cell = _cell(book, source, row, column)
            if cell is not None:
                cells[column + 1] = cell
        if cells:
            sheet.rows[row + 1] = cells
    sheet.hidden_rows = {row + 1 for row, info in source.rowinfo_map.items() if info.hidden}
    sheet.spans = [
        MergedCells(top + 1, left + 1, bottom, right) for top, bottom, left, right in source.merged_cells
    ]
    return sheet


def _cell(book: xlrd.Book, source: XlrdSheet, row: int, column: int) -> SheetCell | None:
    kind, value = source.cell_type(row, column), source.cell_value(row, column)
    if kind in (0, 6) or (kind == 1 and not str(value).strip()):
        return None
    format_ = book.xf_list[source.cell_xf_index(row, column)]
    font = book.font_list[format_.font_index]
    marks = (bool(font.struck_out), _red(book, font.colour_index))
    cell = _value(book, kind, value, marks)
    fill = format_.background
    filled = fill is not None and fill.fill_pattern == 1 and _red(book, fill.pattern_colour_index)
    note = source.cell_note_map.get((row, column))
    return cell._replace(filled_red=filled, note=note.text[:MAX_TEXT] if note is not None else "")


def _red(book: xlrd.Book, index: int) -> bool:
    rgb = book.colour_map.get(index)
    return rgb is not None and is_red("{:02X}{:02X}{:02X}".format(*rgb))


def _value(book: xlrd.Book, kind: int, value: Any, marks: tuple[bool, bool]) -> SheetCell:
    if kind == 1:
        return SheetCell(str(value)[:MAX_TEXT], "text", *marks)
    if kind == 3:
        epoch = datetime(1904, 1, 1) if book.datemode else datetime(1899, 12, 30)
        day = serial_date(float(value), epoch)
        return (
            SheetCell(day, "date", *marks) if day else SheetCell(number_text(float(value)), "number", *marks)
        )
    if kind == 2:
        return SheetCell(number_text(float(value)), "number", *marks)
    if kind == 4:
        return SheetCell("是" if value else "否", "bool", *marks)
    return SheetCell("#错误", "error", *marks)
