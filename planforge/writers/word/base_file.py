"""A school's own Word file as the base of ours: read with suspicion, and refused in plain words.

What it is taken for is its styles, its page and its headers and footers; what it may not bring along is
anything that runs, anything from elsewhere, and anything that only pretends to be small.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.core import office_package
from planforge.core.active_content import FIELDS, active_field
from planforge.core.named_file import read_named_file
from planforge.core.office_package import W as W
from planforge.core.office_package import rels_of as rels_of
from planforge.core.office_package import resolved as resolved
from planforge.core.problems import InputError, Place, Problem
from planforge.core.unreadable import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_FILE = 20_000_000  # bytes
_PAGE = 31_680
"""Twips: 22 inches, the longest side and the widest indent that Word takes."""
_EMU = 10 * _PAGE * 635
"""Ten such pages in English Metric Units (635 a twip)."""
_MEASURES = {
    **dict.fromkeys(
        ("w", "h", "top", "right", "bottom", "left", "header", "footer", "gutter", "linePitch"), _PAGE
    ),
    **dict.fromkeys(
        ("line", "before", "after", "firstLine", "hanging", "start", "end", "pos", "space"), _PAGE
    ),
    **dict.fromkeys(("cx", "cy"), _EMU),
    "sz": _PAGE,
}
"""Attributes that are lengths, with the most that they may be; twips, but for those of drawings."""
_VALUES = {"sz": 3276, "szCs": 3276, "kern": 3276, "spacing": _PAGE, "position": 3276, "gridSpan": 63}
"""The same for `val` of these elements: half points up to 1638 pt, columns of a table up to Word's 63."""
_ORDINARY = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,12})?")


@dataclass(frozen=True, slots=True)
class BaseFile:
    """A school's file that passed. name: as the person knows it; main: its document part; place: where it is named.

    fields: of recipients, whose values stand in its headers and footers.
    """

    name: str
    parts: Mapping[str, bytes]
    main: str
    place: Place | None = None
    fields: tuple[str, ...] = ()


def read_base(path: Path, place: Place | None = None) -> BaseFile:
    """Read a school's Word file.

    Args:
        path: the file.
        place: where it is named, for what is wrong with it.

    Raises:
        InputError: it cannot be the base, with the reason.
    """
    try:
        data = read_named_file(path, _FILE, "Word 文件")
    except Unreadable as error:
        fix = "去掉里面的大图片" if error.code == "file.size" else "核对路径和文件名"
        raise _refused(path.name, error.message, place, fix) from error
    return checked(data, path.name, place)


def checked(data: bytes, name: str, place: Place | None = None) -> BaseFile:
    """A school's Word file from its bytes. Raises InputError where it cannot be the base."""
    try:
        package = office_package.open_package(data)
    except Unreadable as error:
        raise _refused(name, error.message, place, error.fix) from error
    _parts_hold(package.parts, name, place)
    return BaseFile(name, package.parts, package.main, place)


def _parts_hold(parts: Mapping[str, bytes], name: str, place: Place | None) -> None:
    """Nothing in a Word part fetches or runs, and its measures are numbers that a page can have."""
    for part, data in parts.items():
        if not part.endswith(".xml") or not part.startswith("word/"):
            continue
        root = parse(data, name, place)
        if field := active_field(root):
            why = f"里面有域代码 {field}（{FIELDS.get(field, '由别的域拼出来')}）"
            raise _refused(name, why, place, "用 Word 打开，按 Alt+F9 找到它，删去后另存")
        if measure := _odd_measure(root):
            fix = "用 Word 打开，检查页面设置、缩进和间距，改好后另存"
            raise _refused(name, f"里面的尺寸不正常（{measure}）", place, fix)


def _odd_measure(root: _Element) -> str:
    """The first measure of a part that is no number or beyond any page; empty where there is none."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        own = element.tag.rpartition("}")[2]
        for key, value in element.attrib.items():
            attribute = key.removeprefix(W)
            measured = key.startswith(W) or own in ("extent", "ext")
            limit = _VALUES.get(own) if attribute == "val" else _MEASURES.get(attribute) if measured else None
            odd = limit is not None and not _within(value, limit)
            if odd or (own == "pgSz" and attribute in ("w", "h") and number(value) <= 0):
                return f"{own} {attribute}={value[:20]}"
    return ""


def _within(value: str, limit: float) -> bool:
    """Whether a value is no number at all (auto, 12pt), or an ordinary one within a limit."""
    try:
        amount = float(value)
    except ValueError:
        return True
    return _ORDINARY.fullmatch(value.strip()) is not None and abs(amount) <= limit


def parse(data: bytes, name: str, place: Place | None = None) -> _Element:
    """A part's root; nothing is fetched or expanded. Raises InputError where it is no XML."""
    try:
        return office_package.parse(data)
    except Unreadable as error:
        raise _refused(name, error.message, place, error.fix) from error


def part_of_kind(base: BaseFile, kind: str) -> bytes | None:
    """The part of the document that is its styles, settings, theme …; None where it has none."""
    data = base.parts.get(rels_of(base.main))
    for relation in () if data is None else parse(data, base.name, base.place):
        if relation.get("Type", "").rpartition("/")[2] == kind and relation.get("TargetMode") != "External":
            return base.parts.get(resolved(base.main, relation.get("Target", "")))
    return None


def section(base: BaseFile) -> _Element | None:
    """The properties of the last section, with the headers and footers that it takes over from those before."""
    root = parse(base.parts[base.main], base.name, base.place)
    sections = list(root.iter(f"{W}sectPr"))
    if not sections:
        return None
    last = sections[-1]
    kinds = {(child.tag, child.get(f"{W}type")) for child in last if child.tag.endswith("Reference")}
    for earlier in reversed(sections[:-1]):
        for child in earlier:
            if child.tag.endswith("Reference") and (child.tag, child.get(f"{W}type")) not in kinds:
                kinds.add((child.tag, child.get(f"{W}type")))
                last.insert(0, child)
    return last


def number(text: str | None) -> float:
    """A number as the file has it; 0 where there is none, or none that can be reckoned with."""
    try:
        found = float(text or 0)
    except ValueError:
        return 0.0
    return found if math.isfinite(found) else 0.0


def _refused(name: str, why: str, place: Place | None, fix: str) -> InputError:
    return InputError([Problem(f"“{name}”不能做底稿：{why}", place, fix=fix, code="base-refused")])


def refused(base: BaseFile, why: str, fix: str) -> InputError:
    """That a file cannot be the base after all."""
    return _refused(base.name, why, base.place, fix)
