"""One mistake of a person's is one message: what follows from it is not told as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.app.check_files import check_files
from planforge.profile.validate import _nearest

FORM = """\
schema: 1
school:
  name: 青石区桐花小学
  stage: 小学
term:
  year: 2026-2027
  number: 1
  starts: 2026-09-01
group:
  heads: 周明远（校长）
"""


@pytest.mark.parametrize(
    ("right", "wrong", "rules"),
    [
        ("school:", "学校:", ["key.unknown"]),
        ("term:", "trem:", ["key.unknown"]),
        ("group:", "领导小组:", ["key.unknown"]),
        ("  name:", "  学校全称:", ["key.unknown"]),
        ("  stage: 小学", "   stage: 小学", ["yaml.indent"]),
        ("stage: 小学", "stage: 完小", ["choice.unknown"]),
        ("year: 2026-2027\n  number: 1\n  starts: 2026-09-01", "year: 2026", ["year.form"]),
    ],
)
def test_a_slip_is_told_once(tmp_path: Path, right: str, wrong: str, rules: list[str]) -> None:
    form = tmp_path / "我校.yaml"
    assert right in FORM
    form.write_text(FORM.replace(right, wrong, 1), encoding="utf-8")
    (checked,) = check_files([form], documents=False)
    told = [one.rule for one in checked.findings if one.rule != "dates.unpublished"]
    assert [one for one in told if one != "required.missing"] == rules
    assert "required.missing" not in told or "year" in wrong


def test_a_file_that_is_not_there_is_one_mistake(tmp_path: Path) -> None:
    (checked,) = check_files([tmp_path / "没有.yaml"])
    assert [one.rule for one in checked.findings] == ["file.missing"]


BLANK = """\
schema: 1
school:
  name:
  stage: 小学
term:
  year: 2026-2027
  number: 1
group:
  heads:
    - name:
      post:
"""


def test_what_is_missing_is_told_once_and_at_the_place_that_is_there(tmp_path: Path) -> None:
    form = tmp_path / "我校.yaml"
    form.write_text(BLANK, encoding="utf-8")
    (checked,) = check_files([form], documents=False)
    told = {one.field: one for one in checked.findings}
    assert set(told) == {"学校全称", "领导小组·组长"} and len(checked.findings) == 2
    assert told["学校全称"].severity == "error" and "第 3 行“name:”后面填" in told["学校全称"].remedy
    assert "第 10 行“- name:”后面填" in told["领导小组·组长"].remedy


def test_keys_that_come_equally_near_are_all_named(tmp_path: Path) -> None:
    form = tmp_path / "我校.yaml"
    form.write_text(FORM + "day:\n  arival_inter: 8:10\nhomework:\n  bnds: 1\n", encoding="utf-8")
    (checked,) = check_files([form], documents=False)
    told = {one.found: one.remedy for one in checked.findings if one.rule == "key.unknown"}
    assert told == {"arival_inter": "改成 arrival_winter", "bnds": "改成 bands"}
    assert _nearest("end", ["ends", "bend", "day"]) == ["ends", "bend"]
