"""Agreements say the posts of a staff list, nobody signs with himself, and whoever gets none is told with the cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from planforge.core.problems import Place, Problem
from planforge.roster import Recipient, Reckoning
from planforge.roster.signing_pairs import FIELDS, by_layer

HEAD = ("name", "post", "subject", "teaches", "head_of", "superior")
COLUMNS = dict(zip(HEAD, "ABCDEF", strict=True))
assert set(HEAD) - {"name"} <= set(FIELDS)
SCHOOL = (
    ("方正明", "党支部书记、校长"),
    ("林致远", "分管教学副校长"),
    ("周启文", "三年级级部主任", "语文", "三（1）班"),
    ("陈静", "教师", "语文", "三（1）班、三（2）班", "三（1）班"),
    ("杨柳", "三（2）班班主任", "数学", "三(1)(2)班"),
    ("何亮", "", "英语", "三1、2班"),
)


def people(rows: Sequence[Sequence[str]]) -> list[Recipient]:
    return [
        Recipient(
            dict(zip(HEAD, (*row, *[""] * (len(HEAD) - len(row))), strict=True)),
            "名册", number, Place("a.xlsx", cell=f"名册!A{number}"), columns=COLUMNS,
        )
        for number, row in enumerate(rows, 2)
    ]  # fmt: skip


def pairs(rows: Sequence[Sequence[str]], **more: Any) -> tuple[list[str], list[Problem]]:
    found, problems = by_layer(people(rows), Reckoning(), **more)
    said = [
        f"{'' if '；' in one['above_posts'] else one['above_posts']}{one['superior']}—{one['own_post']}{one['name']}"
        for one in (recipient.values for recipient in found)
    ]
    return said, problems


def told(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    return [(problem.place.cell if problem.place else "", problem.code) for problem in problems]


def test_posts_are_the_lists_own() -> None:
    said, problems = pairs(SCHOOL)
    assert said == [
        "党支部书记、校长方正明—分管教学副校长林致远",
        "分管教学副校长林致远—三年级级部主任周启文",
        "三年级级部主任周启文—班主任陈静",
        "三年级级部主任周启文—三（2）班班主任杨柳",
        "班主任陈静—语文教师周启文",
        "三（2）班班主任杨柳—教师陈静",
        "班主任陈静—数学教师杨柳",
        "班主任陈静、三（2）班班主任杨柳—英语教师何亮",
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("何亮", "教师", "英语", "三（1）班", "", "林致远"), "分管教学副校长林致远—教师何亮"),
        (("何亮", "教导主任", "英语", "", "", "林致远"), "分管教学副校长林致远—教导主任何亮"),
        (("何亮", "三（3）班班主任", "英语", "", "", "林致远"), "分管教学副校长林致远—三（3）班班主任何亮"),
        (("何亮", "教师", "英语", "", "", "副校长林致远"), "分管教学副校长林致远—教师何亮"),
        (
            ("何亮", "教师", "英语", "", "", "周启文、林致远"),
            "三年级级部主任周启文、分管教学副校长林致远—教师何亮",
        ),
    ],
)
def test_the_post_of_a_superior_whom_the_list_names(row: Sequence[str], expected: str) -> None:
    said, problems = pairs([*SCHOOL[:3], row])
    assert expected in said and told(problems) == [
        ("名册!A4", "no-superior")
    ]  # 三（1）班 has no teacher here


def test_nobody_signs_with_himself() -> None:
    rows = [
        ("方正明", "校长"),
        ("林致远", "副校长、三年级组长", "", "", "", "林致远"),
        ("陈静", "班主任", "", "", "三1"),
    ]
    said, problems = pairs(rows)
    assert said == ["校长方正明—副校长林致远", "三年级组长林致远—班主任陈静"]
    assert told(problems) == [("名册!F3", "superior.self")] and problems[0].severity == "notice"
    two_rows = [
        ("方正明", "校长"),
        ("林致远", "副校长"),
        ("林致远", "三年级组长"),
        ("陈静", "班主任", "", "", "三1"),
    ]
    said, problems = pairs(two_rows)
    assert said == ["校长方正明—副校长林致远", "三年级组长林致远—班主任陈静"]
    assert problems == []


def test_a_superior_who_is_not_on_the_list_is_told_with_the_cell() -> None:
    rows = [*SCHOOL[:5], ("何亮", "教师", "英语", "", "", "林志远")]
    said, problems = pairs(rows)
    assert not any("何亮" in one for one in said)
    assert told(problems) == [("名册!F7", "superior.unknown")] and problems[0].severity == "error"
    assert not any(name in str(problems[0]) for name in ("林志远", "何亮"))
    posts: Mapping[str, str] = {"林志远": "教导处主任"}
    assert "教导处主任林志远—教师何亮" in pairs(rows, posts=posts)[0]  # the form knows him


def test_everybody_with_a_superior_and_no_agreement_is_listed() -> None:
    rows = [*SCHOOL, ("余音", "总务主任", "", "", "", "林致远"), ("罗兰", "校医", "", "", "", "林致远")]
    _, problems = pairs(rows)
    assert told(problems) == [("名册!F8", "no-layer")] and "名册!F8—F9" in problems[0].message
    assert pairs(rows, only="class_teacher")[1] == []  # the school wanted just that layer


def test_classes_that_nobody_can_read_are_told_with_the_cell() -> None:
    said, problems = pairs([*SCHOOL[:5], ("何亮", "教师", "音乐", "各班")])
    assert ("名册!D7", "classes.unread") in told(problems) and not any("何亮" in one for one in said)


def test_a_school_without_year_heads_signs_with_its_deputy_or_its_head() -> None:
    teachers = [("陈静", "班主任", "", "", "三1"), ("杨柳", "班主任", "", "", "四1")]
    assert pairs([("方正明", "校长"), *teachers])[0] == ["校长方正明—班主任陈静", "校长方正明—班主任杨柳"]
    said, _ = pairs([("方正明", "校长"), ("林致远", "副校长"), *teachers])
    assert said[1:] == ["副校长林致远—班主任陈静", "副校长林致远—班主任杨柳"]
