"""What WeasyPrint makes of some pages, taken apart before it is written: their content, tags, and all the rest.

WeasyPrint hands its objects over just before it writes them; so nothing has to be parsed. Its fonts are left
out: they stay as WeasyPrint knows them (`UsedFonts`), and are written anew with the characters of one file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from planforge.writers.pdf.weasyprint_adapter.fonts import UsedFonts, heads_only
from planforge.writers.pdf.weasyprint_adapter.page_parts import (
    TOP,
    LaidOutParagraph,
    PageParts,
    SharedObjects,
    StructureElement,
    UnexpectedLayout,
    mark_of,
)
from planforge.writers.pdf.weasyprint_adapter.table_headers import headers_by_scope

_OWN = frozenset({"Contents", "StructParents", "Type", "Parent"})
_LINKS = frozenset({"K", "P", "Pg"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"})
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")


def take_apart(document: Any, pages: Sequence[Any], used: UsedFonts) -> tuple[list[PageParts], SharedObjects]:
    """Pages of one look as parts.

    Args:
        document: Any WeasyPrint document that the pages' properties are taken from.
        pages: Of any WeasyPrint documents.
        used: Takes the fonts that the pages need.

    Returns:
        The parts of each page, and what a file of such pages has besides them.

    Raises:
        UnexpectedLayout: For pages with links or forms, and for a structure that does not follow the pages.
    """
    taken: list[Any] = []

    def take(own: Any, pdf: Any) -> None:
        headers_by_scope(own, pdf)
        taken.extend(_parts(pdf, pages))
        del pdf.objects[1:]  # it need not be written

    copy = document.copy(list(pages))
    copy.fonts = used
    with heads_only():
        copy.write_pdf(io.BytesIO(), finisher=take, pdf_tags=True)
    parts, shared = taken
    return parts, shared


def _parts(pdf: Any, pages: Sequence[Any]) -> tuple[list[PageParts], SharedObjects]:
    numbers = [int(number) for number in pdf.pages["Kids"][::3]]
    dropped = {0, pdf.pages.number, pdf.catalog.number, *numbers}
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    (tag_document,) = (_object(pdf, reference) for reference in root["K"])
    parents = _object(pdf, root["ParentTree"])
    resources = [_object(pdf, pdf.objects[number]["Resources"]) for number in numbers]
    fonts = {_number(resource["Font"]) for resource in resources}
    _complete_states(resources[0]["ExtGState"])
    dropped |= {root.number, tag_document.number, parents.number, *fonts}
    if "Names" in pdf.catalog or "AcroForm" in pdf.catalog or len(fonts) != 1:
        raise UnexpectedLayout("页面里有链接或表单")
    elements: dict[int, list[Any]] = {number: [] for number in numbers}
    for item in pdf.objects:
        entries: Any = item if isinstance(item, dict) else {}
        if entries.get("Type") == "/StructElem" and "Pg" in entries:
            elements[_number(entries["Pg"])].append(item)
            dropped.add(item.number)
        elif "Dest" in entries or item.reference == pdf.catalog.get("Outlines"):
            dropped.add(item.number)
    above = {_number(reference) for reference in tag_document["K"]}
    seen: dict[int, int] = {}
    parts = []
    for laid_out, number in zip(pages, numbers, strict=True):
        page = pdf.objects[number]
        content = _object(pdf, page["Contents"])
        dropped.add(content.number)
        if "Annots" in page:
            raise UnexpectedLayout("页面里有批注")
        own = {element.number: index for index, element in enumerate(elements[number])}
        tree = tuple(_element(element, own, tag_document.number) for element in elements[number])
        operators = [_operator(operator) for operator in content.stream]
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
    others = [item for item in pdf.objects if item.number not in dropped]
    new = {number: place for place, number in enumerate((*named, *(item.number for item in others)), 1)}

    def renumbered(data: bytes) -> bytes:
        """References by their new numbers: these do not depend on how many pages there are."""
        head, mark, rest = data.partition(b"\nstream\n")
        return _REFERENCE.sub(lambda match: b"%d 0 R" % new.get(int(match[1]), 0), head) + mark + rest

    without = [
        renumbered(type(item)({k: v for k, v in item.items() if k not in ("K", "ParentTree")}).data[2:-2])
        for item in (root, tag_document)
    ]
    objects = tuple((new[item.number], renumbered(item.data), not item.compressible) for item in others)
    pages_number, root_number, tags, document, parent_tree, font_list = range(1, len(named) + 1)
    shared = SharedObjects(
        objects, pages_number, renumbered(catalog.data[2:-2]), root_number, tags, document, (without[0], without[1]),
        parent_tree, len(new) + 1, font_list,
    )  # fmt: skip
    return [
        replace(
            part,
            entries=renumbered(part.entries),
            elements=tuple(tag._replace(entries=renumbered(tag.entries)) for tag in part.elements),
        )
        for part in parts
    ], shared


def _complete_states(states: Any) -> None:
    """Have the graphics states of opaque colours there whether pages draw lines or not, and in one order."""
    for name, entry in (("a1.0", "ca"), ("A1.0", "CA")):
        states.setdefault(name, type(states)({entry: 1}))
    for name in sorted(states):
        states[name] = states.pop(name)


def _element(element: Any, own: dict[int, int], tag_document: int) -> StructureElement:
    above = _number(element["P"])
    if above != tag_document and above not in own:
        raise UnexpectedLayout("一段文字跨了页，结构标记接不上")
    kids: list[tuple[bool, int]] = []
    for kid in element["K"]:
        if isinstance(kid, int):
            kids.append((True, kid))
        elif _number(kid) in own:
            kids.append((False, own[_number(kid)]))
        else:
            raise UnexpectedLayout("结构标记指向别的页")
    entries = type(element)({key: value for key, value in element.items() if key not in _LINKS}).data[2:-2]
    return StructureElement(element["S"].removeprefix("/"), entries, own.get(above, TOP), tuple(kids))


def _paragraphs(
    page: Any, elements: Sequence[StructureElement], operators: Sequence[bytes], seen: dict[int, int]
) -> Iterator[LaidOutParagraph]:
    """The paragraphs of a page, in reading order; none where boxes and tags do not agree."""
    boxes = _boxes(page._page_box)
    around: set[int] = set()
    for element in elements:
        above = element.parent if element.tag.lower() in _PARAGRAPHS else TOP
        while above != TOP and above not in around:
            around.add(above)
            above = elements[above].parent
    tagged = [
        number
        for number, element in enumerate(elements)
        if element.tag.lower() in _PARAGRAPHS and number not in around
    ]
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
        own = sorted(kid for index in inside for marked, kid in elements[index].kids if marked)
        own_operators = (0, 0)
        if own:
            begin, end = min(marks[mark][0] for mark in own), max(marks[mark][1] for mark in own)
            within = [mark for mark, (start, _) in marks.items() if begin <= start < end]
            if within == list(range(own[0], own[-1] + 1)):
                own_operators = (begin, end)
        numbers = (own[0], own[-1] + 1) if own else (0, 0)
        yield LaidOutParagraph(
            number,
            box.content_box_x(),
            box.content_box_y(),
            box.width,
            box.height,
            (first, after),
            own_operators,
            numbers,
        )


def _boxes(box: Any) -> list[Any]:
    """The innermost boxes of paragraphs in a box, in the order in which WeasyPrint tags them."""
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)  # one that is placed absolutely
    if isinstance(box, boxes.MarginBox | boxes.LineBox):
        return []
    inner = [inner_box for child in getattr(box, "children", ()) for inner_box in _boxes(child)]
    if inner or box.element is None or box.element_tag not in _PARAGRAPHS:
        return inner
    kind = boxes.TableCellBox if box.element_tag in ("td", "th") else boxes.BlockBox
    return [box] if isinstance(box, kind) else []


def _marks(operators: Sequence[bytes]) -> dict[int, tuple[int, int]]:
    """By number of marked content, its operators: from, up to."""
    marks: dict[int, tuple[int, int]] = {}
    below: list[tuple[int | None, int]] = []
    for place, operator in enumerate(operators):
        if operator in (b"BDC", b"BMC"):
            number = mark_of(operators[place - 1])
            below.append((number, place - (1 if number is None else 2)))
        elif operator == b"EMC":
            number, begin = below.pop()
            if number is not None:
                marks[number] = (begin, place + 1)
    return marks


def _operator(operator: Any) -> bytes:
    if isinstance(operator, bytes):
        return operator
    return str(operator).encode() if isinstance(operator, str | int) else bytes(operator.data)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]
