"""Whether each heading stands below one of the level above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planforge.core.problems import Problem
from planforge.document.tree import Attachment, Block, Closing, Heading, Signatures, plain

_SHOWN = ("一、", "（一）", "1.", "（1）")


def orphans(blocks: Iterable[Block]) -> list[Problem]:
    """Headings that no heading above them can hold.

    A level may be left out between 一、 and 1. only (GB/T 9704-2012 7.3.3, as it is commonly applied).
    """
    problems: list[Problem] = []
    level = 0
    for block in blocks:
        if isinstance(block, Attachment):
            problems.extend(orphans(block.blocks))
        elif isinstance(block, Heading):
            if block.level > level + 1 and not (level == 1 and block.level == 3):
                above = f"“{_SHOWN[level - 1]}”" if level else "没有上级标题的地方"
                problems.append(
                    Problem(
                        f"“{_SHOWN[block.level - 1]}”不能直接放在{above}下面",
                        block.place,
                        found=f"<h{block.level}>",
                        expected=f"<h{level + 1}>",
                        code="heading-level",
                    )
                )
            level = block.level
    return problems


def childless(blocks: Sequence[Block]) -> list[Problem]:
    """Headings with nothing below them."""
    problems: list[Problem] = []
    for block, after in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Attachment):
            problems.extend(childless(block.blocks))
        elif isinstance(block, Heading):
            ends = after is None or isinstance(after, Closing | Attachment | Signatures)
            if ends or (isinstance(after, Heading) and after.level <= block.level):
                problems.append(
                    Problem(
                        f"标题“{plain(block.content)}”下面没有内容",
                        block.place,
                        fix="没有内容时用 if 连标题一起略去，或在 card.yaml 里写 when",
                        code="heading-empty",
                    )
                )
    return problems
