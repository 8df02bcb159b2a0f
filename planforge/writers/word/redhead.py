"""红头 and 版记: the red head of the first page, and the imprint at the foot of the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planforge.document.closing import characters
from planforge.document.masthead import COPIES, SIGNER, copies_line, issued_line, mark_before, mark_size
from planforge.document.tree import Imprint, Inlines, Masthead, Text, plain
from planforge.writers.word import oxml, styles
from planforge.writers.word.styles import PLAIN_TABLE
from planforge.writers.word.units import eighths, half_points, indent_twips, twips, twips_from_mm

if TYPE_CHECKING:
    from docx.oxml.table import CT_Row

    from planforge.writers.word.paragraphs import WordParagraphWriter


def masthead(block: Masthead, writer: WordParagraphWriter) -> None:
    """The issuer's mark and the number; the red line is the border of the number's style."""
    red = writer.look.red_head
    if red is None:
        return
    mark = writer.paragraph("masthead", block.issuer)
    size = mark_size(block, writer.look)
    if size != writer.look.styles["masthead"].size:
        oxml.set_size(mark, half_points(size))
        oxml.set_spacing(mark, before=twips(mark_before(block, writer.look)))
    if not block.signer:
        writer.paragraph("document_number", block.number)
        return
    style = writer.look.styles["document_number"]
    line = writer.paragraph("document_number")
    edge = indent_twips(red.edge, style)
    oxml.set_tabs(line, edge, writer.width - edge)
    oxml.set_alignment(line, "left")
    oxml.add_tab(line)
    writer.inlines(line, block.number)
    oxml.add_tab(line)
    writer.inlines(line, (Text(SIGNER),))
    for run in writer.inlines(line, block.signer):
        run.style = styles.SIGNER


WIDEST_DATE = 0.6
"""Of the line; a longer one is broken."""


def imprint(block: Imprint, writer: WordParagraphWriter) -> None:
    """A table at the foot of the page on which the document ends."""
    red = writer.look.red_head
    if red is None:
        return
    style = writer.look.styles["imprint"]
    issued = issued_line(block)
    edge = indent_twips(red.edge, style)
    wanted = (
        twips((characters(plain(issued), writer.look.line_breaking.script_gap) + 1) * style.size) + 2 * edge
    )
    right = min(wanted, round(writer.width * WIDEST_DATE))
    table = oxml.new_table([writer.width - right, right], PLAIN_TABLE)
    if block.copies:
        row = oxml.add_row(table)
        cell = oxml.add_cell(row, writer.width, span=2)
        paragraph = writer.paragraph("imprint", (Text(COPIES), *copies_line(block)), cell)
        hanging = indent_twips(characters(COPIES), style)
        oxml.set_sides(paragraph, red.edge, edge)
        oxml.set_hanging(paragraph, edge + hanging, hanging)
    row = oxml.add_row(table)
    _cell(row, writer.width - right, block.office, writer, "left")
    _cell(row, right, issued, writer, "right")
    left = twips_from_mm(writer.look.page.left_mm)
    oxml.float_at_foot(table, left, eighths(red.inner_rule), eighths(red.outer_rule))
    writer.place_table(table)


def _cell(row: CT_Row, width: int, content: Inlines, writer: WordParagraphWriter, side: str) -> None:
    red, style = writer.look.red_head, writer.look.styles["imprint"]
    paragraph = writer.paragraph("imprint", content, oxml.add_cell(row, width))
    if red is not None:
        oxml.set_sides(paragraph, red.edge, indent_twips(red.edge, style))
    if side != writer.look.styles["imprint"].align:
        oxml.set_alignment(paragraph, side)
