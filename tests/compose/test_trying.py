"""Trying templates: what shows only in one branch, one option, one missing fact is found, and said how."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforge.compose import Choices, choose, compose, find_kinds
from planforge.compose.pairs import pairwise
from planforge.compose.trial import concerned, try_templates
from planforge.core.problems import InputError, Problem
from planforge.document.tree import Heading, plain
from tests.compose.kind_folder import line_of, write
from tests.compose.school_facts import facts

CARD = """\
name: 试验计划
for: school
options:
  tone: {title: 语气, type: choice, default: plain, choices: {plain: 平实, firm: 坚定}}
  signed: {title: 签名, type: bool, default: 否}
  copies: {title: 份数, type: number, default: 1}
sections:
  - {id: heading, title: 标题, required: 是}
  - {id: text, title: 正文}
  - {id: below, title: 细则, under: text}
"""
BELOW = "<h2>细则</h2><p>细则。</p>"
TEXT = "<h1>正文</h1>\n"


def tried(root: Path, text: str, *, below: str = BELOW, card: str = CARD, **files: str) -> list[Problem]:
    more = {name.replace("__", "/") + ".xml.j2": content for name, content in files.items()}
    return try_templates([write(root, text, card=card, files={"trial/below.xml.j2": below, **more})])


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(1, 4), min_size=1, max_size=6))
def test_every_two_values_of_two_factors_meet(sizes: dict[str, int]) -> None:
    factors = {name: [f"{name}{n}" for n in range(size)] for name, size in sizes.items()}
    rows = pairwise(factors)
    assert rows[0] == {name: values[0] for name, values in factors.items()}
    assert all({row[name] for row in rows} == set(values) for name, values in factors.items())
    for a, b in combinations(factors, 2):
        assert {(row[a], row[b]) for row in rows} == {(x, y) for x in factors[a] for y in factors[b]}


def test_a_sound_kind_has_no_mistakes(tmp_path: Path) -> None:
    assert tried(tmp_path, TEXT + "<p>{{ school.name }}</p>") == []


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ('{% if options.tone == "firm" %}{{ homework.over_limit }}{% endif %}', "empty-fact", "语气：坚定"),
        ("{% if options.signed %}{{ homework.over_limit }}{% endif %}", "empty-fact", "签名：是"),
        ("{% if options.copies == 0 %}<p>甲</p>{% endif %}", "wrong-nesting", "份数：0"),
        ("{{ phones.keeper }}", "empty-fact", "不填 phones.keeper"),
        ('{% if school.stage == "junior" %}{{ acts[0].what }}{% endif %}', "no-such-item", "初中"),
    ],
)
def test_it_is_said_how_a_mistake_showed(tmp_path: Path, text: str, code: str, told: str) -> None:
    found = [one for one in tried(tmp_path, f"{TEXT}\n<p>甲{text}</p>") if one.code == code]
    assert found and line_of(found[0]) == ("text.xml.j2", 3)
    assert told in found[0].field, found[0].field


def test_only_what_a_mistake_needs_is_said(tmp_path: Path) -> None:
    text = TEXT + '<p>甲{% if options.tone == "firm" and options.signed %}<p>乙</p>{% endif %}</p>'
    (one,) = tried(tmp_path, text)
    assert one.field == "试验计划，语气：坚定；签名：是"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{% if school.name == '无此校' %}{{ homework.bandz }}{% endif %}", "unknown-fact"),
        ("{% if school.name == '无此校' %}{{ unheard }}{% endif %}", "unknown-name"),
        ("{% if school.name == '无此校' %}{{ options.tones }}{% endif %}", "unknown-fact"),
        ("{% if school.name == '无此校' %}{{ clause('no.such') }}{% endif %}", "unknown-clause"),
    ],
)
def test_a_branch_that_no_trial_takes_is_read_as_well(tmp_path: Path, text: str, code: str) -> None:
    (one,) = tried(tmp_path, f"{TEXT}\n\n<p>甲{text}</p>")
    assert (one.code, line_of(one)) == (code, ("text.xml.j2", 4))


def test_names_that_a_template_gives_itself_are_known(tmp_path: Path) -> None:
    text = """\
{% macro say(word) %}{{ word }}{% endmacro %}
{% set mark = "！" %}
<h1>正文</h1>
{% for band in homework.bands %}<p>{{ say(band.grades | grades) }}{{ mark }}{{ loop.index }}</p>{% endfor %}
"""
    assert tried(tmp_path, text) == []


def test_a_heading_with_nothing_below_it_is_told(tmp_path: Path) -> None:
    found = tried(
        tmp_path, "<h1>正文</h1>{% if phones.keeper %}<p>甲</p>{% endif %}", below="<h1>细则</h1><p>乙</p>"
    )
    assert [one.code for one in found] == ["heading-empty"]
    assert line_of(found[0]) == ("text.xml.j2", 1)


def test_kinds_of_ones_own_folder_are_tried_and_all_where_it_changes_what_is_shared(tmp_path: Path) -> None:
    built_in = write(tmp_path / "a", TEXT, card=CARD, files={"trial/below.xml.j2": BELOW})
    (built_in / "clauses/x").mkdir(parents=True)
    (built_in / "clauses/x/y.xml.j2").write_text("{#- title: 甲 -#}")
    own = tmp_path / "b"
    (own / "clauses/x").mkdir(parents=True)
    (own / "clauses/x/z.xml.j2").write_text("{#- title: 甲 -#}")
    assert concerned([own], [own, built_in]) == []
    (own / "clauses/x/y.xml.j2").write_text("{#- title: 乙 -#}")
    assert concerned([own], [own, built_in]) == ["trial"]


# --- sections under others --------------------------------------------------------------------


def headings(root: Path, **choices: list[str]) -> list[str]:
    write(root, "<h1>正文</h1><p>甲</p>", card=CARD, files={"trial/below.xml.j2": BELOW})
    kind = find_kinds([root])["trial"]
    made = compose(kind, facts(), choose(kind, Choices(**choices)))  # type: ignore[arg-type]
    return [plain(one.content) for one in made.document.blocks if isinstance(one, Heading)]


def test_a_section_under_another_comes_and_goes_with_it(tmp_path: Path) -> None:
    assert headings(tmp_path) == ["正文", "细则"]
    assert headings(tmp_path, without=["正文"]) == []
    assert headings(tmp_path, sections=["细则"]) == ["正文", "细则"]
    assert headings(tmp_path, sections=["细则", "正文"]) == ["正文", "细则"]
    assert headings(tmp_path, without=["细则"]) == ["正文"]


def test_it_stays_away_where_the_other_has_no_occasion(tmp_path: Path) -> None:
    card = CARD.replace("title: 正文}", "title: 正文, when: phones.keeper}")
    write(tmp_path, "<h1>正文</h1><p>甲</p>", card=card, files={"trial/below.xml.j2": BELOW})
    made = compose(find_kinds([tmp_path])["trial"], facts())
    assert len(made.document.blocks) == 1


@pytest.mark.parametrize("under", ["texts", "below", "later"])
def test_it_stands_under_a_section_before_it(tmp_path: Path, under: str) -> None:
    card = CARD.replace("under: text", f"under: {under}") + "  - {id: later, title: 后}\n"
    files = {"trial/below.xml.j2": BELOW, "trial/later.xml.j2": "<p>甲</p>"}
    with pytest.raises(InputError) as caught:
        find_kinds([write(tmp_path, TEXT, card=card, files=files)])
    (one,) = caught.value.problems
    assert one.code == "card-section" and line_of(one) == ("card.yaml", 10)


def test_options_decide_on_sections(tmp_path: Path) -> None:
    card = CARD.replace("title: 细则, under: text", "title: 细则, under: text, when: options.signed")
    write(tmp_path, "<h1>正文</h1><p>甲</p>", card=card, files={"trial/below.xml.j2": BELOW})
    kind = find_kinds([tmp_path])["trial"]
    plain_shape, signed = choose(kind), choose(kind, Choices(options={"签名": "是"}))
    assert len(compose(kind, facts(), signed).document.blocks) == 5
    assert len(compose(kind, facts(), plain_shape).document.blocks) == 3
