"""Nothing is asked for in vain: what a school can write in the form is printed or asked for by some template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from planforge.compose import choose, compose, find_kinds
from planforge.compose.trial import shapes
from planforge.core.problems import InputError
from planforge.core.resources import templates_root
from planforge.facts import leaves
from planforge.facts.invented import COMPLETE, complete_facts
from planforge.facts.model import Facts

ELSEWHERE = {
    # ids by which things are told apart, or lead from one to the other
    "goals[].id", "problems[].id", "schedule[].id",
    # printed by filters that are given the whole entry: dates, months, sums
    "schedule[].month.month", "schedule[].month.year", "subject_groups[].schedule[].month.month",
    "subject_groups[].schedule[].month.year", "subject_groups[].schedule[].until", "term.months[].month",
    "term.months[].year", "school.sizes[].grade", "school.sizes[].classes", "school.sizes[].pupils",
    "term.weeks",
    # the same thing under another path: lesson and exercise times, and the people of the posts
    "day.lesson_minutes", "day.exercise_minutes", "posts[].name", "posts[].post", "posts[].campus", "posts[].duty",
    # what a person is in one office, where another office prints it
    "group.office_head.post", "group.office_head.campus", "group.office_head.duty",
    "approval.drafted_by.duty", "approval.reviewed_by.duty", "approval.issued_by.duty",
    # by which the rules of the place are chosen, and names of other places are found in a text
    "school.region.province", "school.region.city", "school.region.district",
    # red head and imprint, in every kind by its look
    "dispatch.issuer", "dispatch.to", "dispatch.copies", "dispatch.office", "dispatch.day", "dispatch.upward",
    # which finding of the check is a note; days off are printed as those of the weeks
    "exceptions[].rule", "term.days_off[].name", "term.days_off[].starts", "term.days_off[].until",
    "term.days_off[].lessons", "term.days_off[].basis",
    # whether a sentence of the guidance was compared with its source: for those who check
    "guidance[].checked",
    # rules' own facts, which nobody writes in a form
    "day.first_lesson_limits[].grades", "day.in_school[].grades", "topic_bases[].day", "topic_bases[].local",
}  # fmt: skip
"""What is of use without a template that names it, and how."""


def plain(path: str) -> str:
    return re.sub(r"\[\d+\]", "[]", path)


def schools() -> Iterator[Facts]:
    """Schools that fill in everything: one by the form's own examples, one whose work was put off."""
    yield from complete_facts().values()
    whole = complete_facts()[COMPLETE]
    day = whole.term.starts
    yield replace(
        whole,
        goals=tuple(replace(one, status="postponed", moved_to=day) for one in whole.goals),
        acts=tuple(replace(one, status="postponed", moved_to=day) for one in whole.acts),
    )


def test_every_fact_is_printed_or_asked_for_by_some_template() -> None:
    known = list(schools())
    given = {plain(path) for facts in known for path, _ in leaves(facts)}
    used: set[str] = set()
    for kind in find_kinds([templates_root()]).values():
        recipient = dict.fromkeys(kind.card.varies_by, "甲") if kind.card.audience == "recipient" else None
        for shape in (choose(kind), *shapes(kind, choose(kind))):
            for facts in known:
                if given <= used | ELSEWHERE:
                    break
                try:
                    made = compose(kind, facts, shape, recipient=recipient)
                except InputError:  # two options that do not go together
                    continue
                used |= {plain(path) for path in made.printed | made.depends}
    assert sorted(given - used - ELSEWHERE) == []
    assert sorted(ELSEWHERE & used) == [], "these are used by a template after all"
    assert sorted(ELSEWHERE - given) == [], "there are no such facts"
