"""`planforge roster` as an office types it: what was understood, nothing personal, and a blank roster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from planforge.core.problems import Place, Problem
from planforge.roster.blank import blank_roster
from tests.roster.making import HEAD, PEOPLE, one_sheet, people, read, workbook
from tests.support.commands import planforge


def test_it_says_how_the_roster_was_read(tmp_path: Path) -> None:
    rows: list[tuple[Any, ...]] = [(*HEAD, "备注"), *((*row, None) for row in PEOPLE)]
    rows += [(1, "冉云起", "三（10）班", None, None), (2, "应如是", "三（10）班", None, "转出")]
    run = planforge("roster", one_sheet(tmp_path / "a.xlsx", rows))
    assert run.returncode == 0, run.stderr
    assert "表头在第 1 行，取 4 人，略去 1 行，班级看班级一列" in run.stdout
    assert run.stdout.index("三（2）班   3 人") < run.stdout.index("三（10）班  1 人")
    assert "名单!E6" in run.stdout and "备注里写着“转出”" in run.stdout
    assert "D 列  联系电话" in run.stdout


def test_it_shows_no_names_and_no_numbers(tmp_path: Path) -> None:
    rows = [
        (*HEAD, "身份证号"),
        *((*row, "x") for row in PEOPLE),
        (3, "甘雨桐", "三2", "139", 330106201801010000),
    ]
    run = planforge("roster", one_sheet(tmp_path / "a.xlsx", rows))
    said = run.stdout + run.stderr
    assert run.returncode == 1
    assert "名单!E5" in said and "后面的几位已经丢了" in said
    assert not any(word in said for word in ("丁一禾", "卞小舟", "甘雨桐", "1390000", "3301"))


def test_headings_and_terms_are_given_on_the_line(tmp_path: Path) -> None:
    path = one_sheet(tmp_path / "a.xlsx", [("花名", "班级"), ("丁一禾", "2024级1班")])
    assert planforge("roster", path).returncode == 1
    run = planforge("roster", path, "--map", "姓名=花名", "--term-start", "2026-09-01")
    assert run.returncode == 0 and "三（1）班  1 人" in run.stdout
    run = planforge("roster", path, "--map", "姓名=花名", "--term-start", "2026-09-01", "--entry-grade", "7")
    assert "九（1）班  1 人" in run.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "请写出花名册的文件名"),
        (("no.xlsx",), "找不到这个文件"),
        (("x.xlsx", "--map", "姓名"), "写成 字段=列名"),
        (("x.xlsx", "--term-start", "九月"), "--term-start 的值不对"),
        (("x.xlsx", "--entry-grade", "12"), "1 到 9"),
        (("--new", "x.doc"), ".xlsx"),
        (("--new", "--staff"), "--new 后面要写文件名"),
    ],
)
def test_a_wrong_call_is_said_in_words(words: tuple[str, ...], said: str) -> None:
    run = planforge("roster", *words)
    assert run.returncode == 2 and said in run.stderr and "Traceback" not in run.stderr


def test_teachers_are_recognised(tmp_path: Path) -> None:
    rows = [("序号", "姓名", "职务", "任教学科"), (1, "鲁知夏", "班主任", "语文")]
    run = planforge("roster", one_sheet(tmp_path / "a.xlsx", rows))
    assert run.returncode == 0 and "C 列  职务" in run.stdout and "任教学科" in run.stdout


@pytest.mark.parametrize("staff", [False, True])
def test_a_blank_roster_is_filled_in_and_read(staff: bool, tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    run = planforge("roster", "--new", path, *(["--staff"] if staff else []))
    assert run.returncode == 0 and path.read_bytes() == blank_roster(staff=staff)
    again = planforge("roster", "--new", path)
    assert again.returncode == 2 and "没有动它" in again.stderr
    empty = planforge("roster", path)
    assert empty.returncode == 1 and "名单里还没有人" in empty.stderr
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for column, value in {
        "姓名": "丁一禾",
        "班级": "三（2）班",
        "座号": "7",
        "职务": "班主任",
        "联系电话": "01234567",
    }.items():
        if column in heads:
            sheet.cell(2, heads.index(column) + 1, value)
    book.save(path)
    if staff:
        assert people(read(path, "name post phone", staff=True), "name", "post", "phone") == [
            ("丁一禾", "班主任", "01234567")
        ]
    else:
        assert people(read(path), "name", "class", "seat", "phone") == [
            ("丁一禾", "三（2）班", "7", "01234567")
        ]


@pytest.mark.parametrize("staff", [False, True])
def test_a_blank_roster_guards_what_excel_would_spoil(staff: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(blank_roster(staff=staff))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = {str(cell.value): get_column_letter(n) for n, cell in enumerate(sheet[1], 1)}
    for name in ("工号", "联系电话") if staff else ("学籍号", "联系电话", "班级"):
        assert sheet.column_dimensions[heads[name]].number_format == "@"
    assert sheet.freeze_panes == "A2"
    lists = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
    gender = lists[f"{heads['性别']}2:{heads['性别']}2001"]
    assert gender.formula1 == '"男,女"' and gender.showErrorMessage
    assert all(cell.comment for cell in sheet[1])


def test_places_with_cells_stay_places() -> None:
    assert str(Place("a.xlsx", cell="三年级!C7")) == "a.xlsx 三年级!C7"
    assert str(Place("a.yaml", 3, 4)) == "a.yaml:3:4"
    assert str(Problem("写错了", Place("a.xlsx", cell="C7"))) == "a.xlsx C7  写错了"


def test_sheets_that_were_not_read_are_named(tmp_path: Path) -> None:
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "三2": [HEAD, *PEOPLE],
        "统计": [("班级", "人数"), ("三2", 3)],
        "空": [],
    }
    run = planforge("roster", workbook(tmp_path / "a.xlsx", sheets))
    other = planforge("roster", tmp_path / "a.xlsx", "--sheet", "三2")
    assert other.returncode == 0 and "工作表“统计”：没有选，没有读" in other.stdout
    assert "工作表“统计”：没有姓名这一列，没有读" in run.stdout and "工作表“空”：空的" in run.stdout
