"""A file that cannot be read as a workbook at all."""

from __future__ import annotations

import errno

from planforge.core.system_messages import why


class Unreadable(Exception):
    """Why a file cannot be read: a stable code, and Chinese words for what is wrong, found and to be done."""

    def __init__(self, code: str, message: str, fix: str = "", found: str = "") -> None:
        self.code = code
        self.message = message
        self.fix = fix
        self.found = found
        super().__init__(message)


SAVE_AS = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”再用"


def too_large(what: str, found: str = "") -> Unreadable:
    """The refusal of a file, or a part of it, that is larger than anything a school fills in."""
    fix = "只把要用的工作表复制到一个新的工作簿里，另存为 .xlsx 再用"
    return Unreadable("file.size", f"{what}，不像是学校填的表", fix, found)


def damaged(found: str = "") -> Unreadable:
    """The refusal of a file that is not whole."""
    return Unreadable("file.damaged", "文件损坏，读不完整", SAVE_AS + "；打不开的话请重新导出一份", found)


def not_opened(error: OSError) -> Unreadable:
    """The refusal of a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return Unreadable("file.missing", "找不到这个文件", "核对文件名和所在文件夹")
    close = "如果正在 Excel 里打开着，请先关闭"
    if isinstance(error, PermissionError):
        return Unreadable("file.permission", "没有权限读这个文件", close)
    busy = error.errno in (errno.EBUSY, errno.ETXTBSY)
    return Unreadable("file.unreadable", f"这个文件读不出来：{why(error)}", close if busy else "核对文件名")
