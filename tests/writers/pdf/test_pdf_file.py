"""What a reader, a screen reader and an archive find in the PDF."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from planforge.core.problems import MissingPart
from planforge.document.look import Look
from planforge.document.tree import Break, Document, Fact, Heading, Paragraph, Text, Title
from planforge.writers import pdf
from planforge.writers.fonts import Fonts
from tests.support.positions import lines, signs
from tests.support.sample_tree import prose_document, sample_document

ROOT = Path(__file__).resolve().parents[3]
RARE_NAMES = "䶮㛃喆堃犇淼昇玥𬍛䲟"


@pytest.fixture(scope="module")
def sample(look: Look) -> bytes:
    return pdf.write(sample_document(), look)


def paragraph(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def body_lines(data: bytes, look: Look) -> list[tuple[int, str]]:
    """Page and words of each line above the page number."""
    foot = (look.page.height_mm - look.page.bottom_mm) * 72 / 25.4
    return [(line.page, line.text) for line in lines([sign for sign in signs(data) if sign.y < foot])]


def test_a_full_page_holds_22_lines_of_28_characters(look: Look) -> None:
    found = body_lines(pdf.write(Document("k", "t", (paragraph("国" * 1300),)), look), look)
    assert [page for page, _ in found].count(1) == 22
    assert [len(words) for _, words in found[:22]] == [26] + [28] * 21


@pytest.mark.parametrize("character", ["𬍛", "䶮", "㛃", "喆"])
def test_a_page_with_a_rare_name_still_holds_22_lines(look: Look, character: str) -> None:
    words = ("国" * 200 + character) * 7
    found = body_lines(pdf.write(Document("k", "t", (paragraph(words),)), look), look)
    assert [page for page, _ in found].count(1) == 22


def test_lines_stand_at_the_pitch_of_the_look(look: Look) -> None:
    found = lines(signs(pdf.write(prose_document(8), look)))
    gaps = [below.y - above.y for above, below in pairwise(found[:20])]
    assert max(abs(gap - look.page.pitch) for gap in gaps) < 0.02


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(look: Look, sample: bytes) -> None:
    page = look.page
    foot = (page.height_mm - page.bottom_mm) * 72 / 25.4
    numbers = [line for line in lines(signs(sample)) if line.y > foot]
    assert [line.text for line in numbers] == [f"—{number}—" for number in range(1, len(numbers) + 1)]
    left = page.left_mm * 72 / 25.4 + 14
    right = (page.width_mm - page.right_mm) * 72 / 25.4 - 14
    for number, line in enumerate(numbers, 1):
        if number % 2:
            assert line.signs[-1].x + 14 * 0.89 == pytest.approx(right, abs=0.5)
        else:
            assert line.signs[0].x == pytest.approx(left, abs=0.5)


def test_text_is_copied_in_the_order_of_reading(sample: bytes) -> None:
    text = "".join(sign.text for sign in signs(sample))
    order = ["各年级组、各教研组：", "一、现状与问题", "（一）做得比较稳的地方", "1.作业的总量有人管", "表1本学期行事历",
             "月份工作内容责任部门", "9月开学第一周", "附件：1.班级作业公示表", "2026年9月1日", "附件1", "附件2", "回执"]  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_headings_are_the_outline_with_their_numbers(sample: bytes) -> None:
    with pikepdf.open(io.BytesIO(sample)) as file, file.open_outline() as outline:
        top = [str(item.title) for item in outline.root]
        below = [str(item.title) for item in outline.root[0].children]
    assert top == [
        "一、现状与问题",
        "二、重点工作",
        "三、分工与时间",
        "四、自查与改进",
        "附件1 班级作业公示表（样张）",
        "附件2 致家长的一封信",
    ]
    assert below == ["（一）做得比较稳的地方", "（二）还要下功夫的地方"]


def _structure(data: bytes) -> list[str]:
    found: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(str(node.S))
            if "/K" in node:
                walk(node.K)

    with pikepdf.open(io.BytesIO(data)) as file:
        walk(file.Root.StructTreeRoot.K)
    return found


def test_a_paragraph_of_many_lines_is_one_tag(look: Look) -> None:
    blocks = (
        Title((Text("甲"), Break(), Text("乙"))),
        Heading(1, (Text("丙"),)),
        paragraph("每天" * 60 + "8:20"),
        paragraph("丁"),
    )
    tags = _structure(pdf.write(Document("k", "t", blocks), look))
    assert [tag for tag in tags if tag in ("/H1", "/H2", "/P")] == ["/H1", "/H2", "/P", "/P"]


def test_tables_are_tagged_as_tables_with_header_cells(sample: bytes) -> None:
    tags = _structure(sample)
    assert tags.count("/Table") >= 3
    assert tags.count("/TH") == 3 + 5 + 4


def test_language_title_author_and_no_date(sample: bytes) -> None:
    document = sample_document()
    with pikepdf.open(io.BytesIO(sample)) as file:
        assert str(file.Root.Lang) == "zh-CN"
        assert bool(file.Root.MarkInfo.Marked)
        assert str(file.docinfo["/Title"]) == document.title
        assert str(file.docinfo["/Author"]) == document.author
        assert "/CreationDate" not in file.docinfo
        assert "/ModDate" not in file.docinfo


def test_only_fonts_of_the_look_are_embedded(sample: bytes, fonts: Fonts) -> None:
    expected = {font.family.replace(" ", "-") for font in fonts.all()}
    with pikepdf.open(io.BytesIO(sample)) as file:
        used = set()
        for page in file.pages:
            for font in page.Resources.Font.values():
                used.add(str(font.BaseFont).split("+", 1)[-1].removesuffix("-Bold"))
    assert used <= expected


def test_the_same_input_gives_the_same_bytes_in_any_process(look: Look) -> None:
    code = (
        "import hashlib\nfrom planforge.document.look import read_look\nfrom planforge.core.resources import templates_root\n"
        "from planforge.writers import pdf\nfrom tests.support.sample_tree import sample_document\n"
        "look = read_look(templates_root() / 'styles' / 'official.yaml')\n"
        "print(hashlib.sha256(pdf.write(sample_document(), look)).hexdigest())"
    )
    found = {hashlib.sha256(pdf.write(sample_document(), look)).hexdigest() for _ in range(2)}
    for seed in ("1", "77"):
        answer = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(answer.stdout.strip())
    assert len(found) == 1


def test_a_value_that_looks_like_markup_is_printed_and_fetches_nothing(look: Look) -> None:
    wild = '<img src="http://example.org/x.png"><style>@import url(//example.org)</style>'
    data = pdf.write(Document("k", wild, (Paragraph((Fact("school.name", wild),)),)), look)
    assert "".join(wild.split()) in "".join(sign.text for sign in signs(data))


def test_combining_and_right_to_left_text_is_left_to_the_layout(look: Look) -> None:
    data = pdf.write(Document("k", "t", (paragraph("e\u0301tude " * 30 + "国" * 40),)), look)
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert text.count("tude") == 30
    assert text.count("国") == 40


def test_characters_beyond_the_basic_plane_are_copied_whole(look: Look) -> None:
    data = pdf.write(Document("k", "t", (paragraph(f"{RARE_NAMES}等老师"),)), look)
    assert "".join(sign.text for sign in signs(data) if sign.y < 700) == f"{RARE_NAMES}等老师"


def test_weasyprint_is_loaded_only_when_a_pdf_is_wanted() -> None:
    code = (
        "import sys, planforge.writers.pdf, planforge.writers.html, planforge.writers.fonts\n"
        "print([name for name in ('weasyprint', 'fontTools') if name in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("broken", "needed"), [("ImportError('no module')", "WeasyPrint"), ("OSError('no library')", "Pango")]
)
def test_without_weasyprint_or_pango_the_message_says_what_to_install(broken: str, needed: str) -> None:
    code = (
        "import sys\n"
        "class Broken:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == 'weasyprint': raise {broken}\n"
        "sys.meta_path.insert(0, Broken())\n"
        "from planforge.document.look import read_look\nfrom planforge.core.resources import templates_root\n"
        "from planforge.core.problems import MissingPart\nfrom planforge.writers import pdf\n"
        "from tests.support.sample_tree import prose_document\n"
        "try:\n    pdf.write(prose_document(1), read_look(templates_root() / 'styles' / 'official.yaml'))\n"
        "except MissingPart as error: print(error)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert needed in answer.stdout
    assert "Word 文件不受影响" in answer.stdout


def test_a_look_without_its_fonts_is_told_before_anything_is_laid_out(look: Look) -> None:
    font = look.fonts["fangsong"].model_copy(update={"pdf": ("没有这种字体",)})
    poorer = look.model_copy(update={"fonts": {**look.fonts, "fangsong": font}})
    with pytest.raises(MissingPart, match="没有这种字体"):
        pdf.write(prose_document(1), poorer)
