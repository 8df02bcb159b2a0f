"""From bytes to text, for files that are text: UTF-8, UTF-16, GB18030."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from planforge.core.named_file import read_named_file
from planforge.core.unreadable import SAVE_AS, Unreadable

_TEXT = 20_000_000
"""Bytes of a text that somebody hands in: a hundred novels."""
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)


def decode(data: bytes, instead: str = "") -> tuple[str, str]:
    """The text and the name of its encoding, byte-order marks taken off, however many there are.

    Args:
        data: the file's bytes.
        instead: what to hand in where it is no text, in Chinese.

    Raises:
        Unreadable: it is no text.
    """
    text, name = _decoded(data, instead)
    return text.lstrip("\ufeff"), name


def _decoded(data: bytes, instead: str) -> tuple[str, str]:
    for mark, encoding, name in (
        (codecs.BOM_UTF8, "utf-8", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    ):
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return _checked(text, instead), name
    head = data[:400]
    if b"\0" in head and len(data) % 2 == 0:
        encoding = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
        return _checked(data.decode(encoding, errors="replace"), instead), "UTF-16"
    declared = _CHARSET.search(data[:2000])
    if declared and declared[1].lower().startswith(b"gb"):
        return _checked(data.decode("gb18030", errors="replace"), instead), "GBK"
    try:
        return _checked(data.decode("utf-8"), instead), "UTF-8"
    except UnicodeDecodeError:
        pass
    national, world = data.decode("gb18030", errors="replace"), data.decode("utf-8", errors="replace")
    if world.count("\ufffd") * 4 < _han(world) and national.count("\ufffd") >= world.count("\ufffd"):
        return _checked(world, instead), "UTF-8"
    return _checked(national, instead), "GBK"


def read_text(path: Path) -> str:
    """The words of a text that somebody hands in. Raises Unreadable for what is none, or cannot be read."""
    return decode(read_named_file(path, _TEXT, "文本"))[0]


def _han(text: str) -> int:
    return len(re.findall(r"[\u4e00-\u9fff]", text))


def _checked(text: str, instead: str) -> str:
    odd = len(_NOT_TEXT.findall(text)) + text.count("\ufffd")
    if odd * 20 > len(text) and odd > 3:
        raise Unreadable("file.binary", "里面不是文字", instead)
    if _mime(text):
        raise Unreadable("file.format", "这是网页存档（.mht），读不了", SAVE_AS)
    return text


def _mime(text: str) -> bool:
    return text[:200].lstrip().lower().startswith("mime-version:")
