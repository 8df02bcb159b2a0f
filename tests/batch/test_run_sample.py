"""A few letters of each run are held against the plain way by the run itself, as a viewer reads its files."""

from __future__ import annotations

import io
from functools import cache

import pytest

from planforge.batch import plain
from planforge.batch.paper import Paper
from planforge.batch.plain import Letter
from planforge.batch.readback import Reading
from planforge.batch.sampling import drawn, pdf_agrees, word_agrees
from planforge.batch.splice import Splicer
from planforge.batch.stamp import Press
from planforge.writers.fonts import Fonts, choose
from tests.batch.letters import SIMPLE, letter, look
from tests.support.positions import signs

NAMES = ("丁一禾", "卞小舟", "买买提·阿不都", "赵喆", "Anna Li")
CLASS = [letter(name, "三（2）班", str(seat), SIMPLE) for seat, name in enumerate(NAMES, 8)]


@cache
def fonts() -> Fonts:
    return choose(look())


@cache
def printed(paper: Paper) -> bytes:
    file = io.BytesIO()
    Press(look(), fonts()).write(CLASS, file, paper)
    return file.getvalue()


def test_a_file_is_read_as_pdfium_reads_it() -> None:
    read = Reading(printed(Paper()))
    theirs = signs(printed(Paper()))
    height = 841.889764  # A4
    ours = [(page + 1, one) for page in range(len(read.pages)) for one in read.shown(page)]
    assert [(page, one.text) for page, one in ours] == [(one.page, one.text) for one in theirs]
    assert max(abs(one.x - sign.x) for (_, one), sign in zip(ours, theirs, strict=True)) < 0.01
    assert max(abs(height - one.y - sign.y) for (_, one), sign in zip(ours, theirs, strict=True)) < 0.01
    assert read.first_pages() == list(range(len(CLASS)))


@pytest.mark.parametrize("paper", [Paper(), Paper(copies=2), Paper(duplex=True)])
def test_a_letter_agrees_with_itself_and_with_no_other(paper: Paper) -> None:
    assert pdf_agrees(printed(paper), 2, CLASS[2], look(), fonts(), paper)
    assert not pdf_agrees(printed(paper), 2, CLASS[3], look(), fonts(), paper)


def test_in_another_look_it_does_not_agree() -> None:
    other = look("official")
    assert not pdf_agrees(printed(Paper()), 2, CLASS[2], other, choose(other))


def test_what_cannot_be_read_does_not_agree() -> None:
    assert not pdf_agrees(b"%PDF-1.7\nnothing", 0, CLASS[0], look(), fonts())
    assert not pdf_agrees(printed(Paper())[:-2000], 4, CLASS[4], look(), fonts())


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
