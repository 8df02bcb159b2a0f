"""The pictures of our figures taken along into a school's own file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from planforge.writers.word.base_file import RELS, BaseFile, parse, rels_of, resolved

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_IMAGE = f"{_OFFICE}/image"
_EMBED = f"{{{_OFFICE}}}embed"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def carried_pictures(
    document: _Element, ours: Mapping[str, bytes], base: BaseFile, rels: _Element
) -> tuple[dict[str, bytes], list[_Element]]:
    """The picture parts of our document under names that the school's file does not use, and their relationships.

    document: our main part, in which the pictures are given their new relationships; rels: those that the
    school's main part has. Our drawings are counted on from those in its headers: Word wants them told apart.
    """
    from lxml import etree

    targets = {
        relation.get("Id"): resolved("word/document.xml", relation.get("Target", ""))
        for relation in parse(ours[rels_of("word/document.xml")], "")
        if relation.get("Type") == _IMAGE
    }
    if not targets:
        return {}, []
    folder = base.main.rpartition("/")[0]
    taken = {name.casefold() for name in base.parts}
    known = {relation.get("Id", "") for relation in rels}
    parts: dict[str, bytes] = {}
    relationships: dict[str, _Element] = {}
    for element in [element for element in document.iter() if element.get(_EMBED) in targets]:
        part = targets[element.get(_EMBED)]
        if part not in relationships:
            name = _free(f"{folder}/media/figure".lstrip("/"), f".{part.rpartition('.')[2]}", taken)
            identity = _free("rIdPlanFigure", "", known)
            taken.add(name.casefold())
            known.add(identity)
            parts[name] = ours[part]
            relationships[part] = etree.Element(
                f"{RELS}Relationship", Id=identity, Type=_IMAGE, Target=f"/{name}"
            )
        element.set(_EMBED, relationships[part].get("Id", ""))
    others = [data for name, data in base.parts.items() if name != base.main]
    shift = max((_highest_drawing(data, base) for data in others), default=0)
    for drawing in document.iter(_DOC_PR):
        drawing.set("id", str(int(drawing.get("id", "0")) + shift))
    return parts, list(relationships.values())


def _free(stem: str, end: str, taken: set[str]) -> str:
    """The first name that nobody has. Ids are told apart by case, names of parts are not."""
    number = 1
    while {name := f"{stem}{number}{end}", name.casefold()} & taken:
        number += 1
    return name


def _highest_drawing(data: bytes, base: BaseFile) -> int:
    if b"docPr" not in data:
        return 0
    numbers = (shape.get("id", "") for shape in parse(data, base.name).iter(_DOC_PR))
    return max((int(number) for number in numbers if number.isdigit()), default=0)
