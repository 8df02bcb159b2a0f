"""An old paper as a document tree, its words untouched: title, headings, paragraphs, tables, salutation, closing.

Numbers stay as they were typed, and those that Word counted are typed out: what is printed stays what was printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from statistics import median
from typing import Literal

from planforge.document.tree import (
    Block,
    Break,
    Cell,
    Closing,
    Document,
    Heading,
    Inlines,
    Paragraph,
    Table,
    Text,
    Title,
)
from planforge.readers.paper import OldPaper, Piece

_NUMBERED = (
    (1, re.compile(r"[一二三四五六七八九十百]{1,4}、|第[一二三四五六七八九十百]{1,4}[章部]")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十百]{1,4}节")),
    (3, re.compile(r"\d{1,2}[.．、](?!\d)")),
    (4, re.compile(r"[（(]\d{1,2}[)）]")),
)
"""Numbers as they are typed before headings (GB/T 9704-2012 7.3.3), by level."""
_DAY = re.compile(
    r"(?:二[〇○零\d一二三四五六七八九]{3}|20\d\d)年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_HEADING = 40
"""Characters that a heading has at most; longer ones are sentences."""
_ISSUER = 40
_TITLE_LINES = 4
_ENDS = "。；！？;!?"
_SPACES = " \u3000\t\xa0\n"


def tree_of(paper: OldPaper) -> Document:
    """The tree of a paper. What stands outside the running text is not in it.

    Args:
        paper: as it was read.
    """
    pieces = [piece for piece in paper.pieces if piece.kind != "outside" and (piece.table or _words(piece))]
    title, rest = _title(pieces)
    closing, rest = _closing(rest)
    blocks: list[Block] = [] if title is None else [title]
    for number, group in groupby(rest, key=lambda piece: piece.table):
        if number:
            blocks.append(_table(list(group)))
            continue
        blocks += [
            _block(piece, first=len(blocks) == (title is not None) + at) for at, piece in enumerate(group)
        ]
    if closing is not None:
        blocks.append(closing)
    name = "" if title is None else "".join(node.text for node in title.content if isinstance(node, Text))
    return Document("restyled", name, tuple(blocks), numbering="typed")


def what_it_has(document: Document) -> list[str]:
    """What was recognised in a paper, in Chinese, for whoever looks it over."""
    names = {Title: "标题", Paragraph: "段落", Table: "表格", Closing: "落款"}
    counted = Counter(
        f"{'一二三四'[block.level - 1]}级标题"
        if isinstance(block, Heading)
        else names.get(type(block), "其他")
        for block in document.blocks
    )
    return [f"{name} {count} 处" for name, count in counted.items()]


def _words(piece: Piece) -> str:
    return piece.number + piece.text.strip(_SPACES)


def _inline(words: str) -> Inlines:
    """Words with their line breaks."""
    nodes: list[Text | Break] = []
    for number, line in enumerate(words.split("\n")):
        nodes += [Break()] if number else []
        nodes += [Text(line.replace("\t", "　"))] if line else []
    return tuple(nodes)


def _level(piece: Piece) -> int:
    """The level of a heading, by its number as it is typed, else by its style; 0 of running text."""
    words = _words(piece)
    if len(words) > _HEADING or words[-1] in _ENDS:
        return 0
    typed = next((level for level, pattern in _NUMBERED if pattern.match(words)), 0)
    if piece.kind == "heading":
        return typed or min(4, max(1, piece.level))
    set_apart = piece.look.bold or any(name in piece.look.style.casefold() for name in ("黑体", "标题"))
    return typed if typed and (typed <= 2 or set_apart) else 0


def _title(pieces: Sequence[Piece]) -> tuple[Title | None, list[Piece]]:
    """The lines of the title, and what follows them."""
    body = median([piece.look.size for piece in pieces if piece.look.size] or [0])
    lines: list[Piece] = []
    for piece in pieces[:_TITLE_LINES]:
        if piece.table:
            break
        words = _words(piece)
        short = len(words) <= _HEADING and words[-1] not in _ENDS and words[-1] not in "：:"
        named = piece.look.style.casefold() in ("title", "标题") or (
            piece.kind == "heading" and piece.level == 1
        )
        typed = any(pattern.match(words) for _, pattern in _NUMBERED)
        stands_out = piece.look.align == "centre" or named or (body and piece.look.size > body + 1)
        if typed or not short or not (stands_out or not lines):
            break
        if not lines and not stands_out and len(pieces) > 1 and words[-1] in "，、":
            break
        lines.append(piece)
        if not stands_out:
            break
    if not lines:
        return None, list(pieces)
    return Title(_inline("\n".join(map(_words, lines)))), list(pieces[len(lines) :])


def _closing(pieces: Sequence[Piece]) -> tuple[Closing | None, list[Piece]]:
    """Who issued the paper and the day, where it ends so, and what stands before."""
    if not pieces or pieces[-1].table or not _DAY.fullmatch(_words(pieces[-1]).replace(" ", "")):
        return None, list(pieces)
    before = pieces[-2] if len(pieces) > 1 else None
    issued = (
        before is not None
        and not before.table
        and len(_words(before)) <= _ISSUER
        and _words(before)[-1] not in _ENDS
        and not any(pattern.match(_words(before)) for _, pattern in _NUMBERED)
    )
    if not issued or before is None:
        return None, list(pieces)
    return Closing((_inline(_words(before)),), _inline(_words(pieces[-1]))), list(pieces[:-2])


def _block(piece: Piece, *, first: bool) -> Block:
    words = _words(piece)
    if level := _level(piece):
        return Heading(level, _inline(words))
    if first and words[-1] in "：:" and len(words) <= _ISSUER:
        return Paragraph(_inline(words), "salutation")
    role = "right" if piece.look.align == "right" else "centre" if piece.look.align == "centre" else "body"
    return Paragraph(_inline(words), role)  # type: ignore[arg-type]


def _table(pieces: Sequence[Piece]) -> Table:
    columns = max(piece.at[1] + piece.span for piece in pieces)
    widths = [2.0] * columns
    for piece in pieces:
        if piece.span == 1:
            longest = max(map(len, piece.text.split("\n")))
            widths[piece.at[1]] = max(widths[piece.at[1]], min(20.0, float(longest)))
    made = tuple(_rows({piece.at: piece for piece in pieces}, columns))
    tall = any(cell.rows > 1 for cell in made[0])
    head = made[:1] if len(made) > 1 and not tall else ()
    return Table(tuple(widths), head, made[len(head) :])


def _rows(pieces: Mapping[tuple[int, int], Piece], columns: int) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table, each cell in its column: an empty cell stands where the paper has none to read."""
    covered = {
        (row, column)
        for (first, left), piece in pieces.items()
        for row in range(first, first + piece.rows)
        for column in range(left, left + piece.span)
    } - pieces.keys()
    last = max(row + piece.rows for (row, _), piece in pieces.items())
    begun = {row for row, _ in pieces}  # a row of nothing but cells that go on from above is none
    for row in range(last):
        cells = []
        for column in range(columns):
            piece = pieces.get((row, column))
            if piece is not None:
                rows = len(begun.intersection(range(row, row + piece.rows)))
                align: Literal["centre", "left"] = "centre" if len(piece.text) <= 8 else "left"
                cells.append(Cell(_inline(_words(piece)), align, piece.span, rows))
            elif row in begun and (row, column) not in covered:
                cells.append(Cell(()))
        if cells:
            yield tuple(cells)
