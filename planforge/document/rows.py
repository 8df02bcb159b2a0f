"""Which rows of a table no page break parts: a small table stays whole, a long one leaves no row alone on a page.

All writers ask with the same look, so that their pages break alike. Heights are reckoned, not measured: both files
must come to the same answer before either is laid out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from planforge.document.closing import characters
from planforge.document.look import Look
from planforge.document.tree import Cell, Table, plain


def kept_rows(table: Table, look: Look) -> tuple[bool, ...]:
    """For each row, those of the head first: whether it is never parted from the row below it.

    The share of a page that a table may take and still be kept whole is the look's. In a longer one the first two
    rows stay together and so do the last two, unless these take more room than that themselves.
    """
    rows = (*table.head, *table.rows)
    room = look.tables.whole * look.page.text_height
    heights = _heights(table, look)
    if sum(heights) <= room:
        return tuple(number < len(rows) - 1 for number in range(len(rows)))
    first = len(table.head)
    return tuple(
        number < first
        or (
            number in (first, len(rows) - 2)
            and number < len(rows) - 1
            and sum(heights[number : number + 2]) <= room
        )
        for number in range(len(rows))
    )


def _heights(table: Table, look: Look) -> list[float]:
    """About how high each row is. A cell that reaches down over others is left out: it shares their height."""
    ends = sum(table.widths)
    widths = [look.page.text_width * width / ends for width in table.widths]
    heights = []
    for number, row in enumerate((*table.head, *table.rows)):
        style = look.styles["table_head" if number < len(table.head) else "table_cell"]
        lines = [
            _lines(cell, width, style.size, look.line_breaking.script_gap)
            for cell, width in zip(row, _across(row, widths, look.tables.padding_x), strict=True)
            if cell.rows == 1
        ]
        heights.append(max(lines, default=1) * style.pitch + 2 * look.tables.padding_y + look.tables.rule)
    return heights


def _across(row: Sequence[Cell], widths: Sequence[float], padding: float) -> list[float]:
    """Room for words in each cell; in a row that a cell above reaches into, of the columns from the left."""
    rooms, column = [], 0
    for cell in row:
        columns = widths[column : column + cell.span] or widths[-1:]
        rooms.append(sum(columns) - 2 * padding)
        column += cell.span
    return rooms


def _lines(cell: Cell, width: float, size: float, gap: float) -> int:
    signs = max(1.0, width / size)
    return sum(max(1, math.ceil(characters(part, gap) / signs)) for part in plain(cell.content).split("\n"))
