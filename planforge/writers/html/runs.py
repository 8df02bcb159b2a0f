"""Inline content as single characters, each with the font that prints it and the room it takes.

Lines are broken and spread on these; HTML is written from them, neighbours of the same kind in one span.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from planforge.document.look import Style
from planforge.document.tree import Blank, Break, Fact, Field, Inlines, Text
from planforge.writers.fonts import Chosen, Fonts

IDEOGRAPHIC_SPACE = "\u3000"


@dataclass(frozen=True, slots=True)
class Mark:
    """What else is to be told of a character. fact, field: where it comes from."""

    strong: bool = False
    fact: str = ""
    field: str = ""
    blank: bool = False


PLAIN = Mark()


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character. latin: set as a letter or digit, so that no line breaks within its word.

    advance: its width in points with the style's letter spacing. font is None where no font has it.
    """

    text: str
    advance: float
    latin: bool
    font: Chosen | None
    mark: Mark = PLAIN


def is_latin(character: str) -> bool:
    """Whether a character is set in the Latin font, as Word does with ascii and hAnsi text.

    What Chinese and Latin typesetting share (“ ” … — · ×) counts as Chinese.
    """
    return "\u0020" < character < "\u007f" or ("\u00c0" <= character <= "\u024f" and character.isalpha())


def is_simple(text: str) -> bool:
    """Whether every character stands by itself, in a direction that can be reckoned from left to right."""
    return text.isascii() or not any(
        unicodedata.combining(character) or unicodedata.bidirectional(character) in ("R", "AL", "RLE", "RLO", "RLI")
        or unicodedata.category(character) in ("Cf", "Mc", "Me")
        for character in text
    )  # fmt: skip


class Setter:
    """Sets the words of one style: knows its fonts, and remembers the width of each character."""

    def __init__(self, style: Style, fonts: Fonts) -> None:
        self.style = style
        self.fonts = fonts
        self._known: dict[str, tuple[float, bool, Chosen | None]] = {}

    def glyphs(self, text: str, mark: Mark = PLAIN) -> list[Glyph]:
        """A string, character by character."""
        found = []
        for character in text:
            known = self._known.get(character)
            if known is None:
                known = self._known[character] = self._measure(character)
            found.append(Glyph(character, *known, mark))
        return found

    def _measure(self, character: str) -> tuple[float, bool, Chosen | None]:
        latin = is_latin(character)
        in_latin_font = latin or character in " \u00a0"
        font = self.fonts.of(self.style.font, character, in_latin_font)
        face = (font or self.fonts.roles[self.style.font]).face
        em = 1.0 if character == IDEOGRAPHIC_SPACE else face.advance(character)
        return em * self.style.size + self.style.spacing, latin, font

    def width(self, text: str) -> float:
        """Width of a string in points, every character followed by the style's letter spacing."""
        return sum(glyph.advance for glyph in self.glyphs(text))

    def paragraphs(self, content: Inlines, label: str = "") -> list[list[Glyph]]:
        """Inline content as the pieces between its line breaks; a label stands before the first."""
        pieces: list[list[Glyph]] = [self.glyphs(label)]
        for node in content:
            match node:
                case Text(text=text, strong=strong):
                    pieces[-1] += self.glyphs(_flat(text), Mark(strong) if strong else PLAIN)
                case Fact(path=path, text=text, strong=strong):
                    pieces[-1] += self.glyphs(_flat(text), Mark(strong, fact=path))
                case Field(name=name, strong=strong):
                    pieces[-1] += self.glyphs(f"「{name}」", Mark(strong, field=name))
                case Blank(width=width):
                    pieces[-1] += self.glyphs(IDEOGRAPHIC_SPACE * max(1, round(width)), Mark(blank=True))
                case Break():
                    pieces.append([])
        return pieces


def _flat(text: str) -> str:
    return " ".join(text.split("\n")) if "\n" in text else text


def text_of(glyphs: Iterable[Glyph]) -> str:
    """The words of a run of characters."""
    return "".join(glyph.text for glyph in glyphs)
