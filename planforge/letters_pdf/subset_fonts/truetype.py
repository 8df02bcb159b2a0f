"""Outlines in the TrueType format, glyph by glyph: without instructions, as WeasyPrint's fonts are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from struct import error as OutOfRange
from struct import pack, unpack_from

from planforge.letters_pdf.subset_fonts.sfnt import Sfnt, Unreadable

_WORDS, _SCALE, _MORE, _TWO_SCALES, _FOUR_SCALES, _INSTRUCTIONS = 0x1, 0x8, 0x20, 0x40, 0x80, 0x100
_EMPTY = b""


class TrueTypeOutlines:
    """The glyphs of one TrueType font."""

    def __init__(self, font: Sfnt) -> None:
        """Raises Unreadable."""
        self._font = font
        try:
            self._glyf = font.tables["glyf"][0]
            self._loca = font.tables["loca"][0]
            self._large = unpack_from(">h", font.head, 50)[0] == 1
            self._hhea, self._maxp = font.table("hhea"), font.table("maxp")
        except (KeyError, OutOfRange) as error:
            raise Unreadable("not a TrueType font") from error

    def written(self, name: bytes, glyphs: Mapping[int, int]) -> bytes:
        """A font with these glyphs, what they are put together from, and .notdef left empty.

        glyphs: by their number in the new font, that in this one.
        """
        try:
            parts = self._with_parts(glyphs.values())
        except OutOfRange as error:
            raise Unreadable("a glyph that breaks off") from error
        new = {old: number for number, old in glyphs.items()}
        for old in parts:
            new.setdefault(old, old if glyphs == {one: one for one in glyphs} else max(new.values()) + 1)
        chosen = {new[old]: (old, _renumbered(glyph, new)) for old, glyph in parts.items()}
        count = max(chosen, default=0) + 1
        body: list[bytes] = []
        places = bytearray(4 * (count + 1))
        metrics = bytearray(4 * count)
        at = before = 0
        for number, (old, glyph) in sorted(chosen.items()):
            places[4 * before : 4 * (number + 1)] = pack(">L", at) * (number + 1 - before)
            before = number + 1
            body.append(glyph + b"\0" * (-len(glyph) % 4))
            at += len(body[-1])
            metrics[4 * number : 4 * number + 4] = pack(">Hh", *self._font.advance(old))
        places[4 * before :] = pack(">L", at) * (count + 1 - before)
        head = self._font.head
        return _file(
            {
                "glyf": b"".join(body) or b"\0\0\0\0",
                "head": head[:8] + b"\0\0\0\0" + head[12:50] + b"\0\1" + head[52:54],
                "hhea": self._hhea[:34] + pack(">H", count),
                "hmtx": bytes(metrics),
                "loca": bytes(places),
                "maxp": self._maxp[:4] + pack(">H", count) + self._maxp[6:],
            }
        )

    def _with_parts(self, glyphs: Iterable[int]) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        waiting = list(glyphs)
        while waiting:
            number = waiting.pop()
            if number not in found:
                found[number] = self._glyph(number)
                waiting.extend(_parts(found[number]))
        return found

    def _glyph(self, number: int) -> bytes:
        """A glyph's outline without its instructions."""
        if number >= self._font.count:
            raise Unreadable("a glyph that is not there")
        if self._large:
            begin, end = unpack_from(">2L", self._font.data, self._loca + 4 * number)
        else:
            begin, end = (2 * one for one in unpack_from(">2H", self._font.data, self._loca + 2 * number))
        data = bytes(self._font.data[self._glyf + begin : self._glyf + end])
        if not data:
            return _EMPTY
        (contours,) = unpack_from(">h", data)
        if contours >= 0:
            at = 10 + 2 * contours
            (length,) = unpack_from(">H", data, at)
            return data[:at] + b"\0\0" + data[at + 2 + length :]
        written = bytearray(data)
        end = 10
        for at, _, flags in _components(data):
            written[at : at + 2] = pack(">H", flags & ~_INSTRUCTIONS)
            end = at + _length(flags)
        return bytes(written[:end])


def _parts(glyph: bytes) -> list[int]:
    """The glyphs that a glyph is put together from."""
    if not glyph or unpack_from(">h", glyph)[0] >= 0:
        return []
    return [number for _, number, _ in _components(glyph)]


def _renumbered(glyph: bytes, new: Mapping[int, int]) -> bytes:
    """A glyph whose parts have new numbers."""
    if not _parts(glyph):
        return glyph
    written = bytearray(glyph)
    for at, number, _ in _components(glyph):
        written[at + 2 : at + 4] = pack(">H", new[number])
    return bytes(written)


def _components(glyph: bytes) -> Iterator[tuple[int, int, int]]:
    at = 10
    while True:
        flags, number = unpack_from(">2H", glyph, at)
        yield at, number, flags
        if not flags & _MORE:
            return
        at += _length(flags)


def _length(flags: int) -> int:
    scale = 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _FOUR_SCALES else 0
    return 4 + (4 if flags & _WORDS else 2) + scale


def _file(tables: dict[str, bytes]) -> bytes:
    """A font file of these tables."""
    count = len(tables)
    power = 1 << count.bit_length() - 1
    head = b"\0\1\0\0" + pack(">4H", count, power * 16, power.bit_length() - 1, count * 16 - power * 16)
    at = len(head) + 16 * count
    entries, bodies = [], []
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        entries.append(tag.encode() + pack(">3L", _sum(padded), at, len(data)))
        bodies.append(padded)
        at += len(padded)
    return b"".join((head, *entries, *bodies))


def _sum(padded: bytes) -> int:
    total: int = sum(unpack_from(f">{len(padded) // 4}L", padded))
    return total & 0xFFFFFFFF
