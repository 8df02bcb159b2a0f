"""Composed documents become the bytes of their files, on as many cores as there are.

Whether one process writes or several, the bytes are the same: nothing that a writer does depends on what it
wrote before.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from planforge.core.problems import Cancelled, InputError, MissingPart, Place, Problem
from planforge.core.processes import can_copy, cores, shared_out
from planforge.document.look import Look
from planforge.document.tree import Attachment, Block, Document, NumberedList, Slip, Table
from planforge.writers.fonts import choose
from planforge.writers.formats import FORMATS, writer

if TYPE_CHECKING:
    from planforge.writers.pdf import LaidOut
    from planforge.writers.word import BaseFile

_ENOUGH = 6
"""Documents from which on a second process saves more than it takes to load the fonts once more."""


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be written in some formats.

    base: the school's own Word file below its Word file; place: where its look was chosen, for what does not hold.
    """

    document: Document
    look: Look
    suffixes: tuple[str, ...]
    base: BaseFile | None = None
    place: Place | None = None


@dataclass(slots=True)
class WrittenDocument:
    """What became of a job. look: as fitted. files: bytes by format; lacking: by format, what this machine lacks.

    problems: where the document holds in no step of its look. seconds: by step.
    """

    look: Look
    files: dict[str, bytes] = field(default_factory=dict)
    lacking: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)


def write_all(
    jobs: Sequence[Job],
    processes: int | None = None,
    *,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> list[WrittenDocument]:
    """All jobs done, in their order.

    Args:
        jobs: what is to be written.
        processes: how many of our own at once; as many as there are cores where None.
        executor: any other way to have the work done; each job is sent to it by value.
        progress: told how many documents are written, and how many there are; first of all with none.
        cancel: asked between two documents whether to stop.

    Raises:
        InputError: all documents that do not hold on their pages.
        Cancelled: `cancel` said so.
    """
    import planforge.writers.pdf  # noqa: F401  it knows whether something was laid out

    watched = _Watched(len(jobs), progress, cancel)
    wanted = min(cores(), len(jobs) // _ENOUGH + 1) if processes is None else min(processes, len(jobs))
    results: list[WrittenDocument] | None = None
    if executor is not None:
        results = _submitted(jobs, executor, watched)
    elif wanted > 1 and can_copy():
        results = _together(jobs, wanted, watched)
    if results is None:
        results = [watched(write_one(job)) for job in jobs]
    if problems := [problem for result in results for problem in result.problems]:
        raise InputError(problems)
    return results


class _Watched:
    """Counts documents as they are written, tells how far it is, and stops where it is asked to."""

    def __init__(
        self,
        total: int,
        progress: Callable[[int, int], None] | None,
        cancel: Callable[[], bool] | None,
    ) -> None:
        self._total, self._progress, self._cancel = total, progress, cancel
        self._done = -1
        self()

    def __call__(self, result: Any = None) -> Any:
        if self._cancel is not None and self._cancel():
            raise Cancelled
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)
        return result


def _submitted(jobs: Sequence[Job], executor: Executor, watched: _Watched) -> list[WrittenDocument]:
    futures = [executor.submit(write_one, job) for job in jobs]
    try:
        return [watched(future.result()) for future in futures]
    finally:
        for future in futures:
            future.cancel()


def _together(jobs: Sequence[Job], processes: int, watched: _Watched) -> list[WrittenDocument] | None:
    """The jobs done by several processes; None where one was ended from outside, as when memory is short."""
    # Long ones first, so that no process is left with one at the end.
    order = sorted(range(len(jobs)), key=lambda number: -_extent(jobs[number].document.blocks))
    for suffix in {suffix for job in jobs for suffix in job.suffixes}:
        _load(suffix)
    for look in {id(job.look): job.look for job in jobs}.values():
        with contextlib.suppress(MissingPart):
            choose(look)
    return shared_out(write_one, jobs, processes, order, each=watched)


def _extent(blocks: Sequence[Block]) -> int:
    """About how much there is to lay out: paragraphs and cells."""
    total = 0
    for block in blocks:
        match block:
            case Table(rows=rows):
                total += sum(map(len, rows))
            case NumberedList(items=items):
                total += sum(1 if item.items is None else 1 + len(item.items.items) for item in items)
            case Slip(blocks=inner) | Attachment(blocks=inner):
                total += _extent(inner)
            case _:
                total += 1
    return total


def _load(suffix: str) -> None:
    """Load what a format takes before the process is copied, so that it is loaded once."""
    writer(suffix)
    with contextlib.suppress(MissingPart):
        match suffix:
            case "docx":
                import planforge.writers.word.file  # noqa: F401
            case "pdf":
                from planforge.writers import pdf

                pdf.load()


def write_one(job: Job) -> WrittenDocument:
    """One document, fitted to its pages and written in all its formats."""
    begin = time.perf_counter()
    try:
        if job.look.fit is None:
            look, laid_out = job.look, None
        else:
            from planforge.writers.pdf.fitting import fitted_or_tightest

            look, laid_out = fitted_or_tightest(job.document, job.look)
    except InputError as error:
        placed = (replace(problem, place=problem.place or job.place) for problem in error.problems)
        return WrittenDocument(job.look, problems=tuple(placed))
    made = WrittenDocument(look)
    made.seconds["定版式"] = time.perf_counter() - begin
    for suffix in job.suffixes:
        begin = time.perf_counter()
        try:
            made.files[suffix] = _write(job, look, suffix, laid_out)
        except MissingPart as error:
            made.lacking[suffix] = str(error)
        made.seconds[f"写 {FORMATS[suffix].title}"] = time.perf_counter() - begin
    return made


def _write(job: Job, look: Look, suffix: str, laid_out: LaidOut | None) -> bytes:
    if suffix == "pdf" and laid_out is not None:
        from planforge.writers.fonts import require_characters
        from planforge.writers.pdf import write_out

        require_characters(job.document, look, choose(look))
        return write_out(laid_out)
    if suffix == "docx" and job.base is not None:
        from planforge.writers.word import write as write_word

        return write_word(job.document, look, job.base)
    return writer(suffix)(job.document, look)
