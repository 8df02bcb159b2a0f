"""Nothing heavy is loaded before it is needed; how time grows with the rows `make bench-rosters` measures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.roster.making import one_sheet


def test_nothing_heavy_is_loaded_with_the_package() -> None:
    code = (
        "import sys, planforge.roster as r\n"
        "heavy = {'openpyxl', 'xlrd', 'lxml', 'docx', 'weasyprint', 'jinja2', 'pydantic'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_reading_xlsx_needs_no_openpyxl(tmp_path: Path) -> None:
    path = one_sheet(tmp_path / "a.xlsx", [("班级", "姓名"), *(("三2", f"丁{word}") for word in "禾舟桐")])
    code = (
        "import sys, pathlib, planforge.roster as r\n"
        f"assert len(r.read_roster(pathlib.Path({str(path)!r}), r.columns_for(['name'])).recipients) == 3\n"
        "assert 'openpyxl' not in sys.modules and 'xlrd' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=Path(__file__).parents[2])
