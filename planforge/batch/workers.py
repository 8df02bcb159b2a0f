"""Who does the work: this process, a few of its own, or any executor; a few units are under way at once.

So memory stays flat however many letters there are, and a worker that dies costs time but no letter.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from multiprocessing import current_process, get_context
from multiprocessing.synchronize import Event

from planforge.batch.unit import RunSettings, UnitResult, WorkUnit, make
from planforge.core.processes import can_copy, cores, obey_parent

_WORTH = 150
"""Letters of PDF a process: fewer are laid out sooner than another process is at work."""

_COPIES = sys.platform == "linux"
"""Whether workers are copies of this process; elsewhere they start anew."""

_ELSEWHERE = 16
"""Units under way at an executor whose size nobody tells."""


def processes(units: Sequence[WorkUnit]) -> int:
    """How many processes pay for this work. Word letters alone take less time than handing them over."""
    files = [len(unit.rows) for unit in units if unit.suffix == "pdf"]
    return max(1, min(cores(), len(files), sum(files) // _WORTH))


def results(
    work: RunSettings, units: Sequence[WorkUnit], jobs: int, executor: Executor | None
) -> Generator[tuple[WorkUnit, UnitResult]]:
    """Each unit with what came of it, in order.

    Args:
        work: what the letters share.
        units: what is to be made.
        jobs: processes, where no executor is given; where one is, how many it has, if that is known.
        executor: any other way to have the work done.
    """
    if executor is None and (jobs <= 1 or len(units) < 2 or not _may_have_workers()):
        for unit in units:
            yield unit, make(work, unit)
        return
    work = replace(work, cores=1)
    if executor is not None:
        work = replace(work, folder="")  # nobody knows where it works
    left = deque(range(len(units)))
    under_way: deque[tuple[int, Future[UnitResult]]] = deque()
    own: ProcessPoolExecutor | None = None
    with ExitStack() as stack:
        if executor is None:
            most = 2 * jobs
            context = get_context("fork" if _COPIES else None)
            stop = context.Event()
            own = ProcessPoolExecutor(min(jobs, len(units)), context, _begin, (work, units, stop))
            stack.callback(own.shutdown, wait=True, cancel_futures=True)
            begun: Callable[[int], Future[UnitResult]] = partial(_told, own)
        else:
            most = max(2 * jobs, _ELSEWHERE)
            begun = partial(_submitted, executor, work, units)
        try:
            while left or under_way:
                while left and len(under_way) < most:
                    under_way.append((left[0], begun(left[0])))
                    left.popleft()
                number, future = under_way[0]
                result = future.result()
                under_way.popleft()
                yield units[number], result
        except BrokenExecutor:
            left.extendleft(number for number, _ in reversed(under_way))
        except BaseException:
            if own is not None:
                stop.set()
                with _deaf():  # stopped while it waits for them, it would leave them at work for ever
                    own.shutdown(wait=True, cancel_futures=True)
            raise
        finally:
            for _, future in under_way:
                future.cancel()
    for number in left:  # a worker died (of too little memory, mostly): one at a time needs less
        yield units[number], make(work, units[number])


def _may_have_workers() -> bool:
    """Whether this process may have workers of its own: where they are copies of it, not once it has laid something out."""
    import planforge.writers.pdf  # noqa: F401  it knows whether something was laid out

    return can_copy() if _COPIES else not current_process().daemon


@contextmanager
def _deaf() -> Iterator[None]:
    """Nobody stops this: it does not take long."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    before = {number: signal.getsignal(number) for name in names if (number := getattr(signal, name, None))}
    for number in before:
        signal.signal(number, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _told(pool: Executor, number: int) -> Future[UnitResult]:
    """A unit's work at a pool of our own, which is told no more than its number."""
    return pool.submit(_make, number)


def _submitted(
    executor: Executor, work: RunSettings, units: Sequence[WorkUnit], number: int
) -> Future[UnitResult]:
    """A unit's work at an executor that knows nothing of it."""
    return executor.submit(make, work, units[number])


_job: tuple[RunSettings, Sequence[WorkUnit], Event] | None = None
"""In a worker of our own, all that it may be asked to do, and whether it is to stop.

It has that from the start and is only told numbers: before Python 3.11.7 a pool whose worker dies while a long message
is on its way to it waits for ever (cpython issue 94777).
"""


def _begin(work: RunSettings, units: Sequence[WorkUnit], stop: Event) -> None:
    global _job
    obey_parent()
    _job = (work, units, stop)


def _make(number: int) -> UnitResult:
    assert _job is not None
    work, units, stop = _job
    if stop.is_set():
        raise CancelledError
    return make(work, units[number])
