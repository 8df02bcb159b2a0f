"""What must stand in a text for an expression to match it: most expressions need not be tried on most texts.

Python's expressions with many alternatives try each of them at every character; whether a word stands in a text is
known a hundred times faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add

Needed = tuple[str, ...] | None
"""Words of which at least one stands in every match; None where that cannot be told."""

_LOOK = re.compile(r"\(\?(?:<?[=!])")
_OPENS = re.compile(r"\((?:\?(?:P<\w+>|:))?")
_CODED = re.compile(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})")
_CLASS = re.compile(r"^\^|\\|.-.")
_FEW = 16
"""Signs up to which a class is a choice of words."""
_REPEAT = re.compile(r"[?*+]\??|\{(\d+)(?:,\d*)?\}\??")


def needed(pattern: str) -> Needed:
    """The words that an expression needs, the choice that says most: the longest of which there are fewest."""
    found: set[str] = set()
    for alternative in _split(pattern):
        words = _of_sequence(alternative)
        if words is None:
            return None
        found.update(words)
    return tuple(sorted(found))


def _split(pattern: str) -> Iterator[str]:
    """The alternatives at the outermost level."""
    start = depth = at = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = _class_end(pattern, at) - 1
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and depth == 0:
            yield pattern[start:at]
            start = at + 1
        at += 1
    yield pattern[start:]


def _class_end(pattern: str, at: int) -> int:
    """Just after the class that begins at `at`."""
    at += 2 if pattern[at + 1] == "^" else 1
    at += 2 if pattern[at] == "\\" else 1  # a bracket that comes first is a sign of the class
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


def _group_end(pattern: str, at: int) -> int:
    """Just after the group that begins at `at`."""
    depth = 0
    while True:
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = _class_end(pattern, at) - 1
        elif sign in "()":
            depth += 1 if sign == "(" else -1
            if depth == 0:
                return at + 1
        at += 1


def _of_sequence(pattern: str) -> Needed:
    best: Needed = None
    run = ""
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        words: Needed = None
        literal = ""
        if sign == "\\":
            coded = _CODED.match(pattern, at)
            end = coded.end() if coded else at + 2
            # An escaped sign of punctuation is itself; \d, \s, \b are not.
            literal = "" if pattern[at + 1].isalnum() else pattern[at + 1]
            literal = chr(int(coded[1] or coded[2], 16)) if coded else literal
        elif sign == "[":
            end = _class_end(pattern, at)
            signs = pattern[at + 1 : end - 1]
            words = tuple(signs) if len(signs) <= _FEW and not _CLASS.search(signs) else None
        elif sign == "(":
            end = _group_end(pattern, at)
            if _LOOK.match(pattern, at):
                best, run, at = _better(best, (run,)), "", end
                continue
            opens = _OPENS.match(pattern, at)
            assert opens is not None
            words = needed(pattern[opens.end() : end - 1])
        else:
            end = at + 1
            literal = "" if sign in ".^$" else sign
        repeat = _REPEAT.match(pattern, end)
        if repeat is not None:
            optional = repeat[0][0] in "?*" or repeat[1] == "0"
            best, run = _better(best, (run,)), ""
            if not optional:
                best = _better(_better(best, words), (literal,))
            at = repeat.end()
            continue
        if literal:
            run += literal
        else:
            best, run = _better(_better(best, (run,)), words), ""
        at = end
    return _better(best, (run,))


def _better(one: Needed, other: Needed) -> Needed:
    """The choice whose shortest word is longer; of equals the one with fewer words."""
    if not other or "" in other:
        return one
    if one is None:
        return other
    mine, yours = (min(map(len, one)), -len(one)), (min(map(len, other)), -len(other))
    return other if yours > mine else one


@lru_cache(maxsize=4)
def _signs(text: str) -> set[str]:
    """The signs of a text and its pairs of signs."""
    signs = set(map(add, text, text[1:]))
    signs.update(text)
    return signs


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether one of some words stands in a text. Of many words sought in one text, each costs next to nothing."""
    signs = _signs(text)
    return any(word[:2] in signs and (len(word) <= 2 or word in text) for word in words)


@dataclass(frozen=True, slots=True)
class Sought:
    """An expression that is tried only on texts that hold one of the words it needs."""

    pattern: re.Pattern[str]
    words: Needed

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Like the expression's own."""
        if self.words is None or holds(text, self.words):
            return self.pattern.finditer(text)
        return iter(())


def sought(pattern: str, flags: int = 0) -> Sought:
    """An expression with what it needs."""
    return Sought(re.compile(pattern, flags), needed(pattern))


def first_come(found: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Matches of several expressions in order, none that begins within another: as one expression would find them."""
    last = -1
    for match in sorted(found, key=lambda one: one.start()):
        if match.start() >= last:
            yield match
            last = max(match.end(), match.start() + 1)
