"""The lists of many letters in one file: each letter's count from one, and share the patterns they count by."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{W}val"
_BEFORE_NUMBERS = tuple(
    W + name for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)


class MergedLists:
    """The numbering part of a file that letters are added to."""

    def __init__(self, root: _Element) -> None:
        self.root = root
        self._number = max((int(number.get(f"{W}numId", "0")) for number in root.iter(f"{W}num")), default=0)
        self._last = [child for child in root if child.tag == f"{W}num"][-1]
        abstracts = list(root.iter(f"{W}abstractNum"))
        self._abstract = max(
            (int(abstract.get(f"{W}abstractNumId", "0")) for abstract in abstracts), default=0
        )
        self._known: dict[bytes, str] = {
            _pattern(abstract): abstract.get(f"{W}abstractNumId", "0") for abstract in abstracts
        }

    def letter(self, numbering: _Element) -> LetterLists:
        """For the lists of a further letter, given its own numbering part."""
        return LetterLists(self, numbering)

    def taken(self, number: _Element, numbering: _Element) -> str:
        """A list of another file as one of this file's own; its number."""
        wanted = number.find(f"{W}abstractNumId")
        identity = wanted.get(_VAL, "0") if wanted is not None else "0"
        abstract = next(
            other for other in numbering.iter(f"{W}abstractNum") if other.get(f"{W}abstractNumId") == identity
        )
        self._number += 1
        made = deepcopy(number)
        made.set(f"{W}numId", str(self._number))
        made.find(f"{W}abstractNumId").set(_VAL, self._pattern(abstract))
        overridden = {override.get(f"{W}ilvl") for override in made.findall(f"{W}lvlOverride")}
        for level in abstract.findall(f"{W}lvl"):
            if level.get(f"{W}ilvl") not in overridden:
                override = made.makeelement(f"{W}lvlOverride", {f"{W}ilvl": level.get(f"{W}ilvl", "0")})
                override.append(override.makeelement(f"{W}startOverride", {_VAL: "1"}))
                made.append(override)
        self._last.addnext(made)
        self._last = made
        return str(self._number)

    def _pattern(self, abstract: _Element) -> str:
        """What a list counts by: one that is here already, else a new one."""
        key = _pattern(abstract)
        if key not in self._known:
            self._abstract += 1
            made = deepcopy(abstract)
            made.set(f"{W}abstractNumId", str(self._abstract))
            for name, start in (("nsid", 0x504C4600), ("tmpl", 0x464F5200)):
                element = made.find(f"{W}{name}")
                if element is not None:
                    element.set(_VAL, f"{start + self._abstract:08X}")
            next(self.root.iter(f"{W}num")).addprevious(made)
            self._known[key] = str(self._abstract)
        return self._known[key]


class LetterLists:
    """The lists of one letter, by the numbers that they have in its own file."""

    def __init__(self, lists: MergedLists, numbering: _Element) -> None:
        self._lists = lists
        self._numbering = numbering
        self._numbers: dict[str, str] = {"0": "0"}

    def restart(self, paragraph: _Element, by_style: Mapping[str, tuple[str, str]]) -> None:
        """Let a paragraph count in this letter's lists. by_style: list and level of styles that count."""
        properties = paragraph.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        own = properties.find(f"{W}numPr/{W}numId") if properties is not None else None
        if own is not None:
            own.set(_VAL, self._number(own.get(_VAL, "0")))
        elif style is not None and properties is not None and style.get(_VAL) in by_style:
            number, level = by_style[style.get(_VAL, "")]
            element = properties.makeelement(f"{W}numPr", {})
            for name, value in (("ilvl", level), ("numId", self._number(number))):
                element.append(element.makeelement(f"{W}{name}", {_VAL: value}))
            before = [child for child in properties if child.tag in _BEFORE_NUMBERS]
            properties.insert(len(before), element)

    def _number(self, theirs: str) -> str:
        if theirs not in self._numbers:
            matching = [
                number for number in self._numbering.iter(f"{W}num") if number.get(f"{W}numId") == theirs
            ]
            self._numbers[theirs] = self._lists.taken(matching[0], self._numbering) if matching else "0"
        return self._numbers[theirs]


def counted_by_style(styles: _Element) -> dict[str, tuple[str, str]]:
    """Paragraph styles that bring a list with them, also from the style they are based on: list and level."""
    every = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    counted: dict[str, tuple[str, str]] = {}
    for identity in every:
        name, seen = identity, set[str]()
        while name in every and name not in seen:
            seen.add(name)
            number = every[name].find(f"{W}pPr/{W}numPr/{W}numId")
            if number is not None:
                level = every[name].find(f"{W}pPr/{W}numPr/{W}ilvl")
                at = level.get(_VAL, "0") if level is not None else "0"
                if number.get(_VAL, "0") != "0":
                    counted[identity] = (number.get(_VAL, "0"), at)
                break
            above = every[name].find(f"{W}basedOn")
            name = above.get(_VAL, "") if above is not None else ""
    return counted


def _pattern(abstract: _Element) -> bytes:
    """A list's levels as they are written, without the numbers that tell it from others."""
    from lxml import etree

    levels: list[bytes] = [etree.tostring(level, method="c14n") for level in abstract.findall(f"{W}lvl")]
    return b"".join(levels)
