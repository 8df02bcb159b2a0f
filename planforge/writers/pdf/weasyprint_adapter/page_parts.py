"""What WeasyPrint makes of some pages, taken apart before it is written: their content, tags, and all the rest.

WeasyPrint hands its objects over just before it writes them; so nothing has to be parsed. Its fonts are left
out: they stay as WeasyPrint knows them (`Used`), and are written anew with the characters of one file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from planforge.writers.pdf.font_sources import heads_only
from planforge.writers.pdf.table_headers import heads_by_scope

_OWN = frozenset({"Contents", "StructParents", "Type", "Parent"})
_LINKS = frozenset({"K", "P", "Pg"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"})
_MARK = b"<</MCID "
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
TOP = -1
"""Parent of the elements directly below the document's."""


class UnexpectedLayout(Exception):
    """Something in these pages that a merged file does not carry over."""


class UsedFonts(dict[int, Any]):
    """WeasyPrint's fonts of all pages taken apart so far. It writes none of them: it finds none to be written."""

    def values(self) -> Any:
        """Nothing, for WeasyPrint."""
        return ()

    def known(self) -> list[Any]:
        """The fonts themselves."""
        return list(super().values())


class StructureElement(NamedTuple):
    """An element of a page's structure. entries: its dictionary without the links to others.

    parent: index among the page's elements, or TOP; kids: marked content (True) or elements, by number.
    """

    tag: str
    entries: bytes
    parent: int
    kids: tuple[tuple[bool, int], ...]


@dataclass(frozen=True, slots=True)
class LaidOutParagraph:
    """A paragraph of a page. number: among the document's. Lengths in CSS pixels.

    elements, operators, marks: which of the page's are its own (from, up to); none where they lie scattered.
    """

    number: int
    x: float
    y: float
    width: float
    height: float
    elements: tuple[int, int]
    operators: tuple[int, int]
    marks: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PageParts:
    """One page. operators: of its content; entries: of its dictionary, apart from content, parent and number.

    elements: its structure; top: those directly below the document.
    """

    operators: list[bytes]
    entries: bytes
    elements: tuple[StructureElement, ...]
    top: tuple[int, ...]
    height: float
    paragraphs: tuple[LaidOutParagraph, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedObjects:
    """Everything else of a file. objects: number and data, whether a stream; free: the first number not taken.

    pages, root, tags, tag_document, parents, fonts: numbers of objects that are not among these. catalog,
    tag_entries: entries of the root, of the tree of tags and of its document.
    """

    objects: tuple[tuple[int, bytes, bool], ...]
    pages: int
    catalog: bytes
    root: int
    tags: int
    tag_document: int
    tag_entries: tuple[bytes, bytes]
    parents: int
    free: int
    fonts: int


def take_apart(document: Any, pages: Sequence[Any], used: UsedFonts) -> tuple[list[PageParts], SharedObjects]:
    """Pages of one look as parts; the fonts they need are added to those used.

    document: any WeasyPrint document that the pages' properties are taken from. Raises UnexpectedLayout.
    """
    taken: list[Any] = []

    def take(own: Any, pdf: Any) -> None:
        heads_by_scope(own, pdf)
        taken.extend(_parts(pdf, pages))
        del pdf.objects[1:]  # it need not be written

    copy = document.copy(list(pages))
    copy.fonts = used
    with heads_only():
        copy.write_pdf(io.BytesIO(), finisher=take, pdf_tags=True)
    parts, base = taken
    return parts, base


def _parts(pdf: Any, pages: Sequence[Any]) -> tuple[list[PageParts], SharedObjects]:
    numbers = [int(number) for number in pdf.pages["Kids"][::3]]
    dropped = {0, pdf.pages.number, pdf.catalog.number, *numbers}
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    (tag_document,) = (_object(pdf, one) for one in root["K"])
    parents = _object(pdf, root["ParentTree"])
    resources = [_object(pdf, pdf.objects[number]["Resources"]) for number in numbers]
    fonts = {_number(one["Font"]) for one in resources}
    states = resources[0]["ExtGState"]
    for name, entry in (("a1.0", "ca"), ("A1.0", "CA")):  # there whether these pages draw lines or not
        states.setdefault(name, type(states)({entry: 1}))
    for name in sorted(states):  # and in one order, whatever came first
        states[name] = states.pop(name)
    dropped |= {root.number, tag_document.number, parents.number, *fonts}
    if "Names" in pdf.catalog or "AcroForm" in pdf.catalog or len(fonts) != 1:
        raise UnexpectedLayout("links or forms")
    elements: dict[int, list[Any]] = {number: [] for number in numbers}
    one: Any
    for one in pdf.objects:
        entries: Any = one if isinstance(one, dict) else {}
        if entries.get("Type") == "/StructElem" and "Pg" in entries:
            elements[_number(entries["Pg"])].append(one)
            dropped.add(one.number)
        elif "Dest" in entries or one.reference == pdf.catalog.get("Outlines"):
            dropped.add(one.number)
    above = {_number(one) for one in tag_document["K"]}
    seen: dict[int, int] = {}
    parts = []
    for laid_out, number in zip(pages, numbers, strict=True):
        page = pdf.objects[number]
        content = _object(pdf, page["Contents"])
        dropped.add(content.number)
        if "Annots" in page:
            raise UnexpectedLayout("annotations")
        own = {one.number: index for index, one in enumerate(elements[number])}
        tree = tuple(_element(one, own, tag_document.number) for one in elements[number])
        operators = [_operator(one) for one in content.stream]
        parts.append(
            PageParts(
                operators,
                type(page)({key: value for key, value in page.items() if key not in _OWN}).data[2:-2],
                tree,
                tuple(own[n] for n in own if n in above),
                float(page["MediaBox"][3]),
                tuple(_paragraphs(laid_out, tree, operators, seen)),
            )
        )
    catalog = type(pdf.catalog)({key: value for key, value in pdf.catalog.items() if key != "Outlines"})
    named = (
        pdf.pages.number,
        pdf.catalog.number,
        root.number,
        tag_document.number,
        parents.number,
        fonts.pop(),
    )
    others = [one for one in pdf.objects if one.number not in dropped]
    new = {number: place for place, number in enumerate((*named, *(one.number for one in others)), 1)}

    def told(data: bytes) -> bytes:
        """References by their new numbers: these do not depend on how many pages there are."""
        head, mark, rest = data.partition(b"\nstream\n")
        return _REFERENCE.sub(lambda one: b"%d 0 R" % new.get(int(one[1]), 0), head) + mark + rest

    without = [
        told(type(one)({k: v for k, v in one.items() if k not in ("K", "ParentTree")}).data[2:-2])
        for one in (root, tag_document)
    ]
    objects = tuple((new[one.number], told(one.data), not one.compressible) for one in others)
    pages_number, root_number, tags, document, parent_tree, font_list = range(1, len(named) + 1)
    base = SharedObjects(
        objects, pages_number, told(catalog.data[2:-2]), root_number, tags, document, (without[0], without[1]),
        parent_tree, len(new) + 1, font_list,
    )  # fmt: skip
    return [
        replace(
            one,
            entries=told(one.entries),
            elements=tuple(tag._replace(entries=told(tag.entries)) for tag in one.elements),
        )
        for one in parts
    ], base


def _element(one: Any, own: dict[int, int], tag_document: int) -> StructureElement:
    above = _number(one["P"])
    if above != tag_document and above not in own:
        raise UnexpectedLayout("an element below another page's")
    kids: list[tuple[bool, int]] = []
    for kid in one["K"]:
        if isinstance(kid, int):
            kids.append((True, kid))
        elif _number(kid) in own:
            kids.append((False, own[_number(kid)]))
        else:
            raise UnexpectedLayout("a tag that points elsewhere")
    entries = type(one)({key: value for key, value in one.items() if key not in _LINKS}).data[2:-2]
    return StructureElement(one["S"].removeprefix("/"), entries, own.get(above, TOP), tuple(kids))


def _paragraphs(
    page: Any, elements: Sequence[StructureElement], operators: Sequence[bytes], seen: dict[int, int]
) -> Iterator[LaidOutParagraph]:
    """The paragraphs of a page, in reading order; none where boxes and tags do not agree."""
    boxes = _boxes(page._page_box)
    surroundings: set[int] = set()
    for one in elements:
        above = one.parent if one.tag.lower() in _PARAGRAPHS else TOP
        while above != TOP and above not in surroundings:
            surroundings.add(above)
            above = elements[above].parent
    tagged = [n for n, one in enumerate(elements) if one.tag.lower() in _PARAGRAPHS and n not in surroundings]
    if [box.element_tag for box in boxes] != [elements[number].tag.lower() for number in tagged]:
        return
    marks = _marks(operators)
    for box, first in zip(boxes, tagged, strict=True):
        number = seen.setdefault(id(box.element), len(seen))
        inside = {first}
        after = first + 1
        while after < len(elements) and elements[after].parent in inside:
            inside.add(after)
            after += 1
        own = sorted(kid for one in inside for marked, kid in elements[one].kids if marked)
        found = (0, 0)
        if own:
            begin, end = min(marks[one][0] for one in own), max(marks[one][1] for one in own)
            if [one for one, (a, _) in marks.items() if begin <= a < end] == list(range(own[0], own[-1] + 1)):
                found = (begin, end)
        numbers = (own[0], own[-1] + 1) if own else (0, 0)
        yield LaidOutParagraph(
            number,
            box.content_box_x(),
            box.content_box_y(),
            box.width,
            box.height,
            (first, after),
            found,
            numbers,
        )


def _boxes(box: Any) -> list[Any]:
    """The innermost boxes of paragraphs in a box, in the order in which WeasyPrint tags them."""
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)  # one that is placed absolutely
    if isinstance(box, boxes.MarginBox | boxes.LineBox):
        return []
    inner = [one for child in getattr(box, "children", ()) for one in _boxes(child)]
    if inner or box.element is None or box.element_tag not in _PARAGRAPHS:
        return inner
    kind = boxes.TableCellBox if box.element_tag in ("td", "th") else boxes.BlockBox
    return [box] if isinstance(box, kind) else []


def _marks(operators: Sequence[bytes]) -> dict[int, tuple[int, int]]:
    """By number of marked content, its operators: from, up to."""
    found: dict[int, tuple[int, int]] = {}
    below: list[tuple[int | None, int]] = []
    for place, one in enumerate(operators):
        if one in (b"BDC", b"BMC"):
            number = mark_of(operators[place - 1])
            below.append((number, place - (1 if number is None else 2)))
        elif one == b"EMC":
            number, begin = below.pop()
            if number is not None:
                found[number] = (begin, place + 1)
    return found


def mark_of(operator: bytes) -> int | None:
    """The number of marked content that an operator's properties give."""
    return int(operator[len(_MARK) : -2]) if operator.startswith(_MARK) else None


def _operator(one: Any) -> bytes:
    if isinstance(one, bytes):
        return one
    return str(one).encode() if isinstance(one, str | int) else bytes(one.data)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]
