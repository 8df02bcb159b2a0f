"""Lists without headings whose classes stand as titles between the rows: 三（1）班, below it numbers and names."""

from __future__ import annotations

from planforge.core.text_folding import compact
from planforge.roster.cell_values import MAX_SEAT
from planforge.roster.classes import Reckoning, find_class
from planforge.roster.columns import NAME, SEAT
from planforge.roster.headers import ColumnBlock, HeaderCell, HeaderTable
from planforge.roster.unread_sheets import seems_name
from planforge.sheets.grid import SheetGrid

FEWEST = 3
"""Names that a column must hold to be the names'."""


def headless_table(sheet: SheetGrid, reckoning: Reckoning) -> HeaderTable | None:
    """The list of a sheet that has no headings, told from its class titles and its one column of names.

    None where no row is a class's title alone, or where it is not clear which column has the names: nothing is guessed.
    """
    titles = {row for row in sheet.rows if _is_title(sheet, row, reckoning)}
    if not titles:
        return None
    first = min(titles)
    body = [row for row in sorted(sheet.rows) if row > first and row not in titles]
    texts: dict[int, list[str]] = {}
    for row in body:
        for column, cell in sheet.rows[row].items():
            texts.setdefault(column, []).append(compact(cell.text))
    named = [column for column, words in texts.items() if _are_names(words)]
    if len(named) != 1:
        return None
    columns = {NAME.field: named[0]}
    seats = [
        column
        for column, words in texts.items()
        if 5 * sum(word.isdecimal() and len(word) <= MAX_SEAT for word in words) >= 4 * len(texts[named[0]])
    ]
    if len(seats) == 1 and seats[0] < named[0]:
        columns[SEAT.field] = seats[0]
    headings = {
        column.field: HeaderCell(columns[column.field], first, "", column.title)
        for column in (NAME, SEAT)
        if column.field in columns
    }
    return HeaderTable(first - 1, first - 1, [ColumnBlock(1, max(texts), columns, headings)], [])


def _is_title(sheet: SheetGrid, row: int, reckoning: Reckoning) -> bool:
    words = {cell.text for cell in sheet.rows[row].values()}
    return len(words) == 1 and find_class(words.pop(), reckoning) is not None


def _are_names(words: list[str]) -> bool:
    names = {word for word in words if seems_name(word)}
    return len(names) >= FEWEST and 5 * sum(word in names for word in words) >= 3 * len(words)
