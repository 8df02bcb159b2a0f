"""Commands that write beside or into the person's own files: where the system refuses, one Chinese message, all as before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planforge.core.resources import profiles_root
from tests.support.commands import called
from tests.support.limits import as_nobody, largest_file

Words = Callable[[Path], list[str]]
FORM = (profiles_root() / "city-primary.yaml").read_bytes()
"""Read before a test takes the right to read away: the project may lie where only its owner looks."""
CALLS: dict[str, Words] = {
    "new": lambda form: ["new", str(form.with_name("新.yaml"))],
    "convert": lambda form: ["convert", str(form)],
    "add": lambda form: ["add", str(form), "家长会", "--month", "10"],
    "done": lambda form: ["done", str(form), "s1"],
    "roster": lambda form: ["roster", "--new", str(form.with_name("名单.xlsx"))],
    "check": lambda form: [
        "check",
        str(form),
        "--profile-only",
        "--report",
        str(form.with_name("汇总.xlsx")),
    ],
}


def school(folder: Path) -> Path:
    form = folder / "我校.yaml"
    form.write_bytes(FORM)
    return form


@pytest.fixture(autouse=True, scope="module")
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the commands take is loaded before a test takes the right to read it away."""
    with pytest.MonkeyPatch.context() as patch:
        for name, words in CALLS.items():
            assert called(patch, *words(school(tmp_path_factory.mktemp(name)))) == 0


@pytest.mark.parametrize("command", CALLS)
def test_a_folder_that_may_not_be_written_into(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with as_nobody() as root:
        form = school(root)
        before = form.read_bytes()
        root.chmod(0o555)
        try:
            status = called(monkeypatch, *CALLS[command](form))
        finally:
            root.chmod(0o755)
        told = capsys.readouterr().err
        assert status == 2 and "没有写入的权限，原有的文件没有动" in told and "ermission" not in told
        assert [path.name for path in root.iterdir()] == [form.name] and form.read_bytes() == before


@pytest.mark.parametrize(
    "command", sorted(set(CALLS) - {"convert"})
)  # openpyxl would meet the limit in its own files
def test_a_full_disk(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    form = school(tmp_path)
    before = form.read_bytes()
    with largest_file(1000):
        status = called(monkeypatch, *CALLS[command](form))
    told = capsys.readouterr().err
    assert status == 2 and "磁盘写不下了" in told and "large" not in told
    assert [path.name for path in tmp_path.iterdir()] == [form.name] and form.read_bytes() == before
