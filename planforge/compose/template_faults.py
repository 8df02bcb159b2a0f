"""What a template does wrong while it runs; the place is added where the run is seen as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from planforge.core.problems import Place, Problem


class TemplateFault(Exception):
    """A mistake in a template: one Chinese sentence, with the details of a `Problem` but its place."""

    def __init__(
        self, message: str, code: str, *, found: str = "", expected: str = "", fix: str = ""
    ) -> None:
        super().__init__(message)
        self.message, self.code = message, code
        self.found, self.expected, self.fix = found, expected, fix

    def at(self, place: Place | None) -> Problem:
        """The problem that a person reads."""
        return Problem(
            self.message,
            place,
            found=self.found,
            expected=self.expected,
            fix=self.fix,
            code=self.code,
        )


def alike(word: str, known: Iterable[str]) -> str:
    """The known word most like this one; "" where none is alike."""
    return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=0.6)), "")


def suggestion(word: str, known: Iterable[str]) -> str:
    """A sentence that names the known word most like this one, or all of them where none is alike."""
    names = sorted(known)
    if near := alike(word, names):
        return f"是不是 {near}？"
    return f"可用的有：{'、'.join(names)}" if names else ""
