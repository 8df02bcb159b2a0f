"""Fixed phrases that are not written exactly: known slips, and a single wrong or lost character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from planforge.check.passages import Passages
from planforge.check.profile_rules import expression
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

RULE = "text.fixed-phrase"
LONG = 8
"""Characters from which on a phrase with one wrong character is still surely that phrase."""
_EXACT_KINDS = ("thought", "task", "principle", "aim")
"""Kinds whose words are like no others; meetings differ from each other by a character."""
_OTHER = re.compile(r"[\s“”‘’《》（）()\ue000-\uf8ff]")
"""What is no slip of the pen where it is the one character that is different: a line's end, a quotation mark."""


def fixed_phrases(passages: Passages, context: Context) -> Iterator[Found]:
    """Wrong ways of writing a phrase that is in use, each with the exact words."""
    if context.phrases is None:
        return
    day = context.day or date.max
    current = [phrase for phrase in context.phrases.all if phrase.printable and phrase.in_use(day)]
    taken: set[int] = set()
    for phrase in current:
        exact = phrase.text.value
        for near in phrase.near:
            for match in expression(near).finditer(passages.text):
                if match.start() not in taken:
                    taken.add(match.start())
                    yield Found(RULE, match.start(), match.end(), exact)
    for phrase in current:
        exact = phrase.text.value
        if phrase.kind in _EXACT_KINDS and len(exact) >= LONG:
            for start, end in one_off(passages.text, exact):
                if start not in taken:
                    yield Found(RULE, start, end, exact)


def one_off(text: str, exact: str) -> Iterator[tuple[int, int]]:
    """Where `exact` stands in `text` with one character different or lost: start and end of each.

    One half of the phrase is then whole, and the slip lies in the other: so only places of the halves are tried.
    A character that is different at the very edge, or added (立德树人的……), is taken for a word of the sentence.
    """
    half = len(exact) // 2
    head, tail = exact[:half], exact[half:]
    for at in _all(text, head):
        rest = text[at + half : at + len(exact) + 2]
        if not rest.startswith(tail) and (size := _slip(rest, tail)):
            yield at, at + half + size
    for at in _all(text, tail):
        before = text[max(at - half - 2, 0) : at]
        if not before.endswith(head) and (size := _slip(before[::-1], head[::-1])):
            yield at - size, at + len(tail)


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _slip(written: str, wanted: str) -> int:
    """How many characters of `found` are `wanted` with one slip before its last character; 0 where there is none."""
    same = next(
        (i for i, (sign, right) in enumerate(zip(written, wanted, strict=False)) if sign != right),
        len(written),
    )
    if same >= len(written) or same >= len(wanted):
        return 0
    if same and written[same] == written[same - 1] and written[same + 1 :].startswith(wanted[same:]):
        return len(wanted) + 1  # a character written twice
    if same >= len(wanted) - 1:
        return 0
    left = wanted[same + 1 :]
    if written[same:].startswith(left):
        return len(wanted) - 1
    if _OTHER.match(written[same]):
        return 0
    return len(wanted) if written[same + 1 :].startswith(left) else 0
