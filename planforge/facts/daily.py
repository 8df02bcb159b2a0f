"""The classroom, examinations, the school day and sport: the school's own, the rule's where it says nothing."""

from __future__ import annotations

from typing import Literal

from planforge.core.problems import Problem
from planforge.facts.model import (
    Assessment,
    AssessmentTask,
    Lessons,
    Period,
    School,
    SchoolDay,
    Sport,
    StageTime,
)
from planforge.facts.records import listed
from planforge.facts.source_record import SourceRecord
from planforge.facts.stages import clocks, durations, lessons_a_week, runs
from planforge.policy.model import Rule
from planforge.profile.model import Profile

FINALS = 1
"""Finals a term under every rule since 2018; the rules before 2021 let a mid-term stand beside it."""


def lesson_facts(profile: Profile, school: School, ledger: SourceRecord) -> Lessons:
    """The classroom; a lesson's minutes from the rule only where all grades have the same."""
    return ledger.copied(
        Lessons,
        "lessons",
        profile.lessons,
        minutes=_lesson_minutes("lessons.minutes", profile, school, ledger),
    )


def _lesson_minutes(path: str, profile: Profile, school: School, ledger: SourceRecord) -> int | None:
    """Minutes of a lesson: as given there or under the other heading, or the rule's."""
    places = {"lessons.minutes": profile.lessons.minutes, "day.lesson_minutes": profile.day.lesson_minutes}
    for at in sorted(places, key=lambda place: place != path):
        given = places[at]
        if given is not None:
            ledger.given(path, at)
            return given
    return _same_for_all("lessons.minutes", path, school, ledger)


def _same_for_all(quantity: str, path: str, school: School, ledger: SourceRecord) -> int | None:
    """The rule's number, where one and the same holds for every grade of the school."""
    rules = ledger.rules.printable_limits(quantity, school.system)
    alike = runs(school.grades, rules)
    if len(alike) == 1 and alike[0][0] == school.grades:
        ledger.ruled(path, alike[0][1])
        return alike[0][1].limit.number
    return None


def assessment_facts(profile: Profile, school: School, ledger: SourceRecord) -> Assessment:
    """Examinations: none on paper where the rules bar them, one final for the others.

    A mid-term stands only where the school has written one and the rules leave room for it; what they
    do not is set aside with a notice.
    """
    given = profile.assessment
    paper = dict(ledger.rules.printable_limits("assessment.paper_exams", school.system))
    barred = {grade for grade in school.grades if grade in paper}
    paperless = tuple(grade for grade in school.grades if grade in {*given.paperless_grades, *barred})
    if given.paperless_grades:
        ledger.given("assessment.paperless_grades")
    elif paperless:
        ledger.ruled("assessment.paperless_grades", paper[paperless[0]])
    wanted = [grade for grade in given.exam_grades if grade in school.grades]
    exams = tuple(grade for grade in wanted or school.grades if grade not in paperless)
    _set_aside([grade for grade in wanted if grade in barred], paper, "exam_grades", "纸笔考试", ledger)
    counted = _exam_rules(school, ledger)
    if given.exam_grades:
        ledger.given("assessment.exam_grades")
    elif exams and exams[0] in counted:
        ledger.ruled("assessment.exam_grades", counted[exams[0]])
    else:
        ledger.derived("assessment.exam_grades")
    return ledger.copied(
        Assessment,
        "assessment",
        given,
        paperless_grades=paperless,
        exam_grades=exams,
        finals=_finals(profile, exams, counted, ledger),
        midterm_grades=_midterms(profile, school, ledger),
        tasks=listed(AssessmentTask, "assessment.tasks", given.tasks, "name", ledger),
    )


def _exam_rules(school: School, ledger: SourceRecord) -> dict[int, Rule]:
    """The rule that says how many examinations a grade may have: finals, or all of them before 2021."""
    total = ledger.rules.printable_limits("assessment.exams", school.system)
    return {**total, **ledger.rules.printable_limits("assessment.finals", school.system)}


def _finals(profile: Profile, exams: tuple[int, ...], rules: dict[int, Rule], ledger: SourceRecord) -> int:
    given = profile.assessment.finals
    if not exams:
        ledger.derived("assessment.finals")
        return 0
    rule = rules.get(exams[0])
    if given is None:
        if rule is not None:
            ledger.ruled("assessment.finals", rule)
        else:
            ledger.derived("assessment.finals")
        return FINALS
    ledger.given("assessment.finals")
    if rule is not None and given > rule.limit.number:
        ledger.notices.append(
            Problem(
                "期末考试的次数多于现行规定",
                ledger.place("assessment.finals"),
                field="每学期考试次数",
                found=str(given),
                expected=rule.statement,
                code="facts.finals_looser",
                severity="notice",
            )
        )
    return given


def _midterms(profile: Profile, school: School, ledger: SourceRecord) -> tuple[int, ...]:
    wanted = [grade for grade in profile.assessment.midterm_grades if grade in school.grades]
    rules = ledger.rules.printable_limits("assessment.midterms", school.system)
    total = ledger.rules.printable_limits("assessment.exams", school.system)
    barring = {grade: rule for grade, rule in rules.items() if rule.limit.kind == "forbidden"}
    barring |= {grade: rule for grade, rule in total.items() if rule.limit.number < FINALS + 1}
    _set_aside([grade for grade in wanted if grade in barring], barring, "midterm_grades", "期中考试", ledger)
    if wanted:
        ledger.given("assessment.midterm_grades")
    return tuple(grade for grade in wanted if grade not in barring)


def _set_aside(
    grades: list[int],
    rules: dict[int, Rule],
    name: Literal["exam_grades", "midterm_grades"],
    what: str,
    ledger: SourceRecord,
) -> None:
    if grades:
        named = "、".join(str(grade) for grade in grades)
        ledger.notices.append(
            Problem(
                f"{named} 年级的{what}与现行规定不符，文件里不写",
                ledger.place(f"assessment.{name}"),
                field=what,
                expected=rules[grades[0]].statement,
                code=f"facts.{name}",
                severity="notice",
            )
        )


def day_facts(profile: Profile, school: School, ledger: SourceRecord) -> SchoolDay:
    """The school day. Breaks of fifteen minutes are encouraged only, so nobody's day has them unasked."""
    given, grades = profile.day, school.grades

    def rules(quantity: str) -> dict[int, Rule]:
        return dict(ledger.rules.printable_limits(quantity, school.system))

    long_break = given.long_break_minutes
    if long_break is None:
        long_break = _same_for_all("day.long_break_minutes", "day.long_break_minutes", school, ledger)
    else:
        ledger.given("day.long_break_minutes")
    return ledger.copied(
        SchoolDay,
        "day",
        given,
        first_lesson_limits=_first_lessons(school, ledger),
        lesson_minutes=_lesson_minutes("day.lesson_minutes", profile, school, ledger),
        long_break_minutes=long_break,
        exercise_minutes=_exercise("day.exercise_minutes", profile, school, ledger),
        sleep=durations("day.sleep", given.sleep, grades, rules("day.sleep"), ledger),
        bedtime=clocks("day.bedtime", given.bedtime, grades, rules("day.bedtime"), ledger),
        in_school=durations("day.in_school", given.in_school, grades, {}, ledger),
        periods=listed(Period, "day.periods", given.periods, "name", ledger),
    )


def _first_lessons(school: School, ledger: SourceRecord) -> tuple[StageTime, ...]:
    rules = ledger.rules.printable_limits("day.first_lesson", school.system)
    alike = runs(school.grades, rules)
    for index, (_, rule) in enumerate(alike):
        ledger.ruled(f"day.first_lesson_limits[{index}]", rule)
    return tuple(StageTime(grades, clock=rule.limit.clock) for grades, rule in alike)


def _exercise(path: str, profile: Profile, school: School, ledger: SourceRecord) -> int | None:
    """Minutes of exercise a day: as given there or under the other heading, or the rule's."""
    places = {"sport.minutes": profile.sport.minutes, "day.exercise_minutes": profile.day.exercise_minutes}
    for at in sorted(places, key=lambda place: place != path):
        given = places[at]
        if given is not None:
            ledger.given(path, at)
            return given
    return _same_for_all("sport.minutes", path, school, ledger)


def sport_facts(profile: Profile, school: School, ledger: SourceRecord) -> Sport:
    """Exercise and PE lessons, by the rule where the school gives none."""
    rules = ledger.rules.printable_limits("sport.lessons", school.system)
    return ledger.copied(
        Sport,
        "sport",
        profile.sport,
        minutes=_exercise("sport.minutes", profile, school, ledger),
        lessons=lessons_a_week("sport.lessons", profile.sport.lessons, school.grades, rules, ledger),
    )
