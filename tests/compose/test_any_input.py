"""Whatever a fact says and whatever a template holds: a document, or a problem with a place; never a crash."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforge.compose import Kind, compose
from planforge.core.problems import InputError
from planforge.document.tree import Break, Fact, Paragraph
from tests.compose.kind_folder import kind, write
from tests.compose.school_facts import facts
from tests.support.exploring import examples


@pytest.fixture(scope="module")
def coordinator(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    return kind(write(tmp_path_factory.mktemp("kinds"), "<p>{{ homework.coordinator }}</p>"))


@examples(150)
@given(typed=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_a_fact_prints_as_it_was_typed(coordinator: Kind, typed: str) -> None:
    given_facts = facts()
    given_facts = replace(given_facts, homework=replace(given_facts.homework, coordinator=typed))
    try:
        block = compose(coordinator, given_facts).document.blocks[1]
    except InputError as error:
        assert all(one.code == "empty-element" for one in error.problems)
        return
    assert isinstance(block, Paragraph)
    shown = "".join("\n" if isinstance(node, Break) else node.text for node in block.content if isinstance(node, Fact | Break))  # fmt: skip
    kept = "".join(letter for letter in typed if letter >= " " or letter in "\t\n\r")
    kept = kept.replace("\ufffe", "").replace("\uffff", "")
    assert shown.replace("\r", "\n") == kept.replace("\r\n", "\n").replace("\r", "\n")


PIECES = [
    "<p>", "</p>", "<h1>", "</h1>", "<list>", "<item>", "</item>", "</list>", "<table widths='1'>", "<row>",
    "<cell>", "</cell>", "</row>", "</table>", "<br/>", "<strong>", "</strong>", "<!--", "-->", "<?x?>", "<!", "<",
    ">", "&", "&amp;", "'", '"', "=", " ", "\n", "文", "{{", "}}", "{%", "%}", "{#", "#}", "{{ school.name }}",
    "{{ acts }}", "{% for act in acts %}", "{% endfor %}", "{% if acts %}", "{% endif %}", "{{ act.what }}",
    "{{ school|length }}", "{{ term.starts|grades }}", "{{ acts.x }}", "{{ acts[0] }}", "{{ school[0] }}",
    "{{ acts is one }}", "{{ -school }}", "{{ acts < 1 }}", "{{ (1,2)[5] }}", "{{ loop.index }}", "{% set x = acts %}",
    "{{ x|names }}", "{{ school.name|padded|joined }}", "{% macro m(a) %}", "{% endmacro %}", "{{ m() }}",
    "{{ namespace(1) }}", "{{ school.name in acts }}", "{{ 1 in school }}", "{{ school.grades|where('x') }}",
]  # fmt: skip


@examples(250)
@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_a_template_gives_a_document_or_problems_with_places(pieces: list[str]) -> None:
    with TemporaryDirectory(prefix="planforge-") as root:
        trial = kind(write(Path(root), "".join(pieces)))
        try:
            compose(trial, facts())
        except InputError as error:
            assert error.problems
            assert all(one.place is not None and one.place.file for one in error.problems)
