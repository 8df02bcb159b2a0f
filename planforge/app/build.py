"""From a form to its documents: composed, checked, written to memory; and from memory into the output folder."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.app.base_documents import bases_of, not_carried
from planforge.app.cost import Cost, cost_of
from planforge.app.document_choice import asked, fit_for_pack, headless, wanting
from planforge.app.icalendar import calendar
from planforge.app.opened_profile import OpenedProfile
from planforge.app.render import Job, WrittenDocument, write_all
from planforge.core.problems import InputError, MissingPart, Place, Problem
from planforge.core.processes import can_copy, cores, shared_out
from planforge.core.version import __version__
from planforge.document.blank_copy import blank_copy
from planforge.document.look import find_look
from planforge.writers.formats import known, writer

if TYPE_CHECKING:
    from planforge.check import Finding
    from planforge.compose import Choices, Composition, Kind
    from planforge.facts import Facts
    from planforge.facts.model import Missing
    from planforge.output import Origin, Put, TermFolder
    from planforge.profile import Reading

DEFAULT_FORMATS = ("docx", "pdf")
_MANY = 12
"""Documents from which on a second process saves more in reading templates than it takes to start."""
CALENDAR = "term_calendar"
"""The kind that brings an .ics file with it."""
_log = logging.getLogger("planforge.build")


@dataclass(slots=True)
class Clock:
    """Wall-clock seconds by step, in the order in which steps first began."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Add the time of the block to a step."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begin

    def spent(self, work: Iterable[Mapping[str, float]]) -> None:
        """Add what each format took, of several processes in sum; the time on the wall is a step of its own."""
        for seconds in work:
            for name, value in seconds.items():
                self.seconds[f"其中{name}"] = self.seconds.get(f"其中{name}", 0.0) + value


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What is built, and how.

    Attributes:
        kinds: ids or names; where empty, those that the form lists, else the default pack.
        formats: docx, pdf, html, txt.
        allow: ids of rules whose errors somebody has decided to go on with (`all` for every one).
        bundle: add one PDF of all documents and a zip.
        processes: how many write at once, by the cores where None.
        executor: who writes instead.
        progress: told the documents written and all documents.
        cancel: asked between documents whether to stop.
    """

    kinds: Sequence[str] = ()
    formats: Sequence[str] = DEFAULT_FORMATS
    allow: Sequence[str] = ()
    bundle: bool = False
    processes: int | None = None
    executor: Executor | None = None
    progress: Callable[[int, int], None] | None = None
    cancel: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """One file in memory. kind: the kind's id; title: its name without the suffix; look: the look's name."""

    kind: str
    title: str
    suffix: str
    data: bytes = field(repr=False)
    look: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Documents written to memory.

    Attributes:
        made: the files in order.
        findings: what the check found, the errors that were allowed among them.
        waived: ids of the rules whose errors were allowed.
        notices: what the person should know.
        missing: local facts that nobody gave.
        lacking: by format, what this machine lacks to write it; the other formats were written.
        cost: documents, pages, signatures.
        seconds: by step.
    """

    school: str
    term: str
    made: tuple[RenderedFile, ...]
    findings: tuple[Finding, ...]
    waived: tuple[str, ...]
    notices: tuple[Problem, ...]
    missing: tuple[Missing, ...]
    lacking: Mapping[str, str]
    cost: Cost
    seconds: Mapping[str, float]

    @property
    def files(self) -> dict[str, bytes]:
        """The bytes of each file by its name, a name that every system accepts."""
        from planforge.output import safe_name

        return {safe_name(file.title, f".{file.suffix}"): file.data for file in self.made}


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file of a build. kind: the kind's id; title: its file's name; suffix: docx, pdf, html or txt."""

    kind: str
    title: str
    suffix: str
    put: Put


@dataclass(frozen=True, slots=True)
class Report:
    """What a build put into a folder. folder: where the files are; the other fields are as in `Rendered`."""

    school: str
    folder: Path
    files: tuple[BuiltFile, ...]
    notices: tuple[Problem, ...]
    missing: tuple[Missing, ...]
    lacking: Mapping[str, str]
    findings: tuple[Finding, ...]
    seconds: Mapping[str, float]
    cost: Cost


def compose_all(
    facts: Facts, reading: Reading, only: Sequence[str], search: Sequence[Path]
) -> list[tuple[Kind, Composition]]:
    """Compose the kinds asked for on the call, else those the profile lists, else the default.

    A kind with recipients becomes one blank copy, its fields left to be filled in by hand.

    Args:
        facts: what is true of the school.
        reading: the form as read, with the documents that it lists.
        only: ids or names of the kinds asked for.
        search: the folders of templates, earlier ones first.

    Raises:
        InputError: a kind, section or option does not exist, or templates are wrong; every mistake of them.
    """
    from planforge.compose import choose, compose, find_kinds

    kinds = find_kinds(search)
    problems: list[Problem] = []
    wanted = asked(kinds, reading, only, problems)

    def composed(choice: tuple[Kind, Choices]) -> Composition | list[Problem]:
        kind, choices = choice
        try:
            made = compose(kind, facts, choose(kind, choices))
        except InputError as error:
            return list(error.problems)
        return (
            replace(made, document=blank_copy(made.document)) if kind.card.audience == "recipient" else made
        )

    results = None
    if len(wanted) >= _MANY and cores() > 1 and can_copy():
        results = shared_out(composed, wanted, cores())
    compositions: list[tuple[Kind, Composition]] = []
    for (kind, _), result in zip(wanted, results or map(composed, wanted), strict=True):
        if isinstance(result, list):
            problems += result
        else:
            compositions.append((kind, result))
    if problems:
        raise InputError(problems)
    return compositions


@dataclass(frozen=True, slots=True)
class _Written:
    """Documents of a form, composed and written, before they are files of a folder or of a caller."""

    composed: Sequence[tuple[Kind, Composition]]
    results: Sequence[WrittenDocument]
    findings: tuple[Finding, ...]
    waived: tuple[str, ...]
    notices: tuple[Problem, ...]
    lacking: dict[str, str]
    cost: Cost


def render(opened: OpenedProfile, options: BuildOptions) -> Rendered:
    """Compose, check and write a school's documents; nothing is written to the disk.

    Raises:
        InputError: mistakes in the form, templates or call; its kind CheckFailed where the check finds errors that
            nobody has allowed.
        MissingPart: no format asked for can be written on this machine.
        Cancelled: `cancel` said so.
    """
    clock = Clock()
    written = _written(opened, options, clock)
    files = list(_files(opened.facts, written))
    if options.bundle:
        with clock.step("汇编"):
            volume = _volume(opened, written)
            files += [] if volume is None else [volume]
            files.append(_archive({file.title + "." + file.suffix: file.data for file in files}))
    return Rendered(
        school=opened.facts.school.name,
        term=opened.facts.term.title,
        made=tuple(files),
        findings=written.findings,
        waived=written.waived,
        notices=written.notices,
        missing=opened.facts.missing,
        lacking=written.lacking,
        cost=written.cost,
        seconds=clock.seconds,
    )


def build(opened: OpenedProfile, output: Path, options: BuildOptions) -> Report:
    """Put a school's documents into the output folder: `output`/school/term.

    Everything is composed and written in memory before the first file is touched; files that somebody has edited are
    kept, the new version goes beside them.

    Args:
        opened: the school's form.
        output: the folder; it is made where it is not there.
        options: what is built, and how.

    Raises:
        InputError, MissingPart, Cancelled: as for `render`.
        OutputError: the folder cannot be written; its kind FolderBusy where another run is at work in it.
    """
    from planforge.output import Origin, Store

    clock = Clock()
    written = _written(opened, options, clock)
    facts = opened.facts
    origin = Origin(__version__, sources=opened.sources, allowed=written.waived)
    with clock.step("存盘"), Store(output).run(facts.school.name, facts.term.title) as run:
        files = _put_all(run, list(_files(facts, written)), origin)
        if options.bundle:
            with clock.step("汇编"):
                files += _put_bundle(run, opened, written, files, origin)
        folder = run.folder
    return Report(
        school=facts.school.name,
        folder=folder,
        files=tuple(files),
        notices=written.notices,
        missing=facts.missing,
        lacking=written.lacking,
        findings=written.findings,
        seconds=clock.seconds,
        cost=written.cost,
    )


def _written(opened: OpenedProfile, options: BuildOptions, clock: Clock) -> _Written:
    from planforge.writers.word import on_its_page

    formats = known(options.formats, "documents")
    with clock.step("装载"):
        for suffix in formats:
            writer(suffix)
    with clock.step("读信息表"):
        facts, reading, search = opened.facts, opened.reading, opened.search
    with clock.step("成文"):
        composed = compose_all(facts, reading, options.kinds, search)
        left_out: list[Problem] = []
        if not options.kinds and not reading.profile.documents:
            composed, left_out = fit_for_pack(composed)
    with clock.step("检查"):
        documents = [(made.shape.name, made.document) for _, made in composed]
        findings, waived = opened.held_against_rules(documents, options.allow)
    looks = {name: find_look(name, search) for name in {made.shape.look for _, made in composed}}
    with clock.step("读底稿"):
        bases = bases_of(composed, looks, opened.base, reading, search)
    own_looks = [looks[made.shape.look] for _, made in composed]
    paged = [on_its_page(look, base) if base else look for look, base in zip(own_looks, bases, strict=True)]
    not_in_pdf = not_carried(zip(bases, own_looks, strict=True)) if "pdf" in formats else []
    jobs = [
        Job(made.document, look, formats, base, made.shape.look_place)
        for (_, made), look, base in zip(composed, paged, bases, strict=True)
    ]
    with clock.step("写文件"):
        results = write_all(
            jobs,
            options.processes,
            executor=options.executor,
            progress=options.progress,
            cancel=options.cancel,
        )
    clock.spent(result.seconds for result in results)
    lacking = _lacking(results)
    if lacking and not any(result.files for result in results):
        raise MissingPart("\n".join(dict.fromkeys(lacking.values())))
    _log.info("wrote %d documents as %s", len(results), ", ".join(formats))
    _log.debug("seconds by step: %s", {name: round(value, 3) for name, value in clock.seconds.items()})
    notices = (
        *reading.problems,
        *facts.notices,
        *left_out,
        *not_in_pdf,
        *headless(composed, looks, facts),
        *wanting(composed, Place(str(opened.file))),
    )
    cost = cost_of(
        [(kind, made.document) for kind, made in composed],
        [result.files["pdf"] for result in results if "pdf" in result.files],
    )
    return _Written(composed, results, findings, waived, notices, lacking, cost)


def _lacking(results: Sequence[WrittenDocument]) -> dict[str, str]:
    """By format, what this machine lacks to write it, each thing once."""
    lacking: dict[str, str] = {}
    for result in results:
        for suffix, text in result.lacking.items():
            known = lacking.get(suffix, "")
            lacking[suffix] = known if text in known else f"{known}\n{text}".strip()
    return lacking


def _files(facts: Facts, written: _Written) -> Iterator[RenderedFile]:
    """Each document's files, and the calendar file beside the first calendar."""
    events = calendar(facts)
    for (kind, made), result in zip(written.composed, written.results, strict=True):
        for suffix, data in result.files.items():
            yield RenderedFile(kind.card.id, made.shape.name, suffix, data, made.shape.look)
        if kind.card.id == CALENDAR and events and result.files:
            yield RenderedFile(kind.card.id, made.shape.name, "ics", events)
            events = b""


_NO_EDIT = "里没有 Word 文件里改过的内容（要印改过的，请用 Word 打印或另存为 PDF）"


def _put_all(run: TermFolder, files: Sequence[RenderedFile], origin: Origin) -> list[BuiltFile]:
    """Each document's files; what would stand beside an edited Word file as if it held the edit goes beside instead."""
    from planforge.writers.word import digest

    put: dict[int, BuiltFile] = {}
    edited: dict[tuple[str, str], bool] = {}
    for number, file in sorted(enumerate(files), key=lambda pair: pair[1].suffix != "docx"):
        document = (file.kind, file.title)
        if file.suffix == "docx":
            put[number] = _put(run, file, origin)
            edited[document] = put[number].put.status == "kept"
            continue
        if document not in edited:
            edited[document] = run.is_edited(file.title, "docx", file.kind, digest)
        put[number] = _put(run, file, origin, _NO_EDIT if edited[document] else "")
    return [put[number] for number in range(len(files))]


def _put(run: TermFolder, file: RenderedFile, origin: Origin, not_there: str = "") -> BuiltFile:
    from planforge.writers.word import digest, stored_digest

    word = file.suffix == "docx"
    put = run.put(
        file.title,
        file.suffix,
        file.data,
        kind=file.kind,
        digest=digest if word else None,
        says=stored_digest(file.data) if word else None,
        origin=replace(origin, look=file.look) if file.look else None,
        not_there=not_there,
    )
    return BuiltFile(file.kind, file.title, file.suffix, put)


def _put_bundle(
    run: TermFolder, opened: OpenedProfile, written: _Written, files: Sequence[BuiltFile], origin: Origin
) -> list[BuiltFile]:
    """One PDF of all documents, and a zip of it and all files as they stand in the folder, edited ones too."""
    volume = _volume(opened, written)
    bound = [] if volume is None else [_put(run, volume, origin)]
    paths = [path for file in (*files, *bound) for path in (file.put.kept, file.put.path) if path is not None]
    packed = _archive({path.name: path.read_bytes() for path in paths})
    return [*bound, _put(run, packed, origin)]


def _volume(opened: OpenedProfile, written: _Written) -> RenderedFile | None:
    """One PDF of all documents; None, and a note of why, where this machine cannot write it."""
    from planforge.app.archive import NAME, volume

    named = [
        (made.shape.name, made.document, result.look)
        for (_, made), result in zip(written.composed, written.results, strict=True)
    ]
    try:
        data = volume(opened.facts, named, find_look("official", opened.search))
    except MissingPart as error:
        written.lacking.setdefault("pdf", str(error))
        return None
    return RenderedFile("bundle", NAME, "pdf", data)


def _archive(files: Mapping[str, bytes]) -> RenderedFile:
    from planforge.app.archive import NAME, archive

    return RenderedFile("bundle", NAME, "zip", archive(files))
