"""Many Word letters as one file: one set of styles, a section a letter, lists and page numbers that begin anew.

The first letter's package is kept. Of each further one the content is taken over; its lists become lists of their own
on the first one's patterns, headings that count by their style are told to count by one of these. A header or footer
that is not the first letter's comes along with its section, each once.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING

from planforge.letters_word.merged_numbering import MergedLists, W, counted_by_style

if TYPE_CHECKING:
    from lxml.etree import _Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_MAIN = re.compile(
    rb'PartName="/([^"]+)"[^>]*document\.main\+xml|document\.main\+xml"[^>]*PartName="/([^"]+)"'
)
_AFTER_PAGE_NUMBERS = tuple(
    W + name
    for name in ("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter",
                 "docGrid", "printerSettings", "sectPrChange")
)  # fmt: skip


def joined(packages: Iterable[bytes], *, copies: int = 1, duplex: bool = False) -> bytes:
    """Letters, each a Word file in the same look, as one file.

    Args:
        packages: the letters, one after the other.
        copies: of each letter, one after the other.
        duplex: each begins on a fresh sheet of paper.

    Raises:
        ValueError: there is no letter.
    """
    merged: _MergedPackage | None = None
    for package in packages:
        with zipfile.ZipFile(io.BytesIO(package)) as letter:
            for _ in range(copies):
                if merged is None:
                    merged = _MergedPackage(letter, duplex)
                else:
                    merged.add(letter)
    if merged is None:
        raise ValueError("a file has at least one letter")
    return merged.finish()


class _MergedPackage:
    """The first letter's package, to which the others are added."""

    def __init__(self, letter: zipfile.ZipFile, duplex: bool) -> None:
        self._parts = parts = {name: letter.read(name) for name in letter.namelist()}
        self._checks = {info.filename: info.CRC for info in letter.infolist()}
        self._heads: dict[bytes, str] = {}  # relations of further headers and footers, by what these say
        self._duplex = duplex
        named = _MAIN.search(parts["[Content_Types].xml"])
        assert named is not None
        self._main = (named[1] or named[2]).decode()
        folder, name = posixpath.split(self._main)
        self._folder = folder
        self._rels = f"{folder}/_rels/{name}.rels"
        self._root = _parsed(parts[self._main])
        self._body = self._root[-1] if self._root[-1].tag == f"{W}body" else self._root.find(f"{W}body")
        self._relations = _parsed(parts[self._rels])
        targets = {
            relation.get("Type", "").rpartition("/")[2]: relation.get("Target", "")
            for relation in self._relations
        }
        self._numbering = self._part(targets["numbering"])
        self._lists = MergedLists(_parsed(parts[self._numbering]))
        self._by_style = counted_by_style(_parsed(parts[self._part(targets["styles"])]))
        self._pictures = sum(1 for _ in self._root.iter(_DRAWING))
        self._last = self._section(self._body[-1])

    def add(self, letter: zipfile.ZipFile) -> None:
        """Another letter, in a section of its own."""
        self._close()
        body = _parsed(letter.read(self._main)).find(f"{W}body")
        assert body is not None
        self._last = self._section(body[-1])
        self._take_heads(self._last, letter)
        numbers = self._lists.letter(_numbering(letter.read(self._numbering)))
        for paragraph in body.iter(f"{W}p"):
            numbers.restart(paragraph, self._by_style)
        self._take_pictures(body, letter)
        for block in body[:-1]:
            self._body.append(block)

    def finish(self) -> bytes:
        """The file."""
        from planforge.writers.word.edit_detection import digest_of_parts
        from planforge.writers.word.package import CUSTOM_PROPERTIES, custom_properties, zip_parts

        self._body.append(self._last)
        for name, root in (
            (self._main, self._root),
            (self._numbering, self._lists.root),
            (self._rels, self._relations),
        ):
            self._parts[name] = _written(root)
        made = digest_of_parts(self._parts)
        self._parts[CUSTOM_PROPERTIES] = custom_properties(made.text, made.structure).encode("utf-8")
        return zip_parts(self._parts)

    def _section(self, properties: _Element) -> _Element:
        """A letter's section: its pages count from one; on both sides of paper it begins on a front."""
        section = deepcopy(properties)
        for old in section.findall(f"{W}type"):
            section.remove(old)
        kind = section.makeelement(f"{W}type", {f"{W}val": "oddPage" if self._duplex else "nextPage"})
        size = section.find(f"{W}pgSz")
        section.insert(section.index(size) if size is not None else len(section), kind)
        number = section.find(f"{W}pgNumType")
        if number is None:
            number = section.makeelement(f"{W}pgNumType", {})
            after = next((child for child in section if child.tag in _AFTER_PAGE_NUMBERS), None)
            section.insert(section.index(after) if after is not None else len(section), number)
        number.set(f"{W}start", "1")
        if properties.getparent() is self._body:
            self._body.remove(properties)
        return section

    def _take_heads(self, section: _Element, letter: zipfile.ZipFile) -> None:
        """A letter's own headers and footers, where they are not those of the first."""
        theirs: dict[str | None, _Element] = {}
        for reference in section.iter(f"{W}headerReference", f"{W}footerReference"):
            theirs = theirs or {one.get("Id"): one for one in _parsed(letter.read(self._rels)).iter(_REL)}
            relation = theirs[reference.get(f"{_R}id")]
            part = self._part(relation.get("Target", ""))
            if self._checks.get(part) == letter.getinfo(part).CRC:
                continue
            data = letter.read(part)
            if data not in self._heads:
                self._heads[data] = self._add_head(relation, part, data)
            reference.set(f"{_R}id", self._heads[data])

    def _add_head(self, relation: _Element, part: str, data: bytes) -> str:
        """The relation to one more header or footer, which refers to the same pictures as the first letter's."""
        number = len(self._heads) + 1
        stem, suffix = posixpath.splitext(part)
        name, identity = f"{stem}-{number}{suffix}", f"rIdH{number}"
        self._parts[name] = data
        own = self._parts.get(_rels_of(part))
        if own is not None:
            self._parts[_rels_of(name)] = own
        made = deepcopy(relation)
        made.set("Id", identity)
        made.set("Target", posixpath.relpath(name, self._folder))
        self._relations.append(made)
        types = _parsed(self._parts["[Content_Types].xml"])
        for declared in list(types):
            if declared.get("PartName") == f"/{part}":
                override = deepcopy(declared)
                override.set("PartName", f"/{name}")
                types.append(override)
        self._parts["[Content_Types].xml"] = _written(types)
        return identity

    def _close(self) -> None:
        """End the section of the letter before: its properties stand in its last paragraph."""
        last = self._body[-1]
        if last.tag != f"{W}p":
            last = self._body.makeelement(f"{W}p", {})
            self._body.append(last)
        properties = last.find(f"{W}pPr")
        if properties is None:
            properties = last.makeelement(f"{W}pPr", {})
            last.insert(0, properties)
        properties.append(self._last)

    def _take_pictures(self, body: _Element, letter: zipfile.ZipFile) -> None:
        """Pictures with numbers of their own, and what they refer to."""
        if body.find(f".//{_DRAWING}") is None:
            return
        theirs = {relation.get("Id"): relation for relation in _parsed(letter.read(self._rels)).iter(_REL)}
        for element in body.iter():
            if element.tag == _DRAWING:
                self._pictures += 1
                element.set("id", str(self._pictures))
            for name, value in element.items():
                if name.startswith(_R) and value in theirs:
                    element.set(name, self._relation(theirs[value], letter))

    def _relation(self, theirs: _Element, letter: zipfile.ZipFile) -> str:
        """The package's own relation to the same thing; what it lacks is taken over, what it has is used again."""
        target, internal = theirs.get("Target", ""), theirs.get("TargetMode") != "External"
        if internal:
            data = letter.read(self._part(target))
            suffix = posixpath.splitext(target)[1]
            target = f"media/{hashlib.sha256(data).hexdigest()[:16]}{suffix}"
        for relation in self._relations:
            same = (
                self._parts.get(self._part(relation.get("Target", ""))) == data
                if internal
                else relation.get("Target") == target
            )
            if relation.get("Type") == theirs.get("Type") and same:
                return str(relation.get("Id", ""))
        made = deepcopy(theirs)
        taken = {relation.get("Id") for relation in self._relations}
        identity = next(f"rIdJ{n}" for n in range(1, len(taken) + 2) if f"rIdJ{n}" not in taken)
        made.set("Id", identity)
        made.set("Target", target)
        self._relations.append(made)
        if internal:
            self._parts[self._part(target)] = data
        return identity

    def _part(self, target: str) -> str:
        """The name of the part that a relation of the main part leads to."""
        return posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _parsed(data: bytes) -> _Element:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


@lru_cache(maxsize=32)
def _numbering(data: bytes) -> _Element:
    """The lists of a letter; most letters have the same ones."""
    return _parsed(data)


def _written(root: _Element) -> bytes:
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
