"""Where lines end, and how a line is spread to the full measure: Word's rules, worked out in numbers.

Left to themselves, Word and Pango break Chinese lines at different characters (Pango follows Unicode's
rules, Word its lists of characters that may not begin or end a line). So lines are made here, and the
page only stacks them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from planforge.document.look import LineBreaking
from planforge.writers.html.runs import Glyph, widths

_TOLERANCE = 0.06  # points; LibreOffice reckons in whole twips
_BLANK_OVERHANG = 1.0  # points; LibreOffice lets the spaces of a blank stick out by as much


@dataclass(frozen=True, slots=True)
class Line:
    """One line. rest: what is left of its measure, in points; last: it ends a paragraph or stands before a break."""

    glyphs: tuple[Glyph, ...]
    rest: float
    last: bool


def may_break(before: Glyph, after: Glyph, rules: LineBreaking) -> bool:
    """Whether a line may end between two characters."""
    if after.text == " ":
        return False
    if before.kind == "latin" and after.text == "～":
        return True  # LibreOffice breaks by the Latin side's rules here: 85～100
    if after.text in rules.not_first or before.text in rules.not_last:
        return False
    if before.text == " " or after.mark.blank:
        return True
    if after.kind == "latin" and before.kind != "latin" and _clings(before.text):
        return False
    if before.kind == after.kind == "latin":
        return before.text in "-/" and after.text.isalpha()
    return True


def break_lines(
    glyphs: Sequence[Glyph],
    measure: float,
    spacing: float,
    rules: LineBreaking,
    first: float = 0.0,
    last: bool = True,
    gap: float = 0.0,
) -> list[Line]:
    """The lines of one piece of text.

    measure: width of the lines, spacing: letter spacing, first: indent of the first line (negative: it hangs
    out), gap: between Han and Latin, all in points. A word longer than the measure is cut where the measure ends. last: the final line
    ends the paragraph, and is not spread.
    """
    lines: list[Line] = []
    begins = widths(glyphs, spacing, gap)
    start, room = 0, measure - first
    while start < len(glyphs):
        end = _end(glyphs, begins, start, room, rules)
        kept = end
        while end < len(glyphs) and kept > start + 1 and glyphs[kept - 1].text == " ":
            kept -= 1
        width = begins[kept - 1] + glyphs[kept - 1].width - begins[start]
        lines.append(Line(tuple(glyphs[start:kept]), room - width, last and end == len(glyphs)))
        start, room = end, measure
    return lines or [Line((), measure - first, last)]


def _end(
    glyphs: Sequence[Glyph], begins: Sequence[float], start: int, room: float, rules: LineBreaking
) -> int:
    """Where the line that begins at `start` ends."""
    limit = begins[start] + room + _TOLERANCE
    end = start
    while end < len(glyphs):
        over = begins[end] + glyphs[end].width - limit
        if glyphs[end].text != " " and over > (_BLANK_OVERHANG if glyphs[end].mark.blank else 0.0):
            break
        end += 1
    if end == len(glyphs):
        return end
    cut = max(end, start + 1)
    while cut > start and not may_break(glyphs[cut - 1], glyphs[cut], rules):
        cut -= 1
    return cut if cut > start else max(end, start + 1)  # nothing may break: cut at the measure


def _clings(sign: str) -> bool:
    """Whether a closing sign stays with the word or number behind it.

    LibreOffice (7.4, measured) keeps ， 、 。, closing brackets and closing quotes there, not ； ： ！ ？ … ～.
    """
    return sign in "，、。％℃" or unicodedata.category(sign) in ("Pe", "Pf")


def stretches(before: Glyph, after: Glyph) -> bool:
    """Whether room is added between two neighbours when a line is spread: beside Chinese and after spaces."""
    if before.mark.label or before.mark.blank:
        return False
    return before.text == " " or before.kind == "chinese" or after.kind == "chinese"
