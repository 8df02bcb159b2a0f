"""What a YAML file says, before any meaning: mappings, lists and typed text, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from planforge.problems import Place


@dataclass(slots=True)
class Scalar:
    """One value, as typed. blank: nothing stands there. plain: without quotes, on one line."""

    text: str
    place: Place
    blank: bool = False
    plain: bool = False
    file_index: int = 0
    size: int = 1


@dataclass(slots=True)
class Listing:
    """A list, in order."""

    place: Place
    items: list[Node] = field(default_factory=list)
    file_index: int = 0
    size: int = 1


@dataclass(slots=True)
class Mapping:
    """Keys and values; `keys` says where each key stands."""

    place: Place
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)
    file_index: int = 0
    size: int = 1


Node = Scalar | Listing | Mapping


def copied(node: Node) -> Node:
    """The node again, so that what is taken out of one does not go from the other."""
    if isinstance(node, Scalar):
        return replace(node)
    if isinstance(node, Listing):
        return replace(node, items=[copied(item) for item in node.items])
    entries = {key: copied(value) for key, value in node.entries.items()}
    return replace(node, entries=entries, keys=dict(node.keys))
