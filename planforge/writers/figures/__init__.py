"""Figures of the tree as pictures: one layout, drawn as SVG for the PDF and as a PNG of 300 dpi for Word.

Charts of two kinds need rectangles, lines and words, no more; a plotting library would bring its own fonts, its
own look and a hundred megabytes. Words are set in the document's fonts, character by character, and in the SVG
they are outlines: what is drawn is the same wherever the file is opened.
"""

from __future__ import annotations

import math
from dataclasses import replace

from planforge.document.look import Look
from planforge.document.tree import Figure
from planforge.writers.figures.drawing import Drawing
from planforge.writers.figures.layout import laid_out
from planforge.writers.fonts import Fonts


def drawing(figure: Figure, look: Look, fonts: Fonts) -> Drawing:
    """A figure laid out as wide as the type area.

    Both sides are whole points: programs keep sizes in units of their own, and what they round must not look like
    somebody's edit.
    """
    drawn = laid_out(figure, math.floor(look.page.text_width), look.styles["table_cell"].font, fonts)
    return replace(drawn, height=math.ceil(drawn.height))
