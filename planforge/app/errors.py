"""What can go wrong, as the doors meet it: problems with their places, and the exceptions that carry them."""

from planforge.check import CheckFailed
from planforge.core.problems import Cancelled, InputError, MissingPart, Place, Problem
from planforge.output import FolderBusy, OutputError

__all__ = [
    "Cancelled",
    "CheckFailed",
    "FolderBusy",
    "InputError",
    "MissingPart",
    "OutputError",
    "Place",
    "Problem",
]
