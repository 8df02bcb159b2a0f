"""The shape of Facts: everything that a template can see.

Values stand in typed, frozen groups; where each comes from stands beside them in `Facts.sources`, keyed
by path. Paths are the attribute names joined by dots, list members by index: `homework.bands[0].minutes`.
A local fact that nobody gave is None or an empty tuple, never an invented value; the ones that a good
document would need are listed in `Facts.missing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from planforge.core.problems import Problem
from planforge.facts.model.origin import Limit, Missing, PhraseKind, Source, Topic
from planforge.facts.model.plan import (
    Act,
    Goal,
    GroupTask,
    Holiday,
    HolidayTask,
    LastTermProblem,
    ListedAttachment,
    MonthWork,
    Quota,
    ScheduleItem,
    Standing,
    Status,
    SubjectGroup,
    Training,
    Week,
)
from planforge.facts.model.records import (
    Achievement,
    Change,
    Event,
    Gap,
    GradeMinutes,
    HomeworkMinutes,
    Indicator,
    NextStep,
    Reflection,
    Shortcoming,
    Step,
    Survey,
    SurveyAnswer,
)
from planforge.facts.model.school import (
    Approval,
    Basis,
    Campus,
    DayOff,
    Dispatch,
    GradeSize,
    LeadingGroup,
    LocalException,
    Month,
    Person,
    Phrase,
    Region,
    School,
    Stage,
    Term,
)
from planforge.facts.model.service import AfterSchool, Course, ServiceSegment, WeekdayPlan
from planforge.facts.model.teaching import (
    Assessment,
    AssessmentTask,
    Band,
    Check,
    Consequence,
    Discipline,
    HomeSchool,
    Homework,
    Lessons,
    Materials,
    Moral,
    Period,
    Phones,
    Publicity,
    ReadingMatter,
    SchoolDay,
    Sport,
    StageTime,
    Supervision,
)

__all__ = [
    "Achievement",
    "Act",
    "AfterSchool",
    "Approval",
    "Assessment",
    "AssessmentTask",
    "Band",
    "Basis",
    "Campus",
    "Change",
    "Check",
    "Consequence",
    "Course",
    "DayOff",
    "Discipline",
    "Dispatch",
    "Event",
    "Facts",
    "Gap",
    "Goal",
    "GradeMinutes",
    "GradeSize",
    "GroupTask",
    "Holiday",
    "HolidayTask",
    "HomeSchool",
    "Homework",
    "HomeworkMinutes",
    "Indicator",
    "LastTermProblem",
    "LeadingGroup",
    "Lessons",
    "Limit",
    "ListedAttachment",
    "LocalException",
    "Materials",
    "Missing",
    "Month",
    "MonthWork",
    "Moral",
    "NextStep",
    "Period",
    "Person",
    "Phones",
    "Phrase",
    "PhraseKind",
    "Publicity",
    "Quota",
    "ReadingMatter",
    "Reflection",
    "Region",
    "ScheduleItem",
    "School",
    "SchoolDay",
    "ServiceSegment",
    "Shortcoming",
    "Source",
    "Sport",
    "Stage",
    "StageTime",
    "Standing",
    "Status",
    "Step",
    "SubjectGroup",
    "Supervision",
    "Survey",
    "SurveyAnswer",
    "Term",
    "Topic",
    "Training",
    "Week",
    "WeekdayPlan",
]


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one school in one term, and for each where it comes from.

    bases: what the whole plan rests on; topic_bases: the national documents of single topics.
    guidance: fixed phrases, confirmed for this term, that papers open with; usual_guidance: those of plan and
    scheme where the school named none.
    as_of: the day on which they hold: the paper's own, or the term's first day.
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
    day: SchoolDay
    after_school: AfterSchool
    sport: Sport
    materials: Materials
    phones: Phones
    reading: ReadingMatter
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
    exceptions: tuple[LocalException, ...] = ()
    guidance: tuple[Phrase, ...] = ()
    usual_guidance: tuple[Phrase, ...] = ()
    moral: Moral = field(default_factory=Moral)
    dispatch: Dispatch = field(default_factory=Dispatch)
    survey: Survey = field(default_factory=Survey)
    events: tuple[Event, ...] = ()
    homework_minutes: HomeworkMinutes = field(default_factory=HomeworkMinutes)
    indicators: tuple[Indicator, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    holiday: Holiday = field(default_factory=Holiday)
    training: Training = field(default_factory=Training)
    subject_groups: tuple[SubjectGroup, ...] = ()
    reflection: Reflection = field(default_factory=Reflection)
    discipline: Discipline = field(default_factory=Discipline)
    attachments: tuple[ListedAttachment, ...] = ()
    standing: tuple[Standing, ...] = ()
    weeks: tuple[Week, ...] = ()
    notices: tuple[Problem, ...] = ()
    as_of: date | None = None
