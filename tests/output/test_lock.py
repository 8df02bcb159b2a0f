"""One run at a time in a folder; a run that died bars nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planforge.output import OutputError, Store
from planforge.output.lock import LOCK_NAME, locked

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from planforge.output.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def hold(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_a_second_run_in_the_same_folder_is_refused_politely(tmp_path: Path) -> None:
    with hold(tmp_path) as process:
        assert process.stdout is not None and process.stdout.readline() == b"held\n"
        with pytest.raises(OutputError, match="另一次生成") as caught, locked(tmp_path):
            raise AssertionError("the folder was taken twice")
        assert caught.value.code == "output-locked"
        assert f"进程 {process.pid}" in str(caught.value) and LOCK_NAME in str(caught.value)
        process.communicate(b"\n")
    with locked(tmp_path):
        pass


def test_the_lock_of_a_process_that_was_killed_counts_no_more(tmp_path: Path) -> None:
    with hold(tmp_path) as process:
        assert process.stdout is not None and process.stdout.readline() == b"held\n"
        process.kill()
    assert (tmp_path / LOCK_NAME).exists()
    with locked(tmp_path):
        pass
    assert not (tmp_path / LOCK_NAME).exists()


def test_other_terms_are_free_meanwhile(tmp_path: Path) -> None:
    with Store(tmp_path).run("学校", "上学期"), Store(tmp_path).run("学校", "下学期") as run:
        assert run.put("计划", "docx", b"1", kind="x").status == "written"
        with pytest.raises(OutputError), Store(tmp_path).run("学校", "上学期"):
            raise AssertionError("the folder was taken twice")


def test_nothing_is_written_through_a_lock_file_that_is_a_link(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"precious")
    (tmp_path / LOCK_NAME).symlink_to(target)
    with pytest.raises(OutputError), locked(tmp_path):
        raise AssertionError("the lock was taken through a link")
    assert target.read_bytes() == b"precious"
