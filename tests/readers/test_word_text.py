"""What is read of a Word file: all that shows, each piece with its place; what is deleted or stands twice is not."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from planforge.core.unreadable import Unreadable
from planforge.readers import OldPaper, read_paper, read_paper_bytes

_BOX = (
    '<w:r {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">'
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p>'
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r>"
    "<w:t>框里的字</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def saved(document: docx.document.Document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def read(document: docx.document.Document) -> OldPaper:
    return read_paper_bytes(saved(document), "稿.docx")


def element(xml: str) -> object:
    return parse_xml(xml.replace("{ns}", nsdecls("w")))


def test_body_tables_headers_footers_and_text_boxes_have_places() -> None:
    document = docx.Document()
    document.add_paragraph("第一段的话。")
    table = document.add_table(2, 2)
    for number, cell in enumerate(table._cells):
        cell.text = f"格{number}"
    document.add_paragraph("末段。")._p.append(element(_BOX))
    document.sections[0].header.paragraphs[0].text = "某校"
    document.sections[0].footer.paragraphs[0].text = "地址"
    found = [(piece.where, piece.text) for piece in read(document).pieces]
    assert found == [
        ("第1段", "第一段的话。"),
        ("表1第1行第1格", "格0"),
        ("表1第1行第2格", "格1"),
        ("表1第2行第1格", "格2"),
        ("表1第2行第2格", "格3"),
        ("第2段", "末段。"),
        ("文本框", "框里的字"),
        ("页眉", "某校"),
        ("页脚", "地址"),
    ]


def test_insertions_count_and_deletions_fields_and_hidden_words_do_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("甲")._p
    for xml in (
        '<w:ins {ns} w:id="1" w:author="x"><w:r><w:t>乙</w:t></w:r></w:ins>',
        '<w:del {ns} w:id="2" w:author="x"><w:r><w:delText>丙</w:delText></w:r></w:del>',
        "<w:r {ns}><w:rPr><w:vanish/></w:rPr><w:t>丁</w:t></w:r>",
        '<w:r {ns}><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r {ns}><w:instrText>PAGE</w:instrText></w:r>",
        '<w:r {ns}><w:fldChar w:fldCharType="separate"/></w:r>',
        "<w:r {ns}><w:t>3</w:t></w:r>",
        '<w:r {ns}><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:hyperlink {ns} w:anchor="a"><w:r><w:t>戊</w:t></w:r></w:hyperlink>',
    ):
        paragraph.append(element(xml))
    assert [piece.text for piece in read(document).pieces] == ["甲乙3戊"]


def test_numbers_that_word_counts_are_told_as_it_shows_them() -> None:
    document = docx.Document()
    for words in ("其一", "其二", "其三"):
        document.add_paragraph(words, style="List Number")
    assert [piece.number for piece in read(document).pieces] == ["1.", "2.", "3."]


@pytest.mark.parametrize("way", ["style", "outline"])
def test_headings_are_told_by_style_and_by_outline_level(way: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("总体要求")
    if way == "style":
        paragraph.style = "Heading 2"
    else:
        paragraph._p.get_or_add_pPr().append(element('<w:outlineLvl {ns} w:val="1"/>'))
    (piece,) = read(document).pieces
    assert (piece.kind, piece.level) == ("heading", 2)


def test_merged_cells_are_read_once_with_what_they_cover() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(2, 0)).text = "高"
    table.cell(0, 1).text, table.cell(1, 1).text, table.cell(2, 1).text = "甲", "乙", "丙"
    pieces = read(document).pieces
    assert [(piece.text, piece.rows) for piece in pieces] == [("高", 3), ("甲", 1), ("乙", 1), ("丙", 1)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "word.old"),
        (b"PK\x03\x04 nothing", "word.damaged"),
        (b"", "word.damaged"),
    ],
)
def test_what_is_no_word_file_is_refused_with_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_paper_bytes(data, "稿.docx")
    assert caught.value.code == code
    assert caught.value.fix


def test_a_format_that_is_not_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "稿.pages").write_bytes(b"x")
    with pytest.raises(Unreadable) as caught:
        read_paper(tmp_path / "稿.pages")
    assert caught.value.found == ".pages 文件"


_ALTERNATIVE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="w14">{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>'
)


def _mark(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>同意</w:t></w:r>', "□同意"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>同意</w:t></w:r>', "☑同意"),
        ('<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>', "〓"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r><w:r><w:t>字</w:t></w:r>",
            "汉字",
        ),
        ('<w:bdo w:val="ltr"><w:r><w:t>一句</w:t></w:r></w:bdo><w:dir w:val="ltr"><w:r><w:t>话</w:t></w:r></w:dir>', "一句话"),
        (_ALTERNATIVE.format("<w:r><w:t>新</w:t></w:r>"), "新"),
        (f"<w:r>{_ALTERNATIVE.format('<w:t>新</w:t>')}</w:r>", "新"),
        (
            f"<w:r><w:t>前</w:t>{_mark('begin')}<w:instrText>PAGE</w:instrText>{_mark('separate')}<w:t>3</w:t>"
            f"{_mark('end')}<w:t>后</w:t></w:r>",
            "前3后",
        ),
    ],
)  # fmt: skip
def test_words_count_in_whatever_they_stand(inner: str, words: str) -> None:
    document = docx.Document()
    document.add_paragraph()._p.getparent().insert(0, element(f"<w:p {{ns}}>{inner}</w:p>"))
    (piece,) = read(document).pieces
    assert piece.text == words


def test_a_paragraph_that_stands_in_two_ways_is_read_once() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("只有一次。")._p
    alternative = parse_xml(_ALTERNATIVE.format("").replace(" Requires", f" {nsdecls('w')} Requires"))
    paragraph.addprevious(alternative)
    alternative[0].append(paragraph)
    assert [piece.text for piece in read(document).pieces] == ["只有一次。"]


def test_rows_that_were_deleted_are_not_read_and_columns_left_free_are_counted() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for number, cell in enumerate(table._cells):
        cell.text = f"格{number}"
    table.rows[1]._tr.insert(0, element('<w:trPr {ns}><w:del w:id="1" w:author="甲"/></w:trPr>'))
    last = table.rows[2]._tr
    last.insert(0, element('<w:trPr {ns}><w:gridBefore w:val="1"/></w:trPr>'))
    last.remove(last.tc_lst[0])
    found = [(piece.text, piece.at) for piece in read(document).pieces]
    assert found == [("格0", (0, 0)), ("格1", (0, 1)), ("格5", (1, 1))]


def test_what_is_no_word_is_told() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("公式：")._p
    paragraph.append(
        parse_xml(
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r/></m:oMath>'
        )
    )
    document.add_table(1, 1).cell(0, 0).add_table(1, 1).cell(0, 0).text = "内"
    told = " ".join(read(document).left_out)
    assert "公式 1 个" in told and "格子里的表格 1 个" in told
