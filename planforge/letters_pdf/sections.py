"""Many letters as one file, in sections: these can be written apart, by another process too, and come out the same.

Which letters are in a section, and which numbers its objects have, depends on the letters alone.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterator, Mapping, MutableSequence, Sequence
from dataclasses import dataclass

from planforge.imposition.paper import Paper, SlipAt
from planforge.letters_pdf.content_templates import ContentTemplate
from planforge.letters_pdf.embedded_fonts import OBJECTS, EmbeddedFont
from planforge.letters_pdf.page_assembly import LetterPage
from planforge.letters_pdf.page_writer import (
    CopiesWriter,
    FileLinks,
    LetterCopy,
    OutlineNumbers,
    SharedContent,
    SheetRow,
    begin,
    end,
    hold_together,
)
from planforge.letters_pdf.pdf_file import MOST, ByteSink, PdfFile, SectionObjects, WrittenObjects, compressed
from planforge.writers.pdf.weasyprint_adapter.page_parts import SharedObjects

SECTION = 500
"""Sheets' worth of letters in a section: about an eighth of a second's work."""

_LATE = 32  # objects that come behind the letters: a dozen, and what packs them
_A_FONT = OBJECTS + 2  # objects at most: its own, and what packs them
_A_PAGE = 10  # objects at most besides tags and content: page, parents, pack, blank side, place, cuts
_A_LETTER = 4  # objects at most besides its pages: its entry, and what packs that


@dataclass(frozen=True, slots=True, repr=False)
class WrittenSection:
    """A section as it is written. of: what its file is made from; number: which section."""

    of: bytes
    number: int
    written: WrittenObjects
    links: FileLinks


@dataclass(frozen=True, slots=True)
class OtherSections:
    """Sections that somebody else writes meanwhile. count: how many, the last ones.

    bound: gives one by its number, or None where it is not there after all.
    """

    count: int
    bound: Callable[[int], WrittenSection | None]


NO_OTHERS = OtherSections(0, lambda _: None)


@dataclass(frozen=True, slots=True)
class _SectionRange:
    """What is in a section. first, end: the range of its numbers; new: letters of which it has the entries."""

    first: int
    end: int
    rows: Sequence[SheetRow]
    new: Sequence[int]


@dataclass(frozen=True, slots=True, repr=False)
class FileContents:
    """What a file is made of. pages: by letter, its stencils; copy_of, slip_of: a letter, and where its slip is.

    fonts: their names on the pages; embedded: makes them. about: the file's properties.
    """

    pages: Sequence[Sequence[ContentTemplate]]
    copy_of: Callable[[int], LetterCopy]
    slip_of: Callable[[int], SlipAt]
    fonts: Sequence[str]
    embedded: Callable[[], Mapping[str, EmbeddedFont]]
    about: bytes


class SectionedFile:
    """A file of letters."""

    def __init__(self, base: SharedObjects, letters: FileContents, paper: Paper) -> None:
        self._base = base
        self._letters = letters
        self._paper = paper
        number = base.free
        self._shared: dict[bytes, int] = {}
        for page_template in self._page_templates():
            for shared, data in page_template.pieces:
                if shared and data not in self._shared:
                    self._shared[data] = number + 1 + len(self._shared)
        self._first = number + 1 + len(self._shared) + _A_FONT * len(letters.fonts) + _LATE
        entries = array("L", bytes(array("L").itemsize * len(letters.pages)))
        self._outline = OutlineNumbers(number, entries)
        self._section_ranges = list(self._divided(entries))
        self._kept = SharedContent()
        ranges = [(section_range.first, section_range.end) for section_range in self._section_ranges]
        made_of = hashlib.sha256(repr((base, letters.fonts, ranges)).encode())
        for data in self._shared:
            made_of.update(data)
        self._of = made_of.digest()

    def last(self, count: int) -> range:
        """The numbers of the last sections."""
        return range(max(0, len(self._section_ranges) - count), len(self._section_ranges))

    def section(self, number: int) -> WrittenSection:
        """One of the sections."""
        section_range = self._section_ranges[number]
        section = SectionObjects(section_range.first, section_range.end)
        section.numbers(len(section_range.new))  # of the entries
        writer = CopiesWriter(self._base, section, self._outline, self._paper, self._kept, self._shared)
        writer.add_rows(
            section_range.rows, self._letters.copy_of, self._letters.slip_of, frozenset(section_range.new)
        )
        return WrittenSection(self._of, number, section.written(), writer.links)

    def write(self, file: ByteSink, others: OtherSections = NO_OTHERS) -> None:
        """Write the file. Raises UnexpectedLayout, before anything is written."""
        base, letters = self._base, self._letters
        fonts = letters.embedded()
        pdf = PdfFile(file, base.free, self._first)
        if pdf.numbers(1 + len(self._shared)) != self._outline.number:  # before anything is packed
            raise ValueError("numbers that are taken already")
        begin(pdf, base, {key: font.write(pdf) for key, font in fonts.items()})
        for data, number in self._shared.items():
            pdf.write(number, compressed(data))
        links = FileLinks()
        theirs = self.last(others.count)
        for number in range(len(self._section_ranges)):
            bound = others.bound(number) if number in theirs else None
            if bound is None or bound.of != self._of:
                bound = self.section(number)
            pdf.append(bound.written)
            links.add(bound.links)
        hold_together(pdf, base, self._outline, links, self._paper)
        end(pdf, base, letters.about)

    def _page_templates(self) -> Iterator[ContentTemplate]:
        """All pages that are not alike."""
        return iter(
            {
                id(template): template
                for page_templates in self._letters.pages
                for template in page_templates
            }.values()
        )

    def _divided(self, entries: MutableSequence[int]) -> Iterator[_SectionRange]:
        """The sections; each has room for the most objects that its letters may take. entries: takes theirs."""
        rows = self._paper.rows(len(self._letters.pages))
        room = _ObjectCounts()
        entered: set[int] = set()
        first = self._first
        for start in range(0, len(rows), SECTION):
            part = rows[start : start + SECTION]
            inside = [letter for row in part for letter in row if letter is not None]
            new = [letter for letter in dict.fromkeys(inside) if letter not in entered]
            entered.update(new)
            for place, letter in enumerate(new):
                entries[letter] = first + place
            after = first + sum(room.of(self._letters.pages[letter]) for letter in inside)
            if after > MOST:
                raise ValueError("more objects than a file has room for")
            yield _SectionRange(first, after, part, new)
            first = after


class _ObjectCounts:
    """How many objects letters take at most."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def of(self, page_templates: Sequence[ContentTemplate]) -> int:
        """A letter with these pages."""
        if id(page_templates) not in self._known:
            self._known[id(page_templates)] = _A_LETTER + sum(
                _A_PAGE + len(template.pieces) + _objects(template.sheet) for template in page_templates
            )
        return self._known[id(page_templates)]


def _objects(sheet: LetterPage) -> int:
    return len(sheet.elements) + len(sheet.bookmarks)
