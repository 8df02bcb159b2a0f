"""A PDF's pages as pictures, for a page that shows what will be printed."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass

_LOCK = threading.Lock()
"""PDFium is not made for several threads."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Some words of a page. left, top, width, height: in per cent of the page's."""

    text: str
    left: float
    top: float
    width: float
    height: float


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_picture(pdf: bytes, number: int, width: int = 900) -> bytes:
    """A page as PNG.

    Args:
        pdf: the file.
        number: of the page, from 1.
        width: of the picture in pixels.

    Raises:
        IndexError: there is no such page.
    """
    import pypdfium2

    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 1 <= number <= len(document):
                raise IndexError(number)
            page = document[number - 1]
            picture = page.render(scale=width / page.get_width(), grayscale=False).to_pil()
        finally:
            document.close()
    made = io.BytesIO()
    picture.quantize(64).save(made, "PNG")
    return made.getvalue()


def printed_lines(pdf: bytes, number: int) -> list[PrintedLine]:
    """The words of a page with where they stand, for those who click on them."""
    import pypdfium2

    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[number - 1]
            return list(_lines(page))
        finally:
            document.close()


def _lines(page: object) -> Iterator[PrintedLine]:
    text_page = page.get_textpage()  # type: ignore[attr-defined]
    width, height = page.get_size()  # type: ignore[attr-defined]
    for index in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(index)
        text = text_page.get_text_bounded(left, bottom, right, top).strip()
        if text:
            yield PrintedLine(
                text,
                100 * left / width,
                100 * (height - top) / height,
                100 * (right - left) / width,
                100 * (top - bottom) / height,
            )
