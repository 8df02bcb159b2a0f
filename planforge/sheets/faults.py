"""A file that cannot be read as a workbook at all."""

from __future__ import annotations


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
