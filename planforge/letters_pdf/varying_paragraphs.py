"""A composition and the paragraphs of it in which values stand: each is laid out by itself, whatever the others hold.

A letter is its fixed paragraphs and one variant of each other. So there are as many layouts as variants, and
not as many as combinations of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planforge.document.look import Look
from planforge.document.tree import Document, Paragraph, Slip
from planforge.letters.filling import fields_of, filled, measured_fields
from planforge.letters_pdf.placeholders import words
from planforge.letters_pdf.width_patterns import WidthClassifier, WidthPattern
from planforge.writers.fonts import Fonts
from planforge.writers.html.blocks import HtmlBlockWriter

_PARAGRAPH = re.compile(
    r"<(p|h[1-6]|t[dh])(?=[ >])(?:(?!<(?:p|h[1-6]|t[dh]|table|div)[ >]).)*?</\1>", re.DOTALL
)
_PROBE = 0x10F000  # private characters: where one comes out, there stands its field
_FLOWING = "white-space:normal"


@dataclass(frozen=True, slots=True)
class VaryingParagraph:
    """A paragraph with values. block: of the document's; within: among its paragraphs; number: among all of them.

    occurrences: the fields in reading order.
    """

    block: int
    within: int
    number: int
    occurrences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParagraphVariant:
    """A paragraph with stand-ins of certain widths. other: the same with other stand-ins.

    lines: how many, broken by us; 0 where they are left to the page.
    """

    place: VaryingParagraph
    pattern: WidthPattern
    html: str
    other: str
    lines: int


class MergeTemplate:
    """A composition whose fields are still open."""

    def __init__(self, document: Document, look: Look, fonts: Fonts) -> None:
        self.document = document
        self.fields = tuple(dict.fromkeys(field.name for field in fields_of(document)))
        self._look, self._fonts = look, fonts
        self._setters = HtmlBlockWriter(document, look, fonts, own_lines=True).setters
        self._variants: dict[tuple[int, tuple[object, ...]], ParagraphVariant] = {}
        self._pieces: dict[int, Sequence[tuple[str, bool, int]]] = {}
        self._tabled: set[int] = set()
        self.paragraphs: list[int] = []
        """Of each block, how many there are."""
        self.words: frozenset[str] = frozenset()
        """The characters of its fixed words, as they are shown."""
        places = tuple(self._places())
        known = {name for place in places for name in place.occurrences}
        whole = bool(measured_fields(document)) or known != set(self.fields)
        self.places = () if whole else places

    def variants(self, values: Mapping[str, str], widths: WidthClassifier) -> tuple[ParagraphVariant, ...]:
        """The variants that a letter with these values is made of."""
        variants = []
        for place in self.places:
            key = (place.number, widths.key(place.occurrences, values))
            if key not in self._variants:
                self._variants[key] = self._variant(place, widths.pattern(place.occurrences, values))
            variants.append(self._variants[key])
        return tuple(variants)

    def specimen(self, block: int, variants: Mapping[int, ParagraphVariant]) -> str:
        """A block with these variants. variants: by their place among the block's paragraphs.

        The other paragraphs of a loose block are left out.
        """
        if block not in self._pieces:
            self._pieces[block] = self._block(self.document, block)
        loose = self.loose(block)
        return "".join(
            variants[number].html if paragraph and number in variants else "" if paragraph and loose else text
            for text, paragraph, number in self._pieces[block]
        )

    def loose(self, block: int) -> bool:
        """Whether the paragraphs of a block only stand below each other, none in a table."""
        return isinstance(self.document.blocks[block], Paragraph | Slip) and block not in self._tabled

    def _places(self) -> list[VaryingParagraph]:
        probes = {name: chr(_PROBE + number) for number, name in enumerate(self.fields)}
        names = {probe: name for name, probe in probes.items()}
        probed = filled(self.document, probes)
        places, count = [], 0
        for number in range(len(self.document.blocks)):
            pieces = self._block(probed, number)
            if any("<table" in text for text, _, _ in pieces):
                self._tabled.add(number)
            self.words |= frozenset(words("".join(text for text, _, _ in pieces))) - names.keys()
            paragraphs = [text for text, paragraph, _ in pieces if paragraph]
            for within, text in enumerate(paragraphs):
                occurrences = tuple(names[character] for character in text if character in names)
                if occurrences:
                    places.append(VaryingParagraph(number, within, count + within, occurrences))
            count += len(paragraphs)
            self.paragraphs.append(len(paragraphs))
        return places

    def _variant(self, place: VaryingParagraph, pattern: WidthPattern) -> ParagraphVariant:
        here, there = (self._paragraph(place, dict(values)) for values in (pattern.standing, pattern.other))
        lines = 0 if _FLOWING in here else here.count("<br>") + here.count("\n") + 1
        return ParagraphVariant(place, pattern, here, there, lines)

    def _paragraph(self, place: VaryingParagraph, values: Mapping[str, str]) -> str:
        block = self.document.blocks[place.block]
        if isinstance(block, Paragraph):  # no numbers in it that depend on what stands before
            pieces = self._block(filled(replace(self.document, blocks=(block,)), values), 0)
        else:
            pieces = self._block(filled(self.document, values), place.block)
        return next(text for text, paragraph, number in pieces if paragraph and number == place.within)

    def _block(self, document: Document, block: int) -> Sequence[tuple[str, bool, int]]:
        """A block's HTML in pieces: text, whether it is a paragraph, and its number among these."""
        writer = HtmlBlockWriter(document, self._look, self._fonts, own_lines=True)
        writer.setters = self._setters  # they know the widths of characters already
        html = writer.block(document.blocks[block])
        pieces: list[tuple[str, bool, int]] = []
        at = 0
        for number, match in enumerate(_PARAGRAPH.finditer(html)):
            pieces += [(html[at : match.start()], False, number), (match[0], True, number)]
            at = match.end()
        pieces.append((html[at:], False, -1))
        return pieces
