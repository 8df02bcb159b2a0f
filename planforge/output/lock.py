"""One run at a time in a folder.

The system's own file lock is used where there is one: it ends with its process, so that a run that died
never bars the next. Where a network share knows no locks, the process named in the file decides.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from planforge.output.refusal import FolderBusy, OutputError, refusal

LOCK_NAME = ".planforge.lock"
_UNSUPPORTED = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
_TRIES = 20

_held: set[int] = set()
"""Handles of the locks that this very process holds."""


def _let_go() -> None:
    """In a copy of this process: a lock belongs to who took it.

    The system keeps a lock until the last copy of its handle is closed, so a worker that outlived a killed run by a
    moment would bar the next.
    """
    for handle in _held:
        os.close(handle)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder.

    Raises:
        FolderBusy: another run is at work in it.
        OutputError: nothing can be written there.
    """
    path = folder / LOCK_NAME
    handle = _take(path)
    _held.add(handle)
    try:
        yield
    finally:
        if handle in _held:
            _leave(path, handle)


def _leave(path: Path, handle: int) -> None:
    try:
        with contextlib.suppress(OSError):
            if (
                os.name != "nt"
            ):  # elsewhere the name goes while the lock is held, so that nobody takes a dead file
                path.unlink(missing_ok=True)
    finally:
        _held.discard(handle)
        os.close(handle)
        if os.name == "nt":
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def _take(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    for _ in range(_TRIES):
        try:
            handle = os.open(path, flags, 0o666)
        except OSError as error:
            raise refusal(error, path.parent) from error
        try:
            held = _system_lock(handle) and _same_file(handle, path)
        except OutputError:
            os.close(handle)
            raise
        except OSError as error:
            holder = _holder(path)
            if error.errno not in _UNSUPPORTED or (holder and _alive(*holder)):
                os.close(handle)
                raise _busy(path) from error
            held = True
        if held:
            with contextlib.suppress(OSError):  # on a full disk the lock holds all the same
                os.ftruncate(handle, 0)
                os.write(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
            return handle
        os.close(handle)  # the former holder removed this file just now: take the new one
    raise _busy(path)


def _system_lock(handle: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, 1 << 20, os.SEEK_SET)  # beyond the text, so that others may read who holds it
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return True


def _same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _holder(path: Path) -> tuple[int, str] | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return int(data["pid"]), str(data["host"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _alive(process: int, host: str) -> bool:
    if host != socket.gethostname() or os.name == "nt":
        return True  # cannot be asked from here: the person decides
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _busy(path: Path) -> FolderBusy:
    holder = _holder(path)
    who = f"（电脑 {holder[1]}，进程 {holder[0]}）" if holder else ""
    return FolderBusy(
        f"另一次生成正在写这个文件夹{who}，这一次没有动任何文件",
        path.parent,
        f"等它结束再生成；如果确定没有别的生成在进行，删除其中的“{path.name}”",
    )
