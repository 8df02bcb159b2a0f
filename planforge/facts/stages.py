"""Values that differ by grade, the school's own before the rule's, equal neighbours as one entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from planforge.facts.model import StageTime
from planforge.facts.source_record import SourceRecord
from planforge.policy.model import Rule
from planforge.profile import work

_T = TypeVar("_T")
Runs = list[tuple[tuple[int, ...], Rule]]


class _GradeLimit(Protocol):
    @property
    def grades(self) -> tuple[int, ...]: ...


def runs(grades: Sequence[int], rules: Mapping[int, Rule]) -> Runs:
    """Neighbouring grades whose rule fixes the same value, with the first of those rules."""
    ruled = [grade for grade in grades if grade in rules]
    alike = groupby(ruled, key=lambda grade: (rules[grade].limit.kind, rules[grade].limit.value))
    groups = [tuple(group) for _, group in alike]
    return [(group, rules[group[0]]) for group in groups]


def by_grade(entries: Iterable[_GradeLimit]) -> dict[int, int]:
    """Which entry of a list is a grade's: the first that names it."""
    own: dict[int, int] = {}
    for index, entry in enumerate(entries):
        for grade in entry.grades:
            own.setdefault(grade, index)
    return own


def durations(
    path: str,
    entries: Sequence[work.GradeHours],
    grades: Sequence[int],
    rules: Mapping[int, Rule],
    ledger: SourceRecord,
) -> tuple[StageTime, ...]:
    """Lengths of time (whole hours and minutes beyond) by grade; grades without either value are left out."""
    values: list[tuple[int, tuple[int | None, int | None], int | None]] = []
    own = by_grade(entries)
    for grade in grades:
        at = own.get(grade)
        entry = entries[at] if at is not None else None
        if entry is not None and (entry.hours is not None or entry.minutes is not None):
            values.append((grade, (entry.hours, entry.minutes or None), at))
        elif grade in rules:
            values.append((grade, (rules[grade].limit.number, None), None))
    result = []
    for (hours, minutes), members in _groups(values, path, rules, ledger):
        result.append(StageTime(members, hours=hours, minutes=minutes))
    return tuple(result)


def clocks(
    path: str,
    entries: Sequence[work.GradeClock],
    grades: Sequence[int],
    rules: Mapping[int, Rule],
    ledger: SourceRecord,
) -> tuple[StageTime, ...]:
    """Times of the day by grade; grades without a value are left out."""
    values: list[tuple[int, str, int | None]] = []
    own = by_grade(entries)
    for grade in grades:
        at = own.get(grade)
        if at is not None and entries[at].clock:
            values.append((grade, entries[at].clock, at))
        elif grade in rules:
            values.append((grade, rules[grade].limit.clock, None))
    return tuple(StageTime(members, clock=clock) for clock, members in _groups(values, path, rules, ledger))


def lessons_a_week(
    path: str,
    entries: Sequence[work.PeLessons],
    grades: Sequence[int],
    rules: Mapping[int, Rule],
    ledger: SourceRecord,
) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Lessons a week by grade; grades without a value are left out."""
    values: list[tuple[int, int, int | None]] = []
    own = by_grade(entries)
    for grade in grades:
        at = own.get(grade)
        count = entries[at].lessons if at is not None else None
        if count is not None:
            values.append((grade, count, at))
        elif grade in rules:
            values.append((grade, rules[grade].limit.number, None))
    return tuple((members, count) for count, members in _groups(values, path, rules, ledger))


def _groups(
    values: Sequence[tuple[int, _T, int | None]], path: str, rules: Mapping[int, Rule], ledger: SourceRecord
) -> list[tuple[_T, tuple[int, ...]]]:
    """Neighbouring grades with the same value; writes down where each group comes from."""
    result: list[tuple[_T, tuple[int, ...]]] = []
    for index, (value, alike) in enumerate(groupby(values, key=lambda entry: entry[1])):
        members = list(alike)
        at = next((entry[2] for entry in members if entry[2] is not None), None)
        if at is None:
            ledger.ruled(f"{path}[{index}]", rules[members[0][0]])
        else:
            ledger.given(f"{path}[{index}]", f"{path}[{at}]")
        result.append((value, tuple(entry[0] for entry in members)))
    if values:
        ledger.sources[path] = ledger.sources[f"{path}[0]"]  # a list of plain values is one value
    return result
