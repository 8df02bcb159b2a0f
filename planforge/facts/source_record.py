"""Where each value comes from, written down while Facts are put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel

from planforge.core.problems import Place, Problem
from planforge.facts.model import Facts, Missing, Source
from planforge.facts.paths import leaves, parent, source_of
from planforge.policy import KnownPhrase, Rule
from planforge.policy.rules_in_force import RuleSet
from planforge.profile.model import Profile

_G = TypeVar("_G")
_V = TypeVar("_V")


class ProfileReading(Protocol):
    """What `resolve` needs of a profile that was read: the profile, and where each value stands."""

    @property
    def profile(self) -> Profile:
        """The profile, as far as it could be read."""

    @property
    def places(self) -> Mapping[str, Place]:
        """Where each value of the profile stands, by dotted path with [index]."""

    @property
    def keys(self) -> Mapping[str, Place]:
        """Where each key stands that was written, with a value or blank."""

    @property
    def layers(self) -> Mapping[str, Literal["bureau", "school", "term"]]:
        """Which layer each value came from, by the same paths."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it."""

    def lost(self, path: str) -> bool:
        """Whether what should stand at `path` was wrong, and has been reported and left out."""


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(group: type) -> tuple[str, ...]:
    if group not in _NAMES:
        _NAMES[group] = tuple(field.name for field in fields(group))
    return _NAMES[group]


def _nearest(known: Mapping[str, _V], path: str) -> _V | None:
    while path:
        if path in known:
            return known[path]
        path = parent(path)
    return None


def empty(value: object) -> bool:
    """Whether nobody gave the value."""
    return value is None or value == "" or value == ()


class SourceRecord:
    """The account of one resolution: sources, what is missing, and what was set aside.

    rules: those in force on `day`: the paper's own, or the term's first.
    """

    def __init__(self, reading: ProfileReading, rules: RuleSet) -> None:
        self.rules = rules
        self.day = rules.day
        self.sources: dict[str, Source] = {}
        self.missing: list[Missing] = []
        self.notices: list[Problem] = []
        self._places, self._layers = reading.places, reading.layers

    def place(self, at: str) -> Place | None:
        """Where a profile's value stands, or the nearest thing that it belongs to."""
        return _nearest(self._places, at)

    def given(self, path: str, at: str = "") -> None:
        """The value at `path` is the profile's own; `at` is its path there, where it differs."""
        at = at or path
        self.sources[path] = Source("profile", self.place(at), layer=_nearest(self._layers, at) or "")

    def ruled(self, path: str, rule: Rule | KnownPhrase, at: str = "") -> None:
        """The value at `path` is a rule's or a fixed phrase's; `at`: where a person asked for it, if they did."""
        self.sources[path] = Source("rule", self.place(at) if at else None, rule.id)

    def derived(self, path: str) -> None:
        """The value at `path` follows from other facts or from custom."""
        self.sources[path] = Source("derived")

    def lacks(self, path: str, title: str, why: str) -> None:
        """Nobody gave the value at `path`, and a full document would state it."""
        self.missing.append(Missing(path, title, why))

    def copied(self, kind: type[_G], path: str, group: BaseModel, at: str = "", **more: Any) -> _G:
        """A group of Facts with the values of the profile's group of the same names; `more` goes before them.

        path: where the new group stands in Facts; at: where the profile's stands, if elsewhere.
        """
        at = at or path
        values: dict[str, Any] = {}
        for name in _names(kind):
            value = getattr(group, name, None)
            if empty(value):
                continue
            if name not in more:
                values[name] = value
                self.given(f"{path}.{name}", f"{at}.{name}")
            elif more[name] == value and f"{path}.{name}" not in self.sources:
                self.given(f"{path}.{name}", f"{at}.{name}")
        return kind(**values, **more)

    def complete(self, facts: Facts) -> dict[str, Source]:
        """The sources of every value of `facts`, each under its own path.

        A value without an entry of its own has that of the group or list it belongs to. Raises KeyError
        where there is none either: a fault of this room.
        """
        sources: dict[str, Source] = {}
        for path, _ in leaves(facts):
            source = source_of(self.sources, path)
            if source is None:
                raise KeyError(f"no source for {path}")
            sources[path] = source
        return sources
