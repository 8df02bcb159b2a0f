"""`planforge check` and `planforge rules` as an office and a bureau use them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planforge.core.resources import profiles_root
from tests.check.schools import profile
from tests.policy.district import PACK
from tests.support.commands import planforge

EXAMPLES = sorted(profiles_root().glob("*.yaml"))
LATE = "homework:\n  bands: [{grades: 4, limit: 更严, how: 平均不超过, minutes: 70}]\n"


def school(folder: Path, name: str, more: str = "", *, called: str = "青石区临溪学校") -> Path:
    path = folder / name
    path.write_text(profile(more).replace("青石区临溪学校", called), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_example_schools_give_no_error_and_no_warning(path: Path) -> None:
    run = planforge("check", path, "--strict", "--format", "json")
    assert run.returncode == 0, run.stdout
    totals = json.loads(run.stdout)["totals"]
    assert totals["error"] == totals["warning"] == 0


def test_a_finding_is_shown_with_place_rule_and_mend(tmp_path: Path) -> None:
    run = planforge("check", school(tmp_path, "校.yaml", LATE), at=tmp_path)
    assert run.returncode == 1
    assert "校.yaml:9:55" in run.stderr and "homework.upper.2021" in run.stderr
    assert "关于加强义务教育学校作业管理的通知" in run.stderr and "怎样改" in run.stderr
    assert "有误 1 处" in run.stderr


def test_doubts_count_only_where_asked(tmp_path: Path) -> None:
    path = school(tmp_path, "校.yaml", "after_school: {days: 周一至周四}\n")
    assert planforge("check", path).returncode == 0
    assert planforge("check", path, "--strict").returncode == 1


def test_what_cannot_be_read_is_two(tmp_path: Path) -> None:
    assert planforge("check", tmp_path / "没有.yaml").returncode == 2
    assert planforge("check", EXAMPLES[0], "--format", "xml").returncode == 2
    assert planforge("check", EXAMPLES[0], "--rules", tmp_path / "没有.yaml").returncode == 2
    assert planforge("check", EXAMPLES[0], "--expect", tmp_path / "没有.txt").returncode == 2


def test_sarif_names_rule_level_and_region(tmp_path: Path) -> None:
    run = planforge("check", school(tmp_path, "a.yaml", LATE), "--format", "sarif")
    data = json.loads(run.stdout)
    assert data["version"] == "2.1.0"
    (result,) = [one for one in data["runs"][0]["results"] if one["level"] == "error"]
    rules = data["runs"][0]["tool"]["driver"]["rules"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "homework.upper.2021"
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (9, 55)


def test_findings_come_in_order_of_place_and_are_the_same_again(tmp_path: Path) -> None:
    path = school(tmp_path, "a.yaml", LATE + "acts:\n  - {id: a1, what: 每周单元测试，张榜公布成绩}\n")
    first = planforge("check", path, "--format", "json").stdout
    lines = [one["line"] for one in json.loads(first)["files"][0]["findings"]]
    assert lines == sorted(lines) and len(lines) >= 3
    assert planforge("check", path, "--format", "json", PYTHONHASHSEED="7").stdout == first


def test_a_local_pack_is_held_against_and_cannot_loosen(tmp_path: Path) -> None:
    (tmp_path / "区.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "松.yaml").write_text(PACK.replace("value: 40", "value: 80"), encoding="utf-8")
    fifty = school(tmp_path, "a.yaml", LATE.replace("70", "50"))
    assert planforge("check", fifty).returncode == 0
    strict = planforge("check", fifty, "--rules", tmp_path / "区.yaml")
    assert strict.returncode == 1 and "青石区作业管理办法" in strict.stderr
    loose = planforge("check", school(tmp_path, "b.yaml", LATE), "--rules", tmp_path / "松.yaml")
    assert loose.returncode == 1
    assert "宽于" in loose.stderr, "a looser rule is never silent"


def test_an_old_text_is_checked_against_the_school(tmp_path: Path) -> None:
    old = tmp_path / "旧稿.txt"
    old.write_text("工作方案\n五年级书面作业每天不超过90分钟。\n小编整理。\n", encoding="utf-8")
    run = planforge("check", school(tmp_path, "a.yaml"), old)
    assert run.returncode == 1
    assert "旧稿.txt:2:13" in run.stderr and "text.figures" in run.stderr and "text.site" in run.stderr


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_an_old_text_is_read_in_whatever_encoding_notepad_saved_it(tmp_path: Path, encoding: str) -> None:
    old = tmp_path / "旧稿.txt"
    old.write_bytes("工作方案\n小编整理。\n".encode(encoding))
    run = planforge("check", old)
    assert "旧稿.txt:2:1\n" in run.stderr and "小编" in run.stderr and run.returncode == 1


def test_an_old_text_that_is_none_is_said_so(tmp_path: Path) -> None:
    old, folder = tmp_path / "旧稿.txt", tmp_path / "文件夹.txt"
    old.write_bytes(bytes(range(1, 32)) * 40)
    folder.mkdir()
    run = planforge("check", old, folder)
    assert run.returncode == 2
    assert "里面不是文字" in run.stderr and "这是一个文件夹" in run.stderr and "directory" not in run.stderr


def test_a_bureau_gets_a_workbook(tmp_path: Path) -> None:
    formula = "acts:\n  - {id: a1, what: '=HYPERLINK(\"http://x\")，每周单元测试'}\n"
    one = school(tmp_path, "a.yaml", formula)
    two = school(tmp_path, "b.yaml", called="=1+1小学")
    names = tmp_path / "名单.txt"
    names.write_text("青石区临溪学校\n青石区石桥小学\n\n", encoding="utf-8")
    book = tmp_path / "汇总.xlsx"
    run = planforge("check", one, two, "--report", book, "--expect", names)
    assert run.returncode == 1
    assert "还有 1 所学校没有交：青石区石桥小学" in run.stdout
    sheets = load_workbook(book)
    assert sheets.sheetnames == ["学校", "明细", "按规则", "没有交", "不在名单上"]
    for sheet in sheets:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), (sheet.title, cell.coordinate)
    assert [row[0].value for row in sheets["学校"].iter_rows(min_row=2)] == [
        "青石区临溪学校",
        "=1+1小学",
        "合计",
    ]
    assert sheets["学校"]["A3"].quotePrefix
    assert [row[0].value for row in sheets["没有交"].iter_rows(min_row=2)] == ["青石区石桥小学"]
    heading = [cell.value for cell in sheets["明细"][1]]
    findings = [row[heading.index("规则")].value for row in sheets["明细"].iter_rows(min_row=2)]
    assert "exams.frequent.2021" in findings
    again = tmp_path / "再.xlsx"
    planforge("check", one, two, "--report", again, "--expect", names)
    assert again.read_bytes() == book.read_bytes()


def test_rules_are_listed_and_explained() -> None:
    listed = planforge("rules").stdout
    assert "国家规定" in listed and "homework.upper.2021" in listed and "text.placeholder" in listed
    one = planforge("rules", "homework.upper.2021").stdout
    assert "60" in one and "依据" in one and "怎样改" in one
    wrong = planforge("rules", "homework.uper.2021")
    assert wrong.returncode == 2 and "homework.upper.2021" in wrong.stderr


def test_build_stops_on_errors_and_goes_on_with_a_record(tmp_path: Path) -> None:
    path = school(tmp_path, "a.yaml", LATE)
    stopped = planforge("build", path, "--only", "work_plan", "--format", "txt", "-o", tmp_path / "out")
    assert stopped.returncode == 1 and "--allow" in stopped.stderr
    assert not (tmp_path / "out").exists()
    other = planforge(
        "build",
        path,
        "--only",
        "work_plan",
        "--format",
        "txt",
        "-o",
        tmp_path / "out",
        "--allow",
        "exams.frequent.2021",
    )
    assert other.returncode == 1
    slip = planforge(
        "build",
        path,
        "--only",
        "work_plan",
        "--format",
        "txt",
        "-o",
        tmp_path / "out",
        "--allow",
        "homework.uper.2021",
    )
    assert slip.returncode == 2 and "homework.upper.2021" in slip.stderr
    done = planforge(
        "build",
        path,
        "--only",
        "work_plan",
        "--format",
        "txt",
        "-o",
        tmp_path / "out",
        "--allow",
        "homework.upper.2021",
    )
    assert done.returncode == 0, done.stderr
    (manifest,) = (tmp_path / "out").rglob("manifest.json")
    (entry,) = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    assert entry["origin"]["allowed"] == ["homework.upper.2021"]


def test_the_checker_loads_nothing_that_prints() -> None:
    code = (
        "import sys, planforge.check, planforge.app.check_files\n"
        "heavy = ('weasyprint', 'docx', 'fontTools', 'lxml', 'openpyxl', 'jinja2')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    import os
    import sys

    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert run.stdout.strip() == "[]"
