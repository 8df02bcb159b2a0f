"""Which block, which value a heading means: by its Chinese title, whatever stands around it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from planforge.profile.workbook.blocks import BlockField, FormBlock, blocks
from planforge.profile.workbook.cells import MARK, SPACE
from planforge.sheets.grid import SheetCell as Cell

STAR = "★"
"""Marks what a first plan needs; it belongs to the sheet, not to the title."""
VALUE = "填写内容"
"""Heads the column that is filled in beside the names of single values."""
GUIDE = "填写说明"
"""The sheet that explains the workbook; it is not read."""
NUMBER = "序号"
"""A column that people like to add; it is not read."""


def plain(text: str) -> str:
    """A heading for comparing: without spaces, stars and the difference of wide and narrow signs."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s★*·・•:：]+", "", text).lower()


def block_heading(cells: Mapping[int, Cell]) -> str | None:
    """The title in a row that begins a block; None for any other row."""
    texts = [cell.text.strip(SPACE) for cell in cells.values() if cell.text.strip(SPACE)]
    if len(texts) == 1 and texts[0].startswith(MARK) and not texts[0].startswith(MARK * 2):
        return texts[0].removeprefix(MARK).strip(SPACE)
    return None


@cache
def _titles() -> Mapping[str, FormBlock]:
    return {plain(block.title): block for block in blocks().values() if block.fields}


def find_block(title: str) -> FormBlock | None:
    """The block of this title."""
    return _titles().get(plain(title))


def near_block(title: str) -> FormBlock | None:
    """The block whose title comes nearest."""
    near = difflib.get_close_matches(plain(title), _titles(), 1, 0.5)
    return _titles()[near[0]] if near else None


@cache
def _known(path: tuple[str, ...]) -> Mapping[str, BlockField]:
    fields = blocks()[path].fields
    # The English key is understood as well; a Chinese title goes first.
    return {plain(".".join(field.path)): field for field in fields} | {
        plain(field.title): field for field in fields
    }


def find_field(block: FormBlock, heading: str) -> BlockField | None:
    """The value of `block` that a label or heading names."""
    return _known(block.path).get(plain(heading))


def near_field(block: FormBlock, heading: str, taken: Sequence[BlockField] = ()) -> BlockField | None:
    """The value whose title comes nearest, of those that no other heading names."""
    left = {plain(field.title): field for field in block.fields if field not in taken}
    near = difflib.get_close_matches(plain(heading), left, 1, 0.5)
    return left[near[0]] if near else None


def homes(heading: str) -> list[FormBlock]:
    """The blocks that have a value of this title."""
    return [block for block in blocks().values() if find_field(block, heading) is not None]
