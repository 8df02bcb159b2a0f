"""What 红头 and 版记 need beyond the look, worked out once for all writers (GB/T 9704-2012 7.2, 7.4)."""

from __future__ import annotations

import math

from planforge.document.closing import characters
from planforge.document.look import Look
from planforge.document.tree import Imprint, Inlines, Masthead, Text, plain

SIGNER = "签发人："
COPIES = "抄送："
ISSUED = "印发"

_RISE = 0.85
"""How far the characters of a Song face rise above their base line, in em."""
_SMALLEST = 22.0  # points: the mark is never smaller than the title


def mark_size(masthead: Masthead, look: Look) -> float:
    """Size in points at which the issuer's mark stands on one line: the look's, or less in whole points."""
    longest = max((characters(line) for line in plain(masthead.issuer).split("\n")), default=0.0)
    size = look.styles["masthead"].size
    return max(_SMALLEST, min(size, math.floor(look.page.text_width / longest))) if longest else size


def mark_before(masthead: Masthead, look: Look) -> float:
    """Space above the mark in points: the look's, less what smaller characters stand lower on their line."""
    style = look.styles["masthead"]
    return max(0.0, style.before - _RISE * (style.size - mark_size(masthead, look)))


def copies_line(imprint: Imprint) -> Inlines:
    """抄送 with what ends it: a full stop, once."""
    ending: Inlines = () if plain(imprint.copies).endswith("。") else (Text("。"),)
    return (*imprint.copies, *ending)


def issued_line(imprint: Imprint) -> Inlines:
    """The day of issue and 印发 behind it."""
    return (*imprint.date, Text(ISSUED))
