"""A look for a part of a sheet: the same faces and proportions on half or a third of A4.

Letters are laid out anew at a size that can be read, not shrunk: at least 五号 (10.5 pt), the size of books.
"""

from __future__ import annotations

from planforge.document.blank_copy import narrowed
from planforge.document.look import POINTS_PER_MM, Fit, Look, Style
from planforge.document.tree import Document
from planforge.imposition.paper import A4

_PAGES = {2: (A4[1] / 2, A4[0]), 3: (A4[0], A4[1] / 3)}
_MARGINS_MM = {2: (14.0, 14.0, 15.0, 15.0), 3: (9.0, 9.0, 18.0, 18.0)}
"""Top, bottom, left, right: what printers leave free, and room for the knife."""
_STEPS = ((12.0, 1.6), (12.0, 1.45), (10.5, 1.6), (10.5, 1.45), (10.5, 1.33))
"""Sizes of body text from 小四号 to 五号, each with its line pitch as a multiple."""
_BLANKS = {2: 0.75}
"""Room to write in, as a share of that on a whole page, where a line holds fewer characters than there."""
_SOURCE = "半张或三分之一张 A4：小四号到五号，五号是书刊正文的大小"


def for_part(look: Look, up: int) -> Look:
    """The look on a part of a sheet; up: letters on a sheet. What must hold on one page must do so there too."""
    if up == 1:
        return look
    made = [_set(look, up, size, ratio) for size, ratio in _STEPS]
    if look.fit is None:
        return made[2]
    fit = Fit(pages=look.fit.pages, steps=tuple(made[1:]), source=_SOURCE)
    return made[0].model_copy(update={"fit": fit})


def on_part(document: Document, up: int) -> Document:
    """The document with its blanks as narrow as the lines on a part of a sheet ask for."""
    share = _BLANKS.get(up)
    return document if share is None else narrowed(document, share)


def _set(look: Look, up: int, size: float, ratio: float) -> Look:
    body = look.styles["body"]
    size = min(size, body.size)
    larger, wider = size / body.size, size * ratio / body.pitch
    styles = {name: _scaled(style, larger, wider) for name, style in look.styles.items()}
    top, bottom, left, right = _MARGINS_MM[up]
    width, height = _PAGES[up]
    pitch = styles["body"].pitch
    page = look.page.model_copy(
        update={
            "width_mm": width, "height_mm": height, "top_mm": top, "bottom_mm": bottom, "left_mm": left,
            "right_mm": right, "pitch": pitch, "source": _SOURCE,
            "lines": int((height - top - bottom) * POINTS_PER_MM / pitch),
            "characters": int((width - left - right) * POINTS_PER_MM / styles["body"].size),
        }
    )  # fmt: skip
    return look.model_copy(
        update={"page": page, "styles": styles, "fit": None, "base": "", "letterhead": None}
    )


def _scaled(style: Style, larger: float, wider: float) -> Style:
    return style.model_copy(
        update={
            "size": max(9.0, _half(style.size * larger)),
            "pitch": max(10.0, _half(style.pitch * wider)),
            "before": _half(style.before * wider),
            "after": _half(style.after * wider),
        }
    )


def _half(points: float) -> float:
    return round(points * 2) / 2
