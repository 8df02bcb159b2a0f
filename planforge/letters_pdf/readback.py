"""What a finished PDF shows: its characters and where they stand, read from the file's own bytes.

A run holds a few of its letters against the plain way. For that the file is read as a viewer reads it (objects,
fonts, page content), not as it was meant. Only what WeasyPrint and `pdf_file` write is understood: other files raise
ValueError.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from mmap import mmap
from typing import Any, NamedTuple

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_OBJECT = re.compile(rb"(?:^|(?<=\n))(\d+) 0 obj\s")
_TOKEN = re.compile(
    rb"\s*(?:%[^\r\n]*\s*)*(?:(?P<open><<|\[)|(?P<close>>>|\])|<(?P<hex>[0-9A-Fa-f\s]*)>|/(?P<name>[^\s<>\[\](){}/%]*)"
    rb"|(?P<string>\()|(?P<ref>\d+ \d+ R(?![A-Za-z]))|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))(?![A-Za-z])"
    rb"|(?P<word>[^\s<>\[\](){}/%]+))"
)
_HEAD = re.compile(rb"endobj|stream\r?\n")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TAIL = 64  # bytes at a file's end in which its table's place stands
_UNPACKED = 4  # streams of packed objects that are kept unpacked; one page's objects stand together
_RANGE = re.compile(rb"begin(bfchar|bfrange)\s(.*?)end\1", re.DOTALL)


class ShownCharacter(NamedTuple):
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


class _Table:
    """Where a file's objects stand, by its own table: what a viewer would not find is not found here either."""

    def __init__(self, data: bytes | mmap, start: int) -> None:
        """start: where the table stands. Raises ValueError where it is none of the packed sort."""
        match = _OBJECT.match(data, start)
        if match is None:
            raise ValueError("no table")
        about, at = _head(data, match.end())
        if about.get("Type") != "XRef" or about.get("Filter") != "FlateDecode":
            raise ValueError("a table of another sort")
        self.root = about["Root"]
        self._widths = [int(width) for width in about["W"]]
        self._rows = zlib.decompress(data[at : at + int(about["Length"])])
        index = [int(number) for number in about.get("Index", (0, about["Size"]))]
        self._firsts = index[::2]
        self._begin = [first - sum(index[1 : 2 * place : 2]) for place, first in enumerate(self._firsts)]

    def __getitem__(self, number: int) -> tuple[int, int, int]:
        """Kind (1: by itself, 2: packed), place or pack, place in the pack."""
        kind_size, place_size, index_size = self._widths
        size = kind_size + place_size + index_size
        place = number - self._begin[bisect_right(self._firsts, number) - 1]
        row = self._rows[place * size : (place + 1) * size]
        return (
            int.from_bytes(row[:kind_size], "big"),
            int.from_bytes(row[kind_size : kind_size + place_size], "big"),
            int.from_bytes(row[kind_size + place_size :], "big"),
        )


class PdfReading:
    """A PDF file, read: object by object, as they are asked for."""

    def __init__(self, data: bytes | mmap) -> None:
        """Find the file's table and outline.

        Args:
            data: The whole file.

        Raises:
            ValueError: Where it is not a file that WeasyPrint or `pdf_file` wrote.
        """
        self._data = data
        self._fonts: dict[int, _Font] = {}
        self._of_number = lru_cache(maxsize=1000)(self._read)
        self._pack = lru_cache(maxsize=_UNPACKED)(self._unpacked)
        start = _START.search(data[-_TAIL:])
        if start is None:
            raise ValueError("no table")
        self._places = _Table(data, int(start[1]))
        self._root = self._of(self._places.root)
        self._first_pages: list[int] = []
        self._entry = self._of(self._root.get("Outlines", {})).get("First")  # the next to be come to

    @cached_property
    def pages(self) -> list[int]:
        """The pages in their order, by the numbers of their objects."""
        return [reference.number for reference in self._of(self._of(self._root["Pages"])["Kids"])]

    def first_page(self, place: int) -> int:
        """The page that an entry of the outline's upper level leads to.

        Args:
            place: Of the entry, from 0.

        Returns:
            The page, from 0; the number of pages where there is no such entry.
        """
        while len(self._first_pages) <= place and self._entry is not None:
            read = self._of(self._entry)
            self._first_pages.append(self._page_places[self._of(read["Dest"])[0].number])
            self._entry = read.get("Next")
        return self._first_pages[place] if place < len(self._first_pages) else len(self.pages)

    @cached_property
    def _page_places(self) -> dict[int, int]:
        return {number: place for place, number in enumerate(self.pages)}

    def shown(self, page: int) -> list[ShownCharacter]:
        """What a page shows.

        Args:
            page: From 0.

        Returns:
            Its characters in the order of its content; white space is left out.

        Raises:
            ValueError: Where its content has operators that neither WeasyPrint nor `pdf_file` writes.
        """
        read = self._of(_Reference(self.pages[page]))
        contents = read.get("Contents", [])
        several = contents if isinstance(contents, list) else [contents]
        if not isinstance(contents, list) and isinstance(self._of(contents), list):
            several = self._of(contents)
        data = b"\n".join(self._stream(reference.number) for reference in several)
        fonts = self._of(self._of(read.get("Resources", {})).get("Font", {}))
        return list(self._glyphs(data, fonts))

    def _glyphs(self, data: bytes, fonts: dict[str, _Reference]) -> Iterator[ShownCharacter]:
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
                                yield ShownCharacter(words, where[4], where[5])
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
        return self._of_number(value.number) if isinstance(value, _Reference) else value

    def _read(self, number: int) -> Any:
        kind, place, index = self._places[number]
        if kind == 1:
            return _value(self._data, self._begin(number, place))[0]
        data, first, words = self._pack(place)
        if kind != 2 or int(words[2 * index]) != number:
            raise ValueError("an object that is not there")
        return _value(data, first + int(words[2 * index + 1]))[0]

    def _begin(self, number: int, place: int) -> int:
        """Where an object that stands by itself begins."""
        match = _OBJECT.match(self._data, place)
        if match is None or int(match[1]) != number:
            raise ValueError("an object that is not there")
        return match.end()

    def _stream(self, number: int) -> bytes:
        _, place, _ = self._places[number]
        about, start = _head(self._data, self._begin(number, place))
        data = self._data[start : start + int(about["Length"])]
        return zlib.decompress(data) if about.get("Filter") == "FlateDecode" else data

    def _unpacked(self, pack: int) -> tuple[bytes, int, list[bytes]]:
        """Packed objects: their bytes, where the first begins, and of each its number and where behind that."""
        about, data = self._of(_Reference(pack)), self._stream(pack)
        first = int(about["First"])
        return data, first, data[:first].split()


def _head(data: bytes | mmap, at: int) -> tuple[dict[str, Any], int]:
    """A stream's dictionary, which begins there, and where its bytes begin."""
    about, end = _value(data, at)
    match = _HEAD.search(data, end)
    if not isinstance(about, dict) or match is None or match[0] == b"endobj":
        raise ValueError("not a stream")
    return about, match.end()


def _value(data: bytes | mmap, at: int) -> tuple[Any, int]:
    """The value that begins there, and where it ends; None at the end of the data."""
    token = _TOKEN.match(data, at)
    if token is None:
        return None, len(data)
    at = token.end()
    match token.lastgroup:
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
            if token["open"] == b"[":
                return items, at
            return {str(k): v for k, v in zip(items[::2], items[1::2], strict=True)}, at
        case "hex":
            return bytes.fromhex(token["hex"].decode()), at
        case "name":
            return _Name(token["name"].decode("latin-1")), at
        case "ref":
            return _Reference(int(token["ref"].split()[0])), at
        case "number":
            return float(token["number"]), at
        case "string":
            return b"", _after_string(data, at)
        case _:
            return _Word(token["word"] or b""), at


def _after_string(data: bytes | mmap, at: int) -> int:
    depth = 1
    for bracket in re.compile(rb"\\.|[()]", re.DOTALL).finditer(data, at):
        depth += {b"(": 1, b")": -1}.get(bracket[0], 0)
        if not depth:
            return bracket.end()
    raise ValueError("a string is left open")


def _codes(piece: bytes) -> Sequence[int]:
    return [int.from_bytes(piece[n : n + 2], "big") for n in range(0, len(piece), 2)]


def _texts(table: bytes) -> dict[int, str]:
    """What each glyph of a font says."""
    texts: dict[int, str] = {}
    for part in _RANGE.finditer(table):
        hexes = [bytes.fromhex(digits.decode()) for digits in re.findall(rb"<([0-9A-Fa-f]*)>", part[2])]
        step = 2 if part[1] == b"bfchar" else 3
        for start in range(0, len(hexes), step):
            first, last, text = hexes[start], hexes[start + step - 2], hexes[start + step - 1]
            words = text.decode("utf-16-be")
            for number, code in enumerate(
                range(int.from_bytes(first, "big"), int.from_bytes(last, "big") + 1)
            ):
                texts[code] = words[:-1] + chr(ord(words[-1]) + number) if words else ""
    return texts


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )
