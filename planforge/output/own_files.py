"""Which files of a folder are ours, what may be replaced, and where a new version goes whose place is taken.

A file is ours as long as it holds bytes that we have put there, or says what they said (an office program merely
saved it again). Everything else that stands in the way is kept as it is, and the new version goes beside it. What is
about to be put is announced in the folder's record before it is renamed to its place, so that whatever moment a run
dies at, the next one knows the old file and the new one. Single builds and runs of thousands of letters both decide
here; they differ in the record alone (`manifest`, `listed_folder`).
"""

# A path object costs as much time as a file.
# ruff: noqa: PTH114, PTH120

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from planforge.output.atomic_write import refused
from planforge.output.group_write import Beside, Pieces, put_together, sync_folder
from planforge.output.naming import fold, safe_name
from planforge.output.refusal import OutputError, refusal, still_open

Status = Literal["written", "unchanged", "kept"]
"""written: to its place; unchanged: these bytes stood there already; kept: beside what is not ours to replace."""

Resaved = Callable[[str, bytes], bool]
"""Whether a file of ours that holds other bytes now was merely saved again: given its name and what stands there."""

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | _NO_LINK | getattr(os, "O_NONBLOCK", 0)
_FOLDER_MODE = 0o700


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a file goes, below the folder. there: its bytes stand there already.

    kept: what stands in its own place and is kept; why, in Chinese.
    """

    file: str
    there: bool = False
    kept: str = ""
    why: str = ""

    @property
    def status(self) -> Status:
        """What becomes of the file."""
        return "kept" if self.kept else "unchanged" if self.there else "written"


class _StandingFile(NamedTuple):
    """What stands at a path. data: None where it cannot be read; why_kept: why it stays whatever it holds, in Chinese."""

    data: bytes | None
    why_kept: str = ""


class OwnFiles:
    """The files of one folder and the folders in it, as far as its record knows them; only under its lock."""

    def __init__(self, folder: Path, *, private: bool) -> None:
        """private: only their owner may read the files."""
        self._above = str(folder) + os.sep
        self._private = private
        self._contents: dict[str, tuple[str, ...]] = {}
        self._documents: dict[str, object] = {}
        self._folders = {str(folder)}

    def note(self, file: str, digest: str, document: object, beside: str = "") -> None:
        """Know that these bytes are ours.

        Args:
            file: below the folder; some system may take another spelling for the same.
            digest: sha256 of the bytes.
            document: whose file it is; no other document's new version goes there.
            beside: the file that was kept. The person may since have moved ours to its place.
        """
        self._documents[fold(file)] = document
        for name in (file, beside) if beside else (file,):
            known = self._contents.get(name := fold(name), ())
            if digest not in known:
                self._contents[name] = (*known, digest)

    def holds(self, file: str, digest: str | None = None) -> bool:
        """Whether these bytes stand there; any bytes of ours, where none are given. Raises OutputError."""
        content = _standing(self._above + file)
        if content is None or content.data is None:
            return False
        held = sha256(content.data)
        return held == digest if digest else held in self._contents.get(fold(file), ())

    def place(
        self,
        file: str,
        digest: str,
        document: object,
        resaved: Resaved | None = None,
        taken: Collection[str] = (),
        not_there: str = "",
    ) -> Placement:
        """Where a file goes: to its place, or beside what stands there and may not be replaced.

        Args:
            file: its own place, below the folder.
            digest: sha256 of its bytes.
            document: whose file it is.
            resaved: asked of a file of ours that holds other bytes now.
            taken: folded names beside it that are others' in this very run.
            not_there: why it goes beside its own place whatever stands there, in Chinese.

        Raises:
            OutputError: what is to be replaced is open in another program, or cannot be looked at.
        """
        kept, why, number = (file, not_there, 1) if not_there else ("", "", 0)
        while True:
            path = _beside(file, number)
            if not number or self._free(fold(path), document, taken):
                content = _standing(self._above + path)
                if content is None:
                    return Placement(path, False, kept, why)
                held = "" if content.data is None else sha256(content.data)
                if held == digest:
                    return Placement(path, True, kept, why)
                reason = content.why_kept or self._why_not_ours(path, content, held, resaved)
                if not reason:
                    if mark := _owner_mark(Path(self._above + path)):
                        raise still_open(Path(self._above + path), mark)
                    return Placement(path, False, kept, why)
                kept, why = file, why or reason
            number += 1

    def put(
        self,
        files: Sequence[tuple[Placement, Pieces | Beside]],
        announce: Callable[[], None] | None,
        blamed: Path,
    ) -> None:
        """Put files where they were placed, at most AT_ONCE.

        Args:
            files: those that stand there already are left alone.
            announce: notes durably what is about to be there.
            blamed: the file or folder that is named where that cannot be.

        Raises:
            OutputError: some cannot be written; no half file is left.
        """
        fresh = [(self._above + placement.file, data) for placement, data in files if not placement.there]
        try:
            for folder in sorted({os.path.dirname(path) for path, _ in fresh} - self._folders):
                own_folder(Path(folder))
                sync_folder(Path(folder).parent)
                self._folders.add(folder)
            put_together(fresh, announce, private=self._private)
        except OSError as error:
            raise refused(error, blamed) from error

    def _free(self, name: str, document: object, taken: Collection[str]) -> bool:
        """Whether no other document has this folded name."""
        return name not in taken and self._documents.get(name, document) == document

    def _why_not_ours(self, file: str, content: _StandingFile, digest: str, resaved: Resaved | None) -> str:
        """Why a file with this content is not ours to replace, in Chinese; empty where it is."""
        known = self._contents.get(fold(file), ())
        if not known:
            return "不是本程序生成的"
        if digest in known:
            return ""
        if resaved is not None and content.data is not None:
            with contextlib.suppress(Exception):  # whatever it is now, it is no longer a file we can read
                if resaved(file, content.data):
                    return ""
        return "有人改过"


def sha256(*pieces: bytes) -> str:
    """The hexadecimal digest that records use."""
    state = hashlib.sha256()
    for piece in pieces:
        state.update(piece)
    return state.hexdigest()


def own_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, unless it is there.

    Raises:
        OutputError: a link stands in its place: nothing is written outside the output folder.
        OSError: it cannot be made.
    """
    if folder.is_symlink():
        raise OutputError("这个文件夹是通向别处的链接，不往里写", folder, "output-outside", "移走链接")
    folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)


def _standing(path: str) -> _StandingFile | None:
    """What stands at a path; None where nothing does."""
    try:
        if not _NO_LINK and os.path.islink(path):
            return _StandingFile(None, "不是普通文件")
        handle = os.open(path, _READ)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EISDIR, errno.ENXIO) or Path(path).is_dir():
            return _StandingFile(None, "不是普通文件")
        if isinstance(error, PermissionError):
            if os.name == "nt":  # what is open elsewhere cannot be read
                raise still_open(Path(path)) from error
            return _StandingFile(None, "读不出来")
        raise refusal(error, Path(path)) from error
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            return _StandingFile(None, "不是普通文件")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return _StandingFile(file.read(), "" if mode & stat.S_IWUSR else "设成了只读")
    finally:
        os.close(handle)


def _beside(file: str, number: int) -> str:
    """The file's own place, or the name of its new version that goes beside it."""
    if not number:
        return file
    folder, slash, name = file.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    tail = "（新）" if number == 1 else f"（新{number}）"
    return folder + slash + safe_name(stem, dot + suffix, tail=tail)


def _owner_mark(path: Path) -> Path | None:
    """The mark that Word, WPS (`~$…`) or LibreOffice (`.~lock.…#`) puts beside a file that it has open.

    Word writes `~$` before a short name, in place of the first or the first two characters of a longer one.
    """
    names = [f"~${path.name[cut:]}" for cut in (0, 1, 2)] + [f".~lock.{path.name}#"]
    return next((mark for name in names if (mark := path.with_name(name)).is_file()), None)
