"""Who does the work: this process, a few of its own, or any executor; a few units are under way at once.

So memory stays flat however many letters there are, and a worker that dies costs time but no letter.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack

from planforge.batch.work import Done, Unit, Work, make
from planforge.processes import end_with_parent

_WORTH = 150
"""Letters of PDF a process: fewer are laid out sooner than another process is at work."""

_ELSEWHERE = 16
"""Units under way at an executor whose size nobody tells."""


def processes(units: Sequence[Unit]) -> int:
    """How many processes pay for this work. Word letters alone take less time than handing them over."""
    files = [len(unit.rows) for unit in units if unit.suffix == "pdf"]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, len(files), sum(files) // _WORTH))


def results(
    work: Work, units: Sequence[Unit], jobs: int, executor: Executor | None
) -> Generator[tuple[Unit, Done]]:
    """Each unit with what came of it, in order.

    jobs: processes, where no executor is given; where one is, how many it has, if that is known.
    """
    if executor is None and (jobs <= 1 or len(units) < 2):
        for unit in units:
            yield unit, make(work, unit)
        return
    left = deque(units)
    under_way: deque[tuple[Unit, Future[Done]]] = deque()
    with ExitStack() as stack:
        most = max(2 * jobs, _ELSEWHERE)
        if executor is None:
            most = 2 * jobs
            executor = ProcessPoolExecutor(min(jobs, len(units)), initializer=_begin)
            stack.callback(executor.shutdown, wait=True, cancel_futures=True)
        try:
            while left or under_way:
                while left and len(under_way) < most:
                    under_way.append((left[0], executor.submit(make, work, left[0])))
                    left.popleft()
                unit, future = under_way[0]
                result = future.result()
                under_way.popleft()
                yield unit, result
        except BrokenExecutor:
            left.extendleft(unit for unit, _ in reversed(under_way))
        finally:
            for _, future in under_way:
                future.cancel()
    for unit in left:  # a worker died (of too little memory, mostly): one at a time needs less
        yield unit, make(work, unit)


def _begin() -> None:
    """In a worker: whether to stop is its parent's to say, and without the parent there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
