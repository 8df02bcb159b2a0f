"""Places left open in a school's headers and footers ({{ 校名 }}, ____年____月): filled, whatever runs they lie in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from xml.sax.saxutils import escape

from planforge.document.look.letterhead import FIELD, field_mark
from planforge.writers.word.base_file import BaseFile, W, parse, rels_of, resolved

BLANK = "＿＿＿＿＿＿"
"""Stands where a recipient has no value: a line to write on."""
_NAME = r"[ \u3000\xa0]*([^{}〔〕【】［］\[\]<>＜＞«»\n]{1,20}?)[ \u3000\xa0]*"
_OPEN = r"[_＿]{1,12}"
_ROOM = r"(?:[_＿]{1,12}|[ \u3000\xa0]{2,24})"
_PLACE = re.compile(
    rf"\{{\{{{_NAME}\}}\}}|\$\{{{_NAME}\}}|[〔【［\[＜<«]{_NAME}[〕】］\]＞>»]"
    rf"|(?:20)?{_OPEN}(?:[-—－–~～至]+(?:20)?{_OPEN})?学年(?:度)?(?:第?{_OPEN}学期)?"
    rf"|(?:20)?{_ROOM}年{_ROOM}月(?:{_ROOM}日)?"
)


def parts_outside(base: BaseFile) -> list[str]:
    """The names of the parts that are the document's headers and footers."""
    data = base.parts.get(rels_of(base.main), b"<none/>")
    return [
        part
        for relation in parse(data, base.name, base.place)
        if relation.get("Type", "").rpartition("/")[2] in ("header", "footer")
        and (part := resolved(base.main, relation.get("Target", ""))) in base.parts
    ]


def filled_places(base: BaseFile, value_of: Callable[[str], str | None]) -> tuple[BaseFile, tuple[str, ...]]:
    """A school's file with the places in its headers and footers filled.

    Args:
        base: the file.
        value_of: what stands for a place, asked with its name, or with its blanks as they stand for a date or a year
            of school; None where nobody knows. A value may hold `field_mark`s.

    Returns:
        The file, and the places that nobody knows, as they stand there.
    """
    from lxml import etree

    from planforge.writers.word.oxml import printable  # loads python-docx

    parts = dict(base.parts)
    unknown: list[str] = []
    fields: list[str] = []
    for part in parts_outside(base):
        root = parse(base.parts[part], base.name, base.place)
        changed = False
        for paragraph in root.iter(f"{W}p"):
            texts = [one for one in paragraph.iter(f"{W}t") if next(one.iterancestors(f"{W}p")) is paragraph]
            words = "".join(one.text or "" for one in texts)
            for place in reversed(list(_PLACE.finditer(words))):
                name = next((group for group in place.groups() if group is not None), place[0])
                value = value_of(name)
                if value is None:
                    named = place[1] or place[2] or place[3] is None
                    unknown += [place[0].strip()] if named else []  # 〔2026〕 and the like are no places
                    continue
                fields += FIELD.findall(value)
                _put(texts, place.start(), place.end(), printable(value))
                changed = True
        if changed:
            parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return replace(base, parts=parts, fields=tuple(dict.fromkeys(fields))), tuple(dict.fromkeys(unknown))


def _put(texts: list[object], start: int, end: int, value: str) -> None:
    """Words from `start` to `end` of what some elements say together, replaced: all of it in the first."""
    at = 0
    for element in texts:
        text = element.text or ""  # type: ignore[attr-defined]
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            element.text = text[:first] + value + text[last:]  # type: ignore[attr-defined]
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")  # type: ignore[attr-defined]
            value = ""
        at += len(text)


def with_values(base: BaseFile, values: Mapping[str, str]) -> BaseFile:
    """A school's file with a recipient's values in its headers and footers."""
    from planforge.writers.word.oxml import printable  # loads python-docx

    if not base.fields:
        return base
    parts = dict(base.parts)
    for part in parts_outside(base):
        for field in base.fields:
            mark, value = field_mark(field).encode(), printable(values.get(field, "")) or BLANK
            parts[part] = parts[part].replace(mark, escape(value).encode())
    return replace(base, parts=parts, fields=())
