"""The data of this room: lists, and the longer expressions of its programs, each with words that it must spare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from planforge.check.numerals import NUMBER

_DATA = Path(__file__).resolve().parent / "data"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PART = re.compile(r"\{\{(\w+)\}\}")


@cache
def read_data(name: str) -> Any:
    """A data file of this room; read once, and never to be changed."""
    return yaml.load((_DATA / name).read_text(encoding="utf-8"), Loader=_LOADER)


def pattern_of(name: str) -> re.Pattern[str]:
    """The expression of that name in patterns.yaml."""
    return re.compile(words_of(name))


def words_of(name: str) -> str:
    """What the expression of that name in patterns.yaml is made of."""
    return _patterns()[name]


def figures(table: str) -> Iterator[tuple[str, str]]:
    """What the expressions of a table of figures.yaml look for, and what each is made of."""
    data = read_data("figures.yaml")
    for entry in data[table]:
        yield entry.get("name") or entry["quantity"], _joined(entry["seek"], data["parts"])


@cache
def _patterns() -> Mapping[str, str]:
    data = read_data("patterns.yaml")
    return {entry["name"]: _joined(entry["seek"], data["parts"]) for entry in data["patterns"]}


def _joined(seek: str | Iterable[str], parts: Mapping[str, str]) -> str:
    """Alternatives as one expression, the parts that they share put in."""
    words = seek if isinstance(seek, str) else "|".join(seek)
    known = {"number": NUMBER, **parts}
    while _PART.search(words):
        words = _PART.sub(lambda part: known[part[1]], words)
    return words
