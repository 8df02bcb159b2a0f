"""What a look does not say itself: groups of the look it is based on, styles that are like another, lines of the
body text as the measure of heights, and the steps of its fit ladder.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from typing import Any

from planforge.document.look.model import POINTS_PER_MM


class NotLike(Exception):
    """A style is like one that is not there, or like itself in a circle. paths: where that is said."""

    def __init__(self, message: str, *paths: str) -> None:
        self.message, self.paths = message, paths
        super().__init__(message)


def merged(base: Mapping[str, Any], own: Mapping[str, Any], title: str) -> dict[str, Any]:
    """A base with what a look based on it gives; lists and single values are replaced, groups merged.

    A group that is changed keeps the base's `source`, with a word on who changed it, unless it gives its own.
    """
    values = _without_heights(base, own)
    for key, value in own.items():
        before = base.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            values[key] = merged(before, value, title)
        else:
            values[key] = value
    changed = any(values.get(key) != base.get(key) for key in own)
    if changed and "source" in base and "source" not in own:
        values["source"] = f"{base['source']}；{title}有改动"
    return values


def resolved(data: Mapping[str, Any]) -> dict[str, Any]:
    """A look's data as the model takes it: every style whole, every height in points."""
    made = copy.deepcopy(dict(data))
    styles = made.get("styles")
    if not isinstance(styles, dict):
        return made
    whole = {name: _like(styles, name, ()) for name in styles}
    body = whole.get("body")
    pitch = body.get("pitch") if isinstance(body, dict) else None
    for style in whole.values():
        if isinstance(style, dict):
            _heights(style, pitch)
    made["styles"] = whole
    page = made.get("page")
    if isinstance(page, dict) and isinstance(body, dict):
        _count(page, body)
    return made


_CLEAR = 1.15
"""Sizes from line to line below which the lines of a title touch: Noto Serif's signs are 1.15 em high in all."""


def steps(data: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The looks of the ladder, each with what the steps up to it change; None where there is no ladder.

    A step gives `pitch` and `size` of the body text, which all styles like it follow, or any `styles`.
    """
    fit = data.get("fit")
    if not isinstance(fit, dict) or not isinstance(fit.get("steps"), list):
        return None
    current = {key: value for key, value in data.items() if key != "fit"}
    chain = []
    for number, step in enumerate(fit["steps"]):
        if not isinstance(step, dict) or set(step) - {"pitch", "size", "styles"}:
            message = "一级只能写 pitch（行距）、size（字号）或 styles（各式样）"
            raise NotLike(message, f"fit.steps.{number}")
        body = {key: step[key] for key in ("pitch", "size") if key in step}
        change = merged({"styles": {"body": body}}, {"styles": step.get("styles") or {}}, "")
        current = merged(current, change, "为排进规定页数")
        chain.append(current)
    return chain


def _like(styles: Mapping[str, Any], name: str, seen: tuple[str, ...]) -> Any:
    style = styles[name]
    if not isinstance(style, dict) or "like" not in style:
        return style
    model = style["like"]
    if model in (*seen, name):
        circle = (f"styles.{style}.like" for style in (name, *seen))
        raise NotLike("式样转了一圈又像自己", *circle)
    if model not in styles:
        raise NotLike(f"没有 {model} 这种式样", f"styles.{name}.like")
    base = _like(styles, model, (*seen, name))
    own = {key: value for key, value in style.items() if key != "like"}
    return {**_without_heights(base, own), **own} if isinstance(base, dict) else own


def _without_heights(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A base without the heights that are given anew: in points what was in lines, or the other way round."""
    pairs = (("before", "before_lines"), ("after", "after_lines"))
    gone = {other for pair in pairs for key in pair if key in own for other in pair}
    return {key: value for key, value in base.items() if key not in gone}


def _heights(style: dict[str, Any], pitch: Any) -> None:
    """The pitch of the body text where none is given, and heights in its lines as points.

    A larger style takes a pitch in which its own lines do not touch.
    """
    size = style.get("size")
    if isinstance(size, int | float) and isinstance(pitch, int | float):
        style.setdefault("pitch", max(pitch, size * _CLEAR))
    style.setdefault("pitch", pitch)
    for side in ("before", "after"):
        lines = style.pop(f"{side}_lines", None)
        if isinstance(lines, int | float) and isinstance(pitch, int | float) and side not in style:
            style[side] = lines * pitch
        elif lines is not None and side not in style:
            style[side] = lines


def _count(page: dict[str, Any], body: Mapping[str, Any]) -> None:
    """Lines of the grid and characters in them, where they are not given."""
    page.setdefault("pitch", body.get("pitch"))
    try:
        height = (page["height_mm"] - page["top_mm"] - page["bottom_mm"]) * POINTS_PER_MM
        width = (page["width_mm"] - page["left_mm"] - page["right_mm"]) * POINTS_PER_MM
        page.setdefault("lines", max(1, math.floor(height / page["pitch"] + 1e-6)))
        step = body["size"] + body.get("spacing", 0)
        page.setdefault("characters", max(1, math.floor((width - body["size"]) / step) + 1))
    except (KeyError, TypeError, ZeroDivisionError):
        page.setdefault("lines", 1)  # what is wrong with the numbers is told when they are checked
        page.setdefault("characters", 1)
