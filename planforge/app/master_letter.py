"""A letter that is the same for all: one master, how many to print, a picture and words for chat groups.

Most letters home are not personal. Then nothing is made a thousand times: one file is copied, each class gets as many
as it has pupils.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.app.letter_kind import MASTER, LetterKind, letter_kind
from planforge.app.opened_profile import OpenedProfile
from planforge.batch.accompanying import file
from planforge.batch.class_lists import ClassShare, print_run, sheets_for
from planforge.batch.options import columns, for_staff
from planforge.batch.planning import digest
from planforge.core.problems import InputError, MissingPart, Problem
from planforge.document.blank_copy import blank_copy
from planforge.document.look import Look, find_look
from planforge.document.tree import Document
from planforge.imposition.paper import Paper, slip_at
from planforge.letters.fit import fitted_for_all, pages_of
from planforge.output import Store, safe_name
from planforge.output.listed_folder import ListedFolder, NewFile
from planforge.roster import LeftOut, Roster, read_roster
from planforge.roster.fields import value_of
from planforge.roster.print_order import grouped, sorted_for_print
from planforge.writers.formats import known, suffixes, writer

if TYPE_CHECKING:
    from planforge.check import Finding
    from planforge.writers.word import BaseFile

FORMATS = suffixes("master")
NAMES = {"docx": "母版.docx", "pdf": "母版.pdf", "png": "发群长图.png", "txt": "发群文字.txt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterOrder:
    """How a letter that is the same for all is wanted.

    Attributes:
        formats: docx, pdf, png, txt.
        spare: copies a class gets beyond its pupils.
        duplex, up: how it will be copied, for counting sheets.
        mapping, sheets: as in `LetterOrder`, of the roster.
        allow: ids of rules whose errors somebody goes on with.
    """

    formats: Sequence[str] = FORMATS
    spare: int = 2
    duplex: bool = False
    up: int = 1
    mapping: Mapping[str, str] = field(default_factory=dict)
    sheets: Collection[str] = ()
    allow: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Master:
    """What was made.

    Attributes:
        folder: where it is; None where it is in memory.
        made: file names, with the new one's where an edited file was kept.
        files: by name, where they were asked for in memory.
        lacking: what this machine lacks for some of them.
        copies: to print in all, None without a roster and sizes.
    """

    name: str
    folder: Path | None
    made: tuple[tuple[str, str], ...]
    files: Mapping[str, bytes]
    lacking: tuple[str, ...]
    copies: int | None
    notices: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]


def master(
    opened: OpenedProfile, kind: str, roster: Path | None, output: Path | None, order: MasterOrder
) -> Master:
    """Write a letter once, for all.

    Args:
        opened: the school's form.
        kind: id or name of a kind with recipients.
        roster: whose classes are counted for the print-run sheet; without one it is made from the numbers of the
            form, if there are any.
        output: the folder that gets school/term/kind; None for files in memory.
        order: how it is wanted.

    Raises:
        InputError: mistakes in the form, roster, templates or call; its kind CheckFailed where the check finds errors.
        MissingPart: nothing that was asked for can be written on this machine.
        OutputError: the folder cannot be written; its kind FolderBusy where another run is at work in it.
    """
    formats = known(order.formats, "master")
    if order.spare < 0:
        raise InputError([Problem("备用份数不能是负数", found=str(order.spare), code="spare")])
    wanted = letter_kind(opened, kind, recipients=False)
    shape, facts = wanted.shape(wanted.kind.card.master), wanted.facts
    document = blank_copy(wanted.document(shape))
    base, papers, told = wanted.filled_base(shape, document, blank=True)
    dated = {shape.name: facts}
    findings, waived = opened.held_against_rules([(shape.name, document)], order.allow, dated, papers)
    look, base = _look(wanted, shape.look, base, document)
    paper = Paper(duplex=order.duplex, up=order.up)
    read = _roster(wanted, roster, order.mapping, order.sheets)
    pages = pages_of([document], look, [])
    shares = _shares(wanted, read, order.spare, paper, pages, document)
    files, lacking = _files(formats, document, look, base)
    if not files and lacking:
        raise MissingPart("\n".join(lacking))
    if shares:
        letter = find_look("letter", opened.search)
        sheet = print_run(
            shape.name, shares, paper=paper, pages=pages, spare=order.spare, author=facts.school.name
        )
        extra = file(
            "印数单", sheet, letter, "pdf" if {NAMES["pdf"], NAMES["png"]} & files.keys() else "docx"
        )
        files[extra.name] = extra.write()
    folder: Path | None = None
    made: tuple[tuple[str, str], ...] = tuple((name, "") for name in files)
    if output is not None:
        from planforge.writers.word import resaved

        with Store(output).run(facts.school.name, facts.term.title) as held:
            letters = ListedFolder(held.folder / safe_name(shape.name + MASTER), waived, resaved)
            put = letters.put(NewFile(name, digest(data.hex()), (data,)) for name, data in files.items())
            letters.finish()
        folder, files = letters.folder, {}
        made = tuple((entry.name, entry.file if status == "kept" else "") for entry, status in put)
    return Master(
        name=shape.name,
        folder=folder,
        made=made,
        files=files,
        lacking=tuple(lacking),
        copies=sum(share.letters for share in shares) if shares else None,
        notices=(*opened.reading.problems, *facts.notices, *told, *(read.problems if read else ())),
        left_out=read.left_out if read else (),
        findings=findings,
    )


def _look(
    wanted: LetterKind, name: str, own: BaseFile | None, document: Document
) -> tuple[Look, BaseFile | None]:
    from planforge.writers.word import on_its_page

    look = find_look(name, wanted.opened.search)
    return fitted_for_all([document], on_its_page(look, own) if own else look, []), own


def _files(
    formats: Sequence[str], document: Document, look: Look, base: BaseFile | None
) -> tuple[dict[str, bytes], list[str]]:
    """The master in each format, and what is lacking for some."""
    from planforge.writers import word

    files: dict[str, bytes] = {}
    lacking: list[str] = []
    for suffix in formats:
        try:
            data = word.write(document, look, base) if suffix == "docx" else writer(suffix)(document, look)
        except MissingPart as error:
            lacking.append(str(error))
            continue
        files[NAMES[suffix]] = data
    return files, list(dict.fromkeys(lacking))


def _roster(
    wanted: LetterKind, roster: Path | None, mapping: Mapping[str, str], sheets: Collection[str]
) -> Roster | None:
    if roster is None:
        return None
    card, facts = wanted.kind.card, wanted.facts
    staff = for_staff((*card.prints, *card.varies_by))
    return read_roster(
        roster,
        columns((), (), (), staff=staff),
        mapping=mapping,
        term_start=facts.term.starts,
        entry_grade=min(facts.school.grades, default=1),
        staff=staff,
        sheets=sheets,
        grades=facts.school.grades,
        sizes={size.grade: size.classes for size in facts.school.sizes if size.classes},
        schools=(facts.school.name, facts.school.short_name),
    )


def _shares(
    wanted: LetterKind, read: Roster | None, spare: int, paper: Paper, pages: int | None, document: Document
) -> list[ClassShare]:
    """What each class gets; each grade, where only the profile's numbers are known."""
    from planforge.roster import SchoolClass

    groups: list[tuple[str, int, int]] = []
    if read is not None:
        ordered = sorted_for_print(read.recipients)
        for _, members in grouped(ordered, ("class",)):
            groups.append((value_of(ordered[members[0]], "class") or "全体", len(members), 1))
    else:
        for size in wanted.facts.school.sizes:
            if size.pupils and size.classes:
                name = f"{SchoolClass(size.grade, 0)}（{size.classes}个班）"
                groups.append((name, size.pupils, size.classes))
    slip = slip_at(document)
    return [
        ClassShare(
            title, people, people + spare * classes, sheets_for(paper, people + spare * classes, pages, slip)
        )
        for title, people, classes in groups
    ]
