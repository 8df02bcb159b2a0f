"""One composition while it runs: what it has read, and how much it may still do.

The filters, views and operators of the sandbox all report here. A run is found by a context variable, so
that nothing of it stands in the names that a template can see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from planforge.compose.template_faults import TemplateFault

STEPS = 200_000
"""Steps of loops, macros and includes in one document; a full plan takes about a thousand."""

OUTPUT = 2_000_000
"""Characters that one document may print; a full plan prints about twenty thousand with its marks."""

DEPTH = 40
"""How deep macros may call one another."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text without the characters that XML, and so Word, cannot hold."""
    return _NOT_XML.sub("", text)


@dataclass(slots=True)
class Run:
    """What one composition has read and used up. reads: fact paths; labels: those printed in attributes.

    faults: mistakes that did not stop it, with the template and line of each (`work_plan/goals.xml.j2:12`).
    names: what every template of this document can name; clauses: the ids of those being rendered.
    """

    reads: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    faults: list[tuple[TemplateFault, str]] = field(default_factory=list)
    steps: int = 0
    printed: int = 0
    depth: int = 0
    names: Mapping[str, Any] = field(default_factory=dict)
    clauses: list[str] = field(default_factory=list)

    def step(self, count: int = 1) -> None:
        """Count steps. Raises TemplateFault where the document has used up its budget."""
        self.steps += count
        if self.steps > STEPS:
            raise TemplateFault(
                "模板循环太多，已停止",
                "loop-budget",
                expected=f"一份文件至多 {STEPS} 步",
                fix="减少循环的层数或次数",
            )

    def wrote(self, count: int) -> None:
        """Count characters that were printed or captured. Raises TemplateFault where there are too many."""
        self.printed += count
        if self.printed > OUTPUT:
            raise TemplateFault(
                "模板写出的文字太多，已停止", "output-budget", expected=f"一份文件至多 {OUTPUT} 个字符"
            )


_RUN: ContextVar[Run | None] = ContextVar("planforge_compose_run", default=None)


@contextmanager
def running(run: Run) -> Iterator[Run]:
    """Make this the run that views, filters and operators report to."""
    token = _RUN.set(run)
    try:
        yield run
    finally:
        _RUN.reset(token)


def current() -> Run:
    """The run in progress; outside of one, a run that nobody looks at."""
    return _RUN.get() or Run()
