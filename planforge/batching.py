"""The way through the house for letters: a profile, a kind and a roster become a letter for each recipient."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.batch.asking import Asked, asked, columns, for_staff
from planforge.batch.extras import Lists, Wanted
from planforge.batch.fit import fitted_for_all, fitted_on_part, pages_of
from planforge.batch.order import select
from planforge.batch.paper import Paper
from planforge.batch.planning import Plan
from planforge.batch.roster import LeftOut, Reckoning, Roster, read_roster
from planforge.batch.run import Outcome, Progress, expunge, run
from planforge.batch.slips import has_slip, slips_only
from planforge.batch.work import Suffix
from planforge.build import read_facts, rules, template_search
from planforge.document.look import Look, find_look
from planforge.document.tree import Document
from planforge.documents import asked as asked_kinds
from planforge.problems import InputError, Place, Problem

if TYPE_CHECKING:
    from planforge.check import Finding
    from planforge.compose import Kind, Shape
    from planforge.facts.model import Facts
    from planforge.profile import Reading
    from planforge.writers.word import Base


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
    merge: str | Sequence[str] = "",
    where: Mapping[str, Sequence[str]] | None = None,
    sort: Sequence[str] = (),
    copies: int = 1,
    duplex: bool = False,
    up: int = 1,
    slips: bool = False,
    named: bool = False,
    lists: Lists = "none",
    mapping: Mapping[str, str] | None = None,
    sheets: Collection[str] = (),
    own_templates: Sequence[Path] = (),
    base: Path | None = None,
    allow: Sequence[str] = (),
    jobs: int = 0,
    executor: Executor | None = None,
    resume: bool = False,
    prune: bool = False,
    progress: Progress | None = None,
) -> Batch:
    """Write a kind's letters to everybody on a roster.

    kind: id or name of a kind with recipients; if the profile lists it, in the shape listed. merge: which files:
    `each` letter its own, `all` in one, or one for all who agree in a field (`class`, 班级, 社团) or several; where
    nothing is asked, PDF one a class and Word one a letter. where: field → values, for a few of them. sort: fields
    to go by before class and seat number. copies, duplex, up: the paper, as in `planforge.batch.paper`; slips: only
    the slips. named: the files of single letters bear names. lists: papers that go with the letters, as in
    `planforge.batch.extras`. base, allow: as for `planforge.build.build`. mapping,
    sheets: as for `read_roster`. jobs, executor, resume, prune, progress: as for `planforge.batch.run.run`.

    Rows that cannot be read get no letter and stand among the outcome's problems. Raises InputError for
    mistakes in the profile, templates or call, its kind Stopped where the check finds errors.
    """
    chosen, shape, facts, reading, search = _chosen(profile, kind, own_templates)
    card = chosen.card
    staff = for_staff((*card.prints, *card.varies_by))
    call = asked(
        formats, merge, where or {}, sort, Paper(copies, duplex, up), slips=slips, named=named, staff=staff
    )
    reckoning = Reckoning(facts.term.starts, min(facts.school.grades, default=1))
    read = read_roster(
        roster,
        columns(card.prints, card.varies_by, call.fields(), staff=staff),
        mapping=mapping or {},
        term_start=reckoning.term_start,
        entry_grade=reckoning.entry_grade,
        staff=staff,
        sheets=sheets,
    )
    if not read.recipients:
        raise InputError(read.problems or [Problem("没有要发的人", Place(str(roster)), code="nobody")])
    selected = select(read.recipients, call.where, reckoning)
    if selected.problems:
        raise InputError(selected.problems)
    values = [one.values for one in read.recipients]
    documents = _documents(chosen, facts, shape, values)
    found = _checked(reading, facts, profile, shape.name, documents.values(), allow)
    if slips:
        documents = {key: slips_only(one) for key, one in documents.items() if has_slip(one)}
        if not documents:
            fix = f"在信息表的 documents 里给它开出带回执的选项；有哪些选项：planforge templates {shape.name}"
            raise InputError([Problem(f"{shape.name}没有回执", fix=fix, code="no-slip")])
    recipients = [
        one
        for one in selected.recipients
        if tuple(one.values.get(name, "") for name in card.varies_by) in documents
    ]
    plan = _planned(call, shape, facts, card.varies_by, documents, values, search, base)
    if lists != "none" and not call.where:
        plan = replace(plan, extras=_extras(plan, call, lists, values, find_look("letter", search)).files)
    outcome = run(
        plan, recipients, output, jobs=jobs, executor=executor, resume=resume, prune=prune, progress=progress
    )
    outcome.problems[:0] = read.errors
    return Batch(plan.name, outcome, _notices(reading, facts, read, call, plan), read.left_out, found)


def _planned(
    call: Asked,
    shape: Shape,
    facts: Facts,
    varies_by: tuple[str, ...],
    documents: Mapping[tuple[str, ...], Document],
    values: Sequence[Mapping[str, str]],
    search: Sequence[Path],
    base: Path | None,
) -> Plan:
    from planforge.writers.word import on_its_page

    look = find_look(shape.look, search)
    own = _base(shape, look, base)
    look = on_its_page(look, own) if own else look
    composed = list(documents.values())
    parted = fitted_on_part(composed, look, values, call.paper.up) if call.paper.up > 1 else None
    whole = parted is None or "docx" in call.formats
    return Plan(
        f"{shape.name}回执" if call.slips else shape.name,
        facts.school.name,
        facts.term.title,
        documents,
        varies_by,
        fitted_for_all(composed, look, values) if whole else look,
        call.formats,
        call.merge,
        bool(call.where),
        parted,
        own,
        call.paper,
        call.sort,
        call.named,
    )


def _extras(plan: Plan, call: Asked, lists: Lists, values: Sequence[Mapping[str, str]], look: Look) -> Wanted:
    """The papers that go with the letters: PDF for the printer, where there is one."""
    documents = tuple(dict.fromkeys(plan.documents.values()))
    suffix: Suffix = "pdf" if "pdf" in plan.formats else "docx"
    pages = pages_of(documents, plan.pdf_look or plan.look, values)
    merge = plan.merge[suffix] if not call.slips else plan.merge["pdf"]
    return Wanted(plan.name, lists, documents, merge, plan.paper, pages, look, suffix, plan.school)


def _notices(reading: Reading, facts: Facts, read: Roster, call: Asked, plan: Plan) -> tuple[Problem, ...]:
    """What the person should know: of the profile, the roster, and of what a format cannot do."""
    own = []
    if "docx" in call.formats and call.paper.up > 1:
        own.append("Word 里一页就是一份；几份拼一张纸、裁开以后按座号叠好，只在 PDF 里做")
    if "docx" in call.formats and plan.merge["docx"] == "each" and call.paper.copies > 1:
        own.append("Word 一人一个文件，每个文件里是一份；要几份，请打印时选份数，或用 PDF")
    told = [Problem(text, code="word-cannot", severity="notice") for text in own]
    roster = (one for one in read.problems if one.severity != "error")
    return (*reading.problems, *facts.notices, *roster, *told)


def _checked(
    reading: Reading,
    facts: Facts,
    profile: Path,
    name: str,
    documents: Collection[Document],
    allow: Sequence[str],
) -> tuple[Finding, ...]:
    """What the check finds in the letters. Raises Stopped where that are errors which nobody has allowed."""
    from planforge.check import Stopped, allowed, check_school, unknown

    packs = rules(tuple(profile.parent / path for path in reading.profile.policy))
    if slips := unknown(allow, packs):
        raise InputError(slips)
    found = check_school(reading, facts, packs, [(name, one) for one in documents])
    waived = allowed(found, allow)
    if any(one.severity == "error" and one not in waived for one in found):
        raise Stopped(found)
    return found


def _base(shape: Shape, look: Look, base: Path | None) -> Base | None:
    from planforge.writers.word import read_base

    named = shape.base or (str(base) if base else look.base)
    return read_base(Path(named)) if named else None


def remove(
    profile: Path, kind: str, output: Path, own_templates: Sequence[Path] = ()
) -> tuple[int, list[str]]:
    """Remove what runs of a kind have made, files that somebody has edited apart; how many, and what was kept."""
    _, shape, facts, _, _ = _chosen(profile, kind, own_templates)
    removed, kept = 0, list[str]()
    for name in (shape.name, f"{shape.name}回执"):
        count, edited = expunge(name, facts.school.name, facts.term.title, output)
        removed, kept = removed + count, [*kept, *edited]
    return removed, kept


def _chosen(
    profile: Path, word: str, own_templates: Sequence[Path]
) -> tuple[Kind, Shape, Facts, Reading, tuple[Path, ...]]:
    from planforge.compose import choose, find_kinds

    search = template_search(own_templates, profile)
    facts, reading = read_facts(profile)
    problems: list[Problem] = []
    found = asked_kinds(find_kinds(search), reading, [word], problems)
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
