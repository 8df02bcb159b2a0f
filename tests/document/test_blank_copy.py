"""A letter that nobody's name stands on: each field a blank to write in, wide enough, everything else as it was."""

from __future__ import annotations

from planforge.document.blank_copy import OTHER, WIDTHS, blank_copy
from planforge.document.tree import (
    Blank,
    Cell,
    Closing,
    Document,
    Field,
    Item,
    NumberedList,
    Paragraph,
    Party,
    Signatures,
    Slip,
    Table,
    Text,
    Title,
    inlines_of,
)


def _letter() -> Document:
    field = Field("name", strong=True)
    return Document(
        "letter",
        "信",
        (
            Title((Text("信"),)),
            Paragraph((Text("尊敬的"), field, Text("家长：")), "salutation"),
            NumberedList((Item((field,), NumberedList((Item((Field("class"),)),), 2)),)),
            Table((1.0,), (), ((Cell((Field("seat"),)),),), (Field("club"),)),
            Signatures((Party((Field("superior"),), ((Field("hobby"),),)),)),
            Slip((Field("name"),), (Paragraph((Field("phone"),)),)),
            Closing(((Field("name"),),), ()),
        ),
        author="云亭县河西小学",
    )


def test_every_field_wherever_it_stands_becomes_a_blank() -> None:
    made = blank_copy(_letter())
    nodes = [node for block in made.blocks for one in inlines_of(block) for node in one]
    assert not any(isinstance(node, Field) for node in nodes)
    names = ["name", "name", "class", "club", "seat", "superior", "hobby", "name", "phone", "name"]
    assert [node.width for node in nodes if isinstance(node, Blank)] == [
        WIDTHS.get(name, OTHER) for name in names
    ]


def test_all_else_stays() -> None:
    before, made = _letter(), blank_copy(_letter())
    assert [type(block) for block in made.blocks] == [type(block) for block in before.blocks]
    assert made.blocks[0] is not None and made.author == before.author
    assert made.blocks[1] == Paragraph((Text("尊敬的"), Blank(WIDTHS["name"]), Text("家长：")), "salutation")


def test_a_document_without_fields_is_itself() -> None:
    plain = Document("plan", "计划", (Title((Text("计划"),)), Paragraph((Text("正文。"),))))
    assert blank_copy(plain) is plain


def test_names_of_twelve_characters_can_be_written() -> None:
    # A handwritten character takes about half the width of a printed one in a narrow hand.
    assert WIDTHS["name"] * 2 >= 12
