"""The markup becomes the tree it says, and what does not fit is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.document import tree as t
from tests.compose.kind_folder import blocks, problem, problems


def text(words: str) -> tuple[t.Text]:
    return (t.Text(words),)


@pytest.mark.parametrize(
    ("markup", "block"),
    [
        ("<p>文</p>", t.Paragraph(text("文"))),
        ("<p role='attachment'>文</p>", t.Paragraph(text("文"), "attachment")),
        ("<p>\n 一 <br/> 二 </p>", t.Paragraph((t.Text("一 "), t.Break(), t.Text(" 二")))),
        ("<p>姓名<blank width='8'/></p>", t.Paragraph((t.Text("姓名"), t.Blank(8.0)))),
        (
            "<p>请<cut>沿虚线剪下，</cut>交回。</p>",
            t.Paragraph((t.Text("请"), t.Text("沿虚线剪下，", cut=True), t.Text("交回。"))),
        ),
        ("<p>5 &lt; 6 &amp; 7&#x4e00;</p>", t.Paragraph(text("5 < 6 & 7一"))),
        ("<p>文<!-- 注 <p> & --></p>", t.Paragraph(text("文"))),
        (
            "<list><item>甲<list><item>乙</item></list></item><item>丙</item></list>",
            t.NumberedList(
                (
                    t.Item(text("甲"), t.NumberedList((t.Item(text("乙")),), 2)),
                    t.Item(text("丙")),
                )
            ),
        ),
        ("<labelled label='组　长：'>甲</labelled>", t.Labelled("组　长：", text("甲"))),
        (
            "<table widths='1 2.5'><caption>表</caption><head><row><cell>甲</cell><cell>乙</cell></row></head>"
            "<row><cell align='centre' rows='2'>丙</cell><cell/></row><row><cell>丁</cell></row>"
            "<row><cell span='2'>戊</cell></row></table>",
            t.Table(
                (1.0, 2.5),
                ((t.Cell(text("甲")), t.Cell(text("乙"))),),
                (
                    (t.Cell(text("丙"), "centre", 1, 2), t.Cell(())),
                    (t.Cell(text("丁")),),
                    (t.Cell(text("戊"), "left", 2),),
                ),
                text("表"),
            ),
        ),
        (
            "<closing><issuer>甲</issuer><issuer>乙</issuer><date>丙</date></closing>",
            t.Closing((text("甲"), text("乙")), text("丙")),
        ),
        ("<closing><issuer>甲</issuer><date/></closing>", t.Closing((text("甲"),), ())),
        (
            "<signatures><party><name>甲</name><line>签名：<blank width='6'/></line></party></signatures>",
            t.Signatures((t.Party(text("甲"), ((t.Text("签名："), t.Blank(6.0)),)),)),
        ),
        ("<slip><caption>回执</caption><p>甲</p></slip>", t.Slip(text("回执"), (t.Paragraph(text("甲")),))),
        (
            "<attachment><caption>附</caption><h1>甲</h1><p>乙</p></attachment>",
            t.Attachment(text("附"), (t.Heading(1, text("甲")), t.Paragraph(text("乙")))),
        ),
    ],
)
def test_markup_becomes_its_block(tmp_path: Path, markup: str, block: t.Block) -> None:
    assert blocks(tmp_path, markup) == (block,)


def test_numbered_headings_may_leave_out_the_second_level_only(tmp_path: Path) -> None:
    found = blocks(tmp_path, "<h1>甲</h1><h3>乙</h3><h2>丙</h2><h3>丁</h3><h4>戊</h4><h1>己</h1><h2>庚</h2>")
    assert [block.level for block in found if isinstance(block, t.Heading)] == [1, 3, 2, 3, 4, 1, 2]


@pytest.mark.parametrize(
    "markup",
    [
        "<table widths='1 1'><row><cell>甲</cell></row></table>",
        "<table widths='1 1'><row><cell>甲</cell><cell>乙</cell><cell>丙</cell></row></table>",
        "<table widths='1 1'><row><cell span='3'>甲</cell></row></table>",
        "<table widths='1 1'><row><cell rows='2'>甲</cell><cell>乙</cell></row>"
        "<row><cell>丙</cell><cell>丁</cell></row></table>",
        "<table widths='1 1'><row><cell rows='3'>甲</cell><cell>乙</cell></row>"
        "<row><cell>丙</cell></row></table>",
        "<table widths='1 1 1'><row><cell>甲</cell><cell rows='2'>乙</cell><cell>丙</cell></row>"
        "<row><cell span='2'>丁</cell></row></table>",
        "<table widths='1'><head><row><cell rows='2'>甲</cell></row></head><row><cell>乙</cell></row></table>",
    ],
)
def test_rows_that_do_not_fill_the_table_are_refused(tmp_path: Path, markup: str) -> None:
    assert {one.code for one in problems(tmp_path, markup)} == {"table-row"}


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("<table widths='1 x'><row><cell>甲</cell><cell>乙</cell></row></table>", "wrong-attribute"),
        ("<table widths='0'><row><cell>甲</cell></row></table>", "wrong-attribute"),
        ("<table widths='1'></table>", "empty-element"),
        (
            "<table widths='1'><head><row><cell/></row></head><row><cell>甲</cell></row></table>",
            "empty-element",
        ),
        ("<table widths='1'><row><cell span='0'>甲</cell></row></table>", "wrong-attribute"),
        ("<table widths='1'><row><cell><p>甲</p></cell></row></table>", "wrong-nesting"),
        ("<p><blank width='-1'/></p>", "wrong-attribute"),
        ("<list><item>甲<list><item>乙</item></list>丙</item></list>", "wrong-nesting"),
        (
            "<list><item>甲<list><item>乙<list><item>丙</item></list></item></list></item></list>",
            "list-depth",
        ),
        ("<closing><issuer>甲</issuer></closing>", "missing-element"),
        ("<closing><date/></closing>", "missing-element"),
        ("<signatures><party><line>甲</line></party></signatures>", "missing-element"),
        ("<slip><p>甲</p></slip>", "missing-element"),
        ("<slip><caption>甲</caption></slip>", "empty-element"),
        ("<slip><caption>甲</caption><slip><caption>乙</caption><p>丙</p></slip></slip>", "wrong-nesting"),
        ("<attachment><caption>甲</caption><h2>乙</h2></attachment>", "heading-level"),
        ("<p><strong><strong>甲</strong></strong></p>", "wrong-nesting"),
        ("<p role='note' role='body'>甲</p>", "not-well-formed"),
        ("<p><br/></p>", "empty-element"),
    ],
)
def test_what_the_vocabulary_does_not_have_is_refused(tmp_path: Path, markup: str, code: str) -> None:
    assert problem(tmp_path, markup).code == code


def test_a_misspelt_element_is_told_the_right_one(tmp_path: Path) -> None:
    assert "labelled" in problem(tmp_path, "<labeled label='甲'>乙</labeled>").fix
