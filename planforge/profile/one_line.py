"""People and documents that were written in one line, opened into their keys, so that all ways of writing are read alike."""

from __future__ import annotations

from typing import Any, cast

from planforge.core.yaml_nodes import Listing, Mapping, Node, Scalar
from planforge.profile.field_titles import Described, keys
from planforge.profile.fields import FormGroup
from planforge.profile.model import Profile
from planforge.profile.school import DocumentChoice, Person, one_by_one


def open_lines(root: Mapping, *, emptying: bool = False) -> None:
    """Replace every 林远（副校长）, list of people and name of a kind below `root` by groups of keys.

    Args:
        root: The nodes of a form; changed in place.
        emptying: Whether a person in one line also empties the keys that the line does not say: over a layer below,
            the line replaces the whole person.
    """
    _open_group(root, Profile, emptying)


def _open_group(group: Mapping, kind: type[FormGroup], emptying: bool) -> None:
    for key, entry in keys(kind).items():
        node = group.entries.get(key)
        if node is None or entry.kind is None:
            continue
        if entry.listed and isinstance(node, Scalar) and issubclass(entry.kind, Person) and _said(node):
            people: list[Node] = [_copy(node, text) for text in one_by_one(node.text)]
            node = group.entries[key] = Listing(node.place, people, node.file_index)
        if isinstance(node, Listing):
            node.items[:] = [_opened(item, entry, False) for item in node.items]
        elif not entry.listed:
            group.entries[key] = _opened(node, entry, emptying)


def _opened(node: Node, entry: Described, emptying: bool) -> Node:
    assert entry.kind is not None
    if isinstance(node, Scalar) and issubclass(entry.kind, (Person, DocumentChoice)) and _said(node):
        pairs: dict[str, str] = dict.fromkeys(keys(entry.kind), "") if emptying else {}
        pairs |= cast(Any, entry.kind).one_line(node.text)
        entries: dict[str, Node] = {key: _copy(node, text) for key, text in pairs.items()}
        node = Mapping(node.place, entries, dict.fromkeys(entries, node.place), node.file_index)
    if isinstance(node, Mapping):
        _open_group(node, entry.kind, emptying)
    return node


def _said(node: Scalar) -> bool:
    return bool(node.text.strip(" \t\r\n\u3000"))


def _copy(node: Scalar, text: str) -> Scalar:
    return Scalar(text, node.place, reported=node.reported, file_index=node.file_index)
