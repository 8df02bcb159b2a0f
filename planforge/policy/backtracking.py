"""Regular expressions that could search for ever, found before they are used.

A repeat without a limit inside another one lets the same characters be shared out in exponentially many ways:
`(a+)+`; so does a choice whose branches begin alike: `(a|ab)*`. Let through is only what is surely innocent: a round
that holds a character which nothing variable in it takes, or a choice of branches that begin with different ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from re import _constants as kind  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MANY = 12
"""Rounds from which on a limited repeat is as good as an unlimited one: 2 to the 12th is still quick."""
_REPEATS = frozenset({kind.MAX_REPEAT, kind.MIN_REPEAT})
_ONLY_HOLD = _REPEATS | {kind.SUBPATTERN, kind.BRANCH, kind.AT}
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    kind.CATEGORY_DIGIT: str.isdigit,
    kind.CATEGORY_SPACE: str.isspace,
    kind.CATEGORY_WORD: lambda one: one.isalnum() or one == "_",
}


def runs_away(pattern: str) -> bool:
    """Whether a search for the pattern may take time without a sensible limit. Raises re.error where it is none."""
    return any(_shared(body) for body in _bodies(parser.parse(pattern)))


def _parts(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every operation of a tree, with those below it."""
    for operation, value in tree:
        yield operation, value
        for below in _below(value):
            yield from _parts(below)


def _below(value: Any) -> Iterator[Any]:
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _below(one)


def _many(operation: Any, value: Any) -> bool:
    return operation in _REPEATS and value[1] > MANY


def _bodies(tree: Any) -> Iterator[Any]:
    """What is repeated many times."""
    return (value[2] for operation, value in _parts(tree) if _many(operation, value))


def _shared(body: Any) -> bool:
    """Whether a repeated body's rounds can be shared out over the same text in many ways."""
    inner = [value[2] for operation, value in _parts(body) if operation in _REPEATS and value[0] != value[1]]
    choices = [value[1] for operation, value in _parts(body) if operation is kind.BRANCH]
    variable = [*inner, *(one for branches in choices for one in branches)]
    if not variable:
        return False
    if not inner and all(_begin_apart(branches) for branches in choices):
        return False
    fixed = (_letters(operation, value) for operation, value in _flat(body))
    return not any(
        letters and not any(_takes(one, letter) for one in variable for letter in letters)
        for letters in fixed
    )


def _flat(body: Any) -> Iterator[tuple[Any, Any]]:
    """What stands in every round: not below a repeat or a choice."""
    for operation, value in body:
        if operation is kind.SUBPATTERN:
            yield from _flat(value[3])
        else:
            yield operation, value


def _begin_apart(branches: Any) -> bool:
    first = [_letters(*branch[0]) if len(branch) else frozenset() for branch in branches]
    return all(first) and len(frozenset().union(*first)) == sum(map(len, first))


def _letters(operation: Any, value: Any) -> frozenset[int]:
    """The characters that a piece stands for; none where they are not a short list."""
    if operation is kind.LITERAL:
        return frozenset({value})
    found: set[int] = set()
    for part, what in value if operation is kind.IN else ():
        if part is kind.LITERAL:
            found.add(what)
        elif part is kind.RANGE and what[1] - what[0] < 100:
            found.update(range(what[0], what[1] + 1))
        else:
            return frozenset()
    return frozenset(found)


def _takes(tree: Any, letter: int) -> bool:
    """Whether a piece can take a character anywhere in it; in doubt it can."""
    return any(_matches(operation, value, letter) for operation, value in _parts(tree))


def _matches(operation: Any, value: Any, letter: int) -> bool:
    if operation in _ONLY_HOLD:
        return False
    if operation is kind.LITERAL:
        return bool(value == letter)
    if operation is kind.NOT_LITERAL:
        return bool(value != letter)
    if operation is kind.RANGE:
        return bool(value[0] <= letter <= value[1])
    if operation is kind.CATEGORY and value in _CATEGORIES:
        return _CATEGORIES[value](chr(letter))
    if operation is kind.IN:
        turned = value[0][0] is kind.NEGATE
        return any(_matches(part, what, letter) for part, what in value[turned:]) != turned
    return True
