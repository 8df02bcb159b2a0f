"""planforge: one school's form becomes every document of a term, in Word and in PDF.

    from planforge import School

    school = School.open("我校.yaml")
    report = school.build("output")

What this module exports is stable by semantic versioning (docs/api.md); every other module is private.
"""

from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING, Any

from planforge.core.version import __version__

if TYPE_CHECKING:
    from planforge.app.letters import LetterOrder
    from planforge.app.master_letter import MasterOrder
    from planforge.app.school import School, read_roster, read_rules
    from planforge.check import CheckFailed, Finding
    from planforge.core.problems import Cancelled, InputError, MissingPart, Place, Problem
    from planforge.output import FolderBusy, OutputError

_HOMES = {
    "planforge.app.letters": ("LetterOrder",),
    "planforge.app.master_letter": ("MasterOrder",),
    "planforge.app.school": ("School", "read_roster", "read_rules"),
    "planforge.check": ("CheckFailed", "Finding"),
    "planforge.core.problems": ("Cancelled", "InputError", "MissingPart", "Place", "Problem"),
    "planforge.output": ("FolderBusy", "OutputError"),
}

__all__ = [
    "Cancelled",
    "CheckFailed",
    "Finding",
    "FolderBusy",
    "InputError",
    "LetterOrder",
    "MasterOrder",
    "MissingPart",
    "OutputError",
    "Place",
    "Problem",
    "School",
    "__version__",
    "read_roster",
    "read_rules",
]

logging.getLogger("planforge").addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    """A name that is exported, loaded when it is first asked for: a command needs few of them."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
