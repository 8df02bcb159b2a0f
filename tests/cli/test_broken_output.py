"""What a command says where nothing can be written to the screen, or its own folder is gone: no bug of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).parents[2]
FULL = Path("/dev/full")


def run(*words: str, stdout: IO[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "planforge", *words],
        env=environment, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("words", [["--version"], ["rules"], ["templates"]])
def test_a_full_screen_is_told_in_one_line_and_is_no_bug(words: list[str]) -> None:
    with FULL.open("w") as full:
        done = run(*words, stdout=full)
    assert done.returncode == 2
    assert done.stderr.strip() == "结果写不出来：磁盘满了。文件若已生成，都是完整的。"


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    code = (
        "import os, sys; folder = sys.argv.pop(1); os.chdir(folder); os.rmdir(folder);"
        "sys.argv = ['planforge', 'rules']; from planforge.cli import main; main()"
    )
    folder = tmp_path / "a"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "文件夹已经不在了" in done.stderr
