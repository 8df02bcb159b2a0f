"""Many Word letters as one file: one set of styles, a section a letter, everything counted from one again."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Sequence
from pathlib import Path

import docx
import ooxml_integrity
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from openxml_audit import OpenXmlValidator

from planforge.document.tree import (
    Attachment,
    Bar,
    Document,
    Figure,
    Heading,
    Item,
    NumberedList,
    Paragraph,
    Text,
)
from planforge.letters_word.merged_file import joined
from planforge.letters_word.splice import Splicer
from planforge.writers.word import digest, read_base, stored_digest
from tests.support.letters import TREE, letter, look
from tests.support.school_docx import school_file
from tests.support.soffice import pdf_text, to_pdf

NAMES = ("丁一禾", "卞小舟", "买买提·阿不都")


def words(text: str) -> tuple[Text]:
    return (Text(text),)


FIGURE = Figure(
    "columns", words("每天作业"), words("两组各一根柱"), (words("分钟"),),
    (Bar(words("三年级"), (words("40"),)), Bar(words("四年级"), (words("50"),))), "分钟",
)  # fmt: skip
FULL: Document = dataclasses.replace(
    TREE,
    blocks=(
        TREE.blocks[0],
        Heading(1, words("作业")),
        Heading(2, words("时间")),
        *TREE.blocks[1:],
        Heading(1, words("睡眠")),
        NumberedList((Item(words("早睡"), NumberedList((Item(words("九点")),), 2)), Item(words("早起")))),
        FIGURE,
        Attachment(words("附表"), (Heading(1, words("说明")), Paragraph(words("无。")))),
    ),
)


def join(base: Path | None = None, copies: int = 1, duplex: bool = False) -> bytes:
    own = read_base(base) if base else None
    splicer = Splicer(look("official"), own)
    letters = [letter(name, seat=str(n), document=FULL) for n, name in enumerate(NAMES, 1)]
    return joined((splicer.write(one) for one in letters), copies=copies, duplex=duplex)


@pytest.mark.parametrize("with_base", [False, True])
def test_validators_find_nothing(tmp_path: Path, with_base: bool) -> None:
    base = tmp_path / "校本.docx"
    base.write_bytes(school_file(styled=True))
    path = tmp_path / "全班.docx"
    path.write_bytes(join(base if with_base else None, copies=2, duplex=True))
    result = OpenXmlValidator().validate(path)
    assert [str(error) for error in result.errors] == []
    assert [str(finding) for finding in ooxml_integrity.check(path)] == []


def test_one_set_of_styles_and_a_section_a_letter() -> None:
    file = docx.Document(io.BytesIO(join(copies=2, duplex=True)))
    single = docx.Document(io.BytesIO(Splicer(look("official")).write(letter(NAMES[0], document=FULL))))
    assert [style.style_id for style in file.styles] == [style.style_id for style in single.styles]
    sections = list(file.sections)
    assert len(sections) == 2 * len(NAMES)
    assert all(one.start_type == WD_SECTION.ODD_PAGE for one in sections)
    starts = [one._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for one in sections]
    assert starts == ["1"] * len(sections)
    assert [text for text in (p.text for p in file.paragraphs) if text.startswith("尊敬的")] == [
        f"尊敬的{name}家长：" for name in NAMES for _ in range(2)
    ]
    pictures = [part for part in file.part.package.iter_parts() if part.partname.startswith("/word/media/")]
    assert len(pictures) == 1


def numbers(paragraphs: Sequence[WordParagraph]) -> set[str]:
    found = (p._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}") for p in paragraphs)
    return {one.get(qn("w:val")) for one in found if one is not None}


def test_letters_share_no_list() -> None:
    file = docx.Document(io.BytesIO(join()))
    letters: list[list[WordParagraph]] = [[]]
    for paragraph in file.paragraphs:
        letters[-1].append(paragraph)
        if paragraph._p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            letters.append([])
    assert len(letters) == len(NAMES)
    used = [numbers(one) for one in letters]
    assert all(used)
    assert not used[0] & used[1] and not used[1] & used[2] and not used[0] & used[2]


def test_an_edit_can_be_told_from_a_mere_saving() -> None:
    data = join()
    assert stored_digest(data) == digest(data)


@pytest.mark.slow
def test_libreoffice_counts_headings_items_and_pages_anew(tmp_path: Path) -> None:
    path = tmp_path / "全班.docx"
    path.write_bytes(join())
    single = tmp_path / "一份.docx"
    single.write_bytes(Splicer(look("official")).write(letter(NAMES[0], document=FULL)))
    merged, alone = (pdf_text(one) for one in to_pdf([path, single], tmp_path / "pdf"))
    plain = re.sub(r"\s", "", merged)
    for part in ("一、作业", "（一）时间", "二、睡眠", "1.早睡", "（1）九点", "2.早起", "一、说明"):
        assert plain.count(part) == len(NAMES), part
    pages = re.findall(r"—(\d+)—", re.sub(r"[ \t]", "", merged))
    each = re.findall(r"—(\d+)—", re.sub(r"[ \t]", "", alone))
    assert len(each) > 1
    assert pages == each * len(NAMES)
