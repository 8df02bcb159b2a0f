"""Where lines end, and how a line is spread to the full measure: Word's rules, worked out in numbers.

Left to themselves, Word and Pango break Chinese lines at different characters (Pango follows Unicode's
rules, Word its lists of characters that may not begin or end a line). So lines are made here, and the
page only stacks them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planforge.document.look import LineBreaking
from planforge.writers.html.runs import Glyph

_TOLERANCE = 0.02  # points; sums of advances are not exact


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
    if before.text == " ":
        return after.text not in rules.not_first
    if after.text in rules.not_first or before.text in rules.not_last:
        return False
    return not (before.latin and after.latin) or before.text in "-/" and after.text.isalpha()


def break_lines(
    glyphs: Sequence[Glyph], measure: float, rules: LineBreaking, first: float = 0.0, last: bool = True
) -> list[Line]:
    """The lines of one piece of text.

    measure: width of the lines in points; first: indent of the first line (negative: it hangs out).
    A word longer than the measure is cut where the measure ends. last: the final line ends the paragraph.
    """
    lines: list[Line] = []
    start, room = 0, measure - first
    while start < len(glyphs):
        end, width = _fill(glyphs, start, room, rules)
        taken = list(glyphs[start:end])
        while taken and taken[-1].text == " " and end < len(glyphs):
            width -= taken.pop().advance
        lines.append(Line(tuple(taken), room - width, last and end == len(glyphs)))
        start, room = end, measure
    return lines or [Line((), measure - first, last)]


def _fill(glyphs: Sequence[Glyph], start: int, room: float, rules: LineBreaking) -> tuple[int, float]:
    """The end of the line that begins at `start`, and the width of what stands in it."""
    width, end = 0.0, start
    while end < len(glyphs):
        glyph = glyphs[end]
        if width + glyph.advance > room + _TOLERANCE and glyph.text != " ":
            break
        width += glyph.advance
        end += 1
    if end == len(glyphs):
        return end, width
    cut = max(end, start + 1)
    while cut > start + 1 and not may_break(glyphs[cut - 1], glyphs[cut], rules):
        cut -= 1
    if cut == start + 1 and not may_break(glyphs[start], glyphs[cut], rules):
        cut = max(end, start + 1)  # nothing may break: cut at the measure
    return cut, sum(glyph.advance for glyph in glyphs[start:cut])


def stretches(before: Glyph, after: Glyph) -> bool:
    """Whether room is added between two neighbours when a line is spread: never within a Latin word."""
    return not (before.latin and after.latin) and not (before.latin and after.text == " ")
