"""New content in a file of its own beside the one that it is to replace: read it again there, and replacing is one step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
