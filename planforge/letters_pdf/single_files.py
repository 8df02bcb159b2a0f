"""One letter a file: what all have in common is made once, and a small font of its own carries each one's names.

The fonts of the fixed words are the same bytes in every file. A character that these do not have is shown in a
second font, which holds that letter's own characters only: nothing of other recipients goes out with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from planforge.imposition.paper import SINGLE, Paper, slip_at
from planforge.letters.plain import Letter
from planforge.letters_pdf.content_templates import Piece, stretches
from planforge.letters_pdf.embedded_fonts import EmbeddedFont
from planforge.letters_pdf.file_templates import FileHeader, FileTemplate
from planforge.letters_pdf.layout_cache import MOST, LayoutCache
from planforge.letters_pdf.page_assembly import LetterPage
from planforge.letters_pdf.page_writer import SharedContent
from planforge.letters_pdf.placeholders import PlaceholderNotFound, glyphs
from planforge.output.group_write import Pieces
from planforge.writers.pdf.weasyprint_adapter.page_parts import UnexpectedLayout

_KEPT = 64  # sets of fonts of fixed words; there are a few a composition
_ADJUSTED = re.compile(rb"(?:>[-+.\d]+<)+$")
_FIGURES = tuple("0123456789")
OWN = "own"
"""What is added to a font's name for the one with a letter's own characters."""

Glyphs = frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _OwnGlyph:
    """A glyph that may not be in the fixed font. at: its place in the operator; size: the font's, as it is set.

    field: whose character it is; empty for a literal, whose number is given. common: what shows it in the common
    font, in_own: in the letter's own (room for the glyph's number in either). Adjustments that stand before it go with
    it into the other font: PDFium passes over those at the end of a string.
    """

    at: int
    font: str
    size: bytes
    field: str
    index: int
    number: int
    common: bytes = b""
    in_own: bytes = b""

    def behind(self, adjusted: bytes) -> _OwnGlyph:
        """The same, with these adjustments before it."""
        font = self.font.encode()
        inner = adjusted.replace(b">", b"").replace(b"<", b" ")
        in_own = b">] TJ\n/%b%b %b Tf\n[%b<%%04x>] TJ\n/%b %b Tf\n[<" % (
            font, OWN.encode(), self.size, inner, font, self.size,
        )  # fmt: skip
        return replace(self, common=adjusted + b"%04x", in_own=in_own)


class SingleContentTemplate:
    """A page whose own characters are shown in a font of their own. fixed: glyphs that the common fonts have."""

    def __init__(self, sheet: LetterPage, fixed: Glyphs) -> None:
        """Raises PlaceholderNotFound where a font's size cannot be told."""
        self._fixed = fixed
        own_glyphs: dict[int, list[_OwnGlyph]] = {}
        placeholders = {
            (placeholder.glyph.operator, placeholder.glyph.at): placeholder
            for placeholder in sheet.placeholders
        }
        for glyph in glyphs(sheet.operators):
            placeholder = placeholders.get((glyph.operator, glyph.at))
            if placeholder is None and (glyph.font, glyph.number) in fixed:
                continue
            size = _size(sheet, glyph.operator, glyph.font)
            field, index = (placeholder.field, placeholder.index) if placeholder else ("", 0)
            own_glyphs.setdefault(glyph.operator, []).append(
                _OwnGlyph(glyph.at, glyph.font, size, field, index, glyph.number)
            )
        self._pieces: list[tuple[bool, list[bytes], list[_OwnGlyph]]] = []
        for varies, begin, end in stretches(sheet.operators, sorted(own_glyphs)):
            words, own = [b""], []
            for number in range(begin, end):
                data, at = sheet.operators[number], 0
                for own_glyph in own_glyphs.get(number, ()):
                    words[-1] += data[at : own_glyph.at]
                    adjusted = _ADJUSTED.search(words[-1])
                    before = adjusted[0] if adjusted else b""
                    words[-1] = words[-1][: len(words[-1]) - len(before)]
                    words.append(b"")
                    own.append(own_glyph.behind(before))
                    at = own_glyph.at + 4
                words[-1] += data[at:] + (b"\n" if varies or number + 1 < end else b"")
            self._pieces.append((not varies, words, own))

    @property
    def common(self) -> list[Piece]:
        """The pieces that are the same for all letters; empty where a letter has its own."""
        return [(shared, words[0] if shared else b"") for shared, words, _ in self._pieces]

    def glyphs(
        self, values: Mapping[str, str], cache: LayoutCache, own: dict[str, dict[int, str]]
    ) -> list[int]:
        """The glyphs of these values, in the order of their places.

        own: takes those that the common fonts do not have, by font, and what they show. Raises PlaceholderNotFound.
        """
        numbers: list[int] = []
        for _, _, own_glyphs in self._pieces:
            for own_glyph in own_glyphs:
                if own_glyph.field:
                    character = values[own_glyph.field][own_glyph.index]
                    number = cache.numbers[own_glyph.font, character]
                else:
                    number = own_glyph.number
                    character = cache.face(own_glyph.font).text(number)
                if (own_glyph.font, number) not in self._fixed:
                    if not character:  # a mark's circle: read by its number, which would be another
                        raise PlaceholderNotFound("a glyph that shows no words")
                    own.setdefault(own_glyph.font, {}).setdefault(number, character)
                numbers.append(number)
        return numbers

    def contents(self, glyphs: Iterable[int], codes: Mapping[str, Mapping[int, int]]) -> list[Piece]:
        """The pieces with these glyphs in their places. codes: of a letter's own glyphs, by font."""
        pieces: list[Piece] = []
        following = iter(glyphs)
        for shared, words, own_glyphs in self._pieces:
            if shared:
                pieces.append((True, words[0]))
                continue
            written = [words[0]]
            for own_glyph, after in zip(own_glyphs, words[1:], strict=True):
                number = next(following)
                if (own_glyph.font, number) in self._fixed:
                    written.append(own_glyph.common % number)
                else:
                    written.append(own_glyph.in_own % codes[own_glyph.font][number])
                written.append(after)
            pieces.append((False, b"".join(written)))
        return pieces


class _SinglePages:
    """The pages of some letters. own: blank files by the fonts that hold a letter's own characters."""

    def __init__(self, sheets: Sequence[LetterPage], fixed: Glyphs) -> None:
        """Raises PlaceholderNotFound."""
        self.sheets = tuple(sheets)  # alive, so that they can be told by their places in memory
        self.fixed = fixed
        self.page_templates = [SingleContentTemplate(sheet, fixed) for sheet in sheets]
        self.file_templates: dict[tuple[object, ...], FileTemplate] = {}


class SingleFileWriter:
    """Writes letters as files of their own; what they have in common is kept."""

    def __init__(self, cache: LayoutCache) -> None:
        self._cache = cache
        self._forget()

    def _forget(self) -> None:
        self._kept = SharedContent()
        self._pages: dict[tuple[object, ...], _SinglePages] = {}
        self._heads: dict[tuple[object, ...], FileHeader] = {}

    def write(
        self,
        letter: Letter,
        sheets: list[LetterPage],
        words: frozenset[str],
        about: bytes,
        paper: Paper = SINGLE,
    ) -> Pieces:
        """One letter's file. words: the characters of its fixed words. Raises PlaceholderNotFound, UnexpectedLayout."""
        cache = self._cache
        pages = self._pages_of(sheets, words)
        own: dict[str, dict[int, str]] = {}
        templates = pages.page_templates
        shown = [template.glyphs(letter.values, cache, own) for template in templates]
        fonts: dict[str, EmbeddedFont] = {}
        codes: dict[str, Mapping[int, int]] = {}
        for font, texts in sorted(own.items()):
            fonts[font + OWN], codes[font] = cache.face(font).small(texts)
        contents = [
            template.contents(numbers, codes) for template, numbers in zip(templates, shown, strict=True)
        ]
        slip = slip_at(letter.document)
        key = (*fonts, paper, slip)
        file_template = pages.file_templates.get(key)
        if file_template is None:
            head = self._head(pages.fixed, tuple(fonts))
            common = [template.common for template in templates]
            file_template = pages.file_templates[key] = FileTemplate(
                head, sheets, common, paper, slip, self._kept
            )
        return file_template.filled(contents, fonts, letter.label, about)

    def _pages_of(self, sheets: Sequence[LetterPage], words: frozenset[str]) -> _SinglePages:
        key = (*map(id, sheets), words)
        pages = self._pages.get(key)
        if pages is None:
            if len(self._pages) >= MOST or len(self._heads) >= _KEPT:
                self._forget()
            fixed: Glyphs = frozenset().union(*(self._fixed_of(sheet, words) for sheet in sheets))
            pages = self._pages[key] = _SinglePages(sheets, fixed)
        return pages

    def _head(self, fixed: Glyphs, own: tuple[str, ...]) -> FileHeader:
        """What stands before all letters with these fixed words. own: fonts with letters' own characters."""
        base = self._cache.base
        if base is None:
            raise UnexpectedLayout("没有页面")
        key = (fixed, own)
        if key not in self._heads:
            self._heads[key] = FileHeader(base, self._fonts(fixed), own)
        return self._heads[key]

    def _fixed_of(self, sheet: LetterPage, words: frozenset[str]) -> Glyphs:
        """The glyphs of a page's fixed words."""
        face = self._cache.face
        fixed = {glyph for glyph in sheet.fixed if face(glyph[0]).text(glyph[1]) in words}
        for placeholder in sheet.placeholders:  # the figures of a seat tell nothing of others
            if face(placeholder.glyph.font).text(placeholder.glyph.number) in _FIGURES:
                fixed |= {
                    (placeholder.glyph.font, number) for number in self._figures(placeholder.glyph.font)
                }
        return frozenset(fixed)

    def _figures(self, font: str) -> Mapping[int, str]:
        """The glyphs of the ten figures in a font."""
        return {self._cache.numbers[font, figure]: figure for figure in _FIGURES}

    def _fonts(self, fixed: Glyphs) -> Mapping[str, EmbeddedFont]:
        by_font: dict[str, dict[int, str]] = {}
        for font, number in sorted(fixed):
            shown = self._cache.face(font).text(number) or self._figures(font)[number]
            by_font.setdefault(font, {})[number] = shown
        return {font: self._cache.face(font).embedded(shown) for font, shown in by_font.items()}


def _size(sheet: LetterPage, operator: int, font: str) -> bytes:
    """The size at which a page's operator shows a font."""
    start = b"/%b " % font.encode()
    for number in range(operator, -1, -1):
        data = sheet.operators[number]
        if data.endswith(b" Tf") and data.startswith(start):
            return data[len(start) : -len(b" Tf")]
        if data == b"BT":
            break
    raise PlaceholderNotFound("a font of unknown size")
