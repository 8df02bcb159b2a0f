"""Filters and tests as a template writes them: on facts, with arguments, and where they do not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planforge.compose.filters import FILTERS, TESTS
from planforge.document.tree import Fact
from planforge.facts.model import Approval, Homework
from tests.compose.kind_folder import composed, problem, words
from tests.compose.school_facts import facts


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("school.grades|grades", "一至六年级"),
        ("school.grades|grades(of=school.grades)", "各年级"),
        ("homework.bands[0].grades|grades(of=school.grades)", "一、二年级"),
        ("school.grades[0]|grades", "一年级"),
        ("homework.bands[1].minutes|minutes", "60分钟"),
        ("2|hours", "2小时"),
        ("term.starts|day", "2026年9月1日"),
        ("term.starts|day(year=false)", "9月1日"),
        ("term.starts|month_day", "9月1日"),
        ("schedule[0].day|days(schedule[0].until)", "9月1日至5日"),
        ("schedule[0]|dates", "9月1日至5日"),
        ("term.months[0]|month", "9月"),
        ("term.months[0]|month(year=true)", "2026年9月"),
        ("term.months[0].month|month", "9月"),
        ("day.arrival|clock", "7:50"),
        ("day.arrival|clock_cn", "7时50分"),
        ("group.heads|names", "沈砚秋"),
        ("group.heads[0]|names", "沈砚秋"),
        ("group.members|names(posts=true)", "何青（教导主任）、欧阳静（总务主任）"),
        ("(group.deputies + group.members)|names", "林舟、何青、欧阳静"),
        ("group.members|padded|joined", "何　青、欧阳静"),
        ("group.members[0]|padded(group.members)", "何　青"),
        ("group.deputies[0].name|padded(group.deputies)", "林舟"),
        ("group.heads|persons_with_duty", "沈砚秋（校长）负责全面工作"),
        ("group.heads|persons_with_duty(posts=false)", "沈砚秋负责全面工作"),
        ("acts|joined('；', 'what')", "控制作业总量；改进课堂"),
        ("acts|length|count_cn('项')", "两项"),
        ("assessment.finals|times", "一次"),
        ("goals[0].text|sentence", "作业公示率达到100%"),
        ("(acts|first).what", "控制作业总量"),
        ("(acts|last).what", "改进课堂"),
        ("acts|where('topic', 'homework', 'lessons')|length", "2"),
        ("(acts|without('topic', 'homework'))[0].what", "改进课堂"),
        ("(schedule|in_month(term.months[1]))[0].what", "检查"),
        ("school.phone|default('无')", "无"),
        ("school.name|length", "5"),
    ],
)
def test_filters(tmp_path: Path, expression: str, text: str) -> None:
    assert words(tmp_path, f"<p>{{{{ {expression} }}}}</p>") == text


def test_a_piece_made_before_is_counted_as_it_prints(tmp_path: Path) -> None:
    piece = "{% set one %}<strong>A&amp;B</strong> {{ school.name }}。{% endset %}"
    assert words(tmp_path, f"{piece}<p>{{{{ one | length }}}}</p>") == "9"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("acts is many", True),
        ("group.heads is many", False),
        ("group.heads is one", True),
        ("problems is one", False),
        ("problems is empty", True),
        ("acts is empty", False),
        ("school.phone is given", False),
        ("school.name is given", True),
        ("homework.publicity is given", False),
        ("homework.publicity is none", True),
        ("term.weeks is even", True),
        ("term.number is odd", True),
        ("unheard is defined", False),
        ("school is defined", True),
    ],
)
def test_tests(tmp_path: Path, condition: str, holds: bool) -> None:
    assert words(tmp_path, f"<p>{{% if {condition} %}}是{{% else %}}否{{% endif %}}</p>") == "否是"[holds]


@pytest.mark.parametrize("name", sorted(set(FILTERS) - {"default", "length"}))
def test_a_filter_on_nothing_names_the_path(tmp_path: Path, name: str) -> None:
    given = replace(facts(), homework=Homework(bands=()), approval=Approval())
    argument = {"where": "('what')", "without": "('what')", "in_month": "(term.months[0])"}.get(name, "")
    if name in ("where", "without", "in_month"):
        assert words(tmp_path, f"<p>{{{{ homework.bands|{name}{argument}|length }}}}</p>", given=given) == "0"
        return
    one = problem(tmp_path, f"<p>{{{{ homework.bands|{name} }}}}</p>", given=given)
    assert one.code == "empty-fact"
    assert "homework.bands" in one.message


@pytest.mark.parametrize(
    "expression",
    [
        "school.name|grades",
        "school.name|minutes",
        "acts|minutes",
        "school.name|day",
        "term.starts|clock",
        "school.name|month",
        "acts|names",
        "acts|persons_with_duty",
        "acts|padded",
        "acts|joined",
        "acts|joined('、', 'wat')",
        "acts|sentence",
        "schedule[1]|dates",
        "term.starts|count_cn",
    ],
)
def test_a_filter_that_does_not_fit_names_itself_and_the_path(tmp_path: Path, expression: str) -> None:
    one = problem(tmp_path, f"<p>{{{{ {expression} }}}}</p>")
    assert one.code == "wrong-filter"
    path, name = expression.split("|")
    assert path in one.message and name.partition("(")[0] in one.message


def test_a_filter_takes_a_fact_and_gives_one(tmp_path: Path) -> None:
    result = composed(tmp_path, "<p>{{ approval.day|day }}</p>", given=replace(facts(), approval=Approval(day=date(2026, 8, 30))))  # fmt: skip
    assert Fact("approval.day", "2026年8月30日") in result.document.blocks[1].content  # type: ignore[union-attr]


def test_every_filter_and_test_is_in_the_authors_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "markup.md").read_text(encoding="utf-8")
    absent = [name for name in FILTERS if f"`{name}" not in guide]
    absent += [name for name in TESTS if f"`is {name}" not in guide]
    assert absent == []
