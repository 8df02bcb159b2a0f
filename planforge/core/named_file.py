"""Files that people name: read only where they are regular files of a sensible size, and never waited for."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from planforge.core.unreadable import Unreadable, not_opened

_ABSOLUTE = re.compile(r"[A-Za-z]:|[/\\~]|[A-Za-z]+://")


def read_named_file(path: Path, limit: int, what: str = "") -> bytes:
    """The bytes of a file that a person has named.

    A pipe, a device, a socket or a folder is refused and not opened for reading, so that nothing waits for ever; a
    file is read no further than it may be large, even where it grows meanwhile.

    Args:
        path: the file; links are followed.
        limit: bytes that it may have.
        what: what it should have been, in Chinese, for the message (规则文件).

    Raises:
        Unreadable: it is not there, not regular, too large, or the system refuses; with Chinese words.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            told = f"这是一个文件夹，不是{what or '文件'}"
            raise Unreadable("file.folder", told, f"写出文件夹里{what or '文件'}的文件名")
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("file.special", "这不是普通文件", "核对文件名")
        handle = os.open(path, flags)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):  # it became another one since
                raise Unreadable("file.special", "这不是普通文件", "核对文件名")
            data = file.read(limit + 1)
    except OSError as error:
        raise not_opened(error) from error
    except ValueError as error:  # a name with a null character
        raise Unreadable("file.missing", "找不到这个文件", "核对文件名和所在文件夹") from error
    if len(data) > limit:
        most = f"{limit / 1_000_000:g} MB" if limit >= 1_000_000 else f"{limit / 1000:g} KB"
        size = f"{max(status.st_size, limit + 1) / 1e6:.1f} MB"
        raise Unreadable("file.size", f"文件太大，不超过 {most}", "核对是不是这个文件", size)
    return data


def is_relative_name(name: str) -> bool:
    """Whether a file's name, as a form writes it, is meant from the form's own folder.

    Absolute paths, drives, home folders and addresses are not: a form is handed on, and reaches nothing of another
    machine's.
    """
    return not _ABSOLUTE.match(name) and "\0" not in name
