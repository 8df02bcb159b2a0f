"""One run at a time in a folder."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from planforge.core.file_lock import Locked, file_lock
from planforge.output.refusal import FolderBusy, refusal

LOCK_NAME = ".planforge.lock"


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder.

    Raises:
        FolderBusy: another run is at work in it.
        OutputError: nothing can be written there.
    """
    path = folder / LOCK_NAME
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(file_lock(path))
        except Locked as error:
            raise _busy(path, error.who) from error
        except OSError as error:
            raise refusal(error, folder) from error
        yield


def _busy(path: Path, who: str) -> FolderBusy:
    return FolderBusy(
        f"另一次生成正在写这个文件夹{who}，这一次没有动任何文件",
        path.parent,
        f"等它结束再生成；如果确定没有别的生成在进行，删除其中的“{path.name}”",
    )
