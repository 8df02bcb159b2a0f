"""What a template may not do, tried: reach Python, read files, run or grow without end."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.core.problems import InputError
from tests.compose.kind_folder import composed, problem, problems

REACHING = [
    "{{ school.__class__ }}",
    "{{ school['__class__'] }}",
    "{{ school.name.__class__.__mro__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ school['__' ~ 'class__'] }}",
    "{{ school|attr('__class__') }}",
    "{{ (1,).__class__ }}",
    "{{ loop.__init__ }}",
    "{% for act in acts %}{{ loop._iterable }}{% endfor %}",
    "{% for act in acts %}{{ loop.__class__ }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m.name }}",
    "{% macro m() %}{{ kwargs.items() }}{% endmacro %}{{ m(a=1) }}",
    "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{{ self }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ namespace.__init__ }}",
    "{% set n = namespace() %}{{ n.__class__ }}",
    "{{ range.__self__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler.__init__ }}",
    "{{ joiner }}",
    "{{ dict() }}",
    "{{ {}.items() }}",
    "{{ school.read() }}",
    "{{ school._value }}",
    "{{ school.derive(1) }}",
    "{{ school() }}",
    "{{ sources }}",
    "{{ ''.join(acts) }}",
    "{{ 'a{0.__class__}'.format(school) }}",
    "{{ '%s' % school }}",
    "{{ 'x'.ljust(1000000000) }}",
    "{{ school.name.upper() }}",
    "{{ '<b>'|safe }}",
    "{% autoescape false %}{{ school.name }}{% endautoescape %}",
    "{% filter upper %}x{% endfilter %}",
    "{% set x | upper %}x{% endset %}",
    "{% extends 'clauses/a.xml.j2' %}",
    "{% block x %}{% endblock %}",
    "{{ acts|map(attribute='__class__') }}",
    "{{ range(*acts) }}",
    "{{ range(**options) }}",
    "{% do acts %}",
]

FILES = [
    "{% include '/etc/passwd' %}",
    "{% include '../secret.xml.j2' %}",
    "{% include 'clauses/../../secret.xml.j2' %}",
    "{% include 'trial/../../secret.xml.j2' %}",
    "{% include 'clauses/link.xml.j2' %}",
    "{% include 'clauses\\\\..\\\\secret.xml.j2' %}",
    "{% include 'trial/card.yaml' %}",
    "{% include 'card.yaml' %}",
    "{% include school.name %}",
    "{% include 'clauses/' ~ 'a' %}",
    "{% import '/etc/passwd' as x %}",
    "{% from '../secret.xml.j2' import x %}",
]

ENDLESS = [
    "{% for a in range(10000) %}{% for b in range(10000) %}{% endfor %}{% endfor %}",
    "{% for a in range(1000000000) %}{% endfor %}",
    "{% for a in acts recursive %}{{ loop(acts) }}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(39) }}",
    "{% include 'trial/text.xml.j2' %}",
    "{% include 'clauses/round.xml.j2' %}",
    "{% from 'clauses/round.xml.j2' import x %}",
    "{{ 'a' * 1000000000 }}",
    "{{ acts * 1000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 1000000 * 1000000 * 1000000 }}",
    "{{ 1e999 * 2 }}",
    "{% set n = namespace(x='a') %}{% for a in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "{% set n = namespace(x='a') %}"
    "{% for a in range(60) %}{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}{% endfor %}",
    "{% for a in range(9000) %}<p>" + "长" * 300 + "</p>{% endfor %}",
    "{% macro m() %}" + "长" * 900 + "{% endmacro %}{% for a in range(9000) %}{{ m() }}{% endfor %}",
    "{% set t = (" + "1," * 20000 + ") %}{% for a in range(9000) %}{{ t|grades }}{% endfor %}",
    "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}",
    "{{ " + "9" * 6000 + " }}",
    "{% for a in acts %}" * 30 + "{% endfor %}" * 30,
    "{% if acts %}" * 150 + "{% endif %}" * 150,
    "{% set n = namespace(x=acts) %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x=acts) %}{% for a in range(60) %}{% set n.x = (n.x, n.x) %}{% endfor %}"
    "{{ n.x|names }}",
    "{% set n = namespace(x=1, y=1) %}{% for a in range(60) %}{% set n.x = (n.x, n.x) %}"
    "{% set n.y = (n.y, n.y) %}{% endfor %}{% if n.x == n.y %}{% endif %}",
    "{% set n = namespace(x=1, y=1) %}{% for a in range(60) %}{% set n.x = (n.x, n.x) %}"
    "{% set n.y = (n.y, n.y) %}{% endfor %}{% if n.x is in (n.y,) %}{% endif %}",
    "{% set n = namespace(x=1) %}{% for a in range(60) %}{% set n.x = (n.x, n.x) %}"
    "{% if loop.changed(n.x) %}{% endif %}{% endfor %}",
    "长" * 300_000,
]


@pytest.fixture
def around(tmp_path: Path) -> Path:
    """A search folder with a secret beside it, a link that leads there, and two clauses in a circle."""
    root = tmp_path / "templates"
    (root / "clauses").mkdir(parents=True)
    secret = tmp_path / "secret.xml.j2"
    secret.write_text("<p>SECRET</p>", encoding="utf-8")
    (root / "clauses" / "link.xml.j2").symlink_to(secret)
    (root / "clauses" / "round.xml.j2").write_text("{% include 'square.xml.j2' %}", encoding="utf-8")
    (root / "clauses" / "square.xml.j2").write_text("{% include 'round.xml.j2' %}", encoding="utf-8")
    return root


@pytest.mark.parametrize("attack", REACHING)
def test_nothing_but_facts_can_be_reached(around: Path, attack: str) -> None:
    found = problems(around, f"<p>{attack}</p>")
    assert all(one.place is not None and one.place.file.endswith("text.xml.j2") for one in found)


@pytest.mark.parametrize("attack", FILES)
def test_no_file_outside_can_be_read(around: Path, attack: str) -> None:
    assert "SECRET" not in str(problem(around, attack))


@pytest.mark.parametrize("attack", ENDLESS, ids=lambda attack: attack[:60])
def test_nothing_runs_or_grows_without_end(around: Path, attack: str) -> None:
    found = problem(around, f"<p>{attack}</p>" if "<p>" not in attack else attack)
    assert found.place is not None


def test_what_a_fact_says_is_never_run(tmp_path: Path) -> None:
    from dataclasses import replace

    from planforge.document.tree import Fact, Paragraph
    from tests.compose.school_facts import facts

    hostile = "<p>{{ school.__class__ }}</p>&amp;\"'{% for x in y %}]]><!--"
    given = facts()
    given = replace(given, school=replace(given.school, name=hostile))
    document = composed(tmp_path, "<p>{{ school.name }}</p>", given=given).document
    block = document.blocks[1]
    assert isinstance(block, Paragraph)
    assert block.content == (Fact("school.name", hostile),)


def test_characters_that_word_cannot_hold_are_dropped(tmp_path: Path) -> None:
    from dataclasses import replace

    from tests.compose.school_facts import facts

    given = facts()
    given = replace(given, school=replace(given.school, name="青\x00石\x0b桥\ufffe小\ud800学𠮷"))
    assert composed(tmp_path, "<p>文</p>", given=given).document.title == "青石桥小学𠮷试验计划"


def test_an_error_does_not_spoil_the_next_document(around: Path) -> None:
    with pytest.raises(InputError):
        composed(
            around, "<p>{% for a in range(10000) %}{% for b in range(10000) %}{% endfor %}{% endfor %}</p>"
        )
    assert composed(around, "<p>{{ school.name }}</p>").document.title == "青石桥小学试验计划"
