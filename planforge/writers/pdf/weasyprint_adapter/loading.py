"""Loading WeasyPrint: most of the time it takes goes into what is never used here.

It looks for libraries by names that they do not have, and loads fontTools' means of subsetting fonts, which it only
needs where HarfBuzz cannot do that.
"""

from __future__ import annotations

import ctypes.util
import gc
import importlib
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

LAYOUT_LOCK = threading.RLock()
"""Held by whoever lays something out or writes what was laid out: WeasyPrint's fonts are for one thread at a time."""


@cache
def loaded() -> Any:
    """WeasyPrint's module.

    Raises:
        ImportError: Where it is not installed.
        OSError: Where one of its libraries is missing.
    """
    try:
        with _libraries_by_their_own_names(), _nothing_thrown_away(), _loaded_when_used():
            import weasyprint
    except (OSError, ImportError):
        import weasyprint
    return weasyprint


def imported_elsewhere() -> bool:
    """Whether somebody else has loaded WeasyPrint in this process, and may have laid something out."""
    return "weasyprint" in sys.modules and not loaded.cache_info().currsize


@cache
def font_configuration() -> Any:
    """One for the whole process: each further one would keep its fonts in memory."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def has_fonts_open() -> bool:
    """Whether this process has fonts open as a layout needs them."""
    return bool(font_configuration.cache_info().currsize)


def fetched(url: str, data: bytes, media_type: str) -> Any:
    """What a URL fetcher answers with."""
    from weasyprint.urls import URLFetcherResponse

    return URLFetcherResponse(url, data, {"Content-Type": media_type})


_LATER = {"fontTools.subset": (), "fontTools.varLib.instancer": ("instantiateVariableFont",)}
"""Modules that WeasyPrint asks for when it is loaded, and the functions it takes from them by name."""


class _Later(ModuleType):
    """Stands for a module that is loaded when something in it is first used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked by the import system
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def _loaded_when_used() -> Iterator[None]:
    """WeasyPrint gets stand-ins for these modules; whoever else imports them gets the modules."""
    stand_ins = {name: _Later(name) for name in _LATER if name not in sys.modules}
    for name, stand_in in stand_ins.items():
        for function in _LATER[name]:
            setattr(stand_in, function, _used_later(name, function))
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
            above, _, own = name.rpartition(".")
            if vars(sys.modules.get(above, stand_in)).get(own) is stand_in:
                delattr(sys.modules[above], own)


def _used_later(module: str, function: str) -> Callable[..., Any]:
    return lambda *given, **named: getattr(importlib.import_module(module), function)(*given, **named)


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
