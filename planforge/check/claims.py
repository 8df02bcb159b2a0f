"""What running text states of a quantity that rules limit: 六年级作业不超过1.5小时, 第一节课7:50, 晚上22:30前睡觉.

A profile states these in fields; old texts and a school's own clauses state them in sentences. Each claim has the
grades that its words name, so that it can be held against the rule of each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from planforge.check.data_files import figures, pattern_of
from planforge.check.literals import Catalogue, sought
from planforge.check.negation import negated
from planforge.check.numerals import NUMBER, minutes, number
from planforge.check.passages import Passages
from planforge.check.quantities import grades_in, weekdays
from planforge.policy.model import STAGE_GRADES, System


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a text states. grades: whom for, empty where it does not say; start, end: of the number.

    amount: in the unit of the quantity's rules, clock times as minutes after midnight. part: of one subject, so that
    only what is more than the whole may have is too much.
    """

    quantity: str
    grades: tuple[int, ...]
    amount: float
    start: int
    end: int
    part: bool = False


_LENGTH = re.compile(rf"(?P<n>{NUMBER})\s*个?(?P<u>分钟|小时)(?P<half>半)?(?:零?(?P<more>{NUMBER})\s*分钟?)?")
_SENTENCE = re.compile(r"[^。！？\n]+")
_GRADES_FIRST = re.compile(r"\s*(?:小学)?(?:[一二三四五六七八九1-9]|[低中高]年级|初中)")
_ONLY_LIMIT = pattern_of("claims.only_limit")
"""Nothing but grades and a word of limit before a number: 四年级控制在30分钟."""
_OF_SUBJECT = re.compile(r"每科|每门|每学科|单科|各科(?:作业)?(?:不|控制)|学科作业|语文|数学|英语")
_NOT_DAILY = re.compile(
    r"睡眠|锻炼|体育|课间|每节|课内|备课|口头|朗读|阅读|预习|背诵|家务|周末|假期|节假日|双休|超过60分钟|午休|由\d|减到"
)
_LIMIT = re.compile(
    r"不(?:得|要|宜|应|能)?(?:超过|超出|多于|高于)|控制在|限(?:制)?在|以内|以下|为限|不超|总量|左右|上限|内完成|之内|(?:延长|放宽|增加|调整)(?:到|至|为)"
)
_PLAIN = re.compile(r"(?:书面|家庭|回家)作业(?:时间|总量|量)?(?:为|约|在)?$")
_OF_WORK = re.compile(r"的?(?:书面|家庭|回家)(?:家庭|书面)?作业")
"""A number beside homework without a word of limit: 书面作业15分钟, 半小时的书面作业."""
_OF_SOME = re.compile(r"(?:以内|以上|以下|左右|之内)?的(?:占|有|学生|家长|孩子|达|约|为|人)")
"""Behind a number that an inquiry found, not a limit: 1小时以内的占30%."""
_NONE = re.compile(
    r"(?:不得?|没有|没|无|不再|一律不|严禁|禁止)(?:留|布置|安排)?(?:任何)?(?:书面)?(?:家庭|课外|回家)?(?:书面)?作业(?=[。；，、]|$)",
    re.MULTILINE,
)
_ABOLISHED = pattern_of("claims.abolished")
_SOMETIMES = re.compile(r"周末|双休|假|周[一二三四五]|星期|无作业日|当天|这一天|节日")
_BANDS = {
    "低年级": (1, 2),
    "低段": (1, 2),
    "中年级": (3, 4),
    "中段": (3, 4),
    "高年级": (5, 6),
    "高段": (5, 6),
    "中高年级": (3, 4, 5, 6),
    "中、高年级": (3, 4, 5, 6),
}


def homework(passages: Passages, system: System = "6-3") -> tuple[Claim, ...]:
    """Limits of daily written homework in minutes; found once, however many checks ask for them."""
    known = passages.noted.get(("homework", system))
    if known is None:
        known = passages.noted["homework", system] = tuple(_homework(passages, system))
    return cast(tuple[Claim, ...], known)


def _homework(passages: Passages, system: System) -> Iterator[Claim]:
    for begin, end in passages.where(("作业",)):
        topic = False  # whether a sentence before speaks of homework: 控制作业量。四年级不超过30分钟
        for sentence in _SENTENCE.finditer(passages.text, begin, end):
            if "作业" in sentence[0] or (topic and _GRADES_FIRST.match(sentence[0])):
                yield from _of_sentence(passages, sentence, system)
            topic = "作业" in sentence[0]


def _of_sentence(passages: Passages, sentence: re.Match[str], system: System) -> Iterator[Claim]:
    words, base = sentence[0], sentence.start()
    if passages.passage(base).history:
        return
    goes_before = "作业" not in words
    last = 0
    for match in _LENGTH.finditer(words):
        before = re.split(r"[；;]", words[last : match.start()])[-1]
        after = words[match.end() : match.end() + 6]
        last = match.end()
        stated = _LIMIT.search(before + after) or _PLAIN.search(before) or _OF_WORK.match(after)
        if _NOT_DAILY.search(before) or not stated or _OF_SOME.match(words, match.end()):
            continue
        piece = re.split(r"[；;]", words[: match.start()])[-1]
        # Of clauses in a row, those that only name other grades go on about homework.
        if goes_before:
            goes_on = _ONLY_LIMIT.search(piece) is not None
        else:
            named = len(piece) <= 14 and _GRADES_FIRST.match(piece) is not None
            goes_on = named and "作业" in words[: match.start()]
        if "作业" not in piece and "作业" not in after and not goes_on:
            continue
        amount = minutes(match["n"], match["u"]) + (30 if match["half"] else 0)
        amount += number(match["more"]) if match["more"] and match["u"] == "小时" else 0
        start, end = base + match.start(), base + match.end()
        part = _OF_SUBJECT.search(before) is not None
        yield Claim("homework.minutes", nearest(before, system), amount, start, end, part)


def no_homework(passages: Passages) -> Iterator[Claim]:
    """Sentences by which grades that they name have no homework at all."""
    for match in _NONE.finditer(passages.text):
        clause = passages.text[max(0, match.start() - 30) : match.start()]
        clause = re.split(r"[。；，\n]", clause)[-1]
        grades = _named(clause, "6-3")
        if grades and not _SOMETIMES.search(clause):
            yield Claim("homework.minutes", grades, 0, match.start(), match.end())
    for match in _ABOLISHED.finditer(passages.text):
        yield Claim("homework.minutes", tuple(range(1, 10)), 0, match.start(), match.end())


def nearest(before: str, system: System) -> tuple[int, ...]:
    """The grades of the nearest clause before a number that names any."""
    for clause in reversed(re.split(r"[，,:：]", before)):
        if re.search(r"其[他它余](?:各)?年级", clause):
            return ()
        grades = _named(clause, system)
        if grades:
            return grades
    return ()


def _named(words: str, system: System) -> tuple[int, ...]:
    """The grades that words name; empty where they name none."""
    for name, grades in sorted(_BANDS.items(), key=lambda band: -len(band[0])):
        if name in words:
            return grades
    named = grades_in(words)
    if named:
        open_end = re.search(r"年级(?:以上|起)", words)
        return tuple(range(named[0], 7)) if open_end else tuple(named)
    stages = STAGE_GRADES[system]
    if "初中" in words or "中学" in words.replace("中学生", "").replace("中小学", ""):
        return stages["junior"]
    return stages["primary"][2:] if "小学" in words.replace("中小学", "") else ()


_SOUGHT = Catalogue([(sought(words), quantity) for quantity, words in figures("claims")])
_UNIT: dict[str, str] = {"day.sleep": "hours", "sport.minutes": "minutes", "day.long_break_minutes": "minutes", "after_school.minutes": "minutes"}  # fmt: skip
_TEACHERS = re.compile(
    r"教师|老师|职工|教职|夏令|原来|以前(?!就寝|睡|上床|熄灯|入睡)|过去|调查|由原|改为前|曾"
)
"""Sentences that speak of others than pupils, or of what was."""


def others(passages: Passages, system: System = "6-3") -> Iterator[Claim]:
    """Claims about everything but homework."""
    for match, quantity in _SOUGHT.matches(passages.text):
        hit = passages.at(*match.span())
        if hit.history or _TEACHERS.search(hit.sentence):
            continue
        amount = _amount(quantity, match)
        if amount is None or _denied(quantity, passages.text, match):
            continue
        clause = passages.text[max(0, match.start() - 40) : match.end()]
        grades = _whom(re.split(r"[。；\n]", clause)[-1], system)
        start, end = _span(match)
        yield Claim(quantity, grades, amount, start, end)


def _span(match: re.Match[str]) -> tuple[int, int]:
    groups = [name for name in ("h", "n", "days") if name in match.re.groupindex]
    start = match.start(groups[0])
    last = max(match.end(name) for name in match.re.groupindex if match[name] is not None)
    return start, last


def _amount(quantity: str, match: re.Match[str]) -> float | None:
    groups = match.re.groupindex
    if "days" in groups:
        return weekdays(match["days"])
    if "h" in groups:
        hour = number(match["h"])
        hour += 12 if quantity == "day.bedtime" and 7 <= hour < 12 else 0
        past = 30 if match["half"] else int(match["m"] or 0)
        return hour * 60 + past if hour < 24 else None
    amount = number(match["n"])
    if "u" not in groups:
        return amount
    whole = minutes(match["n"], match["u"]) + (30 if match["half"] else 0)
    return whole / 60 if _UNIT[quantity] == "hours" else whole


_DENIES: dict[str, Callable[[str], bool]] = {
    "day.first_lesson": lambda words: re.search(r"不早于|不得早于|不能早于|早于|[前后]$", words) is not None,
    "day.bedtime": lambda words: re.search(r"以后|过后|才", words) is not None,
    "sport.minutes": lambda words: re.search(r"校外|校内|课外|在家|大课间|体育课|课后|各$|分别", words) is not None,
    "day.sleep": lambda words: re.search(r"不足|不到|少于(?<!不少于)|低于(?<!不低于)|午", words) is not None,
}  # fmt: skip


def _denied(quantity: str, text: str, match: re.Match[str]) -> bool:
    """Whether a sentence speaks of what is not to be: 不得早于8:20, 睡眠不足8小时的学生."""
    denies = _DENIES.get(quantity)
    if denies is not None:
        clause = re.split(r"[。；，\n]", text[max(0, match.start() - 12) : match.end()])[-1]
        return denies(clause)
    return quantity == "assessment.exams" and negated(text, match.start("n"), match.end())


def _whom(clause: str, system: System) -> tuple[int, ...]:
    """The grades that a clause is about: those that stand nearest before what it says."""
    stages = STAGE_GRADES[system]
    for part in reversed(re.split(r"[，,]", clause)):
        if named := grades_in(part):
            return tuple(named)
        if (last := max(part.rfind("初中"), part.rfind("小学"))) >= 0:
            return stages["junior"] if part.startswith("初中", last) else stages["primary"]
    return ()
