"""Clauses: named from anywhere in a template, rendered in the facts at hand, wrong ones told with their place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planforge.compose import clauses
from planforge.core.problems import InputError
from planforge.facts.model import Stage
from tests.compose.kind_folder import composed, line_of, problem, problems, words
from tests.compose.school_facts import facts

LIMIT = """\
{#- title: 作业限量 -#}
{% if homework.bands %}
{{ homework.bands[1].grades | grades }}每天不超过{{ homework.bands[1].minutes | minutes }}。
{% endif %}
"""


def clause(text: str, name: str = "homework/limits") -> dict[str, str]:
    return {f"clauses/{name}.xml.j2": text}


def test_a_clause_stands_where_it_is_named(tmp_path: Path) -> None:
    text = '<p>{{ clause("homework.limits") }}说到做到。</p>'
    assert words(tmp_path, text, files=clause(LIMIT)) == "三至六年级每天不超过60分钟。说到做到。"


def test_its_name_may_be_worked_out(tmp_path: Path) -> None:
    text = '{% for name in ["limits"] %}<p>{{ clause("homework." ~ name) }}</p>{% endfor %}'
    assert words(tmp_path, text, files=clause(LIMIT)) == "三至六年级每天不超过60分钟。"


def test_it_may_be_named_in_a_macro_and_in_another_clause(tmp_path: Path) -> None:
    files = clause(LIMIT) | clause('{#- title: 合 -#}{{ clause("homework.limits") }}够了。', "homework/both")
    text = '{% macro say(id) %}<p>{{ clause(id) }}</p>{% endmacro %}{{ say("homework.both") }}'
    assert words(tmp_path, text, files=files) == "三至六年级每天不超过60分钟。够了。"


def test_a_clause_without_its_facts_says_nothing(tmp_path: Path) -> None:
    given = facts()
    given = facts(homework=replace(given.homework, bands=()))
    text = '{% if clause("homework.limits") %}<p>有</p>{% else %}<p>无</p>{% endif %}'
    assert words(tmp_path, text, files=clause(LIMIT), given=given) == "无"


def test_what_it_prints_and_asks_counts(tmp_path: Path) -> None:
    made = composed(tmp_path, '<p>{{ clause("homework.limits") }}</p>', files=clause(LIMIT))
    assert {"homework.bands[1].grades", "homework.bands[1].minutes"} <= made.printed
    assert "homework.bands" in made.depends


def test_it_sees_facts_only_not_the_names_around_it(tmp_path: Path) -> None:
    text = '{% set tone = "严" %}\n<p>{{ clause("homework.limits") }}</p>'
    one = problem(tmp_path, text, files=clause("{#- title: 甲 -#}\n\n{{ tone }}"))
    assert one.code == "unknown-name" and line_of(one) == ("limits.xml.j2", 3)


@pytest.mark.parametrize(
    ("stage", "stages", "said"),
    [
        ("primary", "primary", True),
        ("primary", "junior", False),
        ("primary", "junior, nine_year", False),
        ("junior", "primary、junior", True),
        ("nine_year", "junior", True),
        ("nine_year", "primary", True),
        ("junior", "nine_year", False),
    ],
)
def test_a_clause_for_some_stages_is_silent_in_others(
    tmp_path: Path, stage: Stage, stages: str, said: bool
) -> None:
    given = facts()
    given = facts(school=replace(given.school, stage=stage))
    text = '<p>前{{ clause("homework.limits") }}</p>'
    made = composed(tmp_path, text, files=clause(f"{{#- title: 甲; stages: {stages} -#}}后"), given=given)
    (block,) = made.document.blocks[1:]
    assert [node.text for node in block.content] == (["前后"] if said else ["前"])  # type: ignore[union-attr]
    assert "school.stage" in made.depends


def test_an_unknown_clause_is_told_where_it_was_asked_for(tmp_path: Path) -> None:
    one = problem(tmp_path, '<p>甲\n{{ clause("homework.limit") }}</p>', files=clause(LIMIT))
    assert (line_of(one), one.code) == (("text.xml.j2", 2), "unknown-clause")
    assert "homework.limits" in one.fix


@pytest.mark.parametrize(
    "name", ["../secret", "homework", "", "homework.limits.more", "a/b.c", "Homework.Limits"]
)
def test_only_clauses_can_be_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.xml.j2").write_text("秘密")
    one = problem(tmp_path, f'<p>{{{{ clause("{name}") }}}}</p>', files=clause(LIMIT))
    assert one.code == "unknown-clause"


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("{#- title: 甲 -#}\n\n<p>段</p>", 3, "wrong-nesting"),
        ("{#- title: 甲 -#}\n{{ homework.band }}", 2, "unknown-fact"),
        ("{#- title: 甲 -#}\n\n\n{{ homework.over_limit }}", 4, "empty-fact"),
        ("{#- title: 甲 -#}\n{% if %}", 2, "template-syntax"),
        ("{#- title: 甲 -#}\n<em>重</em>", 2, "unknown-element"),
        ('{#- title: 甲 -#}\n{{ clause("homework.limits") }}', 2, "clause-circle"),
        ("没有名称", 1, "clause-header"),
        ("{#- titel: 甲 -#}", 1, "clause-header"),
        ("{#- title: 甲; title: 乙 -#}", 1, "clause-header"),
        ("{#- title: 甲; stages: senior -#}", 1, "clause-header"),
        ("{#- 甲 -#}", 1, "clause-header"),
    ],
)
def test_a_mistake_in_a_clause_names_its_line(tmp_path: Path, text: str, line: int, code: str) -> None:
    found = problems(tmp_path, '<p>{{ clause("homework.limits") }}</p>', files=clause(text))
    assert {(line_of(one), one.code) for one in found} == {(("limits.xml.j2", line), code)}


def test_calls_that_make_no_sense(tmp_path: Path) -> None:
    for call in ("clause()", "clause(1)", 'clause("a.b", "c.d")', 'clause(id="homework.limits")'):
        assert problem(tmp_path, f"<p>{{{{ {call} }}}}</p>", files=clause(LIMIT)).code == "wrong-call"


def test_the_index_tells_all_and_a_schools_own_go_first(tmp_path: Path) -> None:
    for folder, title in (("own", "校内限量"), ("built_in", "限量")):
        path = tmp_path / folder / "clauses/homework/limits.xml.j2"
        path.parent.mkdir(parents=True)
        path.write_text(f"{{#- title: {title}；stages: junior；note: 只在初中 -#}}")
    found = clauses([tmp_path / "own", tmp_path / "built_in"])
    assert list(found) == ["homework.limits"]
    one = found["homework.limits"]
    assert (one.topic, one.title, one.stages, one.note) == ("homework", "校内限量", ("junior",), "只在初中")


def test_the_index_tells_all_mistakes_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        path = tmp_path / f"clauses/homework/{name}.xml.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("甲")
    with pytest.raises(InputError) as caught:
        clauses([tmp_path])
    assert [line_of(one) for one in caught.value.problems] == [("one.xml.j2", 1), ("two.xml.j2", 1)]
