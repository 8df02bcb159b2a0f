"""Where the characters of values stand in the content of a laid-out page.

A page's content is a list of operators. Glyphs are shown by `[<hex>…] TJ`, four digits a glyph; which words
they are is known from the HTML that the page was made from, which has them in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from planforge.letters_pdf.width_patterns import WidthPattern

_TAG = re.compile(r"<[^>]*>")
_FONT = re.compile(rb"/(\S+) \S+ Tf")
_GLYPHS = re.compile(rb"<([0-9a-f]*)>")


class PlaceholderNotFound(Exception):
    """The values' characters could not be told from the others for certain."""


class Glyph(NamedTuple):
    """One glyph of a page. operator: which of the page's; at: where in it its four digits begin."""

    font: str
    number: int
    operator: int
    at: int

    def at_operator(self, operator: int) -> Glyph:
        """The same glyph where its operator stands elsewhere."""
        return Glyph(self.font, self.number, operator, self.at)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A glyph that is another in each letter: the character `index` of a field's value."""

    glyph: Glyph
    field: str
    index: int


def glyphs(operators: Sequence[bytes]) -> Iterator[Glyph]:
    """The glyphs that a page shows, in their order. Raises PlaceholderNotFound where a font has no four-digit glyphs."""
    font = ""
    for place, operator in enumerate(operators):
        if operator.endswith(b" Tf") and (match := _FONT.fullmatch(operator)):
            font = match[1].decode()
        elif operator.endswith((b"TJ", b"Tj")):
            for digits in _GLYPHS.finditer(operator):
                if len(digits[1]) % 4:
                    raise PlaceholderNotFound("glyphs of another length")
                for at in range(digits.start(1), digits.end(1), 4):
                    yield Glyph(font, int(operator[at : at + 4], 16), place, at)


def words(html: str) -> str:
    """The words of an HTML page, as they are shown."""
    return unescape(_TAG.sub("", html))


def find_placeholders(
    pages: Sequence[Sequence[bytes]],
    shown: Mapping[tuple[str, int], str],
    html: str,
    other: str,
    occurrences: Sequence[str],
    pattern: WidthPattern,
) -> list[list[Placeholder]]:
    """The slots of each page of a letter.

    pages: their operators; shown: the words of each font's glyphs; html, other: what the letter and one with
    the other stand-ins are made of; occurrences: the fields in reading order. Raises PlaceholderNotFound in any doubt.
    """
    here, there = words(html), words(other)
    if len(here) != len(there):
        raise PlaceholderNotFound("the stand-ins are set differently")
    standing, others, places = dict(pattern.standing), dict(pattern.other), pattern.places()
    wanted = [(name, index) for name in occurrences for index in places[name]]
    marks = [number for number, (a, b) in enumerate(zip(here, there, strict=True)) if a != b]
    if [(here[n], there[n]) for n in marks] != [(standing[f][i], others[f][i]) for f, i in wanted]:
        raise PlaceholderNotFound("the page has its fields elsewhere")
    at = dict(zip(marks, wanted, strict=True))
    expected = [
        (character, at.get(number)) for number, character in enumerate(here) if not character.isspace()
    ]
    placeholders: list[list[Placeholder]] = []
    waiting = iter(expected)
    for operators in pages:
        page: list[Placeholder] = []
        for glyph in glyphs(operators):
            text = shown.get((glyph.font, glyph.number), "")
            if text.isspace():
                continue
            character, placeholder = next(waiting, ("", None))
            if not character or len(text) != 1 or (placeholder and text != character):
                raise PlaceholderNotFound("the page shows other words")
            if placeholder:
                page.append(Placeholder(glyph, *placeholder))
        placeholders.append(page)
    if next(waiting, None) is not None:
        raise PlaceholderNotFound("the page shows fewer words")
    return placeholders
