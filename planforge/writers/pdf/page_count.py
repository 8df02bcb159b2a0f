"""How many pages a PDF of ours has, told from its bytes."""

from __future__ import annotations

import re
import zlib

_PACKED = re.compile(rb"/Type\s*/ObjStm[^>]*>>\s*stream\r?\n")
_TREE = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")


def count(data: bytes) -> int:
    """The pages of a PDF that WeasyPrint wrote, from the count in its page tree.

    Raises ValueError for a file in which none is found.
    """
    texts = [data, *(zlib.decompressobj().decompress(data[one.end() :]) for one in _PACKED.finditer(data))]
    found = [int(first or second) for text in texts for first, second in _TREE.findall(text)]
    if not found:
        raise ValueError("no page tree found")
    return max(found)
