"""How a school's own file sets body text: its Normal, and the grid of its page.

A grid (文档网格) is the usual way to 22 lines of 28 characters in Word. It holds only for paragraphs that say nothing
of their own pitch, and none of our styles is such; so the look takes the grid's pitch and spacing, and Word, PDF and
every style are alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from planforge.writers.word.base_file import BaseFile, W, number, parse, part_of_kind, section
from planforge.writers.word.base_styles import default_style, is_stock
from planforge.writers.word.effective import Effective, edge

if TYPE_CHECKING:
    from lxml.etree import _Element

_GRIDS = ("lines", "linesAndChars", "snapToChars")
_NEW_FILE = (312, 360)
"""Pitches in twips of the grid in a new file of Word's, Chinese and English: nobody has chosen them."""
_WIDEST = 2.0
"""Points between characters up to which a grid of characters is meant for text of this size."""


@dataclass(frozen=True, slots=True)
class SchoolBody:
    """How a school's file sets body text, in points; None where it does not say, or our style stands for it.

    Attributes:
        followed: its Normal stands for our body text.
        pitch: from line to line. exact: by the style itself, not by the page's grid.
        spacing: between characters.
        size, first, before, after: of its Normal. align: the same.
        not_held: what of its grid does not hold, and why, in Chinese.
    """

    followed: bool
    pitch: float | None = None
    exact: bool = False
    spacing: float | None = None
    size: float | None = None
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    align: Literal["justify", "left", "centre", "right"] = "left"
    not_held: tuple[str, ...] = ()


def school_body(base: BaseFile, size: float = 0) -> SchoolBody:
    """How a school's file sets body text. size: of the look's own, which stands on its grid where it sets none."""
    data = part_of_kind(base, "styles")
    normal = None if data is None else default_style(parse(data, base.name, base.place))
    followed = normal is not None and not is_stock(normal)
    styles = Effective(base)
    letters = styles.letters(None).size
    spacing, indent = (styles.of_paragraph(None, name) for name in ("spacing", "ind"))
    own = None if normal is None else normal.find(f"{W}pPr/{W}spacing")
    size = letters if followed else size
    line = number(spacing.get("line")) if followed else 0.0
    rule = spacing.get("lineRule", "auto")
    pitch, between, not_held = _by_grid(section(base), size, letters)
    snaps = styles.of_paragraph(None, "snapToGrid").get("val", "1") not in ("0", "false", "off")
    if followed and not snaps:
        pitch, between, not_held = None, None, ()
    exact = followed and rule == "exact" and line > 0
    if exact:
        pitch, not_held = line / 20, tuple(one for one in not_held if "字" in one)
    elif followed and pitch and own is not None and own.get(f"{W}line") and rule == "auto":
        pitch *= line / 240  # 1.5 lines are one and a half of the grid's
    elif followed and pitch and rule == "atLeast":
        pitch = max(pitch, line / 20)
    if not followed:
        return SchoolBody(False, pitch, False, between, not_held=not_held)
    return SchoolBody(
        True,
        pitch,
        exact,
        number(styles.of_letters(None, "spacing").get("val")) / 20 if between is None else between,
        size,
        _first(indent, size),
        number(spacing.get("before")) / 20 if exact or pitch is None else 0.0,
        number(spacing.get("after")) / 20 if exact or pitch is None else 0.0,
        edge(styles.of_paragraph(None, "jc").get("val", "")),
        not_held,
    )


def _first(indent: dict[str, str], size: float) -> float:
    characters = number(indent.get("firstLineChars")) / 100
    return characters or number(indent.get("firstLine")) / 20 / size


def _by_grid(
    own: _Element | None, size: float, normal: float
) -> tuple[float | None, float | None, tuple[str, ...]]:
    """Pitch and spacing that a page's grid gives text of a size, and what it cannot give. normal: Normal's size."""
    grid = None if own is None else own.find(f"{W}docGrid")
    kind = "" if grid is None else grid.get(f"{W}type", "")
    line = 0.0 if grid is None else number(grid.get(f"{W}linePitch"))
    if grid is None or kind not in _GRIDS or line < 20:
        return None, None, ()
    pitch: float | None = line / 20
    spacing: float | None = None
    told = []
    if line / 20 < size:
        pitch = None
        if line not in _NEW_FILE:
            told.append(f"网格每行 {line / 20:g} 磅，放不下 {size:g} 磅的字，行距没有照它")
    if kind != "lines" and grid.get(f"{W}charSpace"):
        spacing = normal + number(grid.get(f"{W}charSpace")) / 4096 - size
        if abs(spacing) > _WIDEST:
            told.append(f"网格的字距是按 {normal:g} 磅的字定的，正文是 {size:g} 磅，字距没有照它")
            spacing = None
    return pitch, spacing, tuple(told)
