"""Letters on paper, as other readers see the file: cut piles in order, fresh sheets, empty backs, outline, tags."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Sequence
from functools import lru_cache

import pikepdf
import pypdfium2
import pytest

from planforge.document.look import POINTS_PER_MM, Look
from planforge.document.tree import Attachment, Blank, Document, Paragraph, Text, inlines_of
from planforge.imposition.paper import Paper, slip_at
from planforge.imposition.scaled_look import for_part, on_part
from planforge.letters.filling import fields_of
from planforge.letters_pdf.letter_writer import PdfLetterWriter
from planforge.writers.fonts import choose
from tests.support.letters import SIMPLE, letter, look

COUNT = 5


@lru_cache(maxsize=4)
def part(up: int) -> Look:
    made = for_part(look(), up)
    return made.fit.steps[-1] if up > 1 and made.fit else made


def written(paper: Paper, document: Document = SIMPLE) -> bytes:
    chosen = part(paper.up)
    letters = [letter(f"丁一{n}", seat=str(n), document=document) for n in range(1, COUNT + 1)]
    file = io.BytesIO()
    PdfLetterWriter(chosen, choose(chosen)).write(letters, file, paper)
    return file.getvalue()


def texts(data: bytes, boxes: Sequence[tuple[float, float, float, float]]) -> list[list[str]]:
    """By page, the text in each of these parts of it (left, bottom, right, top, as shares of the page)."""
    pdf = pypdfium2.PdfDocument(data)
    found = []
    for page in pdf:
        width, height = page.get_size()
        words = page.get_textpage()
        found.append(
            [words.get_text_bounded(a * width, b * height, c * width, d * height) for a, b, c, d in boxes]
        )
    pdf.close()
    return found


def seat(text: str) -> int | None:
    """Whose letter this is; readers part Chinese characters and digits by a space."""
    return next((n for n in range(1, COUNT + 1) if f"丁一{n}" in "".join(text.split())), None)


BOXES: dict[int, list[tuple[float, float, float, float]]] = {
    1: [(0, 0, 1, 1)],
    2: [(0, 0, 0.5, 1), (0.5, 0, 1, 1)],
    3: [(0, 2 / 3, 1, 1), (0, 1 / 3, 1, 2 / 3), (0, 0, 1, 1 / 3)],
}


@pytest.mark.parametrize("up, size", [(2, (297, 210)), (3, (210, 297))])
def test_cut_piles_laid_on_each_other_are_in_seat_order(up: int, size: tuple[float, float]) -> None:
    data = written(Paper(up=up))
    pages = texts(data, BOXES[up])
    assert len(pages) == -(-COUNT // up)
    assert [seat(page[pile]) for pile in range(up) for page in pages if seat(page[pile])] == [1, 2, 3, 4, 5]
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        box = [float(one) for one in pdf.pages[0].mediabox]
        assert box == pytest.approx([0, 0, size[0] * POINTS_PER_MM, size[1] * POINTS_PER_MM], abs=0.01)
        assert [one.title.split("号")[0].split()[0] for one in outline.root] == list("12345")
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


@pytest.mark.parametrize("up", [1, 2, 3])
def test_every_marked_content_has_its_tag(up: int) -> None:
    with pikepdf.open(io.BytesIO(written(Paper(up=up)))) as pdf:
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        listed = {int(parents[n]): parents[n + 1] for n in range(0, len(parents), 2)}
        for page in pdf.pages:
            marks = [
                int(one.operands[1].MCID)
                for one in pikepdf.parse_content_stream(page)
                if str(one.operator) == "BDC" and "/MCID" in one.operands[1]
            ]
            tags = listed[int(page.StructParents)]
            assert sorted(set(marks)) == list(range(len(tags)))
            for number, tag in enumerate(tags):
                kids = tag.K if isinstance(tag.K, pikepdf.Array) else [tag.K]
                assert number in [int(one) for one in kids if isinstance(one, int)]


@pytest.mark.parametrize("up", [1, 2])
def test_on_both_sides_a_letter_begins_on_a_front_and_nothing_stands_behind_its_slip(up: int) -> None:
    pages = texts(written(Paper(duplex=True, up=up)), BOXES[up])
    fronts, backs = pages[::2], pages[1::2]
    assert len(fronts) == len(backs) == -(-COUNT // up)
    assert all("回执" in place for page in fronts for place in page if seat(place))
    assert not "".join(place.strip() for page in backs for place in page)


def test_a_slip_before_an_attachment_keeps_the_back_of_every_page_empty() -> None:
    attached = dataclasses.replace(
        SIMPLE, blocks=(*SIMPLE.blocks, Attachment((Text("附表"),), (Paragraph((Text("无。"),)),)))
    )
    assert slip_at(attached) == "inside"
    pages = [page[0] for page in texts(written(Paper(duplex=True), attached), BOXES[1])]
    assert len(pages) == 4 * COUNT
    assert not "".join(page.strip() for page in pages[1::2])


def test_copies_follow_each_other_with_one_entry() -> None:
    data = written(Paper(copies=2))
    assert [seat(page[0]) for page in texts(data, BOXES[1])] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert len(outline.root) == COUNT


@pytest.mark.parametrize(
    "paper, letters, pages, expected",
    [
        (Paper(), 45, 1, 45), (Paper(duplex=True), 45, 2, 45), (Paper(duplex=True), 45, 3, 90), (Paper(up=2), 45, 1, 23),
        (Paper(up=3, copies=2), 10, 1, 7), (Paper(up=2, duplex=True), 5, 2, 3),
    ],
)  # fmt: skip
def test_sheets_of_paper_are_counted(paper: Paper, letters: int, pages: int, expected: int) -> None:
    assert paper.sheets(letters, pages) == expected


def test_letters_on_parts_of_a_sheet_are_set_in_a_size_that_can_be_read() -> None:
    for up in (2, 3):
        made = for_part(look(), up)
        assert made.fit is not None
        assert all(one.styles["body"].size >= 10.5 for one in (made, *made.fit.steps))
    wide, narrow = (
        [
            node.width
            for block in one.blocks
            for content in inlines_of(block)
            for node in content
            if isinstance(node, Blank)
        ]
        for one in (SIMPLE, on_part(SIMPLE, 2))
    )
    assert [a > b > 0 for a, b in zip(wide, narrow, strict=True)] == [True] * len(wide) != []
    assert list(fields_of(on_part(SIMPLE, 2))) == list(fields_of(SIMPLE))
    assert on_part(SIMPLE, 1) is SIMPLE
