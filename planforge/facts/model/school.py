"""The school, its people and its term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planforge.facts.model.origin import PhraseKind, Topic

Stage = Literal["primary", "junior", "nine_year"]


@dataclass(frozen=True, slots=True)
class Region:
    """Where the school is; a rule of a province, city or district holds by these names."""

    province: str = ""
    city: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a post, or several people named together (各年级组长), who have a post and no name.

    campus: only where somebody answers for some campuses. duty: what they answer for.
    """

    name: str = ""
    post: str = ""
    campus: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Campus:
    """One of several campuses."""

    name: str
    grades: tuple[int, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class GradeSize:
    """Classes and pupils of one grade."""

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
class DayOff:
    """A holiday within a week, or of the school's own table. until: its last day, None where it is one day.

    lessons: True for days of a weekend with lessons. basis: the notice that says so.
    """

    name: str
    starts: date
    until: date | None = None
    lessons: bool | None = None
    basis: str = ""


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
    days_off: tuple[DayOff, ...] = ()


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
class LocalException:
    """A rule from which a local document departs. quantity: what the rule fixes. basis: the document; note: a sentence."""

    rule: str
    quantity: str
    basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """固定提法, printed exactly. checked: when a person last held it against the published wording; None of a usual one.

    source: what a phrase of the school's or its bureau's own rests on; empty for a built-in one.
    """

    text: str
    kind: PhraseKind
    checked: date | None = None
    source: str = ""


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
class Approval:
    """How the document is approved. Names are printed, signatures never. own_day: of a paper dated apart from others."""

    drafted_by: Person | None = None
    reviewed_by: Person | None = None
    issued_by: Person | None = None
    meeting: str = ""
    meeting_day: date | None = None
    day: date | None = None
    own_day: date | None = None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What a red head and the imprint print. upward: the document goes to a higher authority."""

    issuer: str = ""
    to: str = ""
    copies: str = ""
    office: str = ""
    day: date | None = None
    upward: bool | None = None
