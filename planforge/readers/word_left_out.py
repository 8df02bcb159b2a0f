"""What of a Word file is not text, and how many characters are: by counting, apart from the reading of paragraphs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planforge.core.office_package import OfficePackage, W, parse

if TYPE_CHECKING:
    from lxml.etree import _Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
TEXT_BOX = f"{W}txbxContent"
FALLBACK = f"{MC}Fallback"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_EQUATION = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_SYMBOLS = {
    "wingdings": {
        0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0xA8: "□", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0xA4: "□"},
    "symbol": {0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠"},
}  # fmt: skip
"""Signs that forms tick or count with, by font and place (the fonts' tables in Unicode, WG2 N4363 and Adobe's symbol.txt)."""
UNKNOWN_SIGN = "〓"
"""Stands for a sign of a font that has signs instead of letters, as printers put it for a type that they lack."""
_OFF = ("0", "false", "off", "none")
_NOT_RUNNING = {TEXT_BOX, FALLBACK, *(f"{W}{name}" for name in ("del", "moveFrom", "rt"))}


def left_out(root: _Element) -> tuple[str, ...]:
    """What the main part of a Word file holds besides text, in Chinese."""
    counted = (
        ("图片 {} 张", sum(1 for _ in root.iter(*_PICTURES))),
        ("公式 {} 个", sum(1 for _ in root.iter(_EQUATION))),
        (
            "格子里的表格 {} 个，排在外面那张表的后面",
            sum(any(True for _ in one.iterancestors(f"{W}tbl")) for one in root.iter(f"{W}tbl")),
        ),
        ("注音 {} 处", sum(1 for _ in root.iter(f"{W}ruby"))),
        (
            f"符号字体里认不出的字 {{}} 个，写作“{UNKNOWN_SIGN}”",
            sum(sign_of(one) == UNKNOWN_SIGN for one in root.iter(f"{W}sym")),
        ),
    )
    return tuple(words.format(count) for words, count in counted if count)


def all_signs(package: OfficePackage) -> Counter[str]:
    """How often each character stands in the running text, wherever it stands in it and white space apart.

    It knows nothing of paragraphs and tables: what their reading passes over is found by it.
    """
    found: Counter[str] = Counter()
    for text in parse(package.parts[package.main]).iter(f"{W}t"):
        run = next(text.iterancestors(f"{W}r"), None)
        if run is not None and not any(_unread(one) for one in text.iterancestors()):
            found.update("".join((text.text or "").split()))
    return found


def _unread(element: _Element) -> bool:
    """Whether what it holds is no running text: deleted, hidden, in a text box, or there for older programs."""
    if element.tag == f"{W}r":
        return is_on(element.find(f"{W}rPr"), "vanish")
    return element.tag in _NOT_RUNNING or (element.tag == f"{W}tr" and is_deleted(element))


def is_deleted(row: _Element) -> bool:
    """Whether a row of a table was deleted under revision."""
    return row.find(f"{W}trPr/{W}del") is not None


def sign_of(symbol: _Element) -> str:
    """A sign of a font of signs, as a character of its own."""
    try:
        place = int(symbol.get(f"{W}char", ""), 16) & 0xFF
    except ValueError:
        return UNKNOWN_SIGN
    return _SYMBOLS.get(symbol.get(f"{W}font", "").casefold(), {}).get(place, UNKNOWN_SIGN)


def is_on(properties: _Element | None, name: str) -> bool:
    """Whether a property that is there or not is there and not switched off."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in _OFF
