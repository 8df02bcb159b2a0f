"""Surnames: what tells a person's name from other short words."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def surnames() -> tuple[frozenset[str], tuple[str, ...]]:
    """The usual surnames of one character, and those of two."""
    import yaml

    data = yaml.safe_load((Path(__file__).parent / "data" / "surnames.yaml").read_text(encoding="utf-8"))
    return frozenset("".join(data["single"].split())), tuple(data["compound"])


def has_surname(text: str) -> bool:
    """Whether a text begins with a usual surname and has something behind it."""
    single, compound = surnames()
    return (len(text) > 2 and text[:2] in compound) or (len(text) > 1 and text[0] in single)
