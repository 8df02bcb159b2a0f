"""Walking over Facts: every value with its path, and the source that stands nearest to a path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from planforge.facts.model import Facts, Source

NOT_VALUES = frozenset({"sources", "missing", "notices", "as_of"})
"""Fields of Facts that speak about values and hold none."""


def leaves(facts: Facts) -> Iterator[tuple[str, object]]:
    """Every value that is there, with its path, in the model's order.

    A list of plain values (grades, names of marks) is one leaf. What is missing (None, "", ()) is left out.
    """
    for field in fields(facts):
        if field.name not in NOT_VALUES:
            yield from _leaves(field.name, getattr(facts, field.name))


def _leaves(path: str, value: object) -> Iterator[tuple[str, object]]:
    if is_dataclass(value):
        for field in fields(value):
            yield from _leaves(f"{path}.{field.name}", getattr(value, field.name))
    elif isinstance(value, tuple) and any(is_dataclass(member) for member in value):
        for index, member in enumerate(value):
            yield from _leaves(f"{path}[{index}]", member)
    elif value is not None and value != "" and value != ():
        yield path, value


def parent(path: str) -> str:
    """The path of what a value belongs to: `a.b[1]` for `a.b[1].c`, `a.b` for `a.b[1]`, "" for `a`."""
    return path[: max(path.rfind("."), path.rfind("["), 0)]


def source_of(sources: Mapping[str, Source], path: str) -> Source | None:
    """The source recorded for a path, or for the nearest of those that it belongs to."""
    while path:
        if path in sources:
            return sources[path]
        path = parent(path)
    return None
