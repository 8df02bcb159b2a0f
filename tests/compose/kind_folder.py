"""A kind of document in a folder of its own, for one test."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from planforge.compose import Composition, Kind, compose, find_kinds
from planforge.core.problems import InputError, Problem
from planforge.document.tree import Block, Text, inlines_of, plain
from planforge.facts.model import Facts
from tests.compose.school_facts import facts

CARD = """\
name: 试验计划
for: school
options:
  leaders:
    title: 领导小组写法
    type: choice
    default: table
    choices: {table: 表格, prose: 文字}
  goals_shown:
    title: 目标条数
    type: number
    default: 6
sections:
  - {id: heading, title: 标题, required: 是}
  - {id: text, title: 正文}
"""


def write(root: Path, text: str, *, card: str = CARD, files: Mapping[str, str] | None = None) -> Path:
    """A search folder with the kind `trial`: a title, and a section with this text."""
    everything = {
        "trial/card.yaml": card,
        "trial/heading.xml.j2": "<title>{{ school.name }}试验计划</title>",
        "trial/text.xml.j2": text,
        **(files or {}),
    }
    for name, content in everything.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def kind(root: Path) -> Kind:
    return find_kinds([root])["trial"]


def composed(root: Path, text: str, *, given: Facts | None = None, **kwargs: Any) -> Composition:
    """The document of that kind, from the invented school's facts."""
    return compose(kind(write(root, text, **kwargs)), given or facts())


def blocks(root: Path, text: str, **kwargs: Any) -> tuple[Block, ...]:
    """What the section became, the title apart."""
    return composed(root, text, **kwargs).document.blocks[1:]


def words(root: Path, text: str, **kwargs: Any) -> str:
    """The section's words."""
    return "".join(plain(content) for block in blocks(root, text, **kwargs) for content in inlines_of(block))


def problems(root: Path, text: str, **kwargs: Any) -> list[Problem]:
    """What is wrong with the section; a section that is right fails the test."""
    with pytest.raises(InputError) as caught:
        composed(root, text, **kwargs)
    return list(caught.value.problems)


def problem(root: Path, text: str, **kwargs: Any) -> Problem:
    """The one thing that is wrong with the section."""
    found = problems(root, text, **kwargs)
    assert len(found) == 1, found
    return found[0]


def line_of(one: Problem) -> tuple[str, int]:
    """The file's name and the line that a problem names."""
    assert one.place is not None
    return Path(one.place.file).name, one.place.line


def own_words(block: Block) -> list[str]:
    """The words of the template itself in a block, without printed facts."""
    return [node.text for content in inlines_of(block) for node in content if isinstance(node, Text)]
