"""What a YAML file says, before any meaning: mappings, lists and text as typed, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from planforge.core.problems import Place

KeyPath = tuple[str | int, ...]
"""The way to a value from the outermost one: keys, and numbers of members counted from 0."""


@dataclass(slots=True)
class Scalar:
    """One value, as typed. blank: nothing stands there. plain: without quotes, on one line.

    reported: it cannot be used, and that has been said.
    """

    text: str
    place: Place
    blank: bool = False
    plain: bool = False
    reported: bool = False
    file_index: int = 0
    size: int = 1


@dataclass(slots=True)
class Listing:
    """A list, in order. spoiled: an entry was wrong and has been taken out."""

    place: Place
    items: list[Node] = field(default_factory=list)
    file_index: int = 0
    size: int = 1
    spoiled: bool = False


@dataclass(slots=True)
class Mapping:
    """Keys and values; `keys` says where each key stands. spoiled: keys whose value was wrong and taken out."""

    place: Place
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)
    file_index: int = 0
    size: int = 1
    spoiled: set[str] = field(default_factory=set)


Node = Scalar | Listing | Mapping


def copied(node: Node) -> Node:
    """The node again, so that what is taken out of one does not go from the other."""
    if isinstance(node, Scalar):
        return replace(node)
    if isinstance(node, Listing):
        return replace(node, items=[copied(item) for item in node.items])
    entries = {key: copied(value) for key, value in node.entries.items()}
    return replace(node, entries=entries, keys=dict(node.keys), spoiled=set(node.spoiled))


def plain(node: Node, value: Callable[[Scalar], Any] = lambda scalar: scalar.text) -> Any:
    """Dictionaries, lists and values without places.

    Args:
        node: the outermost node.
        value: what a single value becomes; the words as typed unless something else is given.
    """
    if isinstance(node, Mapping):
        return {key: plain(entry, value) for key, entry in node.entries.items()}
    if isinstance(node, Listing):
        return [plain(item, value) for item in node.items]
    return value(node)


def walk(node: Node, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Node, Place]]:
    """Every node below and with this one: the way to it, itself, and where its key stands (itself, where it has none)."""
    stack = [(path, node, node.place)]
    while stack:
        path, node, at = stack.pop()
        yield path, node, at
        if isinstance(node, Mapping):
            below = [((*path, key), entry, node.keys[key]) for key, entry in node.entries.items()]
            stack.extend(reversed(below))
        elif isinstance(node, Listing):
            items = [((*path, number), item, item.place) for number, item in enumerate(node.items)]
            stack.extend(reversed(items))
