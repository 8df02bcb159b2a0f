"""Work for further processes, each a copy of this one as it stands: shared out among several, or done meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

_PR_SET_PDEATHSIG = 1
"""linux/prctl.h."""

T = TypeVar("T")
R = TypeVar("R")

_shared: tuple[Callable[[Any], Any], Sequence[Any]] | None = None
"""What the copies are to do; they have it from the process that they are copies of, so it is never sent."""

_checks: list[Callable[[], bool]] = []
"""What must hold for this process to be copied; see `copy_only_if`."""


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_copy() -> bool:
    """Whether this process may be copied as it stands.

    Pango keeps a thread of its own that a copy would lack and wait for, so none is made once something has been
    laid out. Where processes must start anew instead, they take longer to load than they save. A daemon may have no
    processes of its own.
    """
    daemon = multiprocessing.current_process().daemon
    if sys.platform != "linux" or threading.active_count() > 1 or daemon:
        return False
    return all(check() for check in _checks)


def copy_only_if(check: Callable[[], bool]) -> None:
    """Have copies of this process made only while `check` holds; for modules whose state a copy could not go on using."""
    _checks.append(check)


def obey_parent() -> None:
    """In a worker: whether to stop is its parent's to say, and without the parent there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def end_with_parent() -> None:
    """In a worker: end as soon as the process that it works for is gone, however that came to its end.

    Otherwise it would wait for work for ever: the workers keep each other's queue open.
    """
    for name in ("SIGTERM", "SIGHUP"):  # as the parent may have set them for itself
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux" and _killed_with(parent.pid):
        return
    gone = parent.sentinel

    def watch() -> None:
        wait([gone])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _killed_with(parent: int | None) -> bool:
    """Have the system kill this process at the moment its parent dies (prctl(2)); whether that could be had."""
    import ctypes

    try:
        set_signal = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return False
    if set_signal(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        return False
    if os.getppid() != parent:  # it died before that
        os._exit(1)
    return True


def shared_out(
    work: Callable[[T], R],
    items: Sequence[T],
    processes: int,
    order: Sequence[int] | None = None,
    each: Callable[[R], R] | None = None,
) -> list[R] | None:
    """Each item's result, in the items' order; None where one process was ended from outside, as by want of memory.

    processes: how many copies. order: which items are begun first. each: called with each result as it comes; what it
    raises ends the work. Results are sent between processes; what
    `work` raises is raised here.
    """
    global _shared
    order = range(len(items)) if order is None else order
    _shared = (work, items)
    try:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(processes, context, initializer=end_with_parent) as pool:
            results = pool.map(_one, order)
            made = dict(zip(order, results if each is None else map(each, results), strict=True))
    except BrokenProcessPool:
        return None
    finally:
        _shared = None
    return [made[number] for number in range(len(items))]


@contextmanager
def aside(work: Callable[[], Iterable[R]]) -> Iterator[Iterator[R]]:
    """Have something done meanwhile by a copy of this process, where there may be one.

    Gives what comes of it, once all is done. That may end early: what the copy could not do, whatever the reason, is
    left to this process. Results are sent between processes.
    """
    if not can_copy():
        yield iter(())
        return
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    copy = context.Process(target=_aside, args=(work, sender), daemon=True)
    copy.start()
    sender.close()

    def results() -> Iterator[R]:
        while True:
            try:
                made: R = receiver.recv()
            except (EOFError, OSError):
                return
            yield made

    try:
        yield results()
    finally:
        receiver.close()
        copy.kill()
        copy.join()


def apart(work: Callable[[], R]) -> R:
    """Have something done by a copy of this process, so that this one may be copied afterwards, too; or here.

    What `work` raises is raised here.
    """
    with aside(lambda: iter([work()])) as made:
        for one in made:
            return one
    return work()


def _aside(work: Callable[[], Iterable[Any]], sender: Connection) -> None:
    obey_parent()
    made = []  # as far as it gets, that is of use
    with suppress(Exception):  # the other process will meet it and tell it
        for one in work():
            made.append(one)
    with suppress(OSError):  # nobody wants it any more
        for one in made:
            sender.send(one)


def _one(number: int) -> Any:
    assert _shared is not None
    work, items = _shared
    return work(items[number])
