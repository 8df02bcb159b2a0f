"""How a line is spread to the full measure, in whole twips as LibreOffice does it (7.4, measured, and read in its source).

A line consists of portions: runs of one script and style. What is left of the measure is shared out among its gaps,
to a hundredth of a twip. Within a portion only whole twips of a share are given; what that leaves over comes behind
the portion, where it is followed by another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from planforge.writers.html.lines import TextLine
from planforge.writers.html.runs import TextGlyph, parted, widths

_TWIPS = 20  # a point
_MORE = 2  # twips; LibreOffice shares out that much more than the measure leaves


@dataclass(frozen=True, slots=True)
class Portion:
    """A run of characters of one script and style. Lengths in points.

    step: what is added behind each Chinese character or space within it; advance: from its beginning to that of
    the next portion.
    """

    glyphs: Sequence[TextGlyph]
    step: float
    advance: float

    @property
    def is_chinese(self) -> bool:
        """Whether its step stands behind each of its characters."""
        first = self.glyphs[0]
        return first.kind == "chinese" and not (first.mark.blank or first.mark.label)


def portions(line: TextLine, spacing: float, gap: float, justify: bool = True) -> list[Portion]:
    """A line in portions, spread if `justify` and its paragraph goes on. spacing, gap: as for `break_lines`."""
    runs = [list(run) for _, run in groupby(line.glyphs, key=lambda glyph: glyph.portion)]
    following = [*runs[1:], None][: len(runs)]
    natural = [_width(run, spacing) for run in runs]
    gaps = [
        round(gap * _TWIPS) if other and parted(run[-1], other[0]) else 0
        for run, other in zip(runs, following, strict=True)
    ]
    shares = [_shares(run, other) for run, other in zip(runs, following, strict=True)]
    share = 0
    if justify and not line.last and any(shares):
        measure = round((line.rest + widths(line.glyphs, spacing, gap)[-1]) * _TWIPS)
        rest = measure + _MORE - sum(natural) - sum(gaps)
        if not line.within:
            rest += round(spacing * _TWIPS)  # letter spacing then counts behind the last character, too
        share = max(0, rest) * 100 // sum(shares)
    step = share // 100 / _TWIPS
    return [
        Portion(run, step, (width + count * share // 100 + behind) / _TWIPS)
        for run, width, count, behind in zip(runs, natural, shares, gaps, strict=True)
    ]


def _width(run: Sequence[TextGlyph], spacing: float) -> int:
    """The width of a portion in twips."""
    between = 0 if run[0].mark.blank else round(spacing * _TWIPS)
    return round(sum(glyph.width for glyph in run) * _TWIPS) + (len(run) - 1) * between


def _shares(run: Sequence[TextGlyph], following: Sequence[TextGlyph] | None) -> int:
    """How many shares of the room a portion gets: behind Chinese characters, behind spaces, and before Chinese."""
    first = run[0]
    if first.mark.label or first.mark.blank:
        return 0
    if first.kind == "chinese":
        return len(run) - (0 if following else 1)
    before_chinese = following is not None and following[0].kind == "chinese"
    return sum(glyph.text == " " for glyph in run) + before_chinese
