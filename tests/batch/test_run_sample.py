"""A few letters of each run are held against the plain way by the run itself, as a viewer reads its files."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planforge.batch import planning
from planforge.batch.sampling import PlainReference, drawn, word_agrees
from planforge.document.look import Look
from planforge.imposition.paper import SINGLE, Paper
from planforge.imposition.scaled_look import for_part, on_part
from planforge.letters import plain
from planforge.letters.plain import Letter
from planforge.letters_pdf.letter_writer import PdfLetterWriter
from planforge.letters_pdf.readback import PdfReading
from planforge.letters_word.splice import Splicer
from planforge.writers.fonts import Fonts, choose
from planforge.writers.word.package import read_parts
from tests.support.letters import SIMPLE, letter, look
from tests.support.positions import signs
from tests.support.small_letter import SMALL
from tests.support.small_runs import NAMES, files, made, people

NAMED = ("丁一禾", "卞小舟", "买买提·阿不都", "赵喆", "Anna Li")
CLASS = [letter(name, "三（2）班", str(seat), SIMPLE) for seat, name in enumerate(NAMED, 8)]


@cache
def fonts() -> Fonts:
    return choose(look())


@cache
def printed(paper: Paper) -> bytes:
    file = io.BytesIO()
    PdfLetterWriter(look(), fonts()).write(CLASS, file, paper)
    return file.getvalue()


def differing_in(
    file: bytes, letters: Mapping[int, Letter], look: Look, fonts: Fonts, paper: Paper = SINGLE
) -> list[int]:
    """Letters, by their places in a file, that it does not show as the plain way shows them."""
    return PlainReference(tuple(letters.values()), look, fonts).differing((file,), tuple(letters), paper)


def test_a_file_is_read_as_pdfium_reads_it() -> None:
    read = PdfReading(printed(Paper()))
    theirs = signs(printed(Paper()))
    height = 841.889764  # A4
    ours = [(page + 1, one) for page in range(len(read.pages)) for one in read.shown(page)]
    assert [(page, one.text) for page, one in ours] == [(one.page, one.text) for one in theirs]
    assert max(abs(one.x - sign.x) for (_, one), sign in zip(ours, theirs, strict=True)) < 0.01
    assert max(abs(height - one.y - sign.y) for (_, one), sign in zip(ours, theirs, strict=True)) < 0.01
    assert [read.first_page(place) for place in range(len(CLASS) + 1)] == list(range(len(CLASS) + 1))


@pytest.mark.parametrize("paper", [Paper(), Paper(copies=2), Paper(duplex=True)])
def test_a_letter_agrees_with_itself_and_with_no_other(paper: Paper) -> None:
    assert differing_in(printed(paper), {2: CLASS[2]}, look(), fonts(), paper) == []
    assert differing_in(printed(paper), {2: CLASS[3]}, look(), fonts(), paper) == [2]


@pytest.mark.parametrize("up", [2, 3])
def test_a_letter_agrees_where_it_lies_on_a_shared_sheet(up: int) -> None:
    part = for_part(look(), up)
    part = part.fit.steps[-1] if part.fit else part
    parted = on_part(SMALL, up)
    letters = [letter(name, "三（2）班", str(seat), parted) for seat, name in enumerate(NAMED, 8)]
    file = io.BytesIO()
    PdfLetterWriter(part, fonts()).write(letters, file, Paper(up=up))
    data = file.getvalue()
    for place, one in enumerate(letters):
        assert differing_in(data, {place: one}, part, fonts(), Paper(up=up)) == []
    moved = replace(letters[2], values={**letters[2].values, "seat": "19"})
    assert differing_in(data, {2: moved}, part, fonts(), Paper(up=up)) == [2]


def test_a_run_of_shared_sheets_is_sampled_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = for_part(look(), 2)
    plan: dict[str, Any] = {
        "formats": ("pdf",),
        "paper": Paper(up=2),
        "pdf_look": part,
        "documents": {(): on_part(SMALL, 2)},
    }
    outcome = made(tmp_path / "1", NAMES[:4], **plan)
    assert (outcome.sampled, outcome.fallbacks.total(), outcome.problems) == (3, 0, [])
    write = PdfLetterWriter.write

    def wrong(pdf_writer: PdfLetterWriter, letters: Sequence[Letter], *more: Any) -> None:
        write(pdf_writer, [replace(one, values={**one.values, "seat": "0"}) for one in letters], *more)

    monkeypatch.setattr(PdfLetterWriter, "write", wrong)
    outcome = made(tmp_path / "2", NAMES[:4], **plan)
    assert "sample-differs" in {one.code for one in outcome.problems}


def test_in_another_look_it_does_not_agree() -> None:
    other = look("official")
    assert differing_in(printed(Paper()), {2: CLASS[2]}, other, choose(other)) == [2]


def test_what_cannot_be_read_does_not_agree() -> None:
    assert differing_in(b"%PDF-1.7\nnothing", {0: CLASS[0]}, look(), fonts()) == [0]
    assert differing_in(printed(Paper())[:-2000], {4: CLASS[4]}, look(), fonts()) == [4]
    moved = printed(Paper()).replace(
        b"startxref\n", b"startxref\n1"
    )  # the table is not where it is said to be
    assert differing_in(moved, {1: CLASS[1]}, look(), fonts()) == [1]


def test_a_word_letter_agrees_part_by_part() -> None:
    made = Splicer(look()).write(CLASS[0])
    assert made != plain.word(CLASS[0], look())  # packed otherwise
    assert word_agrees(made, CLASS[0], look())
    assert not word_agrees(made, Letter(SIMPLE, {**CLASS[0].values, "seat": "9"}, ""), look())


def test_letters_are_drawn_by_what_a_run_is_made_from() -> None:
    assert drawn("a run", 100, 3) == drawn("a run", 100, 3)
    assert len({tuple(drawn(f"run {number}", 100, 3)) for number in range(20)}) > 10
    assert drawn("a run", 2, 3) == [0, 1]
    assert drawn("a run", 0, 3) == []


def test_a_run_tells_how_many_it_held_against_the_plain_way(tmp_path: Path) -> None:
    assert made(tmp_path / "1", formats=("docx",)).sampled == 3
    assert made(tmp_path / "2", NAMES[:4]).sampled == 6  # three of each format
    assert made(tmp_path / "3", NAMES[:4], formats=("pdf",)).sampled == 3
    assert made(tmp_path / "4", NAMES[:1], formats=("docx",)).sampled == 1
    assert made(tmp_path / "5", formats=("docx",), sample=0).sampled == 0
    assert made(tmp_path / "1", formats=("docx",), resume=True).sampled == 0  # nothing was made


@pytest.mark.parametrize("jobs", [1, 2])
def test_where_word_letters_differ_all_of_them_are_made_the_plain_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    write = Splicer.write

    def wrong(splicer: Splicer, one: Letter) -> bytes:
        seat = one.values["seat"]
        return write(splicer, Letter(one.document, {**one.values, "seat": seat + "0"}, one.label))

    monkeypatch.setattr(planning, "CHUNK", 4)
    monkeypatch.setattr(Splicer, "write", wrong)
    executor = ThreadPoolExecutor(jobs) if jobs > 1 else None
    outcome = made(tmp_path, formats=("docx",), executor=executor)
    (problem,) = outcome.problems
    assert problem.code == "sample-differs" and problem.place is not None
    assert not any(name in str(problem) for name in NAMES)
    assert outcome.made == {"docx": len(NAMES)}
    for number, (name, one) in enumerate(zip(NAMES, people(), strict=True)):
        file = files(tmp_path)[f"{one.class_}/{number % 15 + 1:02d}号.docx"]
        whole = plain.word(Letter(SIMPLE, one.values, ""), look())
        assert file == whole and name in read_parts(whole)["word/document.xml"].decode()


def test_where_a_page_differs_the_file_is_made_the_plain_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = PdfLetterWriter.write

    def wrong(pdf_writer: PdfLetterWriter, letters: Sequence[Letter], *more: Any) -> None:
        write(pdf_writer, [replace(one, values={**one.values, "seat": "0"}) for one in letters], *more)

    monkeypatch.setattr(PdfLetterWriter, "write", wrong)
    outcome = made(tmp_path, NAMES[:2], formats=("pdf",))
    (problem,) = outcome.problems
    assert problem.code == "sample-differs" and "PDF" in problem.message
    (file,) = (data for name, data in files(tmp_path).items() if name.endswith(".pdf"))
    shown = "".join(one.text for one in PdfReading(file).shown(1))
    assert "座号：2" in shown and NAMES[1] in shown


def test_where_the_fast_way_breaks_the_plain_way_takes_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> bytes:
        raise AssertionError("a bug of ours")

    monkeypatch.setattr(Splicer, "write", broken)
    monkeypatch.setattr(PdfLetterWriter, "write", broken)
    outcome = made(tmp_path, NAMES[:2])
    assert (outcome.made, outcome.problems) == ({"docx": 2, "pdf": 1}, [])
    assert outcome.sampled == 0  # nothing was compared
    assert outcome.fallbacks.total() == 4
    for reason in outcome.fallbacks:
        assert "AssertionError" in reason and re.search(r"\w+\.py:\d+", reason)
        assert "a bug of ours" not in reason  # its words may hold a name


def test_letters_that_the_fast_way_cannot_make_are_counted_and_not_said_to_agree(tmp_path: Path) -> None:
    names = ("丁一禾", "丁\u2028禾", "卞小舟", "甘雨桐")  # no font has a character for the second
    merged = made(tmp_path / "1", names, formats=("pdf",))
    assert (sum(merged.fallbacks.values()), merged.sampled) == (4, 0)  # one file of all
    single = made(tmp_path / "2", names, formats=("pdf",), merge={"docx": "each", "pdf": "each"}, sample=4)
    assert (sum(single.fallbacks.values()), single.sampled) == (4, 0)
    fine = made(tmp_path / "3", names[:1], formats=("pdf",))
    assert (fine.fallbacks, fine.sampled) == ({}, 1)
    for outcome in (merged, single):
        (reason,) = outcome.fallbacks
        assert reason == "有字在所用的字体里都没有" and not outcome.problems
