"""The bureau's workbook never takes the place of a form, a list, or anybody's file."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.check.schools import profile
from tests.support.commands import planforge


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


def test_a_list_in_gbk_tells_who_is_not_on_it(tmp_path: Path) -> None:
    one, two, names = tmp_path / "一.yaml", tmp_path / "二.yaml", tmp_path / "名单.txt"
    one.write_text(profile().replace("临溪学校", "临溪小学"), encoding="utf-8")
    two.write_text(profile().replace("临溪学校", "柳岸小学"), encoding="utf-8")
    names.write_bytes("青石区柳岸小学\n青石区林溪小学\n".encode("gb18030"))
    target = tmp_path / "汇总.xlsx"
    run = planforge("check", one, two, "--profile-only", "--expect", names, "--report", target)
    assert "还有 1 所学校没有交：青石区林溪小学。" in run.stdout
    assert "有 1 所学校交了，不在名单上：青石区临溪小学（名单上有青石区林溪小学）。" in run.stdout
    book = load_workbook(target)
    assert [cell.value for cell in book["不在名单上"][2]] == ["青石区临溪小学", "青石区林溪小学"]
    detail = book["明细"]
    heads = [cell.value for cell in detail[1]]
    wrapped = {head for number, head in enumerate(heads, 1) if detail.cell(2, number).alignment.wrap_text}
    assert {"问题", "规定", "怎样改"} <= wrapped and "行" not in wrapped
