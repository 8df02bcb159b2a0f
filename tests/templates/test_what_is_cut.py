"""Nobody is told to cut where there is nothing to cut: in a chat, a picture, the slip by itself."""

from __future__ import annotations

from functools import cache

from planforge.core.resources import templates_root
from planforge.document.look import find_look
from planforge.document.tree import Document, Paragraph, Slip, Text, inlines_of, plain
from planforge.document.uncut import uncut
from planforge.letters.slips import slips_only
from planforge.writers import picture, plain_text
from tests.templates.recipient_kinds import made

LOOK = find_look("letter", (templates_root(),))


@cache
def letter() -> Document:
    return made("junior", "parent_letter", {"reply": "是", "reply_by": "9月11日"}).document


def words(document: Document) -> str:
    return "\n".join(plain(content) for block in document.blocks for content in inlines_of(block))


def test_on_the_letters_sheet_it_is_said() -> None:
    assert "请沿虚线剪下，9月11日前交班主任。" in words(letter())


def test_neither_the_slip_alone_nor_the_chat_says_it() -> None:
    for shown in (words(slips_only(letter())), plain_text.write(letter(), LOOK)):
        assert "请9月11日前交班主任。" in shown and "剪" not in shown


def test_nor_does_the_picture() -> None:
    blocks = [block for block in letter().blocks if isinstance(block, Slip)]
    small = Document("letter", "回执", tuple(blocks))
    assert uncut(small) != small
    assert picture.write(small, LOOK) == picture.write(uncut(small), LOOK)


def test_a_paragraph_that_says_nothing_else_is_left_out() -> None:
    said, other = Paragraph((Text("沿虚线剪下。", cut=True),)), Paragraph((Text("交回。"),))
    slip = Slip((Text("回执"),), (said, other))
    assert uncut(Document("letter", "信", (slip,))).blocks == (Slip((Text("回执"),), (other,)),)
    untouched = Document("letter", "信", (other,))
    assert uncut(untouched) is untouched
