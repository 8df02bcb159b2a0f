"""Reading a profile from disk: what could be read, where each value stands, and every problem at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from planforge.core.problems import Place, Problem
from planforge.profile.consistency import check
from planforge.profile.extending import Layer, Stack, read_layers, read_text
from planforge.profile.model import Profile
from planforge.profile.one_line import open_lines
from planforge.profile.validate import drop_blanks, printable, traces, validate

MAX_PROBLEMS = 200
"""More than anybody reads at once."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class ReadProfile:
    """A profile as read.

    profile: whatever could be read; wrong parts are left out. places, keys: by dotted path, where the value
    and its key stand
    (keys that were left blank too). layers: by dotted path, which layer the value came from. problems: errors and
    notices, in order of place. ok: no error among them. spoiled: paths whose value was wrong in itself, or whose key
    was misspelt. whole: no file, and no part of one, was unreadable.
    """

    profile: Profile
    places: Mapping[str, Place] = field(default_factory=dict)
    keys: Mapping[str, Place] = field(default_factory=dict)
    layers: Mapping[str, Layer] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    spoiled: Collection[str] = ()
    whole: bool = True

    def lost(self, path: str) -> bool:
        """Whether what should stand at `path` was wrong, and has been reported and left out."""
        while path and self.spoiled:
            if path in self.spoiled:
                return True
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return not self.whole

    @property
    def ok(self) -> bool:
        """Whether documents can be made from it: there is no error, only notices at most."""
        return not any(problem.severity == "error" for problem in self.problems)

    def place(self, path: str) -> Place | None:
        """Where the value at `path` stands, or the nearest value above it; None where nothing was written."""
        return nearest(self.places, path)

    def layer(self, path: str) -> Layer | None:
        """Which layer the value at `path` came from; None where nothing was written."""
        return nearest(self.layers, path)


def nearest(known: Mapping[str, _Value], path: str) -> _Value | None:
    """What is known of `path`, or of the nearest path above it."""
    while path:
        if path in known:
            return known[path]
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return None


def read_profile(path: Path) -> ReadProfile:
    """Read the profile at `path` with all that it extends. Never raises for what a person did wrong."""
    problems: list[Problem] = []
    return _reading(read_layers(Path(path), problems.append), problems)


def read_profile_text(text: str, file: str = "<text>") -> ReadProfile:
    """Read a profile from text, without the ones it extends; `file` names it in problems."""
    problems: list[Problem] = []
    return _reading(read_text(text, file, problems.append), problems)


def _reading(stack: Stack, problems: list[Problem]) -> ReadProfile:
    if stack.root is None:
        return ReadProfile(Profile(), problems=_sorted(problems), whole=False)
    root = stack.root
    printable(root, problems.append)
    open_lines(root)
    drop_blanks(root, problems.append)
    profile = validate(root, problems.append)
    traced = traces(root)
    layers = {path: stack.layers[index] for path, index in traced.files.items()}
    reading = ReadProfile(profile, traced.values, traced.keys, layers)
    if stack.whole:

        def place(path: str) -> Place:
            exact = traced.values.get(path) or traced.keys.get(path)
            return exact or reading.place(path) or root.place

        problems.extend(check(profile, place, traced.spoiled, traced.keys))
    return ReadProfile(
        profile, traced.values, traced.keys, layers, _sorted(problems), traced.spoiled, stack.whole
    )


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    ordered = sorted(dict.fromkeys(problems), key=lambda problem: (problem.place or Place(""), problem.code))
    rest = ordered[MAX_PROBLEMS:]
    if rest:
        message = f"还有 {len(rest)} 处问题没有列出，改好上面这些再查"
        ordered[MAX_PROBLEMS:] = [Problem(message, rest[0].place, code="problems.many")]
    return tuple(ordered)
