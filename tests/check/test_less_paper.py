"""Too much paper, and a calendar that sends groups to work before they exist; each with look-alikes that stay silent."""

from __future__ import annotations

import pytest

from planforge.check import Finding, check_school
from planforge.check.less_paper import check_length
from planforge.check.text_rules import text_rules
from planforge.document.tree import Blank, Block, Document, Item, NumberedList, Paragraph, Slip, Text, Title
from tests.check.schools import packs, profile, read


def of(more: str, rule: str, documents: list[tuple[str, Document]] | None = None) -> list[Finding]:
    reading, facts = read(profile(more))
    return [one for one in check_school(reading, facts, packs(), documents or []) if one.rule == rule]


def calendar(*items: str) -> str:
    return "schedule:\n" + "".join(f"  - {{{one}}}\n" for one in items)


FOUNDED = "month: 10, what: 成立减负工作领导小组"


@pytest.mark.parametrize(
    "items",
    [
        ("month: 9, what: 减负工作领导小组检查作业", FOUNDED),
        ("month: 9, what: 检查作业, who: 领导小组", FOUNDED),
        (
            "month: 9, day: 2026-09-03, what: 领导小组开会",
            "month: 9, day: 2026-09-20, what: 组建督查领导小组",
        ),
        ("month: 9, what: 家委会查看午餐", "month: 10, what: 选举产生家长委员会"),
    ],
)
def test_a_group_at_work_before_it_exists_is_found_with_its_place(items: tuple[str, ...]) -> None:
    (found,) = of(calendar(*items), "dates.before-group")
    assert found.severity == "warning" and found.place is not None and found.place.line == 9
    assert "才成立" in found.message and found.remedy


@pytest.mark.parametrize(
    "items",
    [
        (FOUNDED, "month: 11, what: 领导小组检查作业"),
        ("month: 9, what: 推荐领导小组名单", FOUNDED),
        ("month: 10, what: 领导小组开会", FOUNDED),
        ("month: 9, what: 各班学习小组展示", "month: 10, what: 成立督查小组"),
        ("month: 9, what: 教研组长会", "month: 10, what: 成立工作组"),
        ("month: 9, what: 领导小组检查作业",),
        ("month: 9, what: 家委会查看午餐", "month: 10, what: 选举产生新一届家长委员会"),
    ],
)
def test_what_only_looks_like_it_is_silent(items: tuple[str, ...]) -> None:
    assert of(calendar(*items), "dates.before-group") == []


def paper(kind: str, *blocks: Block) -> tuple[str, Document]:
    return kind, Document(kind, kind, (Title((Text(kind),)), *blocks))


def words(start: int, count: int) -> NumberedList:
    """Items of running text, each different: 每周第3次检查……."""
    return NumberedList(
        tuple(
            Item((Text(f"第{n}件事由第{n}组的老师在第{n}周的星期{'一二三四五'[n % 5]}做完并告诉班主任。"),))
            for n in range(start, start + count)
        )
    )


def test_two_documents_on_one_matter_are_noted() -> None:
    family = of("", "paper.same-topic", [paper("work_plan"), paper("implementation_scheme")])
    alike = of("", "paper.same-topic", [paper("a", words(0, 10)), paper("b", words(4, 12))])
    assert [one.severity for one in family + alike] == ["note", "note"]
    assert "同一件事" in family[0].message and "%" in alike[0].message


@pytest.mark.parametrize(
    "documents",
    [
        [paper("work_plan"), paper("parent_letter")],
        [paper("a", words(0, 10)), paper("b", words(7, 12))],
        [paper("a", words(0, 2)), paper("b", words(0, 2))],
        [paper("inspection_record"), paper("meeting_record")],
    ],
)
def test_documents_that_share_a_little_are_silent(documents: list[tuple[str, Document]]) -> None:
    assert of("", "paper.same-topic", documents) == []


def test_the_place_is_the_documents_in_the_profiles_list() -> None:
    more = "documents:\n  - kind: work_plan\n  - kind: implementation_scheme\n"
    (found,) = of(more, "paper.same-topic", [paper("work_plan"), paper("implementation_scheme")])
    assert found.place is not None and found.place.line == 10


def slip(*lines: str) -> Slip:
    return Slip((Text("回执"),), tuple(Paragraph((Text(line), Blank(6.0))) for line in lines))


SIGN = ("班级：一（1）班　学生姓名：", "家长签名：")


def test_a_second_slip_that_only_wants_a_signature_is_noted() -> None:
    found = of("", "paper.slips", [paper("a", slip(*SIGN, "□参加　□不参加")), paper("b", slip(*SIGN))])
    assert [one.document for one in found] == ["b"]


@pytest.mark.parametrize(
    "documents",
    [
        [paper("a", slip(*SIGN)), paper("b")],
        [paper("a", slip(*SIGN, "□参加　□不参加")), paper("b", slip("我的意见：", *SIGN))],
        [paper("a"), paper("b")],
    ],
)
def test_slips_that_ask_something_or_stand_alone_are_silent(documents: list[tuple[str, Document]]) -> None:
    assert of("", "paper.slips", documents) == []


def test_a_document_is_too_long_from_one_character_on() -> None:
    assert [one.rule for one in check_length("工作计划", 2501, 2500)] == ["paper.length"]
    assert not list(check_length("工作计划", 2500, 2500))


@pytest.mark.parametrize(
    ("more", "late"),
    [
        (calendar("month: 9, day: 2026-09-07, what: 检查作业, status: 已完成, done_on: 2026-10-08"), True),
        (calendar("month: 9, day: 2026-09-07, what: 检查作业, status: 已完成, done_on: 2026-10-07"), False),
        (calendar("month: 9, day: 2026-09-07, what: 检查作业, status: 推迟, moved_to: 2026-11-09"), False),
        (calendar("month: 9, what: 检查作业, status: 已完成, done_on: 2026-12-08"), False),
        ("approval: {meeting_day: 2026-08-28, day: 2026-09-28}\n", True),
        ("approval: {meeting_day: 2026-08-28, day: 2026-09-01}\n", False),
    ],
)
def test_what_is_dated_long_after_the_fact(more: str, late: bool) -> None:
    found = of(more, "paper.late")
    assert bool(found) is late
    assert all(one.place is not None and one.severity == "note" for one in found)


def test_these_rules_can_be_explained() -> None:
    for name in (
        "dates.before-group",
        "paper.same-topic",
        "paper.slips",
        "paper.length",
        "paper.late",
        "alike.text",
    ):
        assert text_rules()[name].title and text_rules()[name].remedy
