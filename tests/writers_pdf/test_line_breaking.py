"""Lines end where Word's rules let them end, and no line is wider than its measure."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from planforge.document.look import LineBreaking
from planforge.document.scripts import kinds
from planforge.writers.html.lines import Line, break_lines, stretches
from planforge.writers.html.runs import Glyph, text_of

RULES = LineBreaking(not_first="，。；：！？、”’）》…%", not_last="“‘（《", source="test")


def glyphs(words: str) -> list[Glyph]:
    """Han 10 wide, everything Latin 5."""
    return [
        Glyph(character, 5.0 if kind == "latin" else 10.0, kind, None)
        for character, kind in zip(words, kinds(words), strict=True)
    ]


def lines(words: str, measure: float, spacing: float = 0.0, first: float = 0.0) -> list[str]:
    return [text_of(line.glyphs) for line in break_lines(glyphs(words), measure, spacing, RULES, first)]


def test_a_full_line_holds_as_many_characters_as_fit() -> None:
    assert lines("国" * 25, 100) == ["国" * 10, "国" * 10, "国" * 5]


def test_an_indent_shortens_the_first_line_only() -> None:
    assert lines("国" * 25, 100, first=20) == ["国" * 8, "国" * 10, "国" * 7]


def test_a_hanging_label_lengthens_the_first_line_only() -> None:
    assert lines("国" * 25, 60, first=-40) == ["国" * 10, "国" * 6, "国" * 6, "国" * 3]


def test_letter_spacing_lets_one_more_character_in() -> None:
    assert lines("国" * 12, 100) == ["国" * 10, "国" * 2]
    assert lines("国" * 12, 100, spacing=-1.0) == ["国" * 11, "国"]


def test_closing_punctuation_never_begins_a_line() -> None:
    assert lines("国国国国国国国国国国。好", 100) == ["国" * 9, "国。好"]
    assert lines("国国国国国国国国国”）。好", 100) == ["国" * 8, "国”）。好"]


def test_opening_punctuation_never_ends_a_line() -> None:
    assert lines("国国国国国国国国国“好”", 100) == ["国" * 9, "“好”"]


def test_words_numbers_and_times_are_never_cut() -> None:
    assert lines("国国国国国国国国2026年", 100) == ["国" * 8 + "2026", "年"]
    assert lines("国国国国国国国国国2026年", 100) == ["国" * 9, "2026年"]
    assert lines("国国国国国国国国国8:20到", 100) == ["国" * 9, "8:20到"]
    assert lines("国国国国国国国国国95.5%的", 100) == ["国" * 9, "95.5%的"]


def test_a_closing_sign_stays_with_the_number_behind_it() -> None:
    assert lines("国国国国国国国国国。2026年", 100) == ["国" * 8, "国。2026年"]
    assert lines("国国国国国国国国。2026年", 100) == ["国" * 7, "国。2026年"]
    assert lines("国国国国国国国国；2026年", 100) == ["国" * 8 + "；", "2026年"]


def test_a_line_may_end_after_a_space_which_then_vanishes() -> None:
    assert lines("abcd efgh ijkl", 50) == ["abcd efgh", "ijkl"]


def test_a_word_longer_than_the_line_is_cut_at_the_measure() -> None:
    assert lines("a" * 25, 50) == ["a" * 10, "a" * 10, "a" * 5]


def test_an_empty_paragraph_is_one_empty_line() -> None:
    assert lines("", 100) == [""]


def test_room_is_never_put_within_a_latin_word() -> None:
    word = glyphs("国ab 国")
    found = [stretches(one, other) for one, other in pairwise(word)]
    assert found == [True, False, False, True]


def _widest(line: Line) -> float:
    return sum(glyph.width for glyph in line.glyphs)


@given(st.text(alphabet="国家，。“”（）…—ab1:2 %《》", max_size=80), st.integers(60, 200))
def test_nothing_is_lost_and_no_line_is_too_wide(words: str, measure: int) -> None:
    broken = break_lines(glyphs(words), measure, 0.0, RULES)
    assert "".join(text_of(line.glyphs) for line in broken).replace(" ", "") == words.replace(" ", "")
    for line in broken:
        assert line.rest == measure - _widest(line)
        assert _widest(line) <= measure + 0.1 or text_of(line.glyphs).endswith(" ")
    assert [line.last for line in broken] == [False] * (len(broken) - 1) + [True]
