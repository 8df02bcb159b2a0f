"""A school's own page as a look, for all writers: its paper, margins and letterhead, and how its body text is set."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from planforge.document.look import POINTS_PER_MM, Look, Style
from planforge.writers.word.base_file import BaseFile, W, number, refused, section
from planforge.writers.word.letterhead_reader import read_letterhead
from planforge.writers.word.school_body import SchoolBody, school_body

if TYPE_CHECKING:
    from planforge.document.look import StyleName

_SPARE = 1e-6
_CLEAR = 1.15
"""Sizes from line to line in which a title's lines do not touch, as in a look's own styles."""


def on_its_page(look: Look, base: BaseFile) -> Look:
    """The look on the school's own paper, margins and grid, for all writers, so that their lines are alike."""
    source = f"学校的 {base.name}"
    own = section(base)
    size, margins = (None, None) if own is None else (own.find(f"{W}pgSz"), own.find(f"{W}pgMar"))
    if size is None or margins is None or look.page.source == source:
        return look
    length = {
        name: abs(number(element.get(f"{W}{name}"))) / 20 / POINTS_PER_MM
        for element, names in (
            (size, ("w", "h")),
            (margins, ("top", "bottom", "left", "right", "gutter")),
        )
        for name in names
    }
    sides = {name: length[name] for name in ("top", "bottom", "left", "right")}
    sides["left"] += length["gutter"]
    height = (length["h"] - sides["top"] - sides["bottom"]) * POINTS_PER_MM
    width = (length["w"] - sides["left"] - sides["right"]) * POINTS_PER_MM
    if height < 100 or width < 100:
        raise refused(base, "页边距太大，没有排字的地方", "改小页边距")
    body = school_body(base, look.styles["body"].size)
    lined = body.pitch or look.styles["body"].pitch
    lines = max(1, int(height / lined + _SPARE))
    held = body.pitch is not None and not body.exact
    step = (body.size or look.styles["body"].size) + (body.spacing or 0)
    page = look.page.model_copy(
        update={
            "characters": max(1, math.floor(width / step + _SPARE)),
            "width_mm": length["w"],
            "height_mm": length["h"],
            **{f"{name}_mm": value for name, value in sides.items()},
            "pitch": lined if held else height / lines,
            "lines": lines,
            "source": source,
        }
    )
    number_of_page = look.page_number.model_copy(
        update={"pattern": ""}
    )  # its footer has it, or none is wanted
    change = {"page": page, "page_number": number_of_page, "letterhead": read_letterhead(base)}
    steps = look.fit and look.fit.model_copy(
        update={
            "steps": tuple(
                step.model_copy(update={**change, "styles": _set_as(step, body, tighter=True)})
                for step in look.fit.steps
            )
        }
    )
    return look.model_copy(update={**change, "styles": _set_as(look, body), "fit": steps})


def _set_as(look: Look, body: SchoolBody, *, tighter: bool = False) -> dict[StyleName, Style]:
    """A look's styles with what they share with its body text as the school's has it.

    tighter: of a step of the fit ladder, which keeps a smaller size and pitch of its own.
    """
    ours = look.styles["body"]
    size, pitch = (
        min(given, mine) if tighter else given
        for given, mine in ((body.size or ours.size, ours.size), (body.pitch or ours.pitch, ours.pitch))
    )
    spacing = ours.spacing if body.spacing is None else body.spacing
    ratio = pitch / ours.pitch
    made = {}
    for name, style in look.styles.items():
        change: dict[str, object] = {}
        if style.size == ours.size:
            change["size"] = size
        if style.spacing == ours.spacing:
            change["spacing"] = spacing
        if style.pitch == ours.pitch:
            change["pitch"] = pitch if style.size == ours.size else max(pitch, style.size * _CLEAR)
        change |= {
            side: value * ratio
            for side in ("before", "after")
            if (value := getattr(style, side)) and not (value / ours.pitch) % 1
        }
        if name == "body" and body.followed:
            change |= {side: getattr(body, side) for side in ("first", "before", "after", "align")}
        made[name] = style.model_copy(update=change)
    return made
