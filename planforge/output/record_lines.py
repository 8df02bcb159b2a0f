"""Records that are added to a file durably, a JSON object a line, and read again whatever became of their last line."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planforge.output.group_write import PRIVATE, SHARED, sync_folder


def append(path: Path, lines: bytes, *, private: bool) -> None:
    """Add lines to a file, made where it is not there, never through a link.

    Args:
        path: the file.
        lines: each with its end.
        private: a file that is made is readable by its owner only.

    Raises:
        OSError: they cannot be added.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    new = not path.exists()
    with os.fdopen(os.open(path, flags, PRIVATE if private else SHARED), "ab") as file:
        file.write(b"\n" + lines)  # the new line ends one that a full disk or a dead run cut short
        file.flush()
        os.fsync(file.fileno())
    if new:
        sync_folder(path.parent)


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file that may not be there; lines that are none are passed over.

    Raises:
        OSError: the file cannot be read.
    """
    if path.is_symlink() or not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for line in lines:
            with contextlib.suppress(ValueError, RecursionError):
                record = json.loads(line)
                if isinstance(record, dict):
                    yield record
