"""红头 and 版记 as HTML: the red head of the first page, and the imprint at the foot of the last."""

from __future__ import annotations

from planforge.document.closing import characters
from planforge.document.look import Look, Style
from planforge.document.masthead import COPIES, SIGNER, copies_line, issued_line, mark_before, mark_size
from planforge.document.tree import Imprint, Inlines, Masthead, Text, plain
from planforge.writers.html.css import baseline_shift, points
from planforge.writers.html.lines import TextLine, break_lines
from planforge.writers.html.paragraphs import HtmlParagraphWriter
from planforge.writers.html.runs import Setter, widths


def masthead(block: Masthead, writer: HtmlParagraphWriter) -> str:
    """The issuer's mark and the number; the red line is the number's lower border."""
    red = writer.look.red_head
    if red is None:
        return ""
    mark = _mark(block, writer)
    if not block.signer:
        return mark + writer.paragraph("document_number", block.number)
    style = writer.look.styles["document_number"]
    edge = red.edge * style.size
    signer = style.model_copy(update={"font": red.signer})
    parts = ((block.number, style), ((Text(SIGNER),), style), (block.signer, signer))
    written, used = [], 0.0
    for content, own in parts:
        setter = Setter(own, writer.inline.fonts)
        glyphs = [glyph for piece in setter.paragraphs(content) for glyph in piece]
        used += widths(glyphs, style.spacing, writer.look.line_breaking.script_gap * style.size)[-1]
        written.append(writer.inline.lines([TextLine(tuple(glyphs), 0.0, True)], style, False))
    gap = max(style.size, writer.look.page.text_width - 2 * edge - used)
    return (
        f'{mark}<p class="document_number" style="text-align:left">'
        f'<span style="margin-left:{points(edge)}"></span>{written[0]}'
        f'<span style="margin-left:{points(gap)}"></span>{written[1]}{written[2]}</p>'
    )


def _mark(block: Masthead, writer: HtmlParagraphWriter) -> str:
    """The issuer's mark, small enough for one line where that can be."""
    style = writer.look.styles["masthead"]
    size = mark_size(block, writer.look)
    if size == style.size:
        return writer.paragraph("masthead", block.issuer)
    smaller = style.model_copy(update={"size": size})
    setter = Setter(smaller, writer.inline.fonts)
    shift = f' style="vertical-align:{points(baseline_shift(smaller, writer.inline.fonts))}"'
    lines = []
    for piece in setter.paragraphs(block.issuer):
        measure, rules = writer.look.page.text_width, writer.look.line_breaking
        for line in break_lines(piece, measure, style.spacing, rules):
            lines.append(f'<span class="l"{shift}>{writer.inline.text(line.glyphs, smaller)}</span>')
    css = f"font-size:{points(size)};margin-top:{points(mark_before(block, writer.look))}"
    return f'<p class="masthead" style="{css}">{"<br>".join(lines)}</p>'


WIDEST_DATE = 0.6
"""Of the line, as in Word; a longer one is broken."""


def imprint(block: Imprint, writer: HtmlParagraphWriter) -> str:
    """A table at the foot of the page on which the document ends, and in the text the room that it takes."""
    red = writer.look.red_head
    if red is None:
        return ""
    style, width = writer.look.styles["imprint"], writer.look.page.text_width
    edge = red.edge * style.size
    issued = issued_line(block)
    wanted = (characters(plain(issued), writer.look.line_breaking.script_gap) + 1) * style.size + 2 * edge
    right = min(wanted, width * WIDEST_DATE)
    rows, lines = [], 0
    if block.copies:
        hang = characters(COPIES) * style.size
        words: Inlines = (Text(COPIES), *copies_line(block))
        inner = writer.content("imprint", words, width=width - 2 * edge, hang=hang)
        css = f"margin-left:{points(hang)};text-indent:{points(-hang)}"
        rows.append(f'<tr><td colspan="2"><p class="imprint" style="{css}">{inner}</p></td></tr>')
        lines += _height(inner)
    office = writer.content("imprint", block.office, width=width - right - 2 * edge)
    day = writer.content("imprint", issued, width=right - 2 * edge, align="right")
    lines += max(_height(office), _height(day))
    rows.append(
        f'<tr><td><p class="imprint">{office}</p></td>'
        f'<td style="width:{points(right - 2 * edge)}"><p class="imprint" style="text-align:right">{day}</p></td></tr>'
    )
    height = lines * style.pitch + 2 * red.outer_rule + (len(rows) - 1) * red.inner_rule
    return (
        f'<div class="imprint-room" style="height:{points(height)}">'
        f'<table class="imprint-foot">{"".join(rows)}</table></div>'
    )


def _height(inner: str) -> int:
    """How many lines there are in what `ParagraphWriter.content` wrote."""
    return inner.count("<br>") + inner.count("\n") + 1


def seal_room(look: Look, style: Style) -> float:
    """Free lines above the name for a seal, in points."""
    return look.seal.lines * style.pitch if look.seal else 0.0
