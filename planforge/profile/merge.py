"""Laying one profile over another: keys over keys, entries over entries with the same id."""

from __future__ import annotations

from planforge.core.yaml_nodes import Listing, Mapping, Node, Scalar


def lay_over(lower: Node, upper: Node) -> Node:
    """The upper node where it says something, the lower where it does not. Neither is changed."""
    if isinstance(lower, Mapping) and isinstance(upper, Mapping):
        merged = Mapping(upper.place, dict(lower.entries), dict(lower.keys), upper.file_index)
        for key, value in upper.entries.items():
            if key in merged.entries and _says_nothing(value):
                continue
            below = merged.entries.get(key)
            merged.entries[key] = value if below is None else lay_over(below, value)
            merged.keys[key] = upper.keys[key]
        return merged
    if isinstance(lower, Listing) and isinstance(upper, Listing) and _identified(upper):
        return _by_id(lower, upper)
    return upper


def _says_nothing(node: Node) -> bool:
    """Whether a key was left blank, or has a group without keys, which takes nothing away."""
    return (isinstance(node, Scalar) and node.blank) or (isinstance(node, Mapping) and not node.entries)


def _id(node: Node) -> str | None:
    if isinstance(node, Mapping):
        name = node.entries.get("id")
        if isinstance(name, Scalar) and not name.blank:
            return name.text
    return None


def _identified(listing: Listing) -> bool:
    return any(_id(item) for item in listing.items)


def _by_id(lower: Listing, upper: Listing) -> Listing:
    merged = Listing(upper.place, list(lower.items), upper.file_index)
    where = {name: index for index, item in enumerate(lower.items) if (name := _id(item))}
    seen: set[str] = set()
    for item in upper.items:
        name = _id(item)
        if name in where and name not in seen:
            seen.add(name)
            merged.items[where[name]] = lay_over(merged.items[where[name]], item)
        else:
            merged.items.append(item)
    return merged
