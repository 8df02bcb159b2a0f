"""Pages of letters put together: a laid-out letter of as many lines, and the paragraphs of any other in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planforge.letters_pdf.fragments import Fragment, Surroundings, put, renumbered, surroundings
from planforge.letters_pdf.placeholders import Glyph, Placeholder, PlaceholderNotFound, glyphs
from planforge.writers.pdf.weasyprint_adapter.page_parts import (
    TOP,
    LaidOutParagraph,
    PageParts,
    StructureElement,
)
from planforge.writers.pdf.weasyprint_adapter.writing import Bookmark

_ALIKE = 0.001  # CSS pixels


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A page. operators: of its content; slots: the glyphs in it that differ from letter to letter.

    fixed: the font and number of every other glyph; marks: how much marked content there is.
    """

    operators: list[bytes]
    placeholders: list[Placeholder]
    fixed: frozenset[tuple[str, int]]
    elements: tuple[StructureElement, ...]
    top: tuple[int, ...]
    entries: bytes
    height: float
    bookmarks: list[Bookmark]
    marks: int


def whole(part: PageParts, bookmarks: Iterable[Bookmark]) -> LetterPage:
    """A page as it was laid out. Raises PlaceholderNotFound."""
    marks = sum(marked for element in part.elements for marked, _ in element.kids)
    fixed = frozenset((glyph.font, glyph.number) for glyph in glyphs(part.operators))
    return LetterPage(
        part.operators, [], fixed, part.elements, part.top, part.entries, part.height, list(bookmarks), marks
    )


class PageFrame:
    """A laid-out letter whose paragraphs with values are replaced by others of the same height."""

    def __init__(
        self, pages: Sequence[PageParts], bookmarks: Sequence[list[Any]], places: Sequence[int]
    ) -> None:
        """places: the numbers of the paragraphs that are replaced. Raises PlaceholderNotFound."""
        wanted = set(places)
        self._pages = []
        numbers: list[int] = []
        for part, marks in zip(pages, bookmarks, strict=True):
            own = [paragraph for paragraph in part.paragraphs if paragraph.number in wanted]
            numbers += [paragraph.number for paragraph in own]
            if any(paragraph.operators[0] == paragraph.operators[1] for paragraph in own):
                raise PlaceholderNotFound("a paragraph in pieces")
            fixed = frozenset((glyph.font, glyph.number) for glyph in _outside(part.operators, own))
            self._pages.append((part, own, surroundings(part.operators, own), fixed, marks))
        if numbers != sorted(wanted):
            raise PlaceholderNotFound("a paragraph that is not on one page")

    def sheets(
        self, fragments: Mapping[int, Fragment], fixed: Mapping[int, frozenset[tuple[str, int]]]
    ) -> list[LetterPage]:
        """The pages with these paragraphs. fixed: glyphs of theirs that are the same in all letters. Raises PlaceholderNotFound."""
        return [
            _sheet(part, [(paragraph, near, fragments[paragraph.number], fixed[paragraph.number]) for paragraph, near in zip(own, surroundings, strict=True)], shown, marks)
            for part, own, surroundings, shown, marks in self._pages
        ]  # fmt: skip


def _outside(operators: Sequence[bytes], paragraphs: Sequence[LaidOutParagraph]) -> Iterable[Glyph]:
    inside = {place for paragraph in paragraphs for place in range(*paragraph.operators)}
    return (glyph for glyph in glyphs(operators) if glyph.operator not in inside)


def _sheet(
    part: PageParts,
    replaced: Sequence[tuple[LaidOutParagraph, Surroundings, Fragment, frozenset[tuple[str, int]]]],
    shown: frozenset[tuple[str, int]],
    bookmarks: Iterable[Bookmark],
) -> LetterPage:
    marks = _Marks([(paragraph.marks, fragment.marks) for paragraph, _, fragment, _ in replaced])
    operators: list[bytes] = []
    placeholders: list[Placeholder] = []
    at = 0
    for paragraph, here, fragment, _ in replaced:
        sizes = (
            (fragment.x, paragraph.x),
            (fragment.width, paragraph.width),
            (fragment.height, paragraph.height),
        )
        if any(abs(a - b) > _ALIKE for a, b in sizes):
            raise PlaceholderNotFound("a paragraph of another size")
        operators += renumbered(part.operators[at : paragraph.operators[0]], marks.of)
        more = marks.of(paragraph.marks[0]) - fragment.first_mark
        made, places = put(fragment, here, paragraph.y - fragment.y, more)
        placeholders += [
            Placeholder(
                placeholder.glyph.at_operator(len(operators) + places[placeholder.glyph.operator]),
                placeholder.field,
                placeholder.index,
            )
            for placeholder in fragment.placeholders
        ]
        operators += made
        at = paragraph.operators[1]
    operators += renumbered(part.operators[at:], marks.of)
    elements, moved = _elements(part.elements, replaced, marks)
    return LetterPage(
        operators, placeholders, shown.union(*(fixed for _, _, _, fixed in replaced)), elements,
        tuple(moved[number] for number in part.top), part.entries, part.height, list(bookmarks),
        sum(marked for element in elements for marked, _ in element.kids),
    )  # fmt: skip


class _Marks:
    """New numbers for marked content where paragraphs have more of it, or less, than those they replace."""

    def __init__(self, replaced: Sequence[tuple[tuple[int, int], int]]) -> None:
        """replaced: by paragraph, the numbers it had (from, up to) and how many it has now. Raises PlaceholderNotFound."""
        self._ends: list[int] = []
        self._more = [0]
        for (first, end), count in replaced:
            if self._ends and first < self._ends[-1]:
                raise PlaceholderNotFound("paragraphs drawn in another order")
            self._ends.append(end)
            self._more.append(self._more[-1] + count - (end - first))

    def of(self, mark: int) -> int:
        """The new number; for marks outside, and the first of a replaced paragraph."""
        return mark + self._more[bisect_right(self._ends, mark)]


def _elements(
    old: Sequence[StructureElement],
    replaced: Sequence[tuple[LaidOutParagraph, Surroundings, Fragment, frozenset[tuple[str, int]]]],
    marks: _Marks,
) -> tuple[tuple[StructureElement, ...], dict[int, int]]:
    """A page's structure with the replaced paragraphs in it, and where its own elements stand in that."""
    moved: dict[int, int] = {TOP: TOP}
    length = at = 0
    for paragraph, _, fragment, _ in replaced:
        first, after = paragraph.elements
        if first < at:
            raise PlaceholderNotFound("paragraphs tagged in another order")
        for number in range(at, first + 1):
            moved[number] = length
            length += 1
        length += len(fragment.elements) - 1
        at = after
    for number in range(at, len(old)):
        moved[number] = length
        length += 1

    def kept(element: StructureElement) -> StructureElement:
        kids = tuple((marked, marks.of(kid) if marked else moved[kid]) for marked, kid in element.kids)
        return StructureElement(element.tag, element.entries, moved[element.parent], kids)

    made: list[StructureElement] = []
    at = 0
    for paragraph, _, fragment, _ in replaced:
        first, after = paragraph.elements
        made += map(kept, old[at:first])
        start = len(made)
        more = marks.of(paragraph.marks[0]) - fragment.first_mark
        for tag in fragment.elements:
            kids = tuple((marked, kid + (more if marked else start)) for marked, kid in tag.kids)
            if tag.parent == TOP:  # the paragraph itself: what is said of it is said by its surroundings
                made.append(StructureElement(tag.tag, old[first].entries, moved[old[first].parent], kids))
            else:
                made.append(StructureElement(tag.tag, tag.entries, tag.parent + start, kids))
        at = after
    made += map(kept, old[at:])
    return tuple(made), moved
