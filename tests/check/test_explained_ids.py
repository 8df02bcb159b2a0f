"""Every id that a check can print is explained by `planforge rules ID`: what, why, an example, what to do."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from planforge.app.rules import explain, rule_packs, text_rules
from planforge.check.explained import explanation
from planforge.cli.app import app
from tests.support.printed_ids import printed_ids

PUT_TOGETHER = {
    # codes whose last part is put together where they are raised
    "facts.school.name", "facts.school.stage", "facts.term.year", "facts.phrase-early", "facts.phrase-old",
    "facts.phrase-unknown", "facts.phrase-unproven", "facts.phrase-unconfirmed", "card-yaml", "card-shape",
    "pack.missing", "char.control", "char.invisible", "form",
}  # fmt: skip


def test_every_id_that_the_code_prints_is_explained() -> None:
    rules = {rule.id for rule in rule_packs().rules} | {*text_rules()}
    printed = {**printed_ids(), **dict.fromkeys(PUT_TOGETHER, "")}
    assert len(printed) > 200
    assert {one: file for one, file in printed.items() if one not in rules and explanation(one) is None} == {}


def test_every_rule_says_why_and_what_to_do() -> None:
    packs = rule_packs()
    silent = [rule.id for rule in text_rules().values() if not (rule.title and rule.message and rule.remedy)]
    silent += [
        rule.id for rule in packs.rules if not (rule.statement and "依据：" in explain(packs, rule.id))
    ]
    assert silent == []


@pytest.mark.parametrize(
    "name", ["person.repeated", "dates.unpublished", "day.first-lesson.primary.2021", "key.unknown"]
)
def test_the_command_explains_each_sort_of_id(name: str) -> None:
    result = CliRunner().invoke(app, ["rules", name])
    assert result.exit_code == 0
    assert name in result.output and "怎样改：" in result.output


def test_an_id_that_nothing_prints_is_refused_with_the_nearest() -> None:
    result = CliRunner().invoke(app, ["rules", "person.repeatd"])
    assert result.exit_code != 0
    assert explanation("person-repeated") is None
