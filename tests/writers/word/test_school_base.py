"""A school's own Word file as the base: its page, header, footer and styles, our words; nothing that does harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import ooxml_integrity
import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from planforge.core.problems import InputError
from planforge.core.resources import templates_root
from planforge.document.look import read_look
from planforge.writers import pdf, word
from planforge.writers.word.base_file import checked
from tests.support import soffice
from tests.support.sample_tree import items_alone, sample_document
from tests.support.school_docx import SCHOOL, repacked, school_file

LOOK = read_look(templates_root() / "styles" / "official.yaml")


@pytest.fixture(scope="module", params=[False, True], ids=["letterhead", "styled"])
def styled(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module")
def made(styled: bool) -> bytes:
    return word.write(sample_document(), LOOK, checked(school_file(styled=styled), "校本.docx"))


def test_the_file_is_valid_and_nobody_has_edited_it(made: bytes, tmp_path: Path) -> None:
    path = tmp_path / "made.docx"
    path.write_bytes(made)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert [str(finding) for finding in ooxml_integrity.check(path)] == []
    assert word.digest(made) == word.stored_digest(made)


def test_header_logo_footer_and_page_are_the_schools(made: bytes) -> None:
    file = docx.Document(io.BytesIO(made))
    section = file.sections[0]
    assert section.header.paragraphs[0].text == SCHOOL
    assert section.header.part.rels and section.header._element.findall(f".//{qn('a:blip')}")
    assert section.footer.paragraphs[0].text == "地址：清溪区桐花路1号"
    assert section.left_margin is not None and round(section.left_margin.mm) == 30
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert (
            len([name for name in package.namelist() if "media/" in name]) == 1
        )  # not the one of the old text


def test_nothing_of_the_old_text_is_left(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert "去年".encode() not in b"".join(package.read(name) for name in package.namelist())


def test_styles_that_the_school_set_are_used_and_ours_added_where_it_has_none(
    made: bytes, styled: bool
) -> None:
    file = docx.Document(io.BytesIO(made))
    body = next(p for p in file.paragraphs if p.text.startswith("上学期末"))
    item = next(p for p in file.paragraphs if p.text.startswith("作业的总量有人管"))
    heading = next(p for p in file.paragraphs if p.text == "现状与问题")
    assert heading.style is not None and heading.style.name == "Heading 1"
    assert item.style is not None and item.style.name == "条目"
    assert body.style is not None
    if styled:
        assert body.style.name == "Normal"
        assert body.style.font.size.pt == 14
        assert item.style.font.size is None  # it follows the school's body text
        assert heading.style.font.size.pt == 18
    else:
        assert body.style.name == "公文正文"
        assert (
            heading.style.font.size.pt == 16 and heading.style.font.color.rgb is None
        )  # not a program's blue
        assert body.style.font.size.pt == item.style.font.size.pt == 16


def test_headings_and_items_keep_their_numbers(tmp_path: Path) -> None:
    """As LibreOffice counts them, in a file whose own lists come first."""
    base = checked(school_file(), "校本.docx")
    names = {"own": word.write(items_alone(), LOOK), "based": word.write(items_alone(), LOOK, base)}
    for name, data in names.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    texts = soffice.to_text([tmp_path / f"{name}.docx" for name in names], tmp_path / "out")
    own, based = ["".join(text.split()) for text in texts]
    assert "一、甲1.先做的事2.后做的事（1）细的事" in based and "（一）乙" in based
    assert own == based


def test_lists_and_tables_are_as_wide_as_the_schools_page(made: bytes) -> None:
    table = docx.Document(io.BytesIO(made)).tables[0]._tbl
    widths = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    assert sum(widths) == pytest.approx((210 - 60) / 25.4 * 1440, abs=2)


def test_a_file_that_our_own_program_made_can_be_a_base() -> None:
    base = checked(word.write(sample_document(), LOOK), "自己的.docx")
    made = word.write(sample_document(), LOOK, base)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        styles = package.read("word/styles.xml")
    assert styles.count("落款".encode()) == word_styles_count()
    assert word.digest(made) == word.stored_digest(made)


def word_styles_count() -> int:
    with zipfile.ZipFile(io.BytesIO(word.write(sample_document(), LOOK))) as package:
        return package.read("word/styles.xml").count("落款".encode())


def test_the_pdf_stands_on_the_same_paper() -> None:
    base = checked(school_file(), "校本.docx")
    look = word.on_its_page(LOOK, base)
    assert round(look.page.left_mm) == 30 and round(look.page.width_mm) == 210
    assert pdf.write(items_alone(), look).startswith(b"%PDF")


def _with_relationship(kind: str, target: str, *, external: bool, part: str) -> bytes:
    data = school_file()
    name = f"word/_rels/{part}.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        rels = package.read(name) if name in package.namelist() else b""
    mode = b' TargetMode="External"' if external else b""
    one = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        + kind.encode() + b'" Target="' + target.encode() + b'"' + mode + b"/></Relationships>"
    )  # fmt: skip
    return repacked(data, {name: rels.replace(b"</Relationships>", one)})


def _bomb() -> bytes:
    return repacked(school_file(), {"word/media/big.bin": b"\0" * 60_000_000})


def _types(new: bytes) -> bytes:
    data = school_file()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml")
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return repacked(data, {"[Content_Types].xml": types.replace(old, new)})


_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>'
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "不是 .docx"),
        (b"PK\x03\x04 not a package", "不是 .docx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "旧式 .doc"),
        (school_file()[:-3000], "不是 .docx"),
        (_types(b"application/vnd.ms-word.document.macroEnabled.main+xml"), "宏"),
        (repacked(school_file(), {"word/vbaProject.bin": b"x"}), "宏"),
        (_bomb(), "大得不正常"),
        (repacked(school_file(), {"../../outside.xml": b"<x/>"}), "文件名不正常"),
        (repacked(school_file(), {"word/settings.xml": _ENTITIES}), "XML 声明"),
        (repacked(school_file(), {"word/settings.xml": _ENTITIES.decode().encode("utf-16")}), "XML 声明"),
        (repacked(school_file(), {"word/document.xml": b"<w:document"}), "损坏"),
        (repacked(school_file(), {"word/document.xml": b"<html/>"}), "不是 Word 文档"),
        (repacked(school_file(), {"_rels/.rels": None}), "不是 Word 文档"),
        (repacked(school_file(), {"word/styles.xml": b"<broken"}), "损坏"),
        (repacked(school_file(), {"word/header1.xml": None}), "缺少部件"),
        (_with_relationship("image", "http://example.invalid/a.png", external=True, part="header1.xml"), "链接到别处"),
        (_with_relationship("oleObject", "embeddings/a.bin", external=False, part="header1.xml"), "对象"),
    ],
)  # fmt: skip
def test_what_does_harm_or_is_broken_is_refused_in_chinese(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as caught:
        word.write(items_alone(), LOOK, checked(data, "校本.docx"))
    (problem,) = caught.value.problems
    assert problem.code == "base-refused"
    assert "“校本.docx”不能做底稿" in problem.message and says in problem.message
    assert problem.fix


def test_links_of_the_old_text_and_a_template_from_elsewhere_are_left_behind(tmp_path: Path) -> None:
    data = _with_relationship("hyperlink", "http://example.invalid/", external=True, part="document.xml")
    settings = b'<w:attachedTemplate xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    settings += b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>'
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        old = package.read("word/settings.xml")
    at = old.index(b">", old.index(b"<w:settings")) + 1
    changed = old[:at] + settings + old[at:]
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate" Target="http://example.invalid/x.dotm" TargetMode="External"/></Relationships>'
    )
    data = repacked(data, {"word/settings.xml": changed, "word/_rels/settings.xml.rels": rels})
    made = word.write(items_alone(), LOOK, checked(data, "校本.docx"))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert b"example.invalid" not in b"".join(package.read(name) for name in package.namelist())
    path = tmp_path / "made.docx"
    path.write_bytes(made)
    assert OpenXmlValidator().validate(path).is_valid


def test_a_file_that_is_not_there_is_told_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"“没有\.docx”不能做底稿：找不到这个文件"):
        word.read_base(tmp_path / "没有.docx")
