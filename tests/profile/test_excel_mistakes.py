"""What is wrong in a workbook is told with sheet and cell, all at once; nothing is guessed or silently left out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

import planforge.profile.workbook
from planforge.profile import read_profile
from tests.profile.excel_forms import BASE, Change, Rows, group, made, on, read, repacked, table, told
from tests.support.exploring import examples

BANDS = table(
    "作业·作业限额",
    ("年级", "限额", "怎样限", "每天分钟数"),
    ("1-6", "按规定"),
    ("3-4", "更严", "不超过", 50),
)


def set_date(cell: str, code: str = "m月d日") -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[cell].value, sheet[cell].number_format = date(2026, 1, 6), code

    return on("甲", change)


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].hidden = True


def hide_sheet(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"


def strike(sheet: Worksheet) -> None:
    sheet["A3"].font = Font(strike=True)


MISTAKES: dict[str, tuple[Rows, tuple[Change, ...], list[tuple[str, str]], str]] = {
    "a date where grades should be": (table("体育·体育课", ("年级", "每周节数"), (None, 4)), (set_date("A3"),),
        [("cell.turned_date", "甲!A3")], "再写 1-6"),
    "the zero of an area code lost": (group("监督", ("监督电话", 57100000000)), (), [("phone.zero", "甲!B3")], "057100000000"),
    "digits lost": (group("监督", ("监督电话", 123456789012345678)), (), [("digits.lost", "甲!B3")], "后面的几位已经丢了"),
    "a share that says no percent": (group("调查", ("满意率", 0.965)), (), [("percent.fraction", "甲!B3")], "百分"),
    "a formula without its result": (group("监督", ("意见箱", "=A1")), (), [("cell.no_value", "甲!B3")], "保存一次"),
    "a formula that failed": (group("监督", ("意见箱", "#REF!")), (), [("cell.error", "甲!B3")], "错误值"),
    "a label misspelt": (group("监督", ("监督店话", "0571-00000000")), (), [("key.unknown", "甲!A3")], "改成“监督电话”"),
    "a label of another block": (group("监督", ("课程表", "有")), (), [("key.unknown", "甲!A3")], "监督电话"),
    "a label of another group": (group("手机", ("意见箱", "有")), (), [("key.unknown", "甲!A3")], "应当写在“监督”里"),
    "a heading misspelt": (table("月历", ("月份", "工作内空"), (9, "家长会")), (),
        [("key.unknown", "甲!B2")], "改成“工作内容”"),
    "a heading of nothing known": (table("月历", ("月份", "工作内容", "经费"), (9, "家长会", 300)), (),
        [("key.unknown", "甲!C2")], "这一列没有读"),
    "a heading twice": (table("月历", ("月份", "工作内容", "月份"), (9, "家长会", 10)), (), [("key.duplicate", "甲!C2")], "有两列"),
    "a label twice": (group("监督", ("意见箱", "东门"), ("意见箱", "西门")), (), [("key.duplicate", "甲!A4")], "第一次在 甲!A3"),
    "a block misspelt": (table("月力", ("月份", "工作内容"), (9, "家长会")), (), [("sheet.block_unknown", "甲!A1")], "改成“■ 月历”"),
    "a block twice": ((*group("手机", ("手机保管处", "甲柜")), *group("手机", ("手机保管处", "乙柜"))), (),
        [("sheet.block_twice", "甲!A4")], "第一处在 甲!A1"),
    "a list without headings": (table("月历", (9, "家长会"), (10, "运动会")), (), [("sheet.no_headings", "甲!A2")], "标题行"),
    "a value without a label": (group("监督", (None, "东门")), (), [("sheet.no_label", "甲!B3")], "没有项目名"),
    "a column without a heading": (table("月历", ("月份", None, "工作内容"), (9, "随手写", "家长会")), (),
        [("column.no_heading", "甲!B3")], "没有标题"),
    "a sheet of something else": ((("值班表",), ("周一", "沈知行")), (), [("sheet.ignored", "甲")], "没有读"),
    "a hidden sheet": (group("手机", ("手机保管处", "甲柜")), (on("甲", hide_sheet),), [("sheet.hidden", "甲")], "照样用了"),
    "a hidden row": (table("附件", ("附件名称",), ("办法",)), (on("甲", hide_row),), [("row.hidden", "甲!A3")], "照样用了"),
    "a hidden column": (table("附件", ("附件名称",), ("办法",)), (on("甲", hide_column),), [("column.hidden", "甲!A3")], "照样用了"),
    "something struck out": (table("附件", ("附件名称",), ("办法",)), (on("甲", strike),), [("cell.struck", "甲!A3")], "删除线"),
    "options not written as such": (table("要生成的文件", ("文种", "选项"), ("工作计划", "表格")), (), [("options.form", "甲!B3")], "选项：取值"),
    "an entry of nobody": ((*table("教研组", ("名称",), ("语文组",)), *table("教研组·主要工作", ("教研组", "做什么"), ("语文祖", "样例"))), (),
        [("link.unknown", "甲!A6")], "改成“语文组”"),
    "an entry that names nobody": ((*table("教研组", ("名称",), ("语文组",)), *table("教研组·主要工作", ("教研组", "做什么"), (None, "样例"))), (),
        [("link.unknown", "甲!A6")], "没有写"),
    "emptied and filled": (table("附件", ("附件名称",), ("（空）",), ("办法",)), (), [("sheet.erased_and_not", "甲!A3")], "又有别的内容"),
    "too long": (group("家校", ("家长会", "长" * 5001)), (), [("value.long", "甲!B3")], "5000"),
    "no such choice": (group("发文", ("是否上行文", "也许")), (), [("choice.yes_no", "甲!B3")], "是、否"),
    "no such day": (group("假期", ("放假日期", "2027-02-30")), (), [("date.none", "甲!B3")], "没有这一天"),
    "more than one line": (group("手机", ("手机保管处", "一\n二")), (), [("value.lines", "甲!B3")], "只能写一行"),
    "an unprintable sign": (group("手机", ("手机保管处", "甲\u202e柜")), (), [("char.direction", "甲!B3")], "方向"),
    "grades in two bands": (BANDS, (), [("bands.overlap", "甲!A4")], "甲!A3"),
    "advice without keys": (table("作业·作业限额", ("年级", "限额"), (None, "按规定")), (), [("bands.no_grades", "甲!B3")], "补上“年级”"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_cell(tmp_path: Path, name: str) -> None:
    rows, changes, expected, words = MISTAKES[name]
    problems = read(made(tmp_path / "表.xlsx", {"甲": rows}, *changes)).problems
    assert told(problems) == expected
    assert any(words in str(problem) for problem in problems), [str(problem) for problem in problems]
    for problem in problems:
        assert str(problem).startswith(f"{tmp_path / '表.xlsx'} 甲")
        assert not re.search(
            r"(?<![A-Za-z])[a-z_]{3,}", str(problem).removeprefix(str(tmp_path / "表.xlsx"))
        ), str(problem)


def test_every_kind_of_mistake_of_a_workbook_is_shown() -> None:
    package = Path(planforge.profile.workbook.__file__).parent
    source = "\n".join(path.read_text("utf-8") for path in package.glob("*.py"))
    kinds = "sheet|cell|key|column|row|options|link|value|percent|phone|digits"
    codes = set(re.findall(rf'"((?:{kinds})\.[a-z_]+)"', source))
    shown = {code for _, _, expected, _ in MISTAKES.values() for code, _ in expected}
    assert codes - shown == {"sheet.count"}


def test_all_mistakes_come_at_once_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "乙": table("月历", ("月份", "工作内容"), *[(13, f"事{n}") for n in range(9)]),
        "丙": group("监督", ("监督电话", 57100000000), ("答复期限", "五"), ("意见想", "东门")),
    }
    found = told(read(made(tmp_path / "表.xlsx", sheets)).problems)
    assert found == [
        ("phone.zero", "丙!B3"),
        ("number.form", "丙!B4"),
        ("key.unknown", "丙!A5"),
        *[("month.form", f"乙!A{row}") for row in range(3, 12)],
    ]


def test_what_was_misspelt_is_not_called_missing_as_well(tmp_path: Path) -> None:
    rows = [("学校全陈" if row[0] == "学校全称" else row[0], *row[1:]) for row in BASE]
    assert told(read(made(tmp_path / "表.xlsx", {"基本": rows})).problems) == [("key.unknown", "基本!A3")]


def test_a_workbook_of_something_else_is_no_form(tmp_path: Path) -> None:
    path = made(tmp_path / "花名册.xlsx", {"三（2）班": [("座号", "姓名"), (1, "丁一禾")]}, base=False)
    problems = read(path).problems
    assert ("file.shape", "") in told(problems) and "planforge new --excel" in str(problems)


def test_far_too_much_is_refused_in_seconds(tmp_path: Path) -> None:
    cells = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c><c r="B%d"><v>1</v></c></row>' % (n, n, n)
        for n in range(3, 10_100)
    )
    path = made(tmp_path / "表.xlsx", {"甲": table("月历", ("月份", "工作内容"))})
    add = {"xl/worksheets/sheet2.xml": lambda part: part.replace(b"</sheetData>", cells + b"</sheetData>")}
    path.write_bytes(repacked(path.read_bytes(), add))
    assert told(read_profile(path).problems) == [("sheet.count", "")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("宏.xlsx", "file.macros"), ("加密.xlsx", "file.encrypted"), ("旧版.xls", "file.format"), ("文档.xlsx", "file.other"),
        ("压缩包.xlsx", "file.archive"), ("半截.xlsx", "file.damaged"), ("实体.xlsx", "file.entities"), ("炸弹.xlsx", "file.size"),
        ("~$表.xlsx", "file.lock"), ("太大.xlsx", "file.size"), ("二进制.xlsx", "file.format"), ("坏片段.xlsx", "file.damaged"),
    ],
)  # fmt: skip
def test_files_that_may_not_be_opened_are_refused_in_words(tmp_path: Path, name: str, code: str) -> None:
    data = made(tmp_path / "好.xlsx", {}).read_bytes()
    sheet, book = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
    doctype = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    bomb = (
        b"<worksheet><sheetData>"
        + b'<row r="1"><c><v>'
        + b" " * 40_000_000
        + b"</v></c></row></sheetData></worksheet>"
    )
    path = tmp_path / name
    contents = {
        "宏.xlsx": lambda: repacked(data, {"xl/vbaProject.bin": b"\xd0\xcf"}),
        "加密.xlsx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "旧版.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "文档.xlsx": lambda: repacked(data, {"_rels/.rels": lambda part: part.replace(b"xl/workbook.xml", b"word/document.xml"),
                                              "word/document.xml": b"<document/>"}),
        "压缩包.xlsx": lambda: repacked(data, {"_rels/.rels": b"<Relationships/>", "里面.xlsx": b"PK"}),
        "半截.xlsx": lambda: data[: len(data) // 2],
        "实体.xlsx": lambda: repacked(data, {sheet: lambda part: doctype + part}),
        "炸弹.xlsx": lambda: repacked(data, {sheet: bomb}),
        "~$表.xlsx": lambda: data,
        "太大.xlsx": lambda: data + b"\0" * 20_000_001,
        "二进制.xlsx": lambda: repacked(data, {"_rels/.rels": b"<Relationships/>", "xl/workbook.bin": b"x"}),
        "坏片段.xlsx": lambda: repacked(data, {book: b"<workbook><sheets>"}),
    }  # fmt: skip
    path.write_bytes(contents[name]())
    (problem,) = read_profile(path).problems
    assert (problem.code, problem.severity) == (code, "error")
    assert problem.fix and "/etc/passwd" not in str(problem)
    upper = tmp_path / "校.yaml"
    upper.write_text(f"extends: ./{name}\n", encoding="utf-8")
    (problem,) = [one for one in read_profile(upper).problems if one.severity == "error"]
    assert problem.code == code and str(problem).startswith(f"{upper}:1:10") and name in problem.found


@examples(60, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_whatever_is_damaged_reading_ends_with_an_answer(tmp_path: Path, chance: Random) -> None:
    path = tmp_path / "坏.xlsx"
    good = tmp_path / "好.xlsx"
    if not good.exists():
        made(good, {"甲": table("月历", ("月份", "工作内容"), (9, "家长会"), ("10", "运动会"))})
    data = good.read_bytes()

    def damaged(part: bytes) -> bytes:
        content = bytearray(part)
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(content))
            content[at : at + chance.randint(0, 9)] = bytes(
                chance.choices(b'<>"/=0123 rstvA', k=chance.randint(0, 4))
            )
        return bytes(content)

    names = (
        "xl/workbook.xml",
        "xl/worksheets/sheet2.xml",
        "xl/styles.xml",
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
    )
    path.write_bytes(
        repacked(data, {chance.choice(names): damaged}) if chance.random() < 0.7 else damaged(data)
    )
    for problem in read_profile(path).problems:
        assert problem.message and problem.code and problem.place is not None


def test_links_to_other_files_are_never_followed(tmp_path: Path) -> None:
    path = made(tmp_path / "表.xlsx", {})
    link = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="x/externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/>'
        b'<Relationship Id="rId2" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>'
    )
    path.write_bytes(repacked(path.read_bytes(), {"xl/externalLinks/_rels/externalLink1.xml.rels": link}))
    assert read_profile(path).ok
    data = path.read_bytes()
    out = repacked(
        data,
        {
            "xl/_rels/workbook.xml.rels": lambda part: part.replace(
                b"/xl/worksheets/sheet1.xml", b"/../../etc/passwd"
            )
        },
    )
    path.write_bytes(out)
    assert [one.code for one in read_profile(path).problems] == ["file.shape"]


def test_text_that_is_called_a_workbook_is_still_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "其实是文本.xlsx"
    path.write_text(
        "school: {name: 甲校, stage: 小学}\nterm: {year: 2026-2027, number: 1}\ngroup: {heads: 周明远（校长）}\n",
        "utf-8",
    )
    assert read_profile(path).ok
    assert BASE[0] == ("■ 学校",)
