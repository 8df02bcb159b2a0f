"""From a form to its documents: composed, checked, written to memory; and from memory into the output folder."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.app.base_documents import filled_bases, not_carried
from planforge.app.build_results import BuildOptions, Clock, Rendered, RenderedFile, Report, WrittenPack
from planforge.app.cost import cost_of
from planforge.app.document_choice import fit_for_pack, headless, wanting
from planforge.app.document_composing import compose_all, dated_facts
from planforge.app.icalendar import calendar
from planforge.app.letterhead_places import letterhead_paper
from planforge.app.opened_profile import OpenedProfile
from planforge.app.put_documents import bound_volume, put_all, put_bundle, zipped
from planforge.app.render import Job, WrittenDocument, write_all
from planforge.app.unprinted_facts import unprinted
from planforge.core.problems import MissingPart, Place, Problem
from planforge.core.version import __version__
from planforge.document.look import find_look
from planforge.writers.formats import known, writer

if TYPE_CHECKING:
    from planforge.facts import Facts

CALENDAR = "term_calendar"
"""The kind that brings an .ics file with it."""
_log = logging.getLogger("planforge.build")


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
            volume = bound_volume(opened, written)
            files += [] if volume is None else [volume]
            files.append(zipped({file.title + "." + file.suffix: file.data for file in files}))
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
        files = put_all(run, list(_files(facts, written)), origin)
        if options.bundle:
            with clock.step("汇编"):
                files += put_bundle(run, opened, written, files, origin)
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


def _written(opened: OpenedProfile, options: BuildOptions, clock: Clock) -> WrittenPack:
    from planforge.writers.word import on_its_page

    formats = known(options.formats, "documents")
    with clock.step("装载"):
        for suffix in formats:
            writer(suffix)
    with clock.step("读信息表"):
        facts, reading, search = opened.facts, opened.reading, opened.search
    with clock.step("成文"):
        composed = compose_all(facts, reading, options.kinds, search, opened.facts_of)
        left_out: list[Problem] = []
        if not options.kinds and not reading.profile.documents:
            composed, left_out = fit_for_pack(composed)
    with clock.step("读底稿"):
        filled = filled_bases(composed, opened, facts)
        bases = [one.base if one else None for one in filled]
    with clock.step("检查"):
        documents = [(made.shape.name, made.document) for _, made in composed]
        papers = [letterhead_paper(base) for base in bases if base]
        dated = dated_facts(opened, composed)
        findings, waived = opened.held_against_rules(documents, options.allow, dated, papers)
    looks = {name: find_look(name, search) for name in {made.shape.look for _, made in composed}}
    own_looks = [looks[made.shape.look] for _, made in composed]
    paged = [on_its_page(look, base) if base else look for look, base in zip(own_looks, bases, strict=True)]
    not_held = not_carried(zip(bases, own_looks, strict=True), pdf="pdf" in formats)
    not_held += dict.fromkeys(problem for one in filled if one for problem in one.told())
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
        *not_held,
        *headless(composed, looks, facts),
        *wanting(composed, Place(str(opened.file))),
        *unprinted(reading, [(opened.facts_of(made.shape.dated), made) for _, made in composed]),
    )
    cost = cost_of(
        [(kind, made.document) for kind, made in composed],
        [result.files["pdf"] for result in results if "pdf" in result.files],
    )
    return WrittenPack(composed, results, findings, waived, notices, lacking, cost)


def _lacking(results: Sequence[WrittenDocument]) -> dict[str, str]:
    """By format, what this machine lacks to write it, each thing once."""
    lacking: dict[str, str] = {}
    for result in results:
        for suffix, text in result.lacking.items():
            known = lacking.get(suffix, "")
            lacking[suffix] = known if text in known else f"{known}\n{text}".strip()
    return lacking


def _files(facts: Facts, written: WrittenPack) -> Iterator[RenderedFile]:
    """Each document's files, and the calendar file beside the first calendar."""
    events = calendar(facts)
    for (kind, made), result in zip(written.composed, written.results, strict=True):
        for suffix, data in result.files.items():
            yield RenderedFile(kind.card.id, made.shape.name, suffix, data, made.shape.look)
        if kind.card.id == CALENDAR and events and result.files:
            yield RenderedFile(kind.card.id, made.shape.name, "ics", events)
            events = b""
