"""A folder whose files come by the thousand, with a list of them, so that a run that died can be gone on with.

Files are put in groups: a group is written beside, announced in the list and the list made durable, and only then
renamed. At the end the list is written anew in order, so that it is the same however often the run was broken off.
Nothing here depends on a clock.
"""

# A path object costs as much time as a file.
# ruff: noqa: PTH106, PTH108, PTH113, PTH120

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from planforge.output.group_write import AT_ONCE, Beside, Pieces, put_together, sweep
from planforge.output.own_files import OwnFiles, Resaved, Status, own_folder, sha256
from planforge.output.record_lines import append, records
from planforge.output.refusal import OutputError, refusal

LIST_NAME = "已发清单.jsonl"
_PIECE = 500  # entries of the list that are written at once


@dataclass(frozen=True, slots=True, repr=False)
class NewFile:
    """One file to put. name: of its folder and itself, already safe; key: of all that it was made from.

    data: its bytes, or the file itself, written in the folder that it is put into.
    """

    name: str
    key: str
    data: Pieces | Beside


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file of ours. name: as it was asked for; file: where it is (beside the name's, where that was edited).

    allowed: ids of the rules whose errors somebody decided to go on with.
    """

    name: str
    file: str
    key: str
    sha256: str
    allowed: tuple[str, ...] = ()

    def line(self) -> str:
        """As it stands in the list."""
        fields = (("file", self.file), ("key", self.key), ("name", self.name), ("sha256", self.sha256))
        words = ", ".join(f'"{name}": {encode_basestring(value)}' for name, value in fields)
        waived = ", ".join(map(encode_basestring, self.allowed))
        return f'{{"allowed": [{waived}], {words}}}\n' if waived else f"{{{words}}}\n"


class ListedFolder:
    """The files of one folder, with their list; only under the lock of the folder above."""

    def __init__(self, folder: Path, allowed: tuple[str, ...] = (), resaved: Resaved | None = None) -> None:
        """Open the folder, or make it.

        Args:
            folder: in a folder that is there.
            allowed: noted of every file that is put.
            resaved: whether a file of ours that holds other bytes now was merely saved again.

        Raises:
            OutputError: the folder cannot be made, or leads elsewhere.
        """
        self.folder = folder
        self._allowed = allowed
        self._resaved = resaved
        self._own = OwnFiles(folder, private=True)
        self._above = str(folder) + os.sep
        self._list = folder / LIST_NAME
        self._listed: dict[str, ListedFile] = {}  # by file
        self._latest: dict[str, ListedFile] = {}  # by the name that was asked for
        try:
            own_folder(folder)
            for record in records(self._list):
                with contextlib.suppress(TypeError, KeyError):
                    self._note(_listed(record))
            sweep(folder, below=True)
        except OSError as error:
            raise refusal(error, folder) from error

    def has(self, name: str, key: str) -> bool:
        """Whether this file stands there as it would be made now."""
        listed = self._latest.get(name)
        if listed is None or listed.key != key or listed.allowed != self._allowed:
            return False
        try:
            return self._own.holds(listed.file, listed.sha256)
        except OutputError:
            return False

    def put(self, files: Iterable[NewFile]) -> list[tuple[ListedFile, Status]]:
        """Put files.

        Raises:
            OutputError: some cannot be written; those put before them are whole and known.
        """
        waiting = list(files)
        done: list[tuple[ListedFile, Status]] = []
        try:
            for start in range(0, len(waiting), AT_ONCE):
                done += self._put(waiting[start : start + AT_ONCE])
        finally:
            for new in waiting:
                if isinstance(new.data, Beside):
                    new.data.remove()
        return done

    def sweep(self) -> None:
        """Remove what was written beside and never put. Nobody else may still be writing."""
        sweep(self.folder, below=True)

    def finish(self) -> None:
        """Write the list in order, with the files that are there.

        Raises:
            OutputError: it cannot be written.
        """
        there = [listed for listed in self._listed.values() if os.path.isfile(self._above + listed.file)]
        there.sort(key=lambda listed: (listed.name, listed is self._latest[listed.name], listed.file))
        pieces = [there[start : start + _PIECE] for start in range(0, len(there), _PIECE)]
        try:
            if not self._stands(pieces):
                put_together([(str(self._list), (_lines(piece) for piece in pieces))], private=True)
        except OSError as error:
            raise refusal(error, self._list) from error

    def others(self, names: Iterable[str], suffixes: Sequence[str]) -> list[str]:
        """Files of ours with these suffixes that none of these names has, in order."""
        wanted = set(names)
        return sorted(
            listed.file
            for listed in self._listed.values()
            if listed.name not in wanted
            and listed.name.rpartition(".")[2] in suffixes
            and os.path.isfile(self._above + listed.file)
        )

    def remove(self, files: Iterable[str]) -> tuple[int, list[str]]:
        """Remove files of ours that nobody has edited; how many, and which were kept.

        Raises:
            OutputError: a file cannot be removed.
        """
        kept, removed = [], 0
        folders = set()
        try:
            for file in files:
                path = self._above + file
                if not os.path.lexists(path):
                    continue
                if not self._own.holds(file):
                    kept.append(file)
                    continue
                os.unlink(path)
                removed += 1
                folders.add(os.path.dirname(path))
            for folder in sorted(folders, reverse=True):
                with contextlib.suppress(OSError):  # something else lies in it
                    os.rmdir(folder)
        except OSError as error:
            raise refusal(error, self.folder) from error
        return removed, kept

    def expunge(self) -> tuple[int, list[str]]:
        """Remove this folder's files that nobody has edited, and the list; how many, and which were kept.

        Raises:
            OutputError: a file cannot be removed.
        """
        removed, kept = self.remove(list(self._listed))
        try:
            self._list.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                self.folder.rmdir()
        except OSError as error:
            raise refusal(error, self.folder) from error
        return removed, kept

    def _put(self, files: Sequence[NewFile]) -> list[tuple[ListedFile, Status]]:
        done: list[tuple[ListedFile, Status]] = []
        placed = []
        for new in files:
            digest = new.data.sha256 if isinstance(new.data, Beside) else sha256(*new.data)
            placement = self._own.place(new.name, digest, new.name, self._resaved)
            done.append(
                (ListedFile(new.name, placement.file, new.key, digest, self._allowed), placement.status)
            )
            placed.append((placement, new.data))
        self._own.put(placed, lambda: self._announce([listed for listed, _ in done]), self.folder)
        return done

    def _announce(self, files: Sequence[ListedFile]) -> None:
        fresh = [listed for listed in files if self._latest.get(listed.name) != listed]
        if fresh:
            append(self._list, _lines(fresh), private=True)
        for listed in fresh:
            self._note(listed)

    def _note(self, listed: ListedFile) -> None:
        parts = listed.file.split("/")
        if any(part in ("", ".", "..") or "\\" in part for part in parts) or len(parts) > 2:
            return
        beside = listed.name if listed.name != listed.file else ""
        self._own.note(listed.file, listed.sha256, listed.name, beside)
        self._listed[listed.file] = self._latest[listed.name] = listed

    def _stands(self, pieces: Sequence[Sequence[ListedFile]]) -> bool:
        """Whether the list is these entries already."""
        if self._list.is_symlink() or not self._list.exists():
            return False
        with self._list.open("rb") as file:
            same = all(file.read(len(lines)) == lines for lines in map(_lines, pieces))
            return same and not file.read(1)


def _lines(files: Sequence[ListedFile]) -> bytes:
    return "".join(listed.line() for listed in files).encode()


def _listed(record: Mapping[str, Any]) -> ListedFile:
    name, file = record["name"], record["file"]
    allowed = tuple(map(str, record.get("allowed", ())))
    return ListedFile(name, name if file == name else file, record["key"], record["sha256"], allowed)
