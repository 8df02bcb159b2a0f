"""Figures in running text against the profile's own, and against each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from planforge.check.context import Context
from planforge.check.lists import Found
from planforge.check.literals import Sought, sought
from planforge.check.numerals import NUMBER, minutes, number
from planforge.check.passages import Passages
from planforge.check.quantities import grades_in
from planforge.facts.model import Facts
from planforge.policy.model import STAGE_GRADES

_LENGTH = re.compile(rf"(?P<n>{NUMBER})\s*个?(?P<u>分钟|小时)(?P<half>半)?(?:零?(?P<more>{NUMBER})\s*分钟?)?")
_SENTENCE = re.compile(r"[^。；;！？\n]+")
_NOT_DAILY = re.compile(
    r"每科|每门|每学科|单科|各科(?:作业)?(?:不|控制)|学科作业|语文|数学|英语|睡眠|锻炼|体育|课间|每节|课内|备课|口头|朗读|阅读|周末|假期|节假日|双休|超过60分钟|午休|由\d|减到"
)
_LIMIT = re.compile(
    r"不(?:得|要|宜|应|能)?(?:超过|超出|多于|高于)|控制在|限(?:制)?在|以内|以下|为限|不超|总量|左右|上限|内完成|之内"
)
_NONE = re.compile(
    r"(?:不得?|没有|没|无|不再|一律不|严禁|禁止)(?:留|布置|安排)?(?:任何)?(?:书面)?(?:家庭|课外|回家)?(?:书面)?作业(?=[。；，、]|$)",
    re.MULTILINE,
)
_ABOLISHED = re.compile(
    r"(?<!年级)(?:彻底|全部|一律|完全)取消(?:了)?(?:一切|所有|全部)?(?:书面)?(?:家庭|课外|回家)(?:书面)?作业|取消(?:了)?(?:一切|所有|全部)(?:书面)?(?:家庭|课外|回家)(?:书面)?作业"
)
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


@dataclass(frozen=True, slots=True)
class _Claim:
    """A limit of homework that a text states. grades: whom for; start, end: of the number."""

    grades: tuple[int, ...]
    minutes: float
    start: int
    end: int


def _claims(said: Passages, context: Context) -> Iterator[_Claim]:
    """Limits of daily written homework in minutes, none being 0."""
    system = context.facts.school.system if context.facts is not None else "6-3"
    for sentence in _SENTENCE.finditer(said.text):
        words, base = sentence[0], sentence.start()
        if "作业" not in words or said.passage(base).history:
            continue
        last = 0
        for match in _LENGTH.finditer(words):
            before = words[last : match.start()]
            after = words[match.end() : match.end() + 4]
            last = match.end()
            if _NOT_DAILY.search(before) or not _LIMIT.search(before + after):
                continue
            if "作业" not in words[: match.start()] and "作业" not in after:
                continue
            amount = minutes(match["n"], match["u"]) + (30 if match["half"] else 0)
            amount += number(match["more"]) if match["more"] and match["u"] == "小时" else 0
            yield _Claim(_nearest(before, system), amount, base + match.start(), base + match.end())


def _nearest(before: str, system: str) -> tuple[int, ...]:
    """The grades of the nearest clause before a limit that names any."""
    for clause in reversed(re.split(r"[，,:：]", before)):
        if re.search(r"其[他它余](?:各)?年级", clause):
            return ()
        grades = _grades(clause, system)
        if grades:
            return grades
    return ()


def _grades(words: str, system: str) -> tuple[int, ...]:
    """The grades that words before a limit name; empty where they name none."""
    for name, grades in sorted(_BANDS.items(), key=lambda one: -len(one[0])):
        if name in words:
            return grades
    named = grades_in(words)
    if named:
        open_end = re.search(r"年级(?:以上|起)", words)
        return tuple(range(named[0], 7)) if open_end else tuple(named)
    stages = STAGE_GRADES["5-4" if system == "5-4" else "6-3"]
    if "初中" in words or "中学" in words.replace("中学生", ""):
        return stages["junior"]
    return stages["primary"][2:] if "小学" in words else ()


def contradicted_homework(said: Passages, context: Context) -> Iterator[Found]:
    """Limits of homework that are not the profile's; or, of an unknown text, that differ within it."""
    claims = list(_claims(said, context))
    if context.facts is None:
        yield from _inside(sorted([*claims, *_none(said)], key=lambda one: one.start))
        return
    bands = {grade: band for band in context.facts.homework.bands for grade in band.grades}
    for claim in claims:
        hit = said.at(claim.start, claim.end)
        if _printed(said, claim.start, claim.end):
            continue
        grades = [grade for grade in claim.grades if grade in bands] if claim.grades else list(bands)
        right = {float(bands[grade].minutes or 0) for grade in grades}
        spoken = {float(bands[grade].oral_minutes or 0) for grade in grades}
        if not right or claim.minutes in right | spoken or (not claim.grades and hit.history):
            continue
        if claim.minutes in (20, 30) and "校内" in hit.sentence:
            continue
        asked = "、".join("不布置" if one == 0 else f"{one:g}分钟" for one in sorted(right))
        yield Found("text.figures", claim.start, claim.end, asked, "作业限额与信息表不一致")


def _none(said: Passages) -> Iterator[_Claim]:
    """Sentences by which grades that they name have no homework at all."""
    for match in _NONE.finditer(said.text):
        clause = said.text[max(0, match.start() - 30) : match.start()]
        clause = re.split(r"[。；，\n]", clause)[-1]
        grades = _grades(clause, "6-3")
        if grades and not _SOMETIMES.search(clause):
            yield _Claim(grades, 0, match.start(), match.end())
    for match in _ABOLISHED.finditer(said.text):
        yield _Claim(tuple(range(1, 10)), 0, match.start(), match.end())


def _inside(claims: Sequence[_Claim]) -> Iterator[Found]:
    stated: dict[int, float] = {}
    for claim in claims:
        other = next((stated[g] for g in claim.grades if g in stated and stated[g] != claim.minutes), None)
        if other is not None:
            before, here = (f"{one:g}分钟" if one else "不布置" for one in (other, claim.minutes))
            message = f"前面写的是{before}，这里是{here}"
            yield Found("text.figures-inside", claim.start, claim.end, "", message)
        for grade in claim.grades:
            stated.setdefault(grade, claim.minutes)


def _printed(said: Passages, start: int, end: int) -> bool:
    """Whether a number is itself a printed fact, not words of a template or a person."""
    passage = said.passage(start)
    here = start - passage.start
    return any(first < end - passage.start and here < last for first, last, _ in passage.pieces)


Right = Callable[[Facts], set[float]]


def _numbers(*values: float | None) -> set[float]:
    return {float(value) for value in values if value is not None}


_COUNTS: tuple[tuple[str, Sought, Right], ...] = tuple(
    (name, sought(pattern.replace("N", f"({NUMBER})").replace("[^", r"[^\n")), right)
    for name, pattern, right in (
        (
            "全校班级数",
            r"(?:全校|我校|学校)(?:现有|共有|有|设有|共设|设|共)?(?:学生[^。；，]{0,10}，)?N个(?:教学)?班(?![级主干子车会])|(?:现有|共有|共设|设有)N个教学班",
            lambda facts: _numbers(facts.school.classes),
        ),
        (
            "全校学生数",
            r"(?:全校|在校|我校|学校)(?:现有|共有|有|共)?(?:在校)?学生N(?:余)?(?:名|人)|(?:全校|我校)(?:现有|共有|有|共)?N(?:名|位)(?:在校)?学生",
            lambda facts: _numbers(facts.school.pupils),
        ),
        (
            "专任教师数",
            r"(?:全校|我校|现有|共有)(?:现有|共有|有)?(?:专任|在编)?教师N(?:名|人)|专任教师N(?:名|人)|(?:现有|共有)N(?:名|位)(?:专任|在编)?教师",
            lambda facts: _numbers(facts.school.teachers),
        ),
        (
            "社团数",
            r"(?:共|开设|设有|全校有|组建)(?:了)?N个(?:学生|特色)?社团",
            lambda facts: _numbers(facts.after_school.club_count, len(facts.after_school.clubs) or None),
        ),
        (
            "每节课分钟数",
            r"(?:每节课|每课时|一节课)(?:为|时长)?N分钟",
            lambda facts: _numbers(facts.lessons.minutes, facts.day.lesson_minutes),
        ),
        ("大课间分钟数", r"N分钟(?:的)?大课间|大课间(?:活动)?(?:为|不少于)?N分钟", lambda facts: _numbers(facts.day.long_break_minutes)),
        ("课间分钟数", r"(?<!大)课间(?:休息)?(?:为|不少于)?N分钟", lambda facts: _numbers(facts.day.break_minutes)),
        (
            "睡眠时间",
            r"睡眠(?:时间)?[^。；，、]{0,8}?N个?小时",
            lambda facts: _numbers(*((one.hours or 0) + (one.minutes or 0) / 60 for one in facts.day.sleep)),
        ),
        ("教学周数", r"(?:本学期|全学期)(?:共|有|共有)?N(?:个教学|个|教学)?周", lambda facts: _numbers(facts.term.weeks)),
        ("在校时间", r"在校(?:集中)?(?:学习|活动)?(?:的)?(?:总)?时间[^。；，]{0,10}?(?<![点:：\d])N(?:个)?小时", lambda facts: set()),
        ("答复期限", r"N个工作日内(?:答复|回复)", lambda facts: _numbers(facts.supervision.answer_days)),
    )
)  # fmt: skip

_CLOCK = r"(?<!\d)(?P<h>\d{1,2})(?:[:：时点](?P<m>\d{2})(?!\d)分?|[时点](?:整)?)"
_CLOCKS: tuple[tuple[str, Sought, Callable[[Facts], str]], ...] = tuple(
    (name, sought(pattern.replace("T", _CLOCK)), right)
    for name, pattern, right in (
        ("第一节课", r"第一节课[^。；，\n]{0,8}?T", lambda facts: facts.day.first_lesson),
        ("第一节课", r"T(?:准时|正式|开始)?上?第一节课", lambda facts: facts.day.first_lesson),
        (
            "课后服务结束时间",
            r"课后服务[^。；，\n]{0,6}?(?:结束|至|到)[^。；，\n]{0,4}?T",
            lambda facts: facts.after_school.until,
        ),
        ("课后服务结束时间", r"课后服务(?:在|于|到)?T(?:准时)?结束", lambda facts: facts.after_school.until),
        (
            "课后服务结束时间",
            r"服务时间[^。；，\n]{0,20}?(?:至|到|—|-)T",
            lambda facts: facts.after_school.until,
        ),
        ("放学时间", r"(?:下午|正常)放学(?:时间)?(?:为|是)?T", lambda facts: facts.day.end),
    )
)


def contradicted_counts(said: Passages, context: Context) -> Iterator[Found]:
    """Counts and times of the day that the profile states otherwise."""
    facts = context.facts
    if facts is None:
        yield from _differing(said)
        return
    for name, pattern, numbers_of in _COUNTS:
        numbers = numbers_of(facts)
        for match in pattern.finditer(said.text) if numbers else ():
            group = match.lastindex or 1
            start, end = match.span(group)
            if number(match[group]) not in numbers and not _spared(said, start, end):
                asked = "、".join(f"{one:g}" for one in sorted(numbers))
                yield Found("text.figures", start, end, asked, f"{name}与信息表不一致")
    for name, pattern, clock_of in _CLOCKS:
        clock = clock_of(facts)
        for match in pattern.finditer(said.text) if clock else ():
            start, end = match.start("h"), match.end("m" if match["m"] else "h")
            written = f"{int(match['h'])}:{match['m'] or '00'}"
            if written != clock and not _spared(said, start, end):
                yield Found("text.figures", start, end, clock, f"{name}与信息表不一致")


def _differing(said: Passages) -> Iterator[Found]:
    """Counts of one thing that differ within a text of which nothing else is known."""
    for name, pattern, _ in _COUNTS:
        first: float | None = None
        for match in pattern.finditer(said.text):
            group = match.lastindex or 1
            start, end = match.span(group)
            if name == "睡眠时间" or _spared(said, start, end):
                continue
            count = number(match[group])
            if first is not None and count != first:
                message = f"{name}前面写的是{first:g}，这里是{count:g}"
                yield Found("text.figures-inside", start, end, "", message)
            first = count if first is None else first


def _spared(said: Passages, start: int, end: int) -> bool:
    if _printed(said, start, end):
        return True
    hit = said.at(start, end)
    return (
        hit.history
        or re.search(r"规定|上学期|去年|由\S{1,6}(?:减|增|提)|不早于|不晚于|力争|目标", hit.sentence)
        is not None
    )
