"""Values that a letter prints and the roster lacks: told before anything is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planforge.core.problems import Problem, Severity
from planforge.document.tree import Document
from planforge.letters.filling import fields_of
from planforge.roster import Recipient
from planforge.roster.fields import title_of
from planforge.roster.gathering import cells_of


def missing_values(
    recipients: Sequence[Recipient],
    documents: Mapping[tuple[str, ...], Document],
    varies_by: Sequence[str],
    *,
    staff: bool,
    allowed: bool,
) -> list[Problem]:
    """Each printed field that is empty for somebody, with the cells.

    Args:
        recipients: who gets a letter.
        documents: what they get, by the values that the text varies by.
        varies_by: the fields of these values.
        staff: whether they are teachers.
        allowed: whether a blank to write in by hand is wanted there: notices then, mistakes else.
    """
    printed = {key: {field.name for field in fields_of(document)} for key, document in documents.items()}
    lacking: dict[str, list[Recipient]] = {}
    for recipient in recipients:
        key = tuple(recipient.values.get(name, "") for name in varies_by)
        for field in sorted(printed.get(key, ())):
            if not recipient.values.get(field):
                lacking.setdefault(field, []).append(recipient)
    fix = "" if allowed else "补上再印；要留着空格手写，加 --allow-blank"
    problems = []
    for field, people in lacking.items():
        places = [recipient.place_of(field) for recipient in people]
        title = title_of(field, staff=staff)
        message = f"信上要印“{title}”，{len(people)} 人没有：{cells_of(places)}"
        severity: Severity = "notice" if allowed else "error"
        problems.append(Problem(message, places[0], title, fix=fix, code="value.blank", severity=severity))
    return problems
