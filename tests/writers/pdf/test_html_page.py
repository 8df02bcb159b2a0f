"""The HTML of a document: structure for readers and machines, nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from planforge.document.look import Look
from planforge.document.tree import Cell, Document, Fact, Field, Heading, Paragraph, Table, Text, Title
from planforge.writers import html
from planforge.writers.fonts import Fonts
from planforge.writers.html.blocks import placed
from tests.support.sample_tree import sample_document


class _Reader(HTMLParser):
    """Tags and text of a page; fails on tags that are closed wrongly."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("br", "meta", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    assert not reader.open
    return reader


def test_headings_carry_level_number_and_outline(look: Look, fonts: Fonts) -> None:
    blocks = (
        Title((Text("计划"),)),
        Heading(1, (Text("目标"),)),
        Heading(2, (Text("总量"),)),
        Paragraph((Text("文"),)),
    )
    found = read(html.write(Document("k", "计划", blocks), look, fonts)).tags
    headings = [
        (tag, attributes.get("data-outline")) for tag, attributes in found if re.fullmatch("h[1-5]", tag)
    ]
    assert headings == [("h1", None), ("h2", "一、目标"), ("h3", "（一）总量")]


def test_tables_have_heads_with_header_cells(look: Look, fonts: Fonts) -> None:
    table = Table(
        (1, 2), ((Cell((Text("月"),)), Cell((Text("事"),))),), ((Cell((Text("九"),)), Cell((Text("开学"),))),)
    )
    tags = [tag for tag, _ in read(html.write(Document("k", "t", (table,)), look, fonts)).tags]
    assert tags.count("thead") == 1
    assert tags.count("th") == 2
    assert tags.count("td") == 2


def test_the_preview_shows_where_each_value_comes_from(look: Look, fonts: Fonts) -> None:
    content = (Fact("school.name", "桐花小学"), Text("的"), Field("pupil"))
    tags = read(html.write(Document("k", "t", (Paragraph(content),)), look, fonts)).tags
    assert [attributes["data-fact"] for _, attributes in tags if "data-fact" in attributes] == ["school.name"]
    assert [attributes["data-field"] for _, attributes in tags if "data-field" in attributes] == ["pupil"]


def test_markup_in_a_value_stays_text(look: Look, fonts: Fonts) -> None:
    wild = "<script>alert(1)</script>&amp;\"'{{x}}"
    document = Document("k", wild, (Title((Text(wild),)), Paragraph((Fact('a"b', wild),))), author=wild)
    for own_lines in (False, True):
        reader = read(html.write(document, look, fonts, own_lines))
        assert "script" not in [tag for tag, _ in reader.tags]
        assert "".join(reader.text).count(wild) == 3


def test_the_page_asks_for_nothing_from_elsewhere(look: Look, fonts: Fonts) -> None:
    page = html.write(sample_document(), look, fonts)
    assert not re.search(r"https?:|url\(|src=|@import|<link", page)


def test_every_word_of_the_tree_is_there_once_in_order(look: Look, fonts: Fonts) -> None:
    plain = "".join("".join(read(html.write(sample_document(), look, fonts)).text).split())
    broken = "".join("".join(read(html.write(sample_document(), look, fonts, own_lines=True)).text).split())
    assert plain == broken
    assert plain.index("一、现状与问题") < plain.index("（一）做得比较稳的地方") < plain.index("附件1")


def test_cells_below_a_tall_cell_move_to_their_column() -> None:
    def cell(span: int = 1, rows: int = 1) -> Cell:
        return Cell((), span=span, rows=rows)

    rows = ((cell(rows=2), cell(span=2), cell(rows=2)), (cell(), cell()), (cell(), cell(span=3)))
    assert placed(rows, 4) == [[0, 1, 3], [1, 2], [0, 1]]
