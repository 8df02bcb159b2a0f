"""Subject groups with their plans, and a teacher's reflection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planforge.facts.model import Change, Gap, GroupTask, MonthWork, Reflection, Step, SubjectGroup, Term
from planforge.facts.plan import month_of
from planforge.facts.records import listed
from planforge.facts.source_record import SourceRecord
from planforge.profile import teaching as written
from planforge.profile.model import Profile


def subject_group_facts(profile: Profile, term: Term, ledger: SourceRecord) -> tuple[SubjectGroup, ...]:
    """The subject groups that have a name; their calendars by month and day, as the school's own."""
    groups: list[SubjectGroup] = []
    for index, given in enumerate(profile.subject_groups):
        if given.name:
            path, at = f"subject_groups[{len(groups)}]", f"subject_groups[{index}]"
            tasks = [(number, task) for number, task in enumerate(given.tasks) if task.what]
            groups.append(
                ledger.copied(
                    SubjectGroup,
                    path,
                    given,
                    at,
                    tasks=tuple(
                        ledger.copied(GroupTask, f"{path}.tasks[{to}]", task, f"{at}.tasks[{number}]")
                        for to, (number, task) in enumerate(tasks)
                    ),
                    schedule=_calendar(given.schedule, f"{path}.schedule", f"{at}.schedule", term, ledger),
                )
            )
    return tuple(groups)


def _calendar(
    entries: Sequence[written.MonthWork], path: str, at: str, term: Term, ledger: SourceRecord
) -> tuple[MonthWork, ...]:
    said = []
    for index, entry in enumerate(entries):
        month = month_of(entry, term)
        if entry.what and month is not None:
            said.append(((month.year, month.month, entry.day or date.max, index), month))
    works: list[MonthWork] = []
    for to, (key, month) in enumerate(sorted(said, key=lambda place: place[0])):
        entry, here, there = entries[key[3]], f"{path}[{to}]", f"{at}[{key[3]}]"
        ledger.given(here, there)
        ledger.given(f"{here}.month", f"{there}.month" if entry.month else f"{there}.day")
        works.append(ledger.copied(MonthWork, here, entry, there, month=month))
    return tuple(works)


def reflection_facts(profile: Profile, ledger: SourceRecord) -> Reflection:
    """A teacher's own look at a term."""
    path, given = "reflection", profile.reflection
    return ledger.copied(
        Reflection,
        path,
        given,
        changes=listed(Change, f"{path}.changes", given.changes, "what", ledger),
        gaps=listed(Gap, f"{path}.gaps", given.gaps, "title", ledger),
        steps=listed(Step, f"{path}.steps", given.steps, "what", ledger),
    )
