"""Quotes and brackets that have lost their other half."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

_PAIRS = {
    "”": "“",
    "’": "‘",
    "）": "（(",
    ")": "（(",
    "〕": "〔",
    "》": "《",
    "】": "【",
    "」": "「",
    "]": "[",
    "〉": "〈",
}
_OPEN = frozenset("“‘（(〔《【「[〈")
_ANY = _OPEN | set(_PAIRS)
_COUNTER = re.compile(
    r"(?:^|(?<=[\s。；;，,：:、！？]))(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-zA-Z])[)）]"
)


def unbalanced(passages: Passages, context: Context) -> Iterator[Found]:
    """Each opening sign without its closing one in the passage, and each closing one without its opening."""
    for passage in passages.passages:
        text = passage.text
        if _ANY.isdisjoint(text):
            continue
        counters = {match.end() - 1 for match in _COUNTER.finditer(text)}
        open_at: list[tuple[str, int]] = []
        for here, sign in enumerate(text):
            if sign in _OPEN:
                open_at.append((sign, here))
            elif sign in _PAIRS:
                fits = [index for index, (opening, _) in enumerate(open_at) if opening in _PAIRS[sign]]
                if fits:
                    for _, lost in open_at[fits[-1] + 1 :]:
                        yield Found("text.unbalanced", passage.start + lost, passage.start + lost + 1)
                    del open_at[fits[-1] :]
                elif here not in counters and not (
                    sign == "’" and 0 < here < len(text) - 1 and text[here - 1].isascii()
                ):
                    yield Found("text.unbalanced", passage.start + here, passage.start + here + 1)
        for _, lost in open_at:
            yield Found("text.unbalanced", passage.start + lost, passage.start + lost + 1)
