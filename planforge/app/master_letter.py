"""A letter that is the same for all: one master, how many to print, a picture and words for chat groups.

Most letters home are not personal. Then nothing is made a thousand times: one file is copied, each class gets as many
as it has pupils.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.app.letter_kind import MASTER, Chosen, chosen
from planforge.batch.accompanying import file
from planforge.batch.class_lists import Share, print_run, sheets_for
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

if TYPE_CHECKING:
    from planforge.check import Finding
    from planforge.writers.word import Base

FORMATS = ("docx", "pdf", "png", "txt")
NAMES = {"docx": "母版.docx", "pdf": "母版.pdf", "png": "发群长图.png", "txt": "发群文字.txt"}


@dataclass(frozen=True, slots=True)
class Master:
    """What was made. made: file names, with the new one's where an edited file was kept; lacking: what this machine
    lacks for some of them; copies: to print in all, None without a roster and sizes.
    """

    name: str
    folder: Path
    made: tuple[tuple[str, str], ...]
    lacking: tuple[str, ...]
    copies: int | None
    notices: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]


def master(
    profile: Path,
    kind: str,
    roster: Path | None,
    output: Path,
    *,
    formats: Sequence[str] = FORMATS,
    spare: int = 2,
    duplex: bool = False,
    up: int = 1,
    mapping: Mapping[str, str] | None = None,
    sheets: Collection[str] = (),
    own_templates: Sequence[Path] = (),
    base: Path | None = None,
    allow: Sequence[str] = (),
) -> Master:
    """Write a letter once, for all.

    roster: whose classes are counted for the print-run sheet; without one it is made from the numbers of the profile,
    if there are any. formats: of FORMATS. spare: copies a class gets beyond its pupils. duplex, up: how it will be
    copied, for counting sheets. The other arguments are as for `planforge.app.letters.batch`.

    Raises InputError for mistakes in the profile, roster, templates or call, its kind Stopped where the check finds
    errors, MissingPart where nothing that was asked for can be written here.
    """
    from planforge.writers.word import resaved

    if unknown := [one for one in formats if one not in FORMATS]:
        raise InputError(
            [
                Problem(
                    "没有这种格式",
                    found="、".join(unknown),
                    expected="、".join(FORMATS),
                    code="format-unknown",
                )
            ]
        )
    if spare < 0:
        raise InputError([Problem("备用份数不能是负数", found=str(spare), code="spare")])
    wanted = chosen(profile, kind, own_templates, recipients=False)
    shape = wanted.shape(wanted.kind.card.master)
    document = blank_copy(wanted.document(shape))
    found, waived = wanted.checked(shape.name, [document], allow)
    look, own = _look(wanted, shape.look, wanted.base(shape, base), document)
    paper = Paper(duplex=duplex, up=up)
    read = _roster(wanted, roster, mapping or {}, sheets)
    pages = pages_of([document], look, [])
    shares = _shares(wanted, read, spare, paper, pages, document)
    with Store(output).run(wanted.facts.school.name, wanted.facts.term.title) as held:
        folder = held.folder / safe_name(shape.name + MASTER)
        ledger = ListedFolder(folder, waived, resaved)
        files, lacking = _files(formats, document, look, own)
        if not files and lacking:
            raise MissingPart("\n".join(lacking))
        if shares:
            letter = find_look("letter", wanted.search)
            sheet = print_run(
                shape.name, shares, paper=paper, pages=pages, spare=spare, author=wanted.facts.school.name
            )
            extra = file(
                "印数单", sheet, letter, "pdf" if {NAMES["pdf"], NAMES["png"]} & files.keys() else "docx"
            )
            files[extra.name] = extra.write()
        put = ledger.put(NewFile(name, digest(data.hex()), (data,)) for name, data in files.items())
        ledger.finish()
    notices = (*wanted.reading.problems, *wanted.facts.notices, *(read.problems if read else ()))
    return Master(
        shape.name,
        ledger.folder,
        tuple((entry.name, entry.file if status == "kept" else "") for entry, status in put),
        tuple(lacking),
        sum(one.letters for one in shares) if shares else None,
        notices,
        read.left_out if read else (),
        found,
    )


def _look(wanted: Chosen, name: str, own: Base | None, document: Document) -> tuple[Look, Base | None]:
    from planforge.writers.word import on_its_page

    look = find_look(name, wanted.search)
    return fitted_for_all([document], on_its_page(look, own) if own else look, []), own


def _files(
    formats: Sequence[str], document: Document, look: Look, base: Base | None
) -> tuple[dict[str, bytes], list[str]]:
    """The master in each format, and what is lacking for some."""
    from planforge.app.render import writer
    from planforge.writers import picture, word

    files: dict[str, bytes] = {}
    lacking: list[str] = []
    for suffix in dict.fromkeys(formats):
        try:
            match suffix:
                case "png":
                    data = picture.write(document, look)
                case "docx":
                    data = word.write(document, look, base)
                case _:
                    data = writer(suffix)(document, look)
        except MissingPart as error:
            lacking.append(str(error))
            continue
        files[NAMES[suffix]] = data
    return files, list(dict.fromkeys(lacking))


def _roster(
    wanted: Chosen, roster: Path | None, mapping: Mapping[str, str], sheets: Collection[str]
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
    )


def _shares(
    wanted: Chosen, read: Roster | None, spare: int, paper: Paper, pages: int | None, document: Document
) -> list[Share]:
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
        Share(
            title, people, people + spare * classes, sheets_for(paper, people + spare * classes, pages, slip)
        )
        for title, people, classes in groups
    ]
