"""How many pages a PDF of ours has, told from its bytes."""

from __future__ import annotations

import re

_TREE = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")


def count(data: bytes) -> int:
    """The pages of a PDF that WeasyPrint wrote: one page tree, in the clear.

    Raises ValueError for a file without one.
    """
    found = [int(first or second) for first, second in _TREE.findall(data)]
    if not found:
        raise ValueError("no page tree in the clear")
    return max(found)
