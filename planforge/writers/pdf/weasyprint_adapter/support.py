"""Which WeasyPrint is installed, what of it the letters rely on, and what is missing."""

from __future__ import annotations

import importlib
from functools import cache

from planforge.writers.pdf.weasyprint_adapter.loading import loaded

LOWEST, BELOW = (70, 0), (71, 0)
"""Versions with which the suites of batch and PDF pass (`make test-weasyprint`): from, up to but not with. 69.0 runs, but
sets the rows of a table that reaches a page's end at other heights than Word does (four tests of parity)."""

REQUIREMENT = f"weasyprint>={LOWEST[0]}.{LOWEST[1]},<{BELOW[0]}"
"""The same as pip reads it, and as pyproject.toml has it."""

SUPPORTED = f"{LOWEST[0]}.{LOWEST[1]} 到 {BELOW[0] - 1}.x"
"""The same as people read it."""

_RELIED_ON = (
    ("weasyprint.pdf.fonts", "get_hb_object_data"),
    ("weasyprint.text.ffi", "ffi"),
    ("weasyprint.text.ffi", "harfbuzz"),
    ("weasyprint.formatting_structure.boxes", "MarginBox"),
    ("weasyprint.formatting_structure.boxes", "LineBox"),
    ("weasyprint.formatting_structure.boxes", "TableCellBox"),
    ("weasyprint.formatting_structure.boxes", "BlockBox"),
)
"""Private names that `page_parts` and `fonts` use, by module."""


def version() -> str:
    """WeasyPrint's version as it gives it."""
    return str(loaded().__version__)


def producer() -> str:
    """What WeasyPrint writes into a file's properties as the program that made it."""
    return f"WeasyPrint {version()}"


@cache
def unsupported() -> str:
    """In Chinese, why letters cannot be put together from laid-out parts with this WeasyPrint; empty where they can.

    Asked once a process. Then each letter is laid out by itself, which takes a hundred times as long.
    """
    return unsupported_version(version()) or _missing_names()


def unsupported_version(installed: str) -> str:
    """In Chinese, that a version is outside the supported range; empty where it is not."""
    numbers = tuple(int(part) for part in installed.split(".")[:2] if part.isdigit())
    if LOWEST <= numbers < BELOW:
        return ""
    return f"WeasyPrint {installed} 不在支持的版本（{SUPPORTED}）之内"


def _missing_names() -> str:
    for module, name in _RELIED_ON:
        try:
            if hasattr(importlib.import_module(module), name):
                continue
        except ImportError:
            pass
        return f"WeasyPrint {version()} 里没有 {module}.{name}"
    return ""


def pango_version() -> tuple[int, int, int]:
    """The version of the Pango library that WeasyPrint has loaded."""
    from weasyprint.text import ffi

    number = ffi.pango.pango_version()
    return number // 10000, number // 100 % 100, number % 100


def subsets_by_harfbuzz() -> bool:
    """Whether WeasyPrint has HarfBuzz subset fonts, which it does from HarfBuzz 4.1 on, or does it with fontTools."""
    from weasyprint.text import ffi

    subsetting = getattr(ffi, "harfbuzz_subset", None)
    return subsetting is not None and bool(ffi.harfbuzz.hb_version_atleast(4, 1, 0))
