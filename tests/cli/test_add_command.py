"""`planforge add`: what came up during the term stands in the calendar, and is counted apart in the summary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planforge.compose import compose, find_kinds
from planforge.core.resources import profiles_root, templates_root
from planforge.facts import resolve
from planforge.policy import load_packs
from planforge.profile import read_profile
from tests.catalogue.shape import text_of
from tests.support.commands import called

BLOCK = """\
# 头上的注释
school: {name: 临溪小学, stage: 小学}   # 行尾的注释
term: {year: 2026-2027, number: 1, starts: 2026-09-01, ends: 2027-01-22}
schedule:
  # 第一条
  - id: w7
    month: 9
    what: "公布 作息"     # 注释

acts:
  - {id: a1, what: 统筹单}   # 完
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "school.yaml"
    path.write_bytes((profiles_root() / "city-primary.yaml").read_bytes())
    return path


def new_lines(before: str, after: str) -> list[str]:
    """The lines of `after` that `before` has not; all of its own must be there, in order."""
    left, new = after.splitlines(), []
    for line in before.splitlines():
        while left and left[0] != line:
            new.append(left.pop(0))
        assert left, f"lost: {line}"
        left.pop(0)
    return new + left


def summary(path: Path) -> str:
    facts = resolve(read_profile(path), load_packs())
    return text_of(compose(find_kinds([templates_root()])["year_end_summary"], facts).document)


def test_an_added_item_counts_apart_whatever_became_of_it(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = plan.read_text("utf-8")
    assert called(monkeypatch, "add", str(plan), "重排预习日", "--date", "2026-11-12", "--who", "教导处") == 0
    assert called(monkeypatch, "add", str(plan), "家长接送秩序", "--month", "10") == 0
    assert new_lines(before, plan.read_text("utf-8")) == [
        "  - {id: s16, what: 重排预习日, who: 教导处, day: 2026-11-12, added: 是}",
        "  - {id: s17, month: 10, what: 家长接送秩序, added: 是}",
    ]
    assert "计划安排15项工作，中途增加2项，共17项，尚未记录进展" in summary(plan)
    assert called(monkeypatch, "done", str(plan), "s16", "--date", "2026-11-12", "--evidence", "安排表") == 0
    assert called(monkeypatch, "done", str(plan), "s17", "--cancelled", "--reason", "并入家长会") == 0
    assert "共17项，完成1项，取消1项，未记录15项" in summary(plan)
    assert re.search(r"11月12日.*重排预习日（中途增加）.*安排表", summary(plan), re.DOTALL)


def test_it_follows_the_style_and_the_ids_above_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for newline in ("\n", "\r\n"):
        path = tmp_path / "block.yaml"
        path.write_bytes(BLOCK.replace("\n", newline).encode())
        assert called(monkeypatch, "add", str(path), "补课间: 巡查", "--date", "2026-10-09") == 0
        assert path.read_bytes().count(newline.encode()) == BLOCK.count("\n") + 4
        new = new_lines(BLOCK, path.read_text("utf-8"))
        assert new[0] == "  - id: w8" and new[2:] == ["    day: 2026-10-09", "    added: 是"]
        item = read_profile(path).profile.schedule[-1]
        assert (item.id, item.what, item.added) == ("w8", "补课间: 巡查", True)


def test_a_profile_that_extends_another_gets_a_calendar_of_its_own(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upper = plan.read_bytes()
    own = plan.with_name("term.yaml")
    own.write_text("schema: 1\nextends: school.yaml   # 学校的\n", "utf-8")
    assert called(monkeypatch, "add", str(own), "重排预习日", "--date", "2026-11-12") == 0
    assert plan.read_bytes() == upper
    assert "计划安排15项工作，中途增加1项，共16项" in summary(own)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["秋季运动会", "--month", "10"], "已经有这一项"),
        (["新的事"], "只写一个"),
        (["新的事", "--month", "10", "--date", "2026-10-09"], "只写一个"),
        (["新的事", "--date", "十月"], "--date 的值不对"),
        (["新的事", "--month", "13"], "--month"),
        (["  ", "--month", "10"], "没有写是什么工作"),
        (["新的事", "--date", "2026-10-09", "--until", "2026-10-01"], "到哪天"),
    ],
)
def test_what_cannot_be_added_is_told_and_the_file_stays(
    plan: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    says: str,
) -> None:
    before = plan.read_bytes()
    assert called(monkeypatch, "add", str(plan), *words) == 2
    said = capsys.readouterr()
    assert says in said.out + said.err
    assert plan.read_bytes() == before
    assert [one.name for one in plan.parent.iterdir()] == [plan.name]


def test_a_calendar_on_one_line_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "flow.yaml"
    text = BLOCK[: BLOCK.index("schedule:")] + "schedule: [{id: s1, month: 9, what: 公布作息}]\n"
    path.write_text(text, "utf-8")
    assert called(monkeypatch, "add", str(path), "新的事", "--month", "10") == 2
    assert path.read_text("utf-8") == text
