"""From the form to the files: a red head, a school's own paper, a look bound to its pages, numbers written out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest

from planforge.core.problems import InputError
from planforge.core.resources import profiles_root, templates_root
from planforge.document.look import find_look
from planforge.writers import word
from tests.support.sample_tree import items_alone
from tests.support.school_docx import SCHOOL, school_file
from tests.support.ways import build

FORM = (profiles_root() / "village-primary.yaml").read_text(encoding="utf-8").split("\ndocuments:")[0]
OFFICIAL = find_look("official", [templates_root()])


def made(
    folder: Path, more: str, formats: tuple[str, ...] = ("docx", "pdf"), base: Path | None = None
) -> Path:
    form = folder / "school.yaml"
    form.write_text(f"{FORM}\n{more}", encoding="utf-8")
    return build(form, folder / "out", formats=formats, own_templates=[folder], base=base).folder


def pages(path: Path) -> int:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return len(document)
    finally:
        document.close()


def test_a_document_goes_out_under_a_red_head(tmp_path: Path) -> None:
    folder = made(
        tmp_path,
        "dispatch:\n  issuer: 柳塘镇小学文件\n  office: 柳塘镇小学办公室\n  day: 2026-08-31\n"
        "documents:\n  - kind: 减负工作计划\n    look: 红头公文式样\n    document_number: 柳小[2026]3号\n",
        ("docx",),
    )
    first, second = docx.Document(str(folder / "减负工作计划.docx")).paragraphs[:2]
    assert (first.text, second.text) == ("柳塘镇小学文件", "柳小〔2026〕3号")
    table = docx.Document(str(folder / "减负工作计划.docx")).tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == ["柳塘镇小学办公室", "2026年8月31日印发"]


@pytest.mark.parametrize(
    ("dispatch", "number", "lacking"),
    [
        ("", "", ["issuer", "document_number"]),
        ("", "柳小〔2026〕3号", ["issuer"]),
        ("柳塘镇小学文件", "", ["document_number"]),
    ],
)
def test_a_red_head_that_cannot_be_printed_is_told(
    tmp_path: Path, dispatch: str, number: str, lacking: list[str]
) -> None:
    form = tmp_path / "school.yaml"
    more = f"dispatch: {{issuer: {dispatch}}}\n" if dispatch else ""
    listed = "documents:\n  - kind: 减负工作计划\n    look: 红头公文式样\n"
    form.write_text(
        f"{FORM}\n{more}{listed}" + (f"    document_number: {number}\n" if number else ""), encoding="utf-8"
    )
    (told,) = (one for one in build(form, tmp_path / "out", formats=["txt"]).notices if "红头" in one.message)
    line = form.read_text(encoding="utf-8").split("\n").index("    look: 红头公文式样") + 1
    assert told.place is not None and (told.place.file, told.place.line) == (str(form), line)
    assert [word for word in ("issuer", "document_number") if word in told.found] == lacking


def test_what_does_not_hold_on_its_pages_is_told_where_the_look_was_chosen(tmp_path: Path) -> None:
    form = tmp_path / "school.yaml"
    form.write_text(f"{FORM}\ndocuments:\n  - kind: 减负工作计划\n    look: letter\n", encoding="utf-8")
    (tmp_path / "styles").mkdir()
    ladder = "fit: {pages: 1, source: 本校, steps: [{pitch: 30}]}\n"
    (tmp_path / "styles" / "letter.yaml").write_text(f"based_on: letter\n{ladder}", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        build(form, tmp_path / "out", formats=["pdf"], own_templates=[tmp_path])
    (told,) = caught.value.problems
    assert told.code == "does-not-fit"
    assert told.place is not None and told.place.file == str(form)
    assert form.read_text(encoding="utf-8").split("\n")[told.place.line - 1] == "    look: letter"


@pytest.mark.parametrize("how", ["document", "call", "look"])
def test_a_school_prints_on_its_own_paper(tmp_path: Path, how: str) -> None:
    """The file is named in the form, on the call, or in a look of the school's, and found beside what names it."""
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "paper.docx").write_bytes(school_file())
    (tmp_path / "styles" / "own.yaml").write_text(
        "based_on: official\nname: own\ntitle: 校本式样\nbase: paper.docx\n", encoding="utf-8"
    )
    more = {
        "document": "documents:\n  - kind: 减负工作计划\n    base: styles/paper.docx\n",
        "call": "",
        "look": "documents:\n  - kind: 减负工作计划\n    look: 校本式样\n",
    }[how]
    base = tmp_path / "styles" / "paper.docx" if how == "call" else None
    data = (made(tmp_path, more, ("docx",), base) / "减负工作计划.docx").read_bytes()
    assert docx.Document(io.BytesIO(data)).sections[0].header.paragraphs[0].text == SCHOOL
    assert word.digest(data) == word.stored_digest(data)


def test_a_base_that_is_none_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "校本.docx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(InputError, match="旧式"):
        made(tmp_path, "documents:\n  - kind: 减负工作计划\n    base: 校本.docx\n", ("docx",))
    assert not (tmp_path / "out").exists()


def test_a_plan_is_set_tighter_to_hold_on_its_pages(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    path = tmp_path / "styles" / "own.yaml"
    text = "based_on: official\nname: own\ntitle: 校本式样\nfit:\n  pages: 1\n  source: 校办\n  steps:\n"
    path.write_text(f"{text}    - pitch: 24\n    - {{size: 12, pitch: 14.5}}\n", encoding="utf-8")
    more = "documents:\n  - kind: 减负工作计划\n    look: 校本式样\n    options: {开头: 不加标题, 指导思想句: 否}\n"
    folder = made(tmp_path, more)
    assert pages(folder / "减负工作计划.pdf") == 1
    body = docx.Document(str(folder / "减负工作计划.docx")).styles["Normal"]
    assert (body.font.size.pt, body.paragraph_format.line_spacing.pt) == (12, 14.5)
    path.write_text(f"{text}    - pitch: 28\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"排不进一页.*还多 \d+ 行"):
        made(tmp_path, more)


def test_numbers_written_out_are_words_of_their_paragraphs() -> None:
    """So they survive being pasted into an office system or a chat; no list counts them again."""
    document = replace(items_alone(), numbering="text")
    data = word.write(document, OFFICIAL)
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    assert lines[:5] == ["一、甲", "1.先做的事", "2.后做的事", "（1）细的事", "（1）下一级的事"]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<w:numPr>" not in package.read("word/document.xml") + package.read("word/styles.xml")
    assert word.digest(data) == word.stored_digest(data)
