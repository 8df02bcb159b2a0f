"""Where a run's files go: a folder with its list, or memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from planforge.batch.journal import Entry, Ledger, Made, Status
from planforge.batch.planning import Plan
from planforge.output import Store, safe_name
from planforge.output.group_write import Beside


class Destination(Protocol):
    """What a run asks of the place that its files go to."""

    @property
    def folder(self) -> Path | None:
        """The folder on the disk, where there is one."""

    def has(self, name: str, key: str) -> bool:
        """Whether this file is there as it would be made now."""

    def put(self, files: Iterable[Made]) -> list[tuple[Entry, Status]]:
        """Put files."""

    def others(self, names: Iterable[str], suffixes: Sequence[str]) -> list[str]:
        """Files of earlier runs with these suffixes that none of these names has, in order."""

    def remove(self, files: Iterable[str]) -> tuple[int, list[str]]:
        """Remove files that nobody has edited; how many, and which were kept."""

    def finish(self) -> None:
        """All files are there."""

    def sweep(self) -> None:
        """Remove what was left half-written."""


class MemoryFiles:
    """Files that are kept in memory, by name; for one run, so that nothing is there before it."""

    folder = None

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._keys: dict[str, str] = {}

    def has(self, name: str, key: str) -> bool:
        """Whether the run itself has put this file."""
        return self._keys.get(name) == key

    def put(self, files: Iterable[Made]) -> list[tuple[Entry, Status]]:
        """Keep files; what one with the same name held is replaced."""
        entries: list[tuple[Entry, Status]] = []
        for made in files:
            if isinstance(made.data, Beside):
                raise TypeError("a file on the disk cannot be kept in memory")
            self.files[made.name], self._keys[made.name] = b"".join(made.data), made.key
            entries.append((Entry(made.name, made.name, made.key, ""), "written"))
        return entries

    def others(self, names: Iterable[str], suffixes: Sequence[str]) -> list[str]:
        """None: no earlier run has put anything here."""
        return []

    def remove(self, files: Iterable[str]) -> tuple[int, list[str]]:
        """Forget files; nobody can have edited them."""
        there = [name for name in files if self.files.pop(name, None) is not None]
        return len(there), []

    def finish(self) -> None:
        """There is nothing to write."""

    def sweep(self) -> None:
        """There is nothing half-written."""


@contextmanager
def destination(plan: Plan, output: Path | None) -> Iterator[Destination]:
    """The place of a plan's files: the folder of its name, held against other runs, or memory where output is None.

    Raises OutputError where the folder cannot be made, its kind FolderBusy where another run holds it.
    """
    if output is None:
        yield MemoryFiles()
        return
    with Store(output).run(plan.school, plan.term) as held:
        yield Ledger(held.folder / safe_name(plan.name), plan.allowed)
