"""A mere re-save is told from an edit."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from planforge.document.look import Look
from planforge.document.tree import Document, Heading, NumberedList, Paragraph
from planforge.writers.word import digest, stored_digest, write
from planforge.writers.word.package import read_parts, zip_parts
from tests.support.sample_tree import items_alone
from tests.support.soffice import to_docx


def edited(data: bytes, edit: Callable[[WordFile], object]) -> bytes:
    file = docx.Document(io.BytesIO(data))
    edit(file)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def body_paragraph(file: WordFile) -> int:
    return next(n for n, paragraph in enumerate(file.paragraphs) if paragraph.text.startswith("上学期末"))


def test_what_is_written_is_known_as_unedited(sample_file: bytes) -> None:
    assert digest(sample_file) == stored_digest(sample_file)


def test_python_docx_saving_again_changes_nothing(sample_file: bytes) -> None:
    again = edited(sample_file, lambda file: None)
    assert digest(again) == stored_digest(again) == digest(sample_file)


@pytest.mark.slow
def test_libreoffice_saving_again_changes_nothing(sample_file: bytes, look: Look, tmp_path: Path) -> None:
    files = {"sample": sample_file, "lists": write(items_alone(), look)}
    for name, data in files.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    again = to_docx([tmp_path / f"{name}.docx" for name in files], tmp_path / "again")
    for path, data in zip(again, files.values(), strict=True):
        resaved = path.read_bytes()
        assert resaved != data
        assert digest(resaved) == stored_digest(resaved) == digest(data)


def test_other_ids_runs_and_revision_marks_change_nothing(sample_file: bytes) -> None:
    """What Word itself does when it saves: rsids, split runs, proofing marks, bookmarks."""
    parts = read_parts(sample_file)
    document = parts["word/document.xml"].decode()
    cut = "上学期末，教导处"
    assert cut in document
    split = (
        '上学期末，</w:t></w:r><w:proofErr w:type="gramStart"/><w:bookmarkStart w:id="9" w:name="_Go"/>'
        '<w:bookmarkEnd w:id="9"/><w:r w:rsidR="00A1"><w:rPr><w:rFonts w:hint="eastAsia"/><w:lang w:eastAsia="zh-CN"/>'
        "</w:rPr><w:lastRenderedPageBreak/><w:t>教导处"
    )
    parts["word/document.xml"] = document.replace(cut, split, 1).encode()
    styles = parts["word/styles.xml"].decode()
    parts["word/styles.xml"] = styles.replace('w:styleId="Flush"', 'w:styleId="a7"').encode()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b'w:val="Flush"', b'w:val="a7"')
    assert digest(zip_parts(parts)) == digest(sample_file)


def _delete(file: WordFile) -> None:
    element = file.paragraphs[body_paragraph(file)]._p
    element.getparent().remove(element)


def _swap(file: WordFile) -> None:
    paragraph = file.paragraphs[body_paragraph(file)]._p
    paragraph.addnext(paragraph.getprevious())


def _one_character(file: WordFile) -> None:
    run = file.paragraphs[body_paragraph(file)].runs[0]
    run.text = run.text.replace("六十", "五十", 1)


def _tracked_insertion(file: WordFile) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    file.paragraphs[body_paragraph(file)]._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="x"><w:r><w:t>添的话</w:t></w:r></w:ins>')
    )


TEXT_EDITS: dict[str, Callable[[WordFile], object]] = {
    "one character": _one_character,
    "a paragraph deleted": _delete,
    "two paragraphs swapped": _swap,
    "a paragraph added": lambda file: file.add_paragraph("再补一句"),
    "an empty paragraph added": lambda file: file.paragraphs[3].insert_paragraph_before(""),
    "a table cell": lambda file: setattr(file.tables[0].cell(1, 1).paragraphs[0].runs[0], "text", "改了"),
    "words under revision": _tracked_insertion,
    "a line break": lambda file: file.paragraphs[body_paragraph(file)].runs[0].add_break(),
}

STRUCTURE_EDITS: dict[str, Callable[[WordFile], object]] = {
    "bold": lambda file: setattr(file.paragraphs[body_paragraph(file)].runs[0], "bold", True),
    "size": lambda file: setattr(file.paragraphs[body_paragraph(file)].runs[0].font, "size", Pt(14)),
    "underline": lambda file: setattr(file.paragraphs[body_paragraph(file)].runs[0], "underline", True),
    "alignment": lambda file: setattr(
        file.paragraphs[body_paragraph(file)], "alignment", WD_ALIGN_PARAGRAPH.CENTER
    ),
    "style": lambda file: setattr(file.paragraphs[body_paragraph(file)], "style", file.styles["顶格正文"]),
    "heading": lambda file: setattr(file.paragraphs[body_paragraph(file)], "style", file.styles["heading 2"]),
    "heading level": lambda file: setattr(
        next(p for p in file.paragraphs if p.text == "控制总量"), "style", file.styles["heading 2"]
    ),
    "a style's size": lambda file: setattr(file.styles["Normal"].font, "size", Pt(12)),
    "a row": lambda file: file.tables[0].add_row(),  # type: ignore[no-untyped-call]
    "cells merged": lambda file: file.tables[2].cell(1, 2).merge(file.tables[2].cell(1, 3)),
    "landscape": lambda file: setattr(file.sections[0], "page_width", file.sections[0].page_height),
}


@pytest.mark.parametrize("name", TEXT_EDITS)
def test_an_edit_of_words_is_seen(name: str, sample_file: bytes) -> None:
    changed = edited(sample_file, TEXT_EDITS[name])
    assert digest(changed).text != digest(sample_file).text
    assert stored_digest(changed) == digest(sample_file)


@pytest.mark.parametrize("name", STRUCTURE_EDITS)
def test_an_edit_of_the_setting_is_seen(name: str, sample_file: bytes) -> None:
    changed = edited(sample_file, STRUCTURE_EDITS[name])
    assert digest(changed).structure != digest(sample_file).structure


def test_words_and_setting_are_told_apart(sample_file: bytes) -> None:
    bold = edited(sample_file, STRUCTURE_EDITS["bold"])
    assert digest(bold).text == digest(sample_file).text


def test_paragraphs_do_not_run_into_one_another(look: Look) -> None:
    one = Document("k", "t", (Paragraph(()), *items_alone().blocks))
    assert any(isinstance(block, NumberedList | Heading) for block in one.blocks)
    assert digest(write(one, look)).text != digest(write(items_alone(), look)).text


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a Word file"):
        digest(data)


def test_a_file_of_anothers_has_no_stored_digest() -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    assert stored_digest(buffer.getvalue()) is None
    assert digest(buffer.getvalue()).text


def test_the_digest_needs_no_python_docx() -> None:
    """Whoever only wants to know whether a file was edited does not load the writer."""
    code = (
        "import sys, planforge.writers.word;"
        "sys.exit(int(any(name in sys.modules for name in ('docx', 'lxml'))))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
