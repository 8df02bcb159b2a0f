"""The tables of a font file, read where they stand: nothing of a font of 20 MB is copied but what is asked for."""

from __future__ import annotations

import mmap
from functools import cache
from pathlib import Path
from struct import error as OutOfRange
from struct import unpack_from
from typing import Any


class Unreadable(Exception):
    """A font that is not made as expected, or in a way that is not provided for."""


class Sfnt:
    """One font of a file. data: the whole file; tables: offset and length by tag."""

    def __init__(self, data: Any, index: int) -> None:
        """Raises Unreadable."""
        self.data = data
        try:
            start = 0
            if data[:4] == b"ttcf":
                (start,) = unpack_from(">L", data, 12 + 4 * index)
            (count,) = unpack_from(">H", data, start + 4)
            self.tables: dict[str, tuple[int, int]] = {}
            for place in range(start + 12, start + 12 + 16 * count, 16):
                tag, _, offset, length = unpack_from(">4sLLL", data, place)
                self.tables[tag.decode("latin-1")] = (offset, length)
            self.head = bytes(self.table("head"))
            self.units: int = unpack_from(">H", self.head, 18)[0]
            self._long: int = unpack_from(">H", data, self.tables["hhea"][0] + 34)[0]
            self.count: int = unpack_from(">H", data, self.tables["maxp"][0] + 4)[0]
        except (KeyError, OutOfRange) as error:
            raise Unreadable(f"not a font: {error}") from error
        if "fvar" in self.tables:
            raise Unreadable("a variable font")

    def table(self, tag: str) -> bytes:
        """A table's bytes. Raises KeyError."""
        offset, length = self.tables[tag]
        return bytes(self.data[offset : offset + length])

    def advance(self, glyph: int) -> tuple[int, int]:
        """Width and left side bearing of a glyph in the font's units."""
        start = self.tables["hmtx"][0]
        last = self._long - 1
        (width,) = unpack_from(">H", self.data, start + 4 * min(glyph, last))
        place = start + 4 * glyph + 2 if glyph <= last else start + 4 * self._long + 2 * (glyph - self._long)
        return width, unpack_from(">h", self.data, place)[0]

    def width(self, glyph: int) -> int:
        """Width of a glyph in thousandths of an em, as WeasyPrint rounds it."""
        return round(self.advance(glyph)[0] * 1000 / self.units)


@cache
def opened(file: str, index: int) -> Sfnt:
    """A font of a file on disk. Raises Unreadable, OSError."""
    with Path(file).open("rb") as source:
        return Sfnt(mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ), index)
