"""What a worker does: a part of the letters in one format. It gets everything by value and touches no files."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from planforge.batch.paper import SINGLE, Paper
from planforge.batch.plain import Letter
from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.problems import InputError, MissingPart
from planforge.writers.word import Base

Suffix = Literal["docx", "pdf"]


@dataclass(frozen=True, slots=True)
class Work:
    """What all letters of a run share. key: tells one run's from another's.

    pdf_look: where the PDF's pages are others than Word's. base: the school's own Word file.
    """

    key: str
    documents: tuple[Document, ...]
    look: Look
    pdf_look: Look | None = None
    base: Base | None = None
    paper: Paper = SINGLE


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One letter. document: its composition among the work's; number: among the run's letters."""

    number: int
    document: int
    values: Mapping[str, str]
    label: str


@dataclass(frozen=True, slots=True, repr=False)
class Unit:
    """Letters that are made together. names, keys: of the files; merged: all of them are one file."""

    suffix: Suffix
    rows: tuple[Row, ...]
    names: tuple[str, ...]
    keys: tuple[str, ...]
    merged: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Done:
    """What came of a unit: files by their place among its names, and rows that failed, each with the reason."""

    files: tuple[tuple[int, bytes], ...]
    failed: tuple[tuple[int, str], ...] = ()
    plain: int = 0


class _Tools:
    """What a process keeps from unit to unit."""

    def __init__(self, work: Work) -> None:
        from planforge.batch.splice import Splicer

        self.work = work
        self.splicer = Splicer(work.look, work.base)
        self._press: object | None = None

    def letter(self, row: Row) -> Letter:
        return Letter(self.work.documents[row.document], row.values, row.label)

    def pdf(self, rows: tuple[Row, ...]) -> bytes:
        from planforge.batch.stamp import Press
        from planforge.writers.fonts import choose

        if not isinstance(self._press, Press):
            look = self.work.pdf_look or self.work.look
            self._press = Press(look, choose(look))
        file = io.BytesIO()
        self._press.write([self.letter(row) for row in rows], file, self.work.paper)
        return file.getvalue()

    def word(self, rows: tuple[Row, ...]) -> bytes:
        from planforge.batch.joining import joined

        letters = (self.splicer.write(self.letter(row)) for row in rows)
        return joined(letters, copies=self.work.paper.copies, duplex=self.work.paper.duplex)


_tools: dict[str, _Tools] = {}


def make(work: Work, unit: Unit) -> Done:
    """Make a unit's files. A row that fails is named with its reason; the others are made."""
    if work.key not in _tools:
        _tools.clear()
        _tools[work.key] = _Tools(work)
    tools = _tools[work.key]
    if unit.suffix == "pdf" or unit.merged:
        try:
            return Done(((0, (tools.pdf if unit.suffix == "pdf" else tools.word)(unit.rows)),))
        except (InputError, MissingPart) as error:
            return Done((), tuple((row.number, str(error)) for row in unit.rows))
    files: list[tuple[int, bytes]] = []
    failed: list[tuple[int, str]] = []
    before = tools.splicer.plain
    for place, row in enumerate(unit.rows):
        try:
            files.append((place, tools.splicer.write(tools.letter(row))))
        except InputError as error:
            failed.append((row.number, str(error)))
    return Done(tuple(files), tuple(failed), tools.splicer.plain - before)
