"""Where 落款 stands: GB/T 9704-2012 7.3.5.2, worked out once for all writers.

The name ends two characters before the right edge; the date begins two characters to the right of the
name's first character. Where the date is the longer of the two, the date ends two characters before the
edge and the name moves to the left. Several names stand centred on the longest. Lengths are counted in characters, a digit or letter as half of one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from math import inf

from planforge.document.tree import Closing, plain

BLANK_DATE = "　　　　年　　月　　日"
"""Printed where no date is given, to be filled in by hand."""

_EDGE = 2.0


@dataclass(frozen=True, slots=True)
class ClosingIndents:
    """Distance of each line's end from the right edge, in characters: one for every issuer, one for the date."""

    issuers: tuple[float, ...]
    date: float


def characters(words: str, script_gap: float = 0.0) -> float:
    """Length of a line in characters: full-width ones count 1, digits, Latin letters and spaces 0.5.

    script_gap: the look's gap between Han and Latin, in em, where a letter or digit stands beside a Han character.
    """
    wide = [unicodedata.east_asian_width(sign) in ("W", "F", "A") for sign in words]
    gaps = sum(
        wide[at] != wide[at + 1] and words[at].isalnum() and words[at + 1].isalnum()
        for at in range(len(words) - 1)
    )
    return sum(1.0 if full else 0.5 for full in wide) + gaps * script_gap


def date_text(closing: Closing) -> str:
    """The date as printed, or the blank one."""
    return plain(closing.date) or BLANK_DATE


def closing_indents(
    closing: Closing, sealed: float | None = None, script_gap: float = 0.0, room: float = inf
) -> ClosingIndents:
    """Right indents of the lines of a closing.

    room: how many characters a line of the page holds. A name that would not fit otherwise comes nearer to the edge;
    one that is longer than the line goes on below, and the date stands as below a name that fills the line.
    sealed: for a document that is sealed, how many characters the date stands from the edge; the names stand
    centred on it (7.3.5.1). script_gap: the look's, in em. A name too long for that keeps to the edge, and the date moves to its middle.
    """
    lengths = [characters(plain(issuer), script_gap) for issuer in closing.issuer]
    lengths = [length if length <= room else room - _EDGE for length in lengths]
    date = characters(date_text(closing), script_gap)
    longest = max(lengths, default=0.0)
    if sealed is not None:
        end = max(sealed, (longest - date) / 2)
        return ClosingIndents(tuple(end + (date - length) / 2 for length in lengths), end)
    if not lengths:
        return ClosingIndents((), _EDGE)
    edge = min(_EDGE, room - longest) if date <= longest else 2 * _EDGE + date - longest
    issuers = tuple(edge + (longest - length) / 2 for length in lengths)
    return ClosingIndents(issuers, longest + edge - _EDGE - date if date <= longest else _EDGE)
