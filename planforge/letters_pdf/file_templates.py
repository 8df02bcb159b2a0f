"""Single letters' files before the letters: what all with the same pages have in common is written once.

A letter's file is such a blank and, behind it, what is the letter's own: its pieces of content, its fonts, its entry of
the outline, its properties.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planforge.imposition.paper import Paper, SlipAt
from planforge.letters_pdf.content_templates import Piece
from planforge.letters_pdf.embedded_fonts import OBJECTS, EmbeddedFont
from planforge.letters_pdf.n_up import LeafPlace, shifted
from planforge.letters_pdf.page_assembly import LetterPage
from planforge.letters_pdf.page_writer import (
    CopiesWriter,
    LetterCopy,
    OutlineNumbers,
    SharedContent,
    begin,
    end,
    entry,
    hold_together,
)
from planforge.letters_pdf.pdf_file import PdfFile, compressed
from planforge.output.group_write import Pieces
from planforge.writers.pdf.weasyprint_adapter.page_parts import SharedObjects


@dataclass(frozen=True, slots=True)
class _OwnStream:
    """A letter's own stream. number: of the object; page, piece: which content; marks: how many stand before it."""

    number: int
    page: int
    piece: int
    marks: int


class FileHeader:
    """What stands before all letters with the same fonts. own: the names of those that hold a letter's characters."""

    def __init__(self, base: SharedObjects, common: Mapping[str, EmbeddedFont], own: Iterable[str]) -> None:
        self.base = base
        self._written = io.BytesIO()
        self._file = PdfFile(self._written, base.free)
        numbers = {key: font.write(self._file) for key, font in common.items()}
        self.own = {key: self._file.numbers(OBJECTS) for key in own}
        numbers |= {key: first + OBJECTS - 1 for key, first in self.own.items()}
        begin(self._file, base, numbers)
        self.data = self._written.getvalue()
        """As far as it is written; objects that are yet to be packed are not."""

    def going_on(self, file: io.BytesIO) -> PdfFile:
        """A file that goes on behind this; it takes what comes then."""
        return self._file.going_on(file)


class FileTemplate:
    """A file of certain pages, complete but for what is a letter's own."""

    def __init__(
        self, head: FileHeader, sheets: Sequence[LetterPage], pieces: Sequence[Sequence[Piece]], paper: Paper, slip: SlipAt, kept: SharedContent
    ) -> None:  # fmt: skip
        """pieces: by page, the shared ones, and any bytes where one is the letter's own."""
        self._head = head
        written = io.BytesIO()
        self._file = head.going_on(written)
        outline = OutlineNumbers(self._file.numbers(1), [self._file.numbers(1)])
        writer = _TemplateWriter(head.base, self._file, outline, paper, kept)
        writer.add_rows(paper.rows(1), lambda _: LetterCopy(sheets, pieces, ""), lambda _: slip, (0,))
        hold_together(self._file, head.base, outline, writer.links, paper)
        self._file.settle()
        self._streams = writer.streams
        self._entry, self._rest = outline.entries[0], writer.rest
        self._data = written.getvalue()

    def filled(
        self, contents: Sequence[Sequence[Piece]], fonts: Mapping[str, EmbeddedFont], label: str, about: bytes
    ) -> Pieces:
        """A letter's file. contents: the pieces of its pages; fonts: those that the head leaves room for."""
        written = io.BytesIO()
        file = self._file.going_on(written)
        for own_stream in self._streams:
            file.write(
                own_stream.number,
                compressed(shifted(contents[own_stream.page][own_stream.piece], own_stream.marks)),
            )
        for key, first in self._head.own.items():
            fonts[key].write(file, first)
        file.pack(self._entry, entry(label, self._rest))
        end(file, self._head.base, about)
        return self._head.data, self._data, written.getvalue()


class _TemplateWriter(CopiesWriter):
    """Leaves room for what is the letter's own, and notes where. A further copy shows the same streams."""

    def __init__(
        self, base: SharedObjects, file: PdfFile, outline: OutlineNumbers, paper: Paper, kept: SharedContent
    ) -> None:
        super().__init__(base, file, outline, paper, kept, {})
        self._numbers: dict[tuple[int, int, int], int] = {}
        self.rest = b""
        """What the letter's entry of the outline says besides its label."""

    @property
    def streams(self) -> list[_OwnStream]:
        """The letter's own streams."""
        return [_OwnStream(number, *which) for which, number in self._numbers.items()]

    def _own_content(self, at: LeafPlace, piece: int, marks: int) -> int:
        which = (at.page, piece, marks)
        if which not in self._numbers:
            self._numbers[which] = self._file.numbers(1)
        return self._numbers[which]

    def _entry(self, number: int, label: str, rest: bytes) -> None:
        if number == self._outline.entries[0]:
            self.rest = rest
        else:
            super()._entry(number, label, rest)
