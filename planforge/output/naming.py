"""Names that every system accepts, as near to what was asked for as can be."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FOLDER_BYTES = 120
"""Longest folder name in UTF-8 bytes: 40 Han. Three such levels stay below Windows' 260 characters."""

FILE_BYTES = 180
"""Longest file name in UTF-8 bytes, suffix included: 60 Han; every system takes 255, backups often less."""

_FULL_WIDTH = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])[ ]*(\.|$)", re.IGNORECASE)
_DROPPED = {"Cc", "Cf", "Cs"}
_UNNAMED = "未命名"


@lru_cache(maxsize=4096)
def safe_name(name: str, suffix: str = "", *, tail: str = "", limit: int = FILE_BYTES) -> str:
    """A single file or folder name made from any text.

    Characters that a system forbids become their full-width twins; control, direction and other
    invisible characters go; the rest (full-width letters, rare Han) is kept, in NFC. suffix (".docx")
    and tail ("（新）", before the suffix) are always kept whole; the name is cut so that all of it is
    at most `limit` bytes of UTF-8. Never empty, never a Windows device, never hidden.
    """
    stem = "".join(_visible(character) for character in name).translate(_FULL_WIDTH)
    stem = unicodedata.normalize("NFC", re.sub(r"[^\S\u3000]+", " ", stem))
    stem = _trimmed(stem)
    if stem.startswith("~"):  # Word's and WPS's own working files begin so
        stem = "～" + stem[1:]
    stem = _cut(stem or _UNNAMED, limit - len((tail + suffix).encode()))
    if _RESERVED.match(stem + tail + suffix):
        stem = _cut("_" + stem, limit - len((tail + suffix).encode()))
    return stem + tail + suffix


def fold(name: str) -> str:
    """Equal for two names that some system takes for one (case, composed and decomposed letters)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _visible(character: str) -> str:
    if character in "\t\n\v\f\r\x85\u2028\u2029":
        return " "
    code = ord(character)
    if unicodedata.category(character) in _DROPPED or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return ""
    return character


def _trimmed(stem: str) -> str:
    return stem.strip(" \u3000").lstrip(".").rstrip(". \u3000").lstrip(" \u3000.")


def _cut(stem: str, limit: int) -> str:
    """The longest beginning of at most `limit` bytes; a letter keeps the marks that stand on it."""
    if len(stem.encode()) <= limit:
        return stem
    cut = stem.encode()[:limit].decode(errors="ignore")
    rest = stem[len(cut) :]
    while cut and rest and unicodedata.category(rest[0]).startswith("M"):
        cut, rest = cut[:-1], cut[-1] + rest
    return _trimmed(cut) or _UNNAMED
