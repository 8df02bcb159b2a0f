"""What a term has shown: records, counts and answers that somebody entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planforge.facts.model.origin import Topic


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
