"""Values that a letter prints and the roster lacks are listed before anything is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from planforge.core.problems import InputError
from planforge.core.resources import profiles_root
from tests.support.commands import planforge
from tests.support.ways import batch

PROFILE = profiles_root() / "city-primary.yaml"
ROWS = (
    ("姓名", "任教学科"), ("丁一禾", "语文"), ("卞小舟", None), ("甘雨桐", "数学"), ("冉云起", None), ("应如是", None)
)  # fmt: skip


def _staff(path: Path) -> Path:
    book = Workbook()
    for row in ROWS:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def test_who_lacks_what_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        batch(PROFILE, "教师减负承诺书", _staff(tmp_path / "a.xlsx"), tmp_path / "out", formats=("docx",))
    [problem] = refused.value.problems
    assert problem.code == "value.blank" and "3 人没有：Sheet!B3、B5—B6" in problem.message
    assert not list((tmp_path / "out").rglob("*.docx"))


def test_blanks_are_left_where_they_are_wanted(tmp_path: Path) -> None:
    run = planforge(
        "batch", PROFILE, "教师减负承诺书", _staff(tmp_path / "a.xlsx"), "--format", "docx", "--merge-all",
        "--allow-blank", "-o", tmp_path / "out",
    )  # fmt: skip
    assert run.returncode == 0 and "Sheet!B3、B5—B6" in run.stderr
    assert len(list((tmp_path / "out").rglob("教师减负承诺书.docx"))) == 1


def test_a_batch_ends_with_a_reconciliation(tmp_path: Path) -> None:
    book = Workbook()
    for row in (
        ("班级", "座号", "姓名", "备注"),
        ("三（1）班", 1, "丁一禾", None), ("三（1）班", 2, "卞小舟", "转出"), ("三（1）班", 3, "甘？桐", None), ("三（2）班", 1, "冉云起", None),
    ):  # fmt: skip
        book.worksheets[0].append(list(row))
    book.create_sheet("统计").append(["班级", "人数"])
    book.save(tmp_path / "a.xlsx")
    run = planforge(
        "batch", PROFILE, "致家长的一封信", tmp_path / "a.xlsx", "--format", "docx", "--merge-all", "-o", tmp_path / "out"
    )  # fmt: skip
    assert run.returncode == 1
    lines = [line.split() for line in run.stdout.splitlines()]
    assert ["班级", "名单", "略去", "有误", "信"] in lines
    assert ["三（1）班", "3", "1", "1", "1"] in lines and ["合计", "4", "1", "1", "2"] in lines
    assert "备注里写着“转出”：Sheet!D3" in run.stdout and "工作表“统计”：没有姓名这一列，没有读" in run.stdout
