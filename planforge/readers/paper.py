"""An old paper as it was read: its pieces of text in reading order, each with where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml.etree import _Element

PieceKind = Literal["title", "heading", "body", "cell", "outside"]
"""outside: what stands beside the running text (header, footer, text box, note, comment)."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set, as far as it tells what the paragraph is.

    align: left, centre, right or justify; size: points, 0 where unknown; bold: all of it; style: the style's name.
    """

    style: str = ""
    align: str = "left"
    size: float = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or a table's cell.

    Attributes:
        text: its words; a new line within it is a line feed.
        where: where it stands, in Chinese: 第3段, 表1第2行第1格, 页眉.
        kind: what it is.
        level: of a heading, from 1; 0 otherwise.
        number: the number that the program shows before it, which is not in its words.
        row: of a cell, what its row says.
        table: of a cell, which one, from 1; 0 otherwise. at: its row and column, from 0. span, rows: what it covers.
        look: how it is set.
        element: the paragraphs that it was read from, of a Word file.
        part: the name of their part.
    """

    text: str
    where: str
    kind: PieceKind = "body"
    level: int = 0
    number: str = ""
    row: str = ""
    table: int = 0
    at: tuple[int, int] = (0, 0)
    span: int = 1
    rows: int = 1
    look: Look = field(default_factory=Look)
    elements: tuple[_Element, ...] = field(default=(), compare=False, repr=False)
    part: str = ""


@dataclass(frozen=True, slots=True)
class OldPaper:
    """A paper that was read. file: as the person names it; left_out: what was not read of it, in Chinese."""

    file: str
    pieces: tuple[Piece, ...]
    left_out: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All words of the running text, a paragraph or cell a line, with the numbers that are shown."""
        return "\n".join(piece.number + piece.text for piece in self.pieces if piece.kind != "outside")
