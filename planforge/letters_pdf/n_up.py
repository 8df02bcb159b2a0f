"""Pages in places of a larger leaf: marked content is counted on, so that each place keeps its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from planforge.letters_pdf.content_templates import Piece
from planforge.letters_pdf.page_assembly import LetterPage

_MARKED = re.compile(rb"(/MCID )(\d+)")
_RESOURCES = re.compile(rb"/Resources \d+ 0 R")


@dataclass(frozen=True, slots=True, repr=False)
class LeafPlace:
    """A place on a leaf and the letter page in it. letter: its number; page: which of its pages, from 0.

    x, y: the place's lower left corner, in points.
    """

    letter: int
    page: int
    sheet: LetterPage
    contents: Sequence[Piece]
    x: float
    y: float


def shifted(piece: Piece, by: int) -> bytes:
    """Page content whose marks are counted on, behind `by` others."""
    shared, data = piece
    if not by:
        return data
    return _shared(data, by) if shared else _marked(data, by)


def _marked(data: bytes, by: int) -> bytes:
    return _MARKED.sub(lambda match: b"%b%d" % (match[1], int(match[2]) + by), data)


_shared = lru_cache(maxsize=4096)(_marked)


def entries_on_sheet(sheet: LetterPage, size: tuple[float, float] | None) -> bytes:
    """What a page's dictionary says beside its content: as it was laid out, or of the size of the leaf."""
    if size is None:
        return sheet.entries
    resources = _RESOURCES.search(sheet.entries)
    assert resources is not None
    return b"/MediaBox [0 0 %.3f %.3f]%b/Tabs /S" % (*size, resources[0])
