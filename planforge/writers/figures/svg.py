"""A drawing as SVG; its words are outlines of the fonts' own glyphs."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any

from planforge.writers.figures.drawing import Drawing, Mark, PlacedCharacter, Rect, StraightLine
from planforge.writers.fonts import Chosen


def svg(drawing: Drawing, alternative: str) -> str:
    """One SVG element. alternative: what it shows, as its title."""
    width, height = _n(drawing.width), _n(drawing.height)
    body = "".join(_mark(mark) for mark in drawing.marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}"><title>{escape(alternative)}</title>{body}</svg>'
    )


def _n(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def _grey(level: float) -> str:
    return "#" + f"{round(level * 255):02x}" * 3


def _mark(mark: Mark) -> str:
    match mark:
        case Rect(x, y, width, height, grey):
            return (
                f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{_grey(grey)}" '
                'stroke="#000000" stroke-width="0.75"/>'
            )
        case StraightLine(x1, y1, x2, y2, width):
            ends = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
            return f'<line {ends} stroke="#000000" stroke-width="{_n(width)}"/>'
        case PlacedCharacter():
            outline = _outline(mark)
            return f'<path d="{outline}" fill="{_grey(mark.grey)}"/>' if outline else ""


def _outline(letter: PlacedCharacter) -> str:
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    glyphs, names, units = _font(letter.font)
    name = names.get(ord(letter.character))
    if name is None:
        return ""
    scale = letter.size / units
    pen = SVGPathPen(glyphs, ntos=_n)
    glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, letter.x, letter.y)))
    return str(pen.getCommands())


@cache
def _font(font: Chosen) -> tuple[Any, dict[int, str], int]:
    from fontTools.ttLib import TTFont

    opened = TTFont(font.face.file, fontNumber=font.face.index, lazy=True)
    return opened.getGlyphSet(), opened.getBestCmap() or {}, opened["head"].unitsPerEm
