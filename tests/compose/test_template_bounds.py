"""Templates that are cut off, nest without end or never stop writing, and cards whose look is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planforge.compose.trial import try_templates
from planforge.core.problems import InputError, Place, Problem
from planforge.core.resources import templates_root
from planforge.document.look import read_look
from tests.compose.kind_folder import CARD, composed, write


def told(root: Path, text: str) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        composed(root, text)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    "text",
    [
        "<p>甲</p>{% if school %}<p>乙</p>",
        "<p>{{ school.name }</p>",
        "<p>{{ (school.name }}</p>",
        "<p>{{ school.name) }}</p>",
        "<p>{{ }}</p>",
        "{% %}",
        "{% fro a in b %}",
        "{% for a b %}{% endfor %}",
        "{% if school %}{% endfor %}",
        "{# 没有完",
        "{% set 1 = 2 %}",
        "<p>{{ 1 1 }}</p>",
        "<p>{{ ? }}</p>",
    ],
)
def test_what_jinja_cannot_read_is_said_in_chinese(tmp_path: Path, text: str) -> None:
    (problem,) = told(tmp_path, text)
    assert problem.place is not None and problem.place.line == 1
    assert not re.search(r"[A-Za-z]+ [A-Za-z]+", problem.message), problem.message


@pytest.mark.parametrize(
    "deep",
    [
        "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}",
        "{{ school" + ".name" * 3000 + " }}",
        "{% if 1 %}" * 2000,
    ],
)
def test_what_nests_without_end_is_a_mistake_at_its_line(tmp_path: Path, deep: str) -> None:
    root = write(tmp_path, f"<p>甲</p>\n{deep}")
    problem = try_templates([root])[0]
    assert problem.place is not None and (Path(problem.place.file).name, problem.place.line) == (
        "text.xml.j2",
        2,
    )
    assert "太深" in problem.message


@pytest.mark.parametrize("piece", ["<p>一</p>", "<p>" + "字" * 100 + "</p>"])
def test_a_document_without_end_stops_at_its_section(tmp_path: Path, piece: str) -> None:
    text = "{% for i in range(110) %}{% for j in range(100) %}" + piece + "{% endfor %}{% endfor %}"
    (problem,) = told(tmp_path, text)
    assert problem.code == "too-long" and problem.place is not None
    assert problem.place.file.endswith("trial/text.xml.j2")


def test_a_look_that_is_not_there_is_told_at_its_line(tmp_path: Path) -> None:
    card = CARD.replace("for: school\n", "for: school\nlook: offical\n")
    root = write(tmp_path, "<p>甲</p>", card=card)
    problem = try_templates([root, templates_root()], ["trial"])[0]
    assert str(problem.place) == f"{root / 'trial/card.yaml'}:3:7"
    assert "official" in problem.expected and "letter" in problem.expected


def test_one_mistake_is_told_once() -> None:
    problem = Problem("甲")
    assert InputError([problem, problem]).problems == (problem,)


@pytest.mark.parametrize(
    "wrong", ["needs: [a, b\n", "needs: {a: b\n", "name: '试验\n", "a: b: c\n", "- 甲\n", "词\n"]
)
def test_yaml_of_a_card_is_told_in_chinese(tmp_path: Path, wrong: str) -> None:
    root = write(tmp_path, "<p>甲</p>", card=CARD + wrong)
    problem = try_templates([root])[0]
    assert problem.place is not None and problem.place.line > 1
    assert not re.search(r"[a-z]{2,}", problem.message + problem.found), problem


def test_a_font_that_a_look_does_not_have_is_told_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "styles" / "own.yaml"
    path.parent.mkdir()
    path.write_text(
        "based_on: official\nname: own\ntitle: 本校\nstyles:\n  body:\n    font: kaishu\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        read_look(path)
    (problem,) = caught.value.problems
    assert (problem.place, problem.found) == (Place(str(path), 6, 5), "kaishu")
    assert "fangsong" in problem.expected
