"""What people type into Excel, and what Excel makes of it, is read as it was meant."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from tests.profile.excel_forms import BASE, HEAD, fine, group, made, on, table

STARTS = date(2026, 9, 1)
SERIAL = (STARTS - date(1899, 12, 30)).days


def value(profile: Any, path: str) -> Any:
    for name in path.split("."):
        profile = getattr(profile, name)
    return profile


@pytest.mark.parametrize(
    ("block", "label", "cell", "code", "path", "meant"),
    [
        ("作息", "到校时间", "7:50", "@", "day.arrival", "7:50"),
        ("作息", "到校时间", time(7, 50), "h:mm", "day.arrival", "7:50"),
        ("作息", "到校时间", time(7, 50), "h:mm:ss", "day.arrival", "7:50"),
        ("作息", "到校时间", 470 / 1440, "General", "day.arrival", "7:50"),
        ("作息", "到校时间", "７：５０", "@", "day.arrival", "7:50"),
        ("学期", "开学日期", "2026-09-01", "@", "term.starts", STARTS),
        ("学期", "开学日期", " 2026年9月1日　", "@", "term.starts", STARTS),
        ("学期", "开学日期", STARTS, "yyyy-mm-dd", "term.starts", STARTS),
        ("学期", "开学日期", datetime(2026, 9, 1, 8, 30), "yyyy/m/d h:mm", "term.starts", STARTS),
        ("学期", "开学日期", SERIAL, "General", "term.starts", STARTS),
        ("调查", "满意率", 0.965, "0.0%", "survey.satisfied_percent", 96.5),
        ("调查", "满意率", "96.5%", "@", "survey.satisfied_percent", 96.5),
        ("调查", "满意率", 96.5, "General", "survey.satisfied_percent", 96.5),
        ("调查", "调查时间", date(2026, 6, 1), 'yyyy"年"m"月"', "survey.when", "2026年6月"),
        ("调查", "调查时间", date(2026, 6, 1), 'm"月"d"日"', "survey.when", "6月1日"),
        ("调查", "调查时间", date(2026, 6, 1), "[$-804]yyyy年m月d日;@", "survey.when", "2026年6月1日"),
        ("调查", "调查时间", date(2026, 6, 1), "aaaa", "survey.when", "2026年6月1日"),
        ("家校", "沟通渠道", time(15, 30), "h:mm", "home.channel", "15:30"),
        ("学校", "专任教师数", 62, "General", "school.teachers", 62),
        ("学校", "专任教师数", 62.0, "0.00", "school.teachers", 62),
        ("学校", "专任教师数", "62 ", "@", "school.teachers", 62),
        ("学校", "学校电话", "0571-00000000", "@", "school.phone", "0571-00000000"),
        ("学校", "学校电话", 13900000000, "General", "school.phone", "13900000000"),
        ("学校", "学校电话", 4000000000, "General", "school.phone", "4000000000"),
        ("学校", "年级", "1-6", "@", "school.grades", (1, 2, 3, 4, 5, 6)),
        ("学校", "年级", "一至六年级", "@", "school.grades", (1, 2, 3, 4, 5, 6)),
        ("课堂", "课内练习分钟数", "8-10", "@", "lessons.practice_minutes", (8, 10)),
        ("课后服务", "自愿参加", True, "General", "after_school.voluntary", True),
        ("课后服务", "自愿参加", "否", "@", "after_school.voluntary", False),
        ("课后服务", "社团", "合唱、足球", "@", "after_school.clubs", ("合唱", "足球")),
        ("课后服务", "社团", "合唱\n\n 足球 \n", "@", "after_school.clubs", ("合唱", "足球")),
        ("课后服务", "社团", "• 合唱、朗诵", "@", "after_school.clubs", ("合唱、朗诵",)),
        ("作业", "超量怎么办", "第一层\r\n第二层", "@", "homework.over_limit", "第一层\n第二层"),
        ("作业", "无作业日", "1.10", "@", "homework.no_homework_day", "1.10"),
        ("作业", "无作业日", "010", "@", "homework.no_homework_day", "010"),
        ("作业", "超量怎么办", "+1项、-2项 @家长", "@", "homework.over_limit", "+1项、-2项 @家长"),
        ("教辅材料", "教辅审核人", "_x0041_组", "@", "materials.reviewer", "_x0041_组"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_was_meant(
    tmp_path: Path, block: str, label: str, cell: Any, code: str, path: str, meant: Any
) -> None:
    sheet, row = "甲", 3
    sheets = {sheet: group(block, (label, None))}
    heads = [at for at, cells in enumerate(BASE) if cells[0] == f"■ {block}"]
    if heads:  # it stands in the base already
        sheet, row = "基本", heads[0] + 3
        sheets = {sheet: (*BASE[: row - 1], (label, None), *BASE[row - 1 :])}

    def put(where: Any) -> None:
        one = where.cell(row, 2)
        one.value = cell.replace("_x", "_x005F_x") if isinstance(cell, str) else cell
        one.number_format = code

    made(tmp_path / "表.xlsx", sheets, on(sheet, put))
    assert value(fine(tmp_path / "表.xlsx").profile, path) == meant


def test_labels_and_headings_are_known_in_other_places_orders_and_clothes(tmp_path: Path) -> None:
    sheets = {
        "随便叫什么": (
            ("听松路小学　信息表",),
            (),
            (None, "■　作业"),
            (None, HEAD[0], "备注", HEAD[1]),
            (None, "作业统筹人 ★", "旁注不读", " 班主任 "),
            (),
            (None, "■ 月　历"),
            ("说明写在这里。", None, "做什么。"),
            ("序号", "负责部门", "工 作 内 容", "月份"),
            (1, "教导处", "家长会", "9月"),
            (),
            (2, None, "运动会", 10),
        )
    }  # fmt: skip
    profile = fine(made(tmp_path / "表.xlsx", sheets)).profile
    assert profile.homework.coordinator == "班主任"
    assert [(one.month, one.what, one.who) for one in profile.schedule] == [
        (9, "家长会", "教导处"),
        (10, "运动会", ""),
    ]


def test_a_merged_month_holds_for_all_its_rows(tmp_path: Path) -> None:
    rows = table("月历", ("月份", "工作内容"), (9, "家长会"), (None, "选社团"), (None, None), (10, "运动会"))
    path = made(tmp_path / "表.xlsx", {"月历": rows}, on("月历", lambda sheet: sheet.merge_cells("A3:A5")))
    assert [(one.month, one.what) for one in fine(path).profile.schedule] == [
        (9, "家长会"),
        (9, "选社团"),
        (10, "运动会"),
    ]


def test_lists_inside_the_entries_of_a_list_name_their_entry(tmp_path: Path) -> None:
    sheets = {
        "教研组": (
            *table("教研组", ("名称", "学科"), ("语文组", "语文"), ("数学组", "数学"), (None, "英语")),
            *table(
                "教研组·主要工作",
                ("教研组", "做什么"),
                ("数学组", "样例"),
                ("语文组", "读写"),
                ("第3条", "听说"),
            ),
            *table(
                "教研组·月历", ("教研组", "月份", "工作内容"), ("数学组", 9, "定计划"), (None, None, None)
            ),
        )
    }
    groups = fine(made(tmp_path / "表.xlsx", sheets)).profile.subject_groups
    assert [[task.what for task in one.tasks] for one in groups] == [["读写"], ["样例"], ["听说"]]
    assert [(one.month, one.what) for one in groups[1].schedule] == [(9, "定计划")]


def test_what_is_saved_with_a_formula_counts(tmp_path: Path) -> None:
    from tests.profile.excel_forms import repacked

    path = made(tmp_path / "表.xlsx", {"甲": group("学校·各年级规模")[:1]})
    rows = b'<row r="2"><c r="A2" t="str"><f>"a"</f><v>\xe5\xb9\xb4\xe7\xba\xa7</v></c><c r="B2" t="inlineStr"><is><t>\xe5\xad\xa6\xe7\x94\x9f\xe6\x95\xb0</t></is></c></row>'
    rows += b'<row r="3"><c r="A3"><f>1+0</f><v>1</v></c><c r="B3"><f>SUM([1]x!A1:A3)</f><v>168</v></c></row>'
    data = repacked(
        path.read_bytes(),
        {"xl/worksheets/sheet2.xml": lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>")},
    )
    path.write_bytes(data)
    (size,) = fine(path).profile.school.sizes
    assert (size.grade, size.pupils) == (1, 168)


def test_layers_may_be_workbooks_and_yaml_in_any_order(tmp_path: Path) -> None:
    upper = {
        "上级": (
            *group("监督", ("监督电话", "0571-00000000"), ("意见箱", "校门口")),
            *table(
                "重点举措", ("编号", "做什么", "谁来做"), ("a1", "统筹", "年级组长"), ("a2", "巡查", "值周")
            ),
            *table("附件", ("附件名称",), ("办法",)),
        )
    }
    made(tmp_path / "区里.xlsx", upper, base=False)
    own = {
        "本校": (
            *group("信息表", ("上级信息表", "区里.xlsx")),
            *group("监督", ("监督电话", None), ("意见箱", "（空）")),
            *table("重点举措", ("编号", "做什么", "谁来做"), ("a1", None, "班主任")),
            *table("附件", ("附件名称",), ("（空）",)),
        )
    }
    school = made(tmp_path / "学校.xlsx", own)
    (tmp_path / "学期.yaml").write_text("extends: 学校.xlsx\nsupervision: {answer_days: 3}\n", "utf-8")
    for path in (school, tmp_path / "学期.yaml"):
        reading = fine(path)
        profile = reading.profile
        assert (profile.supervision.hotline, profile.supervision.box) == ("0571-00000000", "")
        assert [(one.id, one.what, one.who) for one in profile.acts] == [
            ("a1", "统筹", "班主任"),
            ("a2", "巡查", "值周"),
        ]
        assert profile.attachments == ()
        place = reading.place("supervision.hotline")
        assert place is not None and (Path(place.file).name, place.cell) == ("区里.xlsx", "上级!B3")
    assert reading.layer("supervision.answer_days") == "term"
    assert reading.layer("acts[0].who") == "school" and reading.layer("acts[1].who") == "bureau"
