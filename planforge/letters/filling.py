"""One recipient's letter as a tree: the values in the places of the fields.

What a roster leaves empty becomes a blank to write in by hand, as on the copy that has no roster.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from planforge.document.blank_copy import OTHER, WIDTHS
from planforge.document.look import Look, StyleName
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


def head_fields(look: Look) -> tuple[str, ...]:
    """The fields whose values stand in the letterhead of a look."""
    return () if look.letterhead is None else look.letterhead.fields()


def with_head(look: Look, values: Mapping[str, str]) -> Look:
    """The look with a recipient's values in its letterhead."""
    if look.letterhead is None or not look.letterhead.fields():
        return look
    head = look.letterhead.filled(values, "＿" * 6)
    return look.model_copy(update={"letterhead": head})


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
        made = tuple(_filled(item, values) for item in node)
        return node if all(a is b for a, b in zip(node, made, strict=True)) else made
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        changed = {
            attribute.name: new
            for attribute in dataclasses.fields(node)
            if (new := _filled(old := getattr(node, attribute.name), values)) is not old
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
    names: set[str] = set()
    _measured(document.blocks, names)
    return names


def _measured(node: Any, names: set[str]) -> None:
    if isinstance(node, tuple):
        for item in node:
            _measured(item, names)
    elif isinstance(node, Title | Heading | Closing | Masthead | Imprint):
        for content in inlines_of(node):
            names.update(field.name for field in _fields(content))
    elif dataclasses.is_dataclass(node) and not isinstance(node, type):
        for attribute in dataclasses.fields(node):
            if attribute.name in ("blocks", "items"):
                _measured(getattr(node, attribute.name), names)


def styles_with_fields(document: Document) -> frozenset[StyleName]:
    """The look's styles that fields are set in, places that are reckoned from their words left out."""
    styles: set[StyleName] = set()
    for block in document.blocks:
        _styles(block, styles)
    return frozenset(styles)


def _styles(block: Block, styles: set[StyleName]) -> None:
    if isinstance(block, Slip | Attachment):
        if any(_fields(block.title)):
            styles.add("slip_title" if isinstance(block, Slip) else "attachment_title")
        for inner in block.blocks:
            _styles(inner, styles)
    elif any(any(_fields(content)) for content in inlines_of(block)):
        match block:
            case Paragraph(role=role):
                styles.add(role)
            case NumberedList():
                styles.update(("item1", "item2"))
            case Labelled():
                styles.add("labelled")
            case Table():
                styles.update(("caption", "table_head", "table_cell"))
            case Signatures():
                styles.add("signature")
            case _:
                pass


def _fields(content: Inlines) -> Iterator[Field]:
    return (node for node in content if isinstance(node, Field))
