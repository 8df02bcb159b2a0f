"""From a file's bytes to text: sizes, encodings, and files that are no text at all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

from planforge.core.problems import Place, Problem
from planforge.core.system_messages import why

MAX_BYTES = 2_000_000
"""A full profile is about 20 kB; more than a hundred times that is another kind of file."""

_MAGIC = (
    (b"PK\x03\x04", "Word、Excel 或压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel 文件"),
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"\x1f\x8b", "压缩文件"),
    (b"{\\rtf", "RTF 文件"),
)
_YAML_HINT = "UTF-8 编码的文本文件（.yaml）"

_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".et", ".ods", ".numbers")

Report = Callable[[Problem], None]


def is_workbook(path: Path) -> bool:
    """Whether the file is to be read as a workbook: a package or an old Office file, and named like one."""
    if path.suffix.lower() not in _WORKBOOKS or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except (OSError, ValueError):
        return False
    return head.startswith((b"PK", b"\xd0\xcf\x11\xe0"))


def load(path: Path, file: str, report: Report) -> str | None:
    """The text of the file at `path`, or None where it cannot be read; `file` names it in problems."""

    def refuse(code: str, message: str, found: str = "", expected: str = "", fix: str = "") -> None:
        report(Problem(message, Place(file), "", found, expected, fix, code))

    try:
        if path.is_dir():
            refuse("file.folder", "这是一个文件夹，不是信息表", fix="写出文件夹里信息表的文件名")
            return None
        if path.exists() and not path.is_file():
            refuse("file.special", "这不是普通文件", expected=_YAML_HINT)
            return None
        size = path.stat().st_size
        if size > MAX_BYTES:
            found, limit = f"{size / 1e6:.1f} MB", f"不超过 {MAX_BYTES // 1_000_000} MB"
            refuse("file.size", "文件太大，不像是一张信息表", found=found, expected=limit)
            return None
        data = path.read_bytes()
    except FileNotFoundError:
        refuse("file.missing", "找不到这个文件", fix="核对文件名和所在文件夹")
        return None
    except PermissionError:
        refuse("file.permission", "没有权限读这个文件", fix="检查文件的权限，或者换一个位置存放")
        return None
    except (OSError, ValueError) as error:
        told = f"：{why(error)}" if isinstance(error, OSError) else ""
        refuse("file.unreadable", f"这个文件读不出来{told}", fix="核对文件名，或者重新存一份")
        return None
    return decode(data, file, report)


def decode(data: bytes, file: str, report: Report) -> str | None:
    """The text in `data`: UTF-8, UTF-16, or GB18030 with a notice. None, and a problem, for anything else."""

    def refuse(code: str, message: str, found: str, place: Place | None = None, fix: str = "") -> None:
        report(Problem(message, place or Place(file), "", found, _YAML_HINT, fix, code))

    for magic, name in _MAGIC:
        if data.startswith(magic):
            fix = "先用“planforge new”生成空白信息表，再把内容填进去"
            refuse("file.binary", "这不是文本文件", name, fix=fix)
            return None
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return _utf16(data[2:], encoding, file, report)
    if b"\0" in data:
        head = data[:200]
        if len(data) % 2 == 0 and 0 in head[1::2] and 0 not in head[::2]:
            return _utf16(data, "utf-16-le", file, report)
        if len(data) % 2 == 0 and 0 in head[::2] and 0 not in head[1::2]:
            return _utf16(data, "utf-16-be", file, report)
        refuse("file.binary", "这不是文本文件", "含有空字节的二进制内容")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, file, report)


def _utf16(data: bytes, encoding: str, file: str, report: Report) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if _noise(text):
        report(Problem("这不是文本文件", Place(file), "", "二进制内容", _YAML_HINT, "", "file.binary"))
        return None
    report(_other_encoding("UTF-16", "encoding.utf16", file))
    return text


def _not_utf8(data: bytes, start: int, file: str, report: Report) -> str | None:
    rough = data.decode("utf-8", errors="replace")
    lost = rough.count("\ufffd")
    if len(re.findall(r"[\u3000-\u9fff\uff00-\uffef]", rough)) >= 4 * lost:
        before = data[:start].decode("utf-8", errors="replace").removeprefix("\ufeff")
        lines = re.split(r"\r\n|\r|\n", before)
        place = Place(file, len(lines), len(lines[-1]) + 1)
        fix = "用记事本打开，改好这一处，另存为 UTF-8 编码"
        report(Problem("这里有损坏的字节，不成文字", place, "", "", _YAML_HINT, fix, "encoding.damaged"))
        return None
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = "\0"
    if _noise(text):
        report(
            Problem("这不是文本文件，或者编码认不出来", Place(file), "", "", _YAML_HINT, "", "file.binary")
        )
        return None
    report(_other_encoding("GBK（GB18030）", "encoding.gbk", file))
    return text


def _noise(text: str) -> bool:
    odd = len(re.findall(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", text))
    return "\0" in text or odd * 50 > len(text)


def _other_encoding(name: str, code: str, file: str) -> Problem:
    message = f"文件是 {name} 编码，已经照样读入"
    fix = "方便时用记事本另存为 UTF-8"
    return Problem(message, Place(file), "", name, _YAML_HINT, fix, code, severity="notice")
