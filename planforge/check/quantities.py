"""What rules compare: from a profile, each quantity with its grades, its value and its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from planforge.check.negation import negated
from planforge.facts.model import Facts
from planforge.policy.model import clock_minutes
from planforge.profile import Profile

_DAYS = "一二三四五六日"
_RANGE = re.compile(
    r"(?:周|星期|礼拜)([一二三四五六日天])\s*(?:至|到|—|-|~|～)\s*(?:周|星期|礼拜)?([一二三四五六日天])"
)
_SINGLE = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天](?:[、，,]?(?:周|星期|礼拜)?[一二三四五六日天])*)")
_COUNT = re.compile(r"每周\s*([1-7一二三四五六])\s*(?:个?(?:上学日|工作日)|天|次)")
"""每周五天 is five days, 每周五 one."""
_ON_PAPER = re.compile(r"笔试|纸笔|[试考小]卷|卷面|[开闭]卷|书面[测考检]|单元[测考卷]|考试")
"""Words of a test on paper, where the form asks for one without."""
_GRADE = re.compile(
    r"(?<![\d〇零○一二三四五六七八九十])([一二三四五六七八九1-9])(?:年级|年(?![度月后来内间以前行规制]))|(?<![当起最])初([一二三])"
)
_GRADE_SPAN = re.compile(
    r"(?<![\d〇零一二三四五六七八九十])([一二三四五六七八九1-9])(?:年级)?(?:至|到|—|－|–|-|~|～)([一二三四五六七八九1-9])年级"
)
_GRADE_LIST = re.compile(
    r"(?<![\d〇零十])([一二三四五六七八九](?:[、和与及]?[一二三四五六七八九])+|[1-9](?:[、和与及][1-9])+)年级"
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a profile. path: where it stands; grades: whom it concerns; shown: as people read it.

    amount: in the rule's unit, clock times as minutes after midnight. firm: False where it binds nobody
    (“有条件时”), so that it can only be doubtful.
    """

    path: str
    grades: tuple[int, ...]
    amount: float
    shown: str
    firm: bool = True


Reader = Callable[[Profile, Facts], Iterator[Value]]


def _homework(profile: Profile, facts: Facts) -> Iterator[Value]:
    for index, band in enumerate(profile.homework.bands):
        if band.limit == "rules" or (
            band.scope and "书面" not in band.scope and "家庭作业" not in band.scope
        ):
            continue
        path = f"homework.bands[{index}]"
        if band.how == "none":
            continue
        if band.how == "none_soft":
            yield Value(f"{path}.how", band.grades, 0, "尽量不布置", False)
        elif band.minutes is not None:
            words = {"average": "平均不超过", "where_possible": "有条件时不超过"}.get(
                band.how or "", "不超过"
            )
            firm = band.how != "where_possible"
            yield Value(f"{path}.minutes", band.grades, band.minutes, f"{words}{band.minutes}分钟", firm)


def _first_lesson(profile: Profile, facts: Facts) -> Iterator[Value]:
    if profile.day.first_lesson:
        clock = profile.day.first_lesson
        yield Value("day.first_lesson", facts.school.grades, clock_minutes(clock), clock)
    else:
        for index, period in enumerate(profile.day.periods):
            if period.name == "第一节课" and period.starts:
                grades, path = period.grades or facts.school.grades, f"day.periods[{index}].starts"
                yield Value(path, grades, clock_minutes(period.starts), period.starts)


def _sleep(profile: Profile, facts: Facts) -> Iterator[Value]:
    for index, entry in enumerate(profile.day.sleep):
        if entry.hours is not None or entry.minutes is not None:
            hours = (entry.hours or 0) + (entry.minutes or 0) / 60
            yield Value(f"day.sleep[{index}]", entry.grades, hours, f"{hours:g}小时")


def _bedtime(profile: Profile, facts: Facts) -> Iterator[Value]:
    for index, entry in enumerate(profile.day.bedtime):
        if entry.clock:
            yield Value(f"day.bedtime[{index}]", entry.grades, clock_minutes(entry.clock), entry.clock)


def _exercise(profile: Profile, facts: Facts) -> Iterator[Value]:
    for path, minutes in (
        ("sport.minutes", profile.sport.minutes),
        ("day.exercise_minutes", profile.day.exercise_minutes),
    ):
        if minutes is not None:
            yield Value(path, facts.school.grades, minutes, f"{minutes}分钟")


def _pe_lessons(profile: Profile, facts: Facts) -> Iterator[Value]:
    for index, entry in enumerate(profile.sport.lessons):
        if entry.lessons is not None:
            yield Value(
                f"sport.lessons[{index}].lessons", entry.grades, entry.lessons, f"每周{entry.lessons}节"
            )


def _lesson_minutes(profile: Profile, facts: Facts) -> Iterator[Value]:
    for path, minutes in (
        ("lessons.minutes", profile.lessons.minutes),
        ("day.lesson_minutes", profile.day.lesson_minutes),
    ):
        if minutes is not None:
            yield Value(path, facts.school.grades, minutes, f"{minutes}分钟")


def _minutes(path: str, of: Callable[[Profile], int | None]) -> Reader:
    def read(profile: Profile, facts: Facts) -> Iterator[Value]:
        minutes = of(profile)
        if minutes is not None:
            yield Value(path, facts.school.grades, minutes, f"{minutes}分钟")

    return read


def _paper_exams(profile: Profile, facts: Facts) -> Iterator[Value]:
    grades = profile.assessment.exam_grades
    if grades:
        yield Value("assessment.exam_grades", grades, 1, f"{listed(grades)}年级有纸笔考试")
    fields = [("assessment.paperless_form", profile.assessment.paperless_form)]
    fields += [(f"assessment.tasks[{n}].name", task.name) for n, task in enumerate(profile.assessment.tasks)]
    for path, text in fields:
        match = _ON_PAPER.search(text)
        if match is not None and not negated(text, *match.span()):
            yield Value(path, facts.assessment.paperless_grades, 1, text)


def _exam_grades(profile: Profile, facts: Facts) -> tuple[int, ...]:
    return profile.assessment.exam_grades or tuple(
        grade for grade in facts.school.grades if grade not in facts.assessment.paperless_grades
    )


def _finals(profile: Profile, facts: Facts) -> Iterator[Value]:
    finals = profile.assessment.finals
    if finals is not None:
        yield Value("assessment.finals", _exam_grades(profile, facts), finals, f"每学期{finals}次")


def _midterms(profile: Profile, facts: Facts) -> Iterator[Value]:
    grades = profile.assessment.midterm_grades
    if grades:
        yield Value("assessment.midterm_grades", grades, 1, f"{listed(grades)}年级有期中考试")
    counted: dict[int, int] = {}
    for index, item in enumerate(profile.schedule):
        if re.search(r"期中(?:质量)?(?:考试|检测|测试)", item.what):
            junior = [grade for grade in facts.school.grades if grade >= 6]
            for grade in grades_in(item.what) or junior:
                counted[grade] = counted.get(grade, 0) + 1
            most = max(counted.values(), default=0)
            if most > 1:
                over = tuple(grade for grade, times in counted.items() if times == most)
                yield Value(f"schedule[{index}].what", over, most, f"第{most}次期中考试")


def _exams(profile: Profile, facts: Facts) -> Iterator[Value]:
    given = profile.assessment
    for grade in facts.school.grades:
        midterm = grade in given.midterm_grades
        if (given.finals is None and not midterm) or (given.exam_grades and grade not in given.exam_grades):
            continue
        total = (1 if given.finals is None else given.finals) + midterm
        path = "assessment.midterm_grades" if midterm else "assessment.finals"
        yield Value(path, (grade,), total, f"每学期{total}次")


def _mock_exams(profile: Profile, facts: Facts) -> Iterator[Value]:
    counted: dict[int, int] = {}
    for index, item in enumerate(profile.schedule):
        if re.search(r"模拟考试?", item.what):
            usual = [9] if 9 in facts.school.grades else list(facts.school.grades)
            grades = grades_in(item.what) or usual
            for grade in grades:
                counted[grade] = counted.get(grade, 0) + 1
            most = max(counted[grade] for grade in grades)
            yield Value(f"schedule[{index}].what", tuple(grades), most, f"第{most}次模拟考试")


def _early_mock_exams(profile: Profile, facts: Facts) -> Iterator[Value]:
    if facts.term.number == 1:
        yield from _mock_exams(profile, facts)


def _levels(profile: Profile, facts: Facts) -> Iterator[Value]:
    if profile.assessment.no_hundred_marks is False:
        yield Value("assessment.no_hundred_marks", facts.school.grades, 0, "不取消百分制")


def _service_days(profile: Profile, facts: Facts) -> Iterator[Value]:
    service = profile.after_school
    if service.offered is False:
        yield Value("after_school.offered", facts.school.grades, 0, "不开展课后服务")
        return
    days = weekdays(service.days)
    if days is not None:
        yield Value("after_school.days", facts.school.grades, days, service.days)


def _service_minutes(profile: Profile, facts: Facts) -> Iterator[Value]:
    service = profile.after_school
    starts = service.starts or min(
        (segment.starts for segment in service.segments if segment.starts), default="", key=clock_minutes
    )
    until = service.until or max(
        (segment.until for segment in service.segments if segment.until), default="", key=clock_minutes
    )
    if starts and until:
        minutes = clock_minutes(until) - clock_minutes(starts)
        path = "after_school.until" if service.until else "after_school.segments"
        yield Value(path, facts.school.grades, minutes, f"{starts}—{until}，共{minutes}分钟")


def _class_size(profile: Profile, facts: Facts) -> Iterator[Value]:
    school = profile.school
    if school.class_size_max is not None:
        most = school.class_size_max
        yield Value("school.class_size_max", facts.school.grades, most, f"每班不超过{most}人")
    for index, size in enumerate(school.sizes):
        if size.grade and size.classes and size.pupils:
            mean = size.pupils / size.classes
            shown = f"{size.classes}个班{size.pupils}人，平均每班{mean:.1f}人"
            yield Value(f"school.sizes[{index}].pupils", (size.grade,), mean, shown)
    if not school.sizes and school.classes and school.pupils:
        mean = school.pupils / school.classes
        shown = f"{school.classes}个班{school.pupils}人，平均每班{mean:.1f}人"
        yield Value("school.pupils", facts.school.grades, mean, shown)


def _free_days(profile: Profile, facts: Facts) -> Iterator[Value]:
    homework = profile.homework
    if (homework.coordinator or homework.bands) and not homework.no_homework_day:
        yield Value("homework", facts.school.grades, 0, "没有写无作业日")


def _first_responsible(profile: Profile, facts: Facts) -> Iterator[Value]:
    post = profile.group.first_responsible
    if post:
        head = 1 if "校长" in post.replace("副校长", "") else 0
        yield Value("group.first_responsible", facts.school.grades, head, post)


def _voluntary(profile: Profile, facts: Facts) -> Iterator[Value]:
    voluntary = facts.after_school.voluntary
    if voluntary is not None:
        path = "after_school.voluntary"
        yield Value(path, facts.school.grades, int(voluntary), "是" if voluntary else "否")


QUANTITIES: dict[str, Reader] = {
    "homework.minutes": _homework,
    "homework.free_days": _free_days,
    "assessment.paper_exams": _paper_exams,
    "assessment.finals": _finals,
    "assessment.midterms": _midterms,
    "assessment.exams": _exams,
    "assessment.mock_exams": _mock_exams,
    "assessment.early_mock_exams": _early_mock_exams,
    "assessment.levels": _levels,
    "day.first_lesson": _first_lesson,
    "day.sleep": _sleep,
    "day.bedtime": _bedtime,
    "day.break_minutes": _minutes("day.break_minutes", lambda profile: profile.day.break_minutes),
    "day.long_break_minutes": _minutes(
        "day.long_break_minutes", lambda profile: profile.day.long_break_minutes
    ),
    "sport.minutes": _exercise,
    "sport.lessons": _pe_lessons,
    "sport.daily_lessons": _pe_lessons,
    "lessons.minutes": _lesson_minutes,
    "after_school.days": _service_days,
    "after_school.minutes": _service_minutes,
    "after_school.voluntary": _voluntary,
    "group.first_responsible": _first_responsible,
    "school.class_size": _class_size,
    "school.huge_class": _class_size,
}
"""Which quantities of the rules can be read from a profile."""


def weekdays(words: str) -> int | None:
    """How many days a week the words name: 周一至周五 is 5; None where they name none."""
    counted = _COUNT.search(words)
    if counted:
        return int(counted[1]) if counted[1].isdecimal() else _DAYS.index(counted[1]) + 1
    days: set[int] = set()
    for match in _RANGE.finditer(words):
        first, last = (_DAYS.index(day.replace("天", "日")) for day in match.groups())
        days.update(range(first, last + 1) if first <= last else ())
    if not days:
        for match in _SINGLE.finditer(words):
            days.update(_DAYS.index(sign.replace("天", "日")) for sign in match[1] if sign in _DAYS + "天")
    if days:
        return len(days)
    return 5 if re.search(r"每个?(?:上学日|工作日|上课日)|每天", words) else None


def grades_in(words: str) -> list[int]:
    """The grades that a line names (六三 reading of 初一); a range 七至九年级 in full, 五六年级 and 3—6年级 too."""
    span = _GRADE_SPAN.search(words)
    if span:
        return list(range(_grade(span[1]), _grade(span[2]) + 1))
    named = _GRADE_LIST.search(words)
    if named:
        return [_grade(sign) for sign in named[1] if sign not in "、和与及"]
    grades = [_grade(match[1]) if match[1] else 6 + _grade(match[2]) for match in _GRADE.finditer(words)]
    return sorted(set(grades))


def _grade(sign: str) -> int:
    return int(sign) if sign.isdecimal() else "一二三四五六七八九".index(sign) + 1


def listed(grades: Sequence[int]) -> str:
    """Grades as people read them: 1、2."""
    return "、".join(str(grade) for grade in grades)
