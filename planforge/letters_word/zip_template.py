"""A zip package of which only some parts vary, and these only in a few places; all else is compressed once.

What stands between the values of a part is deflated by itself, so that it is the same bytes whatever the values
are; a value is put in as it is, in a block of its own. The parts are exactly those that zipfile would read from
a package that was compressed as a whole; the file is a few hundred bytes longer.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")
_LENGTHS = struct.Struct("<2H")
_CRC = struct.Struct("<L")
_CRC_IN_LOCAL, _CRC_IN_CENTRAL = 14, 16  # where a header has its checksum
_RIGHTS = 0o600 << 16  # what zipfile notes where nothing is asked for
_LEVEL = 6  # as in planforge.writers.word.package
_BLOCK = 0xFFFF  # bytes that one stored block holds at most
_KEPT = 2000  # headers kept, one for each combination of lengths


@dataclass(frozen=True, slots=True)
class ZipMember:
    """One part of a package, compressed. size: of what it holds, in bytes."""

    name: bytes
    packed: bytes
    crc: int
    size: int


def members(package: bytes) -> list[ZipMember]:
    """The parts of a package in their order, compressed as they are there."""
    listed = []
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for info in archive.infolist():
            start = info.header_offset
            lengths = _LENGTHS.unpack_from(package, start + 26)
            begin = start + _LOCAL.size + sum(lengths)
            packed = package[begin : begin + info.compress_size]
            listed.append(ZipMember(info.filename.encode("ascii"), packed, info.CRC, info.file_size))
    return listed


class VaryingPart:
    """A part cut at its values: pieces with a place between each two."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        """pieces: at least one; a value stands behind each but the last."""
        self._raw = list(_with_places(pieces))
        self._packed = list(_with_places([*(_open(piece) for piece in pieces[:-1]), _closed(pieces[-1])]))
        self._size = sum(map(len, pieces))
        self._packed_size = sum(map(len, self._packed))

    def fill(self, values: Sequence[bytes]) -> tuple[list[bytes], int, int, int]:
        """The part with these values: compressed pieces and their length, checksum, and length of what it holds."""
        raw, packed = self._raw.copy(), self._packed.copy()
        raw[1::2] = values
        blocks = [
            _LENGTHS.pack(len(value), len(value) ^ _BLOCK) + value if len(value) <= _BLOCK else _blocks(value)
            for value in values
        ]
        packed[1::2] = blocks
        size, packed_size = self._size + sum(map(len, values)), self._packed_size + sum(map(len, blocks))
        return packed, packed_size, zlib.crc32(b"".join(raw)), size


class ZipTemplate:
    """Packages that differ only in the values of some parts."""

    def __init__(self, parts: Sequence[ZipMember], varying: Sequence[tuple[bytes, VaryingPart]]) -> None:
        """parts: in the package's order; varying: some of them by name, in the same order."""
        self._parts = parts
        self._varying = [part for _, part in varying]
        self._places = [[part.name for part in parts].index(name) for name, _ in varying]
        self._headers: dict[tuple[int, ...], list[bytes]] = {}

    def package(self, values: Sequence[Sequence[bytes]]) -> bytes:
        """The package with these values in each of the varying parts."""
        filled = [part.fill(own) for part, own in zip(self._varying, values, strict=True)]
        sizes = tuple([size for _, packed_size, _, whole in filled for size in (packed_size, whole)])
        headers = self._headers.get(sizes)
        if headers is None:
            if len(self._headers) >= _KEPT:
                self._headers.clear()
            headers = self._headers[sizes] = self._headers_for(sizes)
        checks = [_CRC.pack(crc) for _, _, crc, _ in filled]
        pieces: list[bytes] = []
        at = 0
        for (packed, _, _, _), check in zip(filled, checks, strict=True):
            pieces += (headers[at], check, headers[at + 1])
            pieces += packed
            at += 2
        for check in checks:
            pieces += (headers[at], check)
            at += 1
        pieces.append(headers[at])
        return b"".join(pieces)

    def _headers_for(self, sizes: tuple[int, ...]) -> list[bytes]:
        """All that stands around checksums and contents of varying parts, if these have so many bytes."""
        headers = [b""]
        directory = [b""]
        at = 0
        for place, part in enumerate(self._parts):
            packed, size, crc = len(part.packed), part.size, part.crc
            varies = place in self._places
            if varies:
                number = self._places.index(place)
                packed, size, crc = sizes[2 * number], sizes[2 * number + 1], 0
            local = _LOCAL.pack(b"PK\x03\x04", 20, 0, 8, 0, 33, crc, packed, size, len(part.name), 0)
            central = _CENTRAL.pack(b"PK\x01\x02", 20, 0, 20, 0, 0, 8, 0, 33, crc, packed, size,
                                    len(part.name), 0, 0, 0, 0, _RIGHTS, at)  # fmt: skip
            if varies:
                headers[-1] += local[:_CRC_IN_LOCAL]
                headers += (local[_CRC_IN_LOCAL + 4 :] + part.name, b"")
                directory[-1] += central[:_CRC_IN_CENTRAL]
                directory.append(central[_CRC_IN_CENTRAL + 4 :] + part.name)
            else:
                headers[-1] += local + part.name + part.packed
                directory[-1] += central + part.name
            at += len(local) + len(part.name) + packed
        count = len(self._parts)
        length = sum(map(len, directory)) + 4 * len(self._places)
        headers[-1] += directory[0]
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, length, at, 0)
        return [*headers, *directory[1:-1], directory[-1] + end] if directory[1:] else [headers[-1] + end]


def _with_places(pieces: Sequence[bytes]) -> list[bytes]:
    placed = [pieces[0]]
    for piece in pieces[1:]:
        placed += (b"", piece)
    return placed


def _closed(data: bytes) -> bytes:
    """Deflated, and no block after it."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def _open(data: bytes) -> bytes:
    """Deflated, up to the head of a stored block whose two lengths and bytes are still to come."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    assert packed.endswith(b"\x00\x00\xff\xff")  # an empty stored block, which the value's takes the place of
    return packed[:-4]


def _blocks(value: bytes) -> bytes:
    """A value that one block does not hold."""
    blocks = []
    for start in range(0, len(value), _BLOCK):
        part = value[start : start + _BLOCK]
        blocks.append(_LENGTHS.pack(len(part), len(part) ^ _BLOCK) + part)
    return b"\x00".join(blocks)
