"""Calls as an office types them: slips in a command's name, options twice, what to do next."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planforge.cli.build import summary_due
from planforge.core.resources import profiles_root
from tests.support.commands import called

VILLAGE = profiles_root() / "village-primary.yaml"


def test_a_misspelt_command_is_guessed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(monkeypatch, "bulid") == 2
    assert "没有 bulid 这个命令，您是不是想写 build。" in capsys.readouterr().err
    assert called(monkeypatch, "xyzzy") == 2
    assert "没有 xyzzy 这个命令。" in capsys.readouterr().err


def test_only_may_be_given_twice_or_with_commas(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder, words in (
        ("twice", ["--only", "leading_group_list", "--only", "hotline_register"]),
        ("commas", ["--only", "leading_group_list,hotline_register"]),
    ):
        out = tmp_path / folder
        assert called(monkeypatch, "build", VILLAGE, *words, "--format", "txt", "-o", out) == 0
        assert len(list(out.rglob("*.txt"))) == 2, folder


def test_a_check_with_mistakes_says_how_many_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    form = tmp_path / "错.yaml"
    form.write_text("schema: 1\nschol:\n  name: 某校\nterm: {year: 2026}\n", encoding="utf-8")
    assert called(monkeypatch, "check", form) == 1
    assert "有 2 处要改，改好后再检查一遍。" in capsys.readouterr().out
    form.write_text(
        "schema: 1\nschool: {name: 青石区桐花小学, stage: 小学}\nterm: {year: 2026-2027, number: 1}\n"
        "group: {heads: 周明远（校长）}\nhome: {meeting: 9月下旬}\n",
        encoding="utf-8",
    )
    assert called(monkeypatch, "check", "--profile-only", form) == 0
    said = capsys.readouterr()
    assert "没有填错的，有 1 处提示" in said.out and "9月下旬召开家长会" in said.err


def test_the_summary_is_named_when_the_term_is_over_and_all_is_recorded(tmp_path: Path) -> None:
    form = tmp_path / "我校.yaml"
    text = (
        "schema: 1\nterm: {year: 2026-2027, number: 1, starts: 2026-09-01, ends: 2027-01-22}\n"
        "schedule:\n  - {month: 9, what: 家长会, status: 完成}\n  - {month: 10, what: 自查}\n"
    )
    form.write_text(text, encoding="utf-8")
    assert not summary_due(form, date(2027, 2, 1))
    form.write_text(text.replace("自查}", "自查, status: 取消}"), encoding="utf-8")
    assert summary_due(form, date(2027, 2, 1))
    assert not summary_due(form, date(2027, 1, 22))
