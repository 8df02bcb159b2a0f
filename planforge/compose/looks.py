"""The looks that the search folders have, by id and Chinese title; what is in them is the writers' business."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

FOLDER = "styles"

_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)


def looks(search: Sequence[Path]) -> Mapping[str, str]:
    """Id → Chinese title of every look (the id where a file gives none); earlier folders first."""
    titles: dict[str, str] = {}
    for root in search:
        for path in sorted((root / FOLDER).glob("*.yaml")):
            if path.stem not in titles:
                title = _TITLE.search(path.read_text(encoding="utf-8", errors="replace"))
                titles[path.stem] = title[1] if title else path.stem
    return titles


def look_named(word: str, known: Mapping[str, str]) -> str | None:
    """The id of the look that a person calls by this word: its id or its title."""
    by_title = {title: name for name, title in known.items()}
    return word if word in known else by_title.get(word)
