"""English keys in advice said by their Chinese titles, for people who fill in a workbook and never see a key."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planforge.profile.field_titles import Step, at, homes

_KEY = re.compile(r"(“?) ?(?<![A-Za-z_.])([a-z_]{2,})(?![A-Za-z_.])(?:(: )| ?)")


def titled(text: str, path: Sequence[Step]) -> str:
    """The text with every key of the form replaced by its title. path: of the value that the text is about."""

    def said(found: re.Match[str]) -> str:
        name = _title(found[2], path)
        if not name:
            return found[0]
        if found[1]:
            return f"“{name}{'：' if found[3] else ''}"
        return f"“{name}”{'：' if found[3] else ''}"

    return _KEY.sub(said, text)


def _title(key: str, path: Sequence[Step]) -> str:
    """The title of a key, in the group at `path` or the nearest above it that has such a key."""
    if key not in homes():
        return ""
    for length in range(len(path), -1, -1):
        entry = at((*path[:length], key))
        if entry is not None and entry.key == key:
            return entry.title
    entry = at(tuple(part for part in (*homes()[key][0].split("."), key) if part))
    return entry.title if entry is not None else ""
