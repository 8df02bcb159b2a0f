"""Figures in Word: a sharp picture with its alternative text, or the numbers as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from planforge.core.problems import MissingPart
from planforge.document.look import Look
from planforge.document.tree import Cell, Figure, Inlines, Table, Text, plain
from planforge.writers import figures
from planforge.writers.figures.png import png
from planforge.writers.fonts import choose
from planforge.writers.word.oxml import printable

if TYPE_CHECKING:
    from docx.oxml.shape import CT_Inline

Pictures = Callable[[bytes, int, int], "CT_Inline"]
"""Takes a picture and its width and height in EMU into the file."""

_EMU = 12700
"""A point in EMU."""


def picture(figure: Figure, look: Look, pictures: Pictures) -> CT_Inline | None:
    """A figure as an inline picture; None where this machine lacks the fonts or what draws with them."""
    try:
        drawn = figures.drawing(figure, look, choose(look))
        data = png(drawn)
    except (MissingPart, ImportError):
        return None
    inline = pictures(data, round(drawn.width * _EMU), round(drawn.height * _EMU))
    for side in ("distT", "distB", "distL", "distR"):  # LibreOffice takes 9 pt where none is given
        inline.set(side, "0")
    properties = inline.docPr
    properties.set("name", f"图{properties.get('id')}")
    properties.set("title", printable(plain(figure.title)))
    properties.set("descr", printable(plain(figure.alternative)))
    inner: Any = inline.graphic.graphicData.pic.nvPicPr.cNvPr
    inner.set("name", f"figure{properties.get('id')}.png")
    return inline


def as_table(figure: Figure) -> Table:
    """The numbers of a figure, a bar a row."""
    limits = any(bar.limit for bar in figure.bars)

    def row(name: Inlines, values: tuple[Inlines, ...], limit: Inlines) -> tuple[Cell, ...]:
        return (
            Cell(name),
            *(Cell(content, "centre") for content in values),
            *([Cell(limit, "centre")] if limits else []),
        )

    unit = f"（{figure.unit}）" if figure.unit else ""
    series = tuple((*names, Text(unit)) if unit else names for names in figure.series)
    head = row((Text("项目"),), series, (Text(figure.limit or "限"),))
    rows = tuple(row(bar.name, bar.values, bar.limit) for bar in figure.bars)
    return Table((3.0, *(2.0 for _ in head[1:])), (head,), rows, figure.title, figure.place)
