"""What a copy of the process makes meanwhile for a file of many letters, where a core is free for it.

The last sections of the file, and the letters made the plain way that the file is held against.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from planforge.batch.sampling import PlainReference
from planforge.core.processes import aside
from planforge.core.processes import cores as all_cores
from planforge.document.look import Look
from planforge.imposition.paper import Paper
from planforge.letters.plain import Letter
from planforge.letters_pdf.letter_writer import PdfLetterWriter
from planforge.letters_pdf.sections import SECTION, OtherSections, WrittenSection
from planforge.writers.fonts import Fonts

_A_SAMPLE = 1.5
"""Sections that are written in the time that letters to be held against take."""


class Meanwhile:
    """What is being made. others: write their share of the file."""

    def __init__(self, count: int, made: Iterator[WrittenSection | PlainReference]) -> None:
        self._made = made
        self._reference: PlainReference | None = None
        self.others = OtherSections(count, self._bound)

    @property
    def reference(self) -> PlainReference | None:
        """The letters to hold the file against; None where they were not made after all."""
        while self._reference is None and (made := next(self._made, None)) is not None:
            self._reference = None if isinstance(made, WrittenSection) else made
        return self._reference

    def _bound(self, number: int) -> WrittenSection | None:
        while self._reference is None and (made := next(self._made, None)) is not None:
            if not isinstance(made, WrittenSection):
                self._reference = made
            elif made.number == number:
                return made
        return None


@contextmanager
def meanwhile(
    writer: PdfLetterWriter, letters: Sequence[Letter], sampled: Sequence[Letter], look: Look, fonts: Fonts, paper: Paper, cores: int
) -> Iterator[Meanwhile]:  # fmt: skip
    """Have made what pays. sampled: letters that the file is to be held against; cores: that may be busy with it."""
    sections = -(-len(paper.rows(len(letters))) // SECTION)
    count = max(0, int((sections - (_A_SAMPLE if sampled else 0)) / 2))

    def work() -> Iterator[WrittenSection | PlainReference]:
        if count:
            yield from writer.sections(letters, paper, count)
        if sampled:
            yield PlainReference(sampled, look, fonts)

    if min(cores, all_cores()) < 2 or not (count or sampled):
        yield Meanwhile(0, iter(()))
        return
    with aside(work) as made:
        yield Meanwhile(count, made)
