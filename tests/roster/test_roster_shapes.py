"""Rosters that are read to the last pupil, in the shapes in which schools keep them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planforge.roster import Roster
from tests.roster.making import (
    HEAD,
    PEOPLE,
    font,
    hide_rows,
    left,
    merge,
    number_format,
    one_sheet,
    people,
    read,
    rewritten,
    said,
    with_shared_texts,
    workbook,
    write,
)

THREE = [("1", "丁一禾", "三（2）班"), ("2", "卞小舟", "三（2）班"), ("3", "甘雨桐", "三（2）班")]
Made = tuple[Path, dict[str, Any]]
Make = Callable[[Path], Path]


def _plain(at: Path) -> Path:
    return one_sheet(at, [HEAD, *PEOPLE])


def _title_above(at: Path) -> Path:
    rows = [("枫林小学2026学年第一学期学生花名册",), ("填报日期：2026年9月1日",), (), HEAD, *PEOPLE]
    return one_sheet(at, rows, merge("A1:D1", "A2:D2"))


def _two_header_rows_merged(at: Path) -> Path:
    rows = [
        ("座号", "学生信息", None, "家长信息", None),
        (None, "姓名", "班级", "姓名", "联系电话"),
        *((seat, name, class_, f"家长{'甲乙丙'[seat - 1]}", phone) for seat, name, class_, phone in PEOPLE),
    ]
    return one_sheet(at, rows, merge("A1:A2", "B1:C1", "D1:E1"))


def _two_header_rows_loose(at: Path) -> Path:
    rows = [
        ("学生", None, None, "家长", None),
        ("座号", "姓名", "班级", "姓名", "联系电话"),
        *((seat, name, class_, "王某某", phone) for seat, name, class_, phone in PEOPLE),
    ]
    return one_sheet(at, rows)


def _names_merged_down_over_two_rows_of_headings(at: Path) -> Path:
    rows = [
        ("座号", "姓名", "班级", "家长"),
        (None, None, None, "联系电话"),
        *PEOPLE,
    ]
    return one_sheet(at, rows, merge("A1:A2", "B1:B2", "C1:C2"))


def _class_merged_down(at: Path) -> Path:
    rows = [HEAD, PEOPLE[0], *((seat, name, None, phone) for seat, name, _, phone in PEOPLE[1:])]
    return one_sheet(at, rows, merge("C2:C4"))


def _class_written_once(at: Path) -> Path:
    rows = [HEAD, PEOPLE[0], *((seat, name, None, phone) for seat, name, _, phone in PEOPLE[1:])]
    return one_sheet(at, rows)


def _blocks(at: Path) -> Path:
    rows = [
        ("三（2）班学生名单",),
        ("座号", "姓名", "电话", None, "座号", "姓名", "电话"),
        (1, "丁一禾", "13900000001", None, 3, "甘雨桐", "13900000003"),
        (2, "卞小舟", "13900000002"),
    ]
    return one_sheet(at, rows, merge("A1:G1"))


def _blocks_touching(at: Path) -> Path:
    rows = [
        ("三（2）班学生名单",),
        ("座号", "姓名", "电话") * 3,
        (1, "丁一禾", "13900000001", 2, "卞小舟", "13900000002", 3, "甘雨桐", "13900000003"),
        (None,) * 9,
        ("班主任：鲁知夏", None, None, "男 1 人，女 2 人"),
    ]
    return one_sheet(at, rows)


def _blocks_sharing_the_class(at: Path) -> Path:
    rows = [
        ("班级", "座号", "姓名", "电话", "座号", "姓名", "电话"),
        ("三（2）班", 1, "丁一禾", "13900000001", 3, "甘雨桐", "13900000003"),
        ("三（2）班", 2, "卞小舟", "13900000002"),
    ]
    return one_sheet(at, rows)


def _footers(at: Path) -> Path:
    rows = [
        HEAD,
        *PEOPLE,
        (),
        ("合计", 3),
        ("男生人数", 1, "女生人数", 2),
        ("班主任：", "鲁知夏"),
        (None, "制表人：鲁知夏"),
        ("注：本表一式两份，学校和班级各留一份",),
    ]
    return one_sheet(at, rows)


def _lined_up_blank_rows(at: Path) -> Path:
    rows = [HEAD, PEOPLE[0], (), PEOPLE[1], (), (), PEOPLE[2], (4,), (5,), (6,)]
    return one_sheet(at, rows)


def _one_sheet_a_class(at: Path) -> Path:
    head = ("座号", "姓名", "联系电话")
    return workbook(
        at,
        {
            "302": [head, *((seat, name, phone) for seat, name, _, phone in PEOPLE)],
            "说明": [("本表由各班班主任填写",)],
            "Sheet3": [],
        },
    )


def _heading_repeated_for_print(at: Path) -> Path:
    return one_sheet(at, [HEAD, *PEOPLE[:2], HEAD, PEOPLE[2]])


def _classes_below_each_other(at: Path) -> Path:
    head = ("座号", "姓名", "联系电话")
    rows = [
        ("三（2）班",),
        head,
        (1, "丁一禾", "1"),
        (2, "卞小舟", "1"),
        (),
        ("三年级2班（续）",),
        head,
        (3, "甘雨桐", "1"),
    ]
    rows = [row if len(row) < 3 or row is head else (*row[:2], "13900000009") for row in rows]
    return one_sheet(at, rows)


def _section_titles_in_the_list(at: Path) -> Path:
    rows = [("座号", "姓名", "电话"), ("三（2）班", None, None), *((s, n, p) for s, n, _, p in PEOPLE)]
    return one_sheet(at, rows, merge("A2:C2"))


def _numbers_as_floats(at: Path) -> Path:
    rows = [HEAD, *((float(seat), name, 302, float(phone)) for seat, name, _, phone in PEOPLE)]
    return one_sheet(at, rows)


def _full_width(at: Path) -> Path:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    rows: list[tuple[Any, ...]] = [("座　号", "姓　名", "班　级", "联系\n电话")]
    rows += [
        (str(s).translate(wide), f"{n[0]}　{n[1:]} ", "三（２）班", p.translate(wide))
        for s, n, _, p in PEOPLE
    ]
    return one_sheet(at, rows)


def _headings_with_notes(at: Path) -> Path:
    rows = [("*座号", "*姓名（必填）", "班级：", "联系电话(手机)"), *PEOPLE]
    return one_sheet(at, rows)


def _grade_and_class(at: Path) -> Path:
    rows: list[tuple[Any, ...]] = [("座号", "姓名", "年级", "班级", "手机")]
    rows += [
        (s, n, g, c, p)
        for (s, n, _, p), g, c in zip(PEOPLE, ("三年级", "3", "2024级"), (2, "2班", "（2）"), strict=True)
    ]
    return one_sheet(at, rows)


def _formulas(at: Path) -> Path:
    rows = [HEAD, *((seat, name, "=X", phone) for seat, name, _, phone in PEOPLE)]
    one_sheet(at, rows)
    return rewritten(
        at,
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace("<f>X</f><v></v>", "<f>X</f><v>302</v>").replace(
            "<f>X</f><v/>", "<f>X</f><v>302</v>"
        ),
    )


def _line_breaks_and_controls(at: Path) -> Path:
    rows = [
        HEAD,
        (1, "丁一\n禾", "三（2）班\n", "13900000001\n"),
        (2, "\u200b卞小舟\xa0", " 三（2）班", "139 0000 0002"),
        PEOPLE[2],
    ]
    return one_sheet(at, rows)


def _other_order_and_more_columns(at: Path) -> Path:
    rows: list[tuple[Any, ...]] = [("学籍号", "性别", "现住址", "班别", "学生姓名", "家长手机", "学号")]
    rows += [(f"G33010620180101{s}00X", "女", "柳溪路 8 号", c, n, p, s) for s, n, c, p in PEOPLE]
    return one_sheet(at, rows)


def _list_starts_far_in(at: Path) -> Path:
    rows: list[tuple[Any, ...]] = [()] * 11 + [(None, None, *row) for row in (HEAD, *PEOPLE)]
    return one_sheet(at, rows)


def _hyphenated_phone(at: Path) -> Path:
    rows = [HEAD, *((s, n, c, f"{p[:3]}-{p[3:7]}-{p[7:]}") for s, n, c, p in PEOPLE)]
    return one_sheet(at, rows)


def _all_red(at: Path) -> Path:
    return one_sheet(at, [HEAD, *PEOPLE], font("A2:D4", color="FFFF0000"))


def _wrong_dimension(at: Path) -> Path:
    one_sheet(at, [HEAD, *PEOPLE])
    return rewritten(
        at,
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace('<dimension ref="A1:D4"', '<dimension ref="A1"'),
    )


def _no_cell_addresses(at: Path) -> Path:
    """Some exports leave out r= on rows and cells."""
    one_sheet(at, [HEAD, *PEOPLE])
    return rewritten(
        at, "xl/worksheets/sheet1.xml", lambda text: re.sub(r'(<(?:row|c)) r="[A-Z0-9]+"', r"\1", text)
    )


def _styles_that_openpyxl_refuses(at: Path) -> Path:
    one_sheet(at, [HEAD, *PEOPLE])
    return rewritten(
        at, "xl/styles.xml", lambda text: text.replace('patternType="gray125"', 'patternType="nonsense"')
    )


def _shared_texts_with_readings(at: Path) -> Path:
    def read_out(text: str) -> str:
        return text.replace(
            "<t>丁一禾</t>",
            '<r><t>丁</t></r><r><t xml:space="preserve">一禾</t></r><rPh sb="0" eb="1"><t>dīng</t></rPh>',
        )

    return with_shared_texts(_plain(at), read_out)


def _prefixed_xml(at: Path) -> Path:
    """Some libraries write every element with a prefix."""
    one_sheet(at, [HEAD, *PEOPLE])
    return rewritten(
        at,
        "xl/worksheets/sheet1.xml",
        lambda text: re.sub(r"<(/?)(\w)", r"<\1x:\2", text).replace("xmlns=", "xmlns:x="),
    )


def _family_over_whole_headings(at: Path) -> Path:
    rows = [
        ("基本情况", None, None, "家庭情况", None),
        ("座号", "姓名", "班级", "家长姓名", "联系方式"),
        *((seat, name, class_, "王某某", phone) for seat, name, class_, phone in PEOPLE),
    ]
    return one_sheet(at, rows, merge("A1:C1", "D1:E1"))


def _subtotals_and_a_day_among_the_names(at: Path) -> Path:
    rows = [
        HEAD, *PEOPLE[:2], ("三（2）班上半小计", "2人"), PEOPLE[2], ("三（2）班小计", "3人"),
        (None, "2026年9月1日"), (None, date(2026, 9, 1)), (None, "二〇二六年九月一日"), (None, "第1页 共1页"),
    ]  # fmt: skip
    return one_sheet(at, rows)


def _english_number_and_dots(at: Path) -> Path:
    return one_sheet(at, [("No.", "姓 名", "班", "联系电话."), *PEOPLE])


def _entry_year_and_number(at: Path) -> Path:
    rows: list[tuple[Any, ...]] = [("入学年份", *HEAD)]
    rows += [("2024年", seat, name, "(2)", phone) for seat, name, _, phone in PEOPLE]
    return one_sheet(at, rows)


def _grade_in_the_title(at: Path) -> Path:
    rows = [("枫林小学2026学年三年级学生名册",), HEAD, *((s, n, "2班", p) for s, n, _, p in PEOPLE)]
    return one_sheet(at, rows)


def _grade_and_class_said_in_a_line(at: Path) -> Path:
    rows = [("年级：三年级　班级：2班　班主任：鲁知夏",), *((s, n, p) for s, n, _, p in (HEAD, *PEOPLE))]
    return one_sheet(at, rows)


def _class_in_brackets_as_the_sheets_name(at: Path) -> Path:
    return one_sheet(at, [(s, n, p) for s, n, _, p in (HEAD, *PEOPLE)], name="三(2)")


def _strict_package(at: Path) -> Path:
    """Excel's “Strict Open XML” has names of its own for everything: ISO/IEC 29500-1."""
    transitional, strict = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"

    def change(text: str) -> str:
        text = text.replace(transitional + "spreadsheetml/2006/main", strict + "spreadsheetml/main")
        kind = "officeDocument/2006/relationships"
        return text.replace(transitional + kind, strict + "officeDocument/relationships")

    return rewritten(_plain(at), r".*\.(xml|rels)", change)


def _class_in_file_name(at: Path) -> Path:
    return one_sheet(
        at.with_name("三（2）班名单.xlsx"), [(s, n, p) for s, n, _, p in (HEAD, *PEOPLE)], name="Sheet1"
    )


def _grade_in_file_name(at: Path) -> Path:
    return one_sheet(at.with_name("三年级.xlsx"), [(s, n, p) for s, n, _, p in (HEAD, *PEOPLE)], name="2班")


@pytest.mark.parametrize(
    "make",
    [
        _plain, _title_above, _two_header_rows_merged, _two_header_rows_loose,
        _names_merged_down_over_two_rows_of_headings, _class_merged_down, _class_written_once, _blocks_sharing_the_class,
        _footers, _lined_up_blank_rows, _one_sheet_a_class, _heading_repeated_for_print, _classes_below_each_other,
        _section_titles_in_the_list, _numbers_as_floats, _full_width, _headings_with_notes, _grade_and_class, _formulas,
        _line_breaks_and_controls, _other_order_and_more_columns, _list_starts_far_in, _hyphenated_phone, _all_red,
        _wrong_dimension, _no_cell_addresses, _styles_that_openpyxl_refuses, _class_in_file_name, _grade_in_file_name,
        _blocks, _blocks_touching, _shared_texts_with_readings, _prefixed_xml,
        _family_over_whole_headings, _subtotals_and_a_day_among_the_names, _english_number_and_dots,
        _entry_year_and_number, _grade_in_the_title, _grade_and_class_said_in_a_line, _strict_package,
        _class_in_brackets_as_the_sheets_name,
    ],
)  # fmt: skip
def test_every_pupil_is_read(make: Make, tmp_path: Path) -> None:
    roster = read(make(tmp_path / "roster.xlsx"))
    assert not roster.errors, [str(one) for one in roster.errors]
    assert sorted(people(roster)) == THREE
    assert all(one.values["phone"].startswith("1390000000") for one in roster.recipients)
    assert {(one.class_.grade, one.class_.number) for one in roster.recipients if one.class_} == {(3, 2)}
    assert sorted(one.seat or 0 for one in roster.recipients) == [1, 2, 3]
    assert left(roster) == []


@pytest.mark.parametrize(
    "title",
    ["一至三年级学生名册", "三、四年级学生名册", "二年级和三年级学生名册", "三年级至五年级学生名册"],
)
def test_a_title_of_several_grades_names_none(title: str, tmp_path: Path) -> None:
    rows = [(title,), HEAD, *((s, n, "2班", p) for s, n, _, p in PEOPLE)]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows))
    assert said(roster.problems) == [("名单!C3", "class.no_grade"), ("名单!C4", "class.no_grade"), ("名单!C5", "class.no_grade")]  # fmt: skip


def test_a_pupils_numbers_are_not_looked_for_among_the_parents(tmp_path: Path) -> None:
    rows = [
        (None, None, "家庭情况", None, None),
        ("姓名", "班级", "家长姓名", "身份证号", "现住址"),
        ("丁一禾", "三2", "王某某", "33010619800101001X", "柳溪路 8 号"),
    ]
    path = one_sheet(tmp_path / "a.xlsx", rows, merge("C1:E1"))
    assert people(read(path, "name guardian address"), "guardian", "address") == [("王某某", "柳溪路 8 号")]
    assert said(read(path, "name id_number").problems) == [("名单!A2", "column.missing")]


def test_guardians_stand_under_their_own_heading(tmp_path: Path) -> None:
    roster = read(_two_header_rows_merged(tmp_path / "a.xlsx"), "name guardian phone")
    assert people(roster, "name", "guardian") == [
        ("丁一禾", "家长甲"),
        ("卞小舟", "家长乙"),
        ("甘雨桐", "家长丙"),
    ]
    [sheet] = roster.understood.sheets
    assert sheet.blocks[0].header_rows == (1, 2)
    assert [(one.column, one.heading) for one in sheet.blocks[0].columns if one.field == "guardian"] == [
        ("D", "家长信息|姓名")
    ]


@pytest.mark.parametrize(
    ("head", "cells", "name"),
    [(("姓名", "班级"), ("三年级",), "名单"), (("姓名", "年级"), ("三",), "名单"), (("姓名", "年级", "班级"), ("3", None), "名单"),
     (("姓名", "性别"), ("女",), "三年级")],
)  # fmt: skip
def test_a_grades_only_class_bears_the_grades_name(
    head: tuple[str, ...], cells: tuple[str | None, ...], name: str, tmp_path: Path
) -> None:
    rows = [head, ("丁一禾", *cells), ("卞小舟", *cells)]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows, name=name), "name class")
    assert not roster.problems and people(roster, "class") == [("三年级",), ("三年级",)]


@pytest.mark.parametrize("between", [0, 1])
def test_classes_stand_over_their_blocks_though_nothing_is_merged(between: int, tmp_path: Path) -> None:
    rows: list[tuple[Any, ...]] = [
        ("枫林小学一年级新生分班名单",),
        ("一（1）班", None, "一（2）班", None),
        *[()] * between,
        ("姓名", "性别") * 2,
        ("丁一禾", "女", "卞小舟", "男"),
        ("甘雨桐", "女"),
        ("女生 2 人", None, "男生 1 人", None),
    ]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows), "name class")
    assert not roster.problems
    assert people(roster, "name", "class") == [
        ("丁一禾", "一（1）班"),
        ("甘雨桐", "一（1）班"),
        ("卞小舟", "一（2）班"),
    ]


def test_a_running_number_goes_before_a_long_student_number(tmp_path: Path) -> None:
    rows: list[tuple[Any, ...]] = [
        ("学号", "序号", "姓名", "班级"),
        *((f"202403{n}", n, name, c) for n, name, c, _ in PEOPLE),
    ]
    assert people(read(one_sheet(tmp_path / "a.xlsx", rows), "name class seat")) == THREE
    rows = [("学号", "姓名", "班级"), ("20240301", "丁一禾", "三2")]
    assert people(read(one_sheet(tmp_path / "a.xlsx", rows), "name class seat"), "seat") == [("",)]


def test_each_block_may_be_a_class(tmp_path: Path) -> None:
    rows = [
        ("三（1）班", None, "三（10）班", None, "三（2）班", None),
        ("座号", "姓名") * 3,
        (1, "丁一禾", 1, "卞小舟", 1, "甘雨桐"),
    ]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows, merge("A1:B1", "C1:D1", "E1:F1")), "name class seat")
    assert not roster.problems
    assert [one[1:] for one in people(roster)] == [
        ("丁一禾", "三（1）班"),
        ("卞小舟", "三（10）班"),
        ("甘雨桐", "三（2）班"),
    ]
    classes = sorted(one.class_ for one in roster.recipients if one.class_)
    assert [str(one) for one in classes] == ["三（1）班", "三（2）班", "三（10）班"]


def test_who_has_left_is_listed_with_the_cell_that_says_so(tmp_path: Path) -> None:
    names = [
        "丁一禾",
        "卞小舟",
        "甘雨桐",
        "冉云起",
        "应如是",
        "叶知秋",
        "白露生",
        "古月明",
        "田间行",
        "史可为",
        "向晚晴",
        "辛夷花",
    ]
    notes = [
        None,
        "2026.3转出",
        "休学一年",
        "转入，从外校转学来",
        "曾休学，已复学",
        None,
        None,
        None,
        None,
        "未转出",
        None,
        None,
    ]
    rows: list[tuple[Any, ...]] = [("座号", "姓名", "班级", "备注")]
    rows += [(n, name, "三2", note) for n, (name, note) in enumerate(zip(names, notes, strict=True), 1)]
    rows[8] = (8, "古月明（退学）", "三2", None)
    path = one_sheet(
        tmp_path / "a.xlsx",
        rows,
        font("B7", strike=True),
        font("A8:D8", strike=True),
        font("B10", color="FFC00000"),
        font("B12", color="FF0070C0"),
        hide_rows(13),
        write("F6", "借出"),
    )
    roster = read(path, "name class seat")
    assert left(roster) == [
        ("名单!D3", "status"),
        ("名单!D4", "status"),
        ("名单!F6", "status"),
        ("名单!B7", "struck"),
        ("名单!B8", "struck"),
        ("名单!B9", "status"),
        ("名单!B10", "red"),
        ("名单!B13", "hidden_row"),
    ]
    assert [one[1] for one in people(roster)] == ["丁一禾", "冉云起", "史可为", "向晚晴"]
    assert {one.reason for one in roster.left_out if one.code == "status"} == {
        "备注里写着“转出”", "备注里写着“休学”", "备注里写着“借出”", "姓名后面注明“退学”"
    }  # fmt: skip
    assert "备注" not in "".join(one.values.keys().__repr__() for one in roster.recipients)


@pytest.mark.parametrize(
    "store", [lambda path, change: rewritten(path, "xl/worksheets/sheet1.xml", change), with_shared_texts]
)
def test_a_name_struck_by_its_letters_counts_as_struck(
    store: Callable[[Path, Callable[[str], str]], Path], tmp_path: Path
) -> None:
    def strike(text: str) -> str:
        return text.replace("<t>卞小舟</t>", '<r><rPr><strike/><sz val="11"/></rPr><t>卞小舟</t></r>')

    roster = read(store(_plain(tmp_path / "a.xlsx"), strike))
    assert left(roster) == [("名单!B3", "struck")]
    assert [one[1] for one in people(roster)] == ["丁一禾", "甘雨桐"]


def test_hidden_sheets_are_left_out_and_listed(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {"三2": [HEAD, *PEOPLE], "去年": [HEAD, (1, "范小舟", "二（2）班", "13900000009")]},
    )
    path = rewritten(
        path,
        "xl/workbook.xml",
        lambda text: text.replace(
            'name="去年" sheetId="2" state="visible"', 'name="去年" sheetId="2" state="veryHidden"'
        ),
    )
    roster = read(path)
    assert left(roster) == [("去年", "hidden_sheet")]
    assert len(roster.recipients) == 3


def test_entry_years_follow_the_term(tmp_path: Path) -> None:
    rows = [
        ("姓名", "班级"),
        ("丁一禾", "2024级1班"),
        ("卞小舟", "24级(10)班"),
        ("甘雨桐", "小2021级2班"),
        ("冉云起", "2026级01班"),
    ]
    path = one_sheet(tmp_path / "a.xlsx", rows)
    roster = read(path, "name class")
    assert [one[1] for one in people(roster, "name", "class")] == [
        "三（1）班",
        "三（10）班",
        "六（2）班",
        "一（1）班",
    ]
    spring = read(path, "name class", term_start=date(2027, 2, 22))
    assert people(spring, "class") == people(roster, "class")
    junior = one_sheet(
        tmp_path / "b.xlsx", [("姓名", "班级"), ("丁一禾", "2024级1班"), ("卞小舟", "初2025级3班")]
    )
    assert people(read(junior, "name class", entry_grade=7), "class") == [("九（1）班",), ("八（3）班",)]
    assert people(read(junior, "name class", entry_grade=6), "class") == [("八（1）班",), ("七（3）班",)]


def test_two_pupils_of_one_name_are_both_kept_and_said(tmp_path: Path) -> None:
    rows = [
        HEAD,
        *PEOPLE,
        (4, "丁一禾", "三（2）班", "13900000004"),
        (5, "丁一禾", "三（1）班", "13900000005"),
    ]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows))
    assert said(roster.problems) == [("名单!B5", "double.name")]
    assert "名单!B2" in roster.problems[0].message
    assert len(roster.recipients) == 5 and not roster.errors


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("李　明", "李明"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽‧买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("Mary  Ann Smith", "Mary Ann Smith"),
        ("山田さくら", "山田さくら"),
        ("김민수", "김민수"),
        ("Иван Петров", "Иван Петров"),
        ("佐々木花", "佐々木花"),
        ("O’Neil-Kaya", "O'Neil-Kaya"),
        ("𠮷永", "𠮷永"),
        ("李明（大）", "李明（大）"),
        ("欧阳〇一", "欧阳〇一"),
    ],
)  # fmt: skip
def test_names_as_they_are_printed(written: str, printed: str, tmp_path: Path) -> None:
    roster = read(one_sheet(tmp_path / "a.xlsx", [("姓名", "班级"), (written, "三2")]), "name class")
    assert not roster.problems and people(roster, "name") == [(printed,)]


def test_dates_as_text_or_serials_are_one(tmp_path: Path) -> None:
    days = ["2018-9-1", "2018/09/01", "2018.9.1", "20180901", "2018年9月1日", 43344, 43344.0]
    rows = [("姓名", "出生日期")] + [(f"丁一{n}", day) for n, day in zip("甲乙丙丁戊己庚", days, strict=True)]
    path = one_sheet(tmp_path / "a.xlsx", rows, number_format("B8", "yyyy/m/d"))
    roster = read(path, "name birthday")
    assert not roster.problems
    assert set(people(roster, "birthday")) == {("2018年9月1日",)}


def test_a_month_will_do_for_a_birthday(tmp_path: Path) -> None:
    months = ["2017.05", "2017年5月", "2017-5", "201705", 201705, 2017.05]
    rows = [("姓名", "出生年月")] + [
        (f"丁一{n}", month) for n, month in zip("甲乙丙丁戊己", months, strict=True)
    ]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows), "name birthday")
    assert not roster.problems and set(people(roster, "birthday")) == {("2017年5月",)}


def test_staff_have_post_subject_and_class(tmp_path: Path) -> None:
    rows = [
        ("枫林小学2026学年教职工名册",),
        ("序号", "姓名", "工号", "职务", "任教学科", "任教班级", "分管领导", "备注"),
        (1, "鲁知夏", "0012", "班主任", "语文", "三（2）班", "范成林", None),
        (2, "范成林", "0003", "副校长", "数学", "五（1）班", "商 羽", None),
        (3, "商羽", "0001", "校长", None, None, None, None),
        (4, "余音", "0040", "教师", "音乐", "一至三年级", "范成林", "2026年8月退休"),
    ]
    path = one_sheet(tmp_path / "a.xlsx", rows, name="三年级组")
    roster = read(path, "name post subject teaches superior staff_id", staff=True)
    assert not roster.problems
    assert people(roster, "name", "post", "subject", "teaches", "superior", "staff_id") == [
        ("鲁知夏", "班主任", "语文", "三（2）班", "范成林", "0012"),
        ("范成林", "副校长", "数学", "五（1）班", "商羽", "0003"),
        ("商羽", "校长", "", "", "", "0001"),
    ]
    assert left(roster) == [("三年级组!H6", "status")]
    assert all(one.class_ is None for one in roster.recipients)


def test_headings_of_ones_own_are_named_with_map(tmp_path: Path) -> None:
    rows = [("花名", "所在集体", "紧急联系方式"), ("丁一禾", "三（2）班", "13900000001")]
    path = one_sheet(tmp_path / "a.xlsx", rows)
    mapping = {"姓名": "花名", "class": "所在集体", "联系电话": "紧急联系方式"}
    roster = read(path, "name class phone", mapping=mapping)
    assert not roster.problems
    assert people(roster, "name", "class", "phone") == [("丁一禾", "三（2）班", "13900000001")]


def test_a_named_heading_goes_before_the_usual_one(tmp_path: Path) -> None:
    rows = [("姓名", "联系电话", "母亲手机"), ("丁一禾", "13900000001", "13900000002")]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows), "name phone", mapping={"联系电话": "母亲手机"})
    assert people(roster, "phone") == [("13900000002",)]


def test_only_wanted_columns_enter_a_recipient(tmp_path: Path) -> None:
    rows = [("姓名", "身份证号", "住址", "班级"), ("丁一禾", "33010620180101001X", "柳溪路 8 号", "三2")]
    [one] = read(one_sheet(tmp_path / "a.xlsx", rows), "name class").recipients
    assert dict(one.values) == {"name": "丁一禾", "class": "三（2）班"}
    assert "丁" not in repr(one) and "名单!A2" in repr(one)


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    def as_text(sheet: Any) -> None:
        sheet["B2"].data_type = "s"

    rows = [("姓名", "住址"), ("丁一禾", "=1+1"), ("卞小舟", "+86 号院"), ("甘雨桐", "@家里")]
    roster = read(one_sheet(tmp_path / "a.xlsx", rows, as_text), "name address")
    assert people(roster, "address") == [("=1+1",), ("+86 号院",), ("@家里",)]


def test_how_each_sheet_was_read(tmp_path: Path) -> None:
    roster: Roster = read(_footers(tmp_path / "a.xlsx"))
    [sheet] = roster.understood.sheets
    [block] = sheet.blocks
    assert (block.taken, block.left_out, block.faulty, block.footers) == (3, 0, 0, 5)
    assert [(one.column, one.title) for one in block.columns] == [
        ("A", "座号"), ("B", "姓名"), ("C", "班级"), ("D", "联系电话")
    ]  # fmt: skip
    assert block.class_from == "班级一列"
