"""What a build is asked for, and what it gives back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.app.cost import Cost
from planforge.app.render import WrittenDocument
from planforge.core.problems import Problem

if TYPE_CHECKING:
    from planforge.check import Finding
    from planforge.compose import Composition, Kind
    from planforge.facts.model import Missing
    from planforge.output import Put

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


@dataclass(frozen=True, slots=True)
class WrittenPack:
    """Documents of a form, composed and written, before they are files of a folder or of a caller."""

    composed: Sequence[tuple[Kind, Composition]]
    results: Sequence[WrittenDocument]
    findings: tuple[Finding, ...]
    waived: tuple[str, ...]
    notices: tuple[Problem, ...]
    lacking: dict[str, str]
    cost: Cost
