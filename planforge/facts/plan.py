"""What this term is about: last term's problems, goals, acts, the calendar; each with an id that lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from planforge.facts.model import Act, Goal, LastTermProblem, Month, ScheduleItem, Term
from planforge.facts.source_record import SourceRecord
from planforge.profile import plan as written
from planforge.profile.model import Profile
from planforge.profile.teaching import MonthWork


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def ids(prefix: str, entries: Sequence[_Named]) -> list[str]:
    """An id for every entry: its own, or the prefix with its number in the list."""
    taken = {entry.id for entry in entries if entry.id}
    result = []
    for number, entry in enumerate(entries, 1):
        name = entry.id or f"{prefix}-{number}"
        while not entry.id and name in taken:
            name += "x"
        taken.add(name)
        result.append(name)
    return result


def problem_facts(profile: Profile, ledger: SourceRecord) -> tuple[LastTermProblem, ...]:
    """Last term's problems; a reference to an act that is not there is left out."""
    acts, names = set(ids("act", profile.acts)), ids("problem", profile.problems)
    problems: list[LastTermProblem] = []
    for index, given in enumerate(profile.problems):
        if given.what:
            path, at = f"problems[{len(problems)}]", f"problems[{index}]"
            ledger.derived(path)
            topic, act = given.topic or "other", given.act if given.act in acts else ""
            known = {"topic": topic, "act": act, "id": names[index]}
            problems.append(ledger.copied(LastTermProblem, path, given, at, **known))
    return tuple(problems)


def goal_facts(profile: Profile, ledger: SourceRecord) -> tuple[Goal, ...]:
    """The goals that have a text."""
    names = ids("goal", profile.goals)
    goals: list[Goal] = []
    for index, given in enumerate(profile.goals):
        if given.text:
            path, at = f"goals[{len(goals)}]", f"goals[{index}]"
            ledger.derived(path)
            topic = given.topic or "other"
            goals.append(ledger.copied(Goal, path, given, at, id=names[index], topic=topic))
    return tuple(goals)


def act_facts(profile: Profile, ledger: SourceRecord) -> tuple[Act, ...]:
    """The acts that say what is done."""
    names = ids("act", profile.acts)
    acts: list[Act] = []
    for index, given in enumerate(profile.acts):
        if given.what:
            path, at = f"acts[{len(acts)}]", f"acts[{index}]"
            ledger.derived(path)
            acts.append(ledger.copied(Act, path, given, at, id=names[index], topic=given.topic or "other"))
    return tuple(acts)


def schedule_facts(profile: Profile, term: Term, ledger: SourceRecord) -> tuple[ScheduleItem, ...]:
    """The calendar by month and day; what has no day stands last in its month, in the order written."""
    names = ids("item", profile.schedule)
    items: list[tuple[tuple[int, int, date, int], int]] = []
    for index, given in enumerate(profile.schedule):
        month = month_of(given, term)
        if given.what and month is not None:
            key = (month.year, month.month, given.day or date.max, index)
            items.append((key, index))
    found: list[ScheduleItem] = []
    for to, (key, index) in enumerate(sorted(items)):
        given, path, at = profile.schedule[index], f"schedule[{to}]", f"schedule[{index}]"
        ledger.given(path, at)
        ledger.given(f"{path}.month", f"{at}.month" if given.month else f"{at}.day")
        if not given.id:
            ledger.derived(f"{path}.id")
        month = Month(key[0], key[1])
        item = ledger.copied(ScheduleItem, path, given, at, id=names[index], month=month)
        found.append(replace(item, until=None) if item.until == item.day else item)
    return tuple(found)


def month_of(given: written.ScheduleItem | MonthWork, term: Term) -> Month | None:
    """The month of an item: its day's, or the term's month of that number, or the school year's."""
    if given.day is not None:
        return Month(given.day.year, given.day.month)
    if given.month is None:
        return None
    for month in term.months:
        if month.month == given.month:
            return month
    autumn = given.month >= (7 if term.number == 1 else 9)
    return Month(term.year_from if autumn else term.year_to, given.month)
