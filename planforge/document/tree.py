"""The document tree: the waist between templates and writers.

Templates state what a document consists of, writers print it, and everything that reasons about a
document (numbering, checks, counting) works on this tree. All nodes are immutable; a block carries
the place in the template that it came from, so that whatever is wrong with it can be shown there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from planforge.core.problems import Place

# --- inline -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand in the template itself. strong: set apart from the words around it.

    cut: said of cutting a slip off, so not where there is nothing to cut (`document.uncut`).
    """

    text: str
    strong: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A printed value of the profile or of a rule: path names it (`school.name`), text is what is printed."""

    path: str
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A recipient's value that is only printed; it stays open until a recipient is known."""

    name: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """An underlined space to write in by hand. width: in characters of the text it stands in."""

    width: float


@dataclass(frozen=True, slots=True)
class Break:
    """A new line within a block."""


Inline = Text | Fact | Field | Blank | Break
Inlines = tuple[Inline, ...]


# --- blocks -----------------------------------------------------------------------------------

ParagraphRole = Literal["body", "flush", "salutation", "centre", "right", "note", "attachment"]
Align = Literal["left", "centre", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title; lines are broken by sense with `Break`."""

    content: Inlines
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading. level: 1 to 4 (一、 （一） 1. （1）)."""

    level: int
    content: Inlines
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text. role: which paragraph style of the look prints it."""

    content: Inlines
    role: ParagraphRole = "body"
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item: its own text and, where it has some, items a level below."""

    content: Inlines
    items: NumberedList | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Items that count from one. level: 1 (1.) or 2 (（1）)."""

    items: tuple[Item, ...]
    level: int = 1
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line with a label before it, continued flush after the label: 组　长：…, 附件：1.…"""

    label: str
    content: Inlines
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. span: columns it covers; rows: rows it covers (the covered cells are left out below)."""

    content: Inlines
    align: Align = "left"
    span: int = 1
    rows: int = 1
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. widths: relative widths of the columns; head: rows repeated on each page."""

    widths: tuple[float, ...]
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: Inlines = ()
    place: Place | None = field(default=None, compare=False)


FigureKind = Literal["columns", "shares"]


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands at one place of a figure: its name, a value for each series (empty: none), and its limit."""

    name: Inlines
    values: tuple[Inlines, ...]
    limit: Inlines = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart drawn from its data. columns: upright, side by side; shares: lying, 0 to 100 per cent.

    title: printed below it; alternative: what it shows, for those who do not see it; series: what the values of
    a bar are, in their order; unit: of the numbers; limit: what the limits are called. Values are printed beside their bars, so that nobody has to
    read them off an axis.
    """

    kind: FigureKind
    title: Inlines
    alternative: Inlines
    series: tuple[Inlines, ...]
    bars: tuple[Bar, ...]
    unit: str = ""
    limit: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Closing:
    """落款: who issues the document, and the date below it (GB/T 9704-2012 7.3.5.2).

    issuer may hold several names, one a line; date empty: a blank date to fill in by hand is printed.
    """

    issuer: tuple[Inlines, ...]
    date: Inlines
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Masthead:
    """红头 (GB/T 9704-2012 7.2): the issuer's mark, the document's number and the red line below them.

    signer: name of the 签发人, for a document that goes upward; the number then stands on the left. Printed
    only in a look that has a red head.
    """

    issuer: Inlines
    number: Inlines = ()
    signer: Inlines = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 (7.4): who gets copies, who issued the document and when; at the foot of the last page.

    Printed only in a look that has a red head.
    """

    office: Inlines
    date: Inlines
    copies: Inlines = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Party:
    """One who signs: how they are called, and the lines to fill in (签名, 盖章, 日期)."""

    name: Inlines
    lines: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signature block: two parties stand side by side, more of them one below the other."""

    parties: tuple[Party, ...]
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Slip:
    """A tear-off slip below a cutting line; never split, kept on the page of its letter."""

    title: Inlines
    blocks: tuple[Block, ...]
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment on a page of its own: 附件1 flush, its title centred, then its blocks (7.3.7)."""

    title: Inlines
    blocks: tuple[Block, ...]
    place: Place | None = field(default=None, compare=False)


Block = (
    Title
    | Heading
    | Paragraph
    | NumberedList
    | Labelled
    | Table
    | Figure
    | Closing
    | Signatures
    | Slip
    | Attachment
    | Masthead
    | Imprint
)


NumberingKind = Literal["native", "text", "typed"]
"""typed: the numbers stand in the words already, as somebody typed them."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. kind: its kind's folder name; title: the title as one line, for file and properties.

    numbering: whether Word counts headings and items itself, or their numbers are written out as words, which
    survive being pasted into an office system or a chat.
    """

    kind: str
    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    subject: str = ""
    numbering: NumberingKind = "native"


def plain(content: Inlines) -> str:
    """The words of inline content as one string: a field as 「name」, a blank as low lines."""
    parts = []
    for node in content:
        match node:
            case Text(text=text) | Fact(text=text):
                parts.append(text)
            case Field(name=name):
                parts.append(f"「{name}」")
            case Blank(width=width):
                parts.append("＿" * max(1, round(width)))
            case Break():
                parts.append("\n")
    return "".join(parts)


def inlines_of(block: Block) -> Iterator[Inlines]:
    """Every piece of inline content below a block, in reading order."""
    match block:
        case Title() | Heading() | Paragraph() | Labelled():
            yield block.content
        case NumberedList():
            for item in block.items:
                yield item.content
                if item.items is not None:
                    yield from inlines_of(item.items)
        case Table():
            if block.caption:
                yield block.caption
            for row in (*block.head, *block.rows):
                for cell in row:
                    yield cell.content
        case Figure():
            yield from (block.title, block.alternative, *block.series)
            for bar in block.bars:
                yield from (bar.name, *bar.values, bar.limit)
        case Closing():
            yield from block.issuer
            yield block.date
        case Signatures():
            for party in block.parties:
                yield party.name
                yield from party.lines
        case Masthead():
            yield from (block.issuer, block.number, block.signer)
        case Imprint():
            yield from (block.copies, block.office, block.date)
        case Slip() | Attachment():
            yield block.title
            for inner in block.blocks:
                yield from inlines_of(inner)


def facts_of(document: Document) -> Iterator[Fact]:
    """Every printed fact of a document, in reading order."""
    for block in document.blocks:
        for content in inlines_of(block):
            for node in content:
                if isinstance(node, Fact):
                    yield node
