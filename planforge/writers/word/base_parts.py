"""The other parts of a file on a school's base: its lists and fonts, and only what can still be reached from its document."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planforge.core.active_content import RELATIONSHIPS
from planforge.writers.word.base_file import BaseFile, W, parse, refused, rels_of, resolved
from planforge.writers.word.base_styles import MergedStyles

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


@dataclass(frozen=True, slots=True)
class BaseLists:
    """root: the numbering part; shift: what is added to the numbers of our lists there."""

    root: _Element
    shift: int


def merged_lists(theirs: _Element | None, ours: _Element, styles: MergedStyles) -> BaseLists:
    """Their lists with ours behind them, each tied to the styles that were added."""
    abstracts = _highest(theirs, "abstractNum", "abstractNumId") + 1
    shift = _highest(theirs, "num", "numId")
    added = {style.get(f"{W}styleId") for style in styles.added}
    made = [deepcopy(style) for style in ours]
    for element in made:
        for name, by in (("abstractNumId", abstracts), ("numId", shift)):
            if element.get(f"{W}{name}") is not None:
                element.set(f"{W}{name}", str(int(element.get(f"{W}{name}", "0")) + by))
        pointer = element.find(f"{W}abstractNumId")
        if pointer is not None:
            pointer.set(f"{W}val", str(int(pointer.get(f"{W}val", "0")) + abstracts))
        for tie in list(element.iter(f"{W}pStyle")):
            new = styles.id_of("paragraph", tie.get(f"{W}val", ""))
            parent = tie.getparent()
            if new in added:
                tie.set(f"{W}val", new)
            elif parent is not None:
                parent.remove(tie)
    if theirs is None:
        for element in list(ours):
            ours.remove(element)
        theirs = ours
    first = theirs.find(f"{W}num")
    for element in made:
        if element.tag == f"{W}abstractNum" and first is not None:
            first.addprevious(element)
        elif element.tag == f"{W}num" and (end := theirs.find(f"{W}numIdMacAtCleanup")) is not None:
            end.addprevious(element)
        else:
            theirs.append(element)
    return BaseLists(theirs, shift)


def merged_fonts(theirs: _Element, ours: _Element) -> _Element:
    """Their font table with the fonts of ours that it lacks; fonts that it embeds are not taken along."""
    known = {font.get(f"{W}name") for font in theirs}
    for font in list(ours):
        if font.get(f"{W}name") not in known:
            theirs.append(deepcopy(font))
    for font in theirs:
        for name in ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic"):
            for element in font.findall(f"{W}{name}"):
                font.remove(element)
    return theirs


def kept_parts(
    parts: Mapping[str, bytes], base: BaseFile, ours: bytes, overrides: Mapping[str, str]
) -> dict[str, bytes]:
    """The parts that can be reached, with their content types.

    ours: our content types; overrides: by part. Raises InputError where a header or footer leads to something
    that runs or that lies elsewhere.
    """
    reached: dict[str, bytes] = {}
    waiting = [("", rels_of(""))]
    while waiting:
        part, name = waiting.pop()
        if name not in parts or name in reached:
            continue
        reached[name] = parts[name]
        for relation in parse(parts[name], base.name, base.place):
            kind = relation.get("Type", "").rpartition("/")[2]
            if kind in RELATIONSHIPS:
                raise refused(base, "页眉或页脚里嵌有对象或控件", "删去嵌入的对象，图标改用图片")
            if relation.get("TargetMode") == "External":
                raise refused(
                    base,
                    f"页眉或页脚链接到别处（{relation.get('Target', '')[:60]}）",
                    "把图片存进文件里，去掉链接",
                )
            target = resolved(part, relation.get("Target", ""))
            if target not in parts:
                raise refused(base, "已经损坏（缺少部件）", "用 Word 或 WPS 打开修复，另存一份")
            if target not in reached:
                reached[target] = parts[target]
                waiting.append((target, rels_of(target)))
    reached["[Content_Types].xml"] = _content_types(reached, base, ours, overrides)
    return reached


def _content_types(
    reached: Mapping[str, bytes], base: BaseFile, ours: bytes, overrides: Mapping[str, str]
) -> bytes:
    from lxml import etree

    own = parse(ours, "")
    theirs = parse(base.parts.get("[Content_Types].xml", b"<none/>"), base.name, base.place)
    defaults: dict[str, str] = {}
    named: dict[str, str] = {}
    for source in (theirs, own):
        for declared in source:
            if declared.tag == f"{_TYPES}Default":
                defaults.setdefault(declared.get("Extension", "").casefold(), declared.get("ContentType", ""))
            elif declared.tag == f"{_TYPES}Override":
                name = declared.get("PartName", "").lstrip("/")
                if source is theirs or name.startswith("docProps/"):
                    named[name] = declared.get("ContentType", "")
    named |= overrides
    defaults |= {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    root = etree.Element(f"{_TYPES}Types", nsmap={None: _TYPES[1:-1]})
    used = {name.rpartition(".")[2].casefold() for name in reached}
    for extension in sorted(set(defaults) & used):
        etree.SubElement(root, f"{_TYPES}Default", Extension=extension, ContentType=defaults[extension])
    for name in sorted(set(named) & set(reached)):
        etree.SubElement(root, f"{_TYPES}Override", PartName=f"/{name}", ContentType=named[name])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _highest(root: _Element | None, tag: str, attribute: str) -> int:
    numbers = (
        [] if root is None else [element.get(f"{W}{attribute}", "0") for element in root.findall(f"{W}{tag}")]
    )
    return max(
        (int(number) for number in numbers if number.isdigit()), default=-1 if tag == "abstractNum" else 0
    )
