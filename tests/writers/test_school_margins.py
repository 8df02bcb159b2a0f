"""A school's own header and footer in the PDF as in the Word file; what the PDF lacks is told, with its place."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from planforge.core.problems import InputError
from planforge.core.resources import profiles_root, templates_root
from planforge.document.look import find_look
from planforge.document.tree import Document, Table
from planforge.writers import pdf, word
from planforge.writers.word.base_file import checked
from tests.support import faithful
from tests.support.parity import compare, in_line_order
from tests.support.positions import Sign, body, lines, signs
from tests.support.sample_tree import cells, para, prose_document
from tests.support.school_docx import SCHOOL, letterhead_file, repacked
from tests.support.ways import build

LOOK = find_look("official", [templates_root()])
FORM = (profiles_root() / "village-primary.yaml").read_text(encoding="utf-8").split("\ndocuments:")[0]
MM = 72 / 25.4
MARGIN = 32 * MM


@pytest.fixture(scope="module")
def both() -> tuple[bytes, bytes]:
    """A document of three pages as Word (laid out by LibreOffice) and as PDF, on a letterhead."""
    base = checked(letterhead_file(), "校本.docx")
    look = word.on_its_page(LOOK, base)
    (theirs,) = faithful.to_pdf([word.write(prose_document(9), look, base)])
    return theirs, pdf.write(prose_document(9), look)


def outside(data: bytes) -> dict[tuple[int, str], list[Sign]]:
    """The lines above and below the text, by page and words."""
    found = [sign for sign in signs(data) if not MARGIN < sign.y < 297 * MM - MARGIN]
    return {(line.page, line.text): list(line.signs) for line in lines(in_line_order(found))}


def test_each_page_has_the_schools_words_and_its_number(both: tuple[bytes, bytes]) -> None:
    theirs, ours = map(outside, both)
    assert set(ours) == set(theirs)
    assert {text for page, text in ours if page == 1} == {"首页的页眉", "第1页共3页"}
    assert {text for page, text in ours if page == 2} == {"双页的页眉", "第2页共3页"}
    assert {text for page, text in ours if page == 3} == {f"{SCHOOL}教导处", "第3页共3页"}
    for line, words in ours.items():
        for first, second in zip(theirs[line], words, strict=True):
            assert first.x == pytest.approx(second.x, abs=2)
            assert first.y == pytest.approx(second.y, abs=3)


def test_the_text_stands_where_it_stands_in_word(both: tuple[bytes, bytes]) -> None:
    theirs, ours = (body(signs(data), MARGIN, 297 * MM - MARGIN) for data in both)
    parity = compare(in_line_order(theirs), ours)
    assert parity.same_text and parity.same_pages and parity.share == 1
    assert parity.across(99) < 0.5 and parity.down() < 0.5


@pytest.mark.parametrize("mode", ["", "12", "15"])
def test_a_table_stands_where_it_stands_in_word(mode: str) -> None:
    """Files of Word 2010 and before, and those that do not say, begin a table left of the margin."""
    said = "" if not mode else (
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="{mode}"/></w:compat>'
    )  # fmt: skip
    file = letterhead_file()
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        settings = package.read("word/settings.xml").decode()
    settings = re.sub("<w:compat>.*?</w:compat>|<w:compat/>", said, settings, flags=re.DOTALL)
    assert (f'"{mode}"' in settings) == bool(mode)
    base = checked(repacked(file, {"word/settings.xml": settings.encode()}), "校本.docx")
    look = word.on_its_page(LOOK, base)
    table = Table((1, 4), (cells("周次", "内容"),), (cells("第一周", "检查"), cells("第二周", "讲评")))
    document = Document("k", "t", (para("表在下面"), table))
    (theirs,) = faithful.to_pdf([word.write(document, look, base)])
    ours = pdf.write(document, look)
    parity = compare(
        *(in_line_order(body(signs(data), MARGIN, 297 * MM - MARGIN)) for data in (theirs, ours))
    )
    assert parity.same_text and parity.across() < 0.5 and parity.down() < 0.5


def is_red(red: int, green: int, blue: int) -> bool:
    return red > 150 and green < 150 and blue < 150


def test_logo_and_rule_are_printed_where_the_school_has_them(both: tuple[bytes, bytes]) -> None:
    for data in both:
        document = pypdfium2.PdfDocument(data)
        try:
            first, second, third = (page.render(scale=2).to_pil().convert("RGB") for page in document)
            corner = first.crop((0, 0, first.width // 2, first.height // 6))
            red = [
                (x, y)
                for y in range(corner.height)
                for x in range(corner.width)
                if is_red(*corner.getpixel((x, y)))
            ]
            box = [edge(one[axis] for one in red) / 2 / MM for edge in (min, max) for axis in (0, 1)]
            assert box == pytest.approx([20, 8, 35, 23], abs=0.6)
            assert not any(is_red(*one[1]) for one in second.getcolors(1 << 20))
            samples = {
                y: [third.getpixel((x, y)) for x in range(170, 1020, 50)] for y in range(third.height // 6)
            }
            rows = [y / 2 for y, row in samples.items() if all(is_red(*one) for one in row)]
            assert rows and 12 * MM < min(rows) < max(rows) < 22 * MM
        finally:
            document.close()


def made(folder: Path, documents: str) -> Path:
    form = folder / "school.yaml"
    form.write_text(f"{FORM}\n{documents}", encoding="utf-8")
    return form


def test_what_the_pdf_lacks_is_told_with_the_place_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "校本.docx").write_bytes(letterhead_file(box=True))
    form = made(tmp_path, "documents:\n  - kind: 减负工作计划\n    base: 校本.docx\n")
    report = build(form, tmp_path / "out")
    told = [one for one in report.notices if one.code == "base-not-in-pdf"]
    line = FORM.count("\n") + 4
    assert [str(one.place) for one in told] == [f"{form}:{line}:11"]
    assert "页眉里的文本框" in told[0].message and told[0].severity == "notice"
    words = "".join(sign.text for sign in signs((report.folder / "减负工作计划.pdf").read_bytes()))
    assert "首页的页眉" in words and "第1页共" in words and "— 1 —" not in words


@pytest.mark.parametrize("how", ["document", "look"])
def test_a_refusal_names_the_line_that_names_the_file(tmp_path: Path, how: str) -> None:
    (tmp_path / "styles").mkdir()
    for folder in (tmp_path, tmp_path / "styles"):
        (folder / "校本.docx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    look = tmp_path / "styles" / "own.yaml"
    look.write_text("based_on: official\nname: own\ntitle: 校本式样\nbase:   校本.docx\n", encoding="utf-8")
    choice = "base: 校本.docx" if how == "document" else "look: own"
    form = made(tmp_path, f"documents:\n  - kind: 减负工作计划\n    {choice}\n")
    with pytest.raises(InputError) as caught:
        build(form, tmp_path / "out", formats=("docx",), own_templates=[tmp_path])
    (problem,) = caught.value.problems
    expected = f"{form}:{FORM.count(chr(10)) + 4}:11" if how == "document" else f"{look}:4:9"
    assert str(problem.place) == expected
