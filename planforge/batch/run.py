"""A run: from recipients to files, in printing order, gone on with where it was broken off.

Nothing of a recipient's is logged; files are named by class and seat; what fails is told by its cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path

from planforge.batch.font_inventory import FontsAtHand
from planforge.batch.journal import Ledger, Made
from planforge.batch.planning import Extra, Plan, digest, origins, rows_of, units_of
from planforge.batch.sampling import SAMPLE, drawn
from planforge.batch.unit import Done, Unit, Work, make
from planforge.batch.workers import processes, results
from planforge.core.problems import Problem
from planforge.core.processes import cores
from planforge.output import OutputError, Store, safe_name
from planforge.roster import Recipient
from planforge.roster.print_order import sorted_for_print

Progress = Callable[[int, int], None]
_NAMES = {"docx": "Word", "pdf": "PDF"}


@dataclass(slots=True)
class Outcome:
    """What a run did. made: files written or unchanged, by suffix; skipped: files that stood there already.

    kept: files that somebody has edited, with the new version's name. letters: recipients whose files are there.
    fallbacks: letters that the fast way could not make, by the reason. extras: lists and counts that go with them.
    sampled: letters that were held against the plain way. over: files of earlier
    runs for which the roster has nobody any more (with prune: those that were kept). pruned: how many were removed.
    """

    folder: Path
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


def run(
    plan: Plan,
    recipients: Sequence[Recipient],
    output: Path,
    *,
    jobs: int = 0,
    executor: Executor | None = None,
    resume: bool = False,
    prune: bool = False,
    sample: int = SAMPLE,
    progress: Progress | None = None,
) -> Outcome:
    """Make the letters of all recipients.

    jobs: processes, 0 for as many as pay; executor: any other way to have the work done. resume: leave what stands
    there as it would be made now. prune: remove unedited files of earlier runs for which the roster has nobody any
    more. sample: how many letters are held against the plain way. progress: told the letters done and all letters,
    at the beginning too. Raises OutputError where the folder cannot be written or another run holds it, InputError
    where a font is gone; what was put until then stays known.
    """
    ordered = sorted_for_print(recipients, plan.sort)
    documents = tuple(dict.fromkeys(plan.documents.values()))
    made_of = origins(plan, documents)
    key = digest("".join((*(one.common for one in made_of), *made_of[0].documents)))
    with Store(output).run(plan.school, plan.term) as held:
        ledger = Ledger(held.folder / safe_name(plan.name), plan.allowed)
        work = Work(
            key,
            documents,
            plan.look,
            plan.pdf_look,
            plan.base,
            plan.paper,
            folder=str(ledger.folder.absolute()),
            cores=jobs or cores(),
        )
        outcome = Outcome(ledger.folder)
        rows = rows_of(plan, ordered, documents, outcome.problems)
        units = [unit for one in made_of for unit in units_of(plan, one, ordered, rows)]
        names = [name for unit in units for name in unit.names]
        waiting = _waiting(units, ledger, outcome) if resume else units
        fonts = FontsAtHand(plan.pdf_look or plan.look) if "pdf" in plan.formats else None
        making = _Making(work, ordered, ledger, outcome, fonts, jobs, executor, progress)
        making.failed = {number for number in range(len(ordered)) if number not in rows}
        making.total = sum(len(unit.rows) for unit in units)
        making.done = making.total - sum(len(unit.rows) for unit in waiting)
        try:
            making.make(_sampled(waiting, sample))
            units, waiting = [], []  # the list is long too
            rows.clear()
            if plan.extras is not None:
                good = [one for number, one in enumerate(ordered) if number not in making.failed]
                names += _put_extras(plan.extras(good), ledger, outcome, resume)
            if not plan.some:
                outcome.over = ledger.others(names, plan.formats)
                if prune:
                    outcome.pruned, outcome.over = ledger.remove(outcome.over)
            ledger.finish()
        except KeyboardInterrupt:
            outcome.interrupted = True
            if waiting:
                outcome.made = _there(waiting, ledger)
        except OutputError as error:
            if waiting:
                outcome.made = _there(waiting, ledger)
            raise _with_the_way_on(error, outcome) from error
        finally:
            ledger.sweep()
        outcome.letters = len(ordered) - len(making.failed)
    return outcome


class _Making:
    """A run at work: has units made, puts their files, tells how far it is."""

    def __init__(
        self,
        work: Work,
        recipients: Sequence[Recipient],
        ledger: Ledger,
        outcome: Outcome,
        fonts: FontsAtHand | None,
        jobs: int,
        executor: Executor | None,
        progress: Progress | None,
    ) -> None:
        self._work = work
        self._recipients = recipients
        self._ledger = ledger
        self._outcome = outcome
        self._fonts = fonts
        self._jobs = jobs
        self._executor = executor
        self._progress = progress
        self.failed: set[int] = set()
        self.done = self.total = 0

    def make(self, units: Sequence[Unit]) -> None:
        """Make all units; again and the plain way, where a sample shows that the fast way is not to be trusted."""
        self._tell()
        fast: list[Unit] = []
        jobs = self._jobs or processes(units)
        with closing(results(self._work, units, jobs, self._executor)) as found:
            for unit, result in found:
                if result.differing:
                    self._distrust(unit, result)
                elif unit.suffix not in self._work.plainly:
                    fast.append(unit)
                else:  # it was made before another one was found to differ
                    result = make(self._work, unit)
                self._put(unit, result)
                self.done += len(unit.rows)
                self._tell()
        for unit in fast:
            if unit.suffix in self._work.plainly:
                result = make(self._work, unit)
                self._put(unit, result, again=True)
                if not result.files:
                    self._ledger.remove(unit.names)

    def _distrust(self, unit: Unit, result: Done) -> None:
        """From now on this format goes the plain way; the person is told, without a name."""
        if unit.suffix in self._work.plainly:
            return
        self._work = replace(self._work, plainly=self._work.plainly | {unit.suffix})
        format_ = _NAMES[unit.suffix]
        message = f"抽查的这一份 {format_} 与逐份排版不一致，是程序自身的错"
        if result.files:
            message += f"；{format_} 已全部改用逐份排版，写出的文件可以用"
        place = self._recipients[result.differing[0]].place
        self._outcome.problems.append(
            Problem(message, place, fix="请把这一条和 planforge --version 告诉维护者", code="sample-differs")
        )

    def _put(self, unit: Unit, result: Done, *, again: bool = False) -> None:
        outcome = self._outcome
        if self._fonts is not None and unit.suffix == "pdf":
            self._fonts.require()
        outcome.fallbacks.update(result.fallbacks)
        outcome.sampled += result.sampled
        for number, reason in result.failed:
            self.failed.add(number)
            outcome.problems.append(Problem(reason, self._recipients[number].place, code="letter-failed"))
        files = [Made(unit.names[place], unit.keys[place], data) for place, data in result.files]
        for entry, status in self._ledger.put(files) if files else ():
            if not again:
                suffix = entry.name.rpartition(".")[2]
                outcome.made[suffix] = outcome.made.get(suffix, 0) + 1
            if status == "kept" and (entry.name, entry.file) not in outcome.kept:
                outcome.kept.append((entry.name, entry.file))

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self.done, self.total)


def expunge(name: str, school: str, term: str, output: Path) -> tuple[int, list[str]]:
    """Remove the files of a kind's runs; how many, and which were kept because somebody has edited them."""
    with Store(output).run(school, term) as held:
        folder = held.folder / safe_name(name)
        return Ledger(folder).expunge() if folder.is_dir() else (0, [])


def _waiting(units: Sequence[Unit], ledger: Ledger, outcome: Outcome) -> list[Unit]:
    """What of the units is not there yet."""
    found = []
    for unit in units:
        places = [place for place, name in enumerate(unit.names) if not ledger.has(name, unit.keys[place])]
        outcome.skipped += len(unit.names) - len(places)
        if len(places) == len(unit.names):
            found.append(unit)
        elif places:
            rows = tuple(unit.rows[place] for place in places)
            names, keys = (tuple(one[place] for place in places) for one in (unit.names, unit.keys))
            found.append(replace(unit, rows=rows, names=names, keys=keys))
    return found


def _there(units: Sequence[Unit], ledger: Ledger) -> dict[str, int]:
    """How many files are there, by suffix: some may have been put just when the person stopped the run."""
    found: dict[str, int] = {}
    for unit in units:
        count = sum(ledger.has(name, key) for name, key in zip(unit.names, unit.keys, strict=True))
        if count:
            found[unit.suffix] = found.get(unit.suffix, 0) + count
    return found


def _sampled(units: Sequence[Unit], count: int) -> list[Unit]:
    """The units, with the letters marked that are held against the plain way, so many of each format."""
    found = list(units)
    for suffix in sorted({unit.suffix for unit in units}):
        mine = [number for number, unit in enumerate(units) if unit.suffix == suffix]
        ends = list(accumulate(len(units[number].rows) for number in mine))
        seed = digest("".join(key for number in mine for key in units[number].keys))
        for letter in drawn(seed, ends[-1], count):
            place = bisect_right(ends, letter)
            number = mine[place]
            within = letter - (ends[place - 1] if place else 0)
            found[number] = replace(found[number], sampled=(*found[number].sampled, within))
    return found


def _put_extras(extras: Iterable[Extra], ledger: Ledger, outcome: Outcome, resume: bool) -> list[str]:
    """The files that go with the letters, made last, when it is known which letters there are; their names."""
    names = []
    for one in extras:
        names.append(one.name)
        if resume and ledger.has(one.name, one.key):
            continue
        for entry, status in ledger.put([Made(one.name, one.key, (one.write(),))]):
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
