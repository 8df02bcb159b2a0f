"""The copy of a letter that nobody's name stands on yet: each open field becomes a blank to write in by hand.

A school without a roster prints one master and copies it; what a roster would fill in is then written.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from planforge.document.tree import Blank, Document, Field

WIDTHS: Mapping[str, float] = {
    "name": 6, "guardian": 6, "superior": 6, "class": 6, "seat": 3, "grade": 4, "gender": 3, "post": 6,
    "subject": 5, "group": 7, "head_of": 6, "teaches": 9, "club": 7, "phone": 9, "student_id": 12,
    "id_number": 12, "address": 16, "birthday": 8, "joined": 8,
}  # fmt: skip
"""Room for handwriting in characters of print, by field: about twice what the printed value would take."""

OTHER = 8.0
"""Room for a field that a school has added."""


def blank_copy(document: Document) -> Document:
    """The document with a blank of fitting width in the place of every field; without fields, itself."""
    made = _blanked(document)
    assert isinstance(made, Document)
    return made


def _blanked(node: Any) -> Any:
    if isinstance(node, Field):
        return Blank(WIDTHS.get(node.name, OTHER))
    if isinstance(node, tuple):
        made = tuple(_blanked(item) for item in node)
        return node if all(a is b for a, b in zip(node, made, strict=True)) else made
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        changed = {
            attribute.name: new
            for attribute in dataclasses.fields(node)
            if (new := _blanked(old := getattr(node, attribute.name))) is not old
        }
        return dataclasses.replace(node, **changed) if changed else node
    return node


def narrowed(document: Document, share: float) -> Document:
    """The document with every blank this share as wide: for lines that hold fewer characters than a page's."""
    made = _narrowed(document, share)
    assert isinstance(made, Document)
    return made


def _narrowed(node: Any, share: float) -> Any:
    if isinstance(node, Blank):
        return Blank(node.width * share)
    if isinstance(node, tuple):
        return tuple(_narrowed(item, share) for item in node)
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        values = {
            attribute.name: _narrowed(getattr(node, attribute.name), share)
            for attribute in dataclasses.fields(node)
        }
        return dataclasses.replace(node, **values)
    return node
