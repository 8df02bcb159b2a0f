"""Regular expressions of rule packs: the built-in ones run in Python's engine, people's own in a linear one.

A school's or bureau's file may hold any expression. Python's engine can take a time that grows with a power of the
text, or without end; RE2 takes time in proportion to it whatever the expression is, at the price of lookaround and
backreferences, which are refused where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

MOST_MATCHES = 200
"""Matches of a linear expression that are looked at in a text: each may look on to its end before it is sure."""

_BROKEN_UP = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|\[\^?\]?|\]|.", re.DOTALL)
_REASONS = (
    (re.compile(r"\(\?<?[=!]"), "不能用前后查找（(?=、(?!、(?<=、(?<!），排除的话写进 unless"),
    (re.compile(r"\\[1-9]|\(\?P="), "不能用反向引用（\\1、(?P=名称)），把重复的内容写出来"),
    (re.compile(r"\(\?\("), "不能用条件（(?(1)…)），分成两条写"),
    (re.compile(r"\(\?>|[?*+}]\+"), "不能用占有式重复（a++、(?>…)），写普通的重复"),
    (re.compile(r"\{\d+"), "重复的次数太大，一处不超过 1000 次，套在一起也要相乘"),
)
_OUTSIDE = {r"\d": r"\p{Nd}", r"\w": r"[\p{L}\p{N}_]", r"\s": r"[\s\p{Z}]", r"\D": r"\P{Nd}",
            r"\W": r"[^\p{L}\p{N}_]", r"\S": r"[^\s\p{Z}]", r"\Z": r"\z"}  # fmt: skip
_INSIDE = {r"\d": r"\p{Nd}", r"\w": r"\p{L}\p{N}_", r"\s": r"\s\p{Z}", r"\D": r"\P{Nd}"}
"""What Python's classes of signs are called in RE2, whose own know nothing but ASCII; beside and within brackets."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """An expression as written. linear: it is not ours, and runs in the linear engine."""

    text: str
    linear: bool = False

    def compiled(self) -> re.Pattern[str]:
        """The expression of the engine that it runs in; a negated class never takes a line's end."""
        return _compiled(self)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Its matches in a part of a text; of a linear one the first `MOST_MATCHES`."""
        matches = self.compiled().finditer(text, start, len(text) if end is None else end)
        return islice(matches, MOST_MATCHES) if self.linear else matches


@lru_cache(maxsize=4096)
def _compiled(pattern: Pattern) -> re.Pattern[str]:
    if pattern.linear:
        return _linear(pattern.text)
    return re.compile(pattern.text.replace("[^", r"[^\n"))


def _linear(text: str) -> re.Pattern[str]:
    """The expression in RE2, which has the methods that are used here and no types. Raises ValueError."""
    import re2  # heavy, and needed by nobody without rules of his own

    options = re2.Options()
    options.log_errors = False
    try:
        compiled: Any = re2.compile("".join(_in_re2(text)), options)
    except re2.error:
        bare = "".join(piece for piece, inside in _pieces(text) if not inside)
        reason = next((words for sign, words in _REASONS if sign.search(bare)), "写法不认得，或者太长")
        raise ValueError(f"不能用这个正则表达式：{text}。{reason}") from None
    return compiled  # type: ignore[no-any-return]


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Escapes, brackets and signs of an expression, each with whether it belongs to a class."""
    inside = False
    for piece in (match[0] for match in _BROKEN_UP.finditer(text)):
        if piece.startswith("[") and not inside:
            inside = True
            yield piece, True
        elif inside and piece.startswith("["):
            yield "\\" + piece[0], True
            inside = not piece.endswith("]")
            yield piece[1:], True
        else:
            yield piece, inside
            inside = inside and piece != "]"


def _in_re2(text: str) -> Iterator[str]:
    for piece, inside in _pieces(text):
        if piece.startswith("\\u"):
            yield f"\\x{{{piece[2:]}}}"
        elif inside and piece.startswith("[^"):
            yield piece.replace("[^", r"[^\n", 1)
        else:
            yield (_INSIDE if inside else _OUTSIDE).get(piece, piece)


def _pattern(value: object, info: ValidationInfo) -> Pattern:
    """One expression of a pack that is read. The context says whether the pack is ours."""
    if not isinstance(value, str):
        raise ValueError("应为一行文字")
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"不是合格的正则表达式：{value}（{error}）") from error
    pattern = Pattern(value, linear=not (info.context or {}).get("built_in", False))
    pattern.compiled()
    return pattern


Patterns = tuple[Annotated[Pattern, BeforeValidator(_pattern)], ...]
