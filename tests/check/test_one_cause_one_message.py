"""One mistake of a person's is one message: what follows from it is not told as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.checking import check_files

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
