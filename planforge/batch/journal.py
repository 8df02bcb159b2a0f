"""A run's folder: what was made there, noted before it is put, so that a run that died can be gone on with.

Files come by the thousand, so they are put in batches: a batch is written beside, announced in the list and the
list made durable, and only then renamed. Whatever moment a run dies at, each file is the old one or the new one,
and the list knows both. At the end the list is written anew in order, so that it is the same however often the
run was broken off. Nothing here depends on a clock.
"""

# A path object costs as much time as a file.
# ruff: noqa: PTH106, PTH108, PTH113, PTH120

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, Literal

from planforge.output.atomic_write import owner_mark, sync_folder
from planforge.output.group_write import (
    AT_ONCE,
    Beside,
    Pieces,
    own_folder,
    put_together,
    standing,
    sweep_parts,
)
from planforge.output.naming import fold, safe_name
from planforge.output.refusal import refusal, still_open

LIST_NAME = "已发清单.jsonl"
_PIECE = 500  # entries of the list that are written at once
Status = Literal["written", "unchanged", "kept"]


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """One file to put. name: of its folder and itself, already safe; key: of all that it was made from.

    data: its bytes, or the file itself, written in the ledger's folder.
    """

    name: str
    key: str
    data: Pieces | Beside


@dataclass(frozen=True, slots=True)
class Entry:
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


class Ledger:
    """The files of one folder; only under the lock of the folder above."""

    def __init__(self, folder: Path, allowed: tuple[str, ...] = ()) -> None:
        """allowed: noted of every file that is put. Raises OutputError where the folder cannot be made, or leads elsewhere."""
        self.folder = folder
        self._allowed = allowed
        self._above = str(folder) + os.sep
        self._list = folder / LIST_NAME
        self._entries: dict[str, Entry] = {}  # by file
        self._latest: dict[str, Entry] = {}  # by the name that was asked for
        self._older: dict[str, list[str]] = {}  # digests of what we put into a file before
        self._spelled: dict[str, list[str]] = {}  # files, where a system may take another spelling for theirs
        self._folders: set[str] = set()
        try:
            own_folder(folder)
            for line in self._lines():
                with contextlib.suppress(ValueError, TypeError, KeyError):  # the last one may be half
                    self._note(_entry(json.loads(line)))
            sweep_parts(folder)
        except OSError as error:
            raise refusal(error, folder) from error

    def has(self, name: str, key: str) -> bool:
        """Whether this file stands there as it would be made now."""
        entry = self._latest.get(name)
        if entry is None or entry.key != key or entry.allowed != self._allowed:
            return False
        try:
            return _sha256(standing(self._above + entry.file) or b"") == entry.sha256
        except OSError:
            return False

    def put(self, files: Iterable[Made]) -> list[tuple[Entry, Status]]:
        """Put files. Raises OutputError where some cannot be written; those put before them are whole and known."""
        waiting = list(files)
        done: list[tuple[Entry, Status]] = []
        try:
            for start in range(0, len(waiting), AT_ONCE):
                done += self._put(waiting[start : start + AT_ONCE])
        except PermissionError as error:
            if error.filename2:  # the folder takes new files, only this one cannot be replaced: it is open
                raise still_open(Path(error.filename2)) from error
            raise refusal(error, self.folder) from error
        except OSError as error:
            raise refusal(error, self.folder) from error
        finally:
            for one in waiting:
                if isinstance(one.data, Beside):
                    one.data.remove()
        return done

    def sweep(self) -> None:
        """Remove what was written beside and never put. Nobody else may still be writing."""
        with contextlib.suppress(OSError):
            sweep_parts(self.folder)

    def finish(self) -> None:
        """Write the list in order, with the files that are there."""
        there = [one for one in self._entries.values() if os.path.isfile(self._above + one.file)]
        there.sort(key=lambda one: one.file)
        there.sort(key=lambda one: one is self._latest[one.name])
        there.sort(key=lambda one: one.name)
        pieces = [there[start : start + _PIECE] for start in range(0, len(there), _PIECE)]
        try:
            if not self._stands(pieces):
                put_together([(str(self._list), (_lines(piece) for piece in pieces))])
        except OSError as error:
            raise refusal(error, self._list) from error

    def others(self, names: Iterable[str], suffixes: Sequence[str]) -> list[str]:
        """Files of ours with these suffixes that none of these names has, in order."""
        wanted = set(names)
        return sorted(
            entry.file
            for entry in self._entries.values()
            if entry.name not in wanted
            and entry.name.rpartition(".")[2] in suffixes
            and os.path.isfile(self._above + entry.file)
        )

    def remove(self, files: Iterable[str]) -> tuple[int, list[str]]:
        """Remove files of ours that nobody has edited; how many, and which were kept."""
        kept, removed = [], 0
        folders = set()
        try:
            for file in files:
                data = standing(self._above + file)
                if data is None:
                    continue
                if _sha256(data) not in self._digests(file):
                    kept.append(file)
                    continue
                os.unlink(self._above + file)
                removed += 1
                folders.add(os.path.dirname(self._above + file))
            for folder in sorted(folders, reverse=True):
                with contextlib.suppress(OSError):  # something else lies in it
                    os.rmdir(folder)
        except OSError as error:
            raise refusal(error, self.folder) from error
        return removed, kept

    def expunge(self) -> tuple[int, list[str]]:
        """Remove this folder's files that nobody has edited, and the list; how many, and which were kept."""
        removed, kept = self.remove([entry.file for entry in self._entries.values()])
        try:
            self._list.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                self.folder.rmdir()
        except OSError as error:
            raise refusal(error, self.folder) from error
        return removed, kept

    def _put(self, files: Sequence[Made]) -> list[tuple[Entry, Status]]:
        planned = [(made, *self._place(made)) for made in files]
        fresh = [
            (self._above + one.file, made.data) for made, one, status in planned if status != "unchanged"
        ]
        for folder in sorted({os.path.dirname(path) for path, _ in fresh} - self._folders):
            own_folder(Path(folder))
            sync_folder(self.folder)
            self._folders.add(folder)
        entries = [entry for _, entry, _ in planned]
        put_together(fresh, lambda: self._announce(entries))
        return [(entry, status) for _, entry, status in planned]

    def _place(self, made: Made) -> tuple[Entry, Status]:
        """Where a file goes: to its name, or beside what stands there and may not be replaced."""
        digest = made.data.sha256 if isinstance(made.data, Beside) else _sha256(*made.data)
        number = 0
        while True:
            file = _beside(made.name, number)
            path = self._above + file
            entry = Entry(made.name, file, made.key, digest, self._allowed)
            found = standing(path)
            if found is None:
                return entry, "written" if number == 0 else "kept"
            if _sha256(found) == digest:
                return entry, "unchanged" if number == 0 else "kept"
            if self._ours(file, found):
                if mark := owner_mark(Path(path)):
                    raise still_open(Path(path), mark)
                return entry, "written" if number == 0 else "kept"
            number += 1

    def _ours(self, file: str, found: bytes) -> bool:
        """Whether what stands there is as we made it, or merely saved again by an office program."""
        known = self._digests(file)
        if not known or _sha256(found) in known:
            return bool(known)
        if not file.endswith(".docx"):
            return False
        from planforge.writers.word import digest, stored_digest

        with contextlib.suppress(Exception):  # whatever it is now, it is no longer a file we can read
            return stored_digest(found) == digest(found)
        return False

    def _announce(self, entries: Sequence[Entry]) -> None:
        fresh = [one for one in entries if self._latest.get(one.name) != one]
        if not fresh:
            return
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        new = not self._list.exists()
        with os.fdopen(os.open(self._list, flags, 0o600), "ab") as file:
            # The new line before them ends a line that a full disk or a dead run cut short.
            file.write(b"\n" + _lines(fresh))
            file.flush()
            os.fsync(file.fileno())
        if new:
            sync_folder(self.folder)
        for entry in fresh:
            self._note(entry)

    def _note(self, entry: Entry) -> None:
        parts = entry.file.split("/")
        if any(part in ("", ".", "..") or "\\" in part for part in parts) or len(parts) > 2:
            return
        before = self._entries.get(entry.file)
        if before is not None and before.sha256 != entry.sha256:
            self._older.setdefault(entry.file, []).append(before.sha256)
        self._entries[entry.file] = self._latest[entry.name] = entry
        if before is None and (folded := fold(entry.file)) != entry.file:
            self._spelled.setdefault(folded, []).append(entry.file)

    def _digests(self, file: str) -> set[str]:
        """Of all that we ever put into a file, as far as the list goes back."""
        found: set[str] = set()
        for one in (file, *self._spelled.get(fold(file), ())):
            if one in self._entries:
                found.add(self._entries[one].sha256)
            found.update(self._older.get(one, ()))
        return found

    def _stands(self, pieces: Sequence[Sequence[Entry]]) -> bool:
        """Whether the list is these entries already."""
        if self._list.is_symlink() or not self._list.exists():
            return False
        with self._list.open("rb") as file:
            same = all(file.read(len(lines)) == lines for lines in map(_lines, pieces))
            return same and not file.read(1)

    def _lines(self) -> Iterator[str]:
        if self._list.is_symlink() or not self._list.exists():
            return
        with self._list.open(encoding="utf-8", errors="replace", newline="\n") as lines:
            yield from lines


def _lines(entries: Sequence[Entry]) -> bytes:
    return "".join(entry.line() for entry in entries).encode()


def _entry(read: dict[str, Any]) -> Entry:
    name, file = read["name"], read["file"]
    allowed = tuple(map(str, read.get("allowed", ())))
    return Entry(name, name if file == name else file, read["key"], read["sha256"], allowed)


def _beside(name: str, number: int) -> str:
    if not number:
        return name
    folder, slash, file = name.rpartition("/")
    stem, dot, suffix = file.rpartition(".")
    tail = "（新）" if number == 1 else f"（新{number}）"
    return folder + slash + safe_name(stem, dot + suffix, tail=tail)


def _sha256(*pieces: bytes) -> str:
    found = hashlib.sha256()
    for one in pieces:
        found.update(one)
    return found.hexdigest()
