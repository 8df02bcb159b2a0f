"""The whole way through the house: a profile becomes its documents, written to the output folder.

`build` is what the command line and every later door call. Each step's time is kept, so that a person
can see what took long.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from planforge import resources
from planforge.document.look import Look, read_look
from planforge.problems import InputError, Problem

if TYPE_CHECKING:
    from planforge.compose import Composition, Kind
    from planforge.document.tree import Document
    from planforge.facts.model import Facts
    from planforge.output import Put

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
    """One file of a run. kind: the kind's id; title: its Chinese name; suffix: docx, pdf, html or txt."""

    kind: str
    title: str
    suffix: str
    put: Put


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made. folder: where the files are; notices: what the person should know."""

    school: str
    folder: Path
    files: tuple[BuiltFile, ...]
    notices: tuple[Problem, ...]
    missing: tuple[str, ...]
    seconds: Mapping[str, float]


def template_search(own: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The folders in which kinds, clauses and looks are found: a school's own before the built-in ones."""
    return (*own, resources.templates_root())


def find_look(name: str, search: Sequence[Path]) -> Look:
    """The look of a name, from the first folder that has it. Raises InputError where none has."""
    for root in search:
        path = root / "styles" / f"{name}.yaml"
        if path.is_file():
            return read_look(path)
    known = sorted({path.stem for root in search for path in (root / "styles").glob("*.yaml")})
    raise InputError([Problem("没有这种版式", found=name, expected="、".join(known), code="look-unknown")])


def read_facts(profile: Path) -> tuple[Facts, tuple[Problem, ...]]:
    """Read a profile and resolve it to facts, with the notices on the way.

    Raises InputError with all problems at once where the profile cannot be used.
    """
    from planforge.facts import resolve
    from planforge.policy import load_packs
    from planforge.profile import read_profile

    reading = read_profile(profile)
    if not reading.ok:
        raise InputError(reading.problems)
    return resolve(reading, load_packs()), reading.problems


def compose_all(facts: Facts, only: Sequence[str], search: Sequence[Path]) -> list[tuple[Kind, Composition]]:
    """Compose the kinds asked for (or the default ones), in the order of the cards' folders.

    Raises InputError for a kind that does not exist, or with every mistake of the templates.
    """
    from planforge.compose import compose, find_kinds

    kinds = find_kinds(search)
    unknown = [name for name in only if name not in kinds]
    if unknown:
        raise InputError(
            Problem("没有这种文档", found=name, expected="、".join(sorted(kinds)), code="kind-unknown")
            for name in unknown
        )
    chosen = [kinds[name] for name in dict.fromkeys(only)] if only else list(kinds.values())
    return [(kind, compose(kind, facts)) for kind in chosen]


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

            return lambda document, look: html.write(document, look).encode()
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
) -> Report:
    """Build a school's documents.

    profile: the filled-in form. output: the folder that gets school/term/document. only: ids of kinds,
    all where empty. formats: any of FORMATS. own_templates: folders before the built-in templates.
    Everything is composed and written in memory before the first file is touched. Raises InputError for
    mistakes in the profile, templates or call, MissingPart where a font or library is missing.
    """
    from planforge.output import Store
    from planforge.writers.word import digest

    clock = Clock()
    search = template_search(own_templates)
    makers = {}
    with clock.step("装载"):
        for suffix in dict.fromkeys(formats):
            makers[suffix] = writer(suffix)
    with clock.step("读信息表"):
        facts, notices = read_facts(profile)
    with clock.step("成文"):
        composed = compose_all(facts, only, search)
    rendered: list[tuple[Kind, str, bytes]] = []
    looks: dict[str, Look] = {}
    for kind, composition in composed:
        name = kind.card.look
        if name not in looks:
            looks[name] = find_look(name, search)
        for suffix, make in makers.items():
            with clock.step({"docx": "写 Word", "pdf": "写 PDF"}.get(suffix, f"写 {suffix}")):
                rendered.append((kind, suffix, make(composition.document, looks[name])))
    files = []
    with clock.step("存盘"), Store(output).run(facts.school.name, facts.term.title) as run:
        for kind, suffix, data in rendered:
            put = run.put(
                kind.card.name, suffix, data, kind=kind.id, digest=digest if suffix == "docx" else None
            )
            files.append(BuiltFile(kind.id, kind.card.name, suffix, put))
    return Report(
        school=facts.school.name,
        folder=files[0].put.path.parent if files else output,
        files=tuple(files),
        notices=tuple(notices),
        missing=tuple(f"{one.title}：{one.why}" for one in facts.missing),
        seconds=clock.seconds,
    )
