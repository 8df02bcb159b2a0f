"""From a form to the trees of its documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.app.document_choice import asked
from planforge.core.problems import InputError, Problem
from planforge.core.processes import can_copy, cores, shared_out
from planforge.document.blank_copy import blank_copy

if TYPE_CHECKING:
    from planforge.app.opened_profile import OpenedProfile
    from planforge.compose import Choices, Composition, Kind
    from planforge.facts import Facts
    from planforge.profile import ReadProfile

_MANY = 12
"""Documents from which on a second process saves more in reading templates than it takes to start."""


def compose_all(
    facts: Facts,
    reading: ReadProfile,
    only: Sequence[str],
    search: Sequence[Path],
    facts_of: Callable[[int], Facts] | None = None,
) -> list[tuple[Kind, Composition]]:
    """Compose the kinds asked for on the call, else those the profile lists, else the default.

    A kind with recipients becomes one blank copy, its fields left to be filled in by hand.

    Args:
        facts: what is true of the school.
        reading: the form as read, with the documents that it lists.
        only: ids or names of the kinds asked for.
        search: the folders of templates, earlier ones first.
        facts_of: what is true on the day of one of those documents, by its number, where it has one of its own.

    Raises:
        InputError: a kind, section or option does not exist, or templates are wrong; every mistake of them.
    """
    from planforge.compose import choose, compose, find_kinds

    kinds = find_kinds(search)
    problems: list[Problem] = []
    wanted = asked(kinds, reading, only, problems)

    def composed(choice: tuple[Kind, Choices]) -> Composition | list[Problem]:
        kind, choices = choice
        try:
            own = facts if choices.dated is None or facts_of is None else facts_of(choices.dated)
            made = compose(kind, own, choose(kind, choices))
        except InputError as error:
            return list(error.problems)
        return (
            replace(made, document=blank_copy(made.document)) if kind.card.audience == "recipient" else made
        )

    results = None
    if len(wanted) >= _MANY and cores() > 1 and can_copy():
        results = shared_out(composed, wanted, cores())
    compositions: list[tuple[Kind, Composition]] = []
    for (kind, _), result in zip(wanted, results or map(composed, wanted), strict=True):
        if isinstance(result, list):
            problems += result
        else:
            compositions.append((kind, result))
    if problems:
        raise InputError(problems)
    return compositions


def dated_facts(opened: OpenedProfile, composed: Sequence[tuple[Kind, Composition]]) -> dict[str, Facts]:
    """By document name, the facts of those documents that have a day of their own."""
    shapes = [made.shape for _, made in composed]
    return {shape.name: opened.facts_of(shape.dated) for shape in shapes if shape.dated is not None}
