"""What a worker does: a part of the letters in one format. It gets everything by value.

It touches no files but one: a file of many letters is written beside its place, where the work says in which folder.

Whatever the fast way cannot do is done the plain way; what that cannot do either is told, row by row, without a
word of what stands in the row.
"""

from __future__ import annotations

import io
import threading
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never

from planforge.core.problems import InputError, MissingPart
from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.imposition.paper import SINGLE, Paper
from planforge.imposition.scaled_look import on_part
from planforge.letters import plain
from planforge.letters.plain import Letter
from planforge.output.group_write import Beside, Pieces, beside

if TYPE_CHECKING:
    from planforge.batch.sampling import PlainReference
    from planforge.letters_pdf.letter_writer import PdfLetterWriter
    from planforge.letters_pdf.sections import OtherSections
    from planforge.letters_word.splice import Splicer
    from planforge.writers.fonts import Fonts
    from planforge.writers.word import BaseFile

Suffix = Literal["docx", "pdf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """What all letters of a run share. key: tells one run's from another's.

    pdf_look: where the PDF's pages are others than Word's. base: the school's own Word file. plainly: formats whose
    fast way is not to be trusted. folder: where files of many letters are written; empty where there is none that
    whoever does the work shares with whoever asked for it. cores: how many may be busy with one file.
    """

    key: str
    documents: tuple[Document, ...]
    look: Look
    pdf_look: Look | None = None
    base: BaseFile | None = None
    paper: Paper = SINGLE
    plainly: frozenset[Suffix] = frozenset()
    folder: str = ""
    cores: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class LetterRow:
    """One letter. document: its composition among the work's; number: among the run's letters."""

    number: int
    document: int
    values: Mapping[str, str]
    label: str


@dataclass(frozen=True, slots=True, repr=False)
class WorkUnit:
    """Letters that are made together. names, keys: of the files; merged: all of them are one file.

    sampled: rows, by their places, that are held against the plain way.
    """

    suffix: Suffix
    rows: tuple[LetterRow, ...]
    names: tuple[str, ...]
    keys: tuple[str, ...]
    merged: bool = False
    sampled: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class UnitResult:
    """What came of a unit: files by their place among its names, and rows that failed, each with the reason.

    fallbacks: letters that the fast way could not make, by the reason in Chinese, so that they went the plain way.
    sampled: letters of the fast way that were held against the plain way; differing: those of them, by their numbers,
    that were not the same, so that all of the unit was made the plain way instead.
    """

    files: tuple[tuple[int, Pieces | Beside], ...]
    failed: tuple[tuple[int, str], ...] = ()
    fallbacks: Mapping[str, int] = field(default_factory=dict)
    sampled: int = 0
    differing: tuple[int, ...] = ()


class _Tools:
    """What a process keeps from unit to unit."""

    def __init__(self, work: RunSettings) -> None:
        self.work = work
        self.look = work.pdf_look or work.look
        self.printed = tuple(on_part(one, work.paper.up) for one in work.documents)
        self._fonts: Fonts | None = None
        self._pdf_writer: PdfLetterWriter | None = None
        self._splicers: dict[tuple[str, ...], Splicer] = {}

    @property
    def fonts(self) -> Fonts:
        if self._fonts is None:
            from planforge.writers.fonts import choose

            self._fonts = choose(self.look)
        return self._fonts

    def letters(self, rows: Sequence[LetterRow], documents: Sequence[Document] | None = None) -> list[Letter]:
        documents = documents or self.work.documents
        return [Letter(documents[row.document], row.values, row.label) for row in rows]

    def splicer(self, letter: Letter) -> Splicer | None:
        """What writes a letter the fast way; None where the school's header names the recipient, so that none does."""
        fields = self.work.base.fields if self.work.base else ()
        key = tuple(letter.values.get(name, "") for name in fields)
        if not set(fields) <= _SHARED:
            return None
        if key not in self._splicers:
            from planforge.letters_word.splice import Splicer
            from planforge.writers.word import with_values

            base = self.work.base and with_values(self.work.base, letter.values)
            self._splicers[key] = Splicer(self.work.look, base)
        return self._splicers[key]

    @property
    def pdf_writer(self) -> PdfLetterWriter:
        if self._pdf_writer is None:
            from planforge.letters_pdf.letter_writer import PdfLetterWriter

            self._pdf_writer = PdfLetterWriter(self.look, self.fonts)
        return self._pdf_writer

    def merged_pdf(self, letters: Sequence[Letter], others: OtherSections) -> Pieces | Beside:
        """A file of letters; beside its place, so that memory stays flat, or in memory where that cannot be.

        What is wrong there is told by whoever puts the file.
        """
        if self.work.folder:
            with suppress(OSError), beside(self.work.folder) as part:
                self.pdf_writer.write(letters, part, self.work.paper, others)
                return part.close()
            self.pdf_writer.fallbacks.clear()
        file = io.BytesIO()
        self.pdf_writer.write(letters, file, self.work.paper, others)
        return (file.getvalue(),)

    def reference(self, letters: Sequence[Letter]) -> PlainReference:
        """Letters made the plain way, to hold others against."""
        from planforge.batch.sampling import PlainReference

        return PlainReference(letters, self.look, self.fonts)

    def plain_pdf(self, letters: Sequence[Letter]) -> bytes:
        return plain.pdf(letters, self.look, self.fonts, self.work.paper)

    def plain_word(self, letter: Letter) -> bytes:
        return plain.word(letter, self.work.look, self.work.base)

    def joined(self, packages: Sequence[bytes]) -> bytes:
        from planforge.letters_word.merged_file import joined

        return joined(packages, copies=self.work.paper.copies, duplex=self.work.paper.duplex)


_kept = threading.local()  # each thread has tools of its own: they are not made for several at once
_NOT_SPLICED = "姓名等栏里的字不能直接套进 Word 模板"
_HEADED = "底稿的页眉页脚里有各人不同的内容"
_SHARED = frozenset({"class", "grade"})
"""Fields that many letters have the same value of: a Word file's header with these is cut once for each."""
_DIFFERS = "抽查时与逐份排版不一致，这个文件没有写；请改成每面一份（不用 --up），并告诉维护者"


def make(work: RunSettings, unit: WorkUnit) -> UnitResult:
    """Make a unit's files. A row that fails is named with its reason; the others are made."""
    tools: _Tools | None = getattr(_kept, "tools", None)
    if tools is None or (tools.work.key, tools.work.folder) != (work.key, work.folder):
        tools = _kept.tools = _Tools(work)
    plainly = unit.suffix in work.plainly
    match unit.suffix:
        case "docx":
            return _word(tools, unit, plainly)
        case "pdf":
            from planforge.writers.pdf.weasyprint_adapter.loading import LAYOUT_LOCK

            with LAYOUT_LOCK:  # an executor may have several threads
                return _pdf(tools, unit, plainly)
        case unknown:
            assert_never(unknown)


def _word(tools: _Tools, unit: WorkUnit, plainly: bool) -> UnitResult:
    files: list[tuple[int, bytes]] = []
    failed: list[tuple[int, str]] = []
    letters = tools.letters(unit.rows)
    fallbacks: Counter[str] = Counter()
    spliced: set[int] = set()
    for place, (row, letter) in enumerate(zip(unit.rows, letters, strict=True)):
        try:
            if not plainly:
                try:
                    if (splicer := tools.splicer(letter)) is not None:
                        before = splicer.plain
                        files.append((place, splicer.write(letter)))
                        if splicer.plain == before:
                            spliced.add(place)
                        else:
                            fallbacks[_NOT_SPLICED] += 1
                        continue
                    fallbacks[_HEADED] += 1
                except (InputError, MissingPart):
                    raise
                except Exception as error:  # the plain way may do it all the same
                    fallbacks[_own_mistake(error)] += 1
            files.append((place, tools.plain_word(letter)))
        except Exception as error:
            failed.append((row.number, _reason(error)))
    compared = [place for place in unit.sampled if place in spliced]
    differing = _differing_words(tools, unit, compared, letters, dict(files))
    if differing:
        again = _word(tools, unit, plainly=True)
        return UnitResult(again.files, again.failed, fallbacks, len(compared), differing)
    if unit.merged and files:
        files = [(0, tools.joined([data for _, data in files]))]
    made = tuple((place, (data,)) for place, data in files)
    return UnitResult(made, tuple(failed), fallbacks, len(compared))


def _differing_words(
    tools: _Tools,
    unit: WorkUnit,
    compared: Sequence[int],
    letters: Sequence[Letter],
    files: Mapping[int, bytes],
) -> tuple[int, ...]:
    from planforge.batch.sampling import word_agrees

    return tuple(
        unit.rows[place].number
        for place in compared
        if not word_agrees(files[place], letters[place], tools.work.look, tools.work.base)
    )


def _pdf(tools: _Tools, unit: WorkUnit, plainly: bool) -> UnitResult:
    letters = tools.letters(unit.rows, tools.printed)
    if not unit.merged:
        return _single_pdfs(tools, unit, letters, plainly)
    if plainly:
        return _plain_merged_pdf(tools, unit, letters, UnitResult(()))
    tools.pdf_writer.fallbacks.clear()
    try:
        data, compared, different = _compared_merged_pdf(tools, unit, letters)
        if not different:
            return UnitResult(((0, data),), (), dict(tools.pdf_writer.fallbacks), compared)
        tried = UnitResult((), (), {}, compared, tuple(unit.rows[place].number for place in different))
        reason = _DIFFERS
    except (InputError, MissingPart) as error:
        return UnitResult((), tuple((row.number, str(error)) for row in unit.rows))
    except Exception as error:
        tried = UnitResult((), (), {_own_mistake(error): len(letters)})
        reason = _reason(error)
    if tools.work.paper.up > 1:  # which the plain way cannot do
        failed = tuple((row.number, reason) for row in unit.rows)
        return replace(tried, failed=failed, fallbacks={})
    return _plain_merged_pdf(tools, unit, letters, tried)


def _plain_merged_pdf(
    tools: _Tools, unit: WorkUnit, letters: Sequence[Letter], tried: UnitResult
) -> UnitResult:
    """A file of letters, each laid out by itself. tried: what is known of them from the fast way."""
    try:
        return replace(tried, files=((0, (tools.plain_pdf(letters),)),))
    except Exception as error:
        if len(letters) == 1:
            return replace(tried, failed=((unit.rows[0].number, _reason(error)),))
    failed: list[tuple[int, str]] = []
    good: list[Letter] = []
    for row, letter in zip(unit.rows, letters, strict=True):  # one of them it is
        try:
            tools.plain_pdf([letter])
            good.append(letter)
        except Exception as error:
            failed.append((row.number, _reason(error)))
    files = ((0, (tools.plain_pdf(good),)),) if good else ()
    return replace(tried, files=files, failed=tuple(failed))


def _compared_merged_pdf(
    tools: _Tools, unit: WorkUnit, letters: Sequence[Letter]
) -> tuple[Pieces | Beside, int, Sequence[int]]:
    """A file of letters, how many were held against the plain way, and the places of those that differ from it."""
    from planforge.batch.forked_work import meanwhile

    sampled = [letters[place] for place in unit.sampled]
    work = tools.work
    with meanwhile(
        tools.pdf_writer, letters, sampled, tools.look, tools.fonts, work.paper, work.cores
    ) as theirs:
        data = tools.merged_pdf(letters, theirs.others)
        if not sampled or tools.pdf_writer.fallbacks:  # there is nothing to compare
            return data, 0, ()
        reference = theirs.reference or tools.reference(sampled)
    different = reference.differing(data, unit.sampled, work.paper)
    if different and isinstance(data, Beside):
        data.remove()
    return data, len(sampled), different


def _single_pdfs(tools: _Tools, unit: WorkUnit, letters: Sequence[Letter], plainly: bool) -> UnitResult:
    """A file for each letter."""
    tried = UnitResult(())
    if not plainly:
        try:
            files = list(tools.pdf_writer.singles(letters, tools.work.paper))
            compared = [place for place in unit.sampled if not files[place].fallback]
            different = tuple(
                unit.rows[place].number
                for place in compared
                if tools.reference([letters[place]]).differing(files[place].pieces, (0,), tools.work.paper)
            )
            fallbacks = Counter(file.fallback for file in files if file.fallback)
            tried = UnitResult((), (), {} if different else fallbacks, len(compared), different)
            if not different:
                return replace(tried, files=tuple((place, file.pieces) for place, file in enumerate(files)))
        except MissingPart as error:
            return UnitResult((), tuple((row.number, str(error)) for row in unit.rows))
        except Exception as error:  # the plain way may do it all the same
            tried = UnitResult((), (), {_own_mistake(error): len(letters)})
    made: list[tuple[int, Pieces]] = []
    failed: list[tuple[int, str]] = []
    for place, (row, letter) in enumerate(zip(unit.rows, letters, strict=True)):
        try:
            made.append((place, (tools.plain_pdf([letter]),)))
        except Exception as error:
            failed.append((row.number, _reason(error)))
    return replace(tried, files=tuple(made), failed=tuple(failed))


def _own_mistake(error: Exception) -> str:
    """Why a letter went the plain way although it should not have: a mistake of ours, told by its place only."""
    return f"程序自身出了错（{_where(error)}），请告诉维护者"


def _reason(error: Exception) -> str:
    """Why a row failed. Of a mistake of ours only its place is told: its words may hold a name."""
    if isinstance(error, InputError | MissingPart):
        return str(error)
    return f"程序自身出了错，这一份没有生成；请告诉维护者：{_where(error)}"


def _where(error: Exception) -> str:
    """The sort of an error, and the file and line of ours that it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "planforge" in frame.filename] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}，{place}"
