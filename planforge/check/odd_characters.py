"""Characters that do not belong in a text of today: traditional ones, and those that bad conversions leave."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from planforge.check.data_files import read_data
from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

_HAN = re.compile(r"[\u2e80-\u2fd5\u3400-\u9fff\uf900-\ufaff]")
"""Characters, and the radicals that copying from a PDF leaves in their place: ⼯ for 工."""


@cache
def _tables() -> tuple[frozenset[str], dict[str, str]]:
    """Characters in use beyond GB 2312, and what each wrong one should be."""
    data = read_data("characters.yaml")
    right: dict[str, str] = {}
    for name in ("traditional", "lookalike"):
        pairs = "".join(data[name].split())
        right.update(zip(pairs[::2], pairs[1::2], strict=True))
    return frozenset("".join(data["beyond"].split())), right


@cache
def _usual() -> frozenset[str]:
    """Every character of GB 2312: a text is made of little else."""
    rows = ("".join(chr(high) + chr(low) for low in range(0xA1, 0xFF)) for high in range(0xA1, 0xF8))
    return frozenset("".join(rows).encode("latin-1").decode("gb2312", "ignore"))


@cache
def in_use(sign: str) -> bool:
    """Whether a Han character is one of GB 2312 or of 通用规范汉字表."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return sign in _tables()[0]
    return True


def wrong_characters(passages: Passages, context: Context) -> Iterator[Found]:
    """Each run of characters that nobody uses today; people's and schools' own names are theirs."""
    odd = {sign for sign in set(passages.text) - _usual() if _HAN.match(sign) and not in_use(sign)}
    if not odd:
        return
    own = "".join((*context.names, context.own_words))
    right = _tables()[1]
    for match in re.finditer(f"[{''.join(sorted(odd))}]+", passages.text):
        if any(sign not in own for sign in match[0]):
            mended = "".join(right.get(sign) or unicodedata.normalize("NFKC", sign) for sign in match[0])
            yield Found("text.characters", match.start(), match.end(), mended if mended != match[0] else "")
