"""Where everything of a figure stands."""

from __future__ import annotations

from planforge.document.tree import Figure, Inlines, plain
from planforge.writers.figures.drawing import Drawing, Line, Mark, Rect, Words
from planforge.writers.fonts import Fonts

SIZE = 10.5
"""Words in a figure: 五号, the smallest that a printed page of an office uses."""
_ROW = 18.0
_COLUMNS = 130.0
_GREYS = (0.3, 0.85, 1.0)
"""Fillings of the series, far enough apart to be told in any copy; every one has a black edge."""
_EDGE = 3.0


def laid_out(figure: Figure, width: float, role: str, fonts: Fonts) -> Drawing:
    """A figure as wide as this, in points, its words in the fonts of this role."""
    words = Words(role, fonts)
    if figure.kind == "shares":
        return _shares(figure, width, words)
    return _columns(figure, width, words)


def number(content: Inlines) -> float | None:
    """The number that a value prints; None where there is none."""
    text = plain(content).strip().removesuffix("%")
    return float(text) if text else None


def _legend(figure: Figure, width: float, words: Words) -> list[Mark]:
    """A row that says what each filling and the line mean, and the unit."""
    marks: list[Mark] = []
    x = _EDGE
    base = SIZE + 1
    if len(figure.series) > 1 or figure.limit:
        for index, one in enumerate(figure.series):
            marks.append(Rect(x, base - SIZE * 0.8, SIZE, SIZE * 0.8, _GREYS[index % len(_GREYS)]))
            marks += words.letters(x + SIZE * 1.4, base, plain(one), SIZE)
            x += SIZE * 3 + words.width(plain(one), SIZE)
    if figure.limit:
        marks.append(Line(x, base - SIZE * 0.4, x + SIZE * 1.6, base - SIZE * 0.4, 2))
        marks += words.letters(x + SIZE * 2, base, figure.limit, SIZE)
    if figure.unit:
        marks += words.letters(width - _EDGE, base, f"单位：{figure.unit}", SIZE, "end")
    return marks


def _columns(figure: Figure, width: float, words: Words) -> Drawing:
    marks = _legend(figure, width, words)
    top = SIZE + 10 + SIZE * 1.6 if marks else SIZE * 1.6
    foot = top + _COLUMNS
    every = [number(value) for bar in figure.bars for value in (*bar.values, bar.limit)]
    scale = _COLUMNS / max(1.0, *(one for one in every if one is not None))
    group = width / len(figure.bars)
    column = min(30.0, group * 0.6 / len(figure.series))
    for place, bar in enumerate(figure.bars):
        middle = group * (place + 0.5)
        left = middle - column * len(figure.series) / 2
        for index, value in enumerate(bar.values):
            amount = number(value)
            if amount is None:
                continue
            x, height = left + index * column, amount * scale
            marks.append(Rect(x, foot - height, column, height, _GREYS[index % len(_GREYS)]))
            # At the foot of its column a number is clear of the limit's line, wherever that runs.
            low = height < SIZE * 2
            grey = 1.0 if not low and _GREYS[index % len(_GREYS)] < 0.5 else 0.0
            y = foot - height - 3 if low else foot - 4
            marks += words.letters(x + column / 2, y, plain(value), SIZE, "middle", grey)
        amount = number(bar.limit)
        if amount is not None:
            y, right = foot - amount * scale, left + column * len(figure.series)
            marks.append(Line(left - 5, y, right + 5, y, 2))
            marks += words.letters(right + 7, y + SIZE * 0.35, plain(bar.limit), SIZE)
        marks += words.letters(middle, foot + SIZE + 5, plain(bar.name), SIZE, "middle")
    marks.append(Line(0, foot, width, foot, 0.75))
    return Drawing(width, foot + SIZE + 10, tuple(marks))


def _shares(figure: Figure, width: float, words: Words) -> Drawing:
    marks = _legend(figure, width, words)
    y = SIZE + 10 if marks else 2.0
    longest = max(words.width(plain(bar.name), SIZE) for bar in figure.bars)
    beside = longest <= width * 0.45
    left = longest + 8 if beside else _EDGE
    room = width - left - words.width("100.0%", SIZE) - 8
    for bar in figure.bars:
        if not beside:
            marks += words.letters(left, y + SIZE, plain(bar.name), SIZE)
            y += _ROW
        for index, value in enumerate(bar.values):
            amount = number(value)
            if beside and not index:
                marks += words.letters(left - 8, y + SIZE + 1, plain(bar.name), SIZE, "end")
            marks.append(Rect(left, y, room, SIZE + 3, 1.0))
            if amount is not None:
                marks.append(
                    Rect(left, y, room * min(amount, 100) / 100, SIZE + 3, _GREYS[index % len(_GREYS)])
                )
                marks += words.letters(left + room + 6, y + SIZE + 1, plain(value), SIZE)
            y += _ROW
        y += 3
    return Drawing(width, y, tuple(marks))
