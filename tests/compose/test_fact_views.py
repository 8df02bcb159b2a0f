"""What a document prints and what it depends on is known, and nothing is printed that nobody gave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planforge.document.tree import Fact, Labelled, Paragraph, Text
from planforge.facts.model import Publicity
from tests.compose.kind_folder import blocks, composed, problem, words
from tests.compose.school_facts import facts


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{% if lessons.preparation %}甲{% endif %}", "lessons.preparation"),
        ("{% if not lessons.minutes %}甲{% endif %}", "lessons.minutes"),
        ("{% for act in acts %}甲{% endfor %}", "acts"),
        ("{% if acts|length > 3 %}甲{% endif %}", "acts"),
        ("{% if acts is many %}甲{% endif %}", "acts"),
        ("{% if term.weeks >= 20 %}甲{% endif %}", "term.weeks"),
        ("{% if 30 > term.weeks %}甲{% endif %}", "term.weeks"),
        ("{% if school.stage == 'primary' %}甲{% endif %}", "school.stage"),
        ("{% if 'junior' != school.stage %}甲{% endif %}", "school.stage"),
        ("{% if school.stage in ('primary', 'junior') %}甲{% endif %}", "school.stage"),
        ("{% if 6 in school.grades %}甲{% endif %}", "school.grades"),
        ("{% if term.weeks % 2 %}甲{% endif %}", "term.weeks"),
        ("{% if school.region is given %}甲{% endif %}", "school.region"),
        ("{% if homework.publicity.where %}甲{% endif %}", "homework.publicity"),
        ("{% for act in acts|where('topic', 'home') %}甲{% endfor %}", "acts[1].topic"),
        ("{% set x = school.phone or '甲' %}", "school.phone"),
        ("{{ '甲' if school.phone else '乙' }}", "school.phone"),
        ("{% for act in acts[:1] %}甲{% endfor %}", "acts"),
        ("{% if options.leaders == 'table' %}甲{% endif %}", "options.leaders"),
    ],
)
def test_every_way_of_reading_is_noted(tmp_path: Path, text: str, path: str) -> None:
    result = composed(tmp_path, f"<p>文{text}</p>")
    assert path in result.depends
    assert path not in result.printed


@pytest.mark.parametrize(
    ("text", "path", "shown"),
    [
        ("{{ school.name }}", "school.name", "青石桥小学"),
        ("{{ term.weeks }}", "term.weeks", "20"),
        ("{{ term['weeks'] }}", "term.weeks", "20"),
        ("{{ acts[1].what }}", "acts[1].what", "改进课堂"),
        ("{{ acts[-1].what }}", "acts[1].what", "改进课堂"),
        ("{{ (acts|last).what }}", "acts[1].what", "改进课堂"),
        ("{{ acts[1:][0].what }}", "acts[1].what", "改进课堂"),
        (
            "{% for act in acts|where('topic', 'lessons') %}{{ act.what }}{% endfor %}",
            "acts[1].what",
            "改进课堂",
        ),
        ("{{ homework.bands[1].grades|grades }}", "homework.bands[1].grades", "三至六年级"),
        ("{{ group.members|names }}", "group.members", "何青、欧阳静"),
        ("{{ acts|length }}", "acts", "2"),
        ("{{ term.weeks - 1 }}", "term.weeks", "19"),
        ("{{ school.phone or school.name }}", "school.name", "青石桥小学"),
        ("{{ '（' ~ school.name ~ '）' }}", "school.name", "青石桥小学"),
        ("{% set x %}{{ school.name }}{% endset %}{{ x }}", "school.name", "青石桥小学"),
        ("{% for g, n in sport.lessons[:1] %}{{ n }}{% endfor %}", "sport.lessons[0][1]", "4"),
    ],
)
def test_what_is_printed_keeps_its_path(tmp_path: Path, text: str, path: str, shown: str) -> None:
    result = composed(tmp_path, f"<p>{text}</p>")
    block = result.document.blocks[1]
    assert isinstance(block, Paragraph)
    assert Fact(path, shown) in block.content
    assert path in result.printed
    assert path not in result.depends


def test_a_fact_that_is_read_and_never_printed_is_no_printed_one(tmp_path: Path) -> None:
    result = composed(tmp_path, "{% set x %}{{ term.weeks }}{% endset %}<p>文</p>")
    assert "term.weeks" not in result.printed


def test_a_part_of_a_missing_group_reads_as_missing(tmp_path: Path) -> None:
    text = "<p>文{% if homework.publicity.where %}公示于{{ homework.publicity.where }}{% endif %}</p>"
    assert words(tmp_path, text) == "文"
    given = facts()
    given = replace(given, homework=replace(given.homework, publicity=Publicity(where="班级公示栏")))
    assert words(tmp_path, text, given=given) == "文公示于班级公示栏"


def test_a_misspelt_part_of_a_missing_group_is_found_all_the_same(tmp_path: Path) -> None:
    one = problem(tmp_path, "<p>文{% if homework.publicity.wher %}甲{% endif %}</p>")
    assert "homework.publicity.wher" in one.message
    assert "where" in one.fix


def test_printing_what_nobody_gave_says_how_to_leave_it_out(tmp_path: Path) -> None:
    one = problem(tmp_path, "<p>{{ school.teachers }}</p>")
    assert "school.teachers" in one.message
    assert "{% if school.teachers %}" in one.fix


def test_text_around_a_fact_is_the_templates_own(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, "<p>在{{ school.name }}内，<strong>共{{ term.weeks }}周</strong>。</p>")
    assert isinstance(block, Paragraph)
    assert block.content == (
        Text("在"),
        Fact("school.name", "青石桥小学"),
        Text("内，"),
        Text("共", True),
        Fact("term.weeks", "20", True),
        Text("周", True),
        Text("。"),
    )


def test_a_fact_of_several_lines_keeps_them(tmp_path: Path) -> None:
    given = facts()
    given = replace(given, lessons=replace(given.lessons, preparation="先备课\n再上课"))
    assert words(tmp_path, "<p>{{ lessons.preparation }}</p>", given=given) == "先备课\n再上课"


def test_a_fact_in_an_attribute_is_plain_text_and_counts_as_printed(tmp_path: Path) -> None:
    given = facts()
    head = replace(given.group.heads[0], post='校长"<&')
    given = replace(given, group=replace(given.group, heads=(head,)))
    text = '{% for p in group.heads %}<labelled label="{{ p.post }}：">{{ p.name }}</labelled>{% endfor %}'
    result = composed(tmp_path, text, given=given)
    block = result.document.blocks[1]
    assert isinstance(block, Labelled)
    assert block.label == '校长"<&：'
    assert "group.heads[0].post" in result.printed


def test_a_fact_that_only_shapes_a_table_is_a_dependence(tmp_path: Path) -> None:
    text = '<table widths="1 1"><row><cell rows="{{ acts|length }}">甲</cell><cell>乙</cell></row><row><cell>丙</cell></row></table>'
    result = composed(tmp_path, text)
    assert "acts" in result.depends
