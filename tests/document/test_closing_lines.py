"""落款 stands where GB/T 9704-2012 7.3.5.2 puts it."""

from __future__ import annotations

import pytest

from planforge.document.closing import BLANK_DATE, characters, closing_indents, date_text
from planforge.document.numbering import attachment_marks
from planforge.document.tree import Attachment, Closing, Document, Text


def closing(date: str, *issuers: str) -> Closing:
    return Closing(tuple((Text(issuer),) for issuer in issuers), (Text(date),) if date else ())


@pytest.mark.parametrize(
    ("words", "length"), [("某校", 2), ("2026年9月1日", 6), ("QR码", 2), ("（一）", 3), ("", 0)]
)
def test_digits_and_letters_take_half_a_character(words: str, length: float) -> None:
    assert characters(words) == length


def test_the_date_begins_two_characters_right_of_the_name() -> None:
    # The name takes 10 characters and ends 2 before the edge, so it begins 12 before; the date begins 10
    # before the edge, takes 6, and ends 4 before it.
    found = closing_indents(closing("2026年9月1日", "云岭市清溪区桐花小学"))
    assert (found.issuers, found.date) == ((2,), 4)


def test_the_longer_date_pushes_the_name_to_the_left() -> None:
    # The date takes 7 and ends 2 before the edge: it begins 9 before. The name begins 2 further left, 11
    # before the edge, takes 3, and so ends 8 before it.
    found = closing_indents(closing("2026年12月31日", "教导处"))
    assert (found.issuers, found.date) == ((8,), 2)


def test_several_names_stand_centred_on_the_longest() -> None:
    found = closing_indents(closing("2026年9月1日", "云岭市清溪区桐花小学", "教导处"))
    assert (found.issuers, found.date) == ((2, 5.5), 4)


def test_a_name_longer_than_the_line_leaves_room_for_the_date() -> None:
    # 28 characters a line: the name fills 26 and goes on below; the date begins two behind the line's beginning.
    found = closing_indents(closing("2026年9月1日", "云" * 60), room=28)
    assert (found.issuers, found.date) == ((2,), 26 - 6)


def test_a_name_that_just_fits_comes_nearer_to_the_edge() -> None:
    # 27 of 28 characters: the name begins at 0 and ends 1 before the edge; the date begins at 2.
    found = closing_indents(closing("2026年9月1日", "云" * 27), room=28)
    assert (found.issuers, found.date) == ((1,), 28 - 2 - 6)


def test_without_a_name_the_date_ends_two_before_the_edge() -> None:
    assert closing_indents(closing("2026年9月1日")).date == 2


def test_an_empty_date_is_one_to_fill_in() -> None:
    assert date_text(closing("", "某校")) == BLANK_DATE


def test_a_single_attachment_has_no_number() -> None:
    one, two = (Attachment((Text(words),), ()) for words in "甲乙")
    assert list(attachment_marks(Document("k", "t", (one,))).values()) == ["附件"]
    assert list(attachment_marks(Document("k", "t", (one, two))).values()) == ["附件1", "附件2"]
