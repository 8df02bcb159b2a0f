"""What people cannot see in a text: characters without a shape, and the many kinds of space.

Words that look alike must be alike before a heading, a class or a value is looked at. Programs and web pages leave
zero-width characters, marks of direction, byte-order marks and wide spaces in what people paste.
"""

from __future__ import annotations

import re
import unicodedata

_SHAPELESS = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are no space
    r"\xad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
)
"""Default_Ignorable_Code_Point of the Unicode Character Database, without the fillers, which are as wide as a space,
and without U+E0100–E01EF, which choose the shape of a rare character."""
_INVISIBLE = re.compile(f"[{_SHAPELESS}]")
_SPACES = re.compile(r"[^\S\n ]|[\u115f\u1160\u2800\u3164\uffa0]")


def visible(text: str) -> str:
    """A text as it is seen: without shapeless characters, each kind of space a plain one, none at the ends.

    Line breaks within the text stay.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return _SPACES.sub(" ", _INVISIBLE.sub("", text).replace("\r\n", "\n")).strip()


def compact(text: str) -> str:
    """A text for comparing: half-width where there is such a form, without any space."""
    return "".join(unicodedata.normalize("NFKC", visible(text)).split())
