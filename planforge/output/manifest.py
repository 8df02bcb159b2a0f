"""What a folder holds of ours: the only way to tell a file that someone edited from one that nobody touched.

The manifest says nothing of the hour or the machine: the same input gives the same bytes. While a run is
at work, each file is announced in a journal before it is put there, so that a run that dies leaves no
file of its own that the next would take for someone else's.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planforge.output.atomic_write import write_whole
from planforge.output.own_files import OwnFiles
from planforge.output.record_lines import append, records
from planforge.output.refusal import OutputError, refusal

MANIFEST_NAME = "manifest.json"
JOURNAL_NAME = ".planforge-journal.jsonl"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file was made from: planforge's version, the look's name, and the sha256 of each source.

    allowed: ids of the rules whose errors somebody decided to go on with.

    Name the sources as the person knows them (no absolute paths), so that the manifest is the same everywhere.
    """

    planforge: str = ""
    look: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestEntry:
    """One file of ours. name: as it was asked for; path: the file's name in the folder.

    digest: of what the file says, apart from how it was packed; None for kinds of file that have none.
    beside: the file that was kept, where this one had to go beside it.
    """

    path: str
    name: str
    kind: str
    sha256: str
    size: int
    digest: object = None
    beside: str = ""
    origin: Origin = field(default_factory=Origin)


class Manifest:
    """The files of ours in one folder, by file name; only under its lock. own: what of them may be replaced."""

    def __init__(self, folder: Path, school: str, term: str) -> None:
        """Read the folder's manifest, with what a run that died had announced.

        An unreadable manifest is put aside: all files are then unknown, and unknown files are kept.

        Raises:
            OutputError: an unreadable manifest cannot be put aside.
        """
        self.entries: dict[str, ManifestEntry] = {}
        self.own = OwnFiles(folder, private=False)
        self._folder, self._school, self._term = folder, school, term
        self._path, self._journal = folder / MANIFEST_NAME, folder / JOURNAL_NAME
        data = _read(self._path)
        if data is None and (self._path.exists() or self._path.is_symlink()):
            _put_aside(self._path)
        listed = data.get("files", []) if data else []
        for record in listed if isinstance(listed, list) else []:
            if (entry := _entry(record)) is not None:
                self.keep(entry)
        with contextlib.suppress(OSError):
            for record in records(self._journal):
                with contextlib.suppress(OutputError):  # what cannot be looked at now is not known
                    if (entry := _entry(record)) is not None and self.own.holds(entry.path, entry.sha256):
                        self.keep(entry)

    def keep(self, entry: ManifestEntry) -> None:
        """Know that a file is there."""
        self.entries[entry.path] = entry
        self.own.note(entry.path, entry.sha256, (entry.name, entry.kind), entry.beside)

    def announce(self, entry: ManifestEntry) -> None:
        """Note durably that this file is about to be put there. Raises OSError."""
        line = json.dumps(_plain(entry), ensure_ascii=False, sort_keys=True) + "\n"
        append(self._journal, line.encode(), private=False)

    def finish(self) -> None:
        """Write the manifest of what is there, if anything changed, and end the journal.

        Raises:
            OutputError: it cannot be written.
        """
        for path in [path for path in self.entries if not (self._folder / path).is_file()]:
            del self.entries[path]
        data = self._bytes()
        try:
            standing = self._path.read_bytes()
        except OSError:
            standing = None
        if standing != data and (self.entries or self._path.exists()):
            write_whole(self._path, data)
        self._journal.unlink(missing_ok=True)

    def _bytes(self) -> bytes:
        """The file's contents; equal entries give equal bytes."""
        files = [_plain(self.entries[path]) for path in sorted(self.entries)]
        data = {"format": _FORMAT, "school": self._school, "term": self._term, "files": files}
        return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def comparable(digest: object) -> object:
    """A digest as it looks after it has been through JSON, so that a fresh one equals a stored one."""
    if dataclasses.is_dataclass(digest) and not isinstance(digest, type):
        digest = dataclasses.asdict(digest)
    return json.loads(json.dumps(digest, ensure_ascii=False, sort_keys=True, default=str))


def whose(folder: Path) -> tuple[str, str] | None:
    """School and term of the manifest in a folder; None where there is no (readable) manifest."""
    data = _read(folder / MANIFEST_NAME)
    return None if data is None else (str(data.get("school", "")), str(data.get("term", "")))


def _plain(entry: ManifestEntry) -> dict[str, object]:
    data = dataclasses.asdict(entry)
    if not entry.origin.allowed:
        del data["origin"]["allowed"]
    return {name: value for name, value in data.items() if value not in (None, "")}


def _entry(data: object) -> ManifestEntry | None:
    """An entry from JSON; None where it is not one, or names anything but a file of this folder."""
    if not isinstance(data, dict):
        return None
    try:
        origin = data.get("origin", {})
        entry = ManifestEntry(
            path=str(data["path"]),
            name=str(data["name"]),
            kind=str(data["kind"]),
            sha256=str(data["sha256"]),
            size=int(data["size"]),
            digest=data.get("digest"),
            beside=str(data.get("beside", "")),
            origin=Origin(
                str(origin.get("planforge", "")),
                str(origin.get("look", "")),
                {str(name): str(value) for name, value in origin.get("sources", {}).items()},
                tuple(str(name) for name in origin.get("allowed", ())),
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    plain = entry.path not in ("", ".", "..") and not set("/\\") & set(entry.path)
    return entry if plain else None


def _read(path: Path) -> dict[str, object] | None:
    if path.is_symlink():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and data.get("format") == _FORMAT else None


def _put_aside(path: Path) -> None:
    number = 1
    while (aside := path.with_name(f"manifest（读不出的{number}）.json")).exists():
        number += 1
    try:
        path.replace(aside)
    except OSError as error:
        raise refusal(error, path) from error
