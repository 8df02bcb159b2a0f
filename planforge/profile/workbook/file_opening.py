"""Opening a workbook that may be a form, within limits that no form comes near."""

from __future__ import annotations

from pathlib import Path

from planforge.core.unreadable import SAVE_AS, Unreadable, damaged, not_opened, too_large
from planforge.sheets.grid import Workbook as Book
from planforge.sheets.xlsx import Limits, read_xlsx

MAX_BYTES = 20_000_000
"""A filled-in form is about 60 kB; pictures that an office puts beside it may make it larger."""
LIMITS = Limits(
    part=16_000_000, sheet=32_000_000, cells=100_000, sheets=200, text=40_000, hidden=True, macros=False
)
"""A cell of Excel's holds at most 32,767 characters, so no text is cut off."""

_OLE = b"\xd0\xcf\x11\xe0"


def open_form(path: Path) -> Book:
    """The cells of the workbook. Raises Unreadable, with Chinese words, for any file that cannot be a form."""
    try:
        return _open(path)
    except OSError as error:
        raise not_opened(error) from error
    except MemoryError as error:
        raise too_large("文件太大") from error
    except (ValueError, RecursionError) as error:
        raise damaged() from error


def _open(path: Path) -> Book:
    if path.name.startswith("~$"):
        raise Unreadable("file.lock", "这是 Excel 打开文件时的临时文件", "给出不带“~$”的那一个文件")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise too_large("文件太大", f"{size / 1e6:.1f} MB")
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise Unreadable(
                "file.encrypted", "文件加了打开密码，读不了", "在 Excel 里去掉密码，另存一份再用"
            )
        raise Unreadable("file.format", "这是旧版 Excel 文件（.xls），信息表读不了", SAVE_AS)
    return read_xlsx(path, LIMITS)
