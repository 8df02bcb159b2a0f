"""A PDF file written object by object, as the letters come: small objects packed together, one table at the end.

Only what the merged file needs: numbers are given out in order, nothing is read back, and of an object nothing is
kept but eight bytes of the table. Sections of a file may be written apart and appended.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from array import array
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Protocol

_LEVEL = 6
_PACKED_LEVEL = 2  # tags are much alike: level 6 takes three times as long to save a seventh
_WINDOW, _WINDOW_MEMORY = 12, 5  # of zlib (RFC 1950): 4096 bytes are seen at once; 20 KB used instead of 256
_SMALL = 120  # bytes; less is hardly made smaller by compressing it
_PACKED = 48_000  # bytes of packed objects in one stream
_ROW = 8  # bytes of the table's rows: kind, place, index

MOST = 99_999_999
"""Numbers of objects: references to those of letters have eight digits."""


class ByteSink(Protocol):
    """What takes bytes, such as a file."""

    def write(self, data: bytes, /) -> Any:
        """Take bytes."""


@dataclass(frozen=True, slots=True, repr=False)
class WrittenObjects:
    """Objects with numbers from `first` on, as bytes to be appended to a file, and their rows of its table.

    placed: the numbers of those that stand by themselves; their rows count from the beginning of the bytes.
    """

    first: int
    data: bytes
    rows: bytes
    placed: Sequence[int]


class Objects:
    """Takes the objects of a range of numbers: small ones are packed together. The same objects give the same bytes."""

    def __init__(self, file: ByteSink, first: int, end: int = MOST) -> None:
        """first, end: the range of numbers."""
        self._file = file
        self._first = first
        self._end = end
        self._at = 0
        self._rows = bytearray()
        self._packing: list[bytes] = []
        self._index: list[bytes] = []
        self._packed: list[tuple[int, int]] = []  # numbers of what is being packed, in runs: from, how many
        self._size = 0

    def settle(self) -> None:
        """Write all that is yet to be packed."""
        if self._packing:
            self._flush()

    def numbers(self, count: int) -> int:
        """Take so many numbers; the first of them. Raises ValueError where the range has no room for them."""
        number = self._first + len(self._rows) // _ROW
        if number + count > self._end:
            raise ValueError("more objects than there is room for")
        self._rows += bytes(_ROW * count)
        return number

    def write(self, number: int, data: bytes) -> None:
        """An object that stands by itself: a stream, complete with its dictionary."""
        self._set_rows(number, b"\1" + self._at.to_bytes(5, "big") + b"\0\0")
        self._put(b"%d 0 obj\n%b\nendobj\n" % (number, data))

    def pack(self, number: int, data: bytes) -> None:
        """An object that is no stream; it is compressed together with its neighbours."""
        self._index.append(b"%d %d" % (number, self._size))
        self._took(number, 1, data)

    def pack_all(self, first: int, data: bytes, offsets: Sequence[int]) -> None:
        """Objects with numbers in sequence; offsets: where in the data each begins."""
        at = self._size
        self._index += [b"%d %d" % (first + place, at + offset) for place, offset in enumerate(offsets)]
        self._took(first, len(offsets), data)

    def _took(self, first: int, count: int, data: bytes) -> None:
        self._packed.append((first, count))
        self._packing.append(data)
        self._size += len(data) + 1
        if self._size >= _PACKED:
            self._flush()

    def _flush(self) -> None:
        number = self.numbers(1)
        rows = _packed_rows(number, len(self._index))
        at = 0
        for first, count in self._packed:
            self._set_rows(first, rows[_ROW * at : _ROW * (at + count)])
            at += count
        heading = b" ".join(self._index)
        body = b"\n".join((heading, *self._packing))
        head = b"/Type /ObjStm /N %d /First %d" % (at, len(heading) + 1)
        self._packing, self._index, self._packed, self._size = [], [], [], 0
        self.write(number, stream(body, head, _PACKED_LEVEL))

    def _set_rows(self, number: int, rows: bytes | bytearray) -> None:
        at = _ROW * (number - self._first)
        self._rows[at : at + len(rows)] = rows

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)


class SectionObjects(Objects):
    """Objects that are written apart from their file, to be appended to it."""

    def __init__(self, first: int, end: int) -> None:
        """first, end: the range of numbers."""
        self._bytes = io.BytesIO()
        self._placed = array("L")
        super().__init__(self._bytes, first, end)

    def write(self, number: int, data: bytes) -> None:
        """An object that stands by itself."""
        self._placed.append(number)
        super().write(number, data)

    def written(self) -> WrittenObjects:
        """All of them."""
        self.settle()
        return WrittenObjects(self._first, self._bytes.getvalue(), bytes(self._rows), self._placed)


class PdfFile(Objects):
    """Writes to a binary file; sections may be appended to it."""

    def __init__(self, file: ByteSink, first: int, end: int = MOST) -> None:
        """first: the first number that is still free; end: those from there on are left to sections."""
        super().__init__(file, 0, end)
        self._rows += bytes(_ROW * first)
        self._hash = hashlib.sha256()
        self._sections: list[tuple[int, bytearray]] = []
        self._put(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def going_on(self, file: ByteSink) -> PdfFile:
        """A file that goes on from here. file: takes what comes behind what this one has written."""
        other = copy(self)
        other._file = file
        other._rows = self._rows[:]
        other._packing, other._index, other._packed = self._packing[:], self._index[:], self._packed[:]
        other._hash = self._hash.copy()
        return other

    def append(self, section: WrittenObjects) -> None:
        """Append a section; those with lower numbers come first."""
        rows = bytearray(section.rows)
        for number in section.placed:
            at = _ROW * (number - section.first) + 1
            place = self._at + int.from_bytes(rows[at : at + 5], "big")
            rows[at : at + 5] = place.to_bytes(5, "big")
        self._sections.append((section.first, rows))
        self._put(section.data)

    def finish(self, root: int, info: int | None) -> None:
        """The cross-reference table; nothing can be written afterwards."""
        self.settle()
        number = self.numbers(1)
        start = self._at
        self._set_rows(number, b"\1" + start.to_bytes(5, "big") + b"\0\0")
        tables = [(0, self._rows), *self._sections]
        ranges = b" ".join([b"%d %d" % (first, len(rows) // _ROW) for first, rows in tables])
        about = b" /Info %d 0 R" % info if info is not None else b""
        if len(tables) > 1:
            about += b" /Index [%b]" % ranges
        identity = self._hash.hexdigest()[:32].encode()
        packed = _deflated([rows for _, rows in tables], 1)
        size = tables[-1][0] + len(tables[-1][1]) // _ROW
        self._put(
            b"%d 0 obj\n<</Type /XRef /W [1 5 2] /Size %d /Root %d 0 R%b /ID [<%b> <%b>] /Filter /FlateDecode"
            b" /Length %d>>\nstream\n" % (number, size, root, about, identity, identity, len(packed))
        )
        self._put(packed)  # of many letters a megabyte: it is not copied
        self._put(b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)

    def _put(self, data: bytes) -> None:
        super()._put(data)
        self._hash.update(data)


def _packed_rows(number: int, count: int) -> bytearray:
    """Rows of the table for the objects of a stream."""
    rows = bytearray(_ROW * count)
    rows[::_ROW] = b"\2" * count
    places = number.to_bytes(5, "big")
    for column, byte in enumerate(places, 1):
        if byte:
            rows[column::_ROW] = bytes([byte]) * count
    rows[6::_ROW] = bytes([index >> 8 for index in range(count)])
    rows[7::_ROW] = bytes([index & 255 for index in range(count)])
    return rows


def compressed(data: bytes) -> bytes:
    """A stream of page content, compressed where that makes it smaller."""
    return as_it_is(data) if len(data) < _SMALL else stream(data)


def as_it_is(data: bytes, head: bytes = b"") -> bytes:
    """A stream that is not compressed."""
    return b"<<%b /Length %d>>\nstream\n%b\nendstream" % (head, len(data), data)


def stream(data: bytes | bytearray, head: bytes = b"", level: int = _LEVEL) -> bytes:
    """A compressed stream with its dictionary."""
    return _framed(head, _deflated([data], level))


def _deflated(pieces: Sequence[bytes | bytearray], level: int) -> bytes:
    """Compressed data. For a little of it zlib is given little memory, which takes it a tenth of the time to get."""
    little = len(pieces) == 1 and len(pieces[0]) <= 1 << _WINDOW
    packer = zlib.compressobj(level, zlib.DEFLATED, *((_WINDOW, _WINDOW_MEMORY) if little else ()))
    return b"".join([packer.compress(piece) for piece in pieces] + [packer.flush()])


def _framed(head: bytes, packed: bytes) -> bytes:
    return b"<<%b /Filter /FlateDecode /Length %d>>\nstream\n%b\nendstream" % (head, len(packed), packed)


def text(words: str) -> bytes:
    """A text string."""
    return b"<feff%b>" % words.encode("utf-16-be", "replace").hex().encode()


class References:
    """References to objects as they are written: ten bytes each, where a list of numbers takes four times that."""

    def __init__(self) -> None:
        self.written = bytearray()
        self.count = 0

    def add(self, numbers: Sequence[int], *, keyed: bool = False) -> None:
        """Further ones. keyed: each behind its number, as in a tree of numbers."""
        template = b"%d %d 0 R " if keyed else b"%d 0 R "
        self.written += b"".join([template % ((number, number) if keyed else number) for number in numbers])
        self.count += len(numbers)

    def add_all(self, others: References) -> None:
        """Those of another list."""
        self.written += others.written
        self.count += others.count


def listed(numbers: Iterable[int]) -> bytes:
    """References to objects."""
    return b"[%b]" % b" ".join([b"%d 0 R" % number for number in numbers])
