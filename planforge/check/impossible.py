"""Figures that cannot be: more forms returned than were given out, shares above the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.numerals import NUMBER, number
from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

_ISSUED = re.compile(rf"(?:发放|发出|下发|印发)[^。；\n]{{0,12}}?({NUMBER})\s*(?:余)?(?:份|张|人次)")
_RETURNED = re.compile(rf"(?:收回|回收|返回)[^。；，\n]{{0,10}}?({NUMBER})\s*(?:份|张|人次)")
_SHARE = re.compile(
    r"(?:率|占|满意度)[^。；，\n]{0,8}?(?<![\d.])((?:1\d\d|[2-9]\d\d|\d{4,})(?:\.\d+)?)\s*[%％]"
)
_PART = re.compile(r"占(?:比)?\s*(\d{1,3}(?:\.\d+)?)\s*[%％]")
_SENTENCE = re.compile(r"[^。；;\n]+")
_SPAN = re.compile(r"\d\s*(?:个?小时|分钟|分|岁|元|次|本)(?:以内|以下|以上|左右|之间)?的?(?:学生|家长)?$")
_MANY = re.compile(r"多选|可选多项|不止一|至少|最多|以上的")
_WHOLE = re.compile(rf"(?P<n>{NUMBER})(?P<unit>[\u4e00-\u9fff])(?=[^。；\n]{{0,24}}?(?P<of>其中))")
_OPPOSITES = (
    ("男", "女"),
    ("小学", "初中"),
    ("合格", "不合格"),
    ("达标", "未达标"),
    ("满意", "不满意"),
    ("同意", "不同意"),
)
"""Parts that make up a whole, and never overlap."""
_GROWTH = re.compile(r"增|提高|提升|超额|同比|环比|完成|上升|翻")


def impossible_figures(passages: Passages, context: Context) -> Iterator[Found]:
    """收回 more than 发放 in the same sentence; a rate or share of more than 100%; parts that are more than the whole."""
    if "占" in passages.text:
        yield from _shares(passages)
    if "其中" in passages.text:
        yield from _parts(passages)
    for issued in _ISSUED.finditer(passages.text):
        returned = _RETURNED.search(passages.text, issued.end(), issued.end() + 60)
        between = passages.text[issued.end() : returned.start()] if returned else "。"
        if (
            returned
            and "。" not in between
            and "\n" not in between
            and number(returned[1]) > number(issued[1])
        ):
            message = f"发出{number(issued[1]):g}份，收回{number(returned[1]):g}份"
            yield Found("text.figures-inside", returned.start(), returned.end(), "", message)
    for match in _SHARE.finditer(passages.text):
        if float(match[1]) > 100 and not _GROWTH.search(passages.at(*match.span()).sentence):
            yield Found("text.figures-inside", match.start(1), match.end(), "", "比例超过了100%")


def _shares(passages: Passages) -> Iterator[Found]:
    """Shares of one sentence that add up to more than all: 满意占65%，一般占30%，不满意占15%.

    What follows 其中 is parts of a whole; so are spans of time or number, of which nobody is in two.
    """
    for begin, end in passages.where(("占",)):
        for sentence in _SENTENCE.finditer(passages.text, begin, end):
            yield from _shares_of(sentence)


def _shares_of(sentence: re.Match[str]) -> Iterator[Found]:
    shares = list(_PART.finditer(sentence[0]))
    begin = sentence[0].find("其中")
    if begin >= 0:
        shares = [] if _MANY.search(sentence[0]) else [match for match in shares if match.start() > begin]
    elif (
        len(shares) < 3
        or "多选" in sentence[0]
        or not all(_SPAN.search(sentence[0][max(0, share.start() - 10) : share.start()]) for share in shares)
    ):
        return
    total = sum(float(match[1]) for match in shares)
    if len(shares) >= 2 and total > 100.5:
        at = sentence.start() + shares[-1].start()
        end = sentence.start() + shares[-1].end()
        yield Found("text.figures-inside", at, end, "", f"各部分加起来是{total:g}%")


def _parts(passages: Passages) -> Iterator[Found]:
    """Two opposite parts that are not the whole: 12所学校，其中8所合格，5所不合格."""
    for whole in _WHOLE.finditer(passages.text):
        rest = re.split(r"[。；;\n]", passages.text[whole.end("of") : whole.end("of") + 60], maxsplit=1)[0]
        for name, other in _OPPOSITES:
            first = _part(rest, name, other, whole["unit"])
            second = _part(rest, other, "", whole["unit"])
            if first and second and number(first[1]) + number(second[1]) > number(whole["n"]):
                total = number(first[1]) + number(second[1])
                message = f"总数是{number(whole['n']):g}，两部分加起来是{total:g}"
                last = max(first, second, key=lambda match: match.end())
                at = whole.end("of") + last.start(1)
                yield Found("text.figures-inside", at, whole.end("of") + last.end(), "", message)


def _part(rest: str, name: str, longer: str, unit: str) -> re.Match[str] | None:
    """The number of a part beside its name, not beside a longer name that holds it (合格 in 不合格)."""
    for clause in re.finditer(r"[^，、,]+", rest):
        if name in clause[0] and not (longer and name in longer and longer in clause[0]):
            match = re.compile(rf"({NUMBER}){unit}").search(rest, clause.start(), clause.end())
            if match:
                return match
    return None
