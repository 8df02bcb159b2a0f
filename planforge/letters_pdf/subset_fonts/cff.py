"""Outlines in the Compact Font Format (Adobe Technical Note 5176): read where they stand, written with few glyphs.

What is written is a bare CID-keyed font whose CIDs are the glyph numbers of the font it comes from: a page's
content stays as it is, and there are no empty glyphs in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from struct import error as OutOfRange
from struct import unpack_from
from typing import Any

from planforge.letters_pdf.subset_fonts.charstrings import Flattener, number
from planforge.letters_pdf.subset_fonts.sfnt import Sfnt, Unreadable

_CHARSTRINGS, _PRIVATE, _SUBRS, _ROS, _CHARSET, _FD_ARRAY, _FD_SELECT, _MATRIX, _TYPE = (
    17, 18, 19, 1230, 15, 1236, 1237, 1207, 1206,
)  # fmt: skip


class Index(Sequence[bytes]):
    """A sequence of byte strings in a file, none of them read before it is asked for."""

    def __init__(self, data: Any, start: int) -> None:
        self._data = data
        self._count: int = unpack_from(">H", data, start)[0]
        if not self._count:
            self.end = start + 2
            return
        self._size = int(data[start + 2])
        self._offsets = start + 3
        self._body = self._offsets + (self._count + 1) * self._size - 1
        self.end = self._body + self._offset(self._count)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: Any) -> Any:
        """One byte string. Raises IndexError."""
        if not 0 <= number < self._count:
            raise IndexError(number)
        place = self._offsets + number * self._size
        both = bytes(self._data[place : place + 2 * self._size])
        begin = int.from_bytes(both[: self._size], "big")
        end = int.from_bytes(both[self._size :], "big")
        return bytes(self._data[self._body + begin : self._body + end])

    def __iter__(self) -> Iterator[bytes]:
        return (self[one] for one in range(self._count))

    def _offset(self, number: int) -> int:
        place = self._offsets + number * self._size
        return int.from_bytes(bytes(self._data[place : place + self._size]), "big")


class CffOutlines:
    """The glyphs of one CFF font, each written out to stand by itself."""

    def __init__(self, font: Sfnt) -> None:
        """Raises Unreadable."""
        self._data = font.data
        self._start = font.tables["CFF "][0]
        self.units = font.units
        self._box = unpack_from(">4h", font.head, 36)
        try:
            names = Index(font.data, self._start + font.data[self._start + 2])
            tops = Index(font.data, names.end)
            strings = Index(font.data, tops.end)
            self._common = Index(font.data, strings.end)
            top = _dictionary(tops[0])
            self._glyphs = Index(font.data, self._start + int(top[_CHARSTRINGS][0]))
            if int(top.get(_TYPE, (2,))[0]) != 2:
                raise Unreadable("charstrings of another type")
            if _ROS in top:
                dictionaries = [
                    _dictionary(one) for one in Index(font.data, self._start + int(top[_FD_ARRAY][0]))
                ]
                self._select = self._selector(self._start + int(top[_FD_SELECT][0]))
            else:
                dictionaries, self._select = [top], [(0, 0)]
            if any(_MATRIX in one for one in (top, *dictionaries)) and not all(
                _usual(one.get(_MATRIX), self.units) for one in (top, *dictionaries)
            ):
                raise Unreadable("outlines in a scale of their own")
            self._flatteners = [Flattener(self._subroutines(one), self._common) for one in dictionaries]
        except (KeyError, IndexError, OutOfRange) as error:
            raise Unreadable("not a CFF font") from error
        self._known: dict[int, bytes] = {}

    def outline(self, glyph: int) -> bytes:
        """A glyph's charstring. Raises Unreadable."""
        found = self._known.get(glyph)
        if found is None:
            flattener = self._flatteners[self._font_of(glyph)]
            found = self._known[glyph] = flattener.flat(self._glyphs[glyph])
        return found

    def written(self, name: bytes, glyphs: Mapping[int, int]) -> bytes:
        """A font with these glyphs, and no others but .notdef. glyphs: by CID (rising, none 0), their numbers here."""
        try:
            chosen = {cid: self.outline(one) for cid, one in glyphs.items()}
        except IndexError as error:
            raise Unreadable("a glyph that the font does not have") from error
        return write(name, chosen, self.units, self._box)

    def _subroutines(self, entries: Mapping[int, Sequence[float]]) -> Sequence[bytes]:
        if _PRIVATE not in entries:
            return ()
        size, offset = (int(one) for one in entries[_PRIVATE])
        begin = self._start + offset
        private = _dictionary(bytes(self._data[begin : begin + size]))
        return Index(self._data, begin + int(private[_SUBRS][0])) if _SUBRS in private else ()

    def _selector(self, start: int) -> list[tuple[int, int]]:
        """First glyphs of runs, and the dictionary of each run."""
        if self._data[start] == 0:
            return [(glyph, self._data[start + 1 + glyph]) for glyph in range(len(self._glyphs))]
        if self._data[start] != 3:
            raise Unreadable("fonts selected in another way")
        (count,) = unpack_from(">H", self._data, start + 1)
        return [unpack_from(">HB", self._data, start + 3 + 3 * run) for run in range(count)]

    def _font_of(self, glyph: int) -> int:
        low, high = 0, len(self._select)
        while high - low > 1:
            middle = low + high >> 1
            low, high = (middle, high) if self._select[middle][0] <= glyph else (low, middle)
        return self._select[low][1]


def write(name: bytes, glyphs: Mapping[int, bytes], units: int, box: Sequence[int]) -> bytes:
    """A bare CID-keyed font. glyphs: charstrings by CID, in rising order; .notdef is added. box: of all of them."""
    header = b"\x01\x00\x04\x04"
    names = _index([name])
    strings = _index([b"Adobe", b"Identity"])
    no_subroutines = _index([])
    charset = b"\x00" + b"".join(one.to_bytes(2, "big") for one in glyphs)
    select = b"\x03" + b"\x00\x01\x00\x00\x00" + (len(glyphs) + 1).to_bytes(2, "big")
    charstrings = _index([b"\x0e", *glyphs.values()])
    scale = b"".join(map(number, box)) + b"\x05"
    if units != 1000:
        scale += _scale(units) + b"\x0c\x07"
    top_size = len(_top(0, 0, 0, 0, scale))
    start = len(header) + len(names) + (2 + 1 + 2 * 4 + top_size) + len(strings) + len(no_subroutines)
    select_at = start + len(charset)
    charstrings_at = select_at + len(select)
    fonts_at = charstrings_at + len(charstrings)
    private = number(1000) + b"\x14"  # the width of all; a PDF file has widths of its own
    font_size = len(_large(0)) * 2 + 1
    private_at = fonts_at + (2 + 1 + 2 * 4 + font_size)
    fonts = _index([_large(len(private)) + _large(private_at) + b"\x12"])
    tops = _index([_top(start, select_at, charstrings_at, fonts_at, scale)])
    return b"".join(
        (header, names, tops, strings, no_subroutines, charset, select, charstrings, fonts, private)
    )


def _top(charset: int, select: int, charstrings: int, fonts: int, scale: bytes) -> bytes:
    return b"".join(
        (
            number(391), number(392), number(0), b"\x0c\x1e",  # Adobe, Identity, 0: ROS
            scale,
            b"\x1d\x00\x01\x00\x00", b"\x0c\x22",  # 65536 CIDs
            _large(charset), b"\x0f",
            _large(select), b"\x0c\x25",
            _large(charstrings), b"\x11",
            _large(fonts), b"\x0c\x24",
        )
    )  # fmt: skip


def _index(items: Sequence[bytes]) -> bytes:
    """Byte strings as an INDEX, offsets of four bytes."""
    if not items:
        return b"\x00\x00"
    offsets, at = [b"\x00\x00\x00\x01"], 1
    for one in items:
        at += len(one)
        offsets.append(at.to_bytes(4, "big"))
    return b"".join((len(items).to_bytes(2, "big"), b"\x04", *offsets, *items))


def _large(value: int) -> bytes:
    """An integer operand of a dictionary, always five bytes long."""
    return b"\x1d" + value.to_bytes(4, "big", signed=True)


def _scale(units: int) -> bytes:
    """A font matrix for so many units an em."""
    real = _real(f"{1 / units:.9f}".lstrip("0"))
    return real + number(0) * 2 + real + number(0) * 2


def _real(text: str) -> bytes:
    nibbles = ["0123456789.".index(one) for one in text] + [15]
    nibbles += [15] * (len(nibbles) % 2)
    return b"\x1e" + bytes(a << 4 | b for a, b in zip(nibbles[::2], nibbles[1::2], strict=True))


def _usual(matrix: Sequence[float] | None, units: int) -> bool:
    """Whether a font matrix is the usual one, or says nothing of its own."""
    if matrix is None:
        return True
    return any(
        all(abs(a - b) < 1e-9 for a, b in zip(matrix, (one, 0, 0, one, 0, 0), strict=True))
        for one in (1 / units, 1.0)
    )


def _dictionary(data: bytes) -> dict[int, tuple[float, ...]]:
    """A dictionary's operands by operator (12 n is 1200 + n)."""
    found: dict[int, tuple[float, ...]] = {}
    operands: list[float] = []
    at = 0
    while at < len(data):
        first = data[at]
        at += 1
        if first <= 21:
            if first == 12:
                first = 1200 + data[at]
                at += 1
            found[first] = tuple(operands)
            operands = []
        elif first == 28:
            operands.append(int.from_bytes(data[at : at + 2], "big", signed=True))
            at += 2
        elif first == 29:
            operands.append(int.from_bytes(data[at : at + 4], "big", signed=True))
            at += 4
        elif first == 30:
            text = ""
            while "f" not in text:
                text += data[at : at + 1].hex()
                at += 1
            written = text.partition("f")[0]
            for code, sign in (("a", "."), ("b", "E"), ("c", "E-"), ("e", "-")):
                written = written.replace(code, sign)
            operands.append(float(written))
        elif first < 247:
            operands.append(first - 139)
        elif first < 251:
            operands.append((first - 247) * 256 + data[at] + 108)
            at += 1
        else:
            operands.append(-(first - 251) * 256 - data[at] - 108)
            at += 1
    return found
