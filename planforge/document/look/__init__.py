"""The look: how each part of a document is printed, as data that all writers read.

A look is a YAML file in `templates/styles/`, or in the `styles` folder of a school's own templates. It may be
based on another and give only what differs.
"""

from planforge.document.look.look_reader import find_look, place_of_base, read_look
from planforge.document.look.model import (
    POINTS_PER_MM,
    STYLE_NAMES,
    Fit,
    Font,
    LineBreaking,
    Look,
    Numbering,
    Page,
    PageNumber,
    RedHead,
    Seal,
    Style,
    StyleName,
    Tables,
)

__all__ = [
    "POINTS_PER_MM",
    "STYLE_NAMES",
    "Fit",
    "Font",
    "LineBreaking",
    "Look",
    "Numbering",
    "Page",
    "PageNumber",
    "RedHead",
    "Seal",
    "Style",
    "StyleName",
    "Tables",
    "find_look",
    "place_of_base",
    "read_look",
]
