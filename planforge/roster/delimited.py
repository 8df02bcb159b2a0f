"""Reading .csv and .tsv: which sign parts the columns is found out from the text."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice

from planforge.core.unreadable import Unreadable, damaged, too_large
from planforge.sheets.grid import MAX_COLUMN, SheetCell, SheetGrid, Workbook
from planforge.sheets.xlsx import MAX_CELLS
from planforge.sheets.xlsx_parts import MAX_TEXT

_SIGNS = {",": "逗号", "\t": "制表符", ";": "分号", "|": "竖线", "，": "全角逗号"}
_PROTECTED = re.compile(r'="?([^"]*)"?')


def read_delimited(text: str, encoding: str) -> Workbook:
    """The one sheet of a text file; all cells are text. Raises Unreadable where quotes do not close."""
    first, _, after = text.partition("\n")
    said = re.fullmatch(r"sep=(.)\r?", first.strip("\ufeff \r"), re.IGNORECASE)
    skipped = 0
    if said:
        text, skipped = after, 1
    sign = said[1] if said else _sign(text)
    sheet = SheetGrid("")
    lines: dict[int, int] = {}
    count = 0
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=sign)
    row = skipped
    begun = line = skipped + 1
    try:
        for record in reader:
            row += 1
            cells = {}
            for column, value in enumerate(record[:MAX_COLUMN], 1):
                clean = _unprotected(value)
                if clean.strip():
                    cells[column] = SheetCell(clean[:MAX_TEXT])
            if cells:
                sheet.rows[row], lines[row] = cells, line
                count += len(cells)
                if count > MAX_CELLS:
                    raise too_large("填了内容的格子太多")
            begun, line = line, reader.line_num + skipped + 1
    except csv.Error as error:
        raise _unclosed(line) if "field limit" in str(error) else damaged(f"第 {line} 行") from error
    if _never_closes(text, begun - skipped, sign):
        raise _unclosed(begun)
    sheet.lines = lines
    return Workbook([sheet], f"文本表格（{encoding}，{_SIGNS.get(sign, sign)}分隔）")


def _never_closes(text: str, line: int, sign: str) -> bool:
    """Whether the record that begins in that line has a quote that never closes, so that it takes the whole rest."""
    rest = islice(io.StringIO(text, newline=""), line - 1, None)
    try:
        next(csv.reader(rest, delimiter=sign, strict=True), None)
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _unclosed(line: int) -> Unreadable:
    fix = "补上配对的引号，或者在 Excel 里打开原来的表，重新导出"
    return Unreadable("file.quotes", f"第 {line} 行有一个引号没有配对，后面的行分不清", fix)


def _unprotected(value: str) -> str:
    """Without what keeps Excel from reading a number: ="0012", '0012."""
    if value.startswith("=") and (kept := _PROTECTED.fullmatch(value)) and '"' in value:
        return kept[1]
    if value.startswith("'") and value[1:].strip().isdigit():
        return value[1:]
    return value


def _sign(text: str) -> str:
    """The sign that most lines hold the same number of times, and most often."""
    best, chosen = (0, 0), ","
    head = text[:200_000]
    for sign in _SIGNS:
        try:
            records = list(islice(csv.reader(io.StringIO(head, newline=""), delimiter=sign), 60))
        except csv.Error:
            continue
        widths = [len(record) for record in records if len(record) > 1]
        if widths:
            usual = max(set(widths), key=lambda width: (widths.count(width), width))
            score = (widths.count(usual), usual)
            if score > best:
                best, chosen = score, sign
    return chosen
