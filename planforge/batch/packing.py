"""A zip package written from members that are already compressed: the same bytes that zipfile would write.

Of a thousand letters only two small parts differ; the others are compressed once.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")
_RIGHTS = 0o600 << 16  # what zipfile notes where nothing is asked for
_LEVEL = 6  # as in planforge.writers.word.package


def deflated(data: bytes) -> bytes:
    """Raw deflate, as zipfile does it."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@dataclass(frozen=True, slots=True)
class Member:
    """One part of a package, compressed. size: of what it holds, in bytes."""

    name: bytes
    packed: bytes
    crc: int
    size: int


def member(name: str, data: bytes) -> Member:
    """Compress one part."""
    return Member(name.encode("ascii"), deflated(data), zlib.crc32(data), len(data))


def members(package: bytes) -> list[Member]:
    """The parts of a package in their order, compressed as they are there."""
    found = []
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for info in archive.infolist():
            start = info.header_offset
            lengths = struct.unpack_from("<2H", package, start + 26)
            begin = start + _LOCAL.size + sum(lengths)
            packed = package[begin : begin + info.compress_size]
            found.append(Member(info.filename.encode("ascii"), packed, info.CRC, info.file_size))
    return found


class Packer:
    """Packages that differ only in a few parts; what precedes the first of these is joined once."""

    def __init__(self, parts: list[Member], varying: frozenset[bytes]) -> None:
        self._parts = parts
        self._varying = varying
        self._locals = [_local(one) for one in parts]

    def package(self, changed: Mapping[bytes, Member]) -> bytes:
        """The package with these parts in place of those of the same names."""
        pieces: list[bytes] = []
        entries: list[bytes] = []
        at = 0
        for part, ready in zip(self._parts, self._locals, strict=True):
            one = part
            if part.name in self._varying:
                one = changed[part.name]
                ready = _local(one)
            pieces.append(ready)
            entries.append(
                _CENTRAL.pack(b"PK\x01\x02", 20, 0, 20, 0, 0, 8, 0, 33, one.crc, len(one.packed), one.size,
                              len(one.name), 0, 0, 0, 0, _RIGHTS, at) + one.name
            )  # fmt: skip
            at += len(ready)
        directory = b"".join(entries)
        count = len(entries)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)
        return b"".join((*pieces, directory, end))


def _local(one: Member) -> bytes:
    head = _LOCAL.pack(b"PK\x03\x04", 20, 0, 8, 0, 33, one.crc, len(one.packed), one.size, len(one.name), 0)
    return head + one.name + one.packed
