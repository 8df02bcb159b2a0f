"""Work plans composed from short profiles, as the tests of the templates' Chinese read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from planforge.compose import Choices, choose, compose, find_kinds
from planforge.core import resources
from planforge.document.look import read_look
from planforge.document.numbering import labels
from planforge.document.tree import (
    Closing,
    Document,
    Fact,
    Heading,
    Inlines,
    Labelled,
    NumberedList,
    Paragraph,
    Table,
    Title,
    plain,
)
from planforge.facts import resolve
from planforge.policy import load_packs
from planforge.profile import read_profile


@dataclass(frozen=True)
class Plan:
    """A composed plan as its reader meets it."""

    document: Document

    @property
    def headings(self) -> list[str]:
        """The outline, numbered as the look numbers it."""
        look = read_look(resources.templates_root() / "styles" / "official.yaml")
        numbers = labels(self.document, look.numbering)
        return [
            numbers[id(block)] + plain(block.content)
            for block in self.document.blocks
            if isinstance(block, Heading)
        ]

    @property
    def contents(self) -> list[Inlines]:
        """Every paragraph, list item and labelled line: what counts as a paragraph of the plan."""
        found: list[Inlines] = []
        for block in self.document.blocks:
            match block:
                case Paragraph() | Labelled():
                    found.append(block.content)
                case NumberedList():
                    found.extend(item.content for item in block.items)
        return found

    @property
    def rows(self) -> list[str]:
        """Every table row, its cells divided by |."""
        return [
            "|".join(plain(cell.content) for cell in row)
            for block in self.document.blocks
            if isinstance(block, Table)
            for row in (*block.head, *block.rows)
        ]

    @property
    def lines(self) -> list[str]:
        """All that is printed, a block, item or row a line, without numbers."""
        lines: list[str] = []
        for block in self.document.blocks:
            match block:
                case Title() | Heading() | Paragraph():
                    lines.append(plain(block.content))
                case Labelled():
                    lines.append(block.label + plain(block.content))
                case NumberedList():
                    lines.extend(plain(item.content) for item in block.items)
                case Table():
                    lines.extend(
                        "|".join(plain(cell.content) for cell in row) for row in (*block.head, *block.rows)
                    )
                case Closing():
                    lines.extend(plain(issuer) for issuer in block.issuer)
                    lines.append(plain(block.date))
        return lines

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def length(self) -> int:
        """Printed characters, without blanks and marks between cells."""
        return len(re.sub(r"[\s|]", "", self.text))

    def school_facts(self) -> float:
        """The share of paragraphs that print a fact."""
        paragraphs = self.contents
        return sum(any(isinstance(node, Fact) for node in one) for one in paragraphs) / len(paragraphs)


def plan_of(profile: Path, **options: str) -> Plan:
    """The work plan of a profile file, with the card's options or these."""
    reading = read_profile(profile)
    assert reading.ok, [str(problem) for problem in reading.problems]
    kind = find_kinds([resources.templates_root()])["work_plan"]
    shape = choose(kind, Choices(options=options))
    return Plan(compose(kind, resolve(reading, load_packs()), shape).document)


@cache
def _example(name: str, **options: str) -> Plan:
    return plan_of(resources.profiles_root() / f"{name}.yaml", **options)


@pytest.fixture
def example() -> Callable[..., Plan]:
    """The plan of an example school."""
    return _example


SMALL = """
schema: 1
school: {name: 云亭县河西小学, stage: 小学, grades: 1-6}
term: {year: 2026-2027, number: 1}
group:
  heads: [何川（校长）]
"""


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., Plan]:
    """The plan of a profile given as text; without `base` the small profile stands before it."""

    def make(text: str = "", base: str = SMALL) -> Plan:
        file = tmp_path / "profile.yaml"
        file.write_text(base + text, encoding="utf-8")
        return plan_of(file)

    return make


@pytest.fixture
def plan_file() -> Callable[..., Plan]:
    """The plan of a profile file, in the shape of the given options."""
    return plan_of
