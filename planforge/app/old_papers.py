"""Old papers of a school: read, held against the rules, and handed back with the findings as comments."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planforge.app.opened_profile import OpenedProfile, rule_packs
from planforge.check.export import Checked
from planforge.check.finding import NAMES, Finding
from planforge.core.named_file import read_named_file
from planforge.core.office_package import open_package
from planforge.core.problems import InputError, Place, Problem
from planforge.core.unreadable import Unreadable as Unreadable
from planforge.output import write_new
from planforge.readers import SUFFIXES, OldPaper, read_paper_bytes

MARKED = "（批注，勿报送）"
"""What the name of a copy with comments ends on, so that nobody hands it in."""
_FILE = 50_000_000


def refused(file: Path, fault: Unreadable) -> Problem:
    """That a file could not be read."""
    return Problem(fault.message, Place(str(file)), found=fault.found, fix=fault.fix, code=fault.code)


def marked(data: bytes, file: str, findings: Sequence[Finding]) -> bytes:
    """A Word file with the findings as comments.

    Args:
        data: the file as it was checked.
        file: its name.
        findings: those of its check.

    Raises:
        Unreadable: it is no Word file of today.
    """
    from planforge.readers.marked_word import Remark, marked_copy
    from planforge.readers.word_text import word_paper

    package = open_package(data)
    paper = word_paper(package, file)
    remarks = [Remark(*said) for finding in findings if (said := _remark(finding, paper)) is not None]
    return marked_copy(package, paper, remarks)


def papers_in(paths: Sequence[Path]) -> list[Path]:
    """The files named, and for each folder the old papers in it, by name; hidden and temporary ones left out."""
    found: list[Path] = []
    for path in paths:
        if path.suffix.lower() in SUFFIXES or not path.is_dir():
            found.append(path)
            continue
        inside = [
            one for one in sorted(path.iterdir())
            if one.suffix.lower() in SUFFIXES and not one.name.startswith((".", "~$")) and MARKED not in one.name
        ]  # fmt: skip
        if not inside:
            fix = "写出有旧稿（.docx、.pdf 等）的文件夹，或者直接写文件名"
            problem = Problem("文件夹里没有可以检查的旧稿", Place(str(path)), fix=fix, code="papers.none")
            raise InputError([problem])
        found += inside
    return found


def write_all_marked(checked: Sequence[Checked], target: Path) -> list[Path]:
    """Write a copy of each Word paper that was checked, with the findings as comments.

    Args:
        checked: what the check found.
        target: the copy of a single paper; else a folder, where each gets a name that says it is not to be handed in.

    Raises:
        InputError: there is no Word paper, or one cannot be read any more.
        OutputError: something stands where a copy should go.
    """
    papers = [one for one in checked if Path(one.file).suffix.lower() == ".docx" and one.usable]
    if not papers:
        fix = "批注只能加在 .docx 上；其他格式先用 Word 或 WPS 另存为 .docx"
        raise InputError([Problem("没有可以加批注的 Word 文件", fix=fix, code="mark.none")])
    single = len(papers) == 1 and target.suffix.lower() == ".docx"
    made = []
    for paper in papers:
        file = Path(paper.file)
        try:
            data = marked(read_named_file(file, _FILE, "旧稿"), paper.file, paper.findings)
        except Unreadable as fault:
            raise InputError([refused(file, fault)]) from fault
        copy = target if single else target / f"{file.stem}{MARKED}.docx"
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_new(copy, data)
        made.append(copy)
    return made


def _remark(finding: Finding, paper: OldPaper) -> tuple[int, int, int, tuple[str, ...]] | None:
    place = finding.place
    if place is None or not 0 < place.line <= len(paper.pieces):
        return None
    start = max(0, place.column - 1)
    words = paper.pieces[place.line - 1].text
    length = len(finding.found) if finding.found and words.startswith(finding.found, start) else 1
    lines = [f"{NAMES[finding.severity]}：{finding.message}"]
    if finding.limit:
        lines.append(f"规定：{finding.limit}" + (f"（{finding.citation}）" if finding.citation else ""))
    if finding.remedy:
        lines.append(f"怎样改：{finding.remedy}")
    return place.line - 1, start, start + length, tuple(lines)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A piece of a paper with what was found in it. where: 第3段; text: with the number that is shown."""

    where: str
    text: str
    kind: str
    level: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CheckedPaper:
    """An old paper that was checked. findings: errors first; lines: the paper in pieces."""

    findings: tuple[Finding, ...]
    lines: tuple[PaperLine, ...]


def check_bytes(data: bytes, name: str, form: str = "") -> CheckedPaper:
    """Check a paper that somebody hands in.

    Args:
        data: the paper.
        name: of its file; its suffix tells the format.
        form: YAML text of the school's form, against which it is held; without one, what is wrong in itself is found.

    Raises:
        Unreadable: it cannot be read.
    """
    from planforge.check.text_check import check_old_paper

    paper = read_paper_bytes(data, name)
    packs, facts = rule_packs(()), None
    if form:
        with suppress(InputError):
            facts = OpenedProfile.read(form).resolved()
    day, where = (facts.term.starts, facts.school.region) if facts is not None else (date.max, None)
    found = check_old_paper(paper, facts, packs.in_force(day, where))
    by_piece: dict[int, list[Finding]] = {}
    for finding in found:
        by_piece.setdefault(finding.place.line if finding.place else 0, []).append(finding)
    lines = tuple(
        PaperLine(
            piece.where, piece.number + piece.text, piece.kind, piece.level, tuple(by_piece.get(number, ()))
        )
        for number, piece in enumerate(paper.pieces, 1)
    )
    order = {"error": 0, "warning": 1, "note": 2}
    return CheckedPaper(tuple(sorted(found, key=lambda one: order[one.severity])), lines)


def marked_bytes(data: bytes, name: str, checked: CheckedPaper) -> bytes:
    """A Word paper with its findings as comments. Raises Unreadable as `marked`."""
    return marked(data, name, checked.findings)
