"""Which column of a roster a person means, and in which order values stand.

People write the headings that they see: 班级, 座号, 学号, 社团. A word that no usual column has is the heading of
the roster's own column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from planforge.roster.classes import SchoolClass
from planforge.roster.columns import PUPIL_COLUMNS, REMARK, STAFF_COLUMNS, heading_key
from planforge.roster.model import Recipient

PRINT_ORDER = ("class", "seat")
"""The order in which letters are handed out."""

LAYER = "layer"
"""The field of the layer at which somebody signs; no column of a roster, see `planforge.roster.signing_pairs`."""
LAYERS = ("副校长", "年级组长", "班主任", "任课教师")
_LAYER_WORDS = ("层", "哪一层", "层级", LAYER)

Key = tuple[object, ...]
_LAST = SchoolClass(1_000, 0)


@lru_cache(maxsize=256)
def field_named(word: str, *, staff: bool = False) -> str:
    """The field that a word stands for: a field's name, a column's title, one of its usual headings; else itself."""
    columns = (STAFF_COLUMNS, PUPIL_COLUMNS) if staff else (PUPIL_COLUMNS, STAFF_COLUMNS)
    known = [*columns[0], *columns[1], REMARK]
    text = word.strip()
    if text in _LAYER_WORDS:
        return LAYER
    if any(text == column.field for column in known):
        return text
    key = heading_key(text)
    names = {column.field: column.names() for column in reversed(known)}
    own = {own_names[0]: field for field, own_names in names.items()}
    usual = {name: field for field, own_names in names.items() for name in own_names}
    return own.get(key) or usual.get(key) or text


def title_of(field: str, *, staff: bool = False) -> str:
    """A field's Chinese title; a roster's own column is called as it calls itself."""
    if field == LAYER:
        return "哪一层"
    columns = (*STAFF_COLUMNS, *PUPIL_COLUMNS) if staff else (*PUPIL_COLUMNS, *STAFF_COLUMNS)
    return next((column.title for column in columns if column.field == field), field)


def value_of(recipient: Recipient, field: str) -> str:
    """A recipient's value as it is printed; class and grade also where no column of their own names them."""
    if recipient.values.get(field):
        return recipient.values[field]
    if field == "class" and recipient.class_ is not None:
        return str(recipient.class_)
    if field == "grade" and recipient.class_ is not None and not recipient.class_.name:
        return str(SchoolClass(recipient.class_.grade, 0))
    return ""


def sort_key(recipient: Recipient, fields: Sequence[str]) -> Key:
    """Where a recipient stands by these fields; who has none of a field comes last in it."""
    return tuple(_key(recipient, field) for field in fields)


def _key(recipient: Recipient, field: str) -> Key:
    match field:
        case "class":
            return (recipient.class_ or _LAST,)
        case "grade" if recipient.class_ is not None:
            return (0, recipient.class_.grade)
        case "layer" if recipient.values.get(LAYER) in LAYERS:
            return (0, LAYERS.index(recipient.values[LAYER]))
        case "seat":
            return (recipient.seat is None, recipient.seat if recipient.seat is not None else 0)
        case _:
            value = value_of(recipient, field)
            return (not value, natural(value))


@lru_cache(maxsize=65536)
def natural(text: str) -> tuple[tuple[int, int, bytes], ...]:
    """Numbers as numbers, words by their GB 18030 codes.

    In GB 2312, on which that code is built, the 3,755 commonest characters stand in the order of their pinyin,
    the rarer ones behind them by radical and strokes: the order in which offices sort names, without a dictionary.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(
        (0, int(part), b"")
        if part.isascii() and part.isdecimal()
        else (1, 0, part.encode("gb18030", "replace"))
        for part in re.split(r"(\d{1,18})", folded)
        if part
    )
