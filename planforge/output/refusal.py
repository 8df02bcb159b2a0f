"""Why a file could not be put, in one Chinese sentence that says what to do."""

from __future__ import annotations

import contextlib
import errno
from pathlib import Path

from planforge.core.problems import InputError, Place, Problem
from planforge.core.system_messages import why

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


class OutputError(InputError):
    """Nothing was harmed, but a file or folder cannot be written; one problem says why and what to do."""

    def __init__(self, message: str, path: Path, code: str, fix: str = "") -> None:
        self.code = code
        super().__init__([Problem(message, Place(str(path)), fix=fix, code=code)])


class FolderBusy(OutputError):
    """Another run is at work in the folder; this one has touched nothing."""

    def __init__(self, message: str, folder: Path, fix: str) -> None:
        super().__init__(message, folder, "output-locked", fix)


def refusal(error: OSError, path: Path) -> OutputError:
    """The Chinese message for what the system said about `path` (a folder, or a file in it)."""
    if error.errno in _FULL:
        what = "还有文件没有生成" if path.is_dir() else "这个文件没有生成"
        return OutputError(
            f"磁盘写不下了，{what}，原有的文件没有动", path, "output-full", "腾出空间后再做一次"
        )
    if error.errno in _DENIED:
        fix = "换一个文件夹，或请管理员开放写入权限"
        if path.is_file():  # on Windows, a file that is open refuses in the same words
            fix = f"正用 Excel、Word 或 WPS 打开着的，请先关闭；没有打开的，{fix}"
        return OutputError("没有写入的权限，原有的文件没有动", _there(path), "output-denied", fix)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return OutputError(
            "这里应当是文件夹，却是一个文件", _there(path), "output-not-folder", "把这个文件移走或改名"
        )
    if error.errno == errno.ENOENT and not path.parent.is_dir():
        return no_folder(path.parent)
    if error.errno == errno.EISDIR:
        return OutputError(
            "这里已经有一个同名的文件夹，文件写不进去", path, "output-is-folder", "换一个文件名"
        )
    if error.errno == errno.ENAMETOOLONG:
        return OutputError(
            "路径太长，系统不接受", path, "output-too-long", "换一个层级浅一些、名称短一些的文件夹"
        )
    return OutputError(
        f"写不进去，原有的文件没有动：{why(error)}",
        path,
        "output-failed",
        "检查磁盘或网络盘是否还连着",
    )


def no_folder(folder: Path) -> OutputError:
    """The folder in which a file is to be is not there, and whoever asked for it is to make it."""
    return OutputError("没有这个文件夹", folder, "output-no-folder", "先建好文件夹，或换一个地方")


def _there(path: Path) -> Path:
    """The path, or what of it is there: the folder that may not be written into, the file in the way."""
    for part in (path, *path.parents):
        with contextlib.suppress(OSError, ValueError):
            if part.exists():
                return part
    return path


def unwritable_name(error: UnicodeEncodeError, path: Path) -> OutputError:
    """The system's file names cannot hold some character, under the settings it was started with."""
    character = str(error.object)[error.start]
    return OutputError(
        f"这台电脑现在的设置下，文件名里写不出“{character}”",
        path.parent,
        "output-encoding",
        "设环境变量 PYTHONUTF8=1 再运行；planforge doctor 有说明",
    )


def still_open(path: Path, owner: Path | None = None) -> OutputError:
    """The file is open in Word, WPS or LibreOffice. owner: the program's own mark beside it, if seen."""
    fix = "请先关闭，再做一次"
    if owner is not None:
        fix += f"；如果早已关闭，删除同一文件夹里的“{owner.name}”即可"
    return OutputError(
        "这个文件正被别的程序打开（多半是 Word 或 WPS），原有的文件没有动", path, "output-open", fix
    )
