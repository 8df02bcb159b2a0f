"""Plain text: the same words and numbers, one line a paragraph."""

from __future__ import annotations

from planforge.document.look import Look
from planforge.document.tree import (
    Attachment,
    Blank,
    Break,
    Cell,
    Closing,
    Document,
    Fact,
    Field,
    Heading,
    Item,
    Labelled,
    NumberedList,
    Paragraph,
    Party,
    Signatures,
    Slip,
    Table,
    Text,
    Title,
)
from planforge.writers.plain_text import write
from tests.support.sample_tree import cells, text


def written(look: Look, *blocks: object) -> str:
    return write(Document("k", "t", blocks), look)  # type: ignore[arg-type]


def test_headings_and_items_carry_their_numbers(look: Look) -> None:
    inner = NumberedList((Item(text("丙")),), 2)
    assert written(
        look,
        Heading(1, text("甲")),
        Heading(2, text("乙")),
        Heading(3, text("丙")),
        Heading(4, text("丁")),
        NumberedList((Item(text("甲"), inner), Item(text("乙")))),
        NumberedList((Item(text("又")),)),
        Heading(1, text("戊")),
    ).splitlines() == [
        "　　一、甲", "　　（一）乙", "　　1.丙", "　　（1）丁", "　　1.甲", "　　（1）丙", "　　2.乙", "　　1.又",
        "　　二、戊",
    ]  # fmt: skip


def test_indents_follow_the_role(look: Look) -> None:
    roles = (
        Paragraph(text("正文")),
        Paragraph(text("顶格"), "flush"),
        Paragraph(text("各位家长："), "salutation"),
    )
    assert written(look, *roles) == "　　正文\n顶格\n各位家长：\n"


def test_inline_content(look: Look) -> None:
    content = (
        Text("请"),
        Fact("a.b", "某校"),
        Field("pupil"),
        Text("于", strong=True),
        Blank(3),
        Break(),
        Text("前"),
    )
    assert written(look, Paragraph(content, "flush")) == "请某校「pupil」于＿＿＿\n前\n"


def test_blocks_in_reading_order(look: Look) -> None:
    parties = (Party(text("学校："), (text("日期："),)), Party(text("家长："), ()))
    assert written(
        look,
        Title((Text("某校"), Break(), Text("计划"))),
        Labelled("组　长：", text("方　晴")),
        Table((1, 1), (cells("月份", "内容"),), ((Cell((Text("9月"), Break(), Text("上旬"))), Cell(text("开学"))),), text("表1")),
        Signatures(parties),
        Closing((text("某校"),), text("2026年9月1日")),
        Slip(text("回　执"), (Paragraph(text("已阅"), "flush"),)),
        Attachment(text("样张"), (Heading(1, text("说明")),)),
    ).splitlines() == [
        "某校", "计划", "", "　　组　长：方　晴", "表1", "月份｜内容", "9月 上旬｜开学", "学校：", "日期：", "家长：", "",
        "某校", "2026年9月1日", "", "－" * 14, "回　执", "已阅", "", "附件", "", "样张", "", "　　一、说明",
    ]  # fmt: skip


def test_a_date_to_fill_in(look: Look) -> None:
    assert written(look, Closing((text("某校"),), ())).splitlines() == ["某校", "　　　　年　　月　　日"]


def test_several_attachments_are_counted(look: Look) -> None:
    made = written(look, *(Attachment(text("样张"), ()) for _ in range(2)))
    assert [line for line in made.splitlines() if line.startswith("附件")] == ["附件1", "附件2"]
