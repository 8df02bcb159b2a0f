"""The numbers in a framework's name: 五控两调整 counts five and two."""

from __future__ import annotations

import re

_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九")} | {"两": 2, "双": 2}
_NUMBER = re.compile(r"[一二三四五六七八九两双十]+|\d+")


def counts_in(name: str) -> list[int]:
    """The counts in a name, in order: 六严 → [6], 三不两禁止 → [3, 2], 十项措施 → [10], 减负 → []."""
    return [_value(numeral) for numeral in _NUMBER.findall(name)]


def _value(word: str) -> int:
    if word.isdecimal():
        return int(word)
    if "十" in word:
        tens, _, ones = word.partition("十")
        return (_value(tens) if tens else 1) * 10 + (_value(ones) if ones else 0)
    return int("".join(str(_DIGITS[letter]) for letter in word))
