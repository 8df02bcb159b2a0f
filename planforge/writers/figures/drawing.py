"""What a figure is drawn with. All lengths in points, y counted downwards from the top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planforge.document.scripts import kinds
from planforge.writers.fonts import Chosen, Fonts

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with a black edge. grey: 0 black to 1 white."""

    x: float
    y: float
    width: float
    height: float
    grey: float


@dataclass(frozen=True, slots=True)
class StraightLine:
    """A black line, level or upright."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class PlacedCharacter:
    """One character at its place: x of its left edge, y of its base line. font: the one that has it; grey: 1 white."""

    x: float
    y: float
    character: str
    size: float
    font: Chosen
    grey: float = 0.0


Mark = Rect | StraightLine | PlacedCharacter


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture."""

    width: float
    height: float
    marks: tuple[Mark, ...]


class TextMeasure:
    """Sets words in the fonts of one role."""

    def __init__(self, role: str, fonts: Fonts) -> None:
        self._role, self._fonts = role, fonts

    def _glyphs(self, text: str) -> list[tuple[str, Chosen]]:
        plain = self._fonts.roles[self._role]
        return [
            (character, self._fonts.of(self._role, character, kind == "latin") or plain)
            for character, kind in zip(text, kinds(text, "chinese"), strict=True)
        ]

    def width(self, text: str, size: float) -> float:
        """How wide the words are."""
        return sum(font.face.advance(character) * size for character, font in self._glyphs(text))

    def letters(
        self, x: float, y: float, text: str, size: float, anchor: Anchor = "start", grey: float = 0.0
    ) -> list[PlacedCharacter]:
        """The words with their start, middle or end at x."""
        x -= {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * self.width(text, size)
        placed = []
        for character, font in self._glyphs(text):
            placed.append(PlacedCharacter(round(x, 3), round(y, 3), character, size, font, grey))
            x += font.face.advance(character) * size
        return placed
