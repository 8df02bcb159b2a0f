"""Numbers of headings and items, worked out once, on the tree.

Word shows the same numbers by its own numbering, the other writers print these labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planforge.document.look import Numbering
from planforge.document.tree import Attachment, Block, Document, Heading, Item, NumberedList, Slip

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A count in Chinese, as Word's chineseCountingThousand writes it: 一, 十一, 二十, 一百零一. 1 to 9999."""
    if not 0 < number < 10_000:
        raise ValueError(f"no Chinese count for {number}")
    text, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return text.removeprefix("一") if 10 <= number < 20 else text


def label(pattern: str, number: int) -> str:
    """A pattern of the look with its count filled in."""
    return pattern.replace("{chinese}", chinese(number)).replace("{arabic}", str(number))


def labels(document: Document, scheme: Numbering) -> Mapping[int, str]:
    """The label of every heading and item of a document, by `id()` of the node.

    Headings of a level count within the heading above them and start again in each attachment; items
    count within their list. Where numbers are typed, labels are empty.
    """
    numbers: dict[int, str] = {}
    _blocks(document.blocks, scheme, numbers)
    return dict.fromkeys(numbers, "") if document.numbering == "typed" else numbers


def attachment_marks(document: Document) -> Mapping[int, str]:
    """附件1, 附件2 … by `id()` of the attachment; a single one is marked 附件 (GB/T 9704-2012 7.3.7)."""
    attachments = [block for block in document.blocks if isinstance(block, Attachment)]
    if len(attachments) == 1:
        return {id(attachments[0]): "附件"}
    return {id(block): f"附件{count}" for count, block in enumerate(attachments, 1)}


def _blocks(blocks: Iterable[Block], scheme: Numbering, numbers: dict[int, str]) -> None:
    counts = [0, 0, 0, 0]
    for block in blocks:
        match block:
            case Heading(level=level):
                counts[level - 1] += 1
                counts[level:] = [0] * (4 - level)
                numbers[id(block)] = label(scheme.headings[level - 1], counts[level - 1])
            case NumberedList():
                _items(block, scheme, numbers)
            case Attachment() | Slip():
                _blocks(block.blocks, scheme, numbers)
            case _:
                pass


def _items(numbered: NumberedList, scheme: Numbering, numbers: dict[int, str]) -> None:
    item: Item
    for count, item in enumerate(numbered.items, 1):
        numbers[id(item)] = label(scheme.items[numbered.level - 1], count)
        if item.items is not None:
            _items(item.items, scheme, numbers)
