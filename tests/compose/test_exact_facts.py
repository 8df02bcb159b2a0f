"""What a document says that it prints and depends on is exact: each fact is changed, and it is seen what changes.

Three things are held. (1) A fact that a document names neither itself nor by what holds it changes nothing in
it, given or missing. (2) A fact that it prints by its own path changes it: whatever else is written for a text,
a number or a date; for a list, at least one of another member or one member fewer (a count printed of it does
not tell the members). (3) One that it only depends on, or prints as part of a group, may change it or not:
`if homework.bands` asks for the list, not for its minutes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Literal, get_origin

import pytest

from planforge.compose import Composition, Kind, Shape, choose, compose, find_kinds
from planforge.compose.trial import shapes
from planforge.core.problems import InputError
from planforge.core.resources import profiles_root, templates_root
from planforge.document.tree import facts_of
from planforge.facts.invented import COMPLETE, complete_facts
from planforge.facts.model import Facts
from planforge.facts.paths import leaves
from tests.compose.changed_facts import hint_at, others, steps, with_value
from tests.support.ways import read_facts

KINDS = find_kinds([templates_root()])
FEW = 3  # shapes of each kind, the card's own among them


@cache
def school(name: str) -> Facts:
    if name == COMPLETE:
        return complete_facts()[COMPLETE]
    facts, _ = read_facts(profiles_root() / name)
    return facts


def recipient(kind: Kind) -> dict[str, str] | None:
    return dict.fromkeys(kind.card.varies_by, "甲") if kind.card.audience == "recipient" else None


def made(kind: Kind, facts: Facts, shape: Shape) -> Composition:
    return compose(kind, facts, shape, recipient=recipient(kind))


def made_or_none(kind: Kind, facts: Facts, shape: Shape) -> Composition | None:
    """None where the changed fact contradicts the others, so that no school could have it."""
    try:
        return made(kind, facts, shape)
    except InputError:
        return None


def texts(made: Composition) -> defaultdict[str, list[str]]:
    """What is printed of each fact, in order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for fact in facts_of(made.document):
        found[fact.path].append(fact.text)
    return found


def within(path: str, paths: frozenset[str]) -> bool:
    return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in paths)


def changes(facts: Facts, path: str, value: object) -> Iterator[Facts]:
    for other in others(value, hint_at(facts, path)):
        yield with_value(facts, steps(path), other)


@pytest.mark.parametrize("profile", ["city-primary.yaml", COMPLETE])
@pytest.mark.parametrize("name", KINDS)
def test_what_a_document_does_not_name_does_not_change_it(name: str, profile: str) -> None:
    kind, facts = KINDS[name], school(profile)
    for shape in some_shapes(kind):
        before = made(kind, facts, shape)
        read = before.printed | before.depends
        apart = [(path, value) for path, value in leaves(facts) if not within(path, read)]
        changed = facts
        for path, value in apart:
            changed = next(iter(changes(changed, path, value)))
        if made(kind, changed, shape).document != before.document:
            guilty = [
                path
                for path, value in apart
                if made(kind, next(changes(facts, path, value)), shape).document != before.document
            ]
            pytest.fail(f"changed by what it does not name: {guilty}")


@pytest.mark.parametrize("profile", ["city-primary.yaml", COMPLETE])
@pytest.mark.parametrize("name", KINDS)
def test_what_a_document_prints_changes_it(name: str, profile: str) -> None:
    kind, facts = KINDS[name], school(profile)
    shape = choose(kind)
    before = made(kind, facts, shape)
    printed = {path: value for path, value in leaves(facts) if path in before.printed}
    assert printed
    together = facts  # plain values are changed at once, and each is looked up where it is printed
    for path, value in printed.items():
        if get_origin(hint_at(facts, path)) is not Literal and isinstance(value, str | int | date):
            together = next(changes(together, path, value))
    after = made_or_none(kind, together, shape)
    old, new = texts(before), texts(after) if after else texts(before)
    unseen = [
        path
        for path, value in printed.items()
        if old[path] == new[path]
        and not any(
            (other := made_or_none(kind, changed, shape)) is None or other.document != before.document
            for changed in changes(
                facts, path, value
            )  # a value that cannot be drawn is told: that is seen too
        )
    ]
    assert unseen == []


@pytest.mark.parametrize("name", KINDS)
def test_what_nobody_gave_is_named_too(name: str) -> None:
    """A fact that is missing, and whose coming would change the document, is among those it depends on."""
    kind = KINDS[name]
    full, facts = dict(leaves(school(COMPLETE))), school("village-primary.yaml")
    shape = choose(kind)
    before = made(kind, facts, shape)
    read = before.printed | before.depends
    given = dict(leaves(facts))
    for path, value in full.items():
        if path in given or within(path, read):
            continue
        try:
            filled = with_value(facts, steps(path), value)
        except (AttributeError, IndexError, TypeError):
            continue  # what it belongs to is missing as a whole
        assert made(kind, filled, shape).document == before.document, path


def some_shapes(kind: Kind) -> list[Shape]:
    """The card's own shape, some others, and one under a red head."""
    own = choose(kind)
    red = replace(own, look="red-head", document_number="临小〔2026〕5号")
    return [own, *list(shapes(kind, own))[1:FEW], red]
