"""The shape of Facts: everything that a template can see.

Values stand in typed, frozen groups; where each comes from stands beside them in `Facts.sources`, keyed
by path. Paths are the attribute names joined by dots, list members by index: `homework.bands[0].minutes`.
A local fact that nobody gave is None or an empty tuple, never an invented value; the ones that a good
document would need are listed in `Facts.missing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planforge.problems import Place, Problem

Stage = Literal["primary", "junior", "nine_year"]
Limit = Literal["none", "none_soft", "average", "at_most", "where_possible"]
Status = Literal["", "done", "postponed", "cancelled", "open"]
Topic = Literal[
    "homework", "lessons", "assessment", "after_school", "day", "sport", "materials", "phones",
    "reading", "home", "supervision", "training", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from: a place in the person's file, a rule, or derived from other facts.

    place: also where a person ticked “按规定” and the value is the rule's. layer: whose file it is.
    """

    kind: Literal["profile", "rule", "derived"]
    place: Place | None = None
    rule: str = ""
    layer: Literal["bureau", "school", "term", ""] = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A local fact that a full document would state. path: where; title: its Chinese name; why: what it is for."""

    path: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Region:
    province: str = ""
    city: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a post. campus: only where a head is one campus's. duty: what they answer for."""

    name: str
    post: str = ""
    campus: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Campus:
    name: str
    grades: tuple[int, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class GradeSize:
    grade: int
    classes: int | None = None
    pupils: int | None = None


@dataclass(frozen=True, slots=True)
class School:
    """The school. grades: ascending, 1 to 9. stage follows the grades and the system (六三, 五四)."""

    name: str
    short_name: str
    stage: Stage
    system: Literal["6-3", "5-4"]
    grades: tuple[int, ...]
    region: Region
    address: str = ""
    phone: str = ""
    campuses: tuple[Campus, ...] = ()
    sizes: tuple[GradeSize, ...] = ()
    classes: int | None = None
    pupils: int | None = None
    teachers: int | None = None
    class_size_max: int | None = None
    admission: str = ""
    retention: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the term, for the calendar. year, month: 2026, 9."""

    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Term:
    """The term. title: 2026—2027学年第一学期. months: every month it touches, in order. weeks: teaching weeks."""

    title: str
    year_from: int
    year_to: int
    number: Literal[1, 2]
    months: tuple[Month, ...]
    starts: date
    starts_given: bool
    ends: date | None = None
    weeks: int | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """A document the plan rests on. Only confirmed titles, numbers and dates reach this list.

    local: of the province, city or district. topics: what it settles, for a document of single topics.
    """

    title: str
    issuer: str = ""
    number: str = ""
    day: date | None = None
    local: bool = False
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class LeadingGroup:
    """领导小组. heads: one person, two heads, or one a campus. office: the department that does the daily work.

    first_responsible: the post that answers first (校长).
    """

    name: str
    heads: tuple[Person, ...]
    deputies: tuple[Person, ...]
    members: tuple[Person, ...]
    office: str = ""
    office_head: Person | None = None
    first_responsible: str = ""


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
class Day:
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
class ServiceSegment:
    """A part of the after-school time: name, from, until, and for which grades."""

    name: str
    starts: str = ""
    until: str = ""
    grades: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekdayPlan:
    """What the after-school service does on some days of the week."""

    days: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """A course of the after-school service. area: 德育, 智育, 体育, 美育 or 劳动. pupils: how many take part."""

    name: str
    area: str = ""
    days: str = ""
    grades: tuple[int, ...] = ()
    place: str = ""
    teacher: str = ""
    pupils: int | None = None


@dataclass(frozen=True, slots=True)
class AfterSchool:
    """After-school service. days: 周一至周五; starts, until: HH:MM. pupils: how many take part.

    offered: False too where nobody said so; then `missing` asks. *_percent: of the school's pupils, teachers, as 96.5%.
    """

    offered: bool
    days: str = ""
    starts: str = ""
    until: str = ""
    segments: tuple[ServiceSegment, ...] = ()
    clubs: tuple[str, ...] = ()
    club_count: int | None = None
    pupils: int | None = None
    fee: str = ""
    care: str = ""
    name: str = ""
    weekdays: tuple[WeekdayPlan, ...] = ()
    pupil_percent: str = ""
    teacher_percent: str = ""
    outside_staff: int | None = None
    voluntary: bool | None = None
    rooms: tuple[str, ...] = ()
    courses: tuple[Course, ...] = ()
    enrolment: str = ""
    safety: str = ""


@dataclass(frozen=True, slots=True)
class Sport:
    """exercise: minutes a day; lessons: PE lessons a week by grade band; activities: named ones."""

    minutes: int | None = None
    lessons: tuple[tuple[tuple[int, ...], int], ...] = ()
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Materials:
    rule: str = ""
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class Phones:
    """keeper, place: who keeps phones brought with permission, and where."""

    keeper: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
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
class LastTermProblem:
    """A problem found last term. act: id of this term's act that answers it, where there is one."""

    what: str
    evidence: str = ""
    cause: str = ""
    topic: Topic = "other"
    act: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal that can be checked. how_checked: by what and when. status: done where it was reached; see `ScheduleItem`."""

    id: str
    text: str
    how_checked: str = ""
    topic: Topic = "other"
    status: Status = ""
    done_on: date | None = None
    evidence: str = ""
    reason: str = ""
    moved_to: date | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One of this term's few acts: what, who, when, and what can be seen when it is done."""

    id: str
    what: str
    who: str = ""
    when: str = ""
    visible: str = ""
    topic: Topic = "other"
    status: Status = ""
    done_on: date | None = None
    evidence: str = ""
    reason: str = ""
    moved_to: date | None = None


@dataclass(frozen=True, slots=True)
class ScheduleItem:
    """An item of the calendar. day, until: exact dates where given; who: department or post.

    status: "" where nobody recorded anything, which is not the same as open (known not to be done). evidence: what
    shows that it was done; reason: why not; moved_to: the new day of what was postponed. added: during the term.
    """

    id: str
    month: Month
    what: str
    who: str = ""
    day: date | None = None
    until: date | None = None
    visible: str = ""
    added: bool | None = None
    status: Status = ""
    done_on: date | None = None
    evidence: str = ""
    reason: str = ""
    moved_to: date | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """How the document is approved. Names are printed, signatures never."""

    drafted_by: Person | None = None
    reviewed_by: Person | None = None
    issued_by: Person | None = None
    meeting: str = ""
    meeting_day: date | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What a red head and the imprint print. upward: the document goes to a higher authority."""

    issuer: str = ""
    to: str = ""
    copies: str = ""
    office: str = ""
    day: date | None = None
    upward: bool | None = None


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """One figure of a survey. percent: as 82%."""

    question: str
    percent: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey that was held, with its counts. satisfied_percent: as 96.5%."""

    when: str = ""
    issued: int | None = None
    returned: int | None = None
    satisfied_percent: str = ""
    anonymous: bool | None = None
    asked: str = ""
    method: str = ""
    answers: tuple[SurveyAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that took place."""

    what: str
    day: date | None = None
    topic: Topic = "other"
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class GradeMinutes:
    """Homework of one grade as measured: minutes a day on average, of count pupils. limit: the school's own."""

    grade: int
    minutes: int
    last_minutes: int | None = None
    count: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class HomeworkMinutes:
    """How long homework was found to take. pupils: how many were measured, where every grade says it."""

    when: str = ""
    method: str = ""
    grades: tuple[GradeMinutes, ...] = ()
    pupils: int | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure: limit by rule or goal, value as found, last term's; count, when, method: how it was found."""

    name: str
    limit: str = ""
    value: str = ""
    last: str = ""
    count: str = ""
    when: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class Achievement:
    """What came out well, and what shows it."""

    what: str
    evidence: str = ""
    topic: Topic = "other"


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """A problem still open at the end of the term."""

    what: str
    evidence: str = ""
    cause: str = ""
    topic: Topic = "other"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What will be done next."""

    what: str
    who: str = ""
    when: str = ""
    topic: Topic = "other"


@dataclass(frozen=True, slots=True)
class HolidayTask:
    """A task of the holiday's list. grades: empty where all do it; minutes: a day, None where it is not daily."""

    what: str
    grades: tuple[int, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """The holiday at the end of the term. until: its last day; back: the day on which lessons begin again."""

    name: str = ""
    starts: date | None = None
    until: date | None = None
    back: date | None = None
    tasks: tuple[HolidayTask, ...] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """What is asked of every teacher: 听课, at least count of unit, by when."""

    what: str
    count: int | None = None
    unit: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Training:
    """Teachers' own learning and research."""

    quotas: tuple[Quota, ...] = ()
    research: str = ""
    topics: str = ""
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class GroupTask:
    """One of a subject group's tasks: what, who, when, and what can be seen when it is done."""

    what: str
    who: str = ""
    when: str = ""
    visible: str = ""


@dataclass(frozen=True, slots=True)
class MonthWork:
    """Work of a month. day, until: exact dates where given."""

    month: Month
    what: str
    who: str = ""
    day: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SubjectGroup:
    """A group of teachers of one subject, with its plan. teachers: how many. schedule: by month and day."""

    name: str
    subject: str = ""
    head: str = ""
    teachers: int | None = None
    grades: tuple[int, ...] = ()
    aim: str = ""
    ideas: tuple[str, ...] = ()
    tasks: tuple[GroupTask, ...] = ()
    meeting: str = ""
    day: date | None = None
    schedule: tuple[MonthWork, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a teacher changed: before, after, and what shows it."""

    what: str
    before: str = ""
    after: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a teacher falls short."""

    title: str
    what: str = ""
    evidence: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What a teacher will do, and when."""

    what: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Reflection:
    """A teacher's own look at a term. opening: what set it off."""

    teacher: str = ""
    subject: str = ""
    classes: str = ""
    opening: str = ""
    changes: tuple[Change, ...] = ()
    gaps: tuple[Gap, ...] = ()
    steps: tuple[Step, ...] = ()
    day: date | None = None


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


@dataclass(frozen=True, slots=True)
class Attachment:
    """Another paper of the school's that belongs to the documents."""

    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule of the school's own that stays in force unchanged. since: when it came into force."""

    title: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class DayOff:
    """A holiday within a week. until: its last day in that week, None where it is one day."""

    name: str
    starts: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the term, Monday to Sunday. swapped: days of its weekend with lessons.

    settled: False where the year's holidays have not been published; only those fixed by law are then listed.
    """

    number: int
    starts: date
    until: date
    holidays: tuple[DayOff, ...] = ()
    swapped: tuple[date, ...] = ()
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one school in one term, and for each where it comes from.

    bases: what the whole plan rests on; topic_bases: the national documents of single topics.
    missing: local facts nobody gave. notices: what a person wrote that the rules in force do not allow.
    """

    school: School
    term: Term
    bases: tuple[Basis, ...]
    posts: tuple[Person, ...]
    group: LeadingGroup
    homework: Homework
    lessons: Lessons
    assessment: Assessment
    day: Day
    after_school: AfterSchool
    sport: Sport
    materials: Materials
    phones: Phones
    reading: Reading
    supervision: Supervision
    home: HomeSchool
    problems: tuple[LastTermProblem, ...]
    goals: tuple[Goal, ...]
    acts: tuple[Act, ...]
    schedule: tuple[ScheduleItem, ...]
    approval: Approval
    sources: Mapping[str, Source]
    missing: tuple[Missing, ...]
    topic_bases: tuple[Basis, ...] = ()
    moral: Moral = Moral()
    dispatch: Dispatch = Dispatch()
    survey: Survey = Survey()
    events: tuple[Event, ...] = ()
    homework_minutes: HomeworkMinutes = HomeworkMinutes()
    indicators: tuple[Indicator, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    holiday: Holiday = Holiday()
    training: Training = Training()
    subject_groups: tuple[SubjectGroup, ...] = ()
    reflection: Reflection = Reflection()
    discipline: Discipline = Discipline()
    attachments: tuple[Attachment, ...] = ()
    standing: tuple[Standing, ...] = ()
    weeks: tuple[Week, ...] = ()
    notices: tuple[Problem, ...] = ()
