"""Which paragraphs of a letter go with its closing: that depends on how many lines they take, so on the values in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planforge.document.closing import characters
from planforge.document.ending import kept_for_closing
from planforge.document.tree import (
    Attachment,
    Block,
    Closing,
    Document,
    Field,
    Item,
    Labelled,
    NumberedList,
    Paragraph,
    Signatures,
    Slip,
)
from planforge.letters.filling import filled

Kept = tuple[int, ...]
"""The paragraphs and items that are kept, by their places among all."""

_LENGTHS = 4000  # combinations of values' lengths that are remembered


class Keeping:
    """One composition, asked letter by letter."""

    def __init__(self, document: Document, width: float) -> None:
        """width: characters in a line."""
        self._document = document
        self._width = width
        self._fields = tuple(dict.fromkeys(_fields_above_closings(document.blocks)))
        self._known: dict[tuple[float, ...], Kept] = {}
        self.depends = bool(self._fields)
        """Whether values have any say in it."""

    def of(self, values: Mapping[str, str]) -> Kept:
        """What is kept in the letter with these values."""
        key = tuple([characters(values.get(name, "")) for name in self._fields])
        if key not in self._known:
            if len(self._known) >= _LENGTHS:
                self._known.clear()
            letter = filled(self._document, values)
            kept = kept_for_closing(letter, self._width)
            self._known[key] = tuple(n for n, node in enumerate(_nodes(letter.blocks)) if id(node) in kept)
        return self._known[key]


def _fields_above_closings(blocks: Sequence[Block]) -> Iterator[str]:
    """Fields in the running text that stands right above a closing."""
    run: list[Paragraph | Labelled | Item] = []
    for block in blocks:
        if isinstance(block, Attachment | Slip):
            yield from _fields_above_closings(block.blocks)
        if isinstance(block, Paragraph | Labelled | NumberedList):
            run += _nodes((block,))
            continue
        if isinstance(block, Closing | Signatures):
            yield from (inline.name for node in run for inline in node.content if isinstance(inline, Field))
        run = []


def _nodes(blocks: Sequence[Any]) -> Iterator[Paragraph | Labelled | Item]:
    for block in blocks:
        match block:
            case Paragraph() | Labelled():
                yield block
            case NumberedList():
                yield from _nodes(block.items)
            case Item():
                yield block
                if block.items is not None:
                    yield from _nodes(block.items.items)
            case Attachment() | Slip():
                yield from _nodes(block.blocks)
            case _:
                pass
