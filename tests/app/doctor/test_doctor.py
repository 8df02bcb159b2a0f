"""The doctor names what is missing or slow, and how to mend it; and it runs whatever is missing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from planforge.app.doctor import Diagnosis, examine
from planforge.app.doctor.diagnosis import on_this_system
from planforge.app.doctor.font_report import fonts
from planforge.app.doctor.machine import encoding, memory, output_folder, python
from planforge.core import resources
from planforge.document.look import read_look

ROOT = Path(__file__).parents[3]
LOOK = read_look(resources.templates_root() / "styles" / "official.yaml")
OPEN_FONTS = {
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
    "AR PL UKai CN",
    "LXGW WenKai",
    "FandolFang",
    "Liberation Serif",
}


def by_name(found: list[Diagnosis], part: str) -> Diagnosis:
    (one,) = [diagnosis for diagnosis in found if part in diagnosis.name]
    return one


def test_a_machine_that_has_been_set_up_is_well(tmp_path: Path) -> None:
    found = examine(tmp_path / "output")
    assert [one for one in found if one.state != "ok"] == []
    assert not (tmp_path / "output").exists()
    for name in (
        "Python",
        "WeasyPrint",
        "Pango",
        "HarfBuzz",
        "fontconfig",
        "正文（仿宋）",
        "模板",
        "LibreOffice",
    ):
        assert any(name in one.name for one in found)


def test_every_diagnosis_speaks_chinese(tmp_path: Path) -> None:
    for one in [*fonts(LOOK, set()), *python((3, 9, 2)), *encoding("ascii", "ascii")]:
        assert one.state == "missing"
        assert re.search("[\u4e00-\u9fff]", one.found) and re.search("[\u4e00-\u9fff]", one.mend)


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        check=True,
    )


WITHOUT = """
import cffi
def refuse(library):
    kept = cffi.FFI.dlopen
    def dlopen(self, name, flags=0):
        if name is not None and library in name:
            raise OSError(f"cannot load library '{name}'")
        return kept(self, name, flags)
    cffi.FFI.dlopen = dlopen
"""
PRINT = """
from planforge.app.doctor import examine
for one in examine():
    print(one.name, one.state, one.found, one.mend, sep="|")
"""


def test_without_pango_the_rest_is_still_examined() -> None:
    """The system's loader is told that the library is not there, as on a bare machine."""
    lines = run(f"{WITHOUT}\nrefuse('pango-1.0')\n{PRINT}").stdout.splitlines()
    (pango,) = [line for line in lines if line.startswith("Pango|")]
    assert pango.startswith("Pango|missing|") and "libpango-1.0-0" in pango and "--format docx" in pango
    assert any(line.startswith("字体：正文（仿宋）|ok") for line in lines)
    assert all(line.count("|") == 3 for line in lines)  # nothing of WeasyPrint's own is printed between


def test_without_harfbuzz_subset_the_machine_is_slow() -> None:
    lines = run(f"{WITHOUT}\nrefuse('harfbuzz-subset')\n{PRINT}").stdout.splitlines()
    (one,) = [line for line in lines if "HarfBuzz" in line]
    assert one.split("|")[1] == "slow" and "libharfbuzz-subset0" in one


def test_without_weasyprint_the_doctor_still_comes() -> None:
    hide = """
import sys
finders = [one for one in sys.meta_path]
class Without:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.split(".")[0] == "weasyprint":
            return None
        for finder in finders:
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                return spec
        return None
sys.meta_path[:] = [Without]
"""
    lines = run(hide + PRINT).stdout.splitlines()
    (one,) = [line for line in lines if line.startswith("WeasyPrint|")]
    assert one.split("|")[1] == "missing" and "pip install weasyprint" in one


def test_importing_the_doctor_needs_nothing_heavy() -> None:
    code = "import sys, planforge.app.doctor; print(*{'weasyprint', 'docx', 'fontTools'} & set(sys.modules))"
    assert run(code).stdout.strip() == ""


def test_a_stand_in_is_told_from_the_real_font() -> None:
    found = list(fonts(LOOK, OPEN_FONTS))
    assert {one.state for one in found} == {"ok"}
    assert by_name(found, "仿宋").found == "“FandolFang”，代“仿宋”"
    assert by_name(found, "小标宋").found == "“Noto Serif CJK SC”，代“方正小标宋简体”"
    assert by_name(found, "数字和字母").found == "“Liberation Serif”，代“Times New Roman”"
    real = list(fonts(LOOK, OPEN_FONTS | {"FangSong", "FZXiaoBiaoSong-B05S", "Times New Roman"}))
    assert by_name(real, "仿宋").found == "“FangSong”"
    assert by_name(real, "小标宋").found == "“FZXiaoBiaoSong-B05S”"
    assert by_name(real, "数字和字母").found == "“Times New Roman”"


def test_a_role_without_a_font_says_what_to_install() -> None:
    found = list(fonts(LOOK, OPEN_FONTS - {"AR PL UKai CN", "LXGW WenKai"}))
    (kai,) = [one for one in found if one.state == "missing"]
    assert "楷体" in kai.name
    if sys.platform == "linux":
        assert "fonts-arphic-ukai" in kai.mend and "fonts-lxgw-wenkai" in kai.mend


def test_a_role_without_any_fallback_cannot_print_rare_names() -> None:
    found = list(fonts(LOOK, {"仿宋", "楷体", "黑体", "宋体", "方正小标宋简体", "Times New Roman"}))
    assert by_name(found, "仿宋").state == "missing" and "人名" in by_name(found, "仿宋").found
    assert by_name(found, "数字和字母").state == "ok"


def test_an_output_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"")
    (one,) = output_folder(tmp_path / "output")
    assert one.state == "missing" and str(tmp_path / "output") in one.found
    (two,) = output_folder(tmp_path / "new" / "deeper")
    assert two.state == "ok" and list(tmp_path.iterdir()) == [tmp_path / "output"]


def test_an_output_folder_that_cannot_be_written_is_named() -> None:
    (one,) = output_folder(Path("/proc"))
    assert one.state == "missing" and "/proc" in one.found


@pytest.mark.parametrize(
    ("screen", "names", "state"),
    [
        ("utf-8", "utf-8", "ok"),
        ("gbk", "utf-8", "ok"),
        ("ascii", "utf-8", "missing"),
        ("utf-8", "latin-1", "missing"),
    ],
)
def test_encodings_that_cannot_hold_chinese_are_named(screen: str, names: str, state: str) -> None:
    (one,) = encoding(screen, names)
    assert one.state == state


def test_each_system_gets_its_own_mend() -> None:
    told = [on_this_system("d", "w", "m", platform) for platform in ("linux", "win32", "darwin", "freebsd14")]
    assert told == ["d", "w", "m", "d"]


def test_little_memory_is_told_with_what_it_is_enough_for() -> None:
    (much,), (little,), (least,) = (list(memory(free)) for free in (10**9, 2 * 10**8, 5 * 10**7))
    assert (much.state, little.state, least.state) == ("ok", "slow", "missing")
    assert "docx" in little.mend
    (now,) = memory()
    assert now.state == "ok"
