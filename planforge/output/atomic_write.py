"""Written beside and renamed: at every moment a file is the old one or the new one, never half."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from planforge.output.refusal import OutputError, refusal, still_open

_PART_PREFIX = ".planforge-"
_PART_SUFFIX = ".part"


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`, durably, keeping the permissions of the file that it replaces.

    Raises OutputError where that cannot be; what stood there then still stands there.
    """
    part = path.with_name(f"{_PART_PREFIX}{os.getpid()}{_PART_SUFFIX}")
    try:
        _write_part(part, data, _mode_of(path))
    except OSError as error:
        part.unlink(missing_ok=True)
        raise refusal(error, path) from error
    try:
        part.replace(path)
    except PermissionError as error:
        # The folder takes new files, only this one cannot be replaced: on Windows, it is open.
        part.unlink(missing_ok=True)
        raise still_open(path) from error
    except OSError as error:
        part.unlink(missing_ok=True)
        raise refusal(error, path) from error
    sync_folder(path.parent)


def write_new(path: Path, data: bytes) -> None:
    """Put `data` at `path`, where nothing may stand yet. Raises OutputError."""
    if path.exists() or path.is_symlink():
        raise OutputError("这个文件已经在了，没有动它", path, "output-there", "换一个文件名")
    write_whole(path, data)


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


def sweep(folder: Path) -> None:
    """Remove what a run that died left half-written. Only under the folder's lock."""
    for part in folder.glob(f"{_PART_PREFIX}*{_PART_SUFFIX}"):
        if not part.is_dir():
            with contextlib.suppress(OSError):
                part.unlink()


def owner_mark(path: Path) -> Path | None:
    """The mark that Word, WPS (`~$…`) or LibreOffice (`.~lock.…#`) puts beside a file that it has open.

    Word writes `~$` before a short name, in place of the first or the first two characters of a longer one.
    """
    names = [f"~${path.name[cut:]}" for cut in (0, 1, 2)] + [f".~lock.{path.name}#"]
    return next((mark for name in names if (mark := path.with_name(name)).is_file()), None)


def _mode_of(path: Path) -> int | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return stat.S_IMODE(status.st_mode) if stat.S_ISREG(status.st_mode) else None


def _write_part(part: Path, data: bytes, mode: int | None) -> None:
    part.unlink(missing_ok=True)
    with part.open("xb") as file:  # a new file gets the person's umask
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        part.chmod(mode)
