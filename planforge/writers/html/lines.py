"""Lines: where each one ends. The page only stacks them.

Left to themselves, Word and Pango break Chinese lines at different characters (Pango follows Unicode's
rules, Word its lists of characters that may not begin or end a line).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planforge.document.look import LineBreaking
from planforge.writers.html.breaks import last_break
from planforge.writers.html.runs import TextGlyph, widths

_TOLERANCE = 0.06  # points; LibreOffice reckons in whole twips


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line.

    rest: what is left of its measure, in points; last: it ends a paragraph or stands before a break; within: the
    next line goes on in the same script and style.
    """

    glyphs: tuple[TextGlyph, ...]
    rest: float
    last: bool
    within: bool = False


def break_lines(
    glyphs: Sequence[TextGlyph],
    measure: float,
    spacing: float,
    rules: LineBreaking,
    first: float = 0.0,
    last: bool = True,
    gap: float = 0.0,
) -> list[TextLine]:
    """The lines of one piece of text.

    measure: width of the lines, spacing: letter spacing, first: indent of the first line (negative: it hangs
    out), gap: between Han and Latin, all in points. A word longer than the measure is cut where the measure ends. last: the final line
    ends the paragraph, and is not spread.
    """
    lines: list[TextLine] = []
    begins = widths(glyphs, spacing, gap)
    start, room = 0, measure - first
    while start < len(glyphs):
        end = _end(glyphs, begins, start, room, rules)
        kept = end
        while end < len(glyphs) and kept > start + 1 and glyphs[kept - 1].text == " ":
            kept -= 1
        width = begins[kept - 1] + glyphs[kept - 1].width - begins[start]
        ends = end == len(glyphs)
        within = not ends and glyphs[kept - 1].portion == glyphs[end].portion
        lines.append(TextLine(tuple(glyphs[start:kept]), room - width, last and ends, within))
        start, room = end, measure
    return lines or [TextLine((), measure - first, last)]


def _end(
    glyphs: Sequence[TextGlyph], begins: Sequence[float], start: int, room: float, rules: LineBreaking
) -> int:
    """Where the line that begins at `start` ends."""
    limit = begins[start] + room + _TOLERANCE
    end = start
    while end < len(glyphs):
        # LibreOffice ends a blank with the first of its spaces that goes beyond the measure.
        inside = begins[end] if glyphs[end].mark.blank else begins[end] + glyphs[end].width
        if glyphs[end].text != " " and inside > limit:
            break
        end += 1
    if end == len(glyphs):
        return end
    measure_ends = max(end, start + 1)
    if measure_ends == len(glyphs):  # no room for the last character, and nowhere else to put it
        return measure_ends
    place = last_break(glyphs, start, measure_ends, rules)
    return place if place > start else measure_ends  # nothing may break: cut at the measure
