"""Reading grows with the rows and no faster, and nothing heavy is loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.roster.making import merge, one_sheet, read

GIVEN = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def _rows(count: int) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [
        ("班级", "座号", "姓名", "性别", "学籍号", "家长姓名", "联系电话", "住址", "备注")
    ]
    for n in range(count):
        class_ = n // 45
        name = "丁" + GIVEN[n // 32 % 32] + GIVEN[n % 32]
        place = f"柳溪路 {n} 号"
        rows.append(
            (f"{class_ // 40 % 9 + 1}年级（{class_ % 40 + 1}）班", n % 45 + 1, name, "女", f"G33010620180{n:07}",
             name, 13900000000 + n, place, None)
        )  # fmt: skip
    return rows


def _seconds(path: Path, fields: str) -> float:
    best = 99.0
    for _ in range(2):
        started = time.process_time()
        roster = read(path, fields)
        best = min(best, time.process_time() - started)
        assert not roster.errors and roster.recipients
    return best


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_time_grows_with_the_rows(suffix: str, tmp_path: Path) -> None:
    fields = "name class seat gender student_id guardian phone address"
    took = {}
    for count in (2_500, 10_000):
        path = tmp_path / f"{count}.{suffix}"
        if suffix == "csv":
            text = "\n".join(
                ",".join("" if cell is None else str(cell) for cell in row) for row in _rows(count)
            )
            path.write_text(text, encoding="utf-8")
        else:
            one_sheet(path, _rows(count))
        took[count] = _seconds(path, fields)
    assert took[10_000] / took[2_500] < 4 * 2.5  # 16 if it grew with the square


def test_thousands_of_merged_cells_and_faults_are_linear_too(tmp_path: Path) -> None:
    took = {}
    for count in (1_000, 4_000):
        rows = [
            ("班级", "姓名"),
            *(("三2" if n % 2 == 0 else None, f"丁？{GIVEN[n % 32]}") for n in range(count)),
        ]
        path = one_sheet(
            tmp_path / f"{count}.xlsx", rows, merge(*(f"A{n}:A{n + 1}" for n in range(2, count + 1, 2)))
        )
        seconds = []
        for _ in range(3):
            started = time.process_time()
            roster = read(path, "name class")
            seconds.append(time.process_time() - started)
            assert len(roster.problems) == count
        took[count] = min(seconds)
    assert took[4_000] / took[1_000] < 4 * 3  # 16 if it grew with the square


def test_nothing_heavy_is_loaded_with_the_package() -> None:
    code = (
        "import sys, planforge.roster as r\n"
        "heavy = {'openpyxl', 'xlrd', 'lxml', 'docx', 'weasyprint', 'jinja2', 'pydantic'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_reading_xlsx_needs_no_openpyxl(tmp_path: Path) -> None:
    path = one_sheet(tmp_path / "a.xlsx", _rows(3))
    code = (
        "import sys, pathlib, planforge.roster as r\n"
        f"assert len(r.read_roster(pathlib.Path({str(path)!r}), r.columns_for(['name'])).recipients) == 3\n"
        "assert 'openpyxl' not in sys.modules and 'xlrd' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=Path(__file__).parents[2])
