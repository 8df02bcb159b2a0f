"""Words written twice, and whole passages printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found, read_data

_TWICE = re.compile(r"([\u4e00-\u9fff]{2,6})\1")
_SINGLE = re.compile(
    r"(?<!目)的的|了了(?!解|然|事|无|望)|在在(?!校|职|编|岗|任|读|线|家)|和和(?!气|美|睦|平|谐|蔼)|及及(?!时|格|早)|与与(?!会)|把把(?![关脉])|被被"
    r"|为为(?!人|难|期|什|数)|完完(?!全|整|本)|不不|是是(?!非)|对对(?!联|子|碰|口|应|策|称|方|手|象|外|内)|进进(?!出|度|程|修|校|展|城|取|步)"
    r"|我我|们们|得得(?!当|体|到|分|失)|地地(?!道|方|点|理|区|面|图|位|质|处)|于于(?![谦是])|性性(?!格|别|质|情|能|教)|现现(?!有|行|场|代|状|金|在|任)|要要(?!求|点|素|害)"
    r"|都都|也也|很很|以以(?!人|身|德|上|下|及|往|生|学|校|点|往)|将将(?!来|军)|并并|而而|就就(?!业|近|地|读|餐|诊)|副副|进一步一步|减减(?=[负轻少])|起起(?![落伏来步点床立身])|其其(?!他|它|中|实|余)|此此|或或|但但|因因(?!此|为|果|素|材|地|人)|从从(?!来|事|而|小|严|重)|由由(?!于)|经经(?!常|验|过|费|典|济|营)|至至(?!今|少|于)|且且|却却|只只(?![是要有能])|按按(?!时|照|钮|规|期|摩)|各各(?!自|种|位|班|校)|所所(?![长在有以])|已已|又又|使使(?!用|命)|让让|该该|象象(?!征|棋|形)|；和；|不得/得以"
)
_VERBS = frozenset(
    ["好多", "很多", "一步", "慢慢", "一次", "逐个", "考虑", "检查", "体会", "回忆", "回顾", "介绍", "了解", "照顾", "联系", "准备", "反思", "思考", "琢磨", "走动", "说道", "蹦跳", "运动", "议论", "沟通", "收拾", "打扮", "复习", "一天", "一点", "讨论", "研究", "学习", "考虑", "商量", "活动", "锻炼", "放松", "休息", "了解", "尝试", "交流", "打扫", "比较", "认识", "整理", "观察", "体验", "参观", "练习", "打听", "商讨", "清醒", "高兴", "快乐", "热闹", "许多"]
)  # fmt: skip
_FITS = re.compile(
    r"年级年级(?=组|主任|管理|部|长|负责)|小学小学(?=段|部)|中学中学(?=段|部)|学生学生(?=会|处|证)|家长家长(?=学校|委员)|教师教师(?=节|工作量)|班级班级(?=群|公约)|学校学校(?=章程)"
)
_LEAST = 14
"""Characters from which on a passage that comes again is no formula (您好, 年　月　日) any more."""


def doubled_words(said: Passages, context: Context) -> Iterator[Found]:
    """Words and particles that stand twice in a row and do not belong so."""
    for match in _TWICE.finditer(said.text):
        word = match[1]
        numbered = word[0] in "一二三四五六七八九十每逐层" or "每" in word or len(set(word)) == 1
        if numbered or word in _VERBS or _FITS.match(said.text, match.start()):
            continue
        if said.at(*match.span()).passage.role in ("cell", "form"):
            continue
        yield Found("text.doubled-words", match.start(), match.end(), word)
    yield from _last_signs(said)
    for match in _SINGLE.finditer(said.text):
        yield Found("text.doubled-words", match.start(), match.end(), match[0][0])


@cache
def _words() -> tuple[re.Pattern[str], frozenset[str], Mapping[str, str]]:
    """Signs that may be written twice, the words that they end, and what a next word goes on with."""
    data = read_data("doubled.yaml")
    words, follows = frozenset(data["words"].split()), data["follows"]
    signs = "".join(sorted({word[1] for word in words}))
    return re.compile(rf"([{signs}])\1"), words, follows


def _last_signs(said: Passages) -> Iterator[Found]:
    """A word whose last sign stands twice (必须须), where the second does not begin the next word (控制制度)."""
    twice, words, follows = _words()
    text = said.text
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


def repeated_passages(said: Passages, context: Context) -> Iterator[Found]:
    """Running text that stands in the same words a second time; of a run of such passages the first."""
    seen: set[str] = set()
    running = False
    for passage in said.passages:
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
