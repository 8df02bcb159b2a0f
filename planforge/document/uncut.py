"""A document where nothing is cut off with scissors: in a chat, a picture, or the slip printed by itself.

What a template marks as said of the cut is left out there; on a letter's sheet it stays.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from planforge.document.tree import Document, Paragraph, Text


def uncut(document: Document) -> Document:
    """The document without what is said of the cut; itself, where nothing is."""
    made = _uncut(document)
    assert isinstance(made, Document)
    return made


def _uncut(node: Any) -> Any:
    if isinstance(node, tuple):
        made = tuple(_uncut(item) for item in node if not _of_the_cut(item))
        return node if len(made) == len(node) and all(map(_is, node, made)) else made
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        changed = {
            attribute.name: new
            for attribute in dataclasses.fields(node)
            if (new := _uncut(old := getattr(node, attribute.name))) is not old
        }
        return dataclasses.replace(node, **changed) if changed else node
    return node


def _of_the_cut(node: object) -> bool:
    """Whether a node says nothing else; a paragraph, too."""
    if isinstance(node, Paragraph):
        return bool(node.content) and all(map(_of_the_cut, node.content))
    return isinstance(node, Text) and node.cut


def _is(one: object, other: object) -> bool:
    return one is other
