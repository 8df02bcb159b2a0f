"""What holds of every kind for every example school: nothing empty, nothing twice, as long as its card says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from planforge.app.render import Job, write_one
from planforge.compose import Composition, compose
from planforge.core.resources import templates_root
from planforge.document.blank_copy import blank_copy
from planforge.document.look import find_look
from planforge.document.tree import Block, Document, Item, NumberedList, Paragraph, Table, plain
from tests.support import faithful
from tests.support.ways import build
from tests.templates.composed import FULL, SCHOOLS, own, school
from tests.templates.recipient_kinds import ONE_PAGE, body, kinds, made

FORMS = frozenset(
    {
        "approval_sheet", "club_application", "filing_contents", "homework_board", "hotline_register",
        "inspection_record", "leading_group_list", "meeting_record", "parent_questionnaire",
    }
)  # fmt: skip
"""To be filled in by hand: their cells stand empty on purpose. A list of a group has rows for who comes in."""
TEXTS = tuple(sorted(set(kinds()) - FORMS))
MEASURED = tuple(sorted(set(kinds()) - {"work_plan", "implementation_scheme", *ONE_PAGE}))
"""The others are laid out in every look and with the longest values by tests of their own."""
PAIRS = [(kind, name) for kind in TEXTS for name in SCHOOLS]


def usual(kind: str, name: str) -> Composition:
    """A kind in the shape of its card."""
    return compose(kinds()[kind], school(name)[1])


def lists(blocks: tuple[Block, ...]) -> Iterator[NumberedList]:
    for block in blocks:
        if isinstance(block, NumberedList):
            yield block
            yield from lists(tuple(one.items for one in block.items if one.items is not None))


@pytest.mark.parametrize(("kind", "name"), PAIRS)
def test_no_column_and_no_row_stands_empty_and_nothing_is_numbered_alone(kind: str, name: str) -> None:
    document = own(name, kind)
    for table in (block for block in document.blocks if isinstance(block, Table)):
        texts = [[plain(cell.content).strip() for cell in row] for row in table.rows]
        if kind != "term_calendar":  # a week without work is told, too
            assert all(any(row) for row in texts)
        widest = [row for row in texts if len(row) == len(table.widths)]
        for column, cells in enumerate(zip(*widest, strict=True)):
            assert any(cells), f"column {column + 1} of {plain(table.head[0][column].content)}"
    assert all(len(one.items) > 1 for one in lists(document.blocks))


@pytest.mark.parametrize(("kind", "name"), PAIRS)
def test_no_sentence_stands_twice(kind: str, name: str) -> None:
    found: list[str] = []
    for block in own(name, kind).blocks:
        nodes: list[Paragraph | Item] = [block] if isinstance(block, Paragraph) else []
        nodes += block.items if isinstance(block, NumberedList) else []
        for node in nodes:
            found += [
                one for one in re.split("[。；]", plain(node.content)) if len(one) > 12 and "＿" not in one
            ]
    assert [one for one, count in Counter(found).items() if count > 1] == []


@pytest.mark.parametrize("kind", [kind for kind in TEXTS if kinds()[kind].card.length])
def test_a_full_profile_gives_the_length_of_the_card(kind: str) -> None:
    least, most = kinds()[kind].card.length or (0, 0)
    for name in FULL:
        one = usual(kind, name)
        if not one.unmet:
            assert least <= one.characters <= most, (name, one.characters)


def test_the_ranges_that_people_asked_for() -> None:
    for name in FULL:
        letter = made(name, "parent_letter").document
        assert 350 <= len(body(letter)) <= 600, name
        for kind in ("pledge", "teacher_pledge"):
            (promises,) = lists(own(name, kind).blocks)
            assert 6 <= len(promises.items) <= 8, (name, kind)
    full = usual("work_plan", "city-primary").characters
    assert 1800 <= full <= 2500


def test_a_thin_profile_gives_a_short_document_and_is_told_what_it_lacks(tmp_path: Path) -> None:
    """No card's range is met by padding: what is short says so, with the facts that would make it longer."""
    profile = tmp_path / "thin.yaml"
    profile.write_text(
        "school: {name: 云亭县河西小学, stage: 小学, grades: 1-6}\nterm: {year: 2026-2027, number: 1}\n"
        "after_school: {days: 周一至周五, until: '17:20'}\n",
        encoding="utf-8",
    )
    report = build(profile, tmp_path / "out", ["after_school_plan"], ["txt"])
    (short,) = [one for one in report.notices if one.code == "document-length"]
    assert short.place and short.place.file == str(profile)
    assert "偏短" in short.message and "不必凑字数" in short.fix
    assert {one.path for one in report.missing}
    (text,) = [one.put.path for one in report.files]
    assert "None" not in text.read_text("utf-8") and "＿" not in text.read_text("utf-8")


@pytest.fixture(scope="module")
def printed() -> dict[str, tuple[list[str], list[str]]]:
    """Every kind of one school, another for each: the words of each page in Word and in the PDF."""
    files = {}
    for number, kind in enumerate(MEASURED):
        name = SCHOOLS[number % len(SCHOOLS)]
        document: Document = blank_copy(own(name, kind))
        look = find_look(kinds()[kind].card.look, [templates_root()])
        files[kind] = write_one(Job(document, look, ("docx", "pdf"))).files
    words = faithful.to_pdf([made["docx"] for made in files.values()])
    return {
        kind: (pages(theirs), pages(made["pdf"]))
        for (kind, made), theirs in zip(files.items(), words, strict=True)
    }


def pages(data: bytes) -> list[str]:
    """The characters of each page, whatever their order."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        found.append("".join(sorted("".join(page.get_textpage().get_text_range().split()))))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", MEASURED)
def test_word_and_pdf_have_the_same_pages(printed: dict[str, tuple[list[str], list[str]]], kind: str) -> None:
    theirs, ours = printed[kind]
    assert theirs == ours
