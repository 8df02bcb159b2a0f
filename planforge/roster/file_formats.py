"""From a file to its sheets, by what the file holds and not by what it is called."""

from __future__ import annotations

import re
from pathlib import Path

from planforge.core.text_folding import visible
from planforge.core.unreadable import SAVE_AS, Unreadable, damaged, not_opened, too_large
from planforge.sheets.grid import Workbook

MAX_BYTES = 200_000_000
MAX_TEXT_BYTES = 50_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00\x04\x00")
_OTHERS = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"{\\rtf", "RTF 文件"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
)


def open_book(path: Path) -> Workbook:
    """The sheets of the roster at `path`. Raises Unreadable, with Chinese words, for any file that is none."""
    try:
        return _folded(_open(path))
    except OSError as error:
        raise not_opened(error) from error
    except MemoryError as error:
        raise too_large("文件太大") from error
    except (ValueError, RecursionError) as error:
        raise damaged() from error


_APOSTROPHE = re.compile(r"[\u0060\u00b4'‘’＇]+(?=[A-Za-z]{0,2}\d|[^\sA-Za-z'])")
"""What Excel's people put before a number to keep it a text; a name may begin so too (’t Hooft)."""


def _folded(book: Workbook) -> Workbook:
    """The workbook with the texts of its cells as they are seen; cells that show nothing are empty."""
    for sheet in book.sheets:
        sheet.name = visible(sheet.name)
        for number in list(sheet.rows):
            row = sheet.rows[number]
            for column, cell in list(row.items()):
                text = visible(cell.text) if cell.kind == "text" else cell.text
                if text[:1] in "'‘’＇`´" and (mark := _APOSTROPHE.match(text)):
                    text = text[mark.end() :].strip()
                if not text and cell.kind == "text":
                    del row[column]
                elif text != cell.text:
                    row[column] = cell._replace(text=text)
            if not row:
                del sheet.rows[number]
    return book


def _open(path: Path) -> Workbook:
    from planforge.roster.xls import read_xls
    from planforge.sheets.xlsx import Limits, read_xlsx

    if path.is_dir():
        if path.suffix.lower() == ".numbers":
            raise _numbers()
        raise Unreadable("file.folder", "这是文件夹，不是花名册", "写出文件夹里花名册的文件名")
    if path.exists() and not path.is_file():
        raise Unreadable("file.special", "这不是普通文件")
    if path.name.startswith("~$"):
        raise Unreadable("file.lock", "这是 Excel 打开文件时的临时文件", "给出不带“~$”的那一个文件")
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("file.empty", "文件是空的", "重新导出一份再用")
    if size > MAX_BYTES:
        raise too_large("文件太大", f"{size / 1e6:.0f} MB")
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        if path.suffix.lower() == ".numbers":
            raise _numbers()
        return read_xlsx(path, Limits(hidden=True))
    if head.startswith(_OLE) or (head.startswith(_BIFF) and path.suffix.lower() in (".xls", ".et", ".xlt")):
        return read_xls(path)
    for magic, name in _OTHERS:
        if head.startswith(magic):
            raise Unreadable(
                "file.other", f"这是{name}，不是花名册", "请给出 .xlsx、.xls 或 .csv 花名册", name
            )
    if size > MAX_TEXT_BYTES:
        raise too_large("文件太大", f"{size / 1e6:.0f} MB")
    return _open_text(path.read_bytes())


def _open_text(data: bytes) -> Workbook:
    from planforge.core.text_file import decode
    from planforge.roster.delimited import read_delimited
    from planforge.roster.html_table import read_html
    from planforge.roster.spreadsheet_xml import read_spreadsheet_xml

    text, encoding = decode(data, "请给出 .xlsx、.xls 或 .csv 花名册")
    head = text[:4000].lstrip("\ufeff \t\r\n")
    if (
        "urn:schemas-microsoft-com:office:spreadsheet" in head
        and "<" in head[:1]
        and "<html" not in head.lower()
    ):
        return read_spreadsheet_xml(text.lstrip("\ufeff \t\r\n"))
    if head.startswith("<"):
        if re.search(r"<(html|table|!doctype html|head|body|meta|style|div)\b", head, re.IGNORECASE):
            return read_html(text)
        raise Unreadable("file.format", "这是 XML 文件，读不出表格", SAVE_AS)
    return read_delimited(text, encoding)


def _numbers() -> Unreadable:
    fix = "在 Numbers 里用“导出为 Excel”存成 .xlsx 再用"
    return Unreadable("file.format", "这是苹果 Numbers 表格（.numbers），读不了", fix)
