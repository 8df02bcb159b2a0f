"""The whole way through the house: a profile becomes its documents, written to the output folder.

`build` is what the command line and every later door call. Each step's time is kept, so that a person
can see what took long.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from planforge import __version__, resources
from planforge.document.blank_copy import blank_copy
from planforge.document.look import Look, find_look
from planforge.documents import asked, wanting
from planforge.problems import InputError, MissingPart, Place, Problem

if TYPE_CHECKING:
    from planforge.check import Finding
    from planforge.compose import Composition, Kind
    from planforge.document.tree import Document
    from planforge.facts.model import Facts, Missing
    from planforge.output import Put
    from planforge.policy import RulePacks
    from planforge.profile import Reading
    from planforge.writers.word import Base

FORMATS = ("docx", "pdf", "html", "txt")
DEFAULT_FORMATS = ("docx", "pdf")


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
    """

    school: str
    folder: Path
    files: tuple[BuiltFile, ...]
    notices: tuple[Problem, ...]
    missing: tuple[Missing, ...]
    lacking: Mapping[str, str]
    findings: tuple[Finding, ...]
    seconds: Mapping[str, float]


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
    return resolve(reading, rules(_own_rules(profile, reading))), reading


def _own_rules(profile: Path, reading: Reading) -> tuple[Path, ...]:
    """The rule packs that a profile names, from where it stands."""
    return tuple(profile.parent / path for path in reading.profile.policy)


@lru_cache(maxsize=64)
def rules(own: tuple[Path, ...] = ()) -> RulePacks:
    """The built-in rule packs and a profile's own ones, read once."""
    from planforge.policy import load_packs

    return load_packs(own)


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
    made: list[tuple[Kind, Composition]] = []
    for kind, choices in asked(kinds, reading, only, problems):
        try:
            one = compose(kind, facts, choose(kind, choices))
        except InputError as error:
            problems += error.problems
            continue
        made.append((kind, replace(one, document=blank_copy(one.document))))
    if problems:
        raise InputError(problems)
    return made


def bases_of(
    composed: Sequence[tuple[Kind, Composition]], looks: Mapping[str, Look], base: Path | None
) -> list[Base | None]:
    """The school's own Word file of each document: the one that it names, else the call's, else its look's.

    Raises InputError with all files that cannot be a base.
    """
    from planforge.writers.word import read_base

    found: list[Base | None] = []
    problems: list[Problem] = []
    for _, made in composed:
        named = made.shape.base or (str(base) if base else looks[made.shape.look].base)
        path = Path(named) if named else None
        try:
            found.append(None if path is None else read_base(path))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(dict.fromkeys(problems))
    return found


def fitted_looks(documents: Sequence[Document], looks: Sequence[Look]) -> list[Look]:
    """The look of each document, set tighter where it must hold on so many pages.

    Where documents cannot be laid out on this machine, the tightest is taken: it is likeliest to hold. Raises
    InputError with all documents that do not hold in any step.
    """
    found: list[Look] = []
    problems: list[Problem] = []
    for document, look in zip(documents, looks, strict=True):
        if look.fit is not None:
            from planforge.writers.pdf.fitting import fitted, tightest

            try:
                look = fitted(document, look)
            except InputError as error:
                problems += error.problems
            except MissingPart:
                look = tightest(look)
        found.append(look)
    if problems:
        raise InputError(problems)
    return found


def writer(suffix: str) -> Callable[[Document, Look], bytes]:
    """The writer of a format, imported only now: Word and PDF bring heavy libraries with them."""
    match suffix:
        case "docx":
            from planforge.writers import word

            return word.write
        case "pdf":
            from planforge.writers import pdf

            return pdf.write
        case "html":
            from planforge.writers import html
            from planforge.writers.fonts import choose

            return lambda document, look: html.write(document, look, choose(look)).encode()
        case "txt":
            from planforge.writers import text

            return lambda document, look: text.write(document, look).encode()
        case _:
            raise InputError(
                [Problem("没有这种格式", found=suffix, expected="、".join(FORMATS), code="format-unknown")]
            )


def build(
    profile: Path,
    output: Path,
    only: Sequence[str] = (),
    formats: Sequence[str] = DEFAULT_FORMATS,
    own_templates: Sequence[Path] = (),
    allow: Sequence[str] = (),
    base: Path | None = None,
) -> Report:
    """Build a school's documents.

    profile: the filled-in form. output: the folder that gets school/term/document. only: ids of kinds,
    all where empty. formats: any of FORMATS. own_templates: folders before the built-in templates.
    allow: ids of rules whose errors somebody has decided to go on with (`all` for every one); the manifest
    keeps which. base: the school's own Word file for documents that name none of their own.
    Everything is composed and written in memory before the first file is touched. Raises InputError for
    mistakes in the profile, templates or call, its kind Stopped where the check finds errors, MissingPart where no format asked for can be written here.
    """
    from planforge.check import Stopped, allowed, check_school, unknown
    from planforge.output import Origin, Store
    from planforge.writers.word import digest, on_its_page
    from planforge.writers.word import write as write_word

    clock = Clock()
    search = template_search(own_templates, profile)
    makers = {}
    with clock.step("装载"):
        for suffix in dict.fromkeys(formats):
            makers[suffix] = writer(suffix)
    with clock.step("读信息表"):
        facts, reading = read_facts(profile)
    with clock.step("成文"):
        composed = compose_all(facts, reading, only, search)
    with clock.step("检查"):
        documents = [(made.shape.name, made.document) for _, made in composed]
        packs = rules(_own_rules(profile, reading))
        if slips := unknown(allow, packs):
            raise InputError(slips)
        found = check_school(reading, facts, packs, documents)
        waived = allowed(found, allow)
        if any(one.severity == "error" and one not in waived for one in found):
            raise Stopped(found)
    rendered: list[tuple[Kind, Composition, str, bytes]] = []
    looks = {name: find_look(name, search) for name in {made.shape.look for _, made in composed}}
    lacking: dict[str, str] = {}
    with clock.step("读底稿"):
        bases = bases_of(composed, looks, base)
    with clock.step("定版式"):
        plain = [looks[made.shape.look] for _, made in composed]
        sheets = [on_its_page(look, one) if one else look for look, one in zip(plain, bases, strict=True)]
        chosen = fitted_looks([made.document for _, made in composed], sheets)
    for (kind, made), look, own in zip(composed, chosen, bases, strict=True):
        for suffix, make in makers.items():
            if suffix in lacking:
                continue
            with clock.step({"docx": "写 Word", "pdf": "写 PDF"}.get(suffix, f"写 {suffix}")):
                try:
                    data = (
                        write_word(made.document, look, own)
                        if suffix == "docx" and own is not None
                        else make(made.document, look)
                    )
                except MissingPart as error:
                    lacking[suffix] = str(error)
                    continue
            rendered.append((kind, made, suffix, data))
    if not rendered and lacking:
        raise MissingPart("\n".join(dict.fromkeys(lacking.values())))
    files = []
    files_read = sorted({place.file for place in reading.places.values()})
    sources = {Path(name).name: hashlib.sha256(Path(name).read_bytes()).hexdigest() for name in files_read}
    with clock.step("存盘"), Store(output).run(facts.school.name, facts.term.title) as run:
        for kind, made, suffix, data in rendered:
            put = run.put(
                made.shape.name,
                suffix,
                data,
                kind=kind.card.id,
                digest=digest if suffix == "docx" else None,
                origin=Origin(
                    __version__, made.shape.look, sources, tuple(sorted({one.rule for one in waived}))
                ),
            )
            files.append(BuiltFile(kind.card.id, made.shape.name, suffix, put))
        folder = run.folder
    return Report(
        school=facts.school.name,
        folder=folder,
        files=tuple(files),
        notices=(*reading.problems, *facts.notices, *wanting(composed)),
        missing=facts.missing,
        lacking=lacking,
        findings=found,
        seconds=clock.seconds,
    )
