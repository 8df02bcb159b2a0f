"""A school's page grid and its kinds of headings hold for all of our styles, in Word and PDF alike."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from pathlib import Path

import docx
import ooxml_integrity
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from openxml_audit import OpenXmlValidator

from planforge.core.resources import templates_root
from planforge.document.look import StyleName, read_look
from planforge.writers import word
from planforge.writers.word.base_file import BaseFile, checked
from planforge.writers.word.school_body import school_body
from tests.support import soffice
from tests.support.sample_tree import items_alone, sample_document

LOOK = read_look(templates_root() / "styles" / "official.yaml")
LIKE_BODY: tuple[StyleName, ...] = (
    "body",
    "flush",
    "heading1",
    "heading2",
    "item1",
    "item2",
    "labelled",
    "closing",
    "signature",
    "salutation",
)


def base(
    *,
    kind: str = "lines",
    pitch: float = 28.0,
    characters: float | None = None,
    size: float | None = 16.0,
    change: Callable[[docx.document.Document], None] = lambda file: None,
) -> BaseFile:
    """A school's file with a grid. size: of its Normal, None for one that nobody has set."""
    file = docx.Document()
    grid = file.sections[0]._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), kind)
    grid.set(qn("w:linePitch"), str(round(pitch * 20)))
    if characters is not None:
        grid.set(qn("w:charSpace"), str(round(characters * 4096)))
    if size is not None:
        file.styles["Normal"].font.size = Pt(size)
        file.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    change(file)
    buffer = io.BytesIO()
    file.save(buffer)
    return checked(buffer.getvalue(), "校本.docx")


def effective(data: bytes, style: str, element: str, attribute: str) -> str | None:
    """What a style of a Word file comes to, through those that it is based on."""
    file = docx.Document(io.BytesIO(data))
    found = next(one for one in file.styles if one.name == style)
    while found is not None:
        for one in found.element.iter(qn(element)):
            if one.get(qn(attribute)) is not None:
                return str(one.get(qn(attribute)))
        found = found.base_style
    return None


@pytest.mark.parametrize("size", [16.0, None, 14.0], ids=["set", "unset", "four"])
@pytest.mark.parametrize("pitch", [28.0, 28.95, 31.2])
def test_every_style_stands_on_the_grid(pitch: float, size: float | None) -> None:
    own = base(pitch=pitch, size=size)
    look = word.on_its_page(LOOK, own)
    assert {round(look.styles[name].pitch, 3) for name in LIKE_BODY} == {pitch}
    assert look.page.pitch == pytest.approx(pitch)
    made = word.write(sample_document(), look, own)
    for style in ("公文正文", "条目", "标签行", "落款", "Heading 1", "Heading 2"):
        assert effective(made, style, "w:spacing", "w:line") == str(round(pitch * 20)), style
        assert effective(made, style, "w:spacing", "w:lineRule") == "exact", style


@pytest.mark.parametrize("kind", ["linesAndChars", "snapToChars"])
def test_the_spacing_of_a_grid_of_characters_holds_too(kind: str) -> None:
    own = base(kind=kind, characters=-0.4)
    look = word.on_its_page(LOOK, own)
    assert {round(look.styles[name].spacing, 2) for name in LIKE_BODY} == {-0.4}
    made = word.write(sample_document(), look, own)
    letters = docx.Document(io.BytesIO(made)).styles["公文正文"].element.find(qn("w:rPr"))
    assert letters.find(qn("w:spacing")).get(qn("w:val")) == "-8"


def test_lines_of_the_words_stand_as_far_apart_as_the_grid_says(tmp_path: Path) -> None:
    """As LibreOffice sets them: body text, items, labels and headings on one page."""
    (tmp_path / "a.docx").write_bytes(word.write(items_alone(), LOOK, base(pitch=30.0)))
    (pdf,) = soffice.to_pdf([tmp_path / "a.docx"], tmp_path / "out")
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    tops = sorted({round(page.get_rect(n)[1] / 5) * 5 for n in range(page.count_rects())}, reverse=True)
    steps = [above - below for above, below in itertools.pairwise(tops) if above - below > 8]
    assert steps and all(abs(step / 30 - round(step / 30)) < 0.2 for step in steps)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"pitch": 12.0, "size": None}, "放不下 16 磅"),
        ({"kind": "linesAndChars", "characters": 8.0}, "字距没有照它"),
        ({"kind": "linesAndChars", "characters": -0.5, "size": None}, "字距没有照它"),
    ],
)  # fmt: skip
def test_what_cannot_hold_is_told_with_the_reason(given: dict[str, object], says: str) -> None:
    own = base(**given)  # type: ignore[arg-type]
    assert any(says in one for one in school_body(own, 16).not_held)


@pytest.mark.parametrize("pitch", [15.6, 18.0])
def test_the_grid_of_a_new_file_is_nobodys_wish(pitch: float) -> None:
    own = base(pitch=pitch, size=None, kind="lines" if pitch == 15.6 else "default")
    body = school_body(own, 16)
    assert not body.not_held
    assert word.on_its_page(LOOK, own).styles["item1"].pitch == LOOK.styles["item1"].pitch


def test_lines_and_a_half_of_the_grid(tmp_path: Path) -> None:
    def wide(file: docx.document.Document) -> None:
        file.styles["Normal"].paragraph_format.line_spacing = 1.5

    look = word.on_its_page(LOOK, base(pitch=20.0, change=wide))
    assert look.styles["body"].pitch == look.styles["item1"].pitch == pytest.approx(30)


def markdown_headings(size: float, *, centred: bool = True, title: bool = False) -> BaseFile:
    """Heading 1 as the title, heading 2 as 一、, as converters of Markdown set them."""

    def change(file: docx.document.Document) -> None:
        for name, points, font in (("Heading 1", size, "方正小标宋简体"), ("Heading 2", 16, "黑体")):
            style = file.styles[name]
            style.font.size = Pt(points)
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        if centred:
            file.styles["Heading 1"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if title:
            file.styles["Title"].font.size = Pt(26)
            file.styles["Title"].element.get_or_add_rPr().get_or_add_rFonts().set(
                qn("w:eastAsia"), "华文中宋"
            )

    return base(change=change)


@pytest.mark.parametrize(
    ("own", "styles"),
    [
        (markdown_headings(22), ("Heading 1", "Heading 2")),
        (markdown_headings(18), ("Heading 1", "Heading 2")),
        (markdown_headings(22, centred=False), ("Heading 1", "Heading 2")),
        (markdown_headings(22, title=True), ("Title", "Heading 2")),
        (markdown_headings(16), ("Title", "Heading 1")),
        (markdown_headings(18, centred=False), ("Title", "Heading 1")),
        (base(), ("Title", "Heading 1")),
    ],
    ids=["22", "18", "left", "with-title", "16-centred", "18-left", "unset"],
)  # fmt: skip
def test_a_first_heading_set_as_a_title_is_one(
    own: BaseFile, styles: tuple[str, str], tmp_path: Path
) -> None:
    made = word.write(sample_document(), LOOK, own)
    path = tmp_path / "made.docx"
    path.write_bytes(made)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert [str(finding) for finding in ooxml_integrity.check(path)] == []
    file = docx.Document(io.BytesIO(made))
    title = next(one for one in file.paragraphs if "工作计划" in one.text)
    heading = next(one for one in file.paragraphs if one.text == "现状与问题")
    assert tuple(one.style and one.style.name for one in (title, heading)) == styles
    names = [style.name for style in file.styles]
    assert len(names) == len(set(names))
