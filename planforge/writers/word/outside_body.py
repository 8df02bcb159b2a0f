"""What stands in a Word file outside its body: headers, footers, notes, and what colleagues commented.

Somebody who only wrote a comment or a header has worked on the file all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PART = re.compile(r"(?:^|/)(header|footer|footnotes|endnotes|comments)\d*\.xml$")


def words_outside(parts: Mapping[str, bytes]) -> list[str]:
    """The words of those parts, each text once and in a fixed order, without page numbers.

    Programs copy the same footer into several parts or leave empty ones behind when they save a file
    again, and write the page number of the day into its field: none of that is anybody's edit.
    """
    said = set()
    for name, data in parts.items():
        kind = _PART.search(name)
        if kind is None:
            continue
        try:
            root = ElementTree.fromstring(data)
        except ElementTree.ParseError as error:
            raise ValueError(f"not a Word file: {error}") from error
        for paragraph in root.iter(f"{_W}p"):
            words = _fixed_words(paragraph).strip()
            if words:
                said.add(f"{kind[1]} {words}")
    return sorted(said)


def _fixed_words(paragraph: ElementTree.Element) -> str:
    calculated = {text for field in paragraph.iter(f"{_W}fldSimple") for text in field.iter(f"{_W}t")}
    words: list[str] = []
    depth = 0
    for element in paragraph.iter():
        if element.tag == f"{_W}fldChar":
            depth += {"begin": 1, "end": -1}.get(element.get(f"{_W}fldCharType", ""), 0)
        elif element.tag == f"{_W}t" and depth <= 0 and element not in calculated:
            words.append(element.text or "")
        elif element.tag in (f"{_W}drawing", f"{_W}pict"):
            words.append("\ufffc")
    return "".join(words)
