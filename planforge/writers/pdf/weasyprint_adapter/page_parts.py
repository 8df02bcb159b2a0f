"""The parts of laid-out pages: their content, their structure, and what a file has besides them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

TOP = -1
"""Parent of the elements directly below the document's."""

_MARK = b"<</MCID "


class UnexpectedLayout(Exception):
    """Something in pages that a file put together from parts does not carry over. Its text is the reason, in Chinese."""


class StructureElement(NamedTuple):
    """An element of a page's structure. entries: its dictionary without the links to others.

    parent: index among the page's elements, or TOP; kids: marked content (True) or elements, by number.
    """

    tag: str
    entries: bytes
    parent: int
    kids: tuple[tuple[bool, int], ...]


@dataclass(frozen=True, slots=True)
class LaidOutParagraph:
    """A paragraph of a page. number: among the document's. Lengths in CSS pixels.

    elements, operators, marks: which of the page's are its own (from, up to); none where they lie scattered.
    """

    number: int
    x: float
    y: float
    width: float
    height: float
    elements: tuple[int, int]
    operators: tuple[int, int]
    marks: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PageParts:
    """One page. operators: of its content; entries: of its dictionary, apart from content, parent and number.

    elements: its structure; top: those directly below the document.
    """

    operators: list[bytes]
    entries: bytes
    elements: tuple[StructureElement, ...]
    top: tuple[int, ...]
    height: float
    paragraphs: tuple[LaidOutParagraph, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedObjects:
    """Everything else of a file. objects: number and data, whether a stream; free: the first number not taken.

    pages, root, tags, tag_document, parents, fonts: numbers of objects that are not among these. catalog,
    tag_entries: entries of the root, of the tree of tags and of its document.
    """

    objects: tuple[tuple[int, bytes, bool], ...]
    pages: int
    catalog: bytes
    root: int
    tags: int
    tag_document: int
    tag_entries: tuple[bytes, bytes]
    parents: int
    free: int
    fonts: int


def mark_of(operator: bytes) -> int | None:
    """The number of marked content that an operator's properties give."""
    return int(operator[len(_MARK) : -2]) if operator.startswith(_MARK) else None
