"""Several programs change one form at the same moment: nothing is lost, and nothing is called done that is not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planforge.core.problems import InputError
from planforge.profile import form_file, read_profile
from planforge.profile.adding import NewItem, add
from planforge.profile.form_file import locked_form
from planforge.profile.recording import Record, record
from tests.profile.excel_forms import made, table

ROOT = Path(__file__).parents[2]
TIMES = 100
START = """
import sys
from datetime import date
from pathlib import Path
from planforge.profile.adding import NewItem, add
from planforge.profile.form_file import locked_form
from planforge.profile.recording import Record, record
path, first, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
"""
DONE = """
for number in range(first, last):
    record(path, f"s{number}", Record("done", date(2026, 9, 4), f"凭据{number}"))
"""
ADD = """
for number in range(first, last):
    add(path, NewItem(f"新的{number}", day=date(2026, 9, 4)))
"""
HOLD = """
with locked_form(path):
    print("held", flush=True)
    sys.stdin.readline()
"""


def started(script: str, path: Path, first: int = 0, last: int = 0) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", START + script, str(path), str(first), str(last)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None and process.stdout.readline() == b"ready\n"
    return process


def together(*processes: subprocess.Popen[bytes]) -> None:
    """Let all begin at the same moment, and wait for all."""
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    assert [process.wait() for process in processes] == [0] * len(processes)
    for process in processes:
        process.communicate()


def in_yaml(path: Path) -> Path:
    items = "".join(f"  - {{id: s{number}, month: 9, what: 第{number}件}}\n" for number in range(TIMES))
    head = "school: {name: 甲校, stage: 小学}\nterm: {year: 2026-2027, number: 1}\ngroup: {heads: 周明远（校长）}\n"
    path = path / "校.yaml"
    path.write_text(f"{head}schedule:\n{items}", encoding="utf-8")
    return path


def in_excel(path: Path) -> Path:
    columns = ("编号", "月份", "工作内容", "进展", "完成日期", "凭据", "原因", "改到哪天")
    rows = [(f"s{number}", 9, f"第{number}件") for number in range(TIMES)]
    return made(path / "校.xlsx", {"月历": table("月历", columns, *rows)})


@pytest.mark.parametrize("form", [in_yaml, pytest.param(in_excel, marks=pytest.mark.slow)])
def test_two_programs_that_record_lose_nothing(tmp_path: Path, form: Callable[[Path], Path]) -> None:
    path = form(tmp_path)
    half = TIMES // 2
    together(started(DONE, path, 0, half), started(DONE, path, half, TIMES))
    items = read_profile(path).profile.schedule
    assert [item.evidence for item in items] == [f"凭据{number}" for number in range(TIMES)]
    assert list(tmp_path.iterdir()) == [path]


def test_recording_and_adding_lose_nothing(tmp_path: Path) -> None:
    path = in_yaml(tmp_path)
    together(started(DONE, path, 0, 30), started(ADD, path, 0, 30), started(ADD, path, 30, 50))
    items = read_profile(path).profile.schedule
    assert [item.evidence for item in items[:30]] == [f"凭据{number}" for number in range(30)]
    assert {item.what for item in items[TIMES:]} == {f"新的{number}" for number in range(50)}
    assert len({item.id for item in items}) == len(items) == TIMES + 50


def test_two_terms_that_record_in_their_school_lose_nothing(tmp_path: Path) -> None:
    school = in_yaml(tmp_path)
    terms = [tmp_path / name for name in ("上学期.yaml", "下学期.yaml")]
    for term in terms:
        term.write_text("extends: 校.yaml\n", encoding="utf-8")
    together(started(DONE, terms[0], 0, 20), started(DONE, terms[1], 20, 40), started(DONE, school, 40, 60))
    items = read_profile(school).profile.schedule
    assert [item.evidence for item in items[:60]] == [f"凭据{number}" for number in range(60)]


def test_a_form_that_another_program_holds_is_left_alone_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_file, "_WAIT", 0.1)
    path = in_yaml(tmp_path)
    before = path.read_bytes()
    with started(HOLD, path) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(InputError, match=f"进程 {process.pid}") as recording:
            record(path, "s1", Record("done"))
        with pytest.raises(InputError, match=f"进程 {process.pid}") as adding:
            add(path, NewItem("新的"))
        for caught in (recording, adding):
            assert [problem.code for problem in caught.value.problems] == ["form.locked"]
        assert path.read_bytes() == before
        process.kill()
    # The lock file of a process that was killed stays, and bars nobody.
    assert (tmp_path / ".校.yaml.lock").exists()
    assert record(path, "s1", Record("done", date(2026, 9, 4))).id == "s1"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_to_a_form_is_held_by_the_form(tmp_path: Path) -> None:
    path = in_yaml(tmp_path)
    (tmp_path / "链接.yaml").symlink_to(path)
    with locked_form(tmp_path / "链接.yaml") as file:
        assert file == path.resolve()
        assert (tmp_path / ".校.yaml.lock").exists()
