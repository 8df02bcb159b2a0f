"""Paragraphs cut out of laid-out pages, and put into others in place of their own.

A paragraph draws the same wherever it stands: only heights are shifted, the numbers of marked content given
anew, and colours set again where the page around it has others set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planforge.letters_pdf.placeholders import Placeholder, PlaceholderNotFound
from planforge.writers.pdf.weasyprint_adapter.page_parts import (
    TOP,
    LaidOutParagraph,
    PageParts,
    StructureElement,
    mark_of,
)

_KEPT = {b"rg": "fill", b"RG": "stroke", b"w": "width", b"d": "dash", b"J": "cap", b"j": "join"}
_OTHERS = frozenset(
    (b"g", b"G", b"k", b"K", b"cs", b"CS", b"sc", b"SC", b"scn", b"SCN", b"Tc", b"Tw", b"Tz", b"Ts")
)
_SHOWS = frozenset((b"TJ", b"Tj", b"S", b"s", b"f", b"f*", b"B", b"b", b"Do", b"sh", b"q"))
_HIGH = re.compile(rb"(.*?)(\S+)( Tm| m| l)")
_BOX = re.compile(rb"(\S+ )(\S+)( \S+ \S+ re)")

Settings = Mapping[str, bytes]
"""What is set on a page, by kind: the operators that set it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The page around a paragraph. scale: the coordinate systems; before, after: what is set."""

    scale: tuple[bytes, ...]
    before: Settings
    after: Settings


@dataclass(frozen=True, slots=True)
class Fragment:
    """A paragraph of a page. elements: its own first, numbered from 0; marks: how much marked content it has."""

    operators: list[bytes]
    placeholders: tuple[Placeholder, ...]
    elements: tuple[StructureElement, ...]
    first_mark: int
    marks: int
    x: float
    y: float
    width: float
    height: float
    surroundings: Surroundings


def surroundings(operators: Sequence[bytes], paragraphs: Sequence[LaidOutParagraph]) -> list[Surroundings]:
    """What is set before and behind each paragraph of a page. Raises PlaceholderNotFound for what is not provided for."""
    wanted = {place for paragraph in paragraphs for place in paragraph.operators}
    states: dict[int, tuple[tuple[bytes, ...], dict[str, bytes]]] = {}
    stack: list[tuple[tuple[bytes, ...], dict[str, bytes]]] = []
    scale: tuple[bytes, ...] = ()
    settings: dict[str, bytes] = {}
    for place, operator in enumerate((*operators, b"")):
        if place in wanted:
            states[place] = (scale, dict(settings))
        if operator == b"q":
            stack.append((scale, dict(settings)))
        elif operator == b"Q":
            scale, settings = stack.pop()
        elif operator.endswith(b" cm"):
            scale = (*scale, operator)
        elif kind := _kind(operator):
            settings[kind] = operator
    return [
        Surroundings(states[a][0], states[a][1], states[b][1])
        for a, b in (paragraph.operators for paragraph in paragraphs)
    ]


def fragment(
    page: PageParts,
    paragraph: LaidOutParagraph,
    placeholders: Sequence[Placeholder],
    surroundings: Surroundings,
) -> Fragment:
    """A paragraph of a page; slots: by their operators in it. Raises PlaceholderNotFound."""
    (begin, end), (first, after) = paragraph.operators, paragraph.elements
    if begin == end:
        raise PlaceholderNotFound("a paragraph in pieces")
    elements = tuple(
        StructureElement(
            element.tag,
            element.entries,
            element.parent - first if number else TOP,
            tuple((marked, kid if marked else kid - first) for marked, kid in element.kids),
        )
        for number, element in enumerate(page.elements[first:after])
    )
    return Fragment(
        page.operators[begin:end],
        tuple(placeholders),
        elements,
        paragraph.marks[0],
        paragraph.marks[1] - paragraph.marks[0],
        paragraph.x,
        paragraph.y,
        paragraph.width,
        paragraph.height,
        surroundings,
    )


def put(
    inserted: Fragment, here: Surroundings, lower: float, marks: int
) -> tuple[list[bytes], dict[int, int]]:
    """A fragment's operators for another place, and the new place of each of them.

    here: what surrounds it there; lower: CSS pixels to go down; marks: to be added to its marked content.
    Raises PlaceholderNotFound.
    """
    if inserted.surroundings.scale != here.scale:
        raise PlaceholderNotFound("another scale")
    made: list[bytes] = []
    places: dict[int, int] = {}
    wanted, set_here = dict(inserted.surroundings.before), dict(here.before)
    depth = 0
    for place, operator in enumerate(inserted.operators):
        kind = _kind(operator)
        if kind and not depth:
            wanted[kind] = operator
            continue
        name = operator.rpartition(b" ")[2]
        if name in _SHOWS and not depth:
            made += _settings(wanted, set_here)
        if operator == b"q":
            depth += 1
        elif operator == b"Q":
            depth -= 1
        places[place] = len(made)
        made.append(_shifted(operator, name, lower, marks))
    made += _settings(dict(here.after), set_here)
    return made, places


def _settings(wanted: dict[str, bytes], set_here: dict[str, bytes]) -> list[bytes]:
    """What must be set for `wanted` to hold; it is noted in `set_here`."""
    needed = [operator for kind, operator in sorted(wanted.items()) if set_here.get(kind) != operator]
    set_here.update(wanted)
    return needed


def _kind(operator: bytes) -> str:
    name = operator.rpartition(b" ")[2]
    if name == b"gs":
        if operator[:2] not in (b"/a", b"/A"):
            raise PlaceholderNotFound("a state that is not provided for")
        return "alpha" if operator[:2] == b"/a" else "alpha of lines"
    if name in _OTHERS:
        raise PlaceholderNotFound("a colour that is not provided for")
    return _KEPT.get(name, "")


def _shifted(operator: bytes, name: bytes, lower: float, marks: int) -> bytes:
    if name == b"re":
        match = _BOX.fullmatch(operator)
    elif name in (b"Tm", b"m", b"l"):
        match = _HIGH.fullmatch(operator)
    elif name in (b"c", b"v", b"y", b"cm", b"Do", b"sh"):
        raise PlaceholderNotFound("a drawing")
    else:
        number = mark_of(operator)
        return operator if number is None else b"<</MCID %d>>" % (number + marks)
    if match is None:
        raise PlaceholderNotFound("numbers that cannot be read")
    return b"%b%b%b" % (match[1], decimal(float(match[2]) + lower), match[3])


def decimal(number: float) -> bytes:
    """A number as WeasyPrint writes it."""
    text = f"{number:f}".rstrip("0").rstrip(".")
    return b"0" if text in ("", "-0") else text.encode()


def renumbered(operators: Iterable[bytes], marks: Callable[[int], int]) -> Iterator[bytes]:
    """Operators whose marked content has new numbers."""
    for operator in operators:
        number = mark_of(operator)
        yield operator if number is None else b"<</MCID %d>>" % marks(number)
