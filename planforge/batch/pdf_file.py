"""A PDF file written object by object, as the letters come: small objects packed together, one table at the end.

Only what the merged file needs: numbers are given out in order, nothing is read back, and of an object nothing is
kept but eight bytes of the table.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any, Protocol

_LEVEL = 6
_PACKED_LEVEL = 2  # tags are much alike: level 6 takes three times as long to save a seventh
_WINDOW, _WINDOW_MEMORY = (
    12,
    5,
)  # of zlib (RFC 1950): 4096 bytes are seen at once, and 20 KB used instead of 256
_SMALL = 120  # bytes; less is hardly made smaller by compressing it
_PACKED = 48_000  # bytes of packed objects in one stream
_ROW = 8  # bytes of the table's rows: kind, place, index


class Taking(Protocol):
    """What takes bytes, such as a file."""

    def write(self, data: bytes, /) -> Any:
        """Take bytes."""


class PdfFile:
    """Writes to a binary file; the same objects give the same bytes."""

    def __init__(self, file: Taking, first: int) -> None:
        """first: the first number that is still free."""
        self._file = file
        self._at = 0
        self._rows = bytearray(_ROW * first)
        self._packing: list[bytes] = []
        self._index: list[bytes] = []
        self._packed: list[tuple[int, int]] = []  # numbers of what is being packed, in runs: from, how many
        self._size = 0
        self._hash = hashlib.sha256()
        self._put(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def settle(self) -> None:
        """Write all that is yet to be packed, so that files can go on from here."""
        self._flush()

    def going_on(self, file: Taking) -> PdfFile:
        """A file that goes on from here, where this one is settled but for what is yet to be packed.

        file: takes what comes behind what this one has written.
        """
        other = copy(self)
        other._file = file
        other._rows = self._rows[:]
        other._packing, other._index, other._packed = self._packing[:], self._index[:], self._packed[:]
        other._hash = self._hash.copy()
        return other

    def numbers(self, count: int) -> int:
        """Take so many numbers; the first of them."""
        first = len(self._rows) // _ROW
        self._rows += bytes(_ROW * count)
        return first

    def write(self, number: int, data: bytes) -> None:
        """An object that stands by itself: a stream, complete with its dictionary."""
        self._rows[_ROW * number : _ROW * (number + 1)] = b"\1" + self._at.to_bytes(5, "big") + b"\0\0"
        self._put(b"%d 0 obj\n%b\nendobj\n" % (number, data))

    def pack(self, number: int, data: bytes) -> None:
        """An object that is no stream; it is compressed together with its neighbours."""
        self._index.append(b"%d %d" % (number, self._size))
        self._took(number, 1, data)

    def pack_all(self, first: int, data: bytes, offsets: Sequence[int]) -> None:
        """Objects with numbers in sequence; offsets: where in the data each begins."""
        at = self._size
        self._index += [b"%d %d" % (first + one, at + offset) for one, offset in enumerate(offsets)]
        self._took(first, len(offsets), data)

    def _took(self, first: int, count: int, data: bytes) -> None:
        self._packed.append((first, count))
        self._packing.append(data)
        self._size += len(data) + 1
        if self._size >= _PACKED:
            self._flush()

    def finish(self, root: int, info: int | None) -> None:
        """The cross-reference table; nothing can be written afterwards."""
        self.settle()
        number = self.numbers(1)
        start = self._at
        self._rows[_ROW * number :] = b"\1" + start.to_bytes(5, "big") + b"\0\0"
        about = b" /Info %d 0 R" % info if info is not None else b""
        identity = self._hash.hexdigest()[:32].encode()
        packed = _deflated(self._rows, 1)
        self._put(
            b"%d 0 obj\n<</Type /XRef /W [1 5 2] /Size %d /Root %d 0 R%b /ID [<%b> <%b>] /Filter /FlateDecode"
            b" /Length %d>>\nstream\n" % (number, number + 1, root, about, identity, identity, len(packed))
        )
        self._put(packed)  # of many letters a megabyte: it is not copied
        self._put(b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)

    def _flush(self) -> None:
        if not self._packing:
            return
        number = self.numbers(1)
        rows = _packed_rows(number, len(self._index))
        at = 0
        for first, count in self._packed:
            self._rows[_ROW * first : _ROW * (first + count)] = rows[_ROW * at : _ROW * (at + count)]
            at += count
        heading = b" ".join(self._index)
        body = b"\n".join((heading, *self._packing))
        head = b"/Type /ObjStm /N %d /First %d" % (at, len(heading) + 1)
        self._packing, self._index, self._packed, self._size = [], [], [], 0
        self.write(number, stream(body, head, _PACKED_LEVEL))

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._at += len(data)


def _packed_rows(number: int, count: int) -> bytearray:
    """Rows of the table for the objects of a stream."""
    rows = bytearray(_ROW * count)
    rows[::_ROW] = b"\2" * count
    places = number.to_bytes(5, "big")
    for column, one in enumerate(places, 1):
        if one:
            rows[column::_ROW] = bytes([one]) * count
    rows[6::_ROW] = bytes([one >> 8 for one in range(count)])
    rows[7::_ROW] = bytes([one & 255 for one in range(count)])
    return rows


def compressed(data: bytes) -> bytes:
    """A stream of page content, compressed where that makes it smaller."""
    return as_it_is(data) if len(data) < _SMALL else stream(data)


def as_it_is(data: bytes, head: bytes = b"") -> bytes:
    """A stream that is not compressed."""
    return b"<<%b /Length %d>>\nstream\n%b\nendstream" % (head, len(data), data)


def stream(data: bytes | bytearray, head: bytes = b"", level: int = _LEVEL) -> bytes:
    """A compressed stream with its dictionary."""
    return _framed(head, _deflated(data, level))


def _deflated(data: bytes | bytearray, level: int) -> bytes:
    """Compressed data. For a little of it zlib is given little memory, which takes it a tenth of the time to get."""
    if len(data) > 1 << _WINDOW:
        return zlib.compress(data, level)
    packer = zlib.compressobj(level, zlib.DEFLATED, _WINDOW, _WINDOW_MEMORY)
    return packer.compress(data) + packer.flush()


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
        """Further ones. keyed: each behind its place, as in a tree of numbers."""
        if keyed:
            self.written += b"".join([b"%d %d 0 R " % pair for pair in enumerate(numbers, self.count)])
        else:
            self.written += b"".join([b"%d 0 R " % number for number in numbers])
        self.count += len(numbers)


def array(numbers: Iterable[int]) -> bytes:
    """References to objects."""
    return b"[%b]" % b" ".join([b"%d 0 R" % number for number in numbers])
