"""Loading WeasyPrint: most of the time it takes goes into looking for libraries by names they do not have here."""

from __future__ import annotations

import ctypes.util
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def loaded() -> Any:
    """WeasyPrint's module. Raises ImportError, or OSError where one of its libraries is missing."""
    try:
        with _libraries_by_their_own_names(), _nothing_thrown_away():
            import weasyprint
    except OSError:
        import weasyprint
    return weasyprint


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """What is loaded stays: it is not gone through for garbage, neither while it is loaded nor later."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _libraries_by_their_own_names() -> Iterator[None]:
    """On Linux, take libraries by the file names that WeasyPrint lists (libpango-1.0.so.0), and by no others.

    It tries names of other systems first. For each of these Python starts ldconfig, gcc and ld to look for it: half a
    second in all.
    """
    if sys.platform != "linux":
        yield
        return
    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find
