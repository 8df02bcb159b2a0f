"""`planforge done`, as an office uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.core.resources import profiles_root
from planforge.profile import read_profile
from tests.support.commands import called


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "school.yaml"
    path.write_bytes((profiles_root() / "city-primary.yaml").read_bytes())
    return path


def test_the_items_are_listed_with_their_state(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(monkeypatch, "done", str(plan), "s1", "--date", "2026-09-01", "--evidence", "公示照片") == 0
    assert (
        called(
            monkeypatch, "done", str(plan), "s7", "--postponed", "--to", "2026-11-06", "--reason", "连日降雨"
        )
        == 0
    )
    assert "推迟 到11月6日（连日降雨）" in capsys.readouterr().out
    assert called(monkeypatch, "done", str(plan)) == 0
    out = capsys.readouterr().out
    assert "月历（共 15 项：完成 1，推迟 1，没有记录 13）" in out and "完成 9月1日（公示照片）" in out


def test_what_is_missing_is_asked_for(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(monkeypatch, "done", str(plan), "s1") == 0
    err = capsys.readouterr().err
    assert "没有写凭据" in err and "没有写完成日期" in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["s1", "--postponed", "--cancelled"], "只能写一个"),
        (["s1", "--to", "2026-11-06"], "--postponed"),
        (["s1", "--cancelled", "--date", "2026-11-06"], "只在完成时写"),
        (["s1", "--reason", "雨"], "--cancelled"),
        (["s1", "--date", "9月"], "日期没有写对"),
        (["--date", "2026-09-01"], "没有写是哪一项"),
        (["s99"], "没有“s99”这一项"),
        (["问卷"], "有 2 项"),
    ],
)
def test_a_call_that_means_nothing_is_refused(
    plan: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    says: str,
) -> None:
    before = plan.read_bytes()
    assert called(monkeypatch, "done", str(plan), *words) == 2
    assert says in capsys.readouterr().err
    assert plan.read_bytes() == before


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2027-09-01", "在学期结束以后"),
        ("2026-06-30", "在开学以前"),
        ("2026-12-01", "比计划的日子"),
    ],
)
def test_a_day_that_is_probably_mistyped_is_asked_about(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], day: str, says: str
) -> None:
    assert called(monkeypatch, "done", str(plan), "s1", "--date", day, "--evidence", "照片") == 0
    err = capsys.readouterr().err
    assert "请核对" in err and day in err and says in err
    told = [one for one in read_profile(plan).problems if one.found == day]
    assert [one.code for one in told] == (["progress.outside"] if "比计划" not in says else [])


@pytest.mark.parametrize(("day", "asked"), [("2027-03-11", False), ("2028-03-11", True)])
def test_work_is_put_off_into_the_next_term_without_a_question(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], day: str, asked: bool
) -> None:
    words = ("s8", "--postponed", "--to", day, "--reason", "流感")
    assert called(monkeypatch, "done", str(plan), *words) == 0
    assert ("请核对" in capsys.readouterr().err) == asked
    told = [one for one in read_profile(plan).problems if one.code == "progress.outside"]
    assert bool(told) == asked
