"""Tables and the borderless table of a signature block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from planforge.document.look import StyleName
from planforge.document.rows import kept_rows
from planforge.document.tree import Cell, Party, Table, plain
from planforge.writers.word import oxml
from planforge.writers.word.styles import PLAIN_TABLE, TABLE, justification

if TYPE_CHECKING:
    from docx.oxml.table import CT_Row, CT_Tbl

    from planforge.writers.word.paragraphs import WordParagraphWriter


@dataclass(slots=True)
class _OpenCell:
    """A cell that still reaches down: over how many rows more, and how many columns wide."""

    rows: int
    span: int


def column_widths(widths: Sequence[float], total: int) -> list[int]:
    """Relative widths as whole twips that add up to the total."""
    whole = sum(widths)
    edges = [round(sum(widths[:count]) / whole * total) for count in range(len(widths) + 1)]
    return [right - left for left, right in pairwise(edges)]


def ruled_table(table: Table, writer: WordParagraphWriter) -> CT_Tbl:
    """A table of the tree as wide as the type area."""
    widths = column_widths(table.widths, writer.width)
    element = oxml.new_table(widths, TABLE)
    open_cells: dict[int, _OpenCell] = {}
    for row in table.head:
        _row(oxml.add_row(element, repeat=True), row, widths, open_cells, writer, head=True)
    for row in table.rows:
        _row(oxml.add_row(element), row, widths, open_cells, writer, head=False)
    for made, kept in zip(element.tr_lst, kept_rows(table, writer.look), strict=True):
        if kept:
            oxml.keep_row(made)
    return element


def _row(
    element: CT_Row,
    cells: Sequence[Cell],
    widths: list[int],
    open_cells: dict[int, _OpenCell],
    writer: WordParagraphWriter,
    *,
    head: bool,
) -> None:
    """One row; where a cell from above reaches down, its continuation is put in (vMerge).

    A row too short is filled up; one too long would lose words, so it raises ValueError.
    """
    remaining = list(cells)
    column = 0
    while column < len(widths):
        above = open_cells.get(column)
        if above is not None:
            covered = oxml.add_cell(
                element, sum(widths[column : column + above.span]), span=above.span, merge="continue"
            )
            writer.paragraph("table_head" if head else "table_cell", (), covered)
            above.rows -= 1
            if not above.rows:
                del open_cells[column]
            column += above.span
            continue
        cell = remaining.pop(0) if remaining else Cell(())
        span = min(cell.span, len(widths) - column)
        _cell(element, cell, sum(widths[column : column + span]), span, writer, head=head)
        if cell.rows > 1:
            open_cells[column] = _OpenCell(cell.rows - 1, span)
        column += span
    if remaining:
        raise ValueError(
            f"a table row has {len(remaining)} cells more than columns: {plain(remaining[0].content)}"
        )


def _cell(
    element: CT_Row, cell: Cell, width: int, span: int, writer: WordParagraphWriter, *, head: bool
) -> None:
    style: StyleName = "table_head" if head else "table_cell"
    made = oxml.add_cell(element, width, span=span, merge="restart" if cell.rows > 1 else "")
    paragraph = writer.paragraph(style, cell.content, made)
    default = head and cell.align == "left"  # a head is set as its style says unless a cell asks otherwise
    if not default and cell.align != writer.look.styles[style].align:
        oxml.set_alignment(paragraph, justification(cell.align))


def two_parties(parties: Sequence[Party], writer: WordParagraphWriter) -> CT_Tbl:
    """Two parties side by side in one row without rules, which no page break splits."""
    widths = column_widths([1] * len(parties), writer.width)
    element = oxml.new_table(widths, PLAIN_TABLE)
    row = oxml.add_row(element)
    for party, width in zip(parties, widths, strict=True):
        cell = oxml.add_cell(row, width)
        for content in (party.name, *party.lines):
            writer.paragraph("signature", content, cell)
    return element
