"""What WeasyPrint makes of some letters, taken apart before it is written: pages, their tags, and all the rest.

WeasyPrint hands its objects over just before it writes them; so nothing has to be parsed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_REFERENCE = re.compile(rb"(\d+) 0 R")
_OWN = frozenset({"Contents", "StructParents", "Type", "Parent"})


class Strange(Exception):
    """Something in these pages that a merged file does not carry over."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a page's structure. template: its object with a place for each of `references`.

    references: indices of the page's elements; -1 is the page, -2 the document's element.
    """

    template: bytes
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageParts:
    """One page. operators: of its content; entries: of its dictionary, apart from content, parent and number.

    elements: its structure; top: those directly below the document; marked: by marked content, its element.
    """

    operators: list[bytes]
    entries: bytes
    elements: tuple[Element, ...]
    top: tuple[int, ...]
    marked: tuple[int, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Base:
    """Everything else of a file. objects: number and data, whether a stream; free: the first number not taken."""

    objects: tuple[tuple[int, bytes, bool], ...]
    pages: int
    catalog: Any
    root: int
    tags: int
    tag_document: int
    tag_entries: tuple[bytes, bytes]
    parents: int
    info: bytes
    free: int


def take_apart(
    document: Any, pages: Sequence[Any]
) -> tuple[list[PageParts], Base, dict[tuple[str, int], str]]:
    """Pages of one look as parts. Also the words that each font's glyphs show.

    document: any WeasyPrint document that the pages' properties are taken from. Raises Strange.
    """
    taken: list[Any] = []

    def take(made: Any, pdf: Any) -> None:
        fonts = {
            (font.hash, number): text
            for font in made.fonts.values()
            for number, text in font.to_unicode.items()
        }
        taken.extend((*_parts(pdf), fonts))
        del pdf.objects[1:]  # it need not be written

    document.copy(list(pages)).write_pdf(io.BytesIO(), finisher=take, pdf_tags=True)
    parts, base, fonts = taken
    return parts, base, fonts


def _parts(pdf: Any) -> tuple[list[PageParts], Base]:
    numbers = [int(number) for number in pdf.pages["Kids"][::3]]
    dropped = {0, pdf.pages.number, pdf.catalog.number, *numbers}
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    (tag_document,) = (_object(pdf, one) for one in root["K"])
    parents = _object(pdf, root["ParentTree"])
    dropped |= {root.number, tag_document.number, parents.number}
    if "Names" in pdf.catalog or "AcroForm" in pdf.catalog:
        raise Strange("links or forms")
    elements: dict[int, list[Any]] = {number: [] for number in numbers}
    one: Any
    for one in pdf.objects:
        entries: Any = one if isinstance(one, dict) else {}
        if entries.get("Type") == "/StructElem" and "Pg" in entries:
            elements[_number(entries["Pg"])].append(one)
            dropped.add(one.number)
        elif "Dest" in entries or one.reference == pdf.catalog.get("Outlines"):
            dropped.add(one.number)
    marked = dict(zip(parents["Nums"][::2], parents["Nums"][1::2], strict=True))
    parts = []
    for place, number in enumerate(numbers):
        page = pdf.objects[number]
        content = _object(pdf, page["Contents"])
        dropped.add(content.number)
        if "Annots" in page:
            raise Strange("annotations")
        own = {one.number: index for index, one in enumerate(elements[number])}
        known = {**own, number: -1, tag_document.number: -2}
        page_entries = type(page)({key: value for key, value in page.items() if key not in _OWN})
        parts.append(
            PageParts(
                [_operator(one) for one in content.stream],
                page_entries.data[2:-2],
                tuple(_element(one.data, known) for one in elements[number]),
                tuple(own[n] for n in map(_number, tag_document["K"]) if n in own),
                tuple(own[_number(one)] for one in marked[place]),
                float(page["MediaBox"][3]),
            )
        )
    catalog = type(pdf.catalog)(pdf.catalog)
    catalog.pop("Outlines", None)
    without = [
        type(one)({k: v for k, v in one.items() if k not in ("K", "ParentTree")}).data[2:-2]
        for one in (root, tag_document)
    ]
    objects = tuple(
        (one.number, one.data, not one.compressible) for one in pdf.objects if one.number not in dropped
    )
    base = Base(
        objects, pdf.pages.number, catalog, pdf.catalog.number, root.number, tag_document.number, (without[0], without[1]),
        parents.number, pdf.info.data if pdf.info else b"", len(pdf.objects),
    )  # fmt: skip
    return parts, base


def _element(data: bytes, known: dict[int, int]) -> Element:
    references: list[int] = []

    def place(found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        if number not in known:
            raise Strange("a tag that points elsewhere")
        references.append(known[number])
        return b"%d 0 R"

    pieces = _REFERENCE.sub(place, data.replace(b"%", b"%%"))
    return Element(pieces, tuple(references))


def _operator(one: Any) -> bytes:
    if isinstance(one, bytes):
        return one
    return str(one).encode() if isinstance(one, str | int) else bytes(one.data)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]
