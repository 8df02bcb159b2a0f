"""A drawing as PNG of 300 dpi, for Word and WPS, which do not all show SVG."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

from planforge.writers.figures.drawing import Drawing, PlacedCharacter, Rect, StraightLine

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

DPI = 300
_SCALE = DPI / 72


def png(drawing: Drawing) -> bytes:
    """The same drawing and fonts give the same bytes."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (_px(drawing.width), _px(drawing.height)), 255)
    pen = ImageDraw.Draw(image)
    for mark in drawing.marks:
        match mark:
            case Rect(x, y, width, height, grey):
                box = (_px(x), _px(y), _px(x + width), _px(y + height))
                pen.rectangle(box, fill=round(grey * 255), outline=0, width=3)
            case StraightLine(x1, y1, x2, y2, width):
                half = width / 2
                across = (0.0, half) if y1 == y2 else (half, 0.0)
                box = (_px(x1 - across[0]), _px(y1 - across[1]), _px(x2 + across[0]), _px(y2 + across[1]))
                pen.rectangle(box, fill=0)
            case PlacedCharacter(x, y, character, size, font, grey):
                face = _font(font.face.file, font.face.index, size)
                pen.text((x * _SCALE, y * _SCALE), character, fill=round(grey * 255), font=face, anchor="ls")
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(DPI, DPI))
    return buffer.getvalue()


def _px(points: float) -> int:
    return round(points * _SCALE)


@cache
def _font(file: str, index: int, size: float) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(file, size * _SCALE, index=index, layout_engine=ImageFont.Layout.BASIC)
