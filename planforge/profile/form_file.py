"""Changing a form on the disk: one process at a time, and the new content beside the old until it has been read again."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from planforge.core.file_lock import Locked, file_lock
from planforge.core.problems import InputError, Place, Problem

_WAIT = 30.0
"""Seconds to wait for another process; a change takes well under one."""


@contextmanager
def locked_form(path: Path) -> Iterator[Path]:
    """Hold a form while it is read, changed and replaced, so that two changes at once lose neither.

    Args:
        path: The form; it need not be there yet.

    Yields:
        The file itself, where `path` is a link to it.

    Raises:
        InputError: Another process holds it for longer than a change takes (`form.locked`).
        OSError: The folder cannot be written in.
    """
    file = path.resolve()
    lock = file.with_name(f".{file.name}.lock")
    with ExitStack() as held:
        try:
            held.enter_context(file_lock(lock, _WAIT))
        except Locked as error:
            message = f"另一个程序正在改这份信息表{error.who}，这一次没有改"
            fix = f"等它结束再做一次；如果确定没有别的程序在改，删除同一文件夹里的“{lock.name}”"
            raise InputError([Problem(message, Place(str(path)), fix=fix, code="form.locked")]) from error
        yield file


@contextmanager
def beside(target: Path, data: bytes) -> Iterator[Path]:
    """The file beside `target`, on the disk and with its rights; gone at the end, unless it was renamed.

    A target that is not there yet gets what the person's umask allows. Raises OSError.
    """
    handle, name = tempfile.mkstemp(prefix=f".{target.stem}.", suffix=target.suffix, dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(_rights(target))
        yield part
    finally:
        part.unlink(missing_ok=True)


def _rights(target: Path) -> int:
    if target.is_file():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
