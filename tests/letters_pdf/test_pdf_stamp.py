"""The fast PDF shows what the plain one shows: the same words, at the same places, in the same order and tags."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

import pikepdf
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from planforge.imposition.paper import Paper
from planforge.imposition.scaled_look import for_part, on_part
from planforge.letters import plain
from planforge.letters.plain import Letter
from planforge.letters_pdf import pdf_file
from planforge.letters_pdf.letter_writer import PdfLetterWriter
from planforge.writers.fonts import Fonts, choose
from tests.support.exploring import examples
from tests.support.letters import SIMPLE, TREE, VALUES, letter, look
from tests.support.positions import signs
from tests.support.same_pdf import CLASS, assert_same, outline, tags


@cache
def fonts() -> Fonts:
    return choose(look())


@cache
def pdf_writer() -> PdfLetterWriter:
    return PdfLetterWriter(look(), fonts())


def stamped(letters: Sequence[Letter], by: PdfLetterWriter | None = None) -> bytes:
    file = io.BytesIO()
    (by or pdf_writer()).write(letters, file)
    return file.getvalue()


def test_a_class_is_the_plain_class() -> None:
    assert_same(stamped(CLASS), plain.pdf(CLASS, look(), fonts()))


def test_pupils_of_one_width_share_a_layout() -> None:
    by = PdfLetterWriter(look(), fonts())
    made = stamped([letter(name, document=SIMPLE) for name in ("丁一禾", "卞小舟", "甘雨桐", "丁卞甘")], by)
    assert by.layouts == 1
    assert "丁卞甘" in "".join(one.text for one in signs(made) if one.page == 4)


@given(rows=st.lists(VALUES, min_size=1, max_size=4))
@examples(6, suppress_health_check=[HealthCheck.too_slow])
def test_any_roster_is_printed_as_the_plain_way_prints_it(rows: list[dict[str, str]]) -> None:
    letters = [Letter(TREE if number % 2 else SIMPLE, row, str(number)) for number, row in enumerate(rows)]
    assert_same(stamped(letters), plain.pdf(letters, look(), fonts()))


def test_the_same_letters_give_the_same_bytes_whatever_was_printed_before() -> None:
    first = stamped(CLASS[:5], PdfLetterWriter(look(), fonts()))
    by = PdfLetterWriter(look(), fonts())
    stamped(CLASS[5:], by)
    assert stamped(CLASS[:5], by) == first


@pytest.mark.parametrize("packed", [300, 3000, 20_000])
def test_a_file_is_whole_however_much_is_packed_before_its_letters(
    monkeypatch: pytest.MonkeyPatch, packed: int
) -> None:
    """As with the fonts of a large school's names, which have thousands of widths."""
    monkeypatch.setattr(pdf_file, "_PACKED", packed)
    assert_same(stamped(CLASS), plain.pdf(CLASS, look(), fonts()))


@pytest.mark.parametrize(("letters", "copies", "up"), [(1, 2, 2), (1, 3, 3), (2, 3, 3), (1, 1, 2)])
def test_copies_may_lie_beside_each_other(letters: int, copies: int, up: int) -> None:
    file = io.BytesIO()
    by = PdfLetterWriter(part := for_part(look(), up), choose(part))
    some = [
        Letter(on_part(one.document, up), one.values, one.label)
        for one in (letter(name, seat=name, document=SIMPLE) for name in ("7", "8")[:letters])
    ]
    by.write(some, file, Paper(copies=copies, up=up))
    assert not by.fallbacks
    assert [(title, page) for title, page, _ in outline(file.getvalue())] == [(one.label, 0) for one in some]
    assert len(tags(file.getvalue())) == 1
    titles = [one for one in signs(file.getvalue()) if one.text == "致"]
    assert len(titles) == letters * copies * sum(one.text == "致" for one in signs(stamped(some[:1], by)))


def test_no_character_of_another_class_is_in_a_class_file() -> None:
    by = PdfLetterWriter(look(), fonts())
    stamped([letter("喆堃翀", document=SIMPLE)], by)
    with pikepdf.open(io.BytesIO(stamped([letter("丁一禾", document=SIMPLE)], by))) as pdf:
        maps = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
    assert not any(b"<5586>" in one.lower() for one in maps)  # 喆


@pytest.mark.slow
def test_the_wide_look_with_page_numbers_is_printed_too() -> None:
    wide = look("official")
    letters = [letter(name, document=SIMPLE) for name in ("丁一禾", "卞小舟")]
    assert_same(stamped(letters, PdfLetterWriter(wide, choose(wide))), plain.pdf(letters, wide, choose(wide)))
