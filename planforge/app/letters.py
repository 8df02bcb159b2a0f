"""Letters: a form, a kind and a roster become a letter for each recipient, in a folder or in memory."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.app.letter_kind import MASTER, SLIPS, LetterKind, letter_kind
from planforge.app.letterhead_places import too_many_heads
from planforge.app.missing_values import missing_values
from planforge.app.opened_profile import OpenedProfile
from planforge.batch.accompanying import AccompanyingFiles, ListChoice
from planforge.batch.options import BatchRequest, batch_request, columns, for_staff
from planforge.batch.planning import Plan
from planforge.batch.run import Outcome, expunge, run
from planforge.batch.unit import Suffix
from planforge.core.problems import InputError, Place, Problem
from planforge.document.look import Look, find_look
from planforge.document.tree import Document
from planforge.imposition.paper import Paper, slips_at
from planforge.imposition.scaled_look import on_part
from planforge.letters.fit import fitted_for_all, fitted_on_part, pages_of
from planforge.letters.slips import has_slip, slips_only
from planforge.output import safe_name
from planforge.roster import ClassCount, LeftOut, Recipient, Reckoning, Roster, SheetReading, read_roster
from planforge.roster.fields import LAYER
from planforge.roster.print_order import parse_where, select
from planforge.roster.signing_pairs import CHOICES, FIELDS, TITLES, by_layer, each_class
from planforge.writers.formats import suffixes

if TYPE_CHECKING:
    from planforge.check import Finding
    from planforge.compose import Shape
    from planforge.writers.word import BaseFile

__all__ = ["FORMATS", "Batch", "LetterOrder", "RunOptions", "Suffix", "batch", "parse_where", "remove"]

FORMATS = suffixes("letters")
_log = logging.getLogger("planforge.letters")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOrder:
    """Which letters are wanted: to whom, into which files, on what paper.

    Attributes:
        formats: docx, pdf.
        merge: which files: `each` letter its own, `all` in one, or one for all who agree in a field (`class`,
            班级, 社团) or several; where nothing is asked, PDF one a class and Word one a letter.
        where: field → values, for a few of the recipients.
        sort: fields to go by before class and seat number.
        copies: of each letter.
        duplex: on both sides, each letter begins a new leaf.
        up: letters on a side (1, 2, 3).
        slips: only the slips.
        named: files of single letters bear names.
        lists: papers that go with the letters: `none`; `auto`, lists to tick returned slips off; `sign`, a
            list to sign even where there is no slip.
        mapping: field → heading of the roster.
        sheets: names of the roster's sheets to read, all where empty.
        allow: ids of rules whose errors somebody goes on with.
        allow_blank: where the roster lacks a printed value, a blank to write in is wanted.
    """

    formats: Sequence[Suffix] = ("docx", "pdf")
    merge: str | Sequence[str] = ""
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: Sequence[str] = ()
    copies: int = 1
    duplex: bool = False
    up: int = 1
    slips: bool = False
    named: bool = False
    lists: ListChoice = "none"
    mapping: Mapping[str, str] = field(default_factory=dict)
    sheets: Collection[str] = ()
    allow: Sequence[str] = ()
    allow_blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How letters are made.

    Attributes:
        jobs: processes of our own, 0 for as many as pay.
        executor: any other way to have the work done.
        resume: leave what stands there as it would be made now.
        prune: remove unedited files of earlier runs for which the roster has nobody any more.
        progress: told the letters done and all letters.
        cancel: asked between files whether to stop.
    """

    jobs: int = 0
    executor: Executor | None = None
    resume: bool = False
    prune: bool = False
    progress: Callable[[int, int], None] | None = None
    cancel: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch did.

    Attributes:
        notices: of the roster and profile.
        left_out: rows that get no letter, and why.
        counts: the people of each class on the roster and their letters, none where letters do not go to each
            of them.
        unread: sheets that were not read.
    """

    name: str
    outcome: Outcome
    notices: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]
    counts: tuple[ClassCount, ...] = ()
    unread: tuple[SheetReading, ...] = ()

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files by name, where they were asked for in memory; else nothing."""
        return self.outcome.files


def batch(
    opened: OpenedProfile,
    kind: str,
    roster: Path,
    output: Path | None,
    order: LetterOrder,
    how: RunOptions,
) -> Batch:
    """Write a kind's letters to everybody on a roster.

    Rows that cannot be read get no letter and stand among the outcome's problems.

    Args:
        opened: the school's form.
        kind: id or name of a kind with recipients; if the form lists it, in the shape listed.
        roster: .xlsx, .xls or .csv.
        output: the folder that gets school/term/kind; None for files in memory.
        order: which letters are wanted.
        how: how they are made.

    Raises:
        InputError: mistakes in the form, templates or call; its kind CheckFailed where the check finds errors.
        OutputError: the folder cannot be written; its kind FolderBusy where another run is at work in it.
    """
    wanted = letter_kind(opened, kind)
    shape, facts, card = wanted.shape(), wanted.facts, wanted.kind.card
    staff, layers = for_staff((*card.prints, *card.varies_by)), bool(card.layers)
    call = batch_request(
        formats=order.formats,
        merge=order.merge,
        where=order.where,
        sort=order.sort,
        paper=Paper(order.copies, order.duplex, order.up),
        slips=order.slips,
        named=order.named,
        staff=staff,
        layers=layers,
    )
    reckoning = Reckoning(facts.term.starts, min(facts.school.grades, default=1))
    own, _, _ = wanted.filled_base(shape, Document("", "", ()), staff=staff)
    prints = (*card.prints, *(own.fields if own else ()))
    read = read_roster(
        roster,
        columns(prints, card.varies_by, call.fields(), staff=staff, looked_at=FIELDS if layers else ()),
        mapping=order.mapping,
        term_start=reckoning.term_start,
        entry_grade=reckoning.entry_grade,
        staff=staff,
        sheets=order.sheets,
        grades=facts.school.grades,
        sizes={size.grade: size.classes for size in facts.school.sizes if size.classes},
        schools=(facts.school.name, facts.school.short_name),
    )
    if not read.recipients:
        raise InputError(read.problems or [Problem("没有要发的人", Place(str(roster)), code="nobody")])
    everybody, untold = _recipients(wanted, read.recipients, reckoning)
    selected = select(everybody, call.where, reckoning)
    if selected.problems:
        raise InputError(selected.problems)
    values = [recipient.values for recipient in everybody]
    varies_by = (*card.varies_by, LAYER, *CHOICES) if layers else card.varies_by
    documents = _documents(wanted, varies_by, values)
    first = next(iter(documents.values()))
    own, papers, told = wanted.filled_base(shape, first, staff=staff, formats=call.formats)
    findings, waived = opened.held_against_rules(
        [(shape.name, document) for document in documents.values()], order.allow, {shape.name: facts}, papers
    )
    if order.slips:
        documents = {key: slips_only(document) for key, document in documents.items() if has_slip(document)}
        if not documents:
            fix = f"在信息表的 documents 里给它开出带回执的选项；有哪些选项：planforge templates {shape.name}"
            raise InputError([Problem(f"{shape.name}没有回执", fix=fix, code="no-slip")])
    recipients = [
        recipient
        for recipient in selected.recipients
        if tuple(recipient.values.get(name, "") for name in varies_by) in documents
    ]
    plan = _planned(call, shape, wanted, varies_by, documents, values, own)
    plan = replace(plan, allowed=waived)
    if order.lists != "none" and not call.where:
        look = find_look("letter", opened.search)
        plan = replace(plan, extras=_extras(plan, call, order.lists, values, look).files)
    blank = missing_values(recipients, documents, varies_by, staff=staff, allowed=order.allow_blank)
    if "docx" in call.formats and own and own.fields:
        blank += too_many_heads(own.fields, recipients, plan.merge["docx"])
    if any(problem.severity == "error" for problem in blank):
        raise InputError(blank)
    outcome = run(
        plan,
        recipients,
        output,
        jobs=how.jobs,
        executor=how.executor,
        resume=how.resume,
        prune=how.prune,
        progress=how.progress,
        cancel=how.cancel,
    )
    outcome.problems[:0] = [*read.errors, *(problem for problem in untold if problem.severity == "error")]
    notices = [*told, *blank, *(problem for problem in untold if problem.severity != "error")]
    each = everybody == list(read.recipients)  # a letter for each person, and not for layers or classes
    _log.info("made %d letters as %s", outcome.letters, ", ".join(order.formats))
    return Batch(
        plan.name,
        outcome,
        (*_notices(wanted, read, call, plan), *notices),
        read.left_out,
        findings,
        read.reconciled(recipients) if each else (),
        read.unread,
    )


def _planned(
    call: BatchRequest,
    shape: Shape,
    wanted: LetterKind,
    varies_by: tuple[str, ...],
    documents: Mapping[tuple[str, ...], Document],
    values: Sequence[Mapping[str, str]],
    own: BaseFile | None,
) -> Plan:
    from planforge.writers.word import on_its_page

    look = find_look(shape.look, wanted.opened.search)
    look = on_its_page(look, own) if own else look
    composed = list(documents.values())
    parted = (
        fitted_on_part(
            [on_part(document, call.paper.up) for document in composed], look, values, call.paper.up
        )
        if call.paper.up > 1
        else None
    )
    whole = parted is None or "docx" in call.formats
    return Plan(
        name=shape.name + SLIPS if call.slips else shape.name,
        school=wanted.facts.school.name,
        term=wanted.facts.term.title,
        documents=documents,
        varies_by=varies_by,
        look=fitted_for_all(composed, look, values) if whole else look,
        formats=call.formats,
        merge=call.merge,
        some=bool(call.where),
        pdf_look=parted,
        base=own,
        paper=call.paper,
        sort=call.sort,
        named=call.named,
    )


def _extras(
    plan: Plan, call: BatchRequest, lists: ListChoice, values: Sequence[Mapping[str, str]], look: Look
) -> AccompanyingFiles:
    """The papers that go with the letters: PDF for the printer, where there is one."""
    documents = tuple(dict.fromkeys(plan.documents.values()))
    suffix: Suffix = "pdf" if "pdf" in plan.formats else "docx"
    pages = pages_of(documents, plan.pdf_look or plan.look, values)
    merge = plan.merge[suffix] if not call.slips else plan.merge["pdf"]
    return AccompanyingFiles(
        letter=plan.name,
        lists=lists,
        documents=documents,
        merge=merge,
        paper=plan.paper,
        pages=pages,
        look=look,
        suffix=suffix,
        author=plan.school,
    )


def _notices(wanted: LetterKind, read: Roster, call: BatchRequest, plan: Plan) -> tuple[Problem, ...]:
    """What the person should know: of the profile, the roster, and of what a format cannot do."""
    own = []
    if "docx" in call.formats and call.paper.up > 1:
        own.append("Word 里一页就是一份；几份拼一张纸、裁开以后按座号叠好，只在 PDF 里做")
    if "docx" in call.formats and plan.merge["docx"] == "each" and call.paper.copies > 1:
        own.append("Word 一人一个文件，每个文件里是一份；要几份，请打印时选份数，或用 PDF")
    documents = list(dict.fromkeys(plan.documents.values()))
    joined = "docx" in call.formats and plan.merge["docx"] != "each"
    slips = joined and call.paper.duplex and slips_at(documents) != "none"
    if slips and pages_of(documents, plan.look, [recipient.values for recipient in read.recipients]) != 1:
        own.append("Word 不知道回执会落在哪一页，双面打印时它可能在背面；要剪下回执的，请印 PDF")
    format_notices = [Problem(text, code="word-cannot", severity="notice") for text in own]
    roster = (problem for problem in read.problems if problem.severity != "error")
    return (*wanted.opened.reading.problems, *wanted.facts.notices, *roster, *format_notices)


@dataclass(frozen=True, slots=True)
class Removed:
    """What became of a kind's files.

    Attributes:
        count: files that were removed.
        kept: names of those that somebody has edited.
        unknown: files that still lie in the kind's folders and stand in no list of ours.
        elsewhere: folders of that kind under other names of the school or other terms.
    """

    count: int
    kept: tuple[str, ...]
    unknown: tuple[Path, ...]
    elsewhere: tuple[Path, ...]


def remove(opened: OpenedProfile, kind: str, output: Path) -> Removed:
    """Remove what runs of a kind have made, and look for what still lies there.

    Raises:
        InputError: there is no such kind, or the form cannot be used.
        OutputError: the folder cannot be written; its kind FolderBusy where another run is at work in it.
    """
    wanted = letter_kind(opened, kind, recipients=False)
    name, facts = wanted.shape().name, wanted.facts
    removed, kept = 0, list[str]()
    names = (name, name + SLIPS, name + MASTER)
    for folder in names:
        count, edited = expunge(folder, facts.school.name, facts.term.title, output)
        removed, kept = removed + count, [*kept, *edited]
    own = output / safe_name(facts.school.name) / safe_name(facts.term.title)
    wanted_names = {safe_name(folder) for folder in names}
    unknown: list[Path] = []
    elsewhere: list[Path] = []
    edited_names = {Path(file).name for file in kept}
    for there in sorted(output.glob("*/*/*")):
        if there.name not in wanted_names or not there.is_dir():
            continue
        if there.parent == own:
            files = (path for path in sorted(there.rglob("*")) if path.is_file())
            unknown += [path for path in files if path.name not in edited_names]
        else:
            elsewhere.append(there)
    return Removed(removed, tuple(kept), tuple(unknown), tuple(elsewhere))


def _recipients(
    wanted: LetterKind, people: Sequence[Recipient], reckoning: Reckoning
) -> tuple[list[Recipient], list[Problem]]:
    """Who gets a letter: everybody on the roster; at each layer those who sign there; or each class once."""
    card = wanted.kind.card
    if card.layers:
        level = str(wanted.shape().options[card.layers]) if wanted.given(card.layers) else ""
        group = wanted.facts.group
        known = [person for person in (*group.heads, *group.deputies, *group.members) if person.name]
        duties = {person.name: person.duty for person in known if person.duty}
        posts = {person.name: person.post for person in known if person.post}
        signers, untold = by_layer(people, reckoning, level, duties, posts)
        if not signers:
            message = "花名册里看不出谁同谁签：没有副校长、年级组长、班主任，也没有任教班级"
            raise InputError(untold or [Problem(message, Place(people[0].place.file), code="no-layers")])
        return signers, untold
    if {*card.prints, *card.varies_by} <= {"class", "grade"} and card.prints:
        classes = list(each_class(people))
        if not classes:
            fix = "花名册里要有“班级”一列，或在标题、工作表的名称里写明班级"
            raise InputError(
                [Problem(f"{card.name}每个班一份，花名册里没有班级", fix=fix, code="no-classes")]
            )
        return classes, []
    return list(people), []


def _documents(
    wanted: LetterKind, varies_by: Sequence[str], values: Sequence[Mapping[str, str]]
) -> dict[tuple[str, ...], Document]:
    """One composition for each combination of the values that the text varies by."""
    composed: dict[tuple[str, ...], Document] = {}
    levels = {title: key for key, title in TITLES.items()}
    for row in values:
        key = tuple(row.get(name, "") for name in varies_by)
        if key not in composed:
            level = levels.get(row.get(LAYER, ""))
            there = {option.id for option in wanted.kind.card.options}
            options = {name: row[name] for name in CHOICES if row.get(name) and name in there}
            shape = wanted.shape({wanted.kind.card.layers: level, **options} if level else None)
            apart = (LAYER, *CHOICES)
            known = {name: value for name, value in zip(varies_by, key, strict=True) if name not in apart}
            composed[key] = wanted.document(shape, known)
    return composed
