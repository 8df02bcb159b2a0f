"""Our content in a copy of a school's file: its page, headers, footers and styles, our words and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from planforge.writers.word.base_file import RELS, BaseFile, W, number, parse, rels_of, resolved, section
from planforge.writers.word.base_parts import kept_parts, merged_fonts, merged_lists
from planforge.writers.word.base_pictures import carried_pictures
from planforge.writers.word.base_styles import MergedStyles, merged_styles
from planforge.writers.word.school_body import school_body

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_R = f"{{{_OFFICE}}}"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_NEEDED = ("styles", "settings", "fontTable", "numbering")
_ALWAYS = frozenset({*_NEEDED, "theme", "webSettings", "footnotes", "endnotes"})
_SETTINGS_OUT = (
    "attachedTemplate", "mailMerge", "saveThroughXslt", "documentProtection", "writeProtection", "trackRevisions",
    "docVars",
)  # fmt: skip
_TABLES_AT_MARGIN = 15
"""From Word 2013 on a table's rule stands at the margin; before, the words in its first cell did."""


def merged_into_base(ours: Mapping[str, bytes], base: BaseFile) -> dict[str, bytes]:
    """The parts of our file with the school's as their base. Raises InputError where that drags in what it may not."""
    folder = base.main.rpartition("/")[0]
    rels = _rels(base)
    targets = {
        kind: resolved(base.main, relation.get("Target", ""))
        for kind in _NEEDED
        for relation in rels
        if _kind(relation) == kind and relation.get("TargetMode") != "External"
    }
    names = {kind: targets.get(kind) or f"{folder}/{kind}.xml".lstrip("/") for kind in _NEEDED}
    theirs = {kind: base.parts.get(names[kind]) for kind in _NEEDED}
    parts = dict(base.parts)

    def root(kind: str, data: bytes | None) -> _Element:
        return parse(data if data is not None else ours[f"word/{kind}.xml"], base.name, base.place)

    styles = merged_styles(
        root("styles", theirs["styles"]), parse(ours["word/styles.xml"], ""), school_body(base)
    )
    lists = merged_lists(
        None if theirs["numbering"] is None else parse(theirs["numbering"], base.name, base.place),
        parse(ours["word/numbering.xml"], ""),
        styles,
    )
    fonts = merged_fonts(root("fontTable", theirs["fontTable"]), parse(ours["word/fontTable.xml"], ""))
    settings = root("settings", theirs["settings"])
    for name in _SETTINGS_OUT:
        for element in settings.findall(f"{W}{name}"):
            settings.remove(element)
    for element in settings.iter(f"{W}characterSpacingControl"):
        element.set(f"{W}val", "doNotCompress")  # so that lines end as in the PDF
    _speak_chinese(styles.root)
    ours_document = parse(ours["word/document.xml"], "")
    if _word_version(settings) < _TABLES_AT_MARGIN:
        _move_tables_in(ours_document, parse(ours["word/styles.xml"], ""))
    styles.renumber(lists.shift)
    document = _document(ours_document, base, styles, lists.shift)
    pictures, to_pictures = carried_pictures(document, ours, base, rels)
    parts |= pictures
    made = {"styles": styles.root, "numbering": lists.root, "fontTable": fonts, "settings": settings}
    for kind, element in made.items():
        parts[names[kind]] = _xml(element)
    parts[base.main] = _xml(document)
    kept = _kept_rels(rels, document, names, base.main)
    kept.extend(to_pictures)
    parts[rels_of(base.main)] = _xml(kept)
    parts.pop(rels_of(names["settings"]), None)
    for name in [name for name in parts if name.startswith("docProps/")]:
        del parts[name]
    parts |= {name: data for name, data in ours.items() if name.startswith("docProps/")}
    parts["_rels/.rels"] = ours["_rels/.rels"].replace(b'"word/document.xml"', f'"{base.main}"'.encode())
    overrides = {names[kind]: f"{_TYPE}{kind}+xml" for kind in _NEEDED}
    overrides[base.main] = f"{_TYPE}document.main+xml"
    return kept_parts(parts, base, ours["[Content_Types].xml"], overrides)


def _speak_chinese(styles: _Element) -> None:
    """Chinese text is Chinese: a file made abroad would have its lines broken by the rules of another language."""
    for language in styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"):
        language.set(f"{W}eastAsia", "zh-CN")


def _word_version(settings: _Element) -> int:
    """The version of Word whose layout the file asks for; one that does not say gets Word 2007's ([MS-DOCX] 2.3.7)."""
    for setting in settings.iterfind(f"{W}compat/{W}compatSetting"):
        if setting.get(f"{W}name") == "compatibilityMode":
            return int(number(setting.get(f"{W}val")))
    return 12


def _move_tables_in(document: _Element, styles: _Element) -> None:
    """Let the rules of our tables, not the words in them, begin at the margin, as they do in a file of today."""
    from lxml import etree

    room = {
        style.get(f"{W}styleId"): left.get(f"{W}w", "0")
        for style in styles.iterfind(f"{W}style")
        for left in style.iterfind(f"{W}tblPr/{W}tblCellMar/{W}left")
    }
    for properties in document.iter(f"{W}tblPr"):
        style = properties.find(f"{W}tblStyle")
        left = "0" if style is None else room.get(style.get(f"{W}val"), "0")
        width = properties.find(f"{W}tblW")
        if left != "0" and width is not None and properties.find(f"{W}tblpPr") is None:
            width.addnext(etree.Element(f"{W}tblInd", {f"{W}w": left, f"{W}type": "dxa"}))


def _rels(base: BaseFile) -> _Element:
    from lxml import etree

    data = base.parts.get(rels_of(base.main))
    return (
        parse(data, base.name, base.place)
        if data is not None
        else etree.Element(f"{RELS}Relationships", nsmap={None: RELS[1:-1]})
    )


def _kind(relationship: _Element) -> str:
    return str(relationship.get("Type", "")).rpartition("/")[2]


def _xml(element: _Element) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))


def _kept_rels(rels: _Element, document: _Element, names: Mapping[str, str], main: str) -> _Element:
    """The relationships that the new document still uses, and those to parts that it did not have."""
    from lxml import etree

    used = {
        value for element in document.iter() for key, value in element.attrib.items() if key.startswith(_R)
    }
    made = deepcopy(rels)
    for relation in list(made):
        if (
            not (relation.get("Id") in used or _kind(relation) in _ALWAYS)
            or relation.get("TargetMode") == "External"
        ):
            made.remove(relation)
    there = {_kind(relation) for relation in made}
    folder = main.rpartition("/")[0]
    for kind in _NEEDED:
        if kind not in there:
            target = names[kind].removeprefix(f"{folder}/") if folder else names[kind]
            etree.SubElement(
                made, f"{RELS}Relationship", Id=f"rIdPlan{kind}", Type=f"{_OFFICE}/{kind}", Target=target
            )
    return made


def _document(ours: _Element, base: BaseFile, styles: MergedStyles, shift: int) -> _Element:
    """Our document with the school's section, and with its names for the styles that it has."""
    body = ours.find(f"{W}body")
    assert body is not None
    own = body.find(f"{W}sectPr")
    assert own is not None
    theirs = section(base)
    for reference in [child for child in own if child.tag.endswith("Reference")]:
        own.remove(reference)
    if theirs is not None:
        for name in ("sectPrChange", "printerSettings"):
            for element in theirs.findall(f"{W}{name}"):
                theirs.remove(element)
        body.replace(own, deepcopy(theirs))
    for element in body.iter(f"{W}numId"):
        if element.get(f"{W}val") != "0":
            element.set(f"{W}val", str(int(element.get(f"{W}val", "0")) + shift))
    for paragraph in body.iter(f"{W}p"):
        _restyle(paragraph, styles, shift)
    for name, kind in (("rStyle", "character"), ("tblStyle", "table")):
        for element in body.iter(f"{W}{name}"):
            element.set(f"{W}val", styles.id_of(kind, element.get(f"{W}val", "")))
    return ours


def _restyle(paragraph: _Element, styles: MergedStyles, shift: int) -> None:
    """A paragraph in the school's style: what our style said and the school's does not, it says itself."""
    from lxml import etree

    properties = paragraph.find(f"{W}pPr")
    named = None if properties is None else properties.find(f"{W}pStyle")
    old = "Normal" if named is None else named.get(f"{W}val", "")
    new = styles.id_of("paragraph", old)
    if named is not None:
        named.set(f"{W}val", new)
    elif new != styles.default:
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        style = etree.Element(f"{W}pStyle")
        style.set(f"{W}val", new)
        properties.insert(0, style)
    if old not in styles.replaced:
        return
    if old == "Title" and properties is not None:  # its lines are paragraphs, and the school's keep apart
        after = [child for child in properties if child.tag in _AFTER_CONTEXT]
        together = etree.Element(f"{W}contextualSpacing")
        properties.insert(properties.index(after[0]) if after else len(properties), together)
    number = styles.numbers.get(old)
    if number is not None and properties is not None and properties.find(f"{W}numPr") is None:
        made = deepcopy(number)
        identity = made.find(f"{W}numId")
        if identity is not None:
            identity.set(f"{W}val", str(int(identity.get(f"{W}val", "0")) + shift))
        after = [child for child in properties if child.tag in _BEFORE_NUMBER]
        properties.insert(len(after), made)
    for fonts in _named_fonts(paragraph):
        for name in ("ascii", "hAnsi"):
            fonts.attrib.pop(f"{W}{name}", None)


_AFTER_CONTEXT = frozenset(f"{W}{name}" for name in ("jc", "textAlignment", "outlineLvl", "rPr", "sectPr"))
_BEFORE_NUMBER = frozenset(
    f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)


def _named_fonts(paragraph: _Element) -> Iterator[_Element]:
    yield from paragraph.iter(f"{W}rFonts")
