"""Pages in places of a larger leaf: marked content is counted on, so that each place keeps its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from planforge.batch.pages import Sheet
from planforge.batch.stencils import Piece

_MARKED = re.compile(rb"(/MCID )(\d+)")
_RESOURCES = re.compile(rb"/Resources \d+ 0 R")


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """A page of a letter in a place. letter: its number; x, y: the place's lower left corner, in points."""

    letter: int
    sheet: Sheet
    contents: Sequence[Piece]
    x: float
    y: float


def shifted_content(pieces: Sequence[Piece], by: int) -> Sequence[Piece]:
    """Page content whose marks are counted on, behind `by` others."""
    if not by:
        return pieces
    return [(shared, _shared(data, by) if shared else _marked(data, by)) for shared, data in pieces]


def _marked(data: bytes, by: int) -> bytes:
    return _MARKED.sub(lambda found: b"%b%d" % (found[1], int(found[2]) + by), data)


_shared = lru_cache(maxsize=4096)(_marked)


def entries_on_sheet(sheet: Sheet, size: tuple[float, float] | None) -> bytes:
    """What a page's dictionary says beside its content: as it was laid out, or of the size of the leaf."""
    if size is None:
        return sheet.entries
    resources = _RESOURCES.search(sheet.entries)
    assert resources is not None
    return b"/MediaBox [0 0 %.3f %.3f]%b/Tabs /S" % (*size, resources[0])
