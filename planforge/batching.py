"""The way through the house for letters: a profile, a kind and a roster become a letter for each recipient."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.batch.filling import fields_of
from planforge.batch.order import Selection, select
from planforge.batch.planning import Merge, Plan
from planforge.batch.roster import PUPIL_COLUMNS, STAFF_COLUMNS, LeftOut, Reckoning, columns_for, read_roster
from planforge.batch.run import Outcome, Progress, expunge, run
from planforge.batch.work import Suffix
from planforge.build import read_facts, rules, template_search
from planforge.document.look import Look, find_look
from planforge.document.tree import Document
from planforge.documents import asked
from planforge.problems import InputError, MissingPart, Problem

if TYPE_CHECKING:
    from planforge.check import Finding
    from planforge.compose import Kind, Shape
    from planforge.facts.model import Facts
    from planforge.profile import Reading

_STAFF_ONLY = {column.field for column in STAFF_COLUMNS} - {column.field for column in PUPIL_COLUMNS}


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch did. notices: of the roster and profile; left_out: rows that get no letter, and why."""

    name: str
    outcome: Outcome
    notices: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]


def batch(
    profile: Path,
    kind: str,
    roster: Path,
    output: Path,
    *,
    formats: Sequence[Suffix] = ("docx", "pdf"),
    merge: Merge = "class",
    where: Mapping[str, Sequence[str]] | None = None,
    mapping: Mapping[str, str] | None = None,
    sheets: Collection[str] = (),
    own_templates: Sequence[Path] = (),
    jobs: int = 1,
    executor: Executor | None = None,
    resume: bool = False,
    progress: Progress | None = None,
) -> Batch:
    """Write a kind's letters to everybody on a roster.

    kind: id or name of a kind with recipients; if the profile lists it, in the shape listed. merge: which PDF
    files: one for each letter, class, or one for all; Word files are one a letter. where: field → values,
    for a few of them. mapping, sheets: as for `read_roster`. jobs, executor, resume, progress: as for
    `planforge.batch.run.run`.

    Rows that cannot be read get no letter and stand among the outcome's problems. Raises InputError for
    mistakes in the profile, templates or call, its kind Stopped where the check finds errors.
    """
    from planforge.check import Stopped, check_school

    chosen, shape, facts, reading, search = _chosen(profile, kind, own_templates)
    card = chosen.card
    wanted = dict.fromkeys(("name", "class", "seat", *card.prints, *card.varies_by))
    staff = bool(_STAFF_ONLY & wanted.keys())
    if staff and "class" not in (*card.prints, *card.varies_by):
        del wanted["class"]
    columns = tuple(
        replace(one, optional=True) if one.field == "seat" and "seat" not in card.prints else one
        for one in columns_for(wanted, staff=staff)
    )
    entry_grade, starts = min(facts.school.grades, default=1), facts.term.starts
    read = read_roster(
        roster, columns, mapping=mapping or {}, term_start=starts, entry_grade=entry_grade, staff=staff, sheets=sheets
    )  # fmt: skip
    if not read.recipients:
        raise InputError(read.problems or [Problem(f"{roster} 里没有要发的人", code="nobody")])
    selection = Selection(read.recipients)
    if where:
        selection = select(read.recipients, where, Reckoning(starts, entry_grade))
        if selection.problems:
            raise InputError(selection.problems)
    documents = _documents(chosen, facts, shape, [one.values for one in read.recipients])
    packs = rules(tuple(profile.parent / path for path in reading.profile.policy))
    found = check_school(reading, facts, packs, [(shape.name, one) for one in documents.values()])
    if any(one.severity == "error" for one in found):
        raise Stopped(found)
    plan = Plan(
        shape.name,
        facts.school.name,
        facts.term.title,
        documents,
        card.varies_by,
        _fitted(
            list(documents.values()),
            find_look(shape.look, search),
            [one.values for one in read.recipients],
        ),
        tuple(dict.fromkeys(formats)),
        merge,
        bool(where),
    )
    outcome = run(
        plan, selection.recipients, output, jobs=jobs, executor=executor, resume=resume, progress=progress
    )
    outcome.problems[:0] = read.errors
    notices = tuple(one for one in read.problems if one.severity != "error")
    return Batch(shape.name, outcome, (*reading.problems, *facts.notices, *notices), read.left_out, found)


def remove(
    profile: Path, kind: str, output: Path, own_templates: Sequence[Path] = ()
) -> tuple[int, list[str]]:
    """Remove what runs of a kind have made, files that somebody has edited apart; how many, and what was kept."""
    _, shape, facts, _, _ = _chosen(profile, kind, own_templates)
    return expunge(shape.name, facts.school.name, facts.term.title, output)


def _chosen(
    profile: Path, word: str, own_templates: Sequence[Path]
) -> tuple[Kind, Shape, Facts, Reading, tuple[Path, ...]]:
    from planforge.compose import choose, find_kinds

    search = template_search(own_templates, profile)
    facts, reading = read_facts(profile)
    problems: list[Problem] = []
    found = asked(find_kinds(search), reading, [word], problems)
    if problems:
        raise InputError(problems)
    kind, choices = found[0]
    if kind.card.audience != "recipient":
        raise InputError(
            [
                Problem(
                    f"{kind.card.name}不是一人一份的文件",
                    fix="用 planforge build 生成；一人一份的种类见 planforge templates",
                    code="not-for-recipients",
                )
            ]
        )
    return kind, choose(kind, choices), facts, reading, search


def _documents(
    kind: Kind, facts: Facts, shape: Shape, values: Sequence[Mapping[str, str]]
) -> dict[tuple[str, ...], Document]:
    """One composition for each combination of the values that the text varies by."""
    from planforge.compose import compose

    found: dict[tuple[str, ...], Document] = {}
    problems: list[Problem] = []
    names = kind.card.varies_by
    for one in values:
        key = tuple(one.get(name, "") for name in names)
        if key in found:
            continue
        try:
            found[key] = compose(kind, facts, shape, recipient=dict(zip(names, key, strict=True))).document
        except InputError as error:
            problems += error.problems
            break
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    return found


def _fitted(documents: Sequence[Document], look: Look, values: Sequence[Mapping[str, str]]) -> Look:
    """The look in which the widest letter of all holds on its page: one for the whole run."""
    if look.fit is None:
        return look
    from planforge.writers.pdf.fitting import fitted, tightest

    steps = [look, *(one for one in look.fit.steps)]
    chosen = 0
    for document in documents:
        names = {field.name for field in fields_of(document)}
        widest = {name: max((one.get(name, "") for one in values), key=len, default="") for name in names}
        try:
            chosen = max(chosen, steps.index(fitted(document, look, widest=widest)))
        except MissingPart:
            return tightest(look)
    return steps[chosen]
