"""One recipient's letter as a tree: the values in the places of the fields.

What a roster leaves empty becomes a blank to write in by hand, as on the copy that has no roster.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from planforge.document.blank_copy import OTHER, WIDTHS
from planforge.document.look import StyleName
from planforge.document.tree import (
    Attachment,
    Blank,
    Block,
    Closing,
    Document,
    Field,
    Heading,
    Imprint,
    Inlines,
    Labelled,
    Masthead,
    NumberedList,
    Paragraph,
    Signatures,
    Slip,
    Table,
    Text,
    Title,
    inlines_of,
)


def filled(document: Document, values: Mapping[str, str]) -> Document:
    """The document with every field replaced: by its value, or by a blank where there is none."""
    made = _filled(document, values)
    assert isinstance(made, Document)
    title = title_of(document, values)
    return made if title == made.title else dataclasses.replace(made, title=title)


def title_of(document: Document, values: Mapping[str, str]) -> str:
    """The document's title with the values in it."""
    title = document.title
    for name in {node.name for node in fields_of(document)} if "「" in title else ():
        title = title.replace(f"「{name}」", values.get(name, ""))
    return title


def _filled(node: Any, values: Mapping[str, str]) -> Any:
    if isinstance(node, Field):
        value = values.get(node.name, "")
        return Text(value, node.strong) if value else Blank(WIDTHS.get(node.name, OTHER))
    if isinstance(node, tuple):
        made = tuple(_filled(one, values) for one in node)
        return node if all(a is b for a, b in zip(node, made, strict=True)) else made
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        changed = {
            one.name: new
            for one in dataclasses.fields(node)
            if (new := _filled(old := getattr(node, one.name), values)) is not old
        }
        return dataclasses.replace(node, **changed) if changed else node
    return node


def fields_of(document: Document) -> Iterator[Field]:
    """Every open field of a document, in reading order."""
    for block in document.blocks:
        for content in inlines_of(block):
            yield from _fields(content)


def measured_fields(document: Document) -> set[str]:
    """Fields in places whose layout is reckoned from their words (titles, headings, 落款, red head)."""
    found: set[str] = set()
    _measured(document.blocks, found)
    return found


def _measured(node: Any, found: set[str]) -> None:
    if isinstance(node, tuple):
        for one in node:
            _measured(one, found)
    elif isinstance(node, Title | Heading | Closing | Masthead | Imprint):
        for content in inlines_of(node):
            found.update(field.name for field in _fields(content))
    elif dataclasses.is_dataclass(node) and not isinstance(node, type):
        for one in dataclasses.fields(node):
            if one.name in ("blocks", "items"):
                _measured(getattr(node, one.name), found)


def styles_with_fields(document: Document) -> frozenset[StyleName]:
    """The look's styles that fields are set in, places that are reckoned from their words left out."""
    found: set[StyleName] = set()
    for block in document.blocks:
        _styles(block, found)
    return frozenset(found)


def _styles(block: Block, found: set[StyleName]) -> None:
    if isinstance(block, Slip | Attachment):
        if any(_fields(block.title)):
            found.add("slip_title" if isinstance(block, Slip) else "attachment_title")
        for inner in block.blocks:
            _styles(inner, found)
    elif any(any(_fields(content)) for content in inlines_of(block)):
        match block:
            case Paragraph(role=role):
                found.add(role)
            case NumberedList():
                found.update(("item1", "item2"))
            case Labelled():
                found.add("labelled")
            case Table():
                found.update(("caption", "table_head", "table_cell"))
            case Signatures():
                found.add("signature")
            case _:
                pass


def _fields(content: Inlines) -> Iterator[Field]:
    return (node for node in content if isinstance(node, Field))
