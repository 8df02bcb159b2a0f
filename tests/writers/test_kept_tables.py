"""Tables at the foot of a page, in Word and PDF: a small one stays whole, a long one leaves no row alone."""

from __future__ import annotations

from collections import Counter

import pytest

from planforge.core.resources import templates_root
from planforge.document.look import find_look
from planforge.document.rows import kept_rows
from planforge.document.tree import Block, Cell, Document, Heading, Table
from planforge.writers import pdf, word
from tests.support.faithful import to_pdf
from tests.support.positions import PrintedLine, lines, signs
from tests.support.sample_tree import cells, para, text

LOOK = find_look("official", [templates_root()])
HEAD = (cells("周次", "内容"),)


def table(rows: int, words: str = "检查作业") -> Table:
    return Table((1, 4), HEAD, tuple(cells(f"第{row}周", words) for row in range(1, rows + 1)))


def at_line(count: int, *blocks: Block) -> Document:
    """The blocks, below so many lines."""
    return Document("k", "t", (*(para("检查作业本", "flush") for _ in range(count)), *blocks))


def printed(documents: list[Document], kind: str) -> list[list[PrintedLine]]:
    made = (
        to_pdf([word.write(document, LOOK) for document in documents])
        if kind == "word"
        else [pdf.write(document, LOOK) for document in documents]
    )
    return [lines(signs(data)) for data in made]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_a_small_table_is_never_parted_and_takes_its_heading_along(kind: str) -> None:
    for found in printed(
        [at_line(count, Heading(1, text("分工")), table(6)) for count in range(12, 23)], kind
    ):
        pages = {line.page for line in found if "周" in line.text or "分工" in line.text}
        assert len(pages) == 1
    assert pages == {2}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_a_long_table_leaves_no_row_alone_on_a_page(kind: str) -> None:
    for found in printed([at_line(count, table(20)) for count in range(2, 22)], kind):
        rows = Counter(line.page for line in found if line.text.startswith("第"))
        assert sum(rows.values()) == 20
        assert min(rows.values()) >= 2


def test_the_rows_of_a_small_table_are_all_kept_with_the_next() -> None:
    assert kept_rows(table(4), LOOK) == (True,) * 4 + (False,)


def test_of_a_long_table_the_first_two_and_the_last_two_rows_are_kept_together() -> None:
    assert kept_rows(table(20), LOOK) == (True, True, *[False] * 17, True, False)


def test_what_is_too_high_to_be_kept_is_not() -> None:
    """A gap of most of a page would be worse."""
    assert kept_rows(table(2, "检查作业登记本" * 60), LOOK) == (True, False, False)


def test_a_look_of_ones_own_may_part_every_table() -> None:
    parting = LOOK.model_copy(update={"tables": LOOK.tables.model_copy(update={"whole": 0})})
    assert kept_rows(table(4), parting) == (True, False, False, False, False)


def test_a_cell_over_several_rows_and_a_row_without_cells_are_reckoned_too() -> None:
    rows = ((Cell(text("一年级" * 40), rows=2), Cell(text("语文"))), cells("数学"), ())
    assert kept_rows(Table((1, 4), (), rows), LOOK) == (True, True, False)
