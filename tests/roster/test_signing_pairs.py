"""Who signs a responsibility agreement with whom, told from a staff list."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from planforge.core.problems import Place
from planforge.roster import Recipient, Reckoning
from planforge.roster.signing_pairs import by_layer
from tests.support.rosters import STAFF

_FIELDS = ("name", "post", "subject", "teaches", "head_of", "superior")


def people(rows: Sequence[Sequence[str]]) -> list[Recipient]:
    return [
        Recipient(
            dict(zip(_FIELDS, row, strict=True)), "名册", number, Place("a.xlsx", cell=f"名册!A{number}")
        )
        for number, row in enumerate(rows, 2)
    ]


def pairs(rows: Sequence[Sequence[str]], only: str = "") -> list[tuple[str, str, str]]:
    found, _ = by_layer(people(rows), Reckoning(), only)
    return [(one.values["layer"], one.values["superior"], one.values["name"]) for one in found]


def test_each_layer_signs_with_the_one_above_and_nobody_with_themselves() -> None:
    assert pairs(STAFF) == [
        ("副校长", "方正明", "林致远"),
        ("年级组长", "林致远", "周启文"),
        ("年级组长", "林致远", "吴芳"),
        ("班主任", "周启文", "陈静"),
        ("班主任", "周启文", "杨柳"),
        ("任课教师", "陈静", "周启文"),
        ("任课教师", "杨柳", "陈静"),
        ("任课教师", "陈静、吴芳", "何亮"),
    ]


def test_it_is_told_how_many_superiors_sign_and_what_a_deputy_answers_for() -> None:
    found, _ = by_layer(people(STAFF), Reckoning(), "", {"林致远": "分管教学"})
    assert [one.values["superiors"] for one in found] == ["1"] * 7 + ["2"]
    assert [one.values.get("duty", "") for one in found] == ["分管教学"] + [""] * 7


def test_one_layer_can_be_asked_for() -> None:
    assert pairs(STAFF, "class_teacher") == [("班主任", "周启文", "陈静"), ("班主任", "周启文", "杨柳")]


def test_a_class_signs_as_a_class() -> None:
    found, problems = by_layer(people(STAFF), Reckoning(), "class")
    assert [one.values["class"] for one in found] == ["三（1）班", "三（2）班", "四（1）班"]
    assert problems == []


@pytest.mark.parametrize(
    "row, expected",
    [
        (("何亮", "教师", "英语", "三（1）班", "", "林致远"), ("任课教师", "林致远", "何亮")),
        (("何亮", "三（2）班班主任", "英语", "", "", "周启文"), ("班主任", "周启文", "何亮")),
    ],
)
def test_the_superior_that_a_list_names_is_right(row: Sequence[str], expected: tuple[str, str, str]) -> None:
    assert expected in pairs([*STAFF[:5], row])


def test_with_two_deputies_a_year_head_without_a_named_superior_is_told_by_cell() -> None:
    rows = [*STAFF[:3], ("温书意", "副校长", "", "", "", "")]
    found, problems = by_layer(people(rows), Reckoning(), "year_head")
    assert found == []
    assert [(one.place.cell if one.place else "") for one in problems] == ["名册!A4"]
    assert not any(row[0] in str(one) for row in rows for one in problems)
