"""Where every character of a PDF stands, as PDFium reads it: an independent eye on both writers' pages."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True, slots=True)
class Sign:
    """One printed character. x, y: its origin on the base line in points, from the page's upper left corner."""

    text: str
    x: float
    y: float
    page: int


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Characters on one base line, in the order in which the file has them."""

    signs: tuple[Sign, ...]

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)

    @property
    def page(self) -> int:
        return self.signs[0].page

    @property
    def y(self) -> float:
        return self.signs[0].y


def signs(pdf: bytes) -> list[Sign]:
    """All visible characters of a PDF, in the order of its content; white space is left out."""
    found: list[Sign] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, 1):
            height = page.get_height()
            text = page.get_textpage()
            for index in range(pdfium.FPDFText_CountChars(text)):
                code = pdfium.FPDFText_GetUnicode(text, index)
                if code <= 0x20 or code in (0xA0, 0x3000) or pdfium.FPDFText_IsGenerated(text, index):
                    continue
                pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
                if 0xDC00 <= code < 0xE000 and found and 0xD800 <= ord(found[-1].text) < 0xDC00:
                    high = ord(found.pop().text)
                    code = 0x10000 + (high - 0xD800) * 0x400 + code - 0xDC00
                found.append(Sign(chr(code), x.value, height - y.value, number))
            text.close()
            page.close()
    finally:
        document.close()
    return found


def body(all_signs: Iterable[Sign], top: float, bottom: float) -> list[Sign]:
    """The characters whose base line lies between two heights, in points from the page's top."""
    return [sign for sign in all_signs if top <= sign.y <= bottom]


def lines(all_signs: Sequence[Sign]) -> list[PrintedLine]:
    """Characters that follow each other on one base line, going right."""
    found: list[list[Sign]] = []
    for sign in all_signs:
        last = found[-1][-1] if found else None
        if last and last.page == sign.page and abs(last.y - sign.y) < 1 and sign.x > last.x:
            found[-1].append(sign)
        else:
            found.append([sign])
    return [PrintedLine(tuple(line)) for line in found]
