"""Whether a sentence says that something is done, or that it is not done.


Plans are full of what a school does not do: 不组织周考、月考，严禁罚款. A passage rule that took these for
breaches would be worse than none.
"""

from __future__ import annotations

import re

from planforge.check.data_files import pattern_of

_SENTENCE = re.compile(r"[。；;！!？?\n]")
_CLAUSE = re.compile(r"[。；;！!？?\n，,：:]")
_STRONG = pattern_of("negation.strong")
_WEAK = pattern_of("negation.weak")
_AFTER = pattern_of("negation.after")


def negated(text: str, start: int, end: int) -> bool:
    """Whether what stands at `start` to `end` is named as something that is not done, forbidden or a fault."""
    clause = _from(_CLAUSE, text, start)
    if _WEAK.search(text, clause, start) or _WEAK.search(text[start:end]):
        return True
    if _STRONG.search(text, _from(_SENTENCE, text, start), start):
        return True
    return _AFTER.match(text[end : end + 20]) is not None


def _from(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where the clause or sentence around `start` begins; looks back a hundred characters at most."""
    begin = max(0, start - 100)
    last = begin
    for match in pattern.finditer(text, begin, start):
        last = match.end()
    return last
