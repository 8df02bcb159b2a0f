"""`done` on a workbook: the cells of the entry change, every other byte of the package's parts stays."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from planforge.core.problems import InputError
from planforge.profile import read_profile
from planforge.profile.recording import Record, record
from tests.profile.excel_forms import made, on, repacked, table

COLUMNS = ("编号", "月份", "工作内容", "进展", "完成日期", "凭据", "原因", "改到哪天")
ROWS = table(
    "月历",
    COLUMNS,
    ("s1", 9, "家长会"),
    ("s2", "10", "运动会", "完成", "2026-10-09", "名单"),
    ("s3", 11, "听课"),
)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_only_the_entry_changes(tmp_path: Path) -> None:
    path = made(tmp_path / "表.xlsx", {"月历": ROWS})
    book = load_workbook(path)
    book["月历"]["D3"].fill = PatternFill("solid", fgColor="FFFF00")
    book["月历"]["F3"].comment = Comment("放在哪里？", "教导处")
    book.save(path)
    path.write_bytes(repacked(path.read_bytes(), {"customXml/item1.xml": b"<kept/>"}))
    before = path.read_bytes()
    evidence = "=签到表<存>教导处 & “档案”\n第2盒"
    now = record(path, "s1", Record("done", date(2026, 9, 8), evidence))
    assert now.record.done_on == date(2026, 9, 8) and now.record.evidence == evidence
    old, new = parts(before), parts(path.read_bytes())
    assert [name for name in old if old[name] != new[name]] == ["xl/worksheets/sheet2.xml"] and list(
        old
    ) == list(new)
    sheet = load_workbook(path)["月历"]
    assert [sheet.cell(3, column).value for column in range(1, 9)] == [
        "s1", 9, "家长会", "完成", "2026-09-08", evidence, None, None,
    ]  # fmt: skip
    assert sheet["D3"].fill.fgColor.rgb == "00FFFF00" and sheet["F3"].data_type == "s"
    assert sheet["F3"].comment is not None
    record(path, "s1", Record("postponed", reason="下雨", moved_to=date(2026, 9, 15)))
    record(path, "听课", Record("cancelled", reason="停电"))
    one, two, three = read_profile(path).profile.schedule
    assert (one.status, one.done_on, one.evidence, one.moved_to) == ("postponed", None, "", date(2026, 9, 15))
    assert (two.status, three.status, three.reason) == ("done", "cancelled", "停电")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["表.xlsx"]


def test_what_cannot_be_written_safely_is_refused_with_the_way_by_hand(tmp_path: Path) -> None:
    fewer = table("月历", COLUMNS[:4], ("s1", 9, "家长会"))
    merged = on("月历", lambda sheet: sheet.merge_cells("D3:D4"))
    cases = (
        (made(tmp_path / "少.xlsx", {"月历": fewer}), "没有“完成日期”这一列"),
        (
            made(
                tmp_path / "并.xlsx",
                {"月历": table("月历", COLUMNS, ("s0", 9, "开学"), ("s1", 9, "家长会"))},
                merged,
            ),
            "合并",
        ),
    )
    for path, words in cases:
        before = path.read_bytes()
        with pytest.raises(InputError) as caught:
            record(path, "s1", Record("done", date(2026, 9, 8)))
        (problem,) = caught.value.problems
        assert problem.code == "entry.not_editable" and words in problem.message
        assert (
            "打开工作簿" in problem.fix
            and "“进展”：完成" in problem.fix
            and "“完成日期”：2026-09-08" in problem.fix
        )
        assert path.read_bytes() == before


def test_a_formula_is_never_written_over(tmp_path: Path) -> None:
    path = made(tmp_path / "表.xlsx", {"月历": ROWS})
    cell = '<c r="D3" t="str"><f>IF(1,"推迟")</f><v>推迟</v></c>'.encode()

    def put(part: bytes) -> bytes:
        at = part.index(b'<c r="C3"')
        end = part.index(b"</c>", at) + 4
        rest = part[end:]
        if rest.startswith(b'<c r="D3"'):
            rest = rest[rest.index(b">") + 1 :]
        return part[:end] + cell + rest

    path.write_bytes(repacked(path.read_bytes(), {"xl/worksheets/sheet2.xml": put}))
    assert read_profile(path).profile.schedule[0].status == "postponed"
    with pytest.raises(InputError, match="D3 里是公式"):
        record(path, "s1", Record("done"))


def test_an_entry_of_an_upper_workbook_is_recorded_there(tmp_path: Path) -> None:
    made(tmp_path / "学校.xlsx", {"月历": ROWS})
    term = tmp_path / "学期.yaml"
    term.write_text("extends: 学校.xlsx\nsupervision: {answer_days: 3}\n", encoding="utf-8")
    before = term.read_bytes()
    record(term, "s3", Record("done", date(2026, 11, 5)))
    assert term.read_bytes() == before
    assert read_profile(tmp_path / "学校.xlsx").profile.schedule[2].done_on == date(2026, 11, 5)
