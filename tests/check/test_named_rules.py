"""The files of local rules that a form names: found from the form that names them, told at its line where not."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.app.check_files import check_files
from planforge.core.problems import InputError
from tests.policy.district import PACK
from tests.support.ways import build

SCHOOL = """schema: 1
school: {name: 榆园小学, stage: 小学}
term: {year: 2026-2027, number: 1}
group: {heads: [周明远（校长）]}
homework:
  bands: [{grades: 3-6, limit: 更严, how: 平均不超过, minutes: 50}]
"""


def test_a_bureaus_rules_lie_beside_the_bureaus_form(tmp_path: Path) -> None:
    (tmp_path / "区" / "规则").mkdir(parents=True)
    (tmp_path / "校").mkdir()
    (tmp_path / "区" / "规则" / "区规定.yaml").write_text(PACK, "utf-8")
    (tmp_path / "区" / "区.yaml").write_text("schema: 1\npolicy: [规则/区规定.yaml]\n", "utf-8")
    school = tmp_path / "校" / "我校.yaml"
    school.write_text(f"extends: [../区/区.yaml]\n{SCHOOL}", "utf-8")
    (checked,) = check_files([school])
    broken = [
        (one.rule, one.place.line if one.place else 0) for one in checked.findings if one.severity == "error"
    ]
    assert broken == [("qingshi.homework", 7)]
    with pytest.raises(InputError) as stopped:
        build(school, tmp_path / "output", formats=["txt"])
    assert [one.code for one in stopped.value.problems] == ["qingshi.homework"]


def test_files_that_are_no_rules_are_told_at_their_places_in_the_form(tmp_path: Path) -> None:
    (tmp_path / "规则").mkdir()
    school = tmp_path / "我校.yaml"
    school.write_text(f"{SCHOOL}policy: [没有.yaml, /etc/passwd, 规则]\n", "utf-8")
    (checked,) = check_files([school])
    told = [
        (one.place.line, one.place.column, one.message, one.found)
        for one in checked.findings
        if one.place is not None and one.rule == "policy.file"
    ]
    assert told == [
        (7, 10, "找不到这个规则文件", "没有.yaml"),
        (7, 19, "本地规则文件要写相对路径", "/etc/passwd"),
        (7, 32, "这是一个文件夹，不是规则文件", "规则"),
    ]
    with pytest.raises(InputError) as stopped:
        build(school, tmp_path / "output", formats=["txt"])
    assert [one.code for one in stopped.value.problems] == ["policy.file"] * 3
    assert not (tmp_path / "output").exists()


def test_what_stands_in_a_file_that_is_no_rule_pack_is_not_spread_out(tmp_path: Path) -> None:
    (tmp_path / "日记.yaml").write_text("今天的事" * 500, "utf-8")
    school = tmp_path / "我校.yaml"
    school.write_text(f"{SCHOOL}policy: [日记.yaml]\n", "utf-8")
    (checked,) = check_files([school])
    assert max(len(one.found) for one in checked.findings) <= 40
