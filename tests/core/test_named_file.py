"""Files that people name: what is no regular file is refused at once, and nothing is read without end."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from planforge.core.named_file import is_relative_name, read_named_file
from planforge.core.unreadable import Unreadable


def refusal(path: Path, limit: int = 1000) -> Unreadable:
    with pytest.raises(Unreadable) as raised:
        read_named_file(path, limit, "规则文件")
    return raised.value


def test_a_regular_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * 1000)
    assert read_named_file(path, 1000) == b"x" * 1000
    assert refusal(path, 999).code == "file.size"
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    assert read_named_file(link, 1000) == b"x" * 1000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_pipes_devices_sockets_and_folders_are_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").code == "file.special"
    assert refusal(Path("/dev/zero")).code == "file.special"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        assert refusal(tmp_path / "s").code == "file.special"
    folder = refusal(tmp_path)
    assert (folder.code, folder.message) == ("file.folder", "这是一个文件夹，不是规则文件")


def test_what_is_not_there_or_cannot_be_a_name_is_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "无.yaml").code == "file.missing"
    assert refusal(Path("a\0b")).code == "file.missing"


@pytest.mark.parametrize("name", ["local.yaml", "../bureau.yaml", "规则/本地.yaml", "a:b"])
def test_names_from_the_forms_own_folder(name: str) -> None:
    assert is_relative_name(name) is (name != "a:b")


@pytest.mark.parametrize("name", ["/etc/passwd", "C:\\a", "c:/a", "~/a", "\\\\server\\a", "http://x", "a\0b"])
def test_names_that_reach_elsewhere(name: str) -> None:
    assert not is_relative_name(name)
