"""What three independent readers find in a PDF: PDFium, MuPDF and poppler, each with its own idea of text."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence

import pymupdf
import pypdfium2
from PIL import Image

from tests.support.positions import Sign, signs

_TOUCHING = 0.02
"""Points; poppler gives six places."""
_PAGE = re.compile(r"<page |<word xMin=\"(\S+)\" yMin=\"(\S+)\" xMax=\"(\S+)\" yMax=\"(\S+)\">(.*?)</word>")


def pdfium(data: bytes) -> list[Sign]:
    """Characters at their origins, in the order of the content."""
    return signs(data)


def mupdf(data: bytes) -> list[Sign]:
    """The same, as MuPDF traces what it draws."""
    with pymupdf.open(stream=data, filetype="pdf") as document:  # type: ignore[no-untyped-call]
        return [
            Sign(chr(code), x, y, number)
            for number, page in enumerate(document, 1)
            for span in page.get_texttrace()
            for code, _, (x, y), _ in span["chars"]
            if code > 0x20 and code not in (0xA0, 0x3000)
        ]


def poppler(data: bytes) -> list[Sign]:
    """Stretches of text, each twice: at its upper left corner and at its lower right one, in reading order.

    Words that touch are one stretch: poppler parts them after an accent, where the font object changes and nothing else.
    """
    read = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True)
    found: list[Sign] = []
    page = 0
    for one in _PAGE.finditer(read.stdout.decode("utf-8")):
        if one[5] is None:
            page += 1
            continue
        word = html.unescape(one[5])
        left, top, right, bottom = (float(one[n]) for n in (1, 2, 3, 4))
        if (
            found
            and found[-1].page == page
            and abs(found[-1].x - left) < _TOUCHING
            and abs(found[-2].y - top) < _TOUCHING
        ):
            word, left = found[-2].text + word, found[-2].x
            del found[-2:]
        found += [Sign(word, left, top, page), Sign(word, right, bottom, page)]
    return found


Reader = Callable[[bytes], Sequence[Sign]]
READERS: Mapping[str, Reader] = {"PDFium": pdfium, "MuPDF": mupdf, "poppler": poppler}

_GREY = re.compile(rb"P5\s(\d+)\s(\d+)\s255\s")
DPI = 150


def drawn_by_mupdf(data: bytes) -> list[Image.Image]:
    """The pages in grey."""
    with pymupdf.open(stream=data, filetype="pdf") as document:  # type: ignore[no-untyped-call]
        maps = [page.get_pixmap(dpi=DPI, colorspace="gray", alpha=False) for page in document]
    return [Image.frombytes("L", (one.width, one.height), one.samples) for one in maps]


def drawn_by_poppler(data: bytes) -> list[Image.Image]:
    """The pages in grey."""
    call = ["pdftoppm", "-r", str(DPI), "-gray", "-"]
    read = subprocess.run(call, input=data, capture_output=True, check=True).stdout
    found: list[Image.Image] = []
    at = 0
    while head := _GREY.match(read, at):
        width, height = int(head[1]), int(head[2])
        at = head.end() + width * height
        found.append(Image.frombytes("L", (width, height), read[head.end() : at]))
    return found


def drawn_by_pdfium(data: bytes) -> list[Image.Image]:
    """The pages in grey."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()
