"""One file written beside and renamed: at every moment it is the old one or the new one, never half."""

from __future__ import annotations

from pathlib import Path

from planforge.output.group_write import put_together
from planforge.output.refusal import OutputError, refusal, still_open


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`, durably, keeping the permissions of the file that it replaces.

    Raises:
        OutputError: that cannot be; what stood there then still stands there.
    """
    try:
        put_together([(str(path), (data,))], private=False)
    except OSError as error:
        raise refused(error, path) from error


def write_new(path: Path, data: bytes) -> None:
    """Put `data` at `path`, where nothing may stand yet.

    Raises:
        OutputError: something stands there, or the file cannot be written.
    """
    if path.exists() or path.is_symlink():
        raise OutputError("这个文件已经在了，没有动它", path, "output-there", "换一个文件名")
    write_whole(path, data)


def refused(error: OSError, path: Path) -> OutputError:
    """What to tell the person of an error of `put_together`. path: the file that was to be put, or its folder."""
    if isinstance(error, PermissionError) and error.filename2:
        # The folder takes new files, only this one cannot be replaced: on Windows, it is open.
        return still_open(Path(error.filename2))
    return refusal(error, path)
