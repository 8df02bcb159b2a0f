"""The longer expressions of the checks are data: each finds what it is for and spares what only looks like it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import planforge.check
from planforge.check.data_files import figures, read_data, words_of

TABLES = ("claims", "counts", "clocks")
LONG = 100
"""Characters from which on an expression is no line of code any more."""

Tried = tuple[str, str, list[str], list[str]]


def every() -> list[Tried]:
    entries = read_data("patterns.yaml")["patterns"]
    tried: list[Tried] = [
        (entry["name"], words_of(entry["name"]), entry["finds"], entry["innocent"]) for entry in entries
    ]
    for table in TABLES:
        entries = read_data("figures.yaml")[table]
        for entry, (name, words) in zip(entries, figures(table), strict=True):
            tried.append((f"{table}.{name}", words, entry["finds"], entry["innocent"]))
    return tried


@pytest.mark.parametrize(("name", "words", "finds", "innocent"), every())
def test_an_expression_finds_what_it_is_for_and_spares_what_looks_like_it(
    name: str, words: str, finds: list[str], innocent: list[str]
) -> None:
    expression = re.compile(words, re.MULTILINE)
    assert len(finds) >= 2 and len(innocent) >= 2, name
    assert [text for text in finds if not expression.search(text)] == []
    assert [text for text in innocent if expression.search(text)] == []


def test_no_alternative_stands_twice() -> None:
    for entry in read_data("patterns.yaml")["patterns"]:
        if isinstance(entry["seek"], list):
            assert len(set(entry["seek"])) == len(entry["seek"]), entry["name"]


def test_code_holds_no_long_expression() -> None:
    folder = Path(planforge.check.__file__).parent
    found = []
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                signs = len(re.findall(r"\(\?|\||\[\^?", node.value))
                if len(node.value) >= LONG and signs > 3 and "\n" not in node.value:
                    found.append(f"{path.name}:{node.lineno}")
    assert found == []
