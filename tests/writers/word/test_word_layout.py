"""The Word file on paper, as LibreOffice lays it out with the same fonts as the PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import docx
import pypdfium2
import pytest

from planforge.core.resources import templates_root
from planforge.document.look import Look, find_look
from planforge.document.tree import (
    Attachment,
    Block,
    Cell,
    Closing,
    Document,
    Heading,
    Party,
    Signatures,
    Slip,
    Table,
    Title,
)
from planforge.writers import pdf
from planforge.writers.word import write
from tests.support.faithful import to_pdf
from tests.support.positions import PrintedLine, lines, signs
from tests.support.sample_tree import cells, para, prose_document, sample_document, text
from tests.support.soffice import pdf_fonts

pytestmark = pytest.mark.slow

MM = 72 / 25.4
SCHOOL = "云岭市清溪区桐花小学"
FILLER = "检查作业本" * 40


RARE = "䶮㛃喆堃𬍛"
"""Characters of names that 仿宋 has not: they come from other fonts."""


def filled(count: int, *blocks: Block) -> Document:
    """Paragraphs of one line each, then the blocks: to bring these to the foot of a page."""
    return Document("k", "t", (*(para("检查作业本", "flush") for _ in range(count)), *blocks))


def long_table() -> Table:
    rows = tuple(cells(f"第{row}周", "检查各年级的作业登记本和公示栏" * 2) for row in range(1, 41))
    return Table((1, 4), (cells("周次", "内容"),), rows)


SLIP = Slip(text("回　执"), (para("我已阅读。"), para("班级：", "flush"), para("家长：", "flush")))
PARTIES = tuple(Party(text(name), (text("签名处"),)) for name in ("甲方栏", "乙方栏"))

DOCUMENTS: dict[str, Document] = {
    "prose": prose_document(12),
    "solid": Document("k", "t", (para(FILLER, "flush"), para(FILLER))),
    "lines": filled(44),
    "sample": sample_document(),
    "closing": Document("k", "t", (para(FILLER), Closing((text(SCHOOL),), text("2026年9月1日")))),
    "short": Document("k", "t", (para(FILLER), Closing((text("教导处"),), text("2026年12月31日")))),
    "closing at the foot": filled(
        21, para("最后一段", "flush"), Closing((text(SCHOOL),), text("2026年9月1日"))
    ),
    "slip at the foot": filled(19, SLIP),
    "parties at the foot": filled(20, para("最后一段", "flush"), Signatures(PARTIES)),
    "three parties": filled(18, Signatures((*PARTIES, Party(text("丙方栏"), (text("签名处"),))))),
    "heading at the foot": filled(21, Heading(1, text("重点工作")), para("正文")),
    "table": Document("k", "t", (Title(text("长表")), long_table())),
    "merged": Document(
        "k",
        "t",
        (
            Table(
                (1, 1, 1),
                ((Cell(text("项目"), rows=2), Cell(text("分钟"), span=2)), cells("平时", "周末")),
                (cells("语文", "20", "30"),),
            ),
        ),
    ),
    "attachment": Document("k", "t", (para("正文"), Attachment(text("样张"), (para("附件里的话"),)))),
    "rare": Document("k", "t", tuple(para(f"{RARE}{FILLER[:20]}", "flush") for _ in range(66))),
}


@dataclass(frozen=True)
class Paper:
    """A document's pages: its lines without page numbers, and those."""

    lines: tuple[PrintedLine, ...]
    numbers: tuple[PrintedLine, ...]
    data: bytes

    def page_of(self, words: str) -> int:
        return next(line.page for line in self.lines if words in line.text)

    def line(self, words: str) -> PrintedLine:
        return next(line for line in self.lines if words in line.text)


@pytest.fixture(scope="module")
def papers(look: Look) -> dict[str, Paper]:
    made = to_pdf([write(document, look) for document in DOCUMENTS.values()])
    found = {}
    for name, data in zip(DOCUMENTS, made, strict=True):
        printed = lines(signs(data))
        foot = (297 - 35) * MM
        found[name] = Paper(
            tuple(line for line in printed if line.y < foot),
            tuple(line for line in printed if line.y > foot),
            data,
        )
    return found


def test_a_full_line_holds_28_characters_and_26_after_the_indent(papers: dict[str, Paper]) -> None:
    printed = [line.text for line in papers["solid"].lines]
    assert [len(line) for line in printed] == [28] * 7 + [4] + [26] + [28] * 6 + [6]


def test_a_full_page_holds_22_lines(papers: dict[str, Paper]) -> None:
    printed = papers["prose"].lines
    assert sum(line.page == 1 for line in printed) in (21, 22)  # 21 where widow control moves a line on
    full = papers["lines"].lines
    assert [sum(line.page == page for line in full) for page in (1, 2)] == [22, 22]
    assert sum(line.page == 1 for line in papers["closing at the foot"].lines) >= 19  # three go with it
    first, second = (line.y for line in printed[:2])
    assert second - first == pytest.approx(28.95, abs=0.06)


def test_a_page_with_rare_names_holds_22_lines(papers: dict[str, Paper], look: Look) -> None:
    """A fallback font must not stretch the pitch: 66 lines with such a name in each fill three pages, in the PDF too."""
    ours = [line for line in lines(signs(pdf.write(DOCUMENTS["rare"], look))) if line.y < (297 - 35) * MM]
    for printed in (papers["rare"].lines, ours):
        assert [sum(line.page == page for line in printed) for page in (1, 2, 3)] == [22, 22, 22]
        pitches = [low.y - high.y for high, low in pairwise(printed)]
        assert all(pitch == pytest.approx(28.95, abs=0.06) for pitch in pitches if pitch > 0)


def test_text_fills_the_type_area_of_the_standard(papers: dict[str, Paper]) -> None:
    line = papers["solid"].lines[0]
    assert line.signs[0].x == pytest.approx(28 * MM, abs=0.3)
    assert line.signs[-1].x + 16 == pytest.approx((210 - 26) * MM, abs=1.3)
    assert papers["solid"].lines[8].signs[0].x == pytest.approx(28 * MM + 32, abs=0.3)


def test_page_numbers_stand_outside_below_the_type_area(papers: dict[str, Paper]) -> None:
    """GB/T 9704-2012 7.5: — 1 —, odd pages at the right, even at the left, one character in; 7 mm below."""
    numbers = papers["sample"].numbers
    assert [line.text for line in numbers] == [f"—{page}—" for page in range(1, len(numbers) + 1)]
    foot = (297 - 35) * MM
    for line in numbers:
        assert foot + 7 * MM < line.y < foot + 7 * MM + 16
        if line.page % 2:
            assert line.signs[-1].x + 14 == pytest.approx((210 - 26) * MM - 14, abs=2)
        else:
            assert line.signs[0].x == pytest.approx(28 * MM + 14, abs=1)


def test_page_numbers_in_the_middle(look: Look) -> None:
    centred = look.model_copy(update={"page_number": look.page_number.model_copy(update={"sides": "centre"})})
    (data,) = to_pdf([write(prose_document(12), centred)])
    numbers = [line for line in lines(signs(data)) if line.y > (297 - 35) * MM]
    middles = [(line.signs[0].x + line.signs[-1].x + 14) / 2 for line in numbers]
    assert len(middles) > 1
    assert middles == pytest.approx([(28 + 78) * MM] * len(middles), abs=2)


def test_closing_stands_as_the_standard_has_it(papers: dict[str, Paper]) -> None:
    """7.3.5.2: the name ends two characters from the edge, the date begins two right of its first character."""
    name, date = papers["closing"].lines[-2:]
    assert (name.text, date.text) == (SCHOOL, "2026年9月1日")
    edge = (210 - 26) * MM
    assert name.signs[-1].x + 16 == pytest.approx(edge - 32, abs=1)
    assert date.signs[0].x - name.signs[0].x == pytest.approx(32, abs=1.5)
    assert name.y - papers["closing"].lines[-3].y == pytest.approx(2 * 28.95, abs=0.2)
    assert date.y - name.y == pytest.approx(28.95, abs=1)  # LibreOffice: digits sit 0.7 pt higher


def test_closing_with_the_longer_date(papers: dict[str, Paper]) -> None:
    name, date = papers["short"].lines[-2:]
    assert date.signs[-1].x + 16 == pytest.approx((210 - 26) * MM - 32, abs=1)
    assert date.signs[0].x - name.signs[0].x == pytest.approx(32, abs=1.5)


def test_closing_is_never_alone_on_a_page(papers: dict[str, Paper]) -> None:
    paper = papers["closing at the foot"]
    assert paper.page_of("最后一段") == paper.page_of(SCHOOL) == paper.page_of("2026年9月1日") == 2


def test_a_slip_is_never_split(papers: dict[str, Paper]) -> None:
    paper = papers["slip at the foot"]
    assert {paper.page_of(words) for words in ("回执", "我已阅读", "班级", "家长")} == {2}


def test_signatures_are_never_split(papers: dict[str, Paper]) -> None:
    two = papers["parties at the foot"]
    assert {two.page_of(words) for words in ("最后一段", "甲方栏", "乙方栏", "签名处")} == {2}
    assert two.line("甲方栏").y == pytest.approx(two.line("乙方栏").y, abs=0.1)
    three = papers["three parties"]
    assert {three.page_of(words) for words in ("甲方栏", "乙方栏", "丙方栏")} == {2}
    assert three.line("丙方栏").y > three.line("乙方栏").y > three.line("甲方栏").y


def test_a_heading_is_never_parted_from_its_text(papers: dict[str, Paper]) -> None:
    paper = papers["heading at the foot"]
    assert paper.page_of("重点工作") == paper.page_of("正文") == 2


def test_a_long_table_repeats_its_head_and_keeps_rows_whole(papers: dict[str, Paper]) -> None:
    paper = papers["table"]
    pages = len(pypdfium2.PdfDocument(paper.data))
    assert pages > 1
    assert [line.page for line in paper.lines if line.text == "周次内容"] == list(range(1, pages + 1))
    last = {line.page: line for line in paper.lines}
    assert all(not line.text.startswith("第") for line in last.values())  # a row's second line ends each page


def test_merged_cells(papers: dict[str, Paper]) -> None:
    paper = papers["merged"]
    item, minutes, usual = (paper.line(words) for words in ("项目", "分钟", "平时"))
    assert minutes.y < item.y < usual.y


def test_an_attachment_begins_a_page(papers: dict[str, Paper]) -> None:
    paper = papers["attachment"]
    assert [(line.page, line.text) for line in paper.lines] == [
        (1, "正文"), (2, "附件"), (2, "样张"), (2, "附件里的话"),
    ]  # fmt: skip
    mark, title = paper.lines[1:3]
    assert mark.y < 37 * MM + 28.95
    assert title.y - mark.y == pytest.approx(2 * 28.95, abs=1.5)  # the title stands on line 3


def test_a_label_is_continued_flush(papers: dict[str, Paper]) -> None:
    printed = papers["sample"].lines
    at = next(number for number, line in enumerate(printed) if line.text.startswith("副组长："))
    after_label = printed[at].signs[4].x
    assert printed[at].signs[0].x == pytest.approx(28 * MM + 32, abs=0.5)
    assert [line.signs[0].x for line in printed[at + 1 : at + 3]] == pytest.approx([after_label] * 2, abs=1)


def test_only_the_fonts_of_the_look_are_used(papers: dict[str, Paper], tmp_path: Path) -> None:
    path = tmp_path / "sample.pdf"
    path.write_bytes(papers["sample"].data)
    families = {name.split("-")[0][:12] for name in pdf_fonts(path)}
    assert families == {"FandolFang", "LXGWWenKai", "NotoSansCJKj", "NotoSerifCJK", "LiberationSe"}


def test_text_typed_afterwards_looks_the_same(look: Look) -> None:
    file = docx.Document(io.BytesIO(write(DOCUMENTS["solid"], look)))
    file.add_paragraph(FILLER)
    file.paragraphs[1].add_run("再写一句话接着往下说")
    buffer = io.BytesIO()
    file.save(buffer)
    (data,) = to_pdf([buffer.getvalue()])
    printed = [line for line in lines(signs(data)) if line.y < (297 - 35) * MM]
    assert printed[-8].text == printed[8].text
    assert [sign.x for sign in printed[-8].signs] == pytest.approx(
        [sign.x for sign in printed[8].signs], abs=0.1
    )


def test_the_paragraph_below_a_last_table_has_room_on_a_full_page(look: Look) -> None:
    """Word wants a paragraph there: it must go into what 22 lines of 579 leave of the page, or bring an empty one."""
    two = Signatures((Party(text("甲方：学校"), ()), Party(text("乙方：班主任"), ())))
    document = docx.Document(io.BytesIO(write(filled(21, two), look)))
    section = document.sections[0]
    assert section.page_height and section.top_margin and section.bottom_margin
    area = section.page_height - section.top_margin - section.bottom_margin
    left = round(area / 635) - 22 * 579
    last = document.element.body[-2]
    assert last.tag.endswith("}p")
    spacing = last.pPr.spacing
    line = spacing.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}line")
    assert 0 < int(line) <= left


@pytest.mark.parametrize("name", ["official", "county", "letter"])
def test_a_table_that_ends_a_full_page_brings_no_empty_one(name: str) -> None:
    """Agreements end in a table of two parties: from room to spare over a page filled to its last line to a new one."""
    look = find_look(name, [templates_root()])
    two = Signatures(tuple(Party(text(side), (text("签名处"), text("年月日"))) for side in ("甲方", "乙方")))
    steps = range(look.page.lines - 7, look.page.lines + 1)
    made = to_pdf([write(filled(count, two), look) for count in steps])
    pages = [len(pypdfium2.PdfDocument(data)) for data in made]
    assert pages[0] == 1
    assert pages[-1] == 2
    for data, count in zip(made, pages, strict=True):
        assert {line.page for line in lines(signs(data)) if "年月日" in line.text} == {count}
