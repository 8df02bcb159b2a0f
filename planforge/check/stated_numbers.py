"""Figures in running text against the profile's own, and against each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from planforge.check.claims import Claim, homework, no_homework
from planforge.check.literals import Catalogue, sought
from planforge.check.numerals import NUMBER, number
from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found
from planforge.facts.model import Facts


def contradicted_homework(said: Passages, context: Context) -> Iterator[Found]:
    """Limits of homework that are not the profile's; or, of an unknown text, that differ within it."""
    system = context.facts.school.system if context.facts is not None else "6-3"
    claims = list(homework(said, system))
    if context.facts is None:
        yield from _inside(sorted([*claims, *no_homework(said)], key=lambda one: one.start))
        return
    bands = {grade: band for band in context.facts.homework.bands for grade in band.grades}
    for claim in claims:
        hit = said.at(claim.start, claim.end)
        if said.printed(claim.start, claim.end):
            continue
        grades = [grade for grade in claim.grades if grade in bands] if claim.grades else list(bands)
        right = {float(bands[grade].minutes or 0) for grade in grades}
        spoken = {float(bands[grade].oral_minutes or 0) for grade in grades}
        if claim.part and (not right or claim.amount <= max(right) or max(right) == 0):
            continue
        if not right or claim.amount in right | spoken or (not claim.grades and hit.history):
            continue
        if claim.amount in (20, 30) and "校内" in hit.sentence:
            continue
        asked = "、".join("不布置" if one == 0 else f"{one:g}分钟" for one in sorted(right))
        yield Found("text.figures", claim.start, claim.end, asked, "作业限额与信息表不一致")


def _inside(claims: Sequence[Claim]) -> Iterator[Found]:
    stated: dict[int, float] = {}
    for claim in claims:
        if claim.part:
            continue
        other = next((stated[g] for g in claim.grades if g in stated and stated[g] != claim.amount), None)
        if other is not None:
            before, here = (f"{one:g}分钟" if one else "不布置" for one in (other, claim.amount))
            message = f"前面写的是{before}，这里是{here}"
            yield Found("text.figures-inside", claim.start, claim.end, "", message)
        for grade in claim.grades:
            stated.setdefault(grade, claim.amount)


Right = Callable[[Facts], set[float]]


def _numbers(*values: float | None) -> set[float]:
    return {float(value) for value in values if value is not None}


_COUNTS: Catalogue[tuple[str, Right]] = Catalogue([
    (sought(pattern.replace("N", f"({NUMBER})").replace("[^", r"[^\n")), (name, right))
    for name, pattern, right in (
        (
            "全校班级数",
            r"(?:全校|我校|学校)(?:现有|共有|有|设有|共设|设|共)?(?:学生[^。；，]{0,10}，)?N个(?:教学)?班(?![级主干子车会])|(?:现有|共有|共设|设有|学期有|学校有|我校有|本校有)N个教学班|(?:全校|全部)(?:的)?N个班级|(?:现有|共有|设有|设)(?:教学)?班(?:级)?N个|(?:^|[，、。；有])(?:教学班|班级)N个",
            lambda facts: _numbers(facts.school.classes),
        ),
        (
            "全校学生数",
            r"(?:全校|在校|我校|学校)(?:现有|共有|有|共)?(?:在校)?学生N(?:余)?(?:名|人)|(?:现有|共有|设有|共设)\d+个(?:教学)?班级?[，、](?:共有|共|有)?(?:在校)?学生N(?:余)?(?:名|人)|(?:全校|我校|本校)(?:现有|共有|有|共)?N(?:名|位)(?:在校)?学生|\d个(?:教学)?班级?[、，]N(?:余)?(?:名|位)(?:在校)?学生|在校(?:学)?生(?:总数)?(?:为|共|约)?N(?:余)?(?:名|人)|班\d+个[，、](?:在校)?学生(?:共)?N(?:余)?(?:名|人)",
            lambda facts: _numbers(facts.school.pupils),
        ),
        (
            "专任教师数",
            r"(?:全校|我校|现有|共有)(?:现有|共有|有)?(?:专任|在编)?教师N(?:名|人)|专任教师N(?:名|人)|(?:现有|共有|全校有|我校有|本校有|学校有)N(?:名|位)(?:专任|在编)?教师|学生\d+(?:余)?(?:名|人)，(?:有|共有)?(?:专任|在编)?(?:教师|教职工)N(?:名|人)",
            lambda facts: _numbers(facts.school.teachers),
        ),
        (
            "社团数",
            r"(?:共|开设|设有|全校有|组建)(?:了)?N个(?:学生|特色)?社团|(?:^|[，、。；])(?:开设|共有|有)?社团N个",
            lambda facts: _numbers(facts.after_school.club_count, len(facts.after_school.clubs) or None),
        ),
        (
            "每节课分钟数",
            r"(?:每节课|每课时|一节课)(?:为|时长)?N分钟|[一二三四五]节课，每节(?:课)?N分钟",
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
        ("答复期限", r"N(?:个工作日|天|日|个自然日)(?:之)?内(?:予以|给予)?(?:答复|回复)", lambda facts: _numbers(facts.supervision.answer_days)),
    )
])  # fmt: skip

_CLOCK = r"(?<!\d)(?P<h>\d{1,2})(?:[:：时点](?P<m>\d{2})(?!\d)分?|[时点](?:整)?)"
_CLOCKS: Catalogue[tuple[str, Callable[[Facts], str]]] = Catalogue(
    [
        (sought(pattern.replace("T", _CLOCK)), (name, right))
        for name, pattern, right in (
            ("第一节课", r"第一节课[^。；，\n]{0,8}?T", lambda facts: facts.day.first_lesson),
            ("第一节课", r"T(?:准时|正式|开始)?上?第一节课", lambda facts: facts.day.first_lesson),
            (
                "课后服务结束时间",
                r"课后服务[^。；，\n]{0,6}?(?:结束|至|到)[^。；，\n]{0,4}?T",
                lambda facts: facts.after_school.until,
            ),
            (
                "课后服务结束时间",
                r"课后服务[^。；\n]{0,20}?(?:到|至)T(?:准时)?结束",
                lambda facts: facts.after_school.until,
            ),
            (
                "课后服务结束时间",
                r"课后服务(?:在|于|到)?T(?:准时)?结束",
                lambda facts: facts.after_school.until,
            ),
            (
                "课后服务结束时间",
                r"服务时间[^。；\n]{0,20}?(?:至|到|—|-)T",
                lambda facts: facts.after_school.until,
            ),
            ("放学时间", r"(?:下午|正常)放学(?:时间)?(?:为|是)?T", lambda facts: facts.day.end),
        )
    ]
)


def contradicted_counts(said: Passages, context: Context) -> Iterator[Found]:
    """Counts and times of the day that the profile states otherwise."""
    facts = context.facts
    if facts is None:
        yield from _differing(said)
        return
    for match, (name, numbers_of) in _COUNTS.matches(said.text):
        numbers = numbers_of(facts)
        start, end = match.span(match.lastindex or 1)
        if numbers and number(said.text[start:end]) not in numbers and not _spared(said, start, end):
            asked = "、".join(f"{one:g}" for one in sorted(numbers))
            yield Found("text.figures", start, end, asked, f"{name}与信息表不一致")
    for match, (name, clock_of) in _CLOCKS.matches(said.text):
        clock = clock_of(facts)
        start, end = match.start("h"), match.end("m" if match["m"] else "h")
        written = f"{int(match['h'])}:{match['m'] or '00'}"
        if clock and written != clock and not _spared(said, start, end):
            yield Found("text.figures", start, end, clock, f"{name}与信息表不一致")


def _differing(said: Passages) -> Iterator[Found]:
    """Counts of one thing that differ within a text of which nothing else is known."""
    found = [
        (*match.span(match.lastindex or 1), name)
        for match, (name, _) in _COUNTS.matches(said.text)
        if name != "睡眠时间"
    ]
    first: dict[str, float] = {}
    for start, end, name in sorted(found):
        if _spared(said, start, end):
            continue
        count = number(said.text[start:end])
        if count != first.setdefault(name, count):
            message = f"{name}前面写的是{first[name]:g}，这里是{count:g}"
            yield Found("text.figures-inside", start, end, "", message)


def _spared(said: Passages, start: int, end: int) -> bool:
    if said.printed(start, end):
        return True
    hit = said.at(start, end)
    return (
        hit.history
        or re.search(r"规定|上学期|去年|由\S{1,6}(?:减|增|提)|不早于|不晚于|力争|目标", hit.sentence)
        is not None
    )
