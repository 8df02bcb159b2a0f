"""How the form's workbook looks: fonts, fills, widths in characters, heights in points."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING, Any

from planforge.profile.workbook.blocks import BlockField, FormBlock, Shape
from planforge.sheets.xlsx_parts import escaped

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle

_WIDTHS: dict[Shape, int] = {
    "long": 30, "texts": 22, "lines": 22, "options": 22, "day": 13, "clock": 9, "whole": 10, "grades": 12,
    "percent": 10, "phone": 16, "range": 10, "text": 16,
}  # fmt: skip
_LABEL, _FILL, _HELP = 20, 38, 52
"""Width of the name of a value, of what is filled in, of its explanation."""
SMALLER = 1.15
"""How much more of the small text of explanations fits into a width, which Excel counts in 11 pt digits."""
_LINE = 15.0
"""Height of a line of 10 pt text in Excel."""


def columns_of(blocks: tuple[FormBlock, ...]) -> list[int]:
    """The widths of a sheet's columns, from the lists that stand on it."""
    tables = [block for block in blocks if block.table]
    if not tables:
        return [_LABEL, _FILL, _HELP]
    widths = [] if len(tables) == len(blocks) else [_LABEL]
    for block in tables:
        own = ([14] if block.link else []) + [_width(column) for column in block.fields]
        widths += [0] * (len(own) - len(widths))
        for at, width in enumerate(own):
            widths[at] = max(widths[at], width)
    if len(tables) < len(blocks):
        while sum(widths) < _LABEL + _FILL + _HELP:
            widths.append(16)
    return widths


def _width(column: BlockField) -> int:
    return max(_WIDTHS[column.shape], spread(column.title) + 4)


def spans_of(widths: list[int]) -> tuple[int, int]:
    """The last column of what is filled in, and of its explanation, for single values on a sheet with lists."""
    filled = 2
    while filled < len(widths) - 1 and sum(widths[1:filled]) < _FILL:
        filled += 1
    told = filled + 1
    while told < len(widths) and sum(widths[filled:told]) < _HELP:
        told += 1
    return filled, told


def spread(text: str) -> int:
    """How wide a text is, in narrow characters."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def height(texts: list[tuple[str, int]], least: int = 1) -> float:
    """The height that texts need in columns of the given widths."""
    lines = least
    for text, width in texts:
        need = sum(max(1, math.ceil(spread(line) / max(1, width - 1))) for line in text.split("\n"))
        lines = max(lines, need)
    return min(409.0, _LINE * lines + 4)


def styles() -> dict[str, NamedStyle]:
    """The named styles of the form, by what they are for."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    thin = Side(style="thin", color="B7B7B7")
    border = Border(thin, thin, thin, thin)
    middle = Alignment(vertical="center")
    wrapped = Alignment(wrap_text=True, vertical="center")
    centred = Alignment(wrap_text=True, vertical="center", horizontal="center")
    blue, grey = PatternFill("solid", fgColor="DDEBF7"), PatternFill("solid", fgColor="EDEDED")
    song, hei = "宋体", "黑体"
    made = [
        NamedStyle("表题", font=Font(name=hei, size=16), alignment=middle),
        NamedStyle("附注", font=Font(name=song, size=10, color="666666"), alignment=wrapped),
        NamedStyle("栏目", font=Font(name=hei, size=12, color="1F3864"), fill=blue, alignment=middle),
        NamedStyle(
            "标题行", font=Font(name=song, size=10, bold=True), fill=grey, border=border, alignment=centred
        ),
        NamedStyle("项目", font=Font(name=song, size=10, bold=True), border=border, alignment=wrapped),
        NamedStyle("解释", font=Font(name=song, size=9, color="666666"), border=border, alignment=wrapped),
        NamedStyle(
            "填写",
            font=Font(name=song, size=10),
            fill=PatternFill("solid", fgColor="FFFDE7"),
            border=border,
            alignment=wrapped,
            protection=Protection(locked=False),
            number_format="@",
        ),
        NamedStyle(
            "正文", font=Font(name=song, size=10.5), alignment=Alignment(wrap_text=True, vertical="top")
        ),
        NamedStyle(
            "去处", font=Font(name=song, size=10.5, color="0563C1", underline="single"), alignment=middle
        ),
    ]
    return {style.name: style for style in made}


def put(cell: Any, style: str, text: str = "") -> None:
    """Give a cell its style and text; whatever it begins with, it stays text."""
    cell.style = style
    if text:
        cell.value = escaped(text)
        cell.data_type = "s"
        if text[0] in "=+-@":
            cell.quotePrefix = True
