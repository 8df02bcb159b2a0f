"""The text of a tagged PDF by its own structure: paragraphs, headings and cells as whoever wrote it meant them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from planforge.readers.paper import OldPaper, Piece, PieceKind

_CELLS = ("TD", "TH")
_BLOCKS = (
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "Title",
    "Caption",
    "LI",
    "LBody",
    "BlockQuote",
    "TOCI",
    "Note",
    *_CELLS,
)
_MOST = 0.9
"""Share of a page's characters that must be tagged; the rest may be page numbers and lines that no reader needs."""
_ENDS = "。！？!?；;：:"
_DEPTH = 60


@dataclass(slots=True)
class _Node:
    """An element of the structure. parts: its words and its elements in order."""

    type: str
    parts: list[str | _Node]

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def nodes(self) -> list[_Node]:
        return [part for part in self.parts if isinstance(part, _Node)]


def tagged_paper(document: Any, file: str) -> OldPaper | None:
    """A PDF's text by its tags; None where it has none, or they leave out what is printed.

    Args:
        document: an open `pypdfium2.PdfDocument`.
        file: its name.
    """
    pieces: list[Piece] = []
    table = 0
    for number, page in enumerate(document, 1):
        nodes, share = _structure(page)
        if share < _MOST:
            return None
        found = []
        for node in nodes:
            for piece in _pieces(node, table):
                table = max(table, piece.table)
                found.append(piece)
        found = [piece for piece in found if piece.text.strip()]
        placed = [
            replace(piece, where=f"第{number}页{piece.where or f'第{count}段'}")
            for count, piece in enumerate(found, 1)
        ]
        if pieces and placed and _goes_on(pieces[-1], placed[0]):
            pieces[-1] = replace(pieces[-1], text=pieces[-1].text + placed.pop(0).text)
        pieces += placed
    return OldPaper(file, tuple(pieces)) if pieces else None


def _goes_on(before: Piece, after: Piece) -> bool:
    """Whether a page's first piece goes on with the sentence of the last page's last one."""
    return before.kind == after.kind == "body" and not before.text.rstrip().endswith(tuple(_ENDS))


def _structure(page: Any) -> tuple[list[_Node], float]:
    """The elements of a page, and the share of its characters that they hold."""
    import pypdfium2.raw as raw

    words: dict[int, str] = {}
    characters = 0
    text_page = page.get_textpage()
    for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        text = _string(raw.FPDFTextObj_GetText, piece.raw, text_page.raw)
        identity = raw.FPDFPageObj_GetMarkedContentID(piece.raw)
        words[identity] = words.get(identity, "") + text
        characters += len(text.strip())
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return [], 0.0 if characters else 1.0
    try:
        nodes = [
            _node(element, words, 0)
            for index in range(raw.FPDF_StructTree_CountChildren(tree))
            if (element := raw.FPDF_StructTree_GetChildAtIndex(tree, index))
        ]
    finally:
        raw.FPDF_StructTree_Close(tree)
    held = sum(len(node.text.strip()) for node in nodes)
    artifacts = len(words.get(-1, "").strip())
    return nodes, 1.0 if not characters else (held + min(artifacts, 30)) / characters


def _node(element: Any, words: dict[int, str], depth: int) -> _Node:
    import pypdfium2.raw as raw

    node = _Node(_string(raw.FPDF_StructElement_GetType, element), [])
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if child and depth < _DEPTH:
            node.parts.append(_node(child, words, depth + 1))
        elif not child:
            node.parts.append(words.get(raw.FPDF_StructElement_GetChildMarkedContentID(element, index), ""))
    return node


def _string(read: Any, *of: Any) -> str:
    """What a function of PDFium's writes in UTF-16 into room that it is given."""
    length = read(*of, None, 0)
    if length <= 2:
        return ""
    # One of them takes units of two bytes, the others bytes: room for the larger does for both.
    room = ctypes.create_string_buffer(2 * length)
    kind = read.argtypes[len(of)]
    read(*of, room if kind is ctypes.c_void_p else ctypes.cast(room, kind), length)
    return room.raw.decode("utf-16-le", "replace").split("\0", 1)[0]


def _pieces(node: _Node, tables: int, label: str = "") -> Iterator[Piece]:
    if node.type == "Table":
        yield from _table(node, tables + 1)
        return
    if node.type == "LI":
        label = "".join(child.text for child in node.nodes if child.type == "Lbl")
        node = _Node("LI", [child for child in node.nodes if child.type != "Lbl"])
    if node.type in _BLOCKS and not any(_has_block(child) for child in node.nodes):
        level = int(node.type[1]) if node.type[:1] == "H" and node.type[1:].isdecimal() else 0
        kind: PieceKind = "heading" if level else "body"
        yield Piece(label + node.text, "", kind, level)
        return
    for part in node.parts:
        if isinstance(part, _Node):
            for piece in _pieces(part, tables, label):
                tables = max(tables, piece.table)
                yield piece
            label = ""
        elif part.strip():
            yield Piece(label + part, "")
            label = ""


def _has_block(node: _Node) -> bool:
    return node.type in (*_BLOCKS, "Table", "L") or any(_has_block(child) for child in node.nodes)


def _table(table: _Node, number: int) -> Iterator[Piece]:
    for row, node in enumerate(_below(table, ("TR",)), 1):
        cells = [
            "\n".join(part.text for part in cell.nodes if part.type == "P") or cell.text
            for cell in _below(node, _CELLS)
        ]
        words = " ".join(cells)
        for column, text in enumerate(cells, 1):
            where = f"表{number}第{row}行第{column}格"
            yield Piece(text, where, "cell", row=words, table=number, at=(row - 1, column - 1))


def _below(node: _Node, types: tuple[str, ...]) -> Iterator[_Node]:
    for child in node.nodes:
        if child.type in types:
            yield child
        else:
            yield from _below(child, types)
