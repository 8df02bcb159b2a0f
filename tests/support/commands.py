"""The commands as an office types them: as a program of its own, or within the test where a program would be slow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planforge.cli import main

ROOT = Path(__file__).parents[2]


def planforge(*words: str | Path, at: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """A run of its own, any warning an error. at: the folder in which it is called; more: of its environment."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "planforge", *map(str, words)],
        cwd=at,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )


def called(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    """The exit status of a call within the test."""
    monkeypatch.setattr("sys.argv", ["planforge", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        main()
    assert isinstance(end.value.code, int)
    return end.value.code
