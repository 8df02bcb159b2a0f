"""Words written twice, and whole passages printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from planforge.check.data_files import pattern_of, read_data
from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

_TWICE = re.compile(r"([\u4e00-\u9fff]{2,6})\1")
_SINGLE = pattern_of("repeats.single")
_VERBS = frozenset(
    ["好多", "很多", "一步", "慢慢", "一次", "逐个", "考虑", "检查", "体会", "回忆", "回顾", "介绍", "了解", "照顾", "联系", "准备", "反思", "思考", "琢磨", "走动", "说道", "蹦跳", "运动", "议论", "沟通", "收拾", "打扮", "复习", "一天", "一点", "讨论", "研究", "学习", "考虑", "商量", "活动", "锻炼", "放松", "休息", "了解", "尝试", "交流", "打扫", "比较", "认识", "整理", "观察", "体验", "参观", "练习", "打听", "商讨", "清醒", "高兴", "快乐", "热闹", "许多"]
)  # fmt: skip
_FITS = pattern_of("repeats.fits")
_LEAST = 14
"""Characters from which on a passage that comes again is no formula (您好, 年　月　日) any more."""


def doubled_words(passages: Passages, context: Context) -> Iterator[Found]:
    """Words and particles that stand twice in a row and do not belong so."""
    for match in _TWICE.finditer(passages.text):
        word = match[1]
        numbered = word[0] in "一二三四五六七八九十每逐层" or "每" in word or len(set(word)) == 1
        if numbered or word in _VERBS or _FITS.match(passages.text, match.start()):
            continue
        if passages.at(*match.span()).passage.role in ("cell", "form"):
            continue
        yield Found("text.doubled-words", match.start(), match.end(), word)
    yield from _last_signs(passages)
    for match in _SINGLE.finditer(passages.text):
        yield Found("text.doubled-words", match.start(), match.end(), match[0][0])


@cache
def _words() -> tuple[re.Pattern[str], frozenset[str], Mapping[str, str]]:
    """Signs that may be written twice, the words that they end, and what a next word goes on with."""
    data = read_data("doubled.yaml")
    words, follows = frozenset(data["words"].split()), data["follows"]
    signs = "".join(sorted({word[1] for word in words}))
    return re.compile(rf"([{signs}])\1"), words, follows


def _last_signs(passages: Passages) -> Iterator[Found]:
    """A word whose last sign stands twice (必须须), where the second does not begin the next word (控制制度)."""
    twice, words, follows = _words()
    text = passages.text
    for match in twice.finditer(text):
        start, end = match.span()
        after = text[end : end + 1]
        if text[max(0, start - 1) : start + 1] not in words or (after and after in follows[match[1]]):
            continue
        if after and after in (text[end + 1 : end + 2], match[1]):
            continue  # 扎扎实实, 认认真真 and the like
        if text[max(0, start - 2) : start - 1] == text[start - 1]:
            continue
        yield Found("text.doubled-words", start - 1, end, text[start - 1 : start + 1])


def repeated_passages(passages: Passages, context: Context) -> Iterator[Found]:
    """Running text that stands in the same words a second time; of a run of such passages the first."""
    seen: set[str] = set()
    running = False
    for passage in passages.passages:
        if passage.role in ("cell", "form", "closing", "label", "rest"):
            continue
        words = re.sub(r"\W", "", re.sub(r"^[（(]?[\d一二三四五六七八九十]+[）)、.．]+", "", passage.text))
        if len(words) < _LEAST:
            continue
        again = words in seen
        if again and not running:
            yield Found("text.repeated-passage", passage.start, passage.start + len(passage.text))
        running = again
        seen.add(words)
