"""The whole way through the house: a profile becomes its documents, written to the output folder.

`build` is what the command line and every later door call. Each step's time is kept, so that a person
can see what took long.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from planforge import __version__
from planforge.app.base_documents import bases_of, not_carried
from planforge.app.cost import Cost, cost_of
from planforge.app.document_choice import asked, fit_for_pack, headless, wanting
from planforge.app.icalendar import calendar
from planforge.app.local_rules import rules_named_by
from planforge.app.render import Job, Made, write_all, writer
from planforge.core import resources
from planforge.core.problems import InputError, MissingPart, Place, Problem
from planforge.core.processes import can_copy, cores, shared_out
from planforge.document.blank_copy import blank_copy
from planforge.document.look import find_look

if TYPE_CHECKING:
    from planforge.check import Finding
    from planforge.compose import Choices, Composition, Kind
    from planforge.document.tree import Document
    from planforge.facts.model import Facts, Missing
    from planforge.output import Origin, Put, Run
    from planforge.policy import RulePacks
    from planforge.profile import Reading

DEFAULT_FORMATS = ("docx", "pdf")
_MANY = 12
"""Documents from which on a second process saves more in reading templates than it takes to start."""
CALENDAR = "term_calendar"
"""The kind that brings an .ics file with it."""


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


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file of a run. kind: the kind's id; title: its file's name; suffix: docx, pdf, html or txt."""

    kind: str
    title: str
    suffix: str
    put: Put


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made.

    folder: where the files are. notices: what the person should know. missing: local facts nobody gave.
    lacking: by format, what this machine lacks to write it; the other formats were written.
    findings: what the check found, the errors that were allowed among them.
    cost: documents, pages, signatures.
    """

    school: str
    folder: Path
    files: tuple[BuiltFile, ...]
    notices: tuple[Problem, ...]
    missing: tuple[Missing, ...]
    lacking: Mapping[str, str]
    findings: tuple[Finding, ...]
    seconds: Mapping[str, float]
    cost: Cost


OWN_FOLDERS = ("templates", "模板")


def template_search(own: Sequence[Path] = (), profile: Path | None = None) -> tuple[Path, ...]:
    """The folders in which kinds, clauses, frameworks and looks are found, earlier ones first.

    own: a school's own, as named on the call. profile: a folder `templates` or `模板` beside it comes next; the
    built-in one is last. Raises InputError where a folder named on the call is not there.
    """
    absent = [path for path in own if not path.is_dir()]
    if absent:
        raise InputError(
            [Problem("没有这个文件夹", Place(str(path)), code="search-folder") for path in absent]
        )
    beside = [profile.parent / name for name in OWN_FOLDERS] if profile is not None else []
    built_in = resources.templates_root()
    found = {path.resolve(): path for path in (*own, *beside) if path.is_dir()}
    found.pop(built_in.resolve(), None)
    return (*found.values(), built_in)


def read_facts(profile: Path) -> tuple[Facts, Reading]:
    """Read a profile and resolve it to facts; the reading carries its notices.

    Raises InputError with all problems at once where the profile cannot be used.
    """
    from planforge.facts import resolve
    from planforge.profile import read_profile

    reading = read_profile(profile)
    if not reading.ok:
        raise InputError(reading.problems)
    return resolve(reading, rules_of(profile, reading)), reading


@lru_cache(maxsize=64)
def rules(own: tuple[Path, ...] = ()) -> RulePacks:
    """The built-in rule packs and a profile's own ones, read once."""
    from planforge.policy import load_packs

    return load_packs(own)


def rules_of(profile: Path, reading: Reading, more: Sequence[Path] = ()) -> RulePacks:
    """The rules that a profile is held against. more: packs of the call. Raises InputError: one is not there, or wrong."""
    return rules((*more, *rules_named_by(profile, reading)))


def held_against_rules(
    profile: Path,
    reading: Reading,
    facts: Facts,
    documents: Sequence[tuple[str, Document]],
    allow: Sequence[str],
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What the check finds before anything is written, and the ids of the rules whose errors somebody goes on with.

    documents: each with its Chinese name. allow: ids of rules, or `all`. Raises InputError for a rule that there is
    not, its kind Stopped where there are errors that nobody has allowed.
    """
    from planforge.check import Stopped, allowed, check_school, unknown

    packs = rules_of(profile, reading)
    if slips := unknown(allow, packs):
        raise InputError(slips)
    found = check_school(reading, facts, packs, documents)
    passed = allowed(found, allow)
    if any(one.severity == "error" and one not in passed for one in found):
        raise Stopped(found)
    return found, tuple(sorted({one.rule for one in passed}))


def compose_all(
    facts: Facts, reading: Reading, only: Sequence[str], search: Sequence[Path]
) -> list[tuple[Kind, Composition]]:
    """Compose the kinds asked for on the call, else those the profile lists, else the default.

    A kind with recipients becomes one blank copy, its fields left to be filled in by hand. Raises InputError
    for a kind, section or option that does not exist, or with every mistake of the templates.
    """
    from planforge.compose import choose, compose, find_kinds

    kinds = find_kinds(search)
    problems: list[Problem] = []
    wanted = asked(kinds, reading, only, problems)

    def composed(one: tuple[Kind, Choices]) -> Composition | list[Problem]:
        kind, choices = one
        try:
            made = compose(kind, facts, choose(kind, choices))
        except InputError as error:
            return list(error.problems)
        return (
            replace(made, document=blank_copy(made.document)) if kind.card.audience == "recipient" else made
        )

    found = None
    if len(wanted) >= _MANY and cores() > 1 and can_copy():
        found = shared_out(composed, wanted, cores())
    made: list[tuple[Kind, Composition]] = []
    for (kind, _), one in zip(wanted, found or map(composed, wanted), strict=True):
        if isinstance(one, list):
            problems += one
        else:
            made.append((kind, one))
    if problems:
        raise InputError(problems)
    return made


def build(
    profile: Path,
    output: Path,
    only: Sequence[str] = (),
    formats: Sequence[str] = DEFAULT_FORMATS,
    own_templates: Sequence[Path] = (),
    allow: Sequence[str] = (),
    base: Path | None = None,
    bundle: bool = False,
    processes: int | None = None,
) -> Report:
    """Build a school's documents.

    profile: the filled-in form. output: the folder that gets school/term/document. only: ids of kinds,
    all where empty. formats: any of FORMATS. own_templates: folders before the built-in templates.
    allow: ids of rules whose errors somebody has decided to go on with (`all` for every one); the manifest
    keeps which. base: the school's own Word file for documents that name none of their own. bundle: add one PDF
    of all and a zip. processes: how many write at once, by the cores where None.
    Everything is composed and written in memory before the first file is touched. Raises InputError for mistakes in
    the profile, templates or call, its kind Stopped where the check finds errors, MissingPart where no format asked
    for can be written here.
    """
    from planforge.output import Origin, Store
    from planforge.writers.word import on_its_page

    clock = Clock()
    search = template_search(own_templates, profile)
    with clock.step("装载"):
        for suffix in formats:
            writer(suffix)
    with clock.step("读信息表"):
        facts, reading = read_facts(profile)
    with clock.step("成文"):
        composed = compose_all(facts, reading, only, search)
        left_out: list[Problem] = []
        if not only and not reading.profile.documents:
            composed, left_out = fit_for_pack(composed)
    with clock.step("检查"):
        documents = [(made.shape.name, made.document) for _, made in composed]
        found, waived = held_against_rules(profile, reading, facts, documents, allow)
    looks = {name: find_look(name, search) for name in {made.shape.look for _, made in composed}}
    with clock.step("读底稿"):
        bases = bases_of(composed, looks, base, reading, search)
    plain = [looks[made.shape.look] for _, made in composed]
    sheets = [on_its_page(look, one) if one else look for look, one in zip(plain, bases, strict=True)]
    not_in_pdf = not_carried(zip(bases, plain, strict=True)) if "pdf" in formats else []
    suffixes = tuple(dict.fromkeys(formats))
    jobs = [
        Job(made.document, look, suffixes, own, made.shape.look_place)
        for (_, made), look, own in zip(composed, sheets, bases, strict=True)
    ]
    with clock.step("写文件"):
        results = write_all(jobs, processes)
    clock.spent(one.seconds for one in results)
    lacking = _lacking(results)
    if lacking and not any(one.files for one in results):
        raise MissingPart("\n".join(dict.fromkeys(lacking.values())))
    origin = Origin(__version__, sources=_digests_of_sources(reading), allowed=waived)
    with clock.step("存盘"), Store(output).run(facts.school.name, facts.term.title) as run:
        files = _put(run, facts, composed, results, origin)
        if bundle:
            with clock.step("汇编"):
                files += _bundled(run, facts, composed, results, search, files, lacking)
        folder = run.folder
    return Report(
        school=facts.school.name,
        folder=folder,
        files=tuple(files),
        notices=(
            *reading.problems,
            *facts.notices,
            *left_out,
            *not_in_pdf,
            *headless(composed, looks, facts),
            *wanting(composed, Place(str(profile))),
        ),
        missing=facts.missing,
        lacking=lacking,
        findings=found,
        seconds=clock.seconds,
        cost=cost_of(
            [(kind, made.document) for kind, made in composed],
            [one.files["pdf"] for one in results if "pdf" in one.files],
        ),
    )


def _lacking(results: Sequence[Made]) -> dict[str, str]:
    """By format, what this machine lacks to write it, each thing once."""
    lacking: dict[str, str] = {}
    for result in results:
        for suffix, text in result.lacking.items():
            known = lacking.get(suffix, "")
            lacking[suffix] = known if text in known else f"{known}\n{text}".strip()
    return lacking


def _digests_of_sources(reading: Reading) -> dict[str, str]:
    """The files that a profile was read from, by name, as they are now."""
    files = sorted({place.file for place in reading.places.values()})
    return {Path(name).name: hashlib.sha256(Path(name).read_bytes()).hexdigest() for name in files}


def _put(
    run: Run,
    facts: Facts,
    composed: Sequence[tuple[Kind, Composition]],
    results: Sequence[Made],
    origin: Origin,
) -> list[BuiltFile]:
    """Each document's files put into the folder, and the calendar file beside the first calendar."""
    from planforge.writers.word import digest, stored_digest

    files: list[BuiltFile] = []
    events = calendar(facts)
    for (kind, made), result in zip(composed, results, strict=True):
        for suffix, data in result.files.items():
            word = suffix == "docx"
            put = run.put(
                made.shape.name,
                suffix,
                data,
                kind=kind.card.id,
                digest=digest if word else None,
                says=stored_digest(data) if word else None,
                origin=replace(origin, look=made.shape.look),
            )
            files.append(BuiltFile(kind.card.id, made.shape.name, suffix, put))
        if kind.card.id == CALENDAR and events and result.files:
            put = run.put(made.shape.name, "ics", events, kind=kind.card.id)
            files.append(BuiltFile(kind.card.id, made.shape.name, "ics", put))
            events = b""
    return files


def _bundled(
    run: Run,
    facts: Facts,
    composed: Sequence[tuple[Kind, Composition]],
    results: Sequence[Made],
    search: Sequence[Path],
    files: Sequence[BuiltFile],
    lacking: dict[str, str],
) -> list[BuiltFile]:
    """One PDF of all documents, and a zip of it and all files as they stand in the folder, edited ones too."""
    from planforge.app.archive import NAME, archive, volume

    found: list[BuiltFile] = []
    named = [
        (made.shape.name, made.document, one.look) for (_, made), one in zip(composed, results, strict=True)
    ]
    try:
        data = volume(facts, named, find_look("official", search))
        found.append(BuiltFile("bundle", NAME, "pdf", run.put(NAME, "pdf", data, kind="bundle")))
    except MissingPart as error:
        lacking.setdefault("pdf", str(error))
    paths = [path for one in (*files, *found) for path in (one.put.kept, one.put.path) if path is not None]
    packed = archive({path.name: path.read_bytes() for path in paths})
    found.append(BuiltFile("bundle", NAME, "zip", run.put(NAME, "zip", packed, kind="bundle")))
    return found
