"""A PDF file written object by object, as the letters come: small objects packed together, one table at the end.

Only what the merged file needs: numbers are given out in order, nothing is read back, memory stays flat.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from typing import BinaryIO

_LEVEL = 6
_PACKED = 200  # objects in an object stream


class PdfFile:
    """Writes to a binary file; the same objects give the same bytes."""

    def __init__(self, file: BinaryIO, first: int) -> None:
        """first: the first number that is still free."""
        self._file = file
        self._at = 0
        self._next = first
        self._places: dict[int, tuple[int, int, int]] = {}
        self._packing: list[tuple[int, bytes]] = []
        self._hash = hashlib.sha256()
        self._write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def numbers(self, count: int) -> int:
        """Take so many numbers; the first of them."""
        first = self._next
        self._next += count
        return first

    def write(self, number: int, data: bytes) -> None:
        """An object that stands by itself: a stream, complete with its dictionary."""
        self._places[number] = (1, self._at, 0)
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, data))

    def stream(self, number: int, data: bytes) -> None:
        """A stream of these bytes, compressed."""
        self.write(number, stream(data))

    def pack(self, number: int, data: bytes) -> None:
        """An object that is no stream; it is compressed together with its neighbours."""
        self._packing.append((number, data))
        if len(self._packing) >= _PACKED:
            self._flush()

    def finish(self, root: int, info: int | None) -> None:
        """The cross-reference table; nothing can be written afterwards."""
        self._flush()
        number = self.numbers(1)
        start = self._at
        self._places[number] = (1, start, 0)
        rows = b"".join(
            b"%c%b%b" % (kind, place.to_bytes(5, "big"), index.to_bytes(2, "big"))
            for kind, place, index in (self._places.get(one, (0, 0, 0)) for one in range(self._next))
        )
        about = b" /Info %d 0 R" % info if info is not None else b""
        identity = self._hash.hexdigest()[:32].encode()
        head = (
            b"/Type /XRef /W [1 5 2] /Size %d /Root %d 0 R%b /ID [<%b> <%b>]"
            % (self._next, root, about, identity, identity)
        )  # fmt: skip
        self._write(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, stream(rows, head), start))

    def _flush(self) -> None:
        if not self._packing:
            return
        number = self.numbers(1)
        index: list[str] = []
        at = 0
        for place, (one, data) in enumerate(self._packing):
            self._places[one] = (2, number, place)
            index.append(f"{one} {at}")
            at += len(data) + 1
        heading = " ".join(index).encode()
        body = b"\n".join((heading, *(data for _, data in self._packing)))
        head = b"/Type /ObjStm /N %d /First %d" % (len(self._packing), len(heading) + 1)
        self._packing = []
        self.write(number, stream(body, head))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self._at += len(data)


def stream(data: bytes, head: bytes = b"") -> bytes:
    """A compressed stream with its dictionary."""
    packed = zlib.compress(data, _LEVEL)
    return b"<<%b /Filter /FlateDecode /Length %d>>\nstream\n%b\nendstream" % (head, len(packed), packed)


def text(words: str) -> bytes:
    """A text string."""
    return b"<feff%b>" % words.encode("utf-16-be", "replace").hex().encode()


def array(numbers: Sequence[int]) -> bytes:
    """References to objects."""
    return b"[%b]" % b" ".join(b"%d 0 R" % number for number in numbers)
