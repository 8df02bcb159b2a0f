"""The tree as one long picture for telephones: what a chat group shows without a tap, and nobody can mistype.

1080 pixels are the width of most screens. The column holds about 19 characters, which then stand in the size that
messages have. Laid out as the PDF is, on one page as long as the text; nothing is said of cutting it.
"""

from __future__ import annotations

import io
from typing import Any

from planforge.core.problems import InputError, MissingPart, Problem
from planforge.document.blank_copy import narrowed
from planforge.document.look import POINTS_PER_MM, Look
from planforge.document.tree import Document
from planforge.document.uncut import uncut
from planforge.writers.fonts import Fonts, choose, require_characters
from planforge.writers.pdf import layout

WIDTH = 1080
"""Pixels."""
_CHARACTERS = 19.5  # of body text in a line
_MARGIN = 1.6  # in characters of body text, on each side
_BLANKS = 0.45  # of the room to write in on a page, whose lines are as much longer
_TALL_MM = 4900.0
_LONGEST = 30_000
"""Pixels; longer pictures are cut by messengers and refused by some telephones."""
_END = "planforge-end"
_PX = 72 / 96  # points a CSS pixel


def write(document: Document, look: Look, fonts: Fonts | None = None) -> bytes:
    """A document as a PNG, 1080 pixels wide. The same document, look, fonts and libraries give the same bytes.

    Raises:
        MissingPart: documents cannot be laid out or drawn on this machine.
        InputError: the text is too long for a picture.
    """
    pdfium = _pdfium()
    look, document = _narrow(look), narrowed(uncut(document), _BLANKS)
    fonts = choose(look) if fonts is None else fonts
    require_characters(document, look, fonts)
    height = _height(document, look, fonts)
    scale = WIDTH / (look.page.width_mm * POINTS_PER_MM)
    if height is None or height * POINTS_PER_MM * scale > _LONGEST:
        fix = "分成几份发，或只发 PDF"
        raise InputError(
            [Problem(f"《{document.title}》太长，做不成一张图", fix=fix, code="picture-too-long")]
        )
    pages = layout(document, look, fonts, _strip(look, height))
    opened = pdfium.PdfDocument(pages.copy(pages.pages[:1]).write_pdf())
    try:
        picture = opened[0].render(scale=scale, grayscale=look.red_head is None).to_pil()
    finally:
        opened.close()
    picture = picture.crop((0, 0, WIDTH, picture.height))  # a fraction of a pixel is drawn as a whole one
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _strip(look: Look, height_mm: float) -> str:
    """CSS for one page of this height."""
    whole = "*{break-before:auto!important;break-after:auto!important}"
    return f"@page{{size:{look.page.width_mm}mm {height_mm}mm}}{whole}"


def _narrow(look: Look) -> Look:
    """The look on a strip of a telephone's proportions, without page numbers."""
    size = look.styles["body"].size
    margin = _MARGIN * size / POINTS_PER_MM
    page = look.page.model_copy(
        update={
            "width_mm": (_CHARACTERS + 2 * _MARGIN) * size / POINTS_PER_MM,
            "height_mm": 1000.0,
            "top_mm": margin,
            "bottom_mm": 1.5 * margin,
            "left_mm": margin,
            "right_mm": margin,
            "lines": int((1000.0 - 2.5 * margin) * POINTS_PER_MM / look.page.pitch),
            "characters": int(_CHARACTERS),
        }
    )
    styles = {
        name: style.model_copy(update={"align": "left"}) if style.align == "justify" else style
        for name, style in look.styles.items()
    }
    number = look.page_number.model_copy(update={"pattern": ""})
    return look.model_copy(
        update={"page": page, "styles": styles, "page_number": number, "fit": None, "letterhead": None}
    )


def _height(document: Document, look: Look, fonts: Fonts) -> float | None:
    """How long the strip must be, in mm; None where it would be longer than any."""
    pages = layout(document, look, fonts, _strip(look, _TALL_MM), f'<div id="{_END}"></div>').pages
    if len(pages) != 1:
        return None
    end: float = pages[0].anchors[_END][1] * _PX / POINTS_PER_MM
    return end + look.page.bottom_mm + look.styles["body"].pitch / POINTS_PER_MM


def _pdfium() -> Any:
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingPart(
            "生成长图需要 pypdfium2，这台机器上没有装：pip install pypdfium2。其他文件不受影响。"
        ) from error
    return pypdfium2
