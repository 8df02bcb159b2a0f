"""What a term sets out to do: problems, goals, acts, the schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planforge.facts.model.origin import Topic
from planforge.facts.model.school import DayOff, Month
from planforge.profile.choices import StatusName

Status = StatusName | Literal[""]


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
class ListedAttachment:
    """Another paper of the school's that belongs to the documents."""

    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule of the school's own that stays in force unchanged. since: when it came into force."""

    title: str
    since: date | None = None


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
