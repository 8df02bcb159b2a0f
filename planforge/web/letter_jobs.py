"""Letters for a roster, made beside the page that asked for them; rosters and letters lie in a private folder only.

A job's folder has a random name and nobody else's rights; it is removed on the person's word, an hour after its last
touch, and when the server starts. Nothing of a pupil gets into the database, a log or a file's name.
"""

from __future__ import annotations

import io
import re
import shutil
import threading
import time
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planforge.app.errors import Cancelled, InputError, MissingPart
from planforge.app.letters import Batch, LetterOrder
from planforge.app.school import School

_HOUR = 3600.0
_JOBS = 4
"""At once; each takes a core and the memory of a few hundred letters."""


@dataclass(slots=True)
class LetterJob:
    """Letters that are being made, or were. state: running, done, stopped or failed."""

    form: uuid.UUID
    kind: str
    folder: Path
    state: str = "running"
    done: int = 0
    total: int = 0
    problems: tuple[str, ...] = ()
    batch: Batch | None = None
    touched: float = field(default_factory=time.monotonic)
    cancel: threading.Event = field(default_factory=threading.Event)

    def packed(self) -> bytes:
        """All files in one archive, by the folders in which they lie."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
            for path in sorted((self.folder / "letters").rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    archive.write(path, path.relative_to(self.folder / "letters").as_posix())
        return made.getvalue()


class LetterJobs:
    """The jobs of this server."""

    def __init__(self, private: Path) -> None:
        self._private = private
        self._lock = threading.Lock()
        self._jobs: dict[uuid.UUID, LetterJob] = {}
        shutil.rmtree(private, ignore_errors=True)

    def start(
        self, form: uuid.UUID, text: str, kind: str, roster: bytes, suffix: str, order: LetterOrder
    ) -> uuid.UUID | None:
        """Begin a job; None where too many are running."""
        self.clear()
        name = uuid.uuid4()
        folder = self._private / name.hex
        with self._lock:
            if sum(job.state == "running" for job in self._jobs.values()) >= _JOBS:
                return None
            folder.mkdir(mode=0o700, parents=True)
            self._private.chmod(0o700)
            job = self._jobs[name] = LetterJob(form, kind, folder)
        path = folder / f"名单{suffix}"
        path.write_bytes(roster)
        threading.Thread(target=self._make, args=(job, text, path, order), daemon=True).start()
        return name

    def _make(self, job: LetterJob, text: str, roster: Path, order: LetterOrder) -> None:
        def progress(done: int, total: int) -> None:
            job.done, job.total, job.touched = done, total, time.monotonic()

        try:
            job.batch = School.read(text).letters(
                job.kind,
                roster,
                job.folder / "letters",
                order,
                jobs=1,
                progress=progress,
                cancel=job.cancel.is_set,
            )
            job.problems = _told([*job.batch.outcome.problems, *job.batch.notices])
            job.state = "done"
        except Cancelled:
            job.state = "stopped"
        except InputError as error:
            job.problems, job.state = _told(error.problems), "failed"
        except MissingPart as error:
            job.problems, job.state = (str(error),), "failed"
        except Exception:
            job.problems, job.state = ("程序自身出了错，没有做成。",), "failed"
            raise
        finally:
            roster.unlink(missing_ok=True)
            if job.state != "done":
                shutil.rmtree(job.folder, ignore_errors=True)

    def get(self, name: uuid.UUID) -> LetterJob | None:
        """A job by its name; touching it keeps it for another hour."""
        with self._lock:
            job = self._jobs.get(name)
        if job is not None:
            job.touched = time.monotonic()
        return job

    def remove(self, name: uuid.UUID) -> None:
        """Remove a job and all that it made."""
        with self._lock:
            job = self._jobs.pop(name, None)
        if job is not None:
            job.cancel.set()
            shutil.rmtree(job.folder, ignore_errors=True)

    def clear(self) -> None:
        """Remove the jobs that nobody has touched for an hour."""
        now = time.monotonic()
        with self._lock:
            old = [
                name
                for name, job in self._jobs.items()
                if now - job.touched > _HOUR and job.state != "running"
            ]
        for name in old:
            self.remove(name)


def _told(problems: Sequence[object]) -> tuple[str, ...]:
    """Problems as sentences, with the cells of the roster and without the folder's name."""
    told = []
    for problem in problems:
        place = getattr(problem, "place", None)
        cell = f"{place.cell}　" if place is not None and place.cell else ""
        message, fix = getattr(problem, "message", ""), getattr(problem, "fix", "")
        fix = re.sub(r"[，；]?(?:或者)?用 --[^，；。]*", "", fix)  # what only a command can do
        told.append(f"{cell}{message}{f'（{fix}）' if fix else ''}")
    return tuple(dict.fromkeys(told))
