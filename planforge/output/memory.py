"""Files in memory instead of a folder, and what is asked of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from planforge.output.group_write import Beside
from planforge.output.listed_folder import ListedFile, NewFile
from planforge.output.own_files import Status


class Destination(Protocol):
    """What a run asks of the place that its files go to."""

    @property
    def folder(self) -> Path | None:
        """The folder on the disk, where there is one."""

    def has(self, name: str, key: str) -> bool:
        """Whether this file is there as it would be made now."""

    def put(self, files: Iterable[NewFile]) -> list[tuple[ListedFile, Status]]:
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

    def put(self, files: Iterable[NewFile]) -> list[tuple[ListedFile, Status]]:
        """Keep files; what one with the same name held is replaced."""
        done: list[tuple[ListedFile, Status]] = []
        for new in files:
            if isinstance(new.data, Beside):
                raise TypeError("a file on the disk cannot be kept in memory")
            self.files[new.name], self._keys[new.name] = b"".join(new.data), new.key
            done.append((ListedFile(new.name, new.name, new.key, ""), "written"))
        return done

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
