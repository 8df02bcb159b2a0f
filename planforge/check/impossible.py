"""Figures that cannot be: more forms returned than were given out, shares above the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.context import Context
from planforge.check.lists import Found
from planforge.check.numerals import NUMBER, number
from planforge.check.passages import Passages

_ISSUED = re.compile(rf"(?:发放|发出|下发|印发)[^。；\n]{{0,12}}?({NUMBER})\s*(?:余)?(?:份|张|人次)")
_RETURNED = re.compile(rf"(?:收回|回收|返回)[^。；，\n]{{0,10}}?({NUMBER})\s*(?:份|张|人次)")
_SHARE = re.compile(
    r"(?:率|占|满意度)[^。；，\n]{0,8}?(?<![\d.])((?:1\d\d|[2-9]\d\d|\d{4,})(?:\.\d+)?)\s*[%％]"
)
_GROWTH = re.compile(r"增|提高|提升|超额|同比|环比|完成|上升|翻")


def impossible_figures(said: Passages, context: Context) -> Iterator[Found]:
    """收回 more than 发放 in the same sentence; a rate or share of more than 100%."""
    for issued in _ISSUED.finditer(said.text):
        returned = _RETURNED.search(said.text, issued.end(), issued.end() + 60)
        between = said.text[issued.end() : returned.start()] if returned else "。"
        if (
            returned
            and "。" not in between
            and "\n" not in between
            and number(returned[1]) > number(issued[1])
        ):
            message = f"发出{number(issued[1]):g}份，收回{number(returned[1]):g}份"
            yield Found("text.figures-inside", returned.start(), returned.end(), "", message)
    for match in _SHARE.finditer(said.text):
        if float(match[1]) > 100 and not _GROWTH.search(said.at(*match.span()).sentence):
            yield Found("text.figures-inside", match.start(1), match.end(), "", "比例超过了100%")
