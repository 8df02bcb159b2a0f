"""A closing never looks lost: some lines of text stand above it on its page."""

from __future__ import annotations

import re
import unicodedata

import pypdfium2
import pytest

from planforge.core.resources import templates_root
from planforge.document.ending import LINES, kept_for_closing
from planforge.document.look import find_look
from planforge.document.tree import (
    Block,
    Closing,
    Document,
    Heading,
    Item,
    NumberedList,
    Paragraph,
    Table,
    Text,
    plain,
)
from planforge.writers import pdf, word
from tests.support import faithful

LOOK = find_look("official", [templates_root()])
CLOSING = Closing(((Text("澄川市听松路小学"),),), (Text("2026年8月28日"),))


def para(count: int) -> Paragraph:
    """A paragraph of so many lines: 26 characters in the first, 28 in the others, and half of the last."""
    return Paragraph((Text("文" * (26 + 28 * (count - 1) - 14)),))


def kept(*blocks: Block) -> list[str]:
    found = kept_for_closing(Document("k", "t", (*blocks, CLOSING)), 28)
    nodes = [
        node
        for block in blocks
        for node in (block.items if isinstance(block, NumberedList) else [block])
        if id(node) in found
    ]
    return [plain(node.content)[:2] for node in nodes if isinstance(node, Item | Paragraph)]


def test_the_last_three_lines_stay_with_the_closing_and_no_more() -> None:
    short = [Paragraph((Text(f"{name}，短句。"),)) for name in "甲乙丙丁"]
    assert kept(*short) == ["乙，", "丙，", "丁，"]
    assert kept(*short, para(3)) == ["文文"]
    items = NumberedList(tuple(Item((Text(f"{name}，短句。"),)) for name in "甲乙丙丁"))
    assert kept(items, para(2)) == ["丁，", "文文"]


def test_a_heading_a_table_and_a_long_paragraph_end_it() -> None:
    short = Paragraph((Text("末，短句。"),))
    assert kept(para(3), Heading(1, (Text("监督"),)), short) == ["末，"]
    assert kept(para(3), Table((1.0,), (), ()), short) == ["末，"]
    assert kept(para(9), short) == ["末，"]
    assert not kept(para(9))


def text_lines(data: bytes) -> list[list[str]]:
    """The lines of each page, without the page's number."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        lines = page.get_textpage().get_text_range().splitlines()
        lines = [unicodedata.normalize("NFKC", one).strip() for one in lines]
        found.append([one for one in lines if one and not re.fullmatch(r"[—-] ?\d+ ?[—-]", one)])
    return found


@pytest.mark.slow
def test_wherever_the_page_ends_both_files_keep_them_together() -> None:
    """Running text of 15 to 22 lines above three short paragraphs and the closing: it ends at every place."""
    documents = [
        Document("k", "t", (para(count - 2), para(2), para(1), para(2), para(1), CLOSING))
        for count in range(14, 22)
    ]
    ours = [pdf.write(one, LOOK) for one in documents]
    theirs = faithful.to_pdf([word.write(one, LOOK) for one in documents])
    for count, pages in enumerate(zip(map(text_lines, ours), map(text_lines, theirs), strict=True)):
        mine, word_pages = pages
        assert [len(one) for one in mine] == [len(one) for one in word_pages], count
        assert len(mine[-1]) >= LINES + 2 or len(mine) == 1, count
    assert {len(text_lines(data)) for data in ours} == {1, 2}
