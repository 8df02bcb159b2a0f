"""Where everything of a figure stands."""

from __future__ import annotations

from planforge.document.tree import Figure, Inlines, plain
from planforge.writers.figures.drawing import Drawing, Mark, Rect, StraightLine, TextMeasure
from planforge.writers.fonts import Fonts

SIZE = 10.5
"""Words in a figure: 五号, the smallest that a printed page of an office uses."""
_ROW = 18.0
_COLUMNS = 130.0
_GREYS = (0.3, 0.85, 1.0)
"""Fillings of the series, far enough apart to be told in any copy; every one has a black edge."""
_EDGE = 3.0
_LINE = 5.0
"""How far a limit's line reaches beyond its columns."""


def laid_out(figure: Figure, width: float, role: str, fonts: Fonts) -> Drawing:
    """A figure as wide as this, in points, its words in the fonts of this role."""
    words = TextMeasure(role, fonts)
    if figure.kind == "shares":
        return _shares(figure, width, words)
    return _columns(figure, width, words)


def number(content: Inlines) -> float | None:
    """The number that a value prints; None where there is none."""
    text = plain(content).strip().removesuffix("%")
    return float(text) if text else None


def _legend(figure: Figure, width: float, words: TextMeasure) -> tuple[list[Mark], float]:
    """Rows that say what each filling and the line mean, and the unit; and where they end."""
    marks: list[Mark] = []
    x = _EDGE
    base = SIZE + 1
    unit = f"单位：{figure.unit}" if figure.unit else ""
    room = width - words.width(unit, SIZE) - SIZE

    def entry(mark_width: float, name: str) -> float:
        """Where the next entry begins: in this row, or where it is full in a new one."""
        nonlocal x, base
        if x > _EDGE and x + mark_width + words.width(name, SIZE) > room:
            x, base = _EDGE, base + _ROW
        begin, x = x, x + mark_width + words.width(name, SIZE) + SIZE * 1.6
        return begin

    names = [plain(name) for name in figure.series] if len(figure.series) > 1 or figure.limit else []
    for index, name in enumerate(names):
        begin = entry(SIZE * 1.4, name)
        marks.append(Rect(begin, base - SIZE * 0.8, SIZE, SIZE * 0.8, _GREYS[index % len(_GREYS)]))
        marks += words.letters(begin + SIZE * 1.4, base, name, SIZE)
    if figure.limit:
        begin = entry(SIZE * 2, figure.limit)
        marks.append(StraightLine(begin, base - SIZE * 0.4, begin + SIZE * 1.6, base - SIZE * 0.4, 2))
        marks += words.letters(begin + SIZE * 2, base, figure.limit, SIZE)
    if unit:
        marks += words.letters(width - _EDGE, SIZE + 1, unit, SIZE, "end")
    return marks, base + 9 if marks else 0.0


def _columns(figure: Figure, width: float, words: TextMeasure) -> Drawing:
    marks, top = _legend(figure, width, words)
    top += SIZE * 1.6
    foot = top + _COLUMNS
    every = [number(value) for bar in figure.bars for value in (*bar.values, bar.limit)]
    scale = _COLUMNS / max([1.0, *(value for value in every if value is not None)])
    group = width / len(figure.bars)
    limits = max(words.width(plain(bar.limit), SIZE) for bar in figure.bars)
    room = min(group * 0.6, group - limits - 3 * _LINE) if limits else group * 0.6
    column = max(_EDGE, min(30.0, room / len(figure.series)))
    lowest = foot
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
            marks.append(StraightLine(left - _LINE, y, right + _LINE, y, 2))
            marks += words.letters(right + _LINE + 2, y + SIZE * 0.35, plain(bar.limit), SIZE)
        y = foot + SIZE + 5
        for line in _broken(plain(bar.name), group - _EDGE, words):
            marks += words.letters(middle, y, line, SIZE, "middle")
            lowest = max(lowest, y)
            y += SIZE * 1.4
    marks.append(StraightLine(0, foot, width, foot, 0.75))
    return Drawing(width, lowest + 5, tuple(marks))


def _shares(figure: Figure, width: float, words: TextMeasure) -> Drawing:
    marks, y = _legend(figure, width, words)
    y = y or 2.0
    longest = max(words.width(plain(bar.name), SIZE) for bar in figure.bars)
    beside = longest <= width * 0.45
    left = longest + 8 if beside else _EDGE
    room = width - left - words.width("100.0%", SIZE) - 8
    for bar in figure.bars:
        if beside:
            marks += words.letters(left - 8, y + SIZE + 1, plain(bar.name), SIZE, "end")
        else:
            for line in _broken(plain(bar.name), width - 2 * _EDGE, words):
                marks += words.letters(left, y + SIZE, line, SIZE)
                y += _ROW
        for index, value in enumerate(bar.values):
            amount = number(value)
            if amount is not None:  # what nobody knows is not drawn as nothing of a whole
                share = room * min(amount, 100) / 100
                marks.append(Rect(left, y, room, SIZE + 3, 1.0))
                marks.append(Rect(left, y, share, SIZE + 3, _GREYS[index % len(_GREYS)]))
                marks += words.letters(left + room + 6, y + SIZE + 1, plain(value), SIZE)
            y += _ROW
        y += 3
    return Drawing(width, y, tuple(marks))


def _broken(text: str, width: float, words: TextMeasure) -> list[str]:
    """A name in lines of this width at most."""
    lines = [""]
    for character in text:
        if lines[-1] and words.width(lines[-1] + character, SIZE) > width:
            lines.append("")
        lines[-1] += character
    return lines
