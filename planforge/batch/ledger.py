"""A run's folder: what was made there, noted before it is put, so that a run that died can be gone on with.

Files come by the thousand, so they are put in batches: a batch is announced in the list and the list made
durable, then its files are written beside and renamed, then made durable themselves. Whatever moment a run
dies at, each file is the old one or the new one, and the list knows both. At the end the list is written anew
in order, so that it is the same however often the run was broken off.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from planforge.output.naming import fold, safe_name
from planforge.output.refusal import OutputError, refusal, still_open
from planforge.output.writing import owner_mark, sync_folder

LIST_NAME = "已发清单.jsonl"
_PART = ".planforge-{}.part"
_FILE_MODE, _FOLDER_MODE = 0o600, 0o700
Status = Literal["written", "unchanged", "kept"]


@dataclass(frozen=True, slots=True)
class Made:
    """One file to put. name: of its folder and itself, already safe; key: of all that it was made from."""

    name: str
    key: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of ours. name: as it was asked for; file: where it is (beside the name's, where that was edited)."""

    name: str
    file: str
    key: str
    sha256: str


class Ledger:
    """The files of one folder; only under the lock of the folder above."""

    def __init__(self, folder: Path) -> None:
        """Raises OutputError where the folder cannot be made, or leads elsewhere."""
        self.folder = folder
        try:
            if folder.is_symlink():
                raise OutputError(
                    "这个文件夹是通向别处的链接，不往里写", folder, "output-outside", "移走链接"
                )
            folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)
            self._entries: dict[str, Entry] = {}
            self._known: dict[str, set[str]] = {}
            for line in self._lines():
                with contextlib.suppress(ValueError, TypeError, KeyError):  # the last one may be half
                    self._note(Entry(**json.loads(line)))
            self._sweep()
        except OSError as error:
            raise refusal(error, folder) from error

    def has(self, name: str, key: str) -> bool:
        """Whether this file stands there as it would be made now."""
        entry = self._entries.get(name)
        if entry is None or entry.key != key:
            return False
        try:
            return _sha256((self.folder / entry.file).read_bytes()) == entry.sha256
        except OSError:
            return False

    def put(self, files: Iterable[Made]) -> list[tuple[Entry, Status]]:
        """Put a batch of files. Raises OutputError where one cannot be written; the others of it may be there."""
        planned = [(made, *self._place(made)) for made in files]
        self._announce([entry for _, entry, _ in planned])
        touched: set[Path] = set()
        try:
            for made, entry, status in planned:
                path = self.folder / entry.file
                if status != "unchanged":
                    _write(path, made.data)
                    touched.add(path)
            for path in sorted(touched):
                _sync(path)
            for folder in sorted({path.parent for path in touched}):
                sync_folder(folder)
        except OSError as error:
            raise refusal(error, self.folder) from error
        return [(entry, status) for _, entry, status in planned]

    def finish(self) -> None:
        """Write the list in order, with the files that are there."""
        there = [entry for entry in self._entries.values() if (self.folder / entry.file).is_file()]
        text = "".join(_line(entry) for entry in sorted(there, key=lambda entry: entry.name))
        path = self.folder / LIST_NAME
        try:
            if not path.exists() or path.read_bytes() != text.encode():
                _write(path, text.encode())
                _sync(path)
                sync_folder(self.folder)
        except OSError as error:
            raise refusal(error, path) from error

    def expunge(self) -> tuple[int, list[str]]:
        """Remove this folder's files that nobody has edited; how many, and which were kept."""
        kept, removed = [], 0
        try:
            for entry in self._entries.values():
                path = self.folder / entry.file
                if not path.is_file():
                    continue
                if _sha256(path.read_bytes()) in self._known[fold(entry.file)]:
                    path.unlink()
                    removed += 1
                else:
                    kept.append(entry.file)
            (self.folder / LIST_NAME).unlink(missing_ok=True)
            for folder in (*sorted(one for one in self.folder.iterdir() if one.is_dir()), self.folder):
                with contextlib.suppress(OSError):  # something else lies in it
                    folder.rmdir()
        except OSError as error:
            raise refusal(error, self.folder) from error
        return removed, kept

    def _place(self, made: Made) -> tuple[Entry, Status]:
        """Where a file goes: to its name, or beside what stands there and may not be replaced."""
        digest = _sha256(made.data)
        number = 0
        while True:
            file = _beside(made.name, number)
            path = self.folder / file
            standing = _read(path)
            entry = Entry(made.name, file, made.key, digest)
            if standing == made.data:
                return entry, "unchanged" if number == 0 else "kept"
            if standing is None or self._ours(file, standing):
                if standing is not None and (mark := owner_mark(path)):
                    raise still_open(path, mark)
                return entry, "written" if number == 0 else "kept"
            number += 1

    def _ours(self, file: str, standing: bytes) -> bool:
        """Whether what stands there is as we made it, or merely saved again by an office program."""
        known = self._known.get(fold(file))
        if known is None:
            return False
        if _sha256(standing) in known:
            return True
        if not file.endswith(".docx"):
            return False
        from planforge.writers.word import digest, stored_digest

        with contextlib.suppress(Exception):  # whatever it is now, it is no longer a file we can read
            return stored_digest(standing) == digest(standing)
        return False

    def _announce(self, entries: list[Entry]) -> None:
        path = self.folder / LIST_NAME
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _FILE_MODE)
            with os.fdopen(handle, "ab") as file:
                # The new line before them ends a line that a full disk or a dead run cut short.
                file.write(b"\n" + "".join(_line(entry) for entry in entries).encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise refusal(error, path) from error
        for entry in entries:
            self._note(entry)

    def _note(self, entry: Entry) -> None:
        parts = entry.file.split("/")
        if any(part in ("", ".", "..") or "\\" in part for part in parts) or len(parts) > 2:
            return
        self._entries[entry.name] = entry
        self._known.setdefault(fold(entry.file), set()).add(entry.sha256)

    def _lines(self) -> list[str]:
        path = self.folder / LIST_NAME
        if path.is_symlink() or not path.exists():
            return []
        return path.read_text(encoding="utf-8", errors="replace").splitlines()

    def _sweep(self) -> None:
        for part in (*self.folder.glob(_PART.format("*")), *self.folder.glob("*/" + _PART.format("*"))):
            part.unlink(missing_ok=True)


def _line(entry: Entry) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True) + "\n"


def _beside(name: str, number: int) -> str:
    if not number:
        return name
    folder, slash, file = name.rpartition("/")
    stem, dot, suffix = file.rpartition(".")
    tail = "（新）" if number == 1 else f"（新{number}）"
    return folder + slash + safe_name(stem, dot + suffix, tail=tail)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(path: Path) -> bytes | None:
    """What stands there; None where nothing does. Something that is no file is as nobody's."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return b""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refusal(error, path) from error


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=_FOLDER_MODE, exist_ok=True)
    part = path.with_name(_PART.format(os.getpid()))
    try:
        flags = (
            os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        )
        with os.fdopen(os.open(part, flags, _FILE_MODE), "wb") as file:
            file.write(data)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
