"""What a finished PDF shows: its characters and where they stand, read from the file's own bytes.

A run holds a few of its letters against the plain way. For that the file is read as a viewer reads it (objects,
fonts, page content), not as it was meant. Only what WeasyPrint and `pdf_file` write is understood: other files raise
ValueError.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s")
_TOKEN = re.compile(
    rb"\s*(?:%[^\r\n]*\s*)*(?:(?P<open><<|\[)|(?P<close>>>|\])|<(?P<hex>[0-9A-Fa-f\s]*)>|/(?P<name>[^\s<>\[\](){}/%]*)"
    rb"|(?P<string>\()|(?P<ref>\d+ \d+ R(?![A-Za-z]))|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))(?![A-Za-z])"
    rb"|(?P<word>[^\s<>\[\](){}/%]+))"
)
_HEAD = re.compile(rb"endobj|stream\r?\n")
_LENGTH = re.compile(rb"/Length (\d+)")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_RANGE = re.compile(rb"begin(bfchar|bfrange)\s(.*?)end\1", re.DOTALL)


class Shown(NamedTuple):
    """A character or cluster of a page. x, y: its origin in points, from the page's lower left corner."""

    text: str
    x: float
    y: float


class _Name(str):
    pass


class _Word(bytes):
    pass


@dataclass(frozen=True, slots=True)
class _Reference:
    number: int


@dataclass(frozen=True, slots=True)
class _Font:
    texts: dict[int, str]
    widths: dict[int, float]
    default: float


class Reading:
    """A PDF file, read."""

    def __init__(self, data: bytes) -> None:
        """Raises ValueError where it is not such a file."""
        self._data = data
        self._places: dict[
            int, tuple[bytes, int]
        ] = {}  # of each object: the bytes that it stands in, and where
        self._streams: dict[int, tuple[int, int]] = {}
        self._objects: dict[int, Any] = {}
        self._fonts: dict[int, _Font] = {}
        at = 0
        packed = []
        while found := _OBJECT.search(data, at):
            number = int(found[1])
            end = _HEAD.search(data, found.end())
            if end is None:
                raise ValueError("an object is left open")
            head, at = data[found.end() : end.start()], end.end()
            self._places[number] = (head, 0)
            if end[0] != b"endobj":
                length = _LENGTH.search(head)
                if length is None:
                    raise ValueError("a stream of unknown length")
                self._streams[number] = (at, at + int(length[1]))
                at += int(length[1])
                if b"/ObjStm" in head:
                    packed.append(number)
        for number in packed:
            self._unpack(number)
        root = _ROOT.findall(data)
        if not root:
            raise ValueError("no catalogue")
        self._root = self._of(_Reference(int(root[-1])))

    @cached_property
    def pages(self) -> list[int]:
        """The pages in their order, by the numbers of their objects."""
        return [one.number for one in self._of(self._of(self._root["Pages"])["Kids"])]

    def first_pages(self) -> list[int]:
        """The page that each entry of the outline's upper level leads to, from 0."""
        places = {number: place for place, number in enumerate(self.pages)}
        found = []
        entry = self._of(self._root["Outlines"]).get("First")
        while entry is not None:
            read = self._of(entry)
            found.append(places[self._of(read["Dest"])[0].number])
            entry = read.get("Next")
        return found

    def shown(self, page: int) -> list[Shown]:
        """What a page (from 0) shows, in the order of its content; white space is left out."""
        read = self._of(_Reference(self.pages[page]))
        contents = read.get("Contents", [])
        several = contents if isinstance(contents, list) else [contents]
        if not isinstance(contents, list) and isinstance(self._of(contents), list):
            several = self._of(contents)
        data = b"\n".join(self._stream(one.number) for one in several)
        fonts = self._of(self._of(read.get("Resources", {})).get("Font", {}))
        return list(self._glyphs(data, fonts))

    def _glyphs(self, data: bytes, fonts: dict[str, _Reference]) -> Iterator[Shown]:
        page, text = _UNIT, _UNIT
        kept: list[tuple[Matrix, _Font | None, float]] = []
        font: _Font | None = None
        size = 0.0
        operands: list[Any] = []
        at = 0
        while True:
            token, at = _value(data, at)
            if token is None:
                return
            if not isinstance(token, _Word):
                operands.append(token)
                continue
            match bytes(token):
                case b"q":
                    kept.append((page, font, size))
                case b"Q":
                    page, font, size = kept.pop()
                case b"cm":
                    page = _times(tuple(operands[-6:]), page)
                case b"BT":
                    text = _UNIT
                case b"Tm":
                    text = tuple(operands[-6:])
                case b"Tf":
                    font, size = self._font(fonts[operands[-2]]), operands[-1]
                case b"TJ" | b"Tj":
                    pieces = operands[-1] if token == b"TJ" else [operands[-1]]
                    for piece in pieces:
                        if not isinstance(piece, bytes):
                            text = _times((1.0, 0.0, 0.0, 1.0, -piece / 1000 * size, 0.0), text)
                            continue
                        if font is None:
                            raise ValueError("text without a font")
                        for code in _codes(piece):
                            where = _times(text, page)
                            words = font.texts.get(code, "")
                            if not words.isspace():
                                yield Shown(words, where[4], where[5])
                            wide = font.widths.get(code, font.default) / 1000 * size
                            text = _times((1.0, 0.0, 0.0, 1.0, wide, 0.0), text)
                case b"Td" | b"TD" | b"T*" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts" | b"'" | b'"' | b"BI":
                    raise ValueError("an operator that our writers do not use")
            operands.clear()

    def _font(self, reference: _Reference) -> _Font:
        if reference.number not in self._fonts:
            read = self._of(reference)
            inner = self._of(self._of(read["DescendantFonts"])[0])
            widths: dict[int, float] = {}
            given = iter(self._of(inner.get("W", [])))
            for first in given:
                second = self._of(next(given))
                if isinstance(second, list):
                    widths.update(enumerate(second, int(first)))
                else:
                    widths.update(dict.fromkeys(range(int(first), int(second) + 1), next(given)))
            texts = _texts(self._stream(read["ToUnicode"].number))
            self._fonts[reference.number] = _Font(texts, widths, inner.get("DW", 1000.0))
        return self._fonts[reference.number]

    def _of(self, value: Any) -> Any:
        if not isinstance(value, _Reference):
            return value
        if value.number not in self._objects:
            self._objects[value.number], _ = _value(*self._places[value.number])
        return self._objects[value.number]

    def _stream(self, number: int) -> bytes:
        start, end = self._streams[number]
        data = self._data[start:end]
        return zlib.decompress(data) if self._of(_Reference(number)).get("Filter") == "FlateDecode" else data

    def _unpack(self, number: int) -> None:
        first, data = int(self._of(_Reference(number))["First"]), self._stream(number)
        index = [int(word) for word in data[:first].split()]
        for one, start in zip(index[::2], index[1::2], strict=True):
            self._places[one] = (data, first + start)


def _value(data: bytes, at: int) -> tuple[Any, int]:
    """The value that begins there, and where it ends; None at the end of the data."""
    found = _TOKEN.match(data, at)
    if found is None:
        return None, len(data)
    at = found.end()
    match found.lastgroup:
        case "open":
            items: list[Any] = []
            while True:
                closing = _TOKEN.match(data, at)
                if closing is None:
                    raise ValueError("something is left open")
                if closing.lastgroup == "close":
                    at = closing.end()
                    break
                item, at = _value(data, at)
                items.append(item)
            if found["open"] == b"[":
                return items, at
            return {str(k): v for k, v in zip(items[::2], items[1::2], strict=True)}, at
        case "hex":
            return bytes.fromhex(found["hex"].decode()), at
        case "name":
            return _Name(found["name"].decode("latin-1")), at
        case "ref":
            return _Reference(int(found["ref"].split()[0])), at
        case "number":
            return float(found["number"]), at
        case "string":
            return b"", _after_string(data, at)
        case _:
            return _Word(found["word"] or b""), at


def _after_string(data: bytes, at: int) -> int:
    depth = 1
    for found in re.compile(rb"\\.|[()]", re.DOTALL).finditer(data, at):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    raise ValueError("a string is left open")


def _codes(piece: bytes) -> Sequence[int]:
    return [int.from_bytes(piece[n : n + 2], "big") for n in range(0, len(piece), 2)]


def _texts(table: bytes) -> dict[int, str]:
    """What each glyph of a font says."""
    found: dict[int, str] = {}
    for part in _RANGE.finditer(table):
        hexes = [bytes.fromhex(one.decode()) for one in re.findall(rb"<([0-9A-Fa-f]*)>", part[2])]
        step = 2 if part[1] == b"bfchar" else 3
        for start in range(0, len(hexes), step):
            first, last, text = hexes[start], hexes[start + step - 2], hexes[start + step - 1]
            words = text.decode("utf-16-be")
            for number, code in enumerate(
                range(int.from_bytes(first, "big"), int.from_bytes(last, "big") + 1)
            ):
                found[code] = words[:-1] + chr(ord(words[-1]) + number) if words else ""
    return found


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )
