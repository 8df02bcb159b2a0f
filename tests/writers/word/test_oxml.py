"""One specimen of XML for each tool that goes below python-docx."""

from __future__ import annotations

import re

import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import serialize_for_reading
from lxml import etree

from planforge.writers.word import oxml

BODY = f"<w:body {nsdecls('w')}><w:sectPr/></w:body>"
NUMBERING = (
    f"<w:numbering {nsdecls('w')}>"
    '<w:abstractNum w:abstractNumId="0"/><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def shown(element: object) -> str:
    """XML on one line without declarations of namespaces."""
    text = re.sub(r' xmlns:\w+="[^"]*"', "", str(serialize_for_reading(element)))
    return re.sub(r">\s+<", "><", text).strip()


@pytest.fixture
def p():  # type: ignore[no-untyped-def]
    return OxmlElement("w:p")


def test_add_run_hints_at_the_chinese_font(p) -> None:  # type: ignore[no-untyped-def]
    oxml.add_run(p, "说“好”")
    assert shown(p) == (
        '<w:p><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
        '<w:t xml:space="preserve">说“好”</w:t></w:r></w:p>'
    )


def test_add_run_in_a_character_style(p) -> None:  # type: ignore[no-untyped-def]
    oxml.add_run(p, "每周", style="Strong")
    assert '<w:rPr><w:rStyle w:val="Strong"/><w:rFonts w:hint="eastAsia"/></w:rPr>' in shown(p)


def test_a_hidden_space_leaves_the_mark_of_the_paragraph_as_it_is(p) -> None:  # type: ignore[no-untyped-def]
    oxml.add_hidden_space(p)
    assert (
        shown(p)
        == (
            '<w:p><w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:vanish/></w:rPr><w:t xml:space="preserve"></w:t></w:r></w:p>'  # shown() drops the space
        )
    )


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("王\x00\x0b明", "王明"),
        ("a<b>&c", "a<b>&c"),
        ("\ud800𬍛", "𬍛"),
        ("\ufffe\uffff", ""),
        ("换\t行\r\n了", "换 行 了"),
    ],
)
def test_printable_drops_only_what_xml_cannot_hold(words: str, kept: str) -> None:
    assert oxml.printable(words) == kept


def test_words_of_any_kind_stay_readable(p) -> None:  # type: ignore[no-untyped-def]
    oxml.add_run(p, "</w:t>{{ x }}\x07&amp;")
    again = etree.fromstring(etree.tostring(p))
    assert "".join(again.itertext()) == "</w:t>{{ x }}&amp;"


def test_add_break(p) -> None:  # type: ignore[no-untyped-def]
    oxml.add_break(p)
    assert shown(p) == "<w:p><w:r><w:br/></w:r></w:p>"


def test_set_style(p) -> None:  # type: ignore[no-untyped-def]
    oxml.set_style(p, "Heading1")
    assert shown(p) == '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:p>'


def test_set_style_writes_nothing_for_normal(p) -> None:  # type: ignore[no-untyped-def]
    oxml.set_style(p, "Normal")
    assert shown(p) == "<w:p/>"


def test_set_number_stands_before_indents(p) -> None:  # type: ignore[no-untyped-def]
    oxml.set_hanging(p, 1900, 1260)
    oxml.set_number(p, 3, 1)
    assert shown(p) == (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>'
        '<w:ind w:leftChars="0" w:left="1900" w:hangingChars="0" w:hanging="1260"/></w:pPr></w:p>'
    )


def test_set_alignment(p) -> None:  # type: ignore[no-untyped-def]
    oxml.set_alignment(p, "center")
    assert shown(p) == '<w:p><w:pPr><w:jc w:val="center"/></w:pPr></w:p>'


def test_set_spacing(p) -> None:  # type: ignore[no-untyped-def]
    oxml.set_spacing(p, before=160)
    oxml.set_spacing(p, after=80)
    assert shown(p) == '<w:p><w:pPr><w:spacing w:before="160" w:after="80"/></w:pPr></w:p>'


def test_set_right_indent(p) -> None:  # type: ignore[no-untyped-def]
    oxml.set_right_indent(p, 4.5, 1440)
    assert shown(p) == '<w:p><w:pPr><w:ind w:rightChars="450" w:right="1440"/></w:pPr></w:p>'


def test_keeping_together(p) -> None:  # type: ignore[no-untyped-def]
    oxml.keep_whole(p)
    oxml.keep_with_next(p)
    assert shown(p) == "<w:p><w:pPr><w:keepNext/><w:keepLines/></w:pPr></w:p>"


def test_add_list_starts_every_level_anew() -> None:
    numbering = parse_xml(NUMBERING)
    assert oxml.add_list(numbering, 0, 2) == 2
    assert shown(numbering[-1]) == (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )


def test_add_abstract_list_stands_before_the_lists() -> None:
    numbering = parse_xml(NUMBERING)
    oxml.add_abstract_list(numbering, '<w:abstractNum w:abstractNumId="7"/>')
    assert [child.tag.rpartition("}")[2] for child in numbering] == ["abstractNum", "abstractNum", "num"]


def test_new_table_has_real_widths() -> None:
    assert shown(oxml.new_table([2000, 3000], "RuledTable")) == (
        '<w:tbl><w:tblPr><w:tblStyle w:val="RuledTable"/><w:tblW w:w="5000" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="3000"/></w:tblGrid></w:tbl>'
    )


def test_add_row_repeats_and_stays_whole() -> None:
    table = oxml.new_table([5000])
    assert shown(oxml.add_row(table, repeat=True)) == (
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr></w:tr>"
    )
    assert shown(oxml.add_row(table)) == "<w:tr><w:trPr><w:cantSplit/></w:trPr></w:tr>"


def test_add_cell_across_and_down() -> None:
    row = oxml.add_row(oxml.new_table([2000, 3000]))
    assert shown(oxml.add_cell(row, 5000, span=2, merge="restart")) == (
        '<w:tc><w:tcPr><w:tcW w:w="5000" w:type="dxa"/><w:gridSpan w:val="2"/>'
        '<w:vMerge w:val="restart"/></w:tcPr></w:tc>'
    )


def test_keep_row_keeps_each_cell_of_the_row() -> None:
    table = oxml.new_table([2000, 3000])
    for _ in range(2):
        row = oxml.add_row(table)
        for width in (2000, 3000):
            oxml.add_cell(row, width).add_p()
    oxml.keep_row(table.tr_lst[-1])
    assert [shown(each).count("<w:keepNext/>") for each in table.tr_lst] == [0, 2]


def test_append_block_stands_before_the_section() -> None:
    body = parse_xml(BODY)
    oxml.append_block(body, oxml.new_table([100]))
    assert [child.tag.rpartition("}")[2] for child in body] == ["tbl", "sectPr"]
