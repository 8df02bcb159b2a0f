"""The form and the facts are declared apart: here stands, name by name, how they differ, and why.

Most fields have one name and one type in both. They are not generated from each other: a field of the form is written
with its Chinese title, explanation and sample and may be left open; a fact says in its docstring what a template may
rely on. Generated, the facts would be as long, and their meaning would stand in the form, for readers of the other.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from planforge.facts.model import Facts
from planforge.profile.fields import FormGroup
from planforge.profile.model import Profile

PERSONS = (
    "posts", "group.heads", "group.deputies", "group.members", "group.office_head",
    "approval.drafted_by", "approval.reviewed_by", "approval.issued_by",
)  # fmt: skip
FORM_ONLY = {
    # of the form itself: which version, which layers and rules, what is to be made of it
    "schema_version", "extends", "policy", "documents",
    # resolved: into year_from and year_to; into both terms' items; into the band's minutes
    "term.year", "term.whole_year", "homework.bands.limit", "school.renamed",
    # who holds a post on the day of the paper
    *(f"{one}.{end}" for one in PERSONS for end in ("since", "until")),
}  # fmt: skip
FACTS_ONLY = {
    # where values come from, what nobody gave, what goes against the rules
    "sources", "missing", "notices", "as_of",
    # the day of one of the documents
    "approval.own_day",
    # of the rule from which a local document departs
    "exceptions.quantity",
    # worked out from the term's dates
    "term.year_from", "term.year_to", "term.months", "term.starts_given", "weeks",
    # taken from the rules in force
    "usual_guidance", "topic_bases", "bases.topics", "day.first_lesson_limits", "homework_minutes.grades.limit",
    # compared with the rules in force, and counted
    "homework.bands.stricter", "homework_minutes.pupils",
    # one class for limits that are clock times and for those that are durations
    "day.sleep.clock", "day.in_school.clock", "day.bedtime.hours", "day.bedtime.minutes",
}  # fmt: skip
ALWAYS_KNOWN = {
    # without these there are no facts
    "school.stage", "school.system", "term.number", "term.starts",
    # entries without these are left out
    "term.days_off.starts", "school.sizes.grade", "homework_minutes.grades.grade", "homework_minutes.grades.minutes",
    # what holds where nothing is written
    "bases.local", "guidance.kind", "homework.bands.how", "assessment.finals", "after_school.offered",
    "problems.topic", "goals.topic", "acts.topic", "events.topic", "achievements.topic", "shortcomings.topic",
    "next_steps.topic",
}  # fmt: skip
"""Optional in the form, never None in the facts."""
RESHAPED = {
    # "" for what nobody recorded, so that templates compare text with text
    "goals.status": ("optional literal", "literal"), "acts.status": ("optional literal", "literal"),
    "schedule.status": ("optional literal", "literal"),
    # percentages as they are printed: 96.5%
    "after_school.pupil_percent": ("optional float", "str"), "after_school.teacher_percent": ("optional float", "str"),
    "survey.satisfied_percent": ("optional float", "str"), "survey.answers.percent": ("optional float", "str"),
    # a month with its year; grades with their number of lessons
    "schedule.month": ("optional int", "group"), "subject_groups.schedule.month": ("optional int", "group"),
    "sport.lessons": ("list of groups", "list of list of int, int"),
}  # fmt: skip
NAMED_APART = {
    "": ("Profile", "Facts"), "day.sleep": ("GradeHours", "StageTime"), "day.in_school": ("GradeHours", "StageTime"),
    "day.bedtime": ("GradeClock", "StageTime"),
}  # fmt: skip
"""Every other class of the facts has the name of its class of the form, and no other class has that name."""


def parts(annotation: Any) -> list[Any]:
    """What a type may be, without the marks that it carries and without None."""
    if get_origin(annotation) is Annotated:
        return parts(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return [part for inner in get_args(annotation) for part in parts(inner)]
    return [] if annotation is type(None) else [annotation]


def optional(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, types.UnionType) and type(None) in get_args(annotation)


def group_of(annotation: Any) -> type | None:
    """The class of a group, or of the entries of a list."""
    for part in parts(annotation):
        if get_origin(part) is tuple:
            return group_of(get_args(part)[0])
        if isinstance(part, type) and (issubclass(part, FormGroup) or dataclasses.is_dataclass(part)):
            return part
    return None


def shape(annotation: Any) -> str:
    """A type in words that hold for both, such as “optional int”; groups count alike, whichever class they have."""
    words = []
    for part in parts(annotation):
        if get_origin(part) is tuple:
            members = get_args(part)
            listed = len(members) == 2 and members[1] is ...
            if group_of(part) and listed:
                words.append("list of groups")
            else:
                inner = ", ".join(shape(member) for member in members if member is not ...)
                words.append(f"list of {inner}" if listed else inner)
        elif group_of(part):
            words.append("group")
        else:
            words.append("literal" if get_origin(part) is Literal else part.__name__)
    return ("optional " if optional(annotation) else "") + " or ".join(dict.fromkeys(words))


def groups(
    form: type[FormGroup], facts: type, above: str = ""
) -> Iterator[tuple[str, type[FormGroup], type]]:
    """Path, class of the form and class of the facts of every group that both have."""
    yield above, form, facts
    hints = get_type_hints(facts)
    for name, field in form.model_fields.items():
        inner, resolved = group_of(field.annotation), group_of(hints.get(name))
        if inner and resolved and issubclass(inner, FormGroup):
            yield from groups(inner, resolved, f"{above}.{name}".lstrip("."))


GROUPS = list(groups(Profile, Facts))


def fields(which: int) -> dict[str, Any]:
    """By path, the types of all fields of the form (1) or of the facts (2)."""
    typed: dict[str, Any] = {}
    for group in GROUPS:
        hints = get_type_hints(group[which], include_extras=True)
        names = group[1].model_fields if which == 1 else hints
        typed |= {f"{group[0]}.{name}".lstrip("."): hints[name] for name in names}
    return typed


FORM, FACTS = fields(1), fields(2)


def test_every_field_that_only_one_of_them_has_is_named_here() -> None:
    assert FORM.keys() - FACTS.keys() == FORM_ONLY
    assert FACTS.keys() - FORM.keys() == FACTS_ONLY


def test_every_difference_of_type_is_named_here() -> None:
    differing = {path: (shape(FORM[path]), shape(FACTS[path])) for path in FORM.keys() & FACTS.keys()}
    differing = {path: both for path, both in differing.items() if both[0] != both[1]}
    assert {
        path for path, both in differing.items() if both[0] == f"optional {both[1]}"
    } - RESHAPED.keys() == ALWAYS_KNOWN
    assert {path: both for path, both in differing.items() if path not in ALWAYS_KNOWN} == RESHAPED


def test_choices_take_the_same_words_in_both() -> None:
    for path in FORM.keys() & FACTS.keys():
        words = [
            {word for part in parts(typed[path]) if get_origin(part) is Literal for word in get_args(part)}
            for typed in (FORM, FACTS)
        ]
        assert words[1] - {""} == words[0], path


def test_a_group_has_one_name_in_both() -> None:
    assert {
        path: (form.__name__, facts.__name__)
        for path, form, facts in GROUPS
        if form.__name__ != facts.__name__
    } == (NAMED_APART)
    names = {facts.__name__: {form for _, form, other in GROUPS if other is facts} for _, _, facts in GROUPS}
    assert all(len(forms) == 1 for name, forms in names.items() if name != "StageTime")
