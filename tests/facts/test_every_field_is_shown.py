"""The example schools show the whole form between them: what a school may write, some example writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from planforge.core.resources import profiles_root
from planforge.profile.model import Profile
from planforge.profile.profile_reader import read_profile

SHORT = "(group|approval|posts)"
"""People, who are written on one line: 陆知遥（校长）."""

ELSEWHERE = {
    # the rules' own values, which a school writes only where its own differ
    "assessment.exam_grades", "assessment.finals", "assessment.paperless_grades", "day.sleep", "day.bedtime",
    "day.in_school", "homework.bands.scope", "day.lesson_minutes", "school.region.province", "term.title",
    # what is not known of an invented school, or is of another file: a number, a rule pack, a Word file, two terms
    "bases.number", "policy", "documents.base", "term.whole_year", "schema_version",
    # choices of a shape, which docs/shapes.md shows
    "documents.numbering", "documents.sections", "documents.title", "documents.without",
    # the record of a term that has passed
    "acts.moved_to", "goals.moved_to", "events", "achievements.topic",
    "schedule.visible",
    # a change within the term, and a paper of another day than the others
    "school.renamed", "documents.day", "term.days_off", "exceptions",
    # one way of two to say the same
    "after_school.name", "after_school.weekdays", "after_school.courses.pupils", "day.periods.grades",
    "day.periods_note", "guidance.kind", "guidance.source",
}  # fmt: skip
"""What no example writes, and why not."""


def fields(model: type[BaseModel], above: str = "", seen: tuple[type, ...] = ()) -> Iterator[str]:
    """The path of every field, without the numbers of lists."""
    for name, field in model.model_fields.items():
        path = f"{above}.{name}".lstrip(".")
        parts = [one for one in models(field.annotation) if one not in seen]
        for part in parts:
            yield from fields(part, path, (*seen, part))
        if not parts:
            yield path


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The groups of fields that an annotation speaks of."""
    if isinstance(annotation, type) and get_origin(annotation) is None and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models(inner)


def test_every_field_is_written_by_some_example() -> None:
    written: set[str] = set()
    for path in profiles_root().glob("*.yaml"):
        written |= {re.sub(r"\[\d+\]", "", one) for one in read_profile(path).places}
    absent = {one for one in fields(Profile) if one not in written and not re.match(rf"{SHORT}\b", one)}
    untold = {
        one for one in absent if not any(one == known or one.startswith(f"{known}.") for known in ELSEWHERE)
    }
    assert sorted(untold) == []
    idle = {known for known in ELSEWHERE if not any(f"{one}.".startswith(f"{known}.") for one in absent)}
    assert sorted(idle) == [], "some example writes these after all"
