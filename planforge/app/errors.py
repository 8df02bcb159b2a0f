"""What can go wrong, as every command meets it: problems with their places, and what carries them. Quick to load."""

from planforge.core.problems import Cancelled, InputError, MissingPart, Place, Problem
from planforge.core.system_messages import why
from planforge.core.version import __version__
from planforge.output import FolderBusy, OutputError

__all__ = [
    "Cancelled",
    "FolderBusy",
    "InputError",
    "MissingPart",
    "OutputError",
    "Place",
    "Problem",
    "__version__",
    "why",
]
