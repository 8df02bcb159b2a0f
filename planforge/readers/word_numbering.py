"""The numbers that Word shows before paragraphs, as the words that it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from planforge.core.office_package import W
from planforge.document.numbering import chinese
from planforge.readers.shown_numbers import Counter

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHINESE = (
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographTraditional", "chineseLegalSimplified",
)  # fmt: skip
_PLACE = re.compile(r"%([1-9])")


class ShownNumbers:
    """Works out the number of each numbered paragraph, in the order in which they are asked for."""

    def __init__(self, numbering: _Element | None) -> None:
        """numbering: root of the numbering part; None where the file has none."""
        self._counter = Counter(numbering)
        self._levels: dict[str, dict[int, tuple[str, str]]] = {}
        self._last: dict[str, dict[int, int]] = {}
        if numbering is None:
            return
        abstract = {
            one.get(f"{W}abstractNumId", ""): {
                int(level.get(f"{W}ilvl", "0")): (value_of(level, "numFmt"), value_of(level, "lvlText"))
                for level in one.findall(f"{W}lvl")
                if level.get(f"{W}ilvl", "0").isdecimal()
            }
            for one in numbering.findall(f"{W}abstractNum")
        }
        for num in numbering.findall(f"{W}num"):
            self._levels[num.get(f"{W}numId", "")] = abstract.get(value_of(num, "abstractNumId"), {})

    def next(self, num_id: str, level: int) -> str:
        """The number of the next paragraph of a list (w:numId) at a level; a bullet as it is, empty where none shows."""
        count = self._counter.next(num_id, level)
        counts = self._last.setdefault(num_id, {})
        counts[level] = count
        levels = self._levels.get(num_id, {})
        form, pattern = levels.get(level, ("decimal", f"%{level + 1}."))
        if form == "none":
            return ""
        if form == "bullet":
            return "•" if pattern else ""
        return _PLACE.sub(lambda match: self._one(int(match[1]) - 1, counts, levels), pattern)

    @staticmethod
    def _one(level: int, counts: Mapping[int, int], levels: Mapping[int, tuple[str, str]]) -> str:
        count, form = counts.get(level, 1), levels.get(level, ("decimal", ""))[0]
        if form in _CHINESE and 0 < count < 10_000:
            return chinese(count)
        if form == "decimalEnclosedCircle" and 1 <= count <= 20:
            return chr(0x2460 + count - 1)
        if form in ("upperLetter", "lowerLetter") and 1 <= count <= 26:
            return chr((65 if form == "upperLetter" else 97) + count - 1)
        return str(count)


def value_of(element: _Element | None, name: str = "") -> str:
    """The `val` of an element, or of its child of a name; empty where there is none."""
    found = element.find(f"{W}{name}") if element is not None and name else element
    return "" if found is None else str(found.get(f"{W}val", ""))
