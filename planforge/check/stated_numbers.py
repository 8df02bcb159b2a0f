"""Figures in running text against the profile's own, and against each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from planforge.check.claims import Claim, homework, no_homework
from planforge.check.data_files import figures
from planforge.check.literals import Catalogue, sought
from planforge.check.numerals import number
from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found
from planforge.facts.model import Facts


def contradicted_homework(passages: Passages, context: Context) -> Iterator[Found]:
    """Limits of homework that are not the profile's; or, of an unknown text, that differ within it."""
    system = context.facts.school.system if context.facts is not None else "6-3"
    claims = list(homework(passages, system))
    if context.facts is None:
        yield from _inside(sorted([*claims, *no_homework(passages)], key=lambda limit: limit.start))
        return
    bands = {grade: band for band in context.facts.homework.bands for grade in band.grades}
    for claim in claims:
        hit = passages.at(claim.start, claim.end)
        if passages.printed(claim.start, claim.end):
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
        asked = "、".join("不布置" if amount == 0 else f"{amount:g}分钟" for amount in sorted(right))
        yield Found("text.figures", claim.start, claim.end, asked, "作业限额与信息表不一致")


def _inside(claims: Sequence[Claim]) -> Iterator[Found]:
    stated: dict[int, float] = {}
    for claim in claims:
        if claim.part:
            continue
        other = next((stated[g] for g in claim.grades if g in stated and stated[g] != claim.amount), None)
        if other is not None:
            before, here = (f"{amount:g}分钟" if amount else "不布置" for amount in (other, claim.amount))
            message = f"前面写的是{before}，这里是{here}"
            yield Found("text.figures-inside", claim.start, claim.end, "", message)
        for grade in claim.grades:
            stated.setdefault(grade, claim.amount)


Right = Callable[[Facts], set[float]]


def _numbers(*values: float | None) -> set[float]:
    return {float(value) for value in values if value is not None}


_COUNT_FACTS: Mapping[str, Right] = {
    "全校班级数": lambda facts: _numbers(facts.school.classes),
    "全校学生数": lambda facts: _numbers(facts.school.pupils),
    "专任教师数": lambda facts: _numbers(facts.school.teachers),
    "社团数": lambda facts: _numbers(facts.after_school.club_count, len(facts.after_school.clubs) or None),
    "每节课分钟数": lambda facts: _numbers(facts.lessons.minutes, facts.day.lesson_minutes),
    "大课间分钟数": lambda facts: _numbers(facts.day.long_break_minutes),
    "课间分钟数": lambda facts: _numbers(facts.day.break_minutes),
    "睡眠时间": lambda facts: _numbers(
        *((entry.hours or 0) + (entry.minutes or 0) / 60 for entry in facts.day.sleep)
    ),
    "教学周数": lambda facts: _numbers(facts.term.weeks),
    "在校时间": lambda facts: set(),
    "答复期限": lambda facts: _numbers(facts.supervision.answer_days),
}
"""What each count is by the profile."""
_COUNTS = Catalogue([(sought(words.replace("[^", r"[^\n")), name) for name, words in figures("counts")])

_CLOCK_FACTS: Mapping[str, Callable[[Facts], str]] = {
    "第一节课": lambda facts: facts.day.first_lesson,
    "课后服务结束时间": lambda facts: facts.after_school.until,
    "放学时间": lambda facts: facts.day.end,
}
_CLOCKS = Catalogue([(sought(words), name) for name, words in figures("clocks")])


def contradicted_counts(passages: Passages, context: Context) -> Iterator[Found]:
    """Counts and times of the day that the profile states otherwise."""
    facts = context.facts
    if facts is None:
        yield from _differing(passages)
        return
    for match, name in _COUNTS.matches(passages.text):
        numbers = _COUNT_FACTS[name](facts)
        start, end = match.span(match.lastindex or 1)
        if numbers and number(passages.text[start:end]) not in numbers and not _spared(passages, start, end):
            asked = "、".join(f"{value:g}" for value in sorted(numbers))
            yield Found("text.figures", start, end, asked, f"{name}与信息表不一致")
    for match, name in _CLOCKS.matches(passages.text):
        clock = _CLOCK_FACTS[name](facts)
        start, end = match.start("h"), match.end("m" if match["m"] else "h")
        written = f"{int(match['h'])}:{match['m'] or '00'}"
        if clock and written != clock and not _spared(passages, start, end):
            yield Found("text.figures", start, end, clock, f"{name}与信息表不一致")


def _differing(passages: Passages) -> Iterator[Found]:
    """Counts of one thing that differ within a text of which nothing else is known."""
    counts = [
        (*match.span(match.lastindex or 1), name)
        for match, name in _COUNTS.matches(passages.text)
        if name != "睡眠时间"
    ]
    first: dict[str, float] = {}
    for start, end, name in sorted(counts):
        if _spared(passages, start, end):
            continue
        count = number(passages.text[start:end])
        if count != first.setdefault(name, count):
            message = f"{name}前面写的是{first[name]:g}，这里是{count:g}"
            yield Found("text.figures-inside", start, end, "", message)


_ANSWERS = re.compile(r"[□○☐][^。；？！\n]*\Z")
"""The answers of a question, up to one of them: what may be ticked is not what is so."""


def _spared(passages: Passages, start: int, end: int) -> bool:
    if passages.printed(start, end) or _ANSWERS.search(passages.text[max(0, start - 80) : start]):
        return True
    hit = passages.at(start, end)
    return (
        hit.history
        or re.search(r"规定|上学期|去年|由\S{1,6}(?:减|增|提)|不早于|不晚于|力争|目标", hit.sentence)
        is not None
    )
