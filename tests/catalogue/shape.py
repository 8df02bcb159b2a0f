"""The shape of a composed document: its sections with their items, its leaders, its calendar, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from planforge.document.tree import (
    Block,
    Closing,
    Document,
    Fact,
    Heading,
    Labelled,
    NumberedList,
    Paragraph,
    Signatures,
    Table,
    Text,
    inlines_of,
    plain,
)

PHONE = re.compile(r"0\d{2,3}-\d{7,8}")
_MONTH = re.compile(r"(\d{1,2})月")


@dataclass(slots=True)
class Part:
    """A section, or what stands in one list without any: heading, level, and what stands right below it."""

    heading: str
    level: int
    items: list[str] = field(default_factory=list)
    subitems: dict[int, int] = field(default_factory=dict)
    labelled: list[tuple[str, str]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    parts: int = 0

    @property
    def text(self) -> str:
        """All its words."""
        lines = [label + words for label, words in self.labelled]
        return "\n".join([*self.paragraphs, *self.items, *lines, *("｜".join(row) for row in self.rows)])


@dataclass(frozen=True, slots=True)
class Shape:
    """opening: paragraphs before the first section; parts: the sections, the closing words taken out.

    signatures: how each who signs is called, with the line to sign on.
    """

    opening: list[str]
    parts: list[Part]
    closing: str
    text: str
    signatures: tuple[str, ...] = ()


def shape_of(document: Document, closing: str = "") -> Shape:
    """What a document consists of. closing: the words that its last paragraph of text begins with, if any."""
    opening: list[str] = []
    parts: list[Part] = []
    found = ""
    for block in document.blocks:
        match block:
            case Heading():
                parts.append(Part(plain(block.content), block.level))
                for above in reversed(parts[:-1]):
                    if above.level < block.level:
                        above.parts += 1
                        break
            case Paragraph() if closing and plain(block.content).startswith(closing):
                found = plain(block.content)
            case Paragraph() if title := led_by(block):
                parts.append(Part(title.rstrip("。："), 0))
                parts[-1].paragraphs.append(plain(block.content).removeprefix(title))
            case Paragraph() if not parts:
                opening.append(plain(block.content))
            case Paragraph() | NumberedList() | Labelled() | Table():
                if not parts:
                    parts.append(Part("", 0))
                _into(parts[-1], block)
    signed = tuple(
        plain(party.name)
        for block in document.blocks
        if isinstance(block, Signatures)
        for party in block.parties
    )
    return Shape(opening, parts, found, text_of(document), signed)


def led_by(block: Block) -> str:
    """The title, set apart, that a paragraph begins with; "" where it begins with none."""
    content = block.content if isinstance(block, Paragraph) else ()
    return plain(tuple(takewhile(lambda node: isinstance(node, Text | Fact) and node.strong, content)))


def _into(part: Part, block: Block) -> None:
    match block:
        case Paragraph():
            part.paragraphs.append(plain(block.content))
        case NumberedList():
            for item in block.items:
                part.items.append(plain(item.content))
                if item.items is not None:
                    part.subitems[len(part.items)] = len(item.items.items)
        case Labelled():
            part.labelled.append((block.label, plain(block.content)))
        case Table():
            part.rows.extend([plain(cell.content) for cell in row] for row in block.rows)


def text_of(document: Document) -> str:
    """All words of a document, a paragraph, item or cell a line."""
    lines = []
    for block in document.blocks:
        if isinstance(block, Labelled):
            lines.append(block.label + plain(block.content))
        elif not isinstance(block, Closing):
            lines.extend(plain(content) for content in inlines_of(block))
    return "\n".join(lines)


def people(part: Part, form: str) -> dict[str, list[str]]:
    """The leaders in a section by office (heads, deputies, members), from lines, a table or running text."""
    found: dict[str, list[str]] = {"heads": [], "deputies": [], "members": []}
    offices = {"副组长": "deputies", "组长": "heads", "成员": "members"}
    if form == "lines":
        for label, words in part.labelled:
            office = offices.get(re.sub(r"[\s：]", "", label))
            if office:
                found[office] += _names(words)
    elif form == "table":
        for row in part.rows:
            if row[0] in offices:
                found[offices[row[0]]].append(row[1])
    else:
        for office, words in re.findall(
            r"[，。]?(副组长|组长|成员)([^。]*?)(?=，副组长|，成员|。)", part.text
        ):
            found[offices[office]] += _names(words)
    return found


def _names(words: str) -> list[str]:
    """Names with what stands in brackets behind them, divided by 、 outside of the brackets."""
    return [one for one in re.split(r"、(?![^（]*）)", words) if one]


def months(part: Part) -> list[int]:
    """The month of each item of a calendar, whichever way it is written."""
    if part.rows:
        return [int(found[1]) for row in part.rows if (found := _MONTH.search(row[0]))]
    if part.items:
        named = [_MONTH.findall(item.split("日至")[0]) for item in part.items]
        return [int(all_named[-1]) for all_named in named if all_named]
    result = []
    for line in part.paragraphs:
        if found := re.match(r"(\d{1,2})月：", line):
            result += [int(found[1])] * (line.count("；") + 1)
    return result
