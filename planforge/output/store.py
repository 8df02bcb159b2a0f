"""The output folder: school / term / document."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from planforge.output.atomic_write import owner_mark, sweep, write_whole
from planforge.output.lock import locked
from planforge.output.manifest import (
    JOURNAL_NAME,
    MANIFEST_NAME,
    Entry,
    Manifest,
    Origin,
    announce,
    comparable,
    load,
    save,
    sha256,
    whose,
)
from planforge.output.naming import FOLDER_BYTES, fold, safe_name
from planforge.output.refusal import OutputError, refusal, still_open, unwritable_name

Digest = Callable[[bytes], object]
Status = Literal["written", "unchanged", "kept"]


@dataclass(frozen=True, slots=True)
class Put:
    """Where a document is now. status: written; unchanged (these bytes stood there already);
    kept (what stood there is not ours to replace; the new version is at `path`, beside `kept`)."""

    path: Path
    status: Status
    kept: Path | None = None
    why: str = ""

    @property
    def message(self) -> str:
        """What to tell the person, in Chinese; empty where there is nothing to tell."""
        if self.kept is None:
            return ""
        return f"“{self.kept.name}”{self.why}，原样保留；新的一份是“{self.path.name}”"


class Store:
    """An output folder. Nothing is ever written outside it.

    root: need not exist yet; it may itself be a link (the person chose it), nothing below it may.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().resolve()

    @contextlib.contextmanager
    def run(self, school: str, term: str, origin: Origin | None = None) -> Iterator[Run]:
        """Hold the folder of one school's term, put documents into it, and write its manifest at the end.

        The manifest is written even if the caller fails half-way: what was put stays known. Raises
        OutputError where the folder cannot be made or written, or where another run holds it.
        """
        above = self._folder(self.root, school, lambda folder: _other_school(folder, school))
        folder = self._folder(above, term, lambda one: _other_term(one, term))
        with locked(folder):
            sweep(folder)
            run = Run(folder, load(folder, school, term), origin or Origin())
            try:
                yield run
            finally:
                run.finish()

    def _folder(self, parent: Path, wanted: str, taken: Callable[[Path], bool]) -> Path:
        """The folder of that name, numbered where another's name looks the same to some system."""
        number = 1
        while True:
            tail = f"（{number}）" if number > 1 else ""
            folder = parent / safe_name(wanted, tail=tail, limit=FOLDER_BYTES)
            try:
                if folder.is_symlink() or not folder.resolve().is_relative_to(self.root):
                    raise OutputError(
                        "这个文件夹是通向别处的链接，不往里写",
                        folder,
                        "output-outside",
                        "移走链接，或另选输出文件夹",
                    )
                folder.mkdir(parents=True, exist_ok=True)
                if not taken(folder):
                    return folder
            except OSError as error:
                raise refusal(error, folder) from error
            except UnicodeEncodeError as error:
                raise unwritable_name(error, parent / folder.name) from error
            number += 1


class Run:
    """The documents of one run in one folder; made by `Store.run`."""

    def __init__(self, folder: Path, manifest: Manifest, origin: Origin) -> None:
        self.folder = folder
        self._manifest = manifest
        self._origin = origin
        self._put: set[str] = set()

    def put(
        self,
        name: str,
        suffix: str,
        data: bytes,
        *,
        kind: str,
        digest: Digest | None = None,
        says: object = None,
        origin: Origin | None = None,
    ) -> Put:
        """Put one document there, or beside what must be kept.

        name: the document's name as people read it, made safe here. suffix: "docx", ".pdf" … kind: the kind of document, for the manifest. digest: of what such a file says, apart from how
        it was packed; a file with another sha256 but an equal digest was merely saved again and may be
        replaced. says: what `digest` makes of `data`, where that is known. origin: where it differs from the run's. Raises OutputError: the file is open, the disk is full, the folder is read-only.
        """
        suffix = "." + suffix.removeprefix(".")
        if not re.fullmatch(r"\.[a-z0-9]{1,10}", suffix):
            raise ValueError(f"not a suffix: {suffix!r}")
        standing = self._standing(name, suffix, kind)
        self._put.add(fold(standing.name))
        content = None if digest is None else comparable(digest(data) if says is None else says)

        def entry(path: Path, beside: str = "") -> Entry:
            return Entry(
                path.name, name, kind, sha256(data), len(data), content, beside, origin or self._origin
            )

        why = self._why_keep(standing, data, digest)
        if not why:
            return Put(standing, self._replace(standing, data, entry(standing)))
        beside = self._beside(standing, name, suffix, kind, data, digest)
        self._put.add(fold(beside.name))
        self._replace(beside, data, entry(beside, standing.name))
        return Put(beside, "kept", standing, why)

    def finish(self) -> None:
        """Write the manifest of what is there; entries of files that were removed go."""
        entries = self._manifest.entries
        for path in [path for path in entries if not (self.folder / path).is_file()]:
            del entries[path]
        if entries or (self.folder / MANIFEST_NAME).exists():
            save(self.folder, self._manifest)
        else:
            (self.folder / JOURNAL_NAME).unlink(missing_ok=True)

    def _standing(self, name: str, suffix: str, kind: str) -> Path:
        """The file that is this document's: the one it had before, else the first name no other has."""
        for path in sorted(self._manifest.entries, key=lambda path: (len(path), path)):
            entry = self._manifest.entries[path]
            same = (entry.name, entry.kind) == (name, kind) and path.endswith(suffix)
            if same and not entry.beside and fold(path) not in self._put:
                return self.folder / path
        taken = {fold(path) for path in self._manifest.entries} | self._put | {fold(MANIFEST_NAME)}
        number = 1
        while True:
            tail = f"（{number}）" if number > 1 else ""
            path = safe_name(name, suffix, tail=tail)
            if fold(path) not in taken:
                return self.folder / path
            number += 1

    def _beside(
        self, standing: Path, name: str, suffix: str, kind: str, data: bytes, digest: Digest | None
    ) -> Path:
        """Where the new version goes: the one that went beside it last time, if nobody touched that."""
        others = {
            fold(path)
            for path, entry in self._manifest.entries.items()
            if (entry.name, entry.kind) != (name, kind)
        } | self._put
        number = 1
        while True:
            tail = "（新）" if number == 1 else f"（新{number}）"
            path = standing.with_name(safe_name(standing.stem, suffix, tail=tail))
            if fold(path.name) not in others and not self._why_keep(path, data, digest):
                return path
            number += 1

    def _why_keep(self, path: Path, data: bytes, digest: Digest | None) -> str:
        """Why the file at `path` may not be replaced, in Chinese; empty where it may, or is not there."""
        try:
            status = path.lstat()
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise refusal(error, path) from error
        if not stat.S_ISREG(status.st_mode):
            return "不是普通文件"
        try:
            standing = path.read_bytes()
        except PermissionError as error:
            if os.name == "nt":
                raise still_open(path) from error
            return "读不出来"
        except OSError as error:
            raise refusal(error, path) from error
        if standing == data:
            return ""
        if not status.st_mode & stat.S_IWUSR:
            return "设成了只读"
        ours = self._known(path)
        if not ours:
            return "不是本程序生成的"
        if sha256(standing) in {entry.sha256 for entry in ours}:
            return ""
        if digest is not None:
            with contextlib.suppress(Exception):  # whatever it is now, it is no longer a file we can read
                says = comparable(digest(standing))
                if any(entry.digest is not None and entry.digest == says for entry in ours):
                    return ""
        return "有人改过"

    def _known(self, path: Path) -> list[Entry]:
        """All contents of ours that this file may hold: its own, and those of a new version that went
        beside it and that the person has since moved to its place."""
        return [one for one in self._manifest.entries.values() if path.name in (one.path, one.beside)]

    def _replace(self, path: Path, data: bytes, entry: Entry) -> Status:
        with contextlib.suppress(OSError):
            if path.read_bytes() == data:
                self._manifest.entries[entry.path] = entry
                return "unchanged"
        if path.exists():
            owner = owner_mark(path)
            if owner is not None:
                raise still_open(path, owner)
        announce(self.folder, entry)
        write_whole(path, data)
        self._manifest.entries[entry.path] = entry
        return "written"


def _other_term(folder: Path, term: str) -> bool:
    found = whose(folder)
    return found is not None and found[1] != term


def _other_school(folder: Path, school: str) -> bool:
    found = (whose(one) for one in sorted(folder.iterdir()) if one.is_dir())
    return any(one is not None and one[0] != school for one in found)
