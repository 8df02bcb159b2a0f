"""Many files put at once: all are written beside, made durable together, announced, and only then renamed.

At every moment each file is the old one or the new one, whole, even if the machine loses its power; and what has
been renamed has been announced. Making a thousand files durable one by one takes seconds on a disk; it takes a
fraction of that where the disk may order them itself.
"""

# A path object costs as much time as a file.
# ruff: noqa: PTH101, PTH105, PTH108, PTH118, PTH120

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

AT_ONCE = 100
"""Files that may be open together: a system allows 256 at least."""

Pieces = tuple[bytes, ...]
"""A file's bytes; pieces that files have in common are there once."""

_PART = ".planforge-{}-{}.part"
_parts = count()
"""Numbers for the names of files that are being written, so that no two of this process have the same."""
_WRITTEN_AT_ONCE = 1 << 16
_THREADS = 8
_QUICK = 0.0001  # seconds that a memory file system stays below
PRIVATE, SHARED = 0o600, 0o666
"""Permissions of new files: for their owner only, or as the person's umask has them."""
_BINARY, _NO_LINK = getattr(os, "O_BINARY", 0), getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that is written already, in the folder that it is to be put in. sha256: of its bytes."""

    path: str
    sha256: str

    def remove(self) -> None:
        """Remove the file, unless it was put."""
        with contextlib.suppress(OSError):
            os.unlink(self.path)


@contextmanager
def beside(folder: str) -> Iterator[PartFile]:
    """A file that is to be written beside its place; none is left where something goes wrong. Raises OSError."""
    part = PartFile(folder)
    try:
        yield part
    except BaseException:
        part.remove()
        raise


class PartFile:
    """A file that is being written beside its place. It takes bytes, and tells what it took."""

    def __init__(self, folder: str) -> None:
        """Raises OSError."""
        self.path = _part_in(folder)
        self._hash = hashlib.sha256()
        self._waiting = bytearray()
        self._handle = _opened(self.path, PRIVATE)

    def write(self, data: bytes) -> int:
        """Write bytes. Raises OSError."""
        if len(self._waiting) + len(data) > _WRITTEN_AT_ONCE:
            self._flush()
        if len(data) > _WRITTEN_AT_ONCE:
            self._put(data)
        else:
            self._waiting += data
        return len(data)

    def close(self) -> Beside:
        """Nothing more is written. Raises OSError."""
        self._flush()
        handle, self._handle = self._handle, -1
        os.close(handle)
        return Beside(self.path, self._hash.hexdigest())

    def _flush(self) -> None:
        self._put(bytes(self._waiting))
        self._waiting.clear()

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        _write(self._handle, (data,))

    def remove(self) -> None:
        """Remove the file, whether it is done or not."""
        if self._handle >= 0:
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = -1
        with contextlib.suppress(OSError):
            os.unlink(self.path)


def put_together(
    files: Sequence[tuple[str, Beside | Iterable[bytes]]],
    announce: Callable[[], None] | None = None,
    *,
    private: bool,
) -> None:
    """Put files; announce is called when all of them are on the disk, before the first is renamed.

    Args:
        files: at most AT_ONCE paths, in folders that exist, with their bytes in pieces, or written beside.
        announce: notes durably what is about to be there.
        private: readable by their owner only; otherwise a file keeps the permissions of the one that it replaces.

    Raises:
        OSError: none of them was put (or only some, if renaming failed), and no half file is left.
    """
    parts: list[str] = []
    handles: list[int] = []
    try:
        try:
            for path, data in files:
                if isinstance(data, Beside):
                    parts.append(data.path)
                    handles.append(os.open(data.path, os.O_RDWR | _BINARY | _NO_LINK))
                    continue
                part = _part_in(os.path.dirname(path))
                handles.append(_opened(part, PRIVATE if private else SHARED))
                parts.append(part)
                _write(handles[-1], data)
                if not private and (mode := _mode_of(path)) is not None:
                    os.chmod(part, mode)
            _sync(handles)
        finally:
            for handle in handles:
                with contextlib.suppress(OSError):  # it is on the disk, or the run is being refused already
                    os.close(handle)
        if announce is not None:
            announce()
        for part, (path, _) in zip(parts, files, strict=True):
            os.replace(part, path)
    except BaseException:
        for part in parts:
            with contextlib.suppress(OSError):  # it was renamed already
                os.unlink(part)
        raise
    for folder in sorted({os.path.dirname(path) for path, _ in files}):
        sync_folder(Path(folder))


def sync_folder(folder: Path) -> None:
    """Make the folder's names durable, where the system can."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # some network shares cannot
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path, *, below: bool = False) -> None:
    """Remove what a run that died left half-written here (below: and one level below). Only under the folder's lock."""
    pattern = _PART.format("*", "*").replace("-*-*", "-*")
    for part in (*folder.glob(pattern), *(folder.glob(f"*/{pattern}") if below else ())):
        with contextlib.suppress(OSError):  # a folder of that name is nobody's
            os.unlink(part)


def _part_in(folder: str) -> str:
    return os.path.join(folder, _PART.format(os.getpid(), next(_parts)))


def _mode_of(path: str) -> int | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return stat.S_IMODE(status.st_mode) if stat.S_ISREG(status.st_mode) else None


def _opened(path: str, mode: int) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
    try:
        return os.open(path, flags, mode)
    except FileExistsError:  # of a process that died and had our number
        os.unlink(path)
        return os.open(path, flags, mode)


def _write(handle: int, data: Iterable[bytes]) -> None:
    for piece in (b"".join(data),) if isinstance(data, tuple) else data:
        rest = memoryview(piece)[os.write(handle, piece) :]
        while rest:
            rest = rest[os.write(handle, rest) :]


def _sync(handles: Sequence[int]) -> None:
    begin = time.perf_counter()
    for handle in handles[:1]:
        os.fsync(handle)
    if len(handles) < 3 or time.perf_counter() - begin < _QUICK:
        _sync_each(handles[1:])
        return
    with ThreadPoolExecutor(_THREADS) as threads:
        list(threads.map(_sync_each, [handles[1 + n :: _THREADS] for n in range(_THREADS)]))


def _sync_each(handles: Sequence[int]) -> None:
    for handle in handles:
        os.fsync(handle)
