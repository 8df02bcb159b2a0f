"""A copy of a Word file with remarks as Word comments, which is how an office passes a draft round.

Nothing but the comments is added: parts that hold none keep their bytes. Word takes comments in the running text
only, so what stands in a header, a note or a text box is remarked upon at the paper's first words, with its place.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planforge.core.office_package import OfficePackage, W, parse, rels_of
from planforge.readers.paper import OldPaper, Piece
from planforge.readers.word_text import paragraph_text, run_text, runs_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AUTHOR = "核对"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of some words. piece: number of the piece, from 0; start, end: in its words; lines: what is said."""

    piece: int
    start: int
    end: int
    lines: tuple[str, ...]


def marked_copy(package: OfficePackage, paper: OldPaper, remarks: Sequence[Remark]) -> bytes:
    """The file with a comment for each remark.

    Args:
        package: the file that the paper was read from.
        paper: the paper; its pieces' elements are changed.
        remarks: in any order.

    Returns:
        The bytes of a .docx.
    """
    from lxml import etree

    document = _root(paper, package.main)
    if document is None or not remarks:
        return _packed(dict(package.parts))
    name, comments = _comments(package)
    taken = [int(one.get(f"{W}id", "0")) for one in comments if one.get(f"{W}id", "").isdecimal()]
    free = max(taken, default=-1) + 1
    first = next(
        (
            number
            for number, piece in enumerate(paper.pieces)
            if piece.part == package.main and piece.kind != "outside"
        ),
        None,
    )
    for remark in sorted(remarks, key=lambda one: (one.piece, one.start, one.end)):
        piece, start, end, lines = paper.pieces[remark.piece], remark.start, remark.end, remark.lines
        if piece.kind == "outside" or piece.part != package.main:
            lines = (f"（{piece.where}：{piece.text[start:end]}）", *lines)
            if first is None:
                continue
            piece, start, end = paper.pieces[first], 0, 1
        if _anchor(piece, start, end, free):
            comments.append(_comment(free, lines))
            free += 1
    parts = dict(package.parts)
    parts[package.main] = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    if name not in parts:
        _announce(parts, package.main, name)
    parts[name] = etree.tostring(comments, xml_declaration=True, encoding="UTF-8", standalone=True)
    return _packed(parts)


def _root(paper: OldPaper, part: str) -> _Element | None:
    for piece in paper.pieces:
        if piece.part == part and piece.elements:
            return piece.elements[0].getroottree().getroot()
    return None


def _comments(package: OfficePackage) -> tuple[str, _Element]:
    """The comments' part: its name and its root; a new one where the file has none."""
    from lxml import etree

    name = next(package.related("comments"), "")
    if name:
        return name, parse(package.parts[name])
    folder = package.main.rpartition("/")[0]
    name = next(
        made
        for number in range(len(package.parts) + 1)
        if (made := f"{folder}/comments{number or ''}.xml".lstrip("/")) not in package.parts
    )
    return name, etree.Element(f"{W}comments", nsmap={"w": _NS})


def _announce(parts: dict[str, bytes], main: str, name: str) -> None:
    """A new part in the list of types and among the document's relationships."""
    from lxml import etree

    types = parse(parts["[Content_Types].xml"])
    etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{name}", ContentType=_TYPE)
    parts["[Content_Types].xml"] = etree.tostring(
        types, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    rels = rels_of(main)
    root = (
        parse(parts[rels])
        if rels in parts
        else etree.Element(f"{_RELS}Relationships", nsmap={None: _RELS[1:-1]})
    )
    used = {one.get("Id") for one in root}
    identity = next(
        made for number in range(1, len(used) + 2) if (made := f"rIdComments{number}") not in used
    )
    etree.SubElement(root, f"{_RELS}Relationship", Id=identity, Type=_REL, Target=f"/{name}")
    parts[rels] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _comment(identity: int, lines: Sequence[str]) -> _Element:
    from lxml import etree

    comment = etree.Element(
        f"{W}comment", {f"{W}id": str(identity), f"{W}author": AUTHOR, f"{W}initials": "核"}
    )
    for line in lines:
        text = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r"), f"{W}t")
        text.set(_SPACE, "preserve")
        text.text = "".join(sign for sign in line if sign >= " ")
    return comment


def _anchor(piece: Piece, start: int, end: int, identity: int) -> bool:
    """Put a comment's marks round some words of a piece; whether there was a run to put them round."""
    from lxml import etree

    begun = 0
    for paragraph in piece.elements:
        words = paragraph_text(paragraph)
        at = max(begun, piece.text.find(words, begun)) if words else begun
        if not words or start >= at + len(words):
            begun = at + len(words)
            continue
        first, last = max(0, start - at), max(1, min(end - at, len(words)))
        runs = [run for run in _split(paragraph, first, last) if run_text(run)]
        if not runs:
            return False
        before, after = runs[0], runs[-1]
        parent, below = before.getparent(), after.getparent()
        assert parent is not None and below is not None
        parent.insert(parent.index(before), etree.Element(f"{W}commentRangeStart", {f"{W}id": str(identity)}))
        close = below.index(after) + 1
        reference = etree.Element(f"{W}r")
        etree.SubElement(reference, f"{W}commentReference", {f"{W}id": str(identity)})
        below.insert(close, etree.Element(f"{W}commentRangeEnd", {f"{W}id": str(identity)}))
        below.insert(close + 1, reference)
        return True
    return False


def _split(paragraph: _Element, start: int, end: int) -> list[_Element]:
    """The runs that hold `start` to `end` of a paragraph's words; those that hold more are parted where they can be."""
    found: list[_Element] = []
    position = 0
    for run in list(runs_of(paragraph)):
        length = len(run_text(run))
        if position < end and start < position + length:
            for cut in (end - position, start - position):
                if 0 < cut < len(run_text(run)):
                    later = _parted(run, cut)
                    if later is not None and cut == start - position:
                        run = later
            found.append(run)
        position += length
    return found


def _parted(run: _Element, cut: int) -> _Element | None:
    """A run cut in two after so many characters; the later one, or None where it holds more than words."""
    texts = [child for child in run if child.tag != f"{W}rPr"]
    if len(texts) != 1 or texts[0].tag != f"{W}t":
        return None
    later = copy.deepcopy(run)
    words = texts[0].text or ""
    texts[0].text, texts[0].attrib[_SPACE] = words[:cut], "preserve"
    rest = next(child for child in later if child.tag == f"{W}t")
    rest.text, rest.attrib[_SPACE] = words[cut:], "preserve"
    parent = run.getparent()
    assert parent is not None
    parent.insert(parent.index(run) + 1, later)
    return later


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda one: (one != "[Content_Types].xml", one)):
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()
