"""What a school's own paper has above and below the text: words, page numbers, pictures and rules, as plain data.

The Word writer keeps the school's parts as they are; this is what the PDF prints of them. Lengths are in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

Side = Literal["header", "footer"]
Pages = Literal["odd", "even", "first"]
Edge = Literal["left", "centre", "right", "justify"]
FIELD = re.compile("\ue0f0([^\ue0f1]*)\ue0f1")
"""A recipient's value in the words of a letterhead."""


def field_mark(name: str) -> str:
    """What stands in a letterhead's words for a recipient's value."""
    return f"\ue0f0{name}\ue0f1"


@dataclass(frozen=True, slots=True)
class Letters:
    """How words are set. font: Word's name for the Chinese one; colour: RRGGBB, empty for black."""

    size: float = 10.5
    font: str = ""
    bold: bool = False
    colour: str = ""
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class LetterheadWords:
    """Words set alike; a line feed begins a new line."""

    text: str
    letters: Letters


@dataclass(frozen=True, slots=True)
class PageCount:
    """The number of the page (`page`) or of all pages (`pages`)."""

    of: Literal["page", "pages"]
    letters: Letters


@dataclass(frozen=True, slots=True)
class Tab:
    """On to the next tab stop. stop: the place and kind of one that the tab brings itself."""

    stop: TabStop | None = None


@dataclass(frozen=True, slots=True)
class TabStop:
    """at: from the left edge of the text; align: what of the words stands there."""

    at: float
    align: Edge = "left"


@dataclass(frozen=True, slots=True)
class Picture:
    """data: as the file has it; kind: png or jpeg."""

    data: bytes
    kind: str
    width: float
    height: float
    alternative: str = ""


Part = LetterheadWords | PageCount | Tab | Picture


@dataclass(frozen=True, slots=True)
class LetterheadRule:
    """A line above or below a paragraph. room: from the words to it."""

    thickness: float
    room: float
    colour: str = ""
    double: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph. pitch: exact distance of its lines; else `times` the height of its letters, at least `least`."""

    parts: tuple[Part, ...]
    letters: Letters
    align: Edge = "left"
    before: float = 0.0
    after: float = 0.0
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    pitch: float | None = None
    times: float = 1.0
    least: float = 0.0
    above: LetterheadRule | None = None
    below: LetterheadRule | None = None
    stops: tuple[TabStop, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table in a header. width: in points."""

    lines: tuple[Line, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in a header or footer. ruled: all its cells have rules; align: where it stands."""

    rows: tuple[tuple[GridCell, ...], ...]
    ruled: bool = False
    align: Edge = "left"


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture that stands on the page and not in the words. x, y: from the paper's upper left corner."""

    picture: Picture
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One header or footer."""

    blocks: tuple[Line | Grid, ...] = ()
    placed: tuple[Placed, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Its paragraphs, those in tables too."""
        for block in self.blocks:
            if isinstance(block, Line):
                yield block
            else:
                yield from (line for row in block.rows for cell in row for line in cell.lines)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """header, footer: how far the strips stand from the paper's edge. left_out: what no PDF of ours can print of
    them, in Chinese, each once.
    """

    header: float
    footer: float
    strips: Mapping[tuple[Side, Pages], Strip] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def lines(self) -> Iterator[Line]:
        """The paragraphs of all strips."""
        for strip in self.strips.values():
            yield from strip.lines()

    def fields(self) -> tuple[str, ...]:
        """The recipients' values that stand in its words."""
        words = (
            part.text for line in self.lines() for part in line.parts if isinstance(part, LetterheadWords)
        )
        return tuple(dict.fromkeys(name for text in words for name in FIELD.findall(text)))

    def filled(self, values: Mapping[str, str], blank: str) -> Letterhead:
        """The letterhead of one recipient. blank: stands where there is no value."""
        made = _filled(self, lambda match: values.get(match[1], "") or blank)
        assert isinstance(made, Letterhead)
        return made


def _filled(node: Any, value: Any) -> Any:
    if isinstance(node, str):
        return FIELD.sub(value, node)
    if isinstance(node, tuple):
        return tuple(_filled(item, value) for item in node)
    if isinstance(node, Mapping):
        return {key: _filled(item, value) for key, item in node.items()}
    if is_dataclass(node) and not isinstance(node, type):
        return type(node)(**{each.name: _filled(getattr(node, each.name), value) for each in fields(node)})
    return node
