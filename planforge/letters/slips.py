"""The slips alone, without their letters: for those who have lost theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planforge.document.tree import Block, Document, Slip, Title, plain
from planforge.document.uncut import uncut


def has_slip(document: Document) -> bool:
    """Whether a letter carries a slip."""
    return any(isinstance(block, Slip) for block in document.blocks)


def slips_only(document: Document) -> Document:
    """A document of a letter's slips, each with its title; nothing is cut off it any more."""
    return uncut(replace(document, blocks=tuple(_blocks(document))))


def _blocks(document: Document) -> Iterator[Block]:
    for block in document.blocks:
        if isinstance(block, Slip):
            if plain(block.title):
                yield Title(block.title, block.place)
            yield from block.blocks
