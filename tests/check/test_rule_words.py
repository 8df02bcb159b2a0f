"""docs/rules.md lists every word that a rule pack may hold, as the model has it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from planforge.check.quantities import QUANTITIES
from planforge.policy import Severity, load_packs
from planforge.policy.model import Kind, Stage, Topic, Unit
from planforge.policy.rule_words import rule_words
from planforge.policy.stated import Confirmed

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_holds_the_tables_made_from_the_model() -> None:
    """To mend: put what `planforge rules --words` prints below the heading 可以写的项目和词."""
    told = PAGE.read_text(encoding="utf-8").split("## 可以写的项目和词\n")[1].split("\n## ")[0]
    assert rule_words(load_packs(), QUANTITIES).strip() in told


def test_no_word_that_the_model_takes_is_missing() -> None:
    tables = {part.partition("\n")[0]: part for part in rule_words(load_packs(), QUANTITIES).split("### ")}
    for name, words in (
        ("limit.kind", Kind), ("limit.unit", Unit), ("topic", Topic), ("stages", Stage), ("severity", Severity),
        ("confirmed", Confirmed),
    ):  # fmt: skip
        listed = {line.split("`")[1] for line in tables[name].splitlines() if "`" in line}
        assert listed == {*get_args(words)} - {""}, name
    listed = {line.split("`")[1] for line in tables["quantity"].splitlines() if "`" in line}
    assert set(QUANTITIES) <= listed
