"""Inline content as single characters, each with the font that prints it and the room it takes.

Lines are broken and spread on these; HTML is written from them, neighbours of the same kind in one span.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from planforge.document.look import Style
from planforge.document.scripts import Kind, kinds
from planforge.document.tree import Blank, Break, Fact, Field, Inlines, Text
from planforge.writers.fonts import Chosen, Fonts

IDEOGRAPHIC_SPACE = "\u3000"
NO_BREAK_SPACE = "\u00a0"
SPACES_A_CHARACTER = 4
"""A blank is made of underlined no-break spaces of the Latin face, a quarter em each, as in the Word file."""
_COMPLEX = frozenset(("R", "AL", "RLE", "RLO", "RLI"))


@dataclass(frozen=True, slots=True)
class Mark:
    """What else is to be told of a character. fact, field: where it comes from; label: of a number before it."""

    strong: bool = False
    label: bool = False
    fact: str = ""
    field: str = ""
    blank: bool = False


PLAIN = Mark()


class TextGlyph(NamedTuple):
    """One character. kind: its script as line breaking sees it. font is None where no font has it.

    width: in points, without letter spacing.
    """

    text: str
    width: float
    kind: Kind
    font: Chosen | None
    mark: Mark = PLAIN

    @property
    def portion(self) -> tuple[Kind, bool, bool, bool]:
        """What must be alike in neighbours for the letter spacing to stand between them."""
        return self.kind, self.mark.strong, self.mark.blank, self.mark.label


def is_simple(text: str) -> bool:
    """Whether every character stands by itself, in a direction that can be reckoned from left to right."""
    return text.isascii() or not any(
        unicodedata.combining(character)
        or unicodedata.bidirectional(character) in _COMPLEX
        or unicodedata.category(character) in ("Cf", "Mc", "Me")
        for character in text
    )


class Setter:
    """Sets the words of one style: knows its fonts, and remembers the width of each character."""

    def __init__(self, style: Style, fonts: Fonts) -> None:
        self.style = style
        self.fonts = fonts
        self._known: dict[tuple[str, bool], tuple[float, Chosen | None]] = {}

    def glyphs(self, text: str, mark: Mark = PLAIN, after: Kind = "latin") -> list[TextGlyph]:
        """A string, character by character. after: the kind of what stands before it."""
        glyphs = []
        for character, kind in zip(text, kinds(text, after), strict=True):
            key = (character, kind == "latin")
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = self._measure(*key)
            glyphs.append(TextGlyph(character, known[0], kind, known[1], mark))
        return glyphs

    def _measure(self, character: str, latin: bool) -> tuple[float, Chosen | None]:
        font = self.fonts.of(self.style.font, character, latin)
        face = (font or self.fonts.roles[self.style.font]).face
        em = 1.0 if character == IDEOGRAPHIC_SPACE else face.advance(character)
        return em * self.style.size, font

    def width(self, text: str) -> float:
        """Width of a string in points, as it stands on a line."""
        return widths(self.glyphs(text), self.style.spacing)[-1]

    def paragraphs(self, content: Inlines, label: str = "") -> list[list[TextGlyph]]:
        """Inline content as the pieces between its line breaks; a label stands before the first."""
        pieces: list[list[TextGlyph]] = [self.glyphs(label, Mark(label=True))]
        after: Kind = "latin"
        for node in content:
            match node:
                case Text(text=text, strong=strong):
                    glyphs = self.glyphs(_flat(text), Mark(strong) if strong else PLAIN, after)
                case Fact(path=path, text=text, strong=strong):
                    glyphs = self.glyphs(_flat(text), Mark(strong, fact=path), after)
                case Field(name=name, strong=strong):
                    glyphs = self.glyphs(f"「{name}」", Mark(strong, field=name), after)
                case Blank(width=width):
                    spaces = max(1, round(width * SPACES_A_CHARACTER))
                    pieces[-1] += self.glyphs(NO_BREAK_SPACE * spaces, Mark(blank=True))
                    continue
                case Break():
                    pieces.append([])
                    after = "latin"  # as LibreOffice has it
                    continue
            pieces[-1] += glyphs
            after = glyphs[-1].kind if glyphs else after
        return pieces


def parted(before: TextGlyph, after: TextGlyph) -> bool:
    """Whether the look's gap between scripts stands here: a Han character beside a Latin letter or digit."""
    if before.mark.blank or after.mark.blank:
        return False
    return (
        {before.kind, after.kind} == {"chinese", "latin"} and before.text.isalnum() and after.text.isalnum()
    )


def widths(glyphs: Sequence[TextGlyph], spacing: float, gap: float = 0.0) -> list[float]:
    """Where each character begins, in points from the first one's left edge; and last, where the last one ends.

    spacing: letter spacing; gap: between scripts; both in points.

    Letter spacing stands between characters of one portion. LibreOffice drops it where portions meet (Han and
    Latin, plain and strong) and at the line's end: measured, 7.4, so that its lines and ours hold the same.
    """
    begins = [0.0]
    at = 0.0
    for before, after in pairwise(glyphs):
        apart = before.portion != after.portion or before.mark.blank
        at += before.width + (0.0 if apart else spacing) + (gap if apart and parted(before, after) else 0.0)
        begins.append(at)
    if glyphs:
        begins.append(at + glyphs[-1].width)
    return begins


def _flat(text: str) -> str:
    return " ".join(text.split("\n")) if "\n" in text else text


def text_of(glyphs: Iterable[TextGlyph]) -> str:
    """The words of a run of characters."""
    return "".join(glyph.text for glyph in glyphs)
