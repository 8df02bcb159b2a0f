"""A card is read strictly, to the end, with every mistake at its line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.compose import find_kinds
from planforge.compose.card import read_card
from planforge.core.problems import InputError, Problem
from tests.compose.kind_folder import CARD, write

FULL = """\
name: 减负通知
also: [通知]
for: recipient
look: letter
title: "{{ school.name }}通知"
summary: 发给家长
options:
  reply: {title: 要回执, type: bool, default: 是}
  copies: {title: 份数, type: number, default: 2}
  ending: {title: 结尾, type: text, default: 此致}
sections:
  - {id: text, title: 正文, required: 是, when: school.name}
  - {id: slip, default: 否}
  - last
needs: [school.name, group.heads, homework.publicity.where]
length: {min: 300, max: 600}
prints: [name]
varies_by: [grade]
"""


def card_problems(tmp_path: Path, text: str) -> list[Problem]:
    path = tmp_path / "trial" / "card.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_card(path)
    assert all(one.place is None or one.place.file == str(path) for one in caught.value.problems)
    return list(caught.value.problems)


def where(one: Problem) -> tuple[int, int, str]:
    assert one.place is not None
    return one.place.line, one.place.column, one.code


def test_everything_a_card_can_say(tmp_path: Path) -> None:
    (tmp_path / "notice").mkdir()
    path = tmp_path / "notice" / "card.yaml"
    path.write_text(FULL, encoding="utf-8")
    card = read_card(path)
    assert (card.id, card.name, card.also, card.audience) == ("notice", "减负通知", ("通知",), "recipient")
    assert (card.look, card.summary, card.length) == ("letter", "发给家长", (300, 600))
    assert [option.default for option in card.options] == [True, 2, "此致"]
    assert [(one.id, one.title, one.required, one.default) for one in card.sections] == [
        ("text", "正文", True, True),
        ("slip", "slip", False, False),
        ("last", "last", False, True),
    ]
    assert card.sections[0].when is not None and card.sections[0].when.source == "school.name"
    assert card.needs == ("school.name", "group.heads", "homework.publicity.where")
    assert (card.prints, card.varies_by) == (("name",), ("grade",))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: 试验计划", "nmae: 试验计划", {(1, 1, "card-key"), (1, 1, "card-missing")}),
        ("for: school", "for: schol", {(2, 6, "card-type")}),
        ("type: choice", "type: chioce", {(6, 11, "card-type")}),
        ("default: table", "default: tabel", {(7, 14, "card-option")}),
        ("default: 6", "default: six", {(12, 14, "card-option")}),
        ("    title: 目标条数\n", "", {(10, 5, "card-missing")}),
        ("id: text", "id: Text", {(15, 5, "card-id")}),
        ("id: text", "id: heading", {(15, 5, "card-duplicate")}),
        ("required: 是", "required: 好", {(14, 40, "card-type")}),
        ("title: 正文}", "titel: 正文}", {(15, 16, "card-key")}),
        ("sections:\n", "name: 又一次\nsections:\n", {(13, 1, "card-duplicate")}),
        ("sections:\n", "needs: [school.nam]\nsections:\n", {(13, 9, "unknown-fact")}),
        ("sections:\n", "needs: [sources]\nsections:\n", {(13, 9, "unknown-fact")}),
        ("sections:\n", "length: {min: 9, max: 1}\nsections:\n", {(13, 9, "card-length")}),
        ("sections:\n", "prints: [name]\nsections:\n", {(13, 9, "card-recipient")}),
        ("sections:\n", "needs: school.name\nsections:\n", {(13, 8, "card-type")}),
        ("name: 试验计划", "name: &x 试验计划", {(1, 7, "card-syntax")}),
        ("name: 试验计划", "name: !!python/none x", {(1, 7, "card-syntax")}),
        ("name: 试验计划", "name: 甲: 乙", {(1, 8, "card-syntax")}),
        ("name: 试验计划", "\tname: 试验计划", {(1, 1, "card-syntax")}),
        ("name: 试验计划", "name 试验计划", {(1, 1, "card-syntax")}),
        ("for: school", "for：school", {(2, 4, "card-syntax")}),
    ],
)
def test_a_mistake_in_a_card_has_its_line_and_column(
    tmp_path: Path, old: str, new: str, expected: set[tuple[int, int, str]]
) -> None:
    assert old in CARD
    found = card_problems(tmp_path, CARD.replace(old, new, 1))
    assert {where(one) for one in found} == expected


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("name: 试验计划", "\tname: 试验计划", "制表符"),
        ("for: school", "for：school", "全角冒号"),
        ("name: 试验计划", "name 试验计划", "少了冒号"),
        ("name: 试验计划", "name: 甲: 乙", "两个"),
    ],
)
def test_what_is_wrong_with_the_yaml_is_said_as_it_looks(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    (found,) = card_problems(tmp_path, CARD.replace(old, new, 1))
    assert words in found.message


def test_a_misspelt_key_is_told_the_right_one(tmp_path: Path) -> None:
    found = card_problems(tmp_path, CARD.replace("sections:", "section:"))
    assert any("sections" in one.fix for one in found)


def test_all_mistakes_of_a_card_come_at_once(tmp_path: Path) -> None:
    text = (
        CARD.replace("for: school", "for: schol")
        .replace("default: 6", "default: six")
        .replace("id: text", "id: T")
    )
    assert len(card_problems(tmp_path, text)) == 3


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n- b\n", "just words\n", "a: 1\n---\nb: 2\n"])
def test_what_is_no_card_at_all_is_refused(tmp_path: Path, text: str) -> None:
    assert card_problems(tmp_path, text)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", "name: 减负".encode("gbk"), b"\x00\x01", b"a" * 300_000])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "card.yaml").write_bytes(data)
    with pytest.raises(InputError):
        find_kinds([tmp_path])


def test_a_section_without_its_file_is_a_mistake_of_the_card(tmp_path: Path) -> None:
    write(tmp_path, "<p>文</p>", card=CARD + "  - ending\n")
    with pytest.raises(InputError) as caught:
        find_kinds([tmp_path])
    (one,) = caught.value.problems
    assert where(one)[0::2] == (16, "section-file")
    assert "trial/ending.xml.j2" in one.expected


def test_mistakes_of_several_cards_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, "<p>文</p>", card="name: 甲\n", files={"other/card.yaml": "name: 乙\n"})
    with pytest.raises(InputError) as caught:
        find_kinds([tmp_path])
    assert {Path(one.place.file).parent.name for one in caught.value.problems if one.place} == {
        "trial",
        "other",
    }
