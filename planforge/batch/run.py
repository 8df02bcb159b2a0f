"""A run: from recipients to files, in printing order, gone on with where it was broken off.

Nothing of a recipient's is logged; files are named by class and seat; what fails is told by its cell.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from planforge.batch.ledger import Ledger, Made
from planforge.batch.order import sorted_for_print
from planforge.batch.planning import Extra, Plan, digest, origins, rows_of, units_of
from planforge.batch.roster import Recipient
from planforge.batch.work import Done, Unit, Work, make
from planforge.output import Store, safe_name
from planforge.problems import Problem

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Outcome:
    """What a run did. made: files written or unchanged, by suffix; skipped: files that stood there already.

    kept: files that somebody has edited, with the new version's name. letters: recipients whose files are there.
    extras: lists and counts that go with them.
    """

    folder: Path
    letters: int = 0
    made: dict[str, int] = field(default_factory=dict)
    skipped: int = 0
    kept: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    interrupted: bool = False
    plain: int = 0
    extras: int = 0


def run(
    plan: Plan,
    recipients: Sequence[Recipient],
    output: Path,
    *,
    jobs: int = 1,
    executor: Executor | None = None,
    resume: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Make the letters of all recipients.

    jobs: processes; executor: any other way to have the work done. resume: leave what stands there as it would
    be made now. progress: told the letters done and all letters. Raises OutputError where the folder cannot be
    written or another run holds it; what was put until then stays known.
    """
    ordered = sorted_for_print(recipients, plan.sort)
    documents = tuple(dict.fromkeys(plan.documents.values()))
    made_of = origins(plan, documents)
    key = digest("".join((*(one.common for one in made_of), *made_of[0].documents)))
    work = Work(key, documents, plan.look, plan.pdf_look, plan.base, plan.paper)
    with ExitStack() as stack:
        held = stack.enter_context(Store(output).run(plan.school, plan.term))
        folder = held.folder / safe_name(plan.name)
        ledger = Ledger(folder)
        outcome = Outcome(folder)
        rows = rows_of(plan, ordered, documents, outcome.problems)
        failed: set[int] = {n for n in range(len(ordered)) if n not in rows}
        units = [unit for one in made_of for unit in units_of(plan, one, ordered, rows)]
        total = sum(len(unit.rows) for unit in units)
        done = 0
        waiting: list[Unit] = []
        for unit in units:
            left = _left(unit, ledger) if resume else unit
            outcome.skipped += len(unit.names) - (len(left.names) if left else 0)
            done += len(unit.rows) - (len(left.rows) if left else 0)
            if left:
                waiting.append(left)
        try:
            for unit, result in _results(work, waiting, jobs, executor, stack):
                _put(unit, result, ledger, outcome)
                for number, reason in result.failed:
                    failed.add(number)
                    outcome.problems.append(Problem(reason, ordered[number].place, code="letter-failed"))
                done += len(unit.rows)
                if progress is not None:
                    progress(done, total)
            if plan.extras is not None:
                _put_extras(
                    plan.extras([one for n, one in enumerate(ordered) if n not in failed]),
                    ledger,
                    outcome,
                    resume,
                )
            ledger.finish()
        except KeyboardInterrupt:
            outcome.interrupted = True
        outcome.letters = len(ordered) - len(failed)
    return outcome


def expunge(name: str, school: str, term: str, output: Path) -> tuple[int, list[str]]:
    """Remove the files of a kind's runs; how many, and which were kept because somebody has edited them."""
    with Store(output).run(school, term) as held:
        folder = held.folder / safe_name(name)
        return Ledger(folder).expunge() if folder.is_dir() else (0, [])


def _left(unit: Unit, ledger: Ledger) -> Unit | None:
    """What of a unit is not there yet."""
    places = [place for place, name in enumerate(unit.names) if not ledger.has(name, unit.keys[place])]
    if len(places) == len(unit.names):
        return unit
    if not places:
        return None
    return Unit(
        unit.suffix,
        tuple(unit.rows[place] for place in places),
        tuple(unit.names[place] for place in places),
        tuple(unit.keys[place] for place in places),
    )


def _results(
    work: Work, units: Sequence[Unit], jobs: int, executor: Executor | None, stack: ExitStack
) -> Iterator[tuple[Unit, Done]]:
    """Each unit with what came of it, in order; only a few are under way at once, so that memory stays flat."""
    if executor is None and (jobs <= 1 or len(units) < 2):
        for unit in units:
            yield unit, make(work, unit)
        return
    if executor is None:
        executor = ProcessPoolExecutor(min(jobs, len(units)), initializer=_leave_stopping_to_the_parent)
        stack.callback(executor.shutdown, wait=True, cancel_futures=True)
    under_way: list[tuple[Unit, Future[Done]]] = []
    waiting = iter(units)
    for unit in waiting:
        under_way.append((unit, executor.submit(make, work, unit)))
        if len(under_way) < 2 * max(1, jobs):
            continue
        first, future = under_way.pop(0)
        yield first, future.result()
    for first, future in under_way:
        yield first, future.result()


def _leave_stopping_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _put_extras(extras: Iterable[Extra], ledger: Ledger, outcome: Outcome, resume: bool) -> None:
    """The files that go with the letters; made last, when it is known which letters there are."""
    for one in extras:
        if resume and ledger.has(one.name, one.key):
            outcome.skipped += 1
            continue
        for entry, status in ledger.put([Made(one.name, one.key, one.write())]):
            outcome.extras += 1
            if status == "kept":
                outcome.kept.append((entry.name, entry.file))


def _put(unit: Unit, result: Done, ledger: Ledger, outcome: Outcome) -> None:
    outcome.plain += result.plain
    files = [Made(unit.names[place], unit.keys[place], data) for place, data in result.files]
    for entry, status in ledger.put(files) if files else ():
        suffix = entry.name.rpartition(".")[2]
        outcome.made[suffix] = outcome.made.get(suffix, 0) + 1
        if status == "kept":
            outcome.kept.append((entry.name, entry.file))
