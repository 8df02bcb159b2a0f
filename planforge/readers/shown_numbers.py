"""The numbers that Word shows, counted from the numbering part as Word counts.

Programs that save a file again give its lists other ids and cut them into other pieces; the numbers that
stand on the page stay the same, and so they are what tells whether somebody changed a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Counter:
    """Counts the paragraphs of all lists, in the order in which they are asked for."""

    def __init__(self, numbering: Element | None) -> None:
        """numbering: root of the numbering part; None where the file has none."""
        self._abstract: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if numbering is None:
            return
        for abstract in numbering.findall(f"{_W}abstractNum"):
            self._starts[abstract.get(f"{_W}abstractNumId", "")] = {
                int(level.get(f"{_W}ilvl", "0")): _number(level.find(f"{_W}start"), 1)
                for level in abstract.findall(f"{_W}lvl")
            }
        for num in numbering.findall(f"{_W}num"):
            identity = num.get(f"{_W}numId", "")
            pointer = num.find(f"{_W}abstractNumId")
            self._abstract[identity] = "" if pointer is None else pointer.get(f"{_W}val", "")
            self._overrides[identity] = {
                int(override.get(f"{_W}ilvl", "0")): _number(override.find(f"{_W}startOverride"), 1)
                for override in num.findall(f"{_W}lvlOverride")
                if override.find(f"{_W}startOverride") is not None
            }

    def next(self, num_id: str, level: int) -> int:
        """The number of the next paragraph of a list (w:numId) at a level.

        Lists with one abstract list count on from each other; one with a start of its own begins anew when
        it is first met. A level begins anew below each number of a higher one.
        """
        abstract = self._abstract.get(num_id, num_id)
        counts = self._counts.setdefault(abstract, {})
        overrides = self._overrides.get(num_id, {})
        if num_id not in self._begun:
            self._begun.add(num_id)
            for overridden in overrides:
                counts.pop(overridden, None)
        start = overrides.get(level, self._starts.get(abstract, {}).get(level, 1))
        counts[level] = counts[level] + 1 if level in counts else start
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return counts[level]


def _number(element: Element | None, default: int) -> int:
    value = "" if element is None else element.get(f"{_W}val", "")
    return int(value) if value.lstrip("-").isdigit() else default
