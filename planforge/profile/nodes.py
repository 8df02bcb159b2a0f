"""What a YAML file says, before any meaning: mappings, lists and typed text, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from planforge.core.problems import Place


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
