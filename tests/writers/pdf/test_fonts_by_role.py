"""Fonts are chosen by role and by coverage; what no font has is named beforehand."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.core.problems import MissingPart
from planforge.document.look import Look
from planforge.document.tree import Blank, Document, Fact, Paragraph, Text
from planforge.writers.font_files import Face, faces_in, installed
from planforge.writers.fonts import Fonts, choose, missing_characters, require_characters

RARE_NAMES = "䶮㛃喆堃犇淼昇玥𬍛䲟"
PRIVATE = "\ue0ff"


def document(*content: Text | Fact | Blank) -> Document:
    return Document("letter", "t", (Paragraph(content),))


def test_the_first_installed_family_of_a_role_is_taken(look: Look) -> None:
    faces = [face for face in installed() if "仿宋" not in face.families]
    better = next(face for face in faces if "LXGW WenKai" in face.families and face.weight == 400)
    before = choose(look, faces).roles["fangsong"].family
    after = (
        choose(look, [*faces, Face(("仿宋",), 400, False, better.file, better.index)])
        .roles["fangsong"]
        .family
    )
    assert before == "FandolFang"
    assert after == "仿宋"


def test_a_stand_in_for_xiaobiaosong_is_bold_and_the_real_one_is_not(look: Look, fonts: Fonts) -> None:
    assert fonts.roles["xiaobiaosong"].bold
    file = fonts.roles["fangsong"].face.file
    real = Face(("方正小标宋简体",), 400, False, file)
    assert not choose(look, [*installed(), real]).roles["xiaobiaosong"].bold


def test_a_role_without_any_font_is_told_in_chinese_with_what_to_install(look: Look) -> None:
    faces = [face for face in installed() if "FandolFang" not in face.families]
    with pytest.raises(MissingPart, match=r"仿宋.*FandolFang.*planforge doctor"):
        choose(look, faces)


@pytest.mark.parametrize("character", RARE_NAMES)
def test_rare_name_characters_come_from_the_fallback_of_the_role(fonts: Fonts, character: str) -> None:
    font = fonts.of("fangsong", character)
    assert font is not None
    expected = "FandolFang" if character == "淼" else "Noto Serif CJK SC"
    assert font.family == expected


def test_letters_and_digits_come_from_the_latin_font(fonts: Fonts) -> None:
    found = fonts.of("fangsong", "8", latin=True)
    assert found is not None
    assert found.family in ("Times New Roman", "Liberation Serif")


def test_han_advances_are_one_em(fonts: Fonts) -> None:
    for role in ("fangsong", "kaiti", "heiti", "songti", "xiaobiaosong"):
        face = fonts.roles[role].face
        signs = "国，。、（" if role == "kaiti" else "国，。、（“"  # LXGW WenKai has narrow quotation marks
        assert {face.advance(character) for character in signs} == {1.0}, role


def test_liberation_digits_are_half_an_em(fonts: Fonts) -> None:
    assert {fonts.latin.face.advance(digit) for digit in "0123456789"} == {0.5}


def test_characters_that_no_font_has_are_named_with_the_words_around(look: Look, fonts: Fonts) -> None:
    text = document(
        Text("校长："), Fact("leaders.head.name", f"方{PRIVATE}"), Blank(3), Text(f"好{PRIVATE}好")
    )
    assert missing_characters(text, look, fonts) == [
        (PRIVATE, f"方{PRIVATE}"),
        (PRIVATE, f"好{PRIVATE}好"),
    ]


def test_a_character_in_many_places_is_counted_once_and_told_in_words(look: Look, fonts: Fonts) -> None:
    names = [Fact(f"group.members[{n}].name", f"{name}{PRIVATE}") for n, name in enumerate("甲乙丙丁")]
    with pytest.raises(MissingPart) as lacking:
        require_characters(document(*names), look, fonts)
    told = str(lacking.value)
    assert "里有 1 个字" in told and told.count(f"U+{ord(PRIVATE):04X}") == 1
    assert f"“甲{PRIVATE}”、“乙{PRIVATE}”、“丙{PRIVATE}”等处" in told
    assert "group" not in told


def test_rare_names_and_ordinary_text_lack_nothing(look: Look, fonts: Fonts) -> None:
    assert missing_characters(document(Text(f"{RARE_NAMES}　“8:20—16:30”……①√□ · ㎡")), look, fonts) == []


def test_a_font_file_is_read_without_fontconfig_too(fonts: Fonts) -> None:
    chosen = fonts.roles["songti"]
    found = list(faces_in(Path(chosen.face.file)))
    assert [face.index for face in found if chosen.family in face.families] == [chosen.face.index]
    assert list(faces_in(Path(__file__))) == []
