"""Lines that someone broke for the eye: Chinese text is joined again without a space in between."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_REACH = 6
"""Characters on each side of a line's end by which the join is found in the value."""
_PART = re.compile("[ \"']")


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def unfold(value: str, lines: Sequence[str]) -> str:
    """The value as it was meant.

    value: what YAML made of it, with a space for each line end. lines: the source lines it was written on.
    """
    start = 0
    for above, below in pairwise(lines):
        left, right = above.strip(" \t\"'"), below.strip(" \t\"'")
        if not left or not right or not (_wide(left[-1]) and _wide(right[0])):
            continue
        tail, head = _PART.split(left[-_REACH:])[-1], _PART.split(right[:_REACH])[0]
        at = value.find(f"{tail} {head}", start)
        if at >= 0:
            at += len(tail)
            value = value[:at] + value[at + 1 :]
            start = at
    return value
