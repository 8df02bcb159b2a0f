"""Numbers in running text, as digits or in Chinese."""

from __future__ import annotations

import re

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+|半)"
"""A count or amount."""

PARENTHESISED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def number(words: str) -> float:
    """What a number that NUMBER matches amounts to; 半 is a half."""
    if words == "半":
        return 0.5
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return float(words)
    total = last = 0
    for sign in words:
        if sign in "十百":
            total += (last or 1) * (10 if sign == "十" else 100)
            last = 0
        else:
            last = _DIGITS[sign]
    return total + last


def minutes(amount: str, unit: str) -> float:
    """Minutes of an amount of 分钟 or 小时."""
    return number(amount) * (60 if "时" in unit else 1)
