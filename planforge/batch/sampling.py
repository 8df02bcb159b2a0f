"""A few letters of each run, made the plain way too and held against those of the fast way.

Which ones is drawn by what the run is made from: the same input is held against the same letters, another one
against others.
"""

from __future__ import annotations

import mmap
import random
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.document.look import Look
from planforge.imposition.paper import SINGLE, Paper
from planforge.letters import plain
from planforge.letters.plain import Letter
from planforge.output.group_write import Beside, Pieces
from planforge.writers.fonts import Fonts

if TYPE_CHECKING:
    from planforge.letters_pdf.readback import PdfReading, ShownCharacter
    from planforge.writers.word import BaseFile

SAMPLE = 3
"""Letters of a run that are held against the plain way, of each format: a fifth of a second's work."""

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, OSError, zlib.error)
"""What reading a file raises that no viewer could read either."""

TOLERANCE = 0.01
"""Points that a character may stand elsewhere: a hundredth of what a printer can show."""


def drawn(seed: str, of: int, count: int) -> list[int]:
    """So many of a number of letters, by their places, in order. seed: a digest of what they are made from."""
    return sorted(random.Random(seed).sample(range(of), min(count, of)))


def word_agrees(fast: bytes, letter: Letter, look: Look, base: BaseFile | None = None) -> bool:
    """Whether a Word letter is the plain one in every part of the package."""
    from planforge.writers.word.package import read_parts

    return read_parts(fast) == read_parts(plain.word(letter, look, base))


class PlainReference:
    """Letters made the plain way, that finished PDFs are held against. It can be sent from one process to another."""

    def __init__(self, letters: Sequence[Letter], look: Look, fonts: Fonts) -> None:
        """Made as they are to be read; outlines of glyphs, which take most of the time, are not."""
        from planforge.letters_pdf.readback import PdfReading

        read = PdfReading(plain.pdf(letters, look, fonts, to_be_read=True))
        self._pages: list[list[list[ShownCharacter]]] = []
        first = 0
        for number in range(len(letters)):
            end = read.first_page(number + 1)
            shown = (read.shown(number) for number in range(first, end))
            self._pages.append([page for page in shown if page])
            first = end

    def agrees(self, number: int, read: PdfReading, place: int, paper: Paper = SINGLE) -> bool:
        """Whether a file shows a letter as the plain way shows it.

        number: of these letters; read: a file with an entry of the outline for each letter; place: which of them;
        paper: how they lie on it. Pages on which nothing stands (the back of a slip) are passed over.
        """
        theirs = self._pages[number]
        try:
            end = len(read.pages) if paper.up > 1 else read.first_page(place + 1)
            ours = (page for one in range(read.first_page(place), end) if (page := read.shown(one)))
            if paper.up > 1:
                return all(any(_lies_on(page, one) for page in ours) for one in theirs)
            found = list(ours)
            return len(found) == len(theirs) * paper.copies and all(map(_same, found, theirs * paper.copies))
        except UNREADABLE:
            return False

    def differing(self, file: Pieces | Beside, places: Sequence[int], paper: Paper = SINGLE) -> list[int]:
        """Which letters of a finished PDF are not shown as the plain way shows them. places: these letters' in it."""
        try:
            with _read(file) as read:
                return [
                    place
                    for number, place in enumerate(places)
                    if not self.agrees(number, read, place, paper)
                ]
        except UNREADABLE:
            return list(places)


@contextmanager
def _read(file: Pieces | Beside) -> Iterator[PdfReading]:
    """A file to be read, of which no more is brought into memory than is read."""
    from planforge.letters_pdf.readback import PdfReading

    if not isinstance(file, Beside):
        yield PdfReading(b"".join(file))
        return
    with Path(file.path).open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield PdfReading(data)


def _same(ours: Sequence[ShownCharacter], theirs: Sequence[ShownCharacter]) -> bool:
    return len(ours) == len(theirs) and all(
        a.text == b.text and abs(a.x - b.x) <= TOLERANCE and abs(a.y - b.y) <= TOLERANCE
        for a, b in zip(ours, theirs, strict=True)
    )


def _lies_on(sheet: Sequence[ShownCharacter], page: Sequence[ShownCharacter]) -> bool:
    """Whether a page lies in some place of a sheet."""
    words, wanted = [one.text for one in sheet], [one.text for one in page]
    for start in range(len(words) - len(wanted) + 1):
        if words[start : start + len(wanted)] == wanted:
            x, y = sheet[start].x - page[0].x, sheet[start].y - page[0].y
            moved = [one._replace(x=one.x + x, y=one.y + y) for one in page]
            if _same(sheet[start : start + len(wanted)], moved):
                return True
    return False
