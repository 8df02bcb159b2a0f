"""XML read as a stream: no tree in memory, no entities, a limit on what is unpacked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from planforge.core.unreadable import Unreadable, damaged, too_large

CHUNK = 1 << 18
"""Bytes unpacked at a time."""

Attributes = dict[str, str]
_CONTENT = re.compile(rb"<v[ >/]|<is[ >/]|<f[ >/]|<!|</sheetData|hidden=")


class XmlHandler:
    """What is done with elements; names come without their namespace."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens."""

    def end(self, name: str) -> None:
        """An element closes."""

    def text(self, data: str) -> None:
        """Characters between."""


def parse(source: IO[bytes], handler: XmlHandler, limit: int, *, rows: bool = False) -> None:
    """Feed `source` to `handler`. rows: leave out worksheet rows that hold formats only.

    limit: bytes of XML that are looked at; with `rows`, eight times as many are unpacked. Raises Unreadable
    for what is no XML, defines entities, or is longer.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    start, end = handler.start, handler.end

    def opened(name: str, attributes: Attributes) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if ":" in "".join(attributes):
            attributes = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        start(name, attributes)

    def closed(name: str) -> None:
        end(name.rpartition(":")[2] if ":" in name else name)

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        unpacked = _chunks(source, limit * 8 if rows else limit)
        fed = 0
        for chunk in _dense(unpacked) if rows else unpacked:
            fed += len(chunk)
            if fed > limit:
                raise _too_long(limit)
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged() from error
    except (UnicodeError, ValueError, LookupError) as error:
        raise damaged() from error


def _no_doctype(*_: object) -> None:
    raise Unreadable("file.entities", "文件里有不该有的定义（DOCTYPE），为安全起见不读", "重新导出一份再用")


def _chunks(source: IO[bytes], limit: int) -> Iterator[bytes]:
    read = 0
    while chunk := source.read(CHUNK):
        read += len(chunk)
        if read > limit:
            raise _too_long(limit)
        yield chunk


def _too_long(limit: int) -> Unreadable:
    return too_large("文件展开以后太大", f"超过 {limit // 1_000_000} MB")


def _dense(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The stream without runs of numbered rows that hold no value: a sheet formatted to its last row has a million."""
    rest = b""
    for chunk in chunks:
        rest += chunk
        first, last = rest.find(b"<row r="), rest.rfind(b"<row r=")
        if first < 0 or first == last:
            if len(rest) > 4 * CHUNK:
                yield rest
                rest = b""
            continue
        yield rest[:first]
        between = rest[first:last]
        if _CONTENT.search(between):
            yield between
        rest = rest[last:]
    yield rest
