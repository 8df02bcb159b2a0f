"""Every rule and phrase says when somebody last held it against its source; what is old is named."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planforge.cli.app import app
from planforge.policy import KnownPhrase, Rule, load_packs
from planforge.policy.rules_in_force import TERM_DAYS
from tests.policy.district import PACK, write

CHECKED = date(2026, 6, 1)


def test_all_that_is_built_in_was_checked_after_it_was_issued() -> None:
    packs = load_packs()
    entries: list[Rule | KnownPhrase] = [*packs.rules, *packs.phrases.all]
    for entry in entries:
        assert entry.checked is not None and entry.checked >= entry.from_day, entry.id
    assert packs.unchecked(date(2026, 12, 1)) == ()


@pytest.mark.parametrize(("after", "named"), [(TERM_DAYS, False), (TERM_DAYS + 1, True)])
def test_a_rule_is_named_once_a_term_has_gone_by(tmp_path: Path, after: int, named: bool) -> None:
    text = PACK.replace("    statement:", f"    checked: {CHECKED}\n    statement:")
    old = load_packs([write(tmp_path, text)]).unchecked(CHECKED + timedelta(after))
    assert ("qingshi.homework" in {entry.id for entry in old}) is named


def test_what_is_out_of_force_need_not_be_checked_and_what_never_was_is_named(tmp_path: Path) -> None:
    day = date(2026, 12, 1)
    assert [entry.id for entry in load_packs([write(tmp_path, PACK)]).unchecked(day)] == ["qingshi.homework"]
    ended = PACK.replace("    statement:", "    until: 2026-11-30\n    statement:")
    assert load_packs([write(tmp_path, ended)]).unchecked(day) == ()


def test_phrases_are_named_too(tmp_path: Path) -> None:
    phrase = """\
phrases:
  - id: qingshi-spirit
    short: 区大会
    kind: meeting
    text: {value: 青石区教育大会精神, confirmed: text_read, source: 区教育局}
    origin: 2026-03 区教育大会
    from: 2026-03-20
"""
    old = load_packs([write(tmp_path, PACK + phrase)]).unchecked(date(2026, 12, 1))
    assert {entry.id for entry in old} == {"qingshi.homework", "qingshi-spirit"}


def test_the_command_lists_them(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["rules", "--stale", "--rules", str(write(tmp_path, PACK))])
    assert result.exit_code == 0
    assert "qingshi.homework" in result.output and "没有写核对日期" in result.output
