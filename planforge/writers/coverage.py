"""Which glyph a font has for a character, looked up in its cmap table: 30,000 entries of which a document asks 500."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from struct import unpack_from

_PREFERRED = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of Unicode subtables, the richest first."""


class Unsupported(Exception):
    """A cmap table without a subtable of format 4 or 12 that maps Unicode."""


class Coverage:
    """The characters of one font. cmap: the table's bytes."""

    def __init__(self, cmap: bytes) -> None:
        """Raises Unsupported."""
        self._known: dict[int, int] = {}
        (count,) = unpack_from(">H", cmap, 2)
        subtables = {
            (platform, encoding): offset
            for platform, encoding, offset in (unpack_from(">HHL", cmap, 4 + 8 * n) for n in range(count))
        }
        at = next((subtables[one] for one in _PREFERRED if one in subtables), None)
        if at is None:
            raise Unsupported("no Unicode subtable")
        (form,) = unpack_from(">H", cmap, at)
        if form == 12:
            (groups,) = unpack_from(">L", cmap, at + 12)
            numbers = _numbers("I", cmap[at + 16 : at + 16 + 12 * groups])
            self._starts, self._ends = numbers[::3], numbers[1::3]
            self._glyphs = numbers[2::3]
            self._format = 12
        elif form == 4:
            length, segments = unpack_from(">2xH2xH", cmap, at)
            size = segments  # twice the count, in bytes
            body = at + 14
            self._ends = _numbers("H", cmap[body : body + size])
            self._starts = _numbers("H", cmap[body + size + 2 : body + 2 * size + 2])
            self._deltas = _numbers("H", cmap[body + 2 * size + 2 : body + 3 * size + 2])
            offsets = body + 3 * size + 2
            words = cmap[offsets : max(at + length, offsets + size)]
            self._words = _numbers("H", words[: len(words) // 2 * 2])
            self._format = 4
        else:
            raise Unsupported(f"format {form}")

    def glyph(self, code: int) -> int:
        """A character's glyph; 0 where the font has none."""
        found = self._known.get(code)
        if found is None:
            found = self._known[code] = self._find(code)
        return found

    def _find(self, code: int) -> int:
        place = bisect_left(self._ends, code)
        if place == len(self._ends) or self._starts[place] > code:
            return 0
        if self._format == 12:
            return int(self._glyphs[place] + code - self._starts[place])
        offset = self._words[place]
        if not offset:
            return (code + self._deltas[place]) & 0xFFFF
        index = place + offset // 2 + code - self._starts[place]
        glyph = self._words[index] if index < len(self._words) else 0
        return (glyph + self._deltas[place]) & 0xFFFF if glyph else 0


def _numbers(kind: str, data: bytes) -> array[int]:
    found: array[int] = array(kind, data)
    if sys.byteorder == "little":
        found.byteswap()
    return found
