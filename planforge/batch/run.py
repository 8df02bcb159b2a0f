"""A run: from recipients to files, in printing order, gone on with where it was broken off.

Nothing of a recipient's is logged; files are named by class and seat; what fails is told by its cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path

from planforge.batch.font_inventory import FontsAtHand
from planforge.batch.planning import AccompanyingFile, Plan, digest, file_sources, rows_of, units_of
from planforge.batch.sampling import SAMPLE, drawn
from planforge.batch.unit import RunSettings, UnitResult, WorkUnit, make
from planforge.batch.workers import processes, results
from planforge.core.problems import Cancelled, Problem
from planforge.core.processes import cores
from planforge.output import OutputError, Store, safe_name
from planforge.output.listed_folder import ListedFolder, NewFile
from planforge.output.memory import Destination, MemoryFiles
from planforge.roster import Recipient
from planforge.roster.print_order import sorted_for_print
from planforge.writers.formats import FORMATS

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
"""Whether the run is to stop; asked between units. The `is_set` of a `threading.Event` is one."""


@dataclass(slots=True)
class Outcome:
    """What a run did. made: files written or unchanged, by suffix; skipped: files that stood there already.

    kept: files that somebody has edited, with the new version's name. letters: recipients whose files are there.
    fallbacks: letters that the fast way could not make, by the reason. extras: lists and counts that go with them.
    sampled: letters that were held against the plain way. over: files of earlier
    runs for which the roster has nobody any more (with prune: those that were kept). pruned: how many were removed.
    folder: where the files are, None where they went to memory; files: by name, where they went to memory.
    interrupted: somebody stopped the run; what it had put is there.
    """

    folder: Path | None
    letters: int = 0
    made: dict[str, int] = field(default_factory=dict)
    skipped: int = 0
    kept: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    interrupted: bool = False
    fallbacks: Counter[str] = field(default_factory=Counter)
    extras: int = 0
    sampled: int = 0
    over: list[str] = field(default_factory=list)
    pruned: int = 0
    files: Mapping[str, bytes] = field(default_factory=dict)


def run(
    plan: Plan,
    recipients: Sequence[Recipient],
    output: Path | None,
    *,
    jobs: int = 0,
    executor: Executor | None = None,
    resume: bool = False,
    prune: bool = False,
    sample: int = SAMPLE,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Outcome:
    """Make the letters of all recipients.

    Args:
        plan: what is to be made.
        recipients: for whom, in any order.
        output: the folder that gets school/term/letter; None for files in memory, with neither lock nor disk.
        jobs: processes, 0 for as many as pay.
        executor: any other way to have the work done.
        resume: leave what is there as it would be made now; in memory nothing is.
        prune: remove unedited files of earlier runs for which the roster has nobody any more.
        sample: how many letters are held against the plain way.
        progress: told the letters done and all letters, at the beginning too.
        cancel: asked between units; once it says yes, the run stops as cleanly as with Ctrl-C.

    Raises:
        OutputError: the folder cannot be written; its kind FolderBusy where another run holds it.
        InputError: a font is gone. What was put until then stays known.
    """
    ordered = sorted_for_print(recipients, plan.sort)
    documents = tuple(dict.fromkeys(plan.documents.values()))
    made_of = file_sources(plan, documents)
    key = digest("".join((*(sources.common for sources in made_of), *made_of[0].documents)))
    with _destination(plan, output) as destination:
        work = RunSettings(
            key=key,
            documents=documents,
            look=plan.look,
            pdf_look=plan.pdf_look,
            base=plan.base,
            paper=plan.paper,
            folder="" if destination.folder is None else str(destination.folder.absolute()),
            cores=jobs or cores(),
        )
        outcome = Outcome(destination.folder)
        if isinstance(destination, MemoryFiles):
            outcome.files = destination.files
        rows = rows_of(plan, ordered, documents, outcome.problems)
        units = [unit for sources in made_of for unit in units_of(plan, sources, ordered, rows)]
        names = [name for unit in units for name in unit.names]
        waiting = _waiting(units, destination, outcome) if resume else units
        fonts = FontsAtHand(plan.pdf_look or plan.look) if "pdf" in plan.formats else None
        making = _Making(
            work=work,
            recipients=ordered,
            destination=destination,
            outcome=outcome,
            fonts=fonts,
            jobs=jobs,
            executor=executor,
            progress=progress,
            cancel=cancel,
        )
        making.failed = {number for number in range(len(ordered)) if number not in rows}
        making.total = sum(len(unit.rows) for unit in units)
        making.done = making.total - sum(len(unit.rows) for unit in waiting)
        try:
            making.make(_sampled(waiting, sample))
            units, waiting = [], []  # the list is long too
            rows.clear()
            if plan.extras is not None:
                good = [recipient for number, recipient in enumerate(ordered) if number not in making.failed]
                names += _put_extras(plan.extras(good), destination, outcome, resume, making.go_on)
            if not plan.some:
                outcome.over = destination.others(names, plan.formats)
                if prune:
                    outcome.pruned, outcome.over = destination.remove(outcome.over)
            destination.finish()
        except (KeyboardInterrupt, Cancelled):
            outcome.interrupted = True
            if waiting:
                outcome.made = _there(waiting, destination)
        except OutputError as error:
            if waiting:
                outcome.made = _there(waiting, destination)
            raise _with_the_way_on(error, outcome) from error
        finally:
            destination.sweep()
        outcome.letters = len(ordered) - len(making.failed)
    return outcome


class _Making:
    """A run at work: has units made, puts their files, tells how far it is."""

    def __init__(
        self,
        *,
        work: RunSettings,
        recipients: Sequence[Recipient],
        destination: Destination,
        outcome: Outcome,
        fonts: FontsAtHand | None,
        jobs: int,
        executor: Executor | None,
        progress: Progress | None,
        cancel: Cancel | None,
    ) -> None:
        self._work = work
        self._recipients = recipients
        self._destination = destination
        self._outcome = outcome
        self._fonts = fonts
        self._jobs = jobs
        self._executor = executor
        self._progress = progress
        self._cancel = cancel
        self.failed: set[int] = set()
        self.done = self.total = 0

    def make(self, units: Sequence[WorkUnit]) -> None:
        """Make all units; again and the plain way, where a sample shows that the fast way is not to be trusted."""
        self._tell()
        self.go_on()
        fast: list[WorkUnit] = []
        jobs = self._jobs or processes(units)
        with closing(results(self._work, units, jobs, self._executor)) as made:
            for unit, result in made:
                if result.differing:
                    self._distrust(unit, result)
                elif unit.suffix not in self._work.plainly:
                    fast.append(unit)
                else:  # it was made before another one was found to differ
                    result = make(self._work, unit)
                self._put(unit, result)
                self.done += len(unit.rows)
                self._tell()
                self.go_on()
        for unit in fast:
            if unit.suffix in self._work.plainly:
                self.go_on()
                result = make(self._work, unit)
                self._put(unit, result, again=True)
                if not result.files:
                    self._destination.remove(unit.names)

    def go_on(self) -> None:
        """Raises Cancelled where the run is to stop."""
        if self._cancel is not None and self._cancel():
            raise Cancelled

    def _distrust(self, unit: WorkUnit, result: UnitResult) -> None:
        """From now on this format goes the plain way; the person is told, without a name."""
        if unit.suffix in self._work.plainly:
            return
        self._work = replace(self._work, plainly=self._work.plainly | {unit.suffix})
        format_ = FORMATS[unit.suffix].title
        message = f"抽查的这一份 {format_} 与逐份排版不一致，是程序自身的错"
        if result.files:
            message += f"；{format_} 已全部改用逐份排版，写出的文件可以用"
        place = self._recipients[result.differing[0]].place
        self._outcome.problems.append(
            Problem(message, place, fix="请把这一条和 planforge --version 告诉维护者", code="sample-differs")
        )

    def _put(self, unit: WorkUnit, result: UnitResult, *, again: bool = False) -> None:
        outcome = self._outcome
        if self._fonts is not None and unit.suffix == "pdf":
            self._fonts.require()
        outcome.fallbacks.update(result.fallbacks)
        outcome.sampled += result.sampled
        for number, reason in result.failed:
            self.failed.add(number)
            outcome.problems.append(Problem(reason, self._recipients[number].place, code="letter-failed"))
        files = [NewFile(unit.names[place], unit.keys[place], data) for place, data in result.files]
        for entry, status in self._destination.put(files) if files else ():
            if not again:
                suffix = entry.name.rpartition(".")[2]
                outcome.made[suffix] = outcome.made.get(suffix, 0) + 1
            if status == "kept" and (entry.name, entry.file) not in outcome.kept:
                outcome.kept.append((entry.name, entry.file))

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self.done, self.total)


def expunge(name: str, school: str, term: str, output: Path) -> tuple[int, list[str]]:
    """Remove the files of a kind's runs; how many, and which were kept because somebody has edited them.

    Raises:
        OutputError: the folder cannot be written; its kind FolderBusy where another run holds it.
    """
    with Store(output).run(school, term) as held:
        folder = held.folder / safe_name(name)
        return ListedFolder(folder).expunge() if folder.is_dir() else (0, [])


@contextmanager
def _destination(plan: Plan, output: Path | None) -> Iterator[Destination]:
    """The place of a plan's files: the folder of its name, held against other runs, or memory."""
    if output is None:
        yield MemoryFiles()
        return
    from planforge.writers.word import resaved

    with Store(output).run(plan.school, plan.term) as held:
        yield ListedFolder(held.folder / safe_name(plan.name), plan.allowed, resaved)


def _waiting(units: Sequence[WorkUnit], destination: Destination, outcome: Outcome) -> list[WorkUnit]:
    """What of the units is not there yet."""
    waiting = []
    for unit in units:
        places = [
            place for place, name in enumerate(unit.names) if not destination.has(name, unit.keys[place])
        ]
        outcome.skipped += len(unit.names) - len(places)
        if len(places) == len(unit.names):
            waiting.append(unit)
        elif places:
            rows = tuple(unit.rows[place] for place in places)
            names, keys = (tuple(told[place] for place in places) for told in (unit.names, unit.keys))
            waiting.append(replace(unit, rows=rows, names=names, keys=keys))
    return waiting


def _there(units: Sequence[WorkUnit], destination: Destination) -> dict[str, int]:
    """How many files are there, by suffix: some may have been put just when the person stopped the run."""
    counts: dict[str, int] = {}
    for unit in units:
        count = sum(destination.has(name, key) for name, key in zip(unit.names, unit.keys, strict=True))
        if count:
            counts[unit.suffix] = counts.get(unit.suffix, 0) + count
    return counts


def _sampled(units: Sequence[WorkUnit], count: int) -> list[WorkUnit]:
    """The units, with the letters marked that are held against the plain way, so many of each format."""
    marked = list(units)
    for suffix in sorted({unit.suffix for unit in units}):
        mine = [number for number, unit in enumerate(units) if unit.suffix == suffix]
        ends = list(accumulate(len(units[number].rows) for number in mine))
        seed = digest("".join(key for number in mine for key in units[number].keys))
        for letter in drawn(seed, ends[-1], count):
            place = bisect_right(ends, letter)
            number = mine[place]
            within = letter - (ends[place - 1] if place else 0)
            marked[number] = replace(marked[number], sampled=(*marked[number].sampled, within))
    return marked


def _put_extras(
    extras: Iterable[AccompanyingFile],
    destination: Destination,
    outcome: Outcome,
    resume: bool,
    go_on: Callable[[], None],
) -> list[str]:
    """The files that go with the letters, made last, when it is known which letters there are; their names."""
    names = []
    for extra in extras:
        go_on()
        names.append(extra.name)
        if resume and destination.has(extra.name, extra.key):
            continue
        for entry, status in destination.put([NewFile(extra.name, extra.key, (extra.write(),))]):
            outcome.extras += 1
            if status == "kept":
                outcome.kept.append((entry.name, entry.file))
    return names


def _with_the_way_on(error: OutputError, outcome: Outcome) -> OutputError:
    """What went wrong, with how much is there already and how to go on."""
    (problem,) = error.problems
    made = sum(outcome.made.values())
    if not made or problem.place is None:
        return error
    fix = f"{problem.fix}；已写好的 {made} 个文件都是完整的，之后同一条命令加上 --resume 接着做"
    return OutputError(problem.message, Path(problem.place.file), error.code, fix)
