"""The output folder: school / term / document."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from planforge.output.group_write import sweep
from planforge.output.lock import locked
from planforge.output.manifest import MANIFEST_NAME, Manifest, ManifestEntry, Origin, comparable, whose
from planforge.output.naming import FOLDER_BYTES, fold, safe_name
from planforge.output.own_files import Resaved, Status, sha256
from planforge.output.refusal import OutputError, refusal, unwritable_name

Digest = Callable[[bytes], object]


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
    def run(self, school: str, term: str, origin: Origin | None = None) -> Iterator[TermFolder]:
        """Hold the folder of one school's term, put documents into it, and write its manifest at the end.

        The manifest is written even if the caller fails half-way: what was put stays known.

        Args:
            school, term: their names, as people read them; made safe here.
            origin: what the files are made from, unless `put` says otherwise.

        Raises:
            FolderBusy: another run holds the folder.
            OutputError: it cannot be made or written.
        """
        above = self._folder(self.root, school, lambda folder: _other_school(folder, school))
        folder = self._folder(above, term, lambda folder: _other_term(folder, term))
        with locked(folder):
            sweep(folder)
            run = TermFolder(folder, Manifest(folder, school, term), origin or Origin())
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


class TermFolder:
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
        not_there: str = "",
    ) -> Put:
        """Put one document there, or beside what must be kept.

        Args:
            name: the document's name as people read it, made safe here.
            suffix: "docx", ".pdf" …
            data: the file.
            kind: of the document, for the manifest.
            digest: of what such a file says, apart from how it was packed; a file with other bytes but an equal
                digest was merely saved again and may be replaced.
            says: what `digest` makes of `data`, where that is known.
            origin: where it differs from the run's.
            not_there: why it goes beside its own place whatever stands there, in Chinese.

        Raises:
            OutputError: the file is open, the disk is full, the folder is read-only.
        """
        suffix = "." + suffix.removeprefix(".")
        if not re.fullmatch(r"\.[a-z0-9]{1,10}", suffix):
            raise ValueError(f"not a suffix: {suffix!r}")
        file, content = self._file(name, suffix, kind), sha256(data)
        self._put.add(fold(file))

        own = self._manifest.own
        placement = own.place(
            file, content, (name, kind), self._resaved(digest), taken=self._put, not_there=not_there
        )
        self._put.add(fold(placement.file))
        said = None if digest is None else comparable(digest(data) if says is None else says)
        entry = ManifestEntry(
            path=placement.file,
            name=name,
            kind=kind,
            sha256=content,
            size=len(data),
            digest=said,
            beside=placement.kept,
            origin=origin or self._origin,
        )
        path = self.folder / placement.file
        if not placement.there:
            own.put([(placement, (data,))], lambda: self._manifest.announce(entry), path)
        self._manifest.keep(entry)
        kept = self.folder / placement.kept if placement.kept else None
        return Put(path, placement.status, kept, placement.why)

    def is_edited(self, name: str, suffix: str, kind: str, digest: Digest) -> bool:
        """Whether a document's file of a format stands there and somebody has edited it.

        Args:
            name, suffix, kind, digest: as for `put`.
        """
        file = self._file(name, "." + suffix.removeprefix("."), kind)
        try:
            return bool(self._manifest.own.place(file, "", (name, kind), self._resaved(digest)).kept)
        except OutputError:  # it is open just now, and would otherwise be replaced
            return False

    def _resaved(self, digest: Digest | None) -> Resaved:
        def resaved(path: str, standing: bytes) -> bool:
            stored = None if digest is None else comparable(digest(standing))
            return stored is not None and stored in self._digests(path)

        return resaved

    def finish(self) -> None:
        """Write the manifest of what is there; entries of files that were removed go. Raises OutputError."""
        self._manifest.finish()

    def _file(self, name: str, suffix: str, kind: str) -> str:
        """The file that is this document's: the one it had before, else the first name no other has."""
        entries = self._manifest.entries
        for path in sorted(entries, key=lambda path: (len(path), path)):
            entry = entries[path]
            same = (entry.name, entry.kind) == (name, kind) and path.endswith(suffix)
            if same and not entry.beside and fold(path) not in self._put:
                return path
        taken = {fold(path) for path in entries} | self._put | {fold(MANIFEST_NAME)}
        number = 1
        while True:
            tail = f"（{number}）" if number > 1 else ""
            path = safe_name(name, suffix, tail=tail)
            if fold(path) not in taken:
                return path
            number += 1

    def _digests(self, path: str) -> list[object]:
        """Of all that this file may say as one of ours: its own entry's, and that of a new version that went beside
        it and that the person has since moved to its place."""
        return [
            entry.digest for entry in self._manifest.entries.values() if path in (entry.path, entry.beside)
        ]


def _other_term(folder: Path, term: str) -> bool:
    owner = whose(folder)
    return owner is not None and owner[1] != term


def _other_school(folder: Path, school: str) -> bool:
    owners = (whose(inner) for inner in sorted(folder.iterdir()) if inner.is_dir())
    return any(owner is not None and owner[0] != school for owner in owners)
