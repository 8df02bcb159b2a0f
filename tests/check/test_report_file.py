"""The bureau's workbook never takes the place of a form, a list, or anybody's file."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.check.schools import profile
from tests.cli.test_commands import planforge


def test_nothing_is_written_over_that_an_earlier_check_did_not_write(tmp_path: Path) -> None:
    form, names, foreign = tmp_path / "校.yaml", tmp_path / "名单.xlsx", tmp_path / "工资.xlsx"
    form.write_text(profile(), encoding="utf-8")
    names.write_text("青石区临溪学校\n", encoding="utf-8")
    book = Workbook()
    book.save(foreign)
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"not a workbook")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for target in (form, names, foreign, broken, tmp_path / "新.csv"):
        run = planforge("check", form, "--profile-only", "--expect", names, "--report", target)
        assert run.returncode == 2 and "汇总表" in run.stderr, target
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_earlier_report_is_written_over(tmp_path: Path) -> None:
    form, target = tmp_path / "校.yaml", tmp_path / "汇总.xlsx"
    form.write_text(profile(), encoding="utf-8")
    for _ in range(2):
        assert planforge("check", form, "--profile-only", "--report", target).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["校.yaml", "汇总.xlsx"]
    assert load_workbook(target).sheetnames[0] == "学校"
