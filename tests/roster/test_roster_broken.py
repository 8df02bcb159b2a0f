"""Rosters with something wrong: every mistake at once, each at its cell, everyone else still read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from planforge.roster.status_marks import away
from tests.roster.making import (
    HEAD,
    PEOPLE,
    Change,
    merge,
    number_format,
    one_sheet,
    people,
    read,
    rewritten,
    said,
    workbook,
    write,
)

Rows = list[tuple[Any, ...]]
GOOD: Rows = [HEAD, *PEOPLE]


def _with(row: tuple[Any, ...]) -> Rows:
    return [*GOOD, row]


CELLS: dict[str, tuple[Rows, tuple[Change, ...], list[tuple[str, str]]]] = {
    "a name with a question mark": (_with((4, "王？", "三2", "")), (), [("名单!B5", "name.lost")]),
    "a name with a box": (_with((4, "王□", "三2", "")), (), [("名单!B5", "name.lost")]),
    "a name with a replacement character": (_with((4, "王\ufffd", "三2", "")), (), [("名单!B5", "name.lost")]),
    "a name with a private character": (_with((4, "王\ue863", "三2", "")), (), [("名单!B5", "name.private")]),
    "a name spelt out of parts": (_with((4, "王[方方土]", "三2", "")), (), [("名单!B5", "name.composed")]),
    "a name described by signs": (_with((4, "王⿰金金", "三2", "")), (), [("名单!B5", "name.composed")]),
    "a masked name": (_with((4, "王*宁", "三2", "")), (), [("名单!B5", "name.masked")]),
    "a name with a number": (_with((4, "王宁2", "三2", "")), (), [("名单!B5", "name.odd")]),
    "a name spelt out in round brackets": (_with((4, "王（方方土）", "三2", "")), (), [("名单!B5", "name.composed")]),
    "a formula as a name": (_with((4, "@王宁", "三2", "")), (), [("名单!B5", "name.odd")]),
    "no name": (_with((4, None, "三2", "13900000004")), (), [("名单!B5", "name.missing")]),
    "a phone in scientific notation": (_with((4, "王宁", "三2", "1.39E+10")), (), [("名单!D5", "digits.lost")]),
    "a phone one digit short": (_with((4, "王宁", "三2", 1390000000)), (), [("名单!D5", "phone.form")]),
    "words as a phone": (_with((4, "王宁", "三2", "见备注栏")), (), [("名单!D5", "phone.form")]),
    "an error value": (GOOD, (write("D3", "#N/A"),), [("名单!D3", "cell.error")]),
    "a formula never worked out": (GOOD, (write("D3", "=VLOOKUP(B3,X,2)"),), [("名单!D3", "cell.no_value")]),
    "an error value as a class": (GOOD, (write("C3", "#REF!"),), [("名单!C3", "cell.error")]),
    "a name never worked out": (GOOD, (write("B3", '=X1&"x"'),), [("名单!B3", "cell.no_value")]),
    "a class never worked out": (GOOD, (write("C3", "=X1"),), [("名单!C3", "cell.no_value")]),
    "a name half of which is struck": (
        GOOD,
        (write("B3", CellRichText(TextBlock(InlineFont(strike=True), "卞小舟"), "卞小周")),),
        [("名单!B3", "cell.half_struck")],
    ),
    "a name still to come": (_with((4, "待定", "三2", "")), (), [("名单!B5", "name.nobody")]),
    "a class turned into a date": (
        GOOD, (write("C3", datetime(2026, 3, 2)), number_format("C3", 'm"月"d"日"')), [("名单!C3", "class.date")]
    ),
    "a seat turned into a date": (
        GOOD, (write("A3", datetime(2026, 3, 2)), number_format("A3", "m-d")), [("名单!A3", "seat.date")]
    ),
    "a class number alone": (_with((4, "王宁", "2班", "")), (), [("名单!C5", "class.no_grade")]),
    "a class in tens": (_with((4, "王宁", "二十一班", "")), (), [("名单!C5", "class.ambiguous")]),
    "a class by leaving year": (_with((4, "王宁", "2030届2班", "")), (), [("名单!C5", "class.leaving_year")]),
    "a class that has left": (_with((4, "王宁", "2015级2班", "")), (), [("名单!C5", "class.entry_year")]),
    "a class that nobody can read": (_with((4, "王宁", "甲组", "")), (), [("名单!C5", "class.form")]),
    "no class": (_with((4, "王宁", None, "")), (), [("名单!C5", "class.missing")]),
    "the same row twice": (_with((3, "甘雨桐", "三(2)班", "")), (), [("名单!B5", "double.person")]),
    "a seat given twice": (_with((3, "王宁", "三(2)班", "")), (), [("名单!B5", "double.seat")]),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_the_cell_is_named_and_the_others_are_read(name: str, tmp_path: Path) -> None:
    rows, changes, expected = CELLS[name]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows, *changes))
    assert said(roster.problems) == expected
    faulty = {problem.place.cell[4:] for problem in roster.errors if problem.place}
    assert len(roster.recipients) == len(rows) - 1 - len(faulty)
    assert all(problem.place and problem.place.file.endswith("a.xlsx") for problem in roster.problems)


def _table(head: tuple[Any, ...], *rows: tuple[Any, ...]) -> Rows:
    return [head, *rows]


LISTS: dict[str, tuple[Rows, str, dict[str, Any], list[tuple[str, str]]]] = {
    "an 18-digit number kept as a number": (
        _table(("姓名", "身份证号"), ("丁一禾", 330106201801010000), ("卞小舟", "33010620180101001X")),
        "name id_number", {}, [("名单!B2", "digits.lost"), ("名单!B3", "id.check")],
    ),
    "a number that Excel ended in 000 and someone made text": (
        _table(("姓名", "学籍号"), ("丁一禾", "330106201801014000"), ("卞小舟", "G330106201801014000")),
        "name student_id", {}, [("名单!B2", "digits.lost")],
    ),
    "a number shown in scientific notation": (
        _table(("姓名", "身份证号"), ("丁一禾", "3.30106E+17")), "name id_number", {}, [("名单!B2", "digits.lost")],
    ),
    "one identity number for two": (
        _table(("姓名", "班级", "学籍号"), ("丁一禾", "三2", "G2018001"), ("卞小舟", "三2", "G2018001")),
        "name class", {}, [("名单!A3", "double.person")],
    ),
    "one pupil in two classes": (
        _table(("姓名", "班级", "学籍号"), ("丁一禾", "三2", "G2018001"), ("丁一禾", "三1", "G2018001")),
        "name class", {}, [("名单!A3", "double.person")],
    ),
    "no column for the phone": (
        _table(("姓名", "班级", "紧急联系电话号"), ("丁一禾", "三2", "13900000001")),
        "name phone", {}, [("名单!A1", "column.missing")],
    ),
    "two columns that may be the phone": (
        _table(("姓名", "联系电话", "联系电话"), ("丁一禾", "13900000001", "13900000002")),
        "name phone", {}, [("名单!C1", "column.ambiguous")],
    ),
    "father's and mother's phone and no word which": (
        _table(("姓名", "父亲电话", "母亲电话"), ("丁一禾", "13900000001", "13900000002")),
        "name phone", {}, [("名单!C1", "column.ambiguous")],
    ),
    "a heading named that is not there": (
        _table(("姓名", "家长电话"), ("丁一禾", "13900000001")),
        "name phone", {"mapping": {"联系电话": "家长号码"}}, [("", "map.heading"), ("名单!A1", "column.missing")],
    ),
    "a field named that is not there": (
        _table(("姓名", "家长电话"), ("丁一禾", "13900000001")),
        "name phone", {"mapping": {"电话联系": "家长电话"}}, [("", "map.field")],
    ),
    "no headings": (
        _table((1, "丁一禾", "三2"), (2, "卞小舟", "三2")), "name class", {}, [("", "header.missing")],
    ),
    "nothing but headings": (_table(("座号", "姓名")), "name", {}, [("", "roster.nobody")]),
    "no class anywhere": (
        _table(("座号", "姓名"), (1, "丁一禾"), (2, "卞小舟")), "name class", {}, [("名单!B2", "class.unknown")],
    ),
    "an entry year without a term": (
        _table(("姓名", "班级"), ("丁一禾", "2024级1班")), "name class", {"term_start": None}, [("名单!B2", "class.no_term")],
    ),
    "grade and class that differ": (
        _table(("姓名", "年级", "班级"), ("丁一禾", "四年级", "三（2）班")), "name class", {}, [("名单!C2", "class.conflict")],
    ),
    "no class where others of the grade have one": (
        _table(("姓名", "年级", "班级"), ("丁一禾", "三", 2), ("卞小舟", "三", None), ("甘雨桐", "三", 1)),
        "name class", {}, [("名单!C3", "class.missing")],
    ),
    "a list that lies on its side": (
        _table(("姓名", "丁一禾", "卞小舟"), ("座号", 1, 2)), "name", {}, [("名单!A2", "name.heading")],
    ),
    "a grade that nobody can read": (
        _table(("姓名", "年级", "班级"), ("丁一禾", "大班", "2")), "name class", {}, [("名单!B2", "class.grade")],
    ),
    "a day that is none": (
        _table(("姓名", "出生日期"), ("丁一禾", "2018-2-30"), ("卞小舟", "去年")),
        "name birthday", {}, [("名单!B2", "date.form"), ("名单!B3", "date.form")],
    ),
    "a month that is none, or has lost a digit": (
        _table(("姓名", "出生年月"), ("丁一禾", "2017.13"), ("卞小舟", 2017.1)),
        "name birthday", {}, [("名单!B2", "date.form"), ("名单!B3", "date.form")],
    ),
    "a seat that is no whole number": (
        _table(("座号", "姓名"), (-1, "丁一禾"), (1.5, "卞小舟")), "name seat", {}, [("名单!A2", "seat.form")],
    ),
    "a father's and a mother's phone under headings of two rows": (
        _table(("姓名", "父亲", None, "母亲"), (None, "姓名", "电话", "姓名", "电话"), ("丁一禾", "王甲", "13900000001", "王乙", "13900000002")),
        "name guardian phone", {}, [("名单!D2", "column.ambiguous"), ("名单!E2", "column.ambiguous")],
    ),
    "a private character in an address": (
        _table(("姓名", "住址"), ("丁一禾", "\ue123溪路 8 号")), "name address", {}, [("名单!B2", "text.private")],
    ),
    "one name twice and no number": (
        _table(("姓名", "班级"), ("丁一禾", "三2"), ("丁一禾", "三2")), "name class", {}, [("名单!A3", "double.name")],
    ),
    "a parent's name lost": (
        _table(("姓名", "家长姓名"), ("丁一禾", "丁?")), "name guardian", {}, [("名单!B2", "name.lost")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_what_is_wrong_with_a_list(name: str, tmp_path: Path) -> None:
    rows, fields, more, expected = LISTS[name]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows), fields, **more)
    assert said(roster.problems) == expected


def test_all_problems_come_at_once_in_order_of_place(tmp_path: Path) -> None:
    head = ("座号", "姓名", "联系电话")
    sheets: dict[str, Rows] = {
        "三1": [head, (1, "丁？", "13900000001"), (2, "卞小舟", "1.39E+10"), (3, "甘雨桐", "13900000003")],
        "三10": [
            head,
            *[(n, f"冉云{'甲乙丙丁戊己庚辛'[n - 1]}", 13900000010 + n) for n in range(1, 9)],
            (9, "应\ue000", "1"),
        ],
    }
    roster = read(workbook(tmp_path / "a.xlsx", sheets))
    assert said(roster.problems) == [
        ("三1!B2", "name.lost"),
        ("三1!C3", "digits.lost"),
        ("三10!B10", "name.private"),
        ("三10!C10", "phone.form"),
    ]
    assert len(roster.recipients) == 9
    text = str(roster.problems[0])
    assert "三1!B2" in text and "第 2 个字是“？”" in text and "丁" not in text.replace(str(tmp_path), "")


def test_a_problem_in_the_second_block_names_its_own_column(tmp_path: Path) -> None:
    rows = [
        ("三（2）班",),
        ("座号", "姓名", "座号", "姓名"),
        (1, "丁一禾", 2, "卞？舟"),
        (3, "甘雨桐", 4, None),
    ]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows, merge("A1:D1")), "name class seat")
    assert said(roster.problems) == [("名单!D3", "name.lost")]


def test_a_class_merged_down_is_blamed_once_at_its_own_cell(tmp_path: Path) -> None:
    rows = [HEAD, (1, "丁一禾", "甲组", ""), (2, "卞小舟", None, "")]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows, merge("C2:C3")))
    assert said(roster.problems) == [("名单!C2", "class.form")]
    assert roster.recipients == ()


def test_the_nearest_heading_is_named(tmp_path: Path) -> None:
    rows = [("姓名", "紧急联系电话号"), ("丁一禾", "13900000001")]
    [problem] = read(one_sheet(tmp_path / "a.xlsx", rows), "name phone").problems
    assert "--map 联系电话=紧急联系电话号" in problem.fix and problem.field == "联系电话"
    [problem] = read(one_sheet(tmp_path / "a.xlsx", rows), "name", mapping={"姓名": "名子"}).problems
    assert problem.code == "header.missing" and "名子" in problem.message


def test_of_two_parents_one_is_chosen_by_what_stands_above(tmp_path: Path) -> None:
    rows = [
        ("姓名", "父亲", None, "母亲", None),
        (None, "姓名", "电话", "姓名", "电话"),
        ("丁一禾", "王甲", "13900000001", "王乙", "13900000002"),
    ]
    path = one_sheet(tmp_path / "a.xlsx", rows, merge("A1:A2", "B1:C1", "D1:E1"))
    told = read(path, "name guardian phone").problems
    assert [problem.fix for problem in told] == [
        "用 --map 家长姓名=父亲姓名 选定一列",
        "用 --map 联系电话=父亲电话 选定一列",
    ]
    chosen = read(path, "name guardian phone", mapping={"家长姓名": "母亲姓名", "联系电话": "母亲电话"})
    assert not chosen.problems and people(chosen, "guardian", "phone") == [("王乙", "13900000002")]


def test_messages_hold_no_whole_name_and_no_number(tmp_path: Path) -> None:
    secret = ["钟离子虚", "13900001234", "330106201801010000"]
    rows = [
        ("座号", "姓名", "班级", "联系电话", "身份证号"),
        (1, secret[0], "三2", secret[1], int(secret[2])),
        (1, secret[0], "三2", secret[1], "x"),
        (2, secret[0], "三2", "139000012341", "x"),
        (3, secret[0] + "？", "甲组", secret[1], secret[2]),
    ]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows), "name class seat phone id_number")
    text = "\n".join(map(str, roster.problems)).replace(str(tmp_path), "")
    assert len(roster.problems) >= 5
    assert not any(word in text for word in (*secret, "钟离", "1390000"))


def test_a_styles_part_beyond_repair_costs_only_the_marks(tmp_path: Path) -> None:
    path = rewritten(
        one_sheet(tmp_path / "a.xlsx", GOOD), "xl/styles.xml", lambda text: text[: len(text) // 2]
    )
    assert len(people(read(path))) == 3


NAMES = ["丁一禾", "卞小舟", "甘雨桐", "冉云起", "应如是", "叶知秋", "白露生", "古月明", "田间行", "史可为"]


def test_a_list_left_over_from_last_term_sends_nobody_two_letters(tmp_path: Path) -> None:
    head = ("座号", "姓名")
    sheets: dict[str, Rows] = {
        "三（2）班": [head, *enumerate(NAMES, 1)],
        "二（2）班": [head, *enumerate(NAMES[1:], 1)],
        "三（1）班": [head, (1, "丁一禾"), (2, "卞小舟"), (3, "向晚晴")],
    }
    path = workbook(tmp_path / "a.xlsx", sheets)
    roster = read(path, "name class seat")
    assert said(roster.problems) == [("二（2）班", "sheet.repeats")]
    assert [one.sheet for one in roster.recipients] == ["三（2）班"] * 10 + ["三（1）班"] * 3
    chosen = read(path, "name class seat", sheets=["二（2）班"])
    assert not chosen.problems and len(chosen.recipients) == 9
    assert said(read(path, "name", sheets=["四1"]).problems) == [("", "sheet.missing")]


def test_a_tenth_class_that_became_the_first_is_noticed(tmp_path: Path) -> None:
    numbers = [float(f"3.{n}") for n in range(1, 10)] + [3.10]
    rows = [("班级", "姓名"), *zip(numbers, NAMES, strict=True)]
    assert said(read(one_sheet(tmp_path / "a.xlsx", rows), "name class").problems) == [
        ("名单!A11", "class.decimal")
    ]


@pytest.mark.parametrize(
    ("remark", "out"),
    [
        ("父亲去世", ""), ("中午离校，奶奶接", ""), ("父母出国务工", ""), ("奶奶已退休", ""), ("复学（原休学一年）", ""),
        ("转入（从外地转学来）", ""), ("班长", ""), ("2026年3月离校", "离校"), ("已退休", "退休"), ("于2026.9转出", "转出"),
        ("2025年转入，2026年转出", "转出"), ("因病休学", "休学"), ("撤销转出", ""),
    ],
)  # fmt: skip
def test_a_remark_about_others_leaves_nobody_out(remark: str, out: str) -> None:
    assert away(remark) == out


def test_a_list_of_teachers_is_told_as_one(tmp_path: Path) -> None:
    rows: Rows = [("姓名", "职务", "任教班级", "学科"), ("张安宁", "教师", "三（1）班", "语文")]
    [problem] = read(one_sheet(tmp_path / "a.xlsx", rows)).problems
    assert said([problem]) == [("名单!A1", "roster.staff")] and "教职工名册" in problem.message
