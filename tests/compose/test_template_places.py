"""Every mistake in a template names its file and line, and so does every block of the tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.document.tree import Heading, NumberedList, Paragraph, Table
from tests.compose.kind_folder import blocks, line_of, problem, problems

CLAUSE = """\
{% macro limit(bands) %}
<p>
{{ bands[0].grades | grades }}不留书面作业。
</p>
{% endmacro %}
"""


def test_blocks_carry_the_line_of_their_tag(tmp_path: Path) -> None:
    heading, paragraph, items, table = blocks(
        tmp_path,
        """\
<h1>目标</h1>

{# a note
   over lines #}
<p>
{{ school.name }}
</p>
<list>{% for act in acts %}
  <item>{{ act.what }}</item>
{% endfor %}</list>
<table widths="1"
  >
  <row><cell>甲</cell></row>
</table>
""",
    )
    assert isinstance(heading, Heading) and isinstance(paragraph, Paragraph)
    assert isinstance(items, NumberedList) and isinstance(table, Table)
    places = [heading.place, paragraph.place, items.items[1].place, table.place, table.rows[0][0].place]
    assert [place.line for place in places if place] == [1, 5, 9, 11, 13]
    assert all(place and Path(place.file).name == "text.xml.j2" for place in places)


def test_a_block_from_a_clause_points_to_the_clause(tmp_path: Path) -> None:
    text = '{% from "clauses/homework.xml.j2" import limit %}\n{{ limit(homework.bands) }}'
    (block,) = blocks(tmp_path, text, files={"clauses/homework.xml.j2": CLAUSE})
    assert isinstance(block, Paragraph) and block.place
    assert block.place.file.endswith("clauses/homework.xml.j2")
    assert block.place.line == 2


def test_after_an_include_lines_count_on_in_the_outer_file(tmp_path: Path) -> None:
    clause = "<p>甲</p>\n\n<p>乙</p>"
    text = '\n{% include "clauses/a.xml.j2" %}\n<p>丙</p>'
    found = blocks(tmp_path, text, files={"clauses/a.xml.j2": clause})
    places = [(Path(one.place.file).name, one.place.line) for one in found if one.place]
    assert places == [("a.xml.j2", 1), ("a.xml.j2", 3), ("text.xml.j2", 3)]


def test_a_mistake_inside_a_clause_names_the_clause(tmp_path: Path) -> None:
    files = {"clauses/homework.xml.j2": CLAUSE.replace(".grades |", ".grade |")}
    text = '{% from "clauses/homework.xml.j2" import limit %}\n{{ limit(homework.bands) }}'
    one = problem(tmp_path, text, files=files)
    assert line_of(one) == ("homework.xml.j2", 3)
    assert "homework.bands[0].grade" in one.message
    assert "grades" in one.fix


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("<p>甲</p>\n<para>乙</para>", 2, "unknown-element"),
        ("<p>甲</p>\n\n<p rol='note'>乙</p>", 3, "unknown-attribute"),
        ("<p>甲</p>\n<p role='nota'>乙</p>", 2, "wrong-attribute"),
        ("<p>甲</p>\n<p>\n<p>乙</p></p>", 3, "wrong-nesting"),
        ("<p>甲</p>\n<para>乙</p>", 2, "unknown-element"),
        ("<p>甲</p>\n\n<p>{ school.name }</p>", 3, "template-syntax"),
        ("<p>甲</p>\n\n<p>｛｛ school.name ｝｝</p>", 3, "template-syntax"),
        ("<p>甲</p>\n<item>乙</item>", 2, "wrong-nesting"),
        ("<p>甲\n\n</h1>", 3, "not-well-formed"),
        ("<p>甲</p>\n<p>乙", 2, "not-well-formed"),
        ("<p>甲</p>\n</p>", 2, "not-well-formed"),
        ("<p>甲</p>\n乙\n<p>丙</p>", 1, "stray-text"),
        ("<p>甲</p>\n\n<p>乙 & 丙</p>", 3, "template-syntax"),
        ("<p>甲\n 5 < 6</p>", 2, "template-syntax"),
        ("<p>甲</p>\n<fact path='x'>乙</fact>", 2, "template-syntax"),
        ("<p>甲</p>\n<{{ school.name }}>", 2, "template-syntax"),
        ("<p>甲</p>\n<h{{ term.number }}>乙</h1>", 2, "template-syntax"),
        ("<p>甲</p>\n<!DOCTYPE x>", 2, "template-syntax"),
        ("<p>甲</p>\n<![CDATA[x]]>", 2, "template-syntax"),
        ("<p>甲</p>\n<?php ?>", 2, "template-syntax"),
        ("<p>甲</p>\n{% if %}", 2, "template-syntax"),
        ("<p>甲</p>\n\n{{ school.nam }}", 3, "unknown-fact"),
        ("<p>甲</p>\n\n{{ schol.name }}", 3, "unknown-name"),
        ("<p>甲</p>\n{{ schol }}", 2, "unknown-name"),
        ("<p>甲</p>\n{% if school.stage == 'primry' %}{% endif %}", 2, "unknown-word"),
        ("<p>甲</p>\n{% if options.leaders == 'tabel' %}{% endif %}", 2, "unknown-word"),
        ("<p>甲</p>\n{{ options.leader }}", 2, "unknown-fact"),
        ("<p>甲</p>\n\n<p>{{ lessons.preparation }}</p>", 3, "empty-fact"),
        ("<p>甲</p>\n<p>{{ school.teachers }}</p>", 2, "empty-fact"),
        ("<p>甲</p>\n<p>{{ school.teachers | count_cn }}</p>", 2, "empty-fact"),
        ("<p>甲</p>\n<p>{{ term.starts }}</p>", 2, "not-a-text"),
        ("<p>甲</p>\n<p>{{ acts }}</p>", 2, "not-a-text"),
        ("<p>甲</p>\n<p>{{ none }}</p>", 2, "not-a-text"),
        ("<p>甲</p>\n<p>{{ school.name | minutes }}</p>", 2, "wrong-filter"),
        ("<p>甲</p>\n<p>{{ school.name | upper }}</p>", 2, "template-syntax"),
        ("<p>甲</p>\n{% if acts is few %}{% endif %}", 2, "template-syntax"),
        ("<p>甲</p>\n{% include 'clauses/none.xml.j2' %}", 2, "template-missing"),
        ("<p>甲</p>\n<p>{{ '有' if acts is empty }}</p>", 2, "no-else"),
        ("<p>甲</p>\n<p>{{ acts[7].what }}</p>", 2, "no-such-item"),
        ("<p>甲</p>\n<p></p>", 2, "empty-element"),
        ("<p>甲</p>\n<h1> </h1>", 2, "empty-element"),
        ("<p>甲</p>\n<list></list>", 2, "empty-element"),
        ("<p>甲</p>\n<labelled>乙</labelled>", 2, "missing-attribute"),
        ("<p>甲</p>\n<h2>乙</h2>", 2, "heading-level"),
        ("<h1>甲</h1>\n<h4>乙</h4>", 2, "heading-level"),
        ("<h1>甲</h1>\n<title>乙</title>", 2, "second-title"),
        ("<p>甲</p>\n<p role='{{ term.months[0] }}'>乙</p>", 2, "not-a-text"),
    ],
)
def test_a_mistake_names_its_line(tmp_path: Path, text: str, line: int, code: str) -> None:
    one = problem(tmp_path, text)
    assert (line_of(one), one.code) == (("text.xml.j2", line), code)


def test_all_mistakes_of_a_section_come_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, "<para>甲</para>\n<p></p>\n<p rol='x'>乙</p>\n<list>丙</list>")
    assert [(line_of(one)[1], one.code) for one in found] == [
        (1, "unknown-element"),
        (2, "empty-element"),
        (3, "unknown-attribute"),
        (4, "stray-text"),
    ]


def test_mistakes_of_several_sections_come_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, "<para>甲</para>", files={"trial/heading.xml.j2": "<title>{{ nam }}</title>"})
    assert [line_of(one)[0] for one in found] == ["heading.xml.j2", "text.xml.j2"]


def test_layout_of_the_template_leaves_no_space_in_the_text(tmp_path: Path) -> None:
    (block,) = blocks(
        tmp_path, "<p>\n  甲\n\t  {{ term.weeks }}\n  乙{# x #}\n {% if acts %}\n 丙 {% endif %} 丁\n</p>"
    )
    assert isinstance(block, Paragraph)
    from planforge.document.tree import plain

    assert plain(block.content) == "甲20乙丙丁"


def test_a_wanted_space_is_explicit(tmp_path: Path) -> None:
    from tests.compose.kind_folder import words

    assert words(tmp_path, '<p>Word{{ " " }}{{ term.weeks }}　周</p>') == "Word 20　周"


def test_all_facts_that_nobody_gave_are_told_at_once(tmp_path: Path) -> None:
    text = "<p>{{ school.phone }}</p>\n<p>\n{{ term.starts }}，{{ lessons.swaps }}</p>\n<p>{{ school.teachers }}</p>"
    found = problems(tmp_path, text)
    assert [(line_of(one)[1], one.code) for one in found] == [
        (1, "empty-fact"),
        (3, "not-a-text"),
        (3, "empty-fact"),
        (4, "empty-fact"),
    ]


def test_a_missing_fact_in_a_clause_names_the_clause(tmp_path: Path) -> None:
    files = {"clauses/a.xml.j2": "{% macro m() %}\n\n<p>{{ school.phone }}</p>{% endmacro %}"}
    one = problem(tmp_path, '{% from "clauses/a.xml.j2" import m %}{{ m() }}', files=files)
    assert line_of(one) == ("a.xml.j2", 3)


def test_a_fact_in_a_loop_is_not_told_to_be_guarded_by_its_number(tmp_path: Path) -> None:
    """`supervision.checks[0].who` would guard every round of the loop by its first one."""
    one = problem(tmp_path, "{% for one in group.heads %}<p>{{ one.campus }}</p>{% endfor %}")
    assert one.code == "empty-fact"
    assert "[0]" not in one.fix
    assert ".campus %}" in one.fix
