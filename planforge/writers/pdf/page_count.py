"""How many pages a PDF of ours has, told from its bytes."""

from __future__ import annotations

import re
import zlib

_PACKED = re.compile(rb"/Type\s*/ObjStm[^>]*>>\s*stream\r?\n")
_TREE = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")


def count(data: bytes) -> int:
    """The pages of a PDF that WeasyPrint wrote, from the count in its page tree.

    Args:
        data: The whole file.

    Returns:
        How many pages it has.

    Raises:
        ValueError: For a file in which no page tree is found.
    """
    texts = [
        data,
        *(zlib.decompressobj().decompress(data[stream.end() :]) for stream in _PACKED.finditer(data)),
    ]
    counts = [int(first or second) for text in texts for first, second in _TREE.findall(text)]
    if not counts:
        raise ValueError("no page tree found")
    return max(counts)
