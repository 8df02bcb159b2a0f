"""Pages in places of a larger sheet: marked content and tags are counted on, so that each place keeps its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from planforge.batch.laid_out import PageParts

_MARKED = re.compile(rb"(/MCID )(\d+)")
_KIDS = re.compile(rb"(/K \[)([^\]]*)(\])")
_BARE = re.compile(rb"(?<![%\d])\d+(?!\d| 0 R)")
_RESOURCES = re.compile(rb"/Resources \d+ 0 R")


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """A page of a letter in a place. letter: its number; x, y: the place's lower left corner, in points."""

    letter: int
    part: PageParts
    contents: Sequence[tuple[bool, bytes]]
    x: float
    y: float


def shifted_content(pieces: Sequence[tuple[bool, bytes]], by: int) -> list[tuple[bool, bytes]]:
    """Page content whose marks are counted on, behind `by` others."""
    if not by:
        return list(pieces)
    return [(shared, _shared(data, by) if shared else _marked(data, by)) for shared, data in pieces]


def _marked(data: bytes, by: int) -> bytes:
    return _MARKED.sub(lambda found: b"%b%d" % (found[1], int(found[2]) + by), data)


_shared = lru_cache(maxsize=4096)(_marked)


@lru_cache(maxsize=65536)
def shifted_element(template: bytes, by: int) -> bytes:
    """A tag whose marked content is counted on, behind `by` others."""
    if not by:
        return template
    shifted = _MARKED.sub(lambda found: b"%b%d" % (found[1], int(found[2]) + by), template)
    return _KIDS.sub(
        lambda kids: kids[1] + _BARE.sub(lambda one: b"%d" % (int(one[0]) + by), kids[2]) + kids[3], shifted
    )


def entries_on_sheet(part: PageParts, size: tuple[float, float] | None) -> bytes:
    """What a page's dictionary says beside its content: as it was laid out, or of the size of the sheet."""
    if size is None:
        return part.entries
    resources = _RESOURCES.search(part.entries)
    assert resources is not None
    return b"/MediaBox [0 0 %.3f %.3f]%b/Tabs /S" % (*size, resources[0])
