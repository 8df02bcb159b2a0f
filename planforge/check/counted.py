"""Names that say how many members they have (六严, 五控两调整, 以下四条), held against the members listed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforge.check.context import Context
from planforge.check.lists import Found
from planforge.check.numerals import CIRCLED, number
from planforge.check.passages import Passages

_N = "一二两三四五六七八九十"
_NAMED = re.compile(
    rf"[“‘\"]?(?P<n>[{_N}])(?P<per>个(?!月|年|学期|小时|星期|工作|班|方面|环节|阶段))?(?P<word>[\u4e00-\u9fff]{{1,3}}?)[”’\"]?(?P<is>即[:：，]?|就是[:：]?|是指[:：]?|包括[:：]?|[:：]|(?<=[”’\"])，)"
)
_ANNOUNCED = re.compile(
    rf"(?:以下|下列|如下|做到|抓好|落实|坚持|采取)(?:了)?(?P<n>[{_N}]|\d{{1,2}})(?:个)?(?:项|条|点|方面|措施|要求|内容|环节|步骤|种)[^。；，\n]{{0,8}}[:：]?$"
)
_ORDER = re.compile(rf"(?:^|[：:。；;，,、”“\s])(?:第)?([{_N}])(?:是|要|、|，|(?=[\u4e00-\u9fff]))")
_PHRASE = re.compile(
    rf"(?P<n>[{_N}])(?P<per>)(?:项|条|点|大)(?P<word>要求|措施|规定|内容|任务|举措|做法|意见|原则|制度)(?P<is>[:：])"
)
_NOT_NAMES = frozenset("年月日时点天周级班次人名节课分秒元期届学")


def counted_names(said: Passages, context: Context) -> Iterator[Found]:
    """Names whose number is not that of the members that follow in the same passage or list."""
    for passage in said.passages:
        for match in (*_NAMED.finditer(passage.text), *_PHRASE.finditer(passage.text)):
            if match["word"][0] in _NOT_NAMES:
                continue
            told = int(number(match["n"]))
            rest = re.split(r"[。\n]", passage.text[match.end() :], maxsplit=1)[0]
            listed = _members(match, rest)
            if told > 1 and listed is not None and listed != told:
                start = passage.start + match.start()
                message = f"名称里是{told}，列出的是{listed}"
                yield Found("text.counted-name", start, passage.start + match.start("is"), "", message)
        announced = _ANNOUNCED.search(passage.text)
        if announced and passage.members:
            told = int(number(announced["n"]))
            if told != passage.members:
                start = passage.start + announced.start("n")
                message = f"前面说{told}，后面列了{passage.members}"
                yield Found("text.counted-name", start, passage.start + announced.end("n"), "", message)


def _members(match: re.Match[str], rest: str) -> int | None:
    """How many members a passage lists after a name; None where that cannot be told."""
    ordinal = _ordered(rest)
    if ordinal is not None:
        return ordinal
    for sign in (CIRCLED,):
        marks = [one for one in rest if one in sign]
        if len(marks) > 1:
            return len(marks)
    numbered = re.findall(r"[（(]?\d{1,2}[）).、．](?!\d)", rest)
    if len(numbered) > 1:
        return len(numbered)
    # 六严: each member has the word. 四个一: each member has 一.
    begins = "一" if match["per"] and match["word"] == "一" else match["word"]
    parts = [part for part in re.split(r"[；;，,、]", rest) if part.strip()]
    own = [part for part in parts if begins in part]
    if len(own) > 1:
        return len(own)
    quoted = re.findall(r"“[^”]{1,12}”", rest)
    if len(quoted) > 1 and re.fullmatch(r"(?:“[^”]{1,12}”[、，和及]?)+.{0,6}", rest):
        return len(quoted)
    return None


def _ordered(rest: str) -> int | None:
    """Members counted by 一…二…三…, where they run from one without a gap."""
    found = [int(number(sign)) for sign in _ORDER.findall(rest)]
    count = 0
    for value in found:
        if value == count + 1:
            count = value
    return count if count > 1 else None
