"""What no page break parts: a closing from its text, and what leads to a table or list from its beginning.

GB/T 9704-2012 7.3.5.5 wants running text on the page that is signed. The last line alone would do for the rule, not
for the eye: here the paragraphs that make up the last three lines go with the closing, whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from planforge.document.closing import characters
from planforge.document.tree import (
    Attachment,
    Block,
    Closing,
    Document,
    Item,
    Labelled,
    NumberedList,
    Paragraph,
    Signatures,
    Slip,
    Table,
    plain,
)

LINES = 3
"""Lines of running text that a closing has above it on its page at least, where the text has as many."""
_WHOLE = 6
"""A paragraph of more lines may be parted; to keep it whole would leave too much of the page before empty."""


def kept_for_closing(document: Document, width: float) -> frozenset[int]:
    """The identities of the paragraphs and items that stay whole and on the page of what follows them.

    width: characters in a line. All writers ask with the same look, so that their pages break alike.
    """
    return frozenset(_kept(document.blocks, width))


def _kept(blocks: Sequence[Block], width: float) -> Iterator[int]:
    for place, block in enumerate(blocks):
        if isinstance(block, Attachment | Slip):
            yield from _kept(block.blocks, width)
        if isinstance(block, Table | NumberedList) and place:
            above = blocks[place - 1]
            leads = isinstance(above, Paragraph) and plain(above.content).endswith("：")
            if leads and _height(above, width) <= _WHOLE:
                yield id(above)
        if isinstance(block, Closing | Signatures):
            lines = 0
            for node in _upwards(blocks[:place]):
                high = _height(node, width)
                if high > _WHOLE:
                    break
                yield id(node)
                lines += high
                if lines >= LINES:
                    break


def _height(node: Block | Item, width: float) -> int:
    """About how many lines a paragraph has."""
    if not isinstance(node, Paragraph | Labelled | Item):
        return 1
    label = node.label if isinstance(node, Labelled) else ""
    return math.ceil((characters(label + plain(node.content)) + 2) / width)


def _upwards(blocks: Sequence[Block]) -> Iterator[Paragraph | Labelled | Item]:
    """Paragraphs and items from the last one up, as far as nothing else stands between them."""
    for block in reversed(blocks):
        match block:
            case Paragraph() | Labelled():
                yield block
            case NumberedList():
                yield from reversed(list(_items(block)))
            case _:
                return


def _items(numbered: NumberedList) -> Iterator[Item]:
    for item in numbered.items:
        yield item
        if item.items is not None:
            yield from _items(item.items)
