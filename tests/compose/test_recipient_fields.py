"""A letter's open fields: printed they stay open, used in any other way they are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.compose import compose
from planforge.document.tree import Field, Paragraph, Text
from tests.compose.kind_folder import CARD, kind, problem, write
from tests.compose.school_facts import facts

LETTER = CARD.replace("for: school", "for: recipient") + "prints: [name, class]\nvaries_by: [grade]\n"


def test_a_printed_field_stays_open(tmp_path: Path) -> None:
    write(tmp_path, "<p><strong>{{ recipient.name }}</strong>家长：</p>", card=LETTER)
    result = compose(kind(tmp_path), facts())
    block = result.document.blocks[1]
    assert isinstance(block, Paragraph)
    assert block.content == (Field("name", True), Text("家长："))
    assert not any(path.startswith("recipient") for path in result.depends)


def test_the_text_may_vary_by_a_declared_field(tmp_path: Path) -> None:
    text = "<p>{% if recipient.grade == '一' %}新生{% else %}老生{% endif %}{{ recipient.name }}</p>"
    write(tmp_path, text, card=LETTER)
    first, second = (compose(kind(tmp_path), facts(), recipient={"grade": grade}) for grade in "一二")
    assert first.document.blocks[1] != second.document.blocks[1]
    assert "recipient.grade" in first.depends


@pytest.mark.parametrize(
    "use",
    [
        "{% if recipient.name %}甲{% endif %}",
        "{% if recipient.name == '甲' %}甲{% endif %}",
        "{% if 'x' in recipient.name %}甲{% endif %}",
        "{% for x in recipient.name %}甲{% endfor %}",
        "{{ recipient.name|sentence }}",
        "{{ recipient.name|length }}",
        "{{ recipient.name|padded }}",
        "{{ recipient.name|default('甲') }}",
        "{{ recipient.name or '甲' }}",
        "{{ recipient.name + 1 }}",
        "{{ recipient.name.family }}",
        "{{ recipient.name[0] }}",
        "{{ acts[recipient.name] }}",
        "{% if recipient.name is given %}甲{% endif %}",
        "<blank width='{{ recipient.name }}'/>",
    ],
)
def test_any_other_use_of_an_open_field_is_refused(tmp_path: Path, use: str) -> None:
    one = problem(tmp_path, f"<p>文\n{use}</p>", card=LETTER)
    assert one.code == "field-use"
    assert one.place is not None and one.place.line == 2
    assert "recipient.name" in one.message


def test_a_field_that_the_card_does_not_declare_is_refused(tmp_path: Path) -> None:
    one = problem(tmp_path, "<p>{{ recipient.nmae }}</p>", card=LETTER)
    assert one.code == "unknown-field"
    assert "name" in one.fix


def test_only_letters_have_recipients(tmp_path: Path) -> None:
    assert problem(tmp_path, "<p>{{ recipient.name }}</p>").code == "unknown-name"
