"""What offices hide in a roster is read as it is seen, or told with its cell: nothing lost, nothing added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from planforge.roster import Roster
from planforge.roster.classes import Reckoning, parse_classes
from planforge.roster.gathering import cells_of
from planforge.roster.name_marks import split_marks
from planforge.roster.value_shape import class_as_told, heading_as_told, shape_of
from tests.roster.making import Change, left, merge, one_sheet, people, read, said, workbook

Rows = list[tuple[Any, ...]]
HEAD = ("班级", "座号", "姓名")
SIZES = {grade: 4 for grade in range(1, 7)}


def _roster(tmp_path: Path, rows: Sequence[tuple[Any, ...]], *changes: Change, **more: Any) -> Roster:
    fields = more.pop("fields", "name class seat")
    return read(one_sheet(tmp_path / "a.xlsx", rows, *changes), fields, **more)


# What cannot be seen


@pytest.mark.parametrize(
    "sign",
    [
        "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202c", "\u202e", "\u2060", "\u2066",
        "\u2069", "\ufeff", "\xad", "\ufe0f", "\u3164", "\u2800", "\u00a0", "\u3000", "\u2003", "\t", "\u061c", "\u180e",
    ],
)  # fmt: skip
def test_signs_without_a_shape_change_nothing_wherever_they_stand(sign: str, tmp_path: Path) -> None:
    def with_sign(text: str) -> str:
        return sign + text[0] + sign + text[1:] + sign

    rows = [
        tuple(map(with_sign, ("班级", "座号", "姓名", "联系电话", "备注"))),
        (with_sign("三（1）班"), with_sign("12"), with_sign("丁一禾"), with_sign("13900000001"), None),
        (with_sign("三（1）班"), "13", "卞小舟", "13900000002", with_sign("转出")),
        (with_sign("合计"), None, "2"),
    ]
    roster = _roster(tmp_path, rows, fields="name class seat phone")
    assert not roster.problems
    assert people(roster, "name", "class", "seat", "phone") == [("丁一禾", "三（1）班", "12", "13900000001")]
    assert left(roster) == [("名单!E3", "status")]


def test_sheets_are_named_as_they_are_seen(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"三\u200b2班\u3000": [("座号", "姓 名"), (1, "丁一禾")]})
    roster = read(path, "name class seat", sheets=["三2班"])
    assert not roster.problems and people(roster, "class") == [("三（2）班",)]


def test_byte_order_marks_are_taken_off_however_many(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeff\ufeff\ufeff姓名,班级,座号\r\n甘棠,三（1）班,2\r\n".encode())
    assert people(read(path, "name class seat"), "name", "class", "seat") == [("甘棠", "三（1）班", "2")]


def test_spaced_out_totals_and_signatures_are_nobody(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ("三1", 1, "丁一禾"),
        ("合　计", None, "1 人"),
        (None, None, "合 计"),
        (None, None, "班 主 任：鲁知夏"),
        (None, None, "男 1 人  女 0 人"),
        (None, None, "２０２６年９月１日"),
    ]
    roster = _roster(tmp_path, rows)
    assert not roster.problems and people(roster, "name") == [("丁一禾",)]


# Numbers


@pytest.mark.parametrize("mark", ["'", "‘", "’", "＇", "`"])
def test_an_apostrophe_before_a_number_is_no_part_of_it(mark: str, tmp_path: Path) -> None:
    rows = [
        ("姓名", "班级", "身份证号", "联系电话"),
        (mark + "丁一禾", mark + "三2", mark + "33010620180101001X", mark + "13900000001"),
    ]
    roster = _roster(tmp_path, rows, fields="name class id_number phone")
    assert people(roster, "name", "class", "id_number", "phone") == [
        ("丁一禾", "三（2）班", "33010620180101001X", "13900000001")
    ]


@pytest.mark.parametrize(
    ("written", "printed", "codes"),
    [
        ("13900000001.0", "13900000001", []),
        ("13900000001，13900000002", "13900000001、13900000002", []),
        ("13900000001 13900000002", "13900000001、13900000002", []),
        ("13900000001\n13900000002", "13900000001、13900000002", []),
        ("妈妈：13900000001", "13900000001", ["phone.label"]),
        ("妈妈13900000001，爸爸13900000002", "13900000001、13900000002", ["phone.label"]),
        ("13900000001（母）", "13900000001", ["phone.label"]),
        ("0571-88880000转8", "0571-88880000转8", []),
        ("+86 139 0000 0001", "13900000001", []),
        ("１３９００００００01", "13900000001", []),
        ("无", "", []),
        ("——", "", []),
        ("见备注栏", "见备注栏", ["phone.form"]),
    ],
)
def test_telephone_numbers(written: str, printed: str, codes: list[str], tmp_path: Path) -> None:
    roster = _roster(tmp_path, [("姓名", "联系电话"), ("丁一禾", written)], fields="name phone")
    assert people(roster, "phone") == [(printed,)]
    assert [problem.code for problem in roster.problems] == codes


@pytest.mark.parametrize("heading", ["学号", "座号", "序号", "编号"])
@pytest.mark.parametrize("number", ["20240301", 2025084080, "G33010620180101", "202403010012"])
def test_a_schools_number_is_no_seat(heading: str, number: Any, tmp_path: Path) -> None:
    rows = [(heading, "姓名", "班级"), (number, "丁一禾", "三2"), (number, "卞小舟", "三2")]
    roster = _roster(tmp_path, rows)
    assert [recipient.seat for recipient in roster.recipients] == [None, None]
    assert people(roster, "seat") == [("",), ("",)]
    [problem] = roster.problems
    assert problem.code == "seat.long" and "名单!A2—A3" in problem.message


@pytest.mark.parametrize(("number", "seat"), [("07", 7), (7.0, 7), ("7号", 7), ("0301", 301), ("123", 123)])
def test_a_short_number_is_a_seat(number: Any, seat: int, tmp_path: Path) -> None:
    roster = _roster(tmp_path, [("学号", "姓名", "班级"), (number, "丁一禾", "三2")])
    assert [recipient.seat for recipient in roster.recipients] == [seat] and not roster.problems


# Marks


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("丁一禾（班长）", "丁一禾"), ("丁一禾(住校)", "丁一禾"), ("丁一禾 学习委员", "丁一禾"), ("丁一禾学习委员", "丁一禾"),
        ("丁一禾【新生】", "丁一禾"), ("丁一禾、语文课代表", "丁一禾"), ("班长：丁一禾", "丁一禾"), ("★丁一禾", "丁一禾"),
        ("丁一禾▲", "丁一禾"), ("丁一禾①", "丁一禾"), ("1、丁一禾", "丁一禾"), ("丁一禾-走读", "丁一禾"), ("丁一禾（女）", "丁一禾"),
        ("丁一禾（随班就读）（班长）", "丁一禾"), ("丁 一 禾（ 班 长 ）", "丁一禾"), ("阿依古丽·买买提（住宿）", "阿依古丽·买买提"),
        ("丁一禾（三好学生）", "丁一禾"), ("丁一禾●", "丁一禾"),
    ],
)  # fmt: skip
def test_marks_beside_a_name_come_off_and_are_told(written: str, printed: str, tmp_path: Path) -> None:
    roster = _roster(tmp_path, [HEAD, ("三1", 1, written)])
    assert people(roster, "name") == [(printed,)]
    assert said(roster.problems) == [("名单!C2", "name.mark")] and not roster.errors
    assert "丁" not in roster.problems[0].message + roster.problems[0].fix


@pytest.mark.parametrize(
    "name",
    [
        "丁一禾（大）",
        "丁一禾（A）",
        "买买提（Mamat）",
        "王新生",
        "李路",
        "欧阳雪儿",
        "陈班",
        "O'Neil Kaya",
        "向委员",
    ],
)
def test_what_belongs_to_a_name_stays(name: str) -> None:
    assert split_marks(name) == (name, ())


@pytest.mark.parametrize(
    "written", ["丁一禾（已转走）", "丁一禾转出", "丁一禾 休学", "丁一禾（转 出）", "转出：丁一禾"]
)
def test_a_mark_that_says_left_leaves_out(written: str, tmp_path: Path) -> None:
    roster = _roster(tmp_path, [HEAD, ("三1", 1, written), ("三1", 2, "卞小舟")])
    assert people(roster, "name") == [("卞小舟",)] and left(roster) == [("名单!C2", "status")]


def test_a_red_fill_and_a_comment_count_as_marks(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C2"].fill = PatternFill("solid", fgColor="FFFF0000")
        sheet["A3"].comment = Comment("教务：\n已转走，10月起", "x")
        sheet["C4"].fill = PatternFill("solid", fgColor="FFFFFF00")
        sheet["C5"].comment = Comment("父亲去世，多关心", "x")

    rows = [HEAD, *(("三1", n, name) for n, name in enumerate(("丁一禾", "卞小舟", "甘雨桐", "冉云起"), 1))]
    roster = _roster(tmp_path, rows, change)
    assert left(roster) == [("名单!C2", "red"), ("名单!A3", "status")]
    assert people(roster, "name") == [("甘雨桐",), ("冉云起",)]


@pytest.mark.parametrize(
    ("written", "printed", "codes"),
    [
        ("阮父，阮母", "阮父、阮母", []), ("阮父 阮母", "阮父、阮母", []), ("阮 父", "阮父", []), ("蒲母 15400000044", "蒲母", ["name.mark"]),
        ("蒲英华（母）", "蒲英华", ["name.mark"]), ("母亲：蒲英华", "蒲英华", ["name.mark"]), ("无", "", []),
    ],
)  # fmt: skip
def test_parents_names(written: str, printed: str, codes: list[str], tmp_path: Path) -> None:
    rows = [("姓名", "班级", "监护人姓名"), ("丁一禾", "三1", written)]
    roster = _roster(tmp_path, rows, fields="name guardian")
    assert people(roster, "guardian") == [(printed,)]
    assert [problem.code for problem in roster.problems] == codes


# Classes


CLASSES = {
    "五(3)(4)班": "五（3）班 五（4）班", "二1、3班，三2班": "二（1）班 二（3）班 三（2）班", "五（3、4）班": "五（3）班 五（4）班",
    "三（1）—（4）班": "三（1）班 三（2）班 三（3）班 三（4）班", "301、302，401": "三（1）班 三（2）班 四（1）班",
    "2024级1、2班": "三（1）班 三（2）班", "三年级一班、二班": "三（1）班 三（2）班", "三1/2/3": "三（1）班 三（2）班 三（3）班",
    "3.1、3.2": "三（1）班 三（2）班", "三1-3班": "三（1）班 三（2）班 三（3）班", "初一（1）（2）班": "七（1）班 七（2）班",
    "三（1）班和（2）班": "三（1）班 三（2）班", "三（1）（2）四（1）班": "三（1）班 三（2）班 四（1）班", "六1班六2班": "六（1）班 六（2）班",
    "三（1）班 三（2）班": "三（1）班 三（2）班", "三(1)\n三(2)": "三（1）班 三（2）班", "三（1）班语文、三（2）班数学": "三（1）班 三（2）班",
    "三二班、三三班": "三（2）班 三（3）班", "3（1）、4（2）班": "三（1）班 四（2）班", "五（3）班": "五（3）班",
}  # fmt: skip


@pytest.mark.parametrize("written", CLASSES)
def test_several_classes_in_one_cell(written: str) -> None:
    found, rest = parse_classes(written, Reckoning(date(2026, 9, 1)))
    assert (" ".join(map(str, found)), rest) == (CLASSES[written], "")


@pytest.mark.parametrize(
    "written", ["各班", "一至三年级", "三、四（1）班", "二十一班", "三年级一二班", "音乐", "三（1）班等"]
)
def test_of_classes_that_are_not_clear_none_is_guessed(written: str) -> None:
    assert parse_classes(written, Reckoning(date(2026, 9, 1))) == ((), written)


def test_a_class_that_the_school_does_not_have_is_told_in_one_line(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ("三（1）班", 1, "丁一禾"),
        *(("三（12）班", n, name) for n, name in enumerate(("卞小舟", "甘雨桐", "冉云起"), 1)),
        ("七年级（1）班", 1, "应如是"),
    ]
    roster = _roster(tmp_path, rows, grades=range(1, 7), sizes=SIZES)
    assert people(roster, "name") == [("丁一禾",)]
    assert said(roster.problems) == [("名单!A3", "class.not_here"), ("名单!A6", "class.grade_not_here")]
    assert "名单!A3—A5" in roster.problems[0].message
    assert not _roster(tmp_path, rows).problems  # nobody said what the school has


def test_classes_stand_as_headings_between_the_rows(tmp_path: Path) -> None:
    rows: Rows = [
        ("序号", "姓名", "性别"),
        ("三（1）班（班主任：鲁知夏）",),
        (1, "丁一禾", "女"),
        (2, "卞小舟", "男"),
        ("三（2）班", "班主任：范成林", "45人"),
        (1, "甘雨桐", "女"),
        ("三年级三班", 32),
        (1, "冉云起", "男"),
        (None, "三（4）班"),
        (1, "应如是", "女"),
    ]
    roster = _roster(tmp_path, rows, fields="name class")
    assert not roster.problems
    assert people(roster, "class") == [
        ("三（1）班",),
        ("三（1）班",),
        ("三（2）班",),
        ("三（3）班",),
        ("三（4）班",),
    ]


def test_classes_stand_as_headings_in_the_column_of_the_class(tmp_path: Path) -> None:
    rows: Rows = [
        HEAD,
        ("三（1）班",), (None, 1, "丁一禾"), (None, 2, "卞小舟"),
        ("三（2）班",), (None, 1, "甘雨桐"), (None, 2, "冉云起"),
    ]  # fmt: skip
    roster = _roster(tmp_path, rows)
    assert not roster.problems
    assert people(roster, "class", "seat") == [
        ("三（1）班", "1"), ("三（1）班", "2"), ("三（2）班", "1"), ("三（2）班", "2")
    ]  # fmt: skip


def test_classes_as_headings_will_do_without_any_other(tmp_path: Path) -> None:
    rows: Rows = [
        ("枫林小学分班名单",),
        ("三（1）班", None, None), (1, "王小明", "女"), (2, "李大力", "男"),
        ("三（2）班", None, None), (1, "张三丰", "男"), (2, "赵子龙", "转出"),
    ]  # fmt: skip
    roster = _roster(tmp_path, rows, merge("A2:C2"))
    assert people(roster, "name", "class", "seat") == [
        ("王小明", "三（1）班", "1"), ("李大力", "三（1）班", "2"), ("张三丰", "三（2）班", "1")
    ]  # fmt: skip
    assert left(roster) == [("名单!C7", "status")] and said(roster.problems) == [("名单", "header.none")]


def test_without_headings_two_columns_of_names_are_not_guessed(tmp_path: Path) -> None:
    rows: Rows = [("三（1）班",), ("王小明", "王大明"), ("李大力", "李建国"), ("张三丰", "张君宝")]
    assert said(_roster(tmp_path, rows, fields="name class").problems) == [("", "header.missing")]


def test_numbers_alone_head_the_rows_under_a_grade(tmp_path: Path) -> None:
    rows: Rows = [
        ("三年级学生名单",),
        ("姓名", "性别"),
        ("一班",),
        ("丁一禾", "女"),
        ("二班",),
        ("甘雨桐", "女"),
    ]
    roster = _roster(tmp_path, rows, fields="name class")
    assert not roster.problems
    assert people(roster, "name", "class") == [("丁一禾", "三（1）班"), ("甘雨桐", "三（2）班")]


def test_a_heading_that_is_not_understood_gives_nobody_the_class_above(tmp_path: Path) -> None:
    rows: Rows = [("姓名", "性别"), ("三（1）班",), ("丁一禾", "女"), ("2班",), ("甘雨桐", "女")]
    roster = _roster(tmp_path, rows, fields="name class")
    assert people(roster, "name", "class") == [("丁一禾", "三（1）班"), ("甘雨桐", "三（2）班")]
    rows = [("姓名", "性别"), ("2班",), ("甘雨桐", "女")]
    roster = _roster(tmp_path, rows, fields="name class")
    assert not roster.recipients and roster.problems[0].code == "class.section"


@pytest.mark.parametrize("teacher", ["鲁知夏", "班主任：鲁知夏"])
def test_a_class_is_merged_down_with_its_teacher_below(teacher: str, tmp_path: Path) -> None:
    rows: Rows = [HEAD, ("三（1）班", 1, "丁一禾"), (None, 2, "卞小舟"), (teacher, 3, "甘雨桐"), (None, 4, "冉云起"),
                  ("三（2）班", 1, "应如是"), (None, 2, "叶知秋"), (None, 3, "白露生")]  # fmt: skip
    roster = _roster(tmp_path, rows, merge("A2:A3", "A4:A5", "A6:A8"))
    assert not roster.errors and [problem.code for problem in roster.problems] == ["class.teacher"]
    assert people(roster, "class") == [("三（1）班",)] * 4 + [("三（2）班",)] * 3


def test_a_class_cell_may_name_its_teacher_in_a_line_below(tmp_path: Path) -> None:
    rows: Rows = [HEAD, ("三（1）班\n鲁知夏", 1, "丁一禾"), ("三（2）班 班主任：范成林", 1, "卞小舟")]
    assert people(_roster(tmp_path, rows), "class") == [("三（1）班",), ("三（2）班",)]


# Sheets, schools and doubles


def test_people_on_a_sheet_that_was_not_read_are_an_error(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "三1": [HEAD, ("三1", 1, "丁一禾")],
        "三2": [("号", "学  生"), (1, "王小明"), (2, "李大力"), (3, "张三丰")],
        "说明": [("请各班班主任九月三日前交教务处",)],
        "课程表": [
            ("节次", "周一", "周二"),
            (1, "语文", "安全教育"),
            (2, "数学", "音乐"),
            (3, "文学", "体育"),
        ],
        "统计": [("班级", "人数"), ("三1", 45), ("三2", 44), ("三3", 43)],
    }
    path = workbook(tmp_path / "a.xlsx", sheets)
    roster = read(path, "name class seat")
    assert said(roster.errors) == [("三2", "sheet.unread")] and "3 人" in roster.errors[0].message
    assert [sheet.name for sheet in roster.unread] == ["三2", "说明", "课程表", "统计"]
    chosen = read(path, "name class seat", sheets=["三1"])
    assert not chosen.problems and [sheet.state for sheet in chosen.unread] == ["not_chosen"] * 4


def test_people_on_a_hidden_sheet_are_an_error_unless_they_stand_elsewhere(tmp_path: Path) -> None:
    names = ("丁一禾", "卞小舟", "甘雨桐")
    sheets: dict[str, Rows] = {
        "三1": [HEAD, *(("三1", n, name) for n, name in enumerate(names, 1))],
        "旧": [("姓名", "性别"), *((name, "女") for name in names)],
        "三2": [HEAD, ("三2", 1, "冉云起"), ("三2", 2, "应如是")],
    }
    path = workbook(tmp_path / "a.xlsx", sheets)
    book = load_workbook(path)
    book["旧"].sheet_state = book["三2"].sheet_state = "hidden"
    book.save(path)
    roster = read(path, "name class seat")
    assert left(roster) == [("旧", "hidden_sheet"), ("三2", "hidden_sheet")]
    assert said(roster.problems) == [("三2", "sheet.unread")]
    assert len(roster.recipients) == 3
    assert len(read(path, "name class seat", sheets=["三2"]).recipients) == 2  # chosen by name it is read


def test_two_schools_in_one_file(tmp_path: Path) -> None:
    rows = [
        ("学校", *HEAD),
        ("青禾市枫林小学", "三1", 1, "丁一禾"),
        ("枫林小学", "三1", 2, "卞小舟"),
        ("东风小学", "三1", 1, "甘雨桐"),
        ("东风小学", "三1", 3, "冉云起"),
    ]
    roster = _roster(tmp_path, rows, schools=("青禾市枫林小学", "枫林小学"))
    assert people(roster, "name") == [("丁一禾",), ("卞小舟",)]
    assert said(roster.problems) == [("名单!A4", "school.other")] and roster.errors
    assert "东风" not in str(roster.problems[0])
    unknown = _roster(tmp_path, rows)
    assert [problem.code for problem in unknown.problems if problem.code.startswith("school")] == [
        "school.name"
    ]


def test_two_schools_told_by_the_titles_above(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "一": [("枫林小学三年级（1）班学生名单",), ("座号", "姓名"), (1, "丁一禾")],
        "二": [("东风小学三年级（1）班学生名单",), ("座号", "姓名"), (2, "甘雨桐")],
    }
    roster = read(workbook(tmp_path / "a.xlsx", sheets), "name class seat", schools=("枫林小学",))
    assert people(roster, "name") == [("丁一禾",)] and said(roster.errors) == [("二!B3", "school.other")]


def test_one_name_of_another_school_throughout_is_only_told(tmp_path: Path) -> None:
    rows = [("东风小学学生名单",), HEAD, ("三1", 1, "丁一禾"), ("三1", 2, "卞小舟")]
    roster = _roster(tmp_path, rows, schools=("枫林小学",))
    assert len(roster.recipients) == 2 and [problem.code for problem in roster.problems] == ["school.name"]


def test_equal_class_name_and_birthday_get_one_letter(tmp_path: Path) -> None:
    rows = [
        (*HEAD, "出生日期"),
        ("三1", 1, "丁一禾", "2018-09-01"),
        ("三（1）班", 21, "丁 一禾", "2018年9月1日"),
        ("三1", 22, "丁一禾", "2018-09-02"),
        ("三2", 1, "丁一禾", "2018-09-01"),
    ]
    roster = _roster(tmp_path, rows)
    assert [recipient.place.cell for recipient in roster.recipients] == ["名单!C2", "名单!C4", "名单!C5"]
    assert said(roster.errors) == [("名单!C3", "double.person")] and "只发一份" in roster.errors[0].message


# How it is told


def test_notices_of_one_kind_are_one_line_with_the_cells(tmp_path: Path) -> None:
    names = ("丁一禾", "卞小舟", "甘雨桐", "冉云起", "应如是")
    rows = [
        ("姓名", "联系电话"),
        *((name, "见备注栏" if n != 2 else "13900000001") for n, name in enumerate(names)),
    ]
    [problem] = _roster(tmp_path, rows, fields="name phone").problems
    assert problem.code == "phone.form" and "共 4 处：名单!B2—B3、B5—B6" in problem.message


def test_cells_are_written_in_few_words(tmp_path: Path) -> None:
    roster = _roster(tmp_path, [HEAD, *(("三1", n, "丁一" + "甲乙丙丁戊己庚辛壬"[n]) for n in range(9))])
    places = [recipient.place_of("name") for recipient in roster.recipients]
    assert (
        cells_of(places[:4] + places[5:6] + [roster.recipients[0].place_of("seat")]) == "名单!B2、C2—C5、C7"
    )
    assert len(cells_of(places * 500)) < 40


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("310101201805056789", "18 位数字"), ("陈美丽", "3 个汉字"), ("蒲母 15400000044", "2 个汉字和 11 位数字"),
        ("Иван", "4 个字母"), ("\u200b", "空"), ("３１０", "3 位数字"),
    ],
)  # fmt: skip
def test_the_shape_of_a_value(value: str, shape: str) -> None:
    assert shape_of(value) == shape


@pytest.mark.parametrize(("value", "told"), [("2030届2班", "2030届2班"), ("12", "12"), ("陈美丽", "3 个汉字"), ("310101201805056789", "18 位数字"), ("陈美丽班", "4 个汉字")])  # fmt: skip
def test_only_what_can_be_nothing_but_a_class_is_quoted(value: str, told: str) -> None:
    assert class_as_told(value) == told


@pytest.mark.parametrize(("value", "told"), [("紧急联系电话号", "紧急联系电话号"), ("王小明", "（3 个汉字）"), ("期末评语", "期末评语"), ("13900000001", "（11 位数字）")])  # fmt: skip
def test_a_heading_that_may_be_a_person_is_not_quoted(value: str, told: str) -> None:
    assert heading_as_told(value) == told


def test_shifted_rows_quote_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "姓名,班级,座号,联系电话\n王小明,三（2）班,1,13800138000\n李小红,三（2）班,13912345678,\n"
        "三（2）班,3,13712345678,\n张三丰,310101201805056789,4,\n钱多多,陈美丽,5,\n三（2）班,6,孙行者,\n",
        encoding="utf-8",
    )
    roster = read(path, "name class seat phone")
    assert people(roster, "name") == [("王小明",), ("李小红",)]
    assert {problem.place.cell for problem in roster.errors if problem.place} >= {"A4", "B5", "B6", "A7"}
    text = "\n".join(map(str, roster.problems)).replace(str(tmp_path), "")
    for secret in ("小明", "小红", "三丰", "310101", "13712", "13912", "陈美丽", "孙行者", "多多"):
        assert secret not in text


def test_a_row_shifted_out_of_the_names_column_is_told(tmp_path: Path) -> None:
    rows: Rows = [
        HEAD,
        (1, "王小明", None),
        ("三1", 2, "卞小舟"),
        ("三1", 3, None, "李小红"),
        ("三1", 4, None),
    ]
    roster = _roster(tmp_path, rows)
    assert people(roster, "name") == [("卞小舟",)]
    assert said(roster.problems) == [("名单!C2", "name.missing"), ("名单!C4", "name.missing")]


def test_everybody_on_the_list_is_accounted_for_by_class(tmp_path: Path) -> None:
    rows = [
        (*HEAD, "备注", "学籍号"),
        ("三（1）班", 1, "丁一禾", None, "G1"),
        ("三（1）班", 2, "卞小舟", "转出", "G2"),
        ("三（1）班", 3, "甘？桐", None, "G3"),
        ("三（2）班", 1, "冉云起", None, "G4"),
        ("三（2）班", 2, "冉云起", None, "G4"),
        ("三（2）班", 3, None, None, "G5"),
        ("甲乙组", 3, "应如是", None, "G6"),
    ]
    roster = _roster(tmp_path, rows, fields="name class seat student_id")
    counts = [
        (str(count.class_ or ""), count.listed, count.left_out, count.faulty, count.taken, count.letters)
        for count in roster.reconciled(roster.recipients)
    ]
    assert ("三（1）班", 3, 1, 1, 1, 1) in counts and ("三（2）班", 2, 0, 1, 1, 1) in counts
    assert sum(count[1] for count in counts) == len(rows) - 1
