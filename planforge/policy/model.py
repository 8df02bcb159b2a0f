"""What a rule pack holds: documents, and the rules that rest on them, each item with its source quality.

A number, a title or a clause that is known from memory only is kept, so that it can be looked for, but
it is not `printable`: nothing that is printed may state it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from planforge.policy.patterns import Patterns
from planforge.policy.phrases import KnownPhrase
from planforge.policy.region import RuleArea
from planforge.policy.stated import Confirmed, Data, Stated, printed

Stage = Literal["primary", "junior"]
System = Literal["6-3", "5-4"]
Topic = Literal[
    "homework", "lessons", "assessment", "after_school", "day", "sport", "materials", "phones",
    "reading", "home", "supervision", "training", "other",
]  # fmt: skip
Kind = Literal[
    "none", "average", "at_most", "at_least", "not_before", "not_after", "forbidden", "required", "encouraged",
]  # fmt: skip
Unit = Literal[
    "minutes", "hours", "clock", "times", "times_a_term", "lessons_a_week", "days_a_week", "weeks_a_year",
    "books", "persons", "",
]  # fmt: skip
Severity = Literal["error", "warning", "note"]
"""error: forbidden; warning: discouraged or doubtful; note: worth knowing."""

STAGE_GRADES: dict[System, dict[Stage, tuple[int, ...]]] = {
    "6-3": {"primary": tuple(range(1, 7)), "junior": tuple(range(7, 10))},
    "5-4": {"primary": tuple(range(1, 6)), "junior": tuple(range(6, 10))},
}
"""Which grades belong to a stage: limits follow the stage, so grade 6 is junior under 五四."""


class PolicyDocument(Data):
    """A document of an authority.

    rank: 1 for the highest issuers. general: a basis of the whole term's work, not of one topic only.
    announced: when it became known, which is when it begins to count; day: the date that it bears itself.
    until: the last day on which it is still cited as a basis.
    """

    id: str
    short: str
    rank: int = Field(ge=1)
    general: bool = False
    issuer: Stated[str]
    title: Stated[str]
    number: Stated[str] | None = None
    day: Stated[date] | None = None
    announced: date
    until: date | None = None

    @property
    def printable(self) -> bool:
        """Whether it can be cited at all: its issuer and its title are confirmed."""
        return self.title.printable and self.issuer.printable

    @property
    def printable_number(self) -> str:
        """The document's number, or nothing where it is unconfirmed or unknown."""
        return printed(self.number)

    @property
    def printable_day(self) -> date | None:
        """The date that it bears, or None where that is unconfirmed or unknown."""
        return self.day.value if self.day is not None and self.day.printable else None


class Limit(Data):
    """What a rule fixes. value: a number in `unit`, or a clock time; nothing where the kind says it all."""

    kind: Kind
    value: int | str | None = None
    unit: Unit = ""
    confirmed: Confirmed
    source: str = ""

    @field_validator("value", mode="before")
    @classmethod
    def _number_where_digits(cls, value: object) -> object:
        return int(value) if isinstance(value, str) and value.isdecimal() else value

    @model_validator(mode="after")
    def _value_fits_kind(self) -> Limit:
        needs_value = self.kind in ("average", "at_most", "at_least", "not_before", "not_after")
        if needs_value and self.value is None:
            raise ValueError(f"{self.kind} 要写明 value")
        if self.kind in ("none", "forbidden") and self.value is not None:
            raise ValueError(f"{self.kind} 不带 value")
        if self.unit == "clock":
            clock_minutes(self.clock)
        elif isinstance(self.value, str):
            raise ValueError("value 应为整数")
        return self

    @property
    def printable(self) -> bool:
        """Whether a document may state it."""
        return self.confirmed != "memory"

    @property
    def number(self) -> int:
        """The value as a number.

        Raises:
            TypeError: the limit has none; a fault of the caller.
        """
        if not isinstance(self.value, int):
            raise TypeError(f"limit {self.kind} has no number")
        return self.value

    @property
    def clock(self) -> str:
        """The value as HH:MM.

        Raises:
            TypeError: the limit is no clock time; a fault of the caller.
        """
        if not isinstance(self.value, str):
            raise TypeError(f"limit {self.kind} has no clock time")
        return self.value


def clock_minutes(clock: str) -> int:
    """Minutes since midnight of HH:MM.

    Raises:
        ValueError: it is no such time.
    """
    hour, colon, minute = clock.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and len(minute) == 2):
        raise ValueError(f"不是时刻：{clock}")
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or total >= 24 * 60:
        raise ValueError(f"不是时刻：{clock}")
    return total


class Citation(Data):
    """A document that a rule rests on, with the clause where it is known."""

    document: str
    clause: Stated[str] | None = None

    @property
    def printable_clause(self) -> str:
        """The clause, or nothing where it is unconfirmed or unknown."""
        return printed(self.clause)


def _grade_range(value: object) -> object:
    """`3-6` as (3, 4, 5, 6)."""
    if isinstance(value, str):
        first, dash, last = value.partition("-")
        if first.isdecimal() and (last.isdecimal() if dash else not last):
            return tuple(range(int(first), int(last or first) + 1))
    return value


Grades = Annotated[tuple[int, ...], BeforeValidator(_grade_range), Field(min_length=1)]


class Rule(Data):
    """One rule: what it fixes (`quantity`), for whom, how far, since when, and by which document.

    grades: by system; where a system is left out, the rule does not hold in it; where grades are left out
    altogether, all grades of the stages. statement: the rule in plain words; explanation: what people
    misunderstand about it. from_day, until: first and last day in force.

    region: where it holds, if not everywhere; its pack's, where it has none of its own.

    severity: how bad a breach is; where it is left out, it follows from the kind of the limit. remedy: what
    to do about a breach. passages: regular expressions of what a text says when it breaks the rule;
    unless: of what is innocent although a passage matches. Negated sentences are innocent anyway, except for
    bans: what forbids a thing that the rule wants allowed (课间不得出教室).

    checked: the day on which somebody last held the rule against its source.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str
    topic: Topic
    quantity: str
    region: RuleArea | None = None
    stages: tuple[Stage, ...] = Field(min_length=1)
    grades: dict[System, Grades] | None = None
    limit: Limit
    basis: tuple[Citation, ...] = Field(min_length=1)
    from_day: date = Field(alias="from")
    until: date | None = None
    replaced_by: tuple[str, ...] = ()
    checked: date | None = None
    statement: str
    explanation: str
    severity: Severity | None = None
    remedy: str = ""
    passages: Patterns = ()
    bans: Patterns = ()
    unless: Patterns = ()

    @property
    def sought(self) -> Patterns:
        """All that a text is searched for."""
        return self.passages + self.bans

    @property
    def gravity(self) -> Severity:
        """How bad a breach is. What is only encouraged, and what is unconfirmed, is never more than a note."""
        if not self.printable or self.limit.kind == "encouraged":
            return "note"
        return self.severity or "error"

    @model_validator(mode="after")
    def _consistent(self) -> Rule:
        if self.until is not None and self.until < self.from_day:
            raise ValueError("until 早于 from")
        if self.replaced_by and self.until is None:
            raise ValueError("写了 replaced_by 就要写 until")
        for system, grades in (self.grades or {}).items():
            allowed = {grade for stage in self.stages for grade in STAGE_GRADES[system][stage]}
            if not set(grades) <= allowed:
                raise ValueError(f"{system} 学制下，grades 超出了 stages 的年级")
        return self

    def grades_in(self, system: System) -> tuple[int, ...]:
        """The grades that it holds for under a system, ascending."""
        if self.grades is not None:
            return self.grades.get(system, ())
        return tuple(grade for stage in self.stages for grade in STAGE_GRADES[system][stage])

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.from_day <= day and (self.until is None or day <= self.until)

    @property
    def printable(self) -> bool:
        """Whether a document may state its limit."""
        return self.limit.printable


class Pack(Data):
    """A file of documents, rules and fixed phrases. region: where its rules hold, if not everywhere."""

    format_version: Literal["1"] = Field(alias="schema")
    id: str
    title: str
    region: RuleArea | None = None
    documents: tuple[PolicyDocument, ...] = ()
    rules: tuple[Rule, ...] = ()
    phrases: tuple[KnownPhrase, ...] = ()

    def with_regions(self) -> Pack:
        """The same pack, each rule with its region, so that it can be asked by itself."""
        own = [rule.model_copy(update={"region": rule.region or self.region}) for rule in self.rules]
        return self.model_copy(update={"rules": tuple(own)}) if self.region is not None else self
