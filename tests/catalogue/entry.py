"""One entry of the catalogue: what a source document was found to consist of, and what had to be repaired.

`expected.yaml` transcribes the source as it is, damage included. `repairs` names each thing that is
damaged, forbidden today, overtaken, or made up in its place (people, places); nothing else may differ.
A section's `about` has a word for each of its items, in the source's order.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
BECAUSE = ("damaged", "forbidden", "outdated", "invented")
LOST = "lost"

_KEYS = {"source", "kind", "outline", "facts", "repairs"}
_OUTLINE = {"opening", "sections", "closing", "leaders", "schedule", "phone", "signatures"}
_SECTION = {"id", "level", "heading", "items", "about", "parts", "lines", "subitems"}
_FACT = {"id", "source", "says", "never"}
_REPAIR = {"at", "source", "because", "why", "now", "never"}


class Mistake(Exception):
    """An entry that says something that it cannot mean."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A source document. outline, facts: with the repairs made; repairs: as written."""

    id: str
    kind: str
    source: str
    outline: dict[str, Any]
    facts: tuple[dict[str, Any], ...]
    repairs: tuple[dict[str, Any], ...]

    @property
    def folder(self) -> Path:
        """Where its profile, its expectation and its own templates are."""
        return FOLDER / self.id

    @property
    def items(self) -> int:
        """How many numbered items and lines its sections have."""
        return sum(one.get("items", 0) + one.get("lines", 0) for one in self.outline["sections"])


def ids() -> list[str]:
    """All entries of the catalogue."""
    return sorted(path.parent.name for path in FOLDER.glob("*/expected.yaml"))


def load(name: str) -> Entry:
    """Read an entry and make its repairs. Raises Mistake where it is not whole."""
    return from_data(name, yaml.safe_load((FOLDER / name / "expected.yaml").read_text(encoding="utf-8")))


def from_data(name: str, data: dict[str, Any]) -> Entry:
    """An entry from what its file says. Raises Mistake where it is not whole."""
    _known(data, _KEYS, name)
    _known(data["outline"], _OUTLINE, f"{name}: outline")
    data = deepcopy(data)
    facts, sections = data["facts"], data["outline"]["sections"]
    for group, keys in ((facts, _FACT), (sections, _SECTION)):
        for one in group:
            _known(one, keys, f"{name}: {one.get('id')}")
        if len({one["id"] for one in group}) != len(group):
            raise Mistake(f"{name}: two entries with one id")
    for repair in data.get("repairs", ()):
        _known(repair, _REPAIR, f"{name}: {repair.get('at')}")
        if repair["because"] not in BECAUSE or not repair.get("why") or not repair.get("source"):
            raise Mistake(f"{name}: {repair['at']} does not say what was wrong and why")
        _repair(data, repair, name)
    for fact in facts:
        if not fact.get("says") and not fact.get("never"):
            raise Mistake(f"{name}: fact {fact['id']} is neither found nor repaired")
    for section in sections:
        if section.get("heading") == LOST:
            raise Mistake(f"{name}: the lost heading of {section['id']} is not repaired")
    return Entry(
        name, data["kind"], data["source"], data["outline"], tuple(facts), tuple(data.get("repairs", ()))
    )


def _known(data: dict[str, Any], keys: set[str], where: str) -> None:
    if unknown := set(data) - keys:
        raise Mistake(f"{where}: unknown {sorted(unknown)}")


def _repair(data: dict[str, Any], repair: dict[str, Any], name: str) -> None:
    """Put a repaired value where the source's stands: `facts.<id>`, `sections.<id>.<key>`, `outline.<key>`.

    `sections.add` is a last section that the source lost.
    """
    group, _, rest = repair["at"].partition(".")
    if group == "facts":
        fact = _find(data["facts"], rest, name)
        if fact.get("says"):
            raise Mistake(f"{name}: fact {rest} is both found and repaired")
        fact["says"] = repair.get("now", [])
        fact["never"] = repair.get("never", [])
    elif repair["at"] == "sections.add":
        _known(repair["now"], _SECTION, name)
        data["outline"]["sections"].append(repair["now"])
    elif group == "sections":
        which, _, key = rest.partition(".")
        section = _find(data["outline"]["sections"], which, name)
        if key not in section:
            raise Mistake(f"{name}: {repair['at']} repairs nothing")
        section[key] = repair["now"]
    elif group == "outline":
        target = data["outline"]
        *above, last = rest.split(".")
        for part in above:
            target = target[part]
        if last not in target:
            raise Mistake(f"{name}: {repair['at']} repairs nothing")
        target[last] = repair["now"]
    else:
        raise Mistake(f"{name}: {repair['at']} is no place")


def _find(entries: list[dict[str, Any]], wanted: str, name: str) -> dict[str, Any]:
    for one in entries:
        if one["id"] == wanted:
            return one
    raise Mistake(f"{name}: there is no {wanted}")
