"""Homework, lessons, assessment, the day and everything else that rules speak of."""

from __future__ import annotations

from dataclasses import dataclass

from planforge.facts.model.origin import Limit


@dataclass(frozen=True, slots=True)
class Band:
    """Neighbouring grades with one homework limit. minutes: a day; None where how is none or none_soft.

    stricter: the school asks for less than the rule allows, beyond doubt (“有条件时” and “尽量” never are).
    oral_minutes: oral and reading homework, a day.
    """

    grades: tuple[int, ...]
    how: Limit
    minutes: int | None = None
    scope: str = "书面家庭作业"
    stricter: bool = False
    oral_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Publicity:
    """How homework is made public: how_often (每天, 每周五), where (班级公示栏), who signs it."""

    how_often: str = ""
    where: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Homework:
    """Homework. bands: every grade of the school stands in exactly one."""

    bands: tuple[Band, ...]
    coordinator: str = ""
    publicity: Publicity | None = None
    no_homework_day: str = ""
    layered: str = ""
    weekend: str = ""
    over_limit: str = ""


@dataclass(frozen=True, slots=True)
class Lessons:
    """The classroom. practice_minutes: minutes a lesson kept for exercises in class, (from, to) or None."""

    minutes: int | None = None
    practice_minutes: tuple[int, int] | None = None
    preparation: str = ""
    swaps: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentTask:
    """A task of an assessment without paper: what pupils do, how it is judged, where, who holds it."""

    name: str
    subject: str = ""
    grades: tuple[int, ...] = ()
    what: str = ""
    how: str = ""
    place: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Examinations and marks. paperless_grades: no paper examinations. finals: how many a term for the others.

    midterm_grades: grades that hold a mid-term (junior only). levels: names of the marks, best first. tasks: of the
    assessment without paper. weights: how daily work and the end of the term make up a level.
    """

    paperless_grades: tuple[int, ...]
    exam_grades: tuple[int, ...]
    finals: int
    midterm_grades: tuple[int, ...] = ()
    paperless_form: str = ""
    final_date: str = ""
    levels: tuple[str, ...] = ()
    report: str = ""
    subjects: tuple[str, ...] = ()
    no_hundred_marks: bool | None = None
    paperless_date: str = ""
    tasks: tuple[AssessmentTask, ...] = ()
    weights: str = ""


@dataclass(frozen=True, slots=True)
class StageTime:
    """A time limit that differs by stage. grades: of this school; clock: HH:MM; hours: where it is a duration.

    minutes: what a duration has beyond whole hours.
    """

    grades: tuple[int, ...]
    clock: str = ""
    hours: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the school day. starts, until: HH:MM; until is "" for a moment. grades: empty for all."""

    name: str
    starts: str = ""
    until: str = ""
    grades: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """Times of the school day, as HH:MM without leading zero. *_limits come from the rules."""

    arrival: str = ""
    first_lesson: str = ""
    first_lesson_limits: tuple[StageTime, ...] = ()
    end: str = ""
    lesson_minutes: int | None = None
    break_minutes: int | None = None
    long_break_minutes: int | None = None
    exercise_minutes: int | None = None
    sleep: tuple[StageTime, ...] = ()
    bedtime: tuple[StageTime, ...] = ()
    no_early_activity: str = ""
    arrival_winter: str = ""
    in_school: tuple[StageTime, ...] = ()
    periods: tuple[Period, ...] = ()
    periods_note: str = ""


@dataclass(frozen=True, slots=True)
class Sport:
    """exercise: minutes a day; lessons: PE lessons a week by grade band; activities: named ones."""

    minutes: int | None = None
    lessons: tuple[tuple[tuple[int, ...], int], ...] = ()
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Materials:
    """Teaching aids that pupils buy."""

    rule: str = ""
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class Phones:
    """keeper, place: who keeps phones brought with permission, and where."""

    keeper: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ReadingMatter:
    """Books from outside and reading in school. minutes: a day."""

    reviewer: str = ""
    minutes: int | None = None
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A check: what, who, when (每月一次), evidence (what can be seen afterwards)."""

    what: str
    who: str = ""
    when: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Supervision:
    """Checks of the school's own work, and where parents complain."""

    checks: tuple[Check, ...] = ()
    hotline: str = ""
    hotline_hours: str = ""
    hotline_person: str = ""
    answer_days: int | None = None
    box: str = ""


@dataclass(frozen=True, slots=True)
class HomeSchool:
    """Meetings with parents, the parents' committee, how parents are asked, the parents' school."""

    meeting: str = ""
    committee: str = ""
    survey: str = ""
    channel: str = ""
    school: str = ""


@dataclass(frozen=True, slots=True)
class Moral:
    """Conduct and mental health. practice: labour and work outside school; counselling: who, when."""

    activities: tuple[str, ...] = ()
    practice: str = ""
    counselling: str = ""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from what."""

    rule: str
    consequence: str = ""


@dataclass(frozen=True, slots=True)
class Discipline:
    """Rewards and penalties."""

    penalties: tuple[Consequence, ...] = ()
    rewards: tuple[Consequence, ...] = ()
