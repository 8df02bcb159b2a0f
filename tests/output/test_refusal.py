"""A full disk, a read-only folder, an open file: one Chinese sentence, and the old file stays."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from planforge.core.problems import Place
from planforge.core.system_messages import why
from planforge.output import MANIFEST_NAME, OutputError, Store, refusal
from tests.support.limits import NOBODY, as_nobody, largest_file


def put(root: Path, data: bytes) -> Path:
    with Store(root).run("学校", "学期") as run:
        return run.put("计划", "docx", data, kind="x").path


def refused(root: Path, data: bytes) -> OutputError:
    with pytest.raises(OutputError) as caught:
        put(root, data)
    assert len(caught.value.problems) == 1
    return caught.value


def test_a_full_disk_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    path = put(tmp_path, b"old")
    with largest_file(20_000):
        error = refused(tmp_path, b"new" * 100_000)
    assert error.code == "output-full" and "磁盘" in str(error)
    assert path.read_bytes() == b"old"
    assert sorted(one.name for one in path.parent.iterdir()) == [MANIFEST_NAME, "计划.docx"]
    assert put(tmp_path, b"new") == path


def test_a_disk_so_full_that_not_even_the_journal_can_be_written(tmp_path: Path) -> None:
    path = put(tmp_path, b"old")
    with largest_file(0):
        error = refused(tmp_path, b"new")
    assert error.code == "output-full" and path.read_bytes() == b"old"
    assert put(tmp_path, b"new") == path and path.read_bytes() == b"new"


def test_a_folder_without_leave_to_write() -> None:
    with as_nobody() as root:
        path = put(root, b"old")
        path.parent.chmod(0o555)
        try:
            error = refused(root, b"new")
        finally:
            path.parent.chmod(0o755)
        assert error.code == "output-denied" and "权限" in str(error)
        assert path.read_bytes() == b"old"


def test_an_output_folder_that_cannot_be_made() -> None:
    with as_nobody() as root:
        root.chmod(0o555)
        try:
            error = refused(root / "output", b"1")
            assert error.code == "output-denied"
            assert error.problems[0].place == Place(str(root)), (
                "the folder that is there, not one to be made in it"
            )
        finally:
            root.chmod(0o755)


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"")
    for root in (tmp_path / "output", tmp_path / "output" / "below"):
        error = refused(root, b"1")
        assert error.code == "output-not-folder"
        assert error.problems[0].place == Place(str(tmp_path / "output")), "the file in the way"


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_whatever_the_system_says_it_is_said_in_chinese(number: int, tmp_path: Path) -> None:
    error = OSError(number, os.strerror(number))
    for said in (str(refusal(error, tmp_path / "计划.docx").problems[0].message), why(error)):
        assert re.search("[\u4e00-\u9fff]", said) and not re.search("[A-Za-z]", said), said


def test_a_folder_that_went_away_or_stands_where_the_file_is_to_be_is_named(tmp_path: Path) -> None:
    gone, taken = tmp_path / "没有" / "表.xlsx", tmp_path / "表.xlsx"
    taken.mkdir()
    for path, place, code in ((gone, gone.parent, "output-no-folder"), (taken, taken, "output-is-folder")):
        with pytest.raises(OSError) as caught:
            path.write_bytes(b"")
        (problem,) = refusal(caught.value, path).problems
        assert (problem.place, problem.code) == (Place(str(place)), code)


@pytest.mark.parametrize("mark", ["~$计划.docx", "~$划.docx", "~$.docx", ".~lock.计划.docx#"])
def test_a_file_that_is_open_has_to_be_closed_first(tmp_path: Path, mark: str) -> None:
    path = put(tmp_path, b"old")
    path.with_name(mark).write_bytes(b"")
    error = refused(tmp_path, b"new")
    assert error.code == "output-open" and "请先关闭" in str(error) and mark in str(error)
    assert path.read_bytes() == b"old"
    assert put(tmp_path, b"old") == path  # nothing to write: nothing to close
    path.with_name(mark).unlink()
    assert put(tmp_path, b"new").read_bytes() == b"new"


def test_a_file_that_the_system_will_not_let_us_replace_has_to_be_closed_first() -> None:
    """On Windows an open file; here one that another person owns in a folder with the sticky bit."""
    if os.geteuid() != 0:
        pytest.skip("a file of another person's can only be made by root")
    with as_nobody() as root:
        path = put(root, b"old")
        os.seteuid(0)
        os.chown(path, 0, 0)
        os.chown(path.parent, 0, 0)
        path.parent.chmod(0o1777)
        (path.parent / MANIFEST_NAME).chmod(0o666)
        os.seteuid(NOBODY)
        error = refused(root, b"new")
        assert "请先关闭" in str(error) and path.read_bytes() == b"old"
        assert not list(path.parent.glob("*.part"))
