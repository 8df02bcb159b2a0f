"""Lines end where Word's rules let them end, and no line is wider than its measure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planforge.document.look import LineBreaking
from planforge.document.scripts import kinds
from planforge.writers.html.lines import TextLine, break_lines
from planforge.writers.html.runs import TextGlyph, text_of
from planforge.writers.html.spreading import portions

RULES = LineBreaking(not_first="，。；：！？、”’）》…%", not_last="“‘（《", source="test")


def glyphs(words: str) -> list[TextGlyph]:
    """Han 10 wide, everything Latin 5."""
    return [
        TextGlyph(character, 5.0 if kind == "latin" else 10.0, kind, None)
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


def test_a_telephone_number_may_be_parted_behind_its_hyphen() -> None:
    assert lines("国国国国国国0300-4567890", 100) == ["国" * 6 + "0300-", "4567890"]


def test_a_closing_sign_stays_with_the_number_behind_it() -> None:
    assert lines("国国国国国国国国国。2026年", 100) == ["国" * 8, "国。2026年"]
    assert lines("国国国国国国国国。2026年", 100) == ["国" * 7, "国。2026年"]
    assert lines("国国国国国国国国；2026年", 100) == ["国" * 8 + "；", "2026年"]


def test_a_line_may_end_after_a_space_which_then_vanishes() -> None:
    assert lines("abcd efgh ijkl", 50) == ["abcd efgh", "ijkl"]


def test_a_word_longer_than_the_line_is_cut_at_the_measure() -> None:
    assert lines("a" * 25, 50) == ["a" * 10, "a" * 10, "a" * 5]


def test_without_any_room_each_character_has_a_line() -> None:
    assert lines("国家", -5) == ["国", "家"]


def test_an_empty_paragraph_is_one_empty_line() -> None:
    assert lines("", 100) == [""]


def test_signs_behind_a_number_follow_it_by_unicodes_rules_where_the_measure_ends_in_them() -> None:
    """Also an opening quote, which Unicode knows as a quote of either side; a bracket may be parted from a sign."""
    assert lines("国国国国国国国12。“好”", 90) == ["国" * 7, "12。“好”"]
    assert lines("国国国国国国国12。（好）", 90) == ["国" * 7 + "12。", "（好）"]
    assert lines("国国国国国国国国12（好）", 90) == ["国" * 8, "12（好）"]
    assert lines("国国国国国国国国12（好）", 100) == ["国" * 8 + "12", "（好）"]
    assert lines("国国国国国国国国国。“好”", 100) == ["国" * 9 + "。", "“好”"]


def test_room_is_put_behind_chinese_and_before_it_and_never_within_a_latin_word() -> None:
    line = TextLine(tuple(glyphs("国国ab国")), 2.9, last=False)
    first, word, last = portions(line, 0.0, 0.0)
    assert (first.step, first.advance) == (1.0, 22.0)
    assert (word.step, word.advance) == (1.0, 11.0)
    assert last.advance == 10.0
    assert [portion.is_chinese for portion in (first, word, last)] == [True, False, True]


def test_within_a_portion_only_whole_twips_are_added_and_the_rest_comes_behind_it() -> None:
    line = TextLine(tuple(glyphs("国国国国ab国")), 0.4, last=False)
    first, word, _ = portions(line, 0.0, 0.0)
    assert first.step == 0.1  # two twips of the 2.0 for each of five gaps
    line = TextLine(tuple(glyphs("国国国国ab国")), 0.6, last=False)
    first, word, _ = portions(line, 0.0, 0.0)
    assert first.step == 0.1
    assert first.advance == 40 + 0.55  # four times 2.8 twips
    assert word.advance == 10 + 0.1


def test_the_last_line_of_a_paragraph_is_not_spread() -> None:
    (only,) = portions(TextLine(tuple(glyphs("国国")), 70.0, last=True), 0.0, 0.0)
    assert (only.step, only.advance) == (0.0, 20.0)


def _widest(line: TextLine) -> float:
    return sum(glyph.width for glyph in line.glyphs)


@given(st.text(alphabet="国家，。“”（）…—ab1:2 %《》", max_size=80), st.integers(60, 200))
def test_nothing_is_lost_and_no_line_is_too_wide(words: str, measure: int) -> None:
    broken = break_lines(glyphs(words), measure, 0.0, RULES)
    assert "".join(text_of(line.glyphs) for line in broken).replace(" ", "") == words.replace(" ", "")
    for line in broken:
        assert line.rest == measure - _widest(line)
        assert _widest(line) <= measure + 0.1 or text_of(line.glyphs).endswith(" ")
    assert [line.last for line in broken] == [False] * (len(broken) - 1) + [True]
