"""What must stand in a text for an expression to match it: most expressions need not be tried on most texts.

Python's expressions with many alternatives try each of them at every character; whether a word stands in a text is
known a hundred times faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Generic, Protocol, TypeVar

_T = TypeVar("_T")
Needed = tuple[str, ...] | None
"""Words of which at least one stands in every match; None where that cannot be told."""

_LOOK = re.compile(r"\(\?(?:<?[=!])")
_OPENS = re.compile(r"\((?:\?(?:P<\w+>|:))?")
_CODED = re.compile(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})")
_CLASS = re.compile(r"^\^|\\|.-.")
_FEW = 16
"""Signs up to which a class is a choice of words."""
_MOST = 64
"""Words up to which a choice is kept as one."""
_LINES = 8
"""Lines up to which they are tried one by one."""
_REPEAT = re.compile(r"[?*+]\??|\{(\d+)(?:,\d*)?\}\??")


def needed(pattern: str) -> Needed:
    """The words that an expression needs, the choice that says most: the longest of which there are fewest."""
    gathered: set[str] = set()
    for alternative in _split(pattern):
        words = _of_sequence(alternative)
        if words is None:
            return None
        gathered.update(words)
    return tuple(sorted(gathered))


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


def _exact(pattern: str) -> Needed:
    """All that an expression can stand for, where that is a handful of words; None otherwise."""
    gathered: list[str] = []
    for alternative in _split(pattern):
        words: tuple[str, ...] | None = ("",)
        at = 0
        while at < len(alternative) and words is not None:
            kind, end, choice, _ = _element(alternative, at)
            repeated = _REPEAT.match(alternative, end) is not None
            words = _joined(words, choice) if kind == "signs" and not repeated else None
            at = end
        if words is None:
            return None
        gathered += words
    return tuple(gathered) if len(gathered) <= _MOST and "" not in gathered else None


def _element(pattern: str, at: int) -> tuple[str, int, Needed, str]:
    """What stands at a place: its kind, where it ends, the words it can be, and of a group what is in it."""
    sign = pattern[at]
    if sign == "\\":
        if pattern[at + 1] == "n":
            return "signs", at + 2, ("\n",), ""
        coded = _CODED.match(pattern, at)
        if coded:
            return "signs", coded.end(), (chr(int(coded[1] or coded[2], 16)),), ""
        # An escaped sign of punctuation is itself; \d, \s, \b are not.
        return "signs", at + 2, None if pattern[at + 1].isalnum() else (pattern[at + 1],), ""
    if sign == "[":
        end = _class_end(pattern, at)
        signs = pattern[at + 1 : end - 1]
        return "signs", end, tuple(signs) if len(signs) <= _FEW and not _CLASS.search(signs) else None, ""
    if sign == "(":
        end = _group_end(pattern, at)
        look = _LOOK.match(pattern, at)
        if look:
            inside = pattern[look.end() : end - 1]
            kind = {"(?=": "ahead", "(?<=": "behind"}.get(look[0], "not")
            return kind, end, None if kind == "not" else _exact(inside), ""
        opens = _OPENS.match(pattern, at)
        assert opens is not None
        inside = pattern[opens.end() : end - 1]
        return "signs", end, _exact(inside), inside
    return "signs", at + 1, None if sign in ".^$" else (sign,), ""


def _joined(words: Needed, choice: Needed) -> Needed:
    """Each word with each of a choice after it, where these are not too many."""
    if words is None or choice is None or len(words) * len(choice) > _MOST:
        return None
    return tuple(word + more for word in words for more in choice)


def _of_sequence(pattern: str) -> Needed:
    """The best of the words that stand side by side in every match."""
    best: Needed = None
    run: tuple[str, ...] = ("",)
    at = 0
    while at < len(pattern):
        kind, end, choice, inside = _element(pattern, at)
        at = end
        if kind != "signs":
            # What is seen ahead follows what came before; what is seen behind stands before what comes.
            seen = _joined(run, choice) if kind == "ahead" else choice
            best = _better(best, seen)
            if kind == "behind" and choice is not None and len(run) == 1 and not run[0]:
                run = choice
            continue
        repeat = _REPEAT.match(pattern, end)
        times = 1
        if repeat is not None:
            at = repeat.end()
            times = 0 if repeat[0][0] in "?*" else min(int(repeat[1] or 1), 2)
        if times and choice is None and inside:
            best = _better(best, needed(inside))
        for _ in range(times):
            longer = _joined(run, choice)
            if longer is None:
                best = _better(best, run)
                longer = choice if choice is not None else ("",)
            run = longer
        if repeat is not None and repeat[0] not in ("{1}", "{2}"):
            best, run = _better(best, run), ("",)
    return _better(best, run)


def _better(first: Needed, other: Needed) -> Needed:
    """The choice whose shortest word is longer; of equals the one with fewer words."""
    if not other or "" in other:
        return first
    if first is None:
        return other
    mine, yours = (min(map(len, first)), -len(first)), (min(map(len, other)), -len(other))
    return other if yours > mine else first


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


class Searches(Protocol):
    """An expression of any engine."""

    def finditer(self, text: str, start: int = ..., end: int = ..., /) -> Iterator[re.Match[str]]:
        """Its matches in a part of a text."""
        ...


@dataclass(frozen=True, slots=True)
class Sought:
    """An expression that is tried only on texts that hold one of the words it needs."""

    pattern: Searches
    words: Needed

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Like the expression's own."""
        if self.words is None or holds(text, self.words):
            return self.pattern.finditer(text)
        return iter(())


class Catalogue(Generic[_T]):
    """Things with an expression each, filed under the words that it needs, so that a text calls for the few it may match.

    Asking each of five hundred expressions whether one of its words stands in a text costs more than trying those
    that are left; here the text's signs are held against all of the words at once, and an expression is tried only
    on the lines that hold a word. None may match beyond a line.
    """

    def __init__(self, things: Sequence[tuple[Sought, _T]]) -> None:
        self._things = tuple(things)
        self._always = [at for at, (expression, _) in enumerate(things) if expression.words is None]
        self._filed: dict[str, list[tuple[str, int]]] = {}
        for at, (expression, _) in enumerate(things):
            for word in expression.words or ():
                self._filed.setdefault(word[:2], []).append((word, at))

    def __iter__(self) -> Iterator[Sought]:
        return (expression for expression, _ in self._things)

    def matches(self, text: str) -> Iterator[tuple[re.Match[str], _T]]:
        """Every match of every expression, in the order of the things."""
        present: dict[int, list[str]] = {at: [] for at in self._always}
        for begin in _signs(text) & self._filed.keys():
            for word, at in self._filed[begin]:
                if len(word) <= 2 or word in text:
                    present.setdefault(at, []).append(word)
        for at in sorted(present):
            expression, thing = self._things[at]
            for start, end in _lines(text, present[at]):
                for match in expression.pattern.finditer(text, start, end):
                    yield match, thing


def _lines(text: str, words: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Begin and end of the lines that hold one of some words; the whole where they are many, or no words are given."""
    whole = ((0, len(text)),)
    if not words or len(words) > _LINES:
        return whole
    lines: dict[int, int] = {}
    for word in words:
        at = text.find(word)
        while at >= 0:
            begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            lines[begin] = end if end >= 0 else len(text)
            if len(lines) > _LINES:
                return whole
            at = text.find(word, end) if end >= 0 else -1
    return sorted(lines.items())


def sought(pattern: str, flags: int = 0) -> Sought:
    """An expression with what it needs."""
    return Sought(re.compile(pattern, flags), needed(pattern))


def first_come(matches: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Matches of several expressions in order, none that begins within another: as one expression would find them."""
    last = -1
    for match in sorted(matches, key=lambda candidate: candidate.start()):
        if match.start() >= last:
            yield match
            last = max(match.end(), match.start() + 1)
