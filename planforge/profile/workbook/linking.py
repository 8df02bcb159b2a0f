"""Lists inside the entries of a list: a sheet of their own, whose rows name the entry that they belong to."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence

from planforge.core.problems import Problem
from planforge.core.yaml_nodes import Listing, Mapping, Scalar
from planforge.profile.workbook.blocks import FormBlock, blocks
from planforge.profile.workbook.cells import SPACE
from planforge.profile.workbook.table import TableEntry, as_text

Report = Callable[[Problem], None]

_NUMBERED = re.compile("第 ?([1-9][0-9]{0,4}) ?条")


def names(texts: Sequence[str]) -> list[str]:
    """How rows name each entry: by its own name, or as 第2条 where that would not tell it from others."""
    plain = [text.strip(SPACE) for text in texts]
    return [
        text
        if text and plain.count(text) == 1 and "\n" not in text and not _NUMBERED.fullmatch(text)
        else f"第{n}条"
        for n, text in enumerate(plain, 1)
    ]


def link(
    block: FormBlock, entries: Sequence[TableEntry], above: Sequence[TableEntry], report: Report
) -> None:
    """Put the rows of `block` into the entries of the list above that they name."""
    key = blocks()[block.parent].fields[0].path[-1]
    parents = [entry.node for entry in above if not entry.erased]
    known = dict(zip(names([as_text(parent, key) for parent in parents]), parents, strict=True))
    numbered = {f"第{n}条": parent for n, parent in enumerate(parents, 1)}
    for entry in entries:
        match = _NUMBERED.fullmatch(entry.link)
        name = f"第{match[1]}条" if match else entry.link
        parent = known.get(name) or numbered.get(name)
        if parent is None:
            _unknown(block, entry, list(known), report)
            continue
        _put(parent, block.path[-1], entry)


def _put(parent: Mapping, key: str, entry: TableEntry) -> None:
    listing = parent.entries.get(key)
    if not isinstance(listing, Listing):
        listing = Listing(entry.node.place, file_index=entry.node.file_index)
        parent.entries[key], parent.keys[key] = listing, entry.node.place
    listing.items.append(entry.node)


def _unknown(block: FormBlock, entry: TableEntry, known: Sequence[str], report: Report) -> None:
    if all(isinstance(value, Scalar) and value.blank for value in entry.node.entries.values()):
        return
    near = difflib.get_close_matches(entry.link, known, 1, 0.5) if entry.link else []
    message = f"{block.link}一列没有写" if not entry.link else f"没有叫“{entry.link[:40]}”的{block.link}"
    expected = "、".join(known[:10]) or f"先填“{block.link}”"
    fix = f"改成“{near[0]}”" if near else ""
    report(Problem(message, entry.link_place, block.title, entry.link[:40], expected, fix, "link.unknown"))
