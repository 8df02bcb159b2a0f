"""Documents of the example schools, composed in any shape, and what the tests count in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from planforge.compose import Choices, choose, compose, find_kinds
from planforge.core import resources
from planforge.document.tree import (
    Closing,
    Document,
    Fact,
    Heading,
    Inlines,
    Labelled,
    NumberedList,
    Paragraph,
    Title,
    inlines_of,
    plain,
)
from planforge.facts import resolve
from planforge.facts.model import Facts
from planforge.policy import RulePacks, load_packs
from planforge.profile import ReadProfile, read_profile

FULL = ("city-primary", "two-campus-primary", "nine-year-54", "junior")
SCHOOLS = (*FULL, "village-primary")


@cache
def packs() -> RulePacks:
    """The built-in rules."""
    return load_packs()


@cache
def school(name: str) -> tuple[ReadProfile, Facts]:
    """An example school as read, and its facts."""
    reading = read_profile(resources.profiles_root() / f"{name}.yaml")
    assert reading.ok, [str(problem) for problem in reading.problems]
    return reading, resolve(reading, packs())


def own(name: str, kind: str) -> Document:
    """A school's document in the shape that its profile asks for."""
    reading, facts = school(name)
    known = find_kinds([resources.templates_root()])[kind]
    words = (known.card.id, known.card.name, *known.card.also)
    for wanted in reading.profile.documents:
        if wanted.kind in words:
            shape = choose(known, Choices(wanted.sections, wanted.without, wanted.options))
            return compose(known, facts, shape).document
    return compose(known, facts).document


def shaped(
    name: str,
    kind: str,
    options: Mapping[str, str],
    sections: Sequence[str] = (),
    without: Sequence[str] = (),
) -> Document:
    """A school's document in another shape."""
    known = find_kinds([resources.templates_root()])[kind]
    return compose(known, school(name)[1], choose(known, Choices(sections, without, options))).document


def paragraphs(document: Document) -> list[Inlines]:
    """Every paragraph, item and labelled line."""
    found: list[Inlines] = []
    for block in document.blocks:
        match block:
            case Paragraph() | Labelled():
                found.append(block.content)
            case NumberedList():
                found.extend(_items(block))
    return found


def _items(block: NumberedList) -> Iterator[Inlines]:
    for item in block.items:
        yield item.content
        if item.items is not None:
            yield from _items(item.items)


def of_this_school(content: Inlines, facts: Facts) -> bool:
    """Whether a fact stands in it that this school gave, or that follows from what it gave; a rule's is none."""
    return any(
        isinstance(node, Fact) and node.path in facts.sources and facts.sources[node.path].kind != "rule"
        for node in content
    )


def runs(document: Document, length: int = 20) -> set[str]:
    """Every run of so many characters in the text; headings, title and closing apart."""
    found: set[str] = set()
    for block in document.blocks:
        if not isinstance(block, Title | Heading | Closing):
            for content in inlines_of(block):
                text = re.sub(r"\s", "", plain(content))
                found.update(text[at : at + length] for at in range(len(text) - length + 1))
    return found


def own_runs(document: Document, facts: Facts, length: int = 20) -> set[str]:
    """As `runs`, of those sentences alone that say something of the school; the others are rules for all."""
    found: set[str] = set()
    for block in document.blocks:
        if not isinstance(block, Title | Heading | Closing):
            for content in inlines_of(block):
                for text in _own_sentences(content, facts):
                    found.update(text[at : at + length] for at in range(len(text) - length + 1))
    return found


def _own_sentences(content: Inlines, facts: Facts) -> Iterator[str]:
    sentence, own = "", False
    for node in content:
        for piece in re.split("(?<=。)", re.sub(r"\s", "", plain((node,)))):
            own = own or (bool(piece) and of_this_school((node,), facts))
            sentence += piece
            if piece.endswith("。"):
                if own:
                    yield sentence
                sentence, own = "", False
    if own:
        yield sentence
