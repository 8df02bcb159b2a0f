"""Telephone numbers that cannot be right, and personal ones in public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.data_files import pattern_of
from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

_LABELLED = pattern_of("phones.labelled")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
_GOOD = pattern_of("phones.good")
_SHORT = re.compile(r"(?<![\d-])0(?:10|2\d|[3-9]\d{2})[-—－–](?:\d{1,5}|\d{9,})(?![\d-])")
"""An area code before what is too short for a number, or too long, whatever it is called."""
_NONE = re.compile(
    r"(?:举报|监督|投诉|咨询|联系|热线|学校|办公|值班)电话[:：]\s*(?:无|暂无|待定|略)(?=[。；，\s]|$)",
    re.MULTILINE,
)
_SIMPLE = str.maketrans("０１２３４５６７８９", "0123456789", "()（）-—－– 　")


def is_mobile(written: str) -> bool:
    """Whether what is written holds a mobile number."""
    return _MOBILE.search(written.translate(_SIMPLE)) is not None


def phone_numbers(passages: Passages, context: Context) -> Iterator[Found]:
    """Labelled numbers that no telephone in China has, and mobile numbers in what is given to parents."""
    for match in _LABELLED.finditer(passages.text):
        for part in re.split(r"[、，,/]|\s{2,}", match[1]):
            if not _GOOD.fullmatch(part.translate(_SIMPLE)):
                yield Found("text.phone", match.start(1), match.end(1))
                break
    taken = [match.span(1) for match in _LABELLED.finditer(passages.text)]
    for match in _SHORT.finditer(passages.text):
        if not any(start <= match.start() < end for start, end in taken):
            yield Found("text.phone", match.start(), match.end())
    for match in _NONE.finditer(passages.text):
        yield Found("text.phone", match.start(), match.end(), "", "这里没有写电话号码")
    for match in _MOBILE.finditer(passages.text):
        yield Found("text.mobile", match.start(), match.end(), severity=None if context.letter else "note")
