"""The form as a workbook: complete, safe to hand round, the same every time; filled in, a plan is built from it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import date, time
from functools import cache
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from planforge.profile import Profile, read_profile
from planforge.profile.field_titles import keys
from planforge.profile.fields import FormGroup
from planforge.profile.form import choices
from planforge.profile.workbook.blocks import SHEETS, blocks, sheets
from planforge.profile.workbook.form_writer import blank_workbook
from tests.profile.excel_forms import first_row


@cache
def blank() -> bytes:
    return blank_workbook()


@cache
def opened() -> Workbook:
    return load_workbook(io.BytesIO(blank()))


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_every_field_of_the_model_is_asked_for_with_its_explanation() -> None:
    everything = "\n".join(text for sheet in opened().worksheets for text in texts(sheet))
    asked: list[tuple[str, str]] = []

    def visit(kind: type[FormGroup]) -> None:
        for entry in keys(kind).values():
            asked.append((entry.title, entry.description))
            if entry.kind is not None:
                visit(entry.kind)

    visit(Profile)
    assert len(asked) > 300
    # Groups within groups, and lists without values of their own, have no line to themselves.
    hidden = {
        "学校在哪里。",
        "作业怎样公示。",
        "奖励和处理的办法。",
        "日常工作谁负责。",
        "谁起草。",
        "谁审核。",
        "谁签发。",
        "这个学期里换校名的才写。",
    }
    for title, description in asked:
        assert title in everything, title
        assert description in everything or description in hidden, description


def test_every_group_is_on_one_sheet_and_headings_are_told_apart() -> None:
    placed = [block.path for here in sheets().values() for block in here]
    assert sorted(placed) == sorted(path for path, block in blocks().items() if block.fields)
    listed = [key for _, here in SHEETS for key in here if key]
    assert sorted(listed) == sorted(key for key, entry in keys(Profile).items() if entry.kind)
    assert len({block.title for block in blocks().values()}) == len(blocks())
    for block in blocks().values():
        titles = [one.title for one in block.fields] + [block.link]
        assert len(set(titles)) == len(titles), block.title


def test_headings_are_locked_without_a_password_and_cells_to_fill_in_are_open() -> None:
    for sheet in opened().worksheets:
        assert sheet.protection.sheet and sheet.protection.password is None, sheet.title
        if sheet.title != "填写说明":
            assert sheet.freeze_panes, sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.coordinate
                assert cell.hyperlink is None or cell.hyperlink.location
                if cell.value and cell.coordinate != "A1":
                    assert cell.protection.locked, (sheet.title, cell.coordinate)
    school = opened()["学校和学期"]
    top = first_row(school, "学校全称")
    assert not school.cell(top, 2).protection.locked and school.cell(top, 2).number_format == "@"
    calendar = opened()["月历"]
    assert not calendar.cell(first_row(calendar, "编号") + 1, 3).protection.locked
    # Below the lines that are drawn the sheet is open as well.
    assert not calendar.column_dimensions["C"].protection.locked


def test_closed_choices_are_lists_to_choose_from() -> None:
    offered = {
        check.formula1
        for sheet in opened().worksheets
        for check in sheet.data_validations.dataValidation
        if check.type == "list" and check.showErrorMessage
    }
    wanted = {
        '"' + ",".join(words) + '"'
        for block in blocks().values()
        for one in block.fields
        if (words := choices(one.entry.info))
    }
    assert offered == wanted and '"完成,推迟,取消,未完成"' in wanted
    assert all(len(formula) <= 257 for formula in wanted)  # Excel takes 255 characters in a list


def test_the_workbook_is_always_the_same_and_valid(tmp_path: Path) -> None:
    assert blank_workbook() == blank()
    path = tmp_path / "空白.xlsx"
    path.write_bytes(blank())
    errors = [str(error) for error in OpenXmlValidator().validate(path).errors]
    # openpyxl's own ways: texts inside cells, the order of a font's elements; Excel takes both.
    assert [error for error in errors if "inline-string" not in error and "/fonts[" not in error] == []
    with zipfile.ZipFile(path) as package:
        assert not any("vba" in name.lower() or "external" in name.lower() for name in package.namelist())


def test_a_blank_form_says_what_is_needed_and_in_which_cell(tmp_path: Path) -> None:
    path = tmp_path / "空白.xlsx"
    path.write_bytes(blank())
    reading = read_profile(path)
    assert reading.ok
    found = {problem.field.rpartition("·")[2]: problem.place for problem in reading.problems}
    assert set(found) == {"学校全称", "学段", "学年", "学期", "组长"}
    for field, name in (("学校全称", "学校和学期"), ("学年", "学校和学期")):
        place = found[field]
        assert place is not None and place.cell == f"{name}!B{first_row(opened()[name], field)}"
    place = found["组长"]
    assert place is not None and place.cell == f"人员!A{first_row(opened()['人员'], '姓名') + 1}"


def test_an_office_fills_it_in_as_it_fills_in_forms(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(blank()))
    school, people, calendar = book["学校和学期"], book["人员"], book["月历"]
    typed: dict[str, str | date] = {"学校全称": "青石小学 ", "学段": "小学", "学年": "2026-2027"}
    for title, value in {**typed, "开学日期": date(2026, 9, 1)}.items():
        school.cell(first_row(school, title), 2).value = value
    number = [row for row in range(1, 60) if str(school.cell(row, 1).value).startswith("学期 ★")]
    school.cell(number[0], 2).value = "第一学期"
    row = first_row(people, "姓名") + 1
    people.cell(row, 1).value, people.cell(row, 2).value = "周明远", "校长"
    day = book["作息"]
    day.cell(first_row(day, "到校时间"), 2).value = time(7, 50)
    row = first_row(calendar, "编号") + 1
    for at, (month, what) in enumerate(((9, "家长会"), (None, None), (10, "+1节体育课"))):
        calendar.cell(row + at, 2).value, calendar.cell(row + at, 3).value = month, what
        calendar.cell(row + at, 3).data_type = "s"
    book.move_sheet("月历", -5)
    calendar.title = "学期安排"
    book.create_sheet("教导处备忘").append(["下周开会用"])
    path = tmp_path / "青石.xlsx"
    book.save(path)
    reading = read_profile(path)
    assert reading.ok, [str(problem) for problem in reading.problems]
    assert [(one.code, one.severity) for one in reading.problems] == [("sheet.ignored", "notice")]
    profile = reading.profile
    assert (profile.school.name, profile.school.stage, profile.term.number) == ("青石小学", "primary", 1)
    assert (profile.term.starts, profile.day.arrival) == (date(2026, 9, 1), "7:50")
    assert [(one.month, one.what) for one in profile.schedule] == [(9, "家长会"), (10, "+1节体育课")]
    place = reading.place("schedule[1].what")
    assert place is not None and place.cell == f"学期安排!C{row + 2}"


def test_a_yaml_form_is_read_without_what_only_workbooks_need() -> None:
    code = (
        "import sys; from planforge.profile import read_profile_text; read_profile_text('school: {name: 甲}');"
        "print([m for m in ('openpyxl', 'planforge.sheets', 'zipfile.x') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
