"""A lock in a file, so that one process at a time changes a folder or a form.

The system's own file lock is used where there is one: it ends with its process, so that a process that died
never bars the next. Where a network share knows no locks, the process named in the file decides.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_UNSUPPORTED = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
_TRIES = 20
_PAUSE = 0.02
"""Seconds between two attempts to take a lock that is waited for."""

_held: set[int] = set()
"""Handles of the locks that this very process holds."""


class Locked(Exception):
    """Another process holds the lock. holder: its number and its computer, where the lock file says so."""

    def __init__(self, holder: tuple[int, str] | None) -> None:
        self.holder = holder
        super().__init__("locked")

    @property
    def who(self) -> str:
        """The holder in Chinese brackets, for a message; "" where it is not known."""
        return f"（电脑 {self.holder[1]}，进程 {self.holder[0]}）" if self.holder else ""


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
def file_lock(path: Path, wait: float = 0) -> Iterator[None]:
    """Hold the lock file at `path`, which is made for it and removed at the end.

    Args:
        path: The lock file, in a folder that is there.
        wait: Seconds to wait for another process that holds it.

    Raises:
        Locked: Another process holds it still.
        OSError: The file cannot be made.
    """
    last = time.monotonic() + wait
    while True:
        try:
            handle = _take(path)
            break
        except Locked:
            if time.monotonic() >= last:
                raise
            time.sleep(_PAUSE)
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
        handle = os.open(path, flags, 0o666)
        try:
            held = _system_lock(handle) and _same_file(handle, path)
        except OSError as error:
            holder = _holder(path)
            if error.errno not in _UNSUPPORTED or (holder and _alive(*holder)):
                os.close(handle)
                raise Locked(holder) from error
            held = True
        if held:
            with contextlib.suppress(OSError):  # on a full disk the lock holds all the same
                os.ftruncate(handle, 0)
                os.write(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
            return handle
        os.close(handle)  # the former holder removed this file just now: take the new one
    raise Locked(_holder(path))


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
