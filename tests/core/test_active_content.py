"""What no office file may bring along: definitions in any encoding, fields that fetch or run, however they are written."""

from __future__ import annotations

import pytest
from lxml import etree

from planforge.core.active_content import FIELDS, active_field, definitions, hidden_definition

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DTD = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def part(body: str) -> etree._Element:
    return etree.fromstring(f"<w:hdr {_NS}><w:p>{body}</w:p></w:hdr>")


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def text(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{words}</w:instrText></w:r>'


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037"]
)
def test_a_definition_is_refused_in_any_encoding(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    assert hidden_definition((head + _DTD).encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "shift_jis"])
def test_a_declared_encoding_that_packages_do_not_have_is_refused(encoding: str) -> None:
    assert hidden_definition(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode())


def test_ordinary_parts_pass() -> None:
    for data in (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a>字</a>'.encode(),
        "<a>没有声明</a>".encode(),
        '<?xml version="1.0" encoding="UTF-16"?><a>字</a>'.encode("utf-16"),
        "\ufeff<a/>".encode(),
    ):
        assert hidden_definition(data) == ""
    assert definitions({"word/media/image1.png": b"\x89PNG<!DOCTYPE", "word/a.xml": b"<a/>"}) == ""


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_of_the_list_is_found_as_a_simple_and_as_a_complex_one(name: str) -> None:
    assert active_field(part(f'<w:fldSimple w:instr=" {name.lower()} x "/>')) == name
    complex_ = char("begin") + text(f" {name[:2]}") + text(f"{name[2:]} x") + char("separate") + char("end")
    assert active_field(part(complex_)) == name


@pytest.mark.parametrize(
    "body",
    [
        char("begin")
        + text('IF 1=1 "')
        + char("begin")
        + text("DDEAUTO a b")
        + char("end")
        + text('"')
        + char("end"),
        char("begin") + text("PAGE") + char("separate") + text("DDEAUTO a b") + char("end"),
        char("begin") + text("DDEAUTO a b"),
        text("DDEAUTO a b"),
        f"<w:sdt><w:sdtContent><w:r><w:txbxContent><w:p>{char('begin')}{text('INCLUDEPICTURE x')}{char('end')}</w:p></w:txbxContent></w:r></w:sdtContent></w:sdt>",
    ],
)
def test_a_field_is_found_inside_others_in_results_and_unfinished(body: str) -> None:
    assert active_field(part(body)) in FIELDS


def test_a_name_put_together_by_another_field_is_refused() -> None:
    nested = char("begin") + char("begin") + text("QUOTE 68 68 69") + char("end") + text(" a b") + char("end")
    assert active_field(part(nested)) == "QUOTE"


@pytest.mark.parametrize(
    "words", ["PAGE", " NUMPAGES \\* Arabic ", "DATE", "STYLEREF 标题 1", "REF _Toc1", "TITLE", "SEQ 图", ""]
)
def test_ordinary_fields_pass(words: str) -> None:
    assert active_field(part(char("begin") + text(words) + char("separate") + char("end"))) == ""
    nested = (
        char("begin")
        + text("IF ")
        + char("begin")
        + text("PAGE")
        + char("end")
        + text('=1 "" "x"')
        + char("end")
    )
    assert active_field(part(nested)) == ""
