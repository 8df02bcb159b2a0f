"""A whole document: its sections, its title, what it needs, and how fast it is made."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from planforge.compose import Choices, choose, compose
from planforge.core.problems import InputError
from planforge.document.tree import Heading, Title, plain
from tests.compose.kind_folder import CARD, composed, kind, line_of, problem, problems, words, write
from tests.compose.school_facts import facts

TITLED = CARD.replace(
    "for: school", 'for: school\ntitle: "{{ school.name }}<br/>{{ term.title }}计划"'
).replace("  - {id: heading, title: 标题, required: 是}\n", "")


def test_a_document_has_kind_title_author_and_subject(tmp_path: Path) -> None:
    document = composed(tmp_path, "<p>文</p>").document
    assert (document.kind, document.title) == ("trial", "青石桥小学试验计划")
    assert (document.author, document.subject) == ("青石桥小学", "2026—2027学年第一学期")


def test_a_card_may_carry_the_title(tmp_path: Path) -> None:
    document = composed(tmp_path, "<p>文</p>", card=TITLED).document
    assert isinstance(document.blocks[0], Title)
    assert plain(document.blocks[0].content) == "青石桥小学\n2026—2027学年第一学期计划"
    assert document.title == "青石桥小学2026—2027学年第一学期计划"


def test_a_sections_own_title_goes_before_the_cards(tmp_path: Path) -> None:
    document = composed(tmp_path, "<title>另题</title><p>文</p>", card=TITLED).document
    assert document.title == "另题"
    assert sum(isinstance(block, Title) for block in document.blocks) == 1


def test_a_mistake_in_a_cards_title_has_the_cards_line(tmp_path: Path) -> None:
    one = problem(tmp_path, "<p>文</p>", card=TITLED.replace("term.title", "term.titel"))
    assert line_of(one) == ("card.yaml", 3)
    assert "term.titel" in one.message


def test_a_document_without_a_title_is_a_mistake(tmp_path: Path) -> None:
    assert problem(tmp_path, "<p>文</p>", files={"trial/heading.xml.j2": "<p>题</p>"}).code == "no-title"


@pytest.mark.parametrize(
    ("when", "there"),
    [("acts", True), ("problems", False), ("options.leaders == 'table'", True), ("term.weeks > 20", False)],
)
def test_a_section_stands_where_its_condition_holds(tmp_path: Path, when: str, there: bool) -> None:
    card = CARD.replace("title: 正文}", f'title: 正文, when: "{when}"}}')
    result = composed(tmp_path, "<h1>正文</h1>", card=card)
    assert any(isinstance(block, Heading) for block in result.document.blocks) == there
    assert result.depends


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("schol.name", "unknown-name"),
        ("school.nam", "unknown-fact"),
        ("acts ==", "template-syntax"),
        ("true %}{% include 'x' %}{% if true", "card-when"),
        ("school.__class__", "template-syntax"),
    ],
)
def test_a_mistake_in_a_condition_has_the_cards_line(tmp_path: Path, when: str, code: str) -> None:
    card = CARD.replace("title: 正文}", f'title: 正文, when: "{when}"}}')
    one = problem(tmp_path, "<p>文</p>", card=card)
    assert (line_of(one), one.code) == (("card.yaml", 15), code)


def test_a_section_that_says_nothing_is_left_out(tmp_path: Path) -> None:
    text = "{% if problems %}\n<h1>问题</h1>\n{% endif %}\n"
    assert len(composed(tmp_path, text).document.blocks) == 1


def test_options_reach_the_templates(tmp_path: Path) -> None:
    write(
        tmp_path,
        "<p>{% if options.leaders == 'prose' %}文字{% else %}表格{% endif %}{{ options.goals_shown }}</p>",
    )
    trial = kind(tmp_path)
    shape = choose(trial, Choices(options={"leaders": "文字", "goals_shown": 3}))
    assert plain(compose(trial, facts(), shape).document.blocks[1].content) == "文字3"  # type: ignore[union-attr]


def test_headings_are_held_together_over_sections(tmp_path: Path) -> None:
    card = CARD + "  - more\n"
    files = {"trial/more.xml.j2": "<h2>下</h2><p>文</p>"}
    assert composed(tmp_path / "a", "<h1>上</h1><p>文</p>", card=card, files=files)
    one = problem(tmp_path / "b", "<p>文</p>", card=card, files=files)
    assert (line_of(one), one.code) == (("more.xml.j2", 1), "heading-level")


def test_macros_and_imports_see_the_facts_of_this_document(tmp_path: Path) -> None:
    clause = "{% macro who() %}{{ school.name }}{% endmacro %}{% set limit = term.weeks %}"
    files = {"clauses/a.xml.j2": clause}
    text = '{% import "clauses/a.xml.j2" as a %}<p>{{ a.who() }}{{ a.limit }}</p>'
    assert words(tmp_path, text, files=files) == "青石桥小学20"
    other = facts()
    other = replace(other, school=replace(other.school, name="白鹭洲小学"))
    assert words(tmp_path, text, files=files, given=other) == "白鹭洲小学20"


def test_a_macro_can_wrap_what_is_between_its_call_marks(tmp_path: Path) -> None:
    text = "{% macro said() %}<p>“{{ caller() }}”</p>{% endmacro %}{% call said() %}{{ school.name }}好{% endcall %}"
    assert words(tmp_path, text) == "“青石桥小学好”"


def test_what_a_kind_needs_and_nobody_gave_is_listed(tmp_path: Path) -> None:
    card = CARD + "needs: [school.name, school.phone, homework.publicity.where, group.heads]\n"
    assert composed(tmp_path, "<p>文</p>", card=card).unmet == ("school.phone", "homework.publicity.where")


def test_length_is_counted_without_white_space(tmp_path: Path) -> None:
    assert composed(tmp_path, "<p>一二 三<br/>四</p><list><item>五</item></list>").characters == 9 + 5


def test_the_same_facts_give_the_same_document(tmp_path: Path) -> None:
    text = "<p>{{ acts|joined('、', 'what') }}</p>"
    assert composed(tmp_path, text) == composed(tmp_path, text)


def test_composing_needs_no_writer() -> None:
    code = "import sys, planforge.compose; print([m for m in ('weasyprint', 'docx', 'fontTools') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_problems_come_in_order_of_place(tmp_path: Path) -> None:
    found = problems(tmp_path, "<p></p>\n\n<para>甲</para>\n<h1></h1>")
    assert [line_of(one)[1] for one in found] == [1, 3, 4]


def test_messages_are_chinese_and_complete(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        composed(tmp_path, "<p>\n{{ school.nmae }}</p>")
    assert str(caught.value) == (
        f"{tmp_path}/trial/text.xml.j2:2  没有 school.nmae 这一项（怎样改：是不是 name？）"
    )
