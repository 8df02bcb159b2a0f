"""Collecting what the checks find, each with its place and its field's title."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from planforge.core.problems import Place, Problem, Severity
from planforge.profile.field_titles import Step, title
from planforge.profile.titled import titled

PlaceOf = Callable[[str], Place | None]


def steps(path: str) -> tuple[Step, ...]:
    """The steps of a dotted path."""
    return tuple(int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", path))


@dataclass(slots=True)
class Findings:
    """The problems found so far."""

    place: PlaceOf
    spoiled: Collection[str] = ()
    problems: list[Problem] = field(default_factory=list)
    written: Mapping[str, Place] = field(default_factory=dict)
    """Where each key stands that was written, blank or not."""

    def add(
        self,
        path: str,
        code: str,
        message: str,
        found: str = "",
        expected: str = "",
        fix: str = "",
        *,
        severity: Severity = "error",
    ) -> None:
        """Report what is wrong with the value at `path`."""
        place, keys = self.place(path), steps(path)
        if place is not None and place.cell:
            message, expected, fix = (titled(text, keys) for text in (message, expected, fix))
        problem = Problem(message, place, title(keys), found, expected, fix, code, severity)
        self.problems.append(problem)

    def lost(self, path: str) -> bool:
        """Whether what should stand at `path`, or at a path above it, was wrong and has been left out."""
        while path and self.spoiled:
            if path in self.spoiled:
                return True
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return False

    def lost_below(self, path: str) -> bool:
        """Whether anything at or below `path` has been left out."""
        return self.lost(path) or any(
            spoiled.startswith((f"{path}.", f"{path}[")) for spoiled in self.spoiled
        )

    def line(self, path: str) -> str:
        """“第 n 行”, or the cell, where the value at `path` stands."""
        place = self.place(path)
        if place and place.cell:
            return place.cell
        return f"第 {place.line} 行" if place and place.line else "另一处"


def listed(grades: Iterable[int]) -> str:
    """Grades for reading: 1、2、3 年级."""
    return "、".join(str(grade) for grade in grades) + " 年级"
