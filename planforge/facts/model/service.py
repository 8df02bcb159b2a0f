"""After-school service."""

from __future__ import annotations

from dataclasses import dataclass


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
