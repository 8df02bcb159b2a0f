"""Copies of laid-out pages as one file: pages, structure, outline; what pages share is written once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from planforge.batch.laid_out import Base, PageParts
from planforge.batch.paper import SINGLE, Paper, SlipAt
from planforge.batch.pdf_file import PdfFile, array, text
from planforge.batch.placing import Place, entries_on_sheet, shifted_content, shifted_element
from planforge.batch.plain import Bookmark

_POINT = 0.75  # of a CSS pixel


@dataclass(frozen=True, slots=True, repr=False)
class Copy:
    """One letter's pages: what they are made of, the pieces of their content (shared or its own), bookmarks."""

    parts: list[PageParts]
    contents: list[list[tuple[bool, bytes]]]
    marks: list[list[Bookmark]]


@dataclass(slots=True)
class _Entry:
    """An entry of the outline."""

    number: int
    label: str
    page: int
    x: float
    y: float
    inner: list[_Entry]

    def count(self) -> int:
        return len(self.inner) + sum(one.count() for one in self.inner)


def merge(
    base: Base,
    letters: int,
    copy_of: Callable[[int], Copy],
    file: BinaryIO,
    paper: Paper = SINGLE,
    slip_of: Callable[[int], SlipAt] = lambda _: "none",
) -> None:
    """Write letters as one file, as they lie on paper. copy_of, slip_of: a letter by its number, and where its slip is."""
    merger = Merger(base, letters, file, paper)
    for row in paper.rows(letters):
        slips = {slip_of(one) for one in row if one is not None}
        slip: SlipAt = "inside" if "inside" in slips else "end" if "end" in slips else "none"
        merger.add_row([None if one is None else (one, copy_of(one)) for one in row], slip)
    merger.finish()


class Merger:
    """Writes letters one after the other; nothing of a letter is kept but its numbers."""

    def __init__(self, base: Base, letters: int, file: BinaryIO, paper: Paper = SINGLE) -> None:
        self._base = base
        self._paper = paper
        self._file = PdfFile(file, base.free)
        for number, data, stands_alone in base.objects:
            (self._file.write if stands_alone else self._file.pack)(number, data)
        self._shared: dict[bytes, int] = {}
        self._pages: list[int] = []
        self._top: list[int] = []
        self._parents: list[int] = []
        self._outline = self._file.numbers(1)
        self._entries = self._file.numbers(letters)
        self._letters = letters
        self._entered: set[int] = set()
        self._shown = 0

    def add(self, copy: Copy) -> None:
        """Write the next letter, on pages of its own."""
        self.add_row([(len(self._entered), copy)])

    def add_row(self, row: Sequence[tuple[int, Copy] | None], slip: SlipAt = "none") -> None:
        """Write letters that share their sheets, by place; each with its number, by which the outline is ordered.

        A letter that comes a second time is a further copy, without an entry of its own.
        """
        letters = [one for one in row if one is not None]
        longest = max(len(copy.parts) for _, copy in letters)
        found: dict[int, list[tuple[int, float, float]]] = {number: [] for number, _ in letters}
        for side, page in enumerate(self._paper.faces(longest, slip)):
            back = self._paper.duplex and side % 2 == 1
            places: list[Place] = []
            for place, one in enumerate(row):
                if one is None or page is None or page > len(one[1].parts):
                    continue
                number, copy = one
                x, y = self._paper.corner(place, back=back)
                places.append(Place(number, copy.parts[page - 1], copy.contents[page - 1], x, y))
            if not places:
                self._blank(letters[0][1].parts[0])
                continue
            leaf = self._page(places)
            for at in places:
                found[at.letter].append((leaf, at.x, at.y))
        for number, copy in letters:
            if number not in self._entered:
                self._entered.add(number)
                self._letter_entry(number, _marks(copy, found[number]))

    def finish(self) -> None:
        """Write what holds the letters together."""
        file, base = self._file, self._base
        file.pack(base.pages, b"<</Type /Pages/Kids %b/Count %d>>" % (array(self._pages), len(self._pages)))
        nums = b" ".join(b"%d %d 0 R" % pair for pair in enumerate(self._parents))
        file.pack(base.parents, b"<</Nums [%b]>>" % nums)
        above, document = base.tag_entries
        file.pack(
            base.tags, b"<<%b/K %b/ParentTree %d 0 R>>" % (above, array([base.tag_document]), base.parents)
        )
        file.pack(base.tag_document, b"<<%b/K %b>>" % (document, array(self._top)))
        file.pack(
            self._outline,
            b"<</Count %d/First %d 0 R/Last %d 0 R>>"
            % (self._shown, self._entries, self._entries + self._letters - 1),
        )
        base.catalog["Outlines"] = b"%d 0 R" % self._outline
        if preferences := self._paper.preferences():
            known = base.catalog.get("ViewerPreferences", {})
            base.catalog["ViewerPreferences"] = type(base.catalog)({**known, **preferences})
        file.pack(base.root, base.catalog.data)
        info = file.numbers(1) if base.info else None
        if info is not None:
            file.pack(info, base.info)
        file.finish(base.root, info)

    def _blank(self, part: PageParts) -> None:
        """A side that stays empty."""
        number = self._file.numbers(1)
        entries = entries_on_sheet(part, self._paper.size)
        self._file.pack(number, b"<</Type /Page/Parent %d 0 R%b>>" % (self._base.pages, entries))
        self._pages.append(number)

    def _page(self, places: Sequence[Place]) -> int:
        """A page with what stands in each of its places."""
        file = self._file
        number = file.numbers(1)
        contents: list[int] = []
        elements: list[int] = []
        for at in places:
            marked = len(elements)
            pieces: Sequence[tuple[bool, bytes]] = at.contents
            if self._paper.up > 1:
                moved = b"q 1 0 0 1 %.3f %.3f cm" % (at.x, at.y)
                pieces = [(True, moved), *shifted_content(pieces, marked), (True, b"Q")]
            contents += [self._content(shared, data) for shared, data in pieces]
            part = at.part
            first = file.numbers(len(part.elements))
            refer = [*range(first, first + len(part.elements)), self._base.tag_document, number]
            for index, element in enumerate(part.elements):
                template = shifted_element(element.template, marked)
                file.pack(first + index, template % tuple([refer[one] for one in element.references]))
            elements += [first + one for one in part.marked]
            self._top += [first + one for one in part.top]
        if cuts := self._paper.cuts():
            contents.append(self._content(True, cuts))
        parents = file.numbers(1)
        file.pack(parents, array(elements))
        file.pack(
            number,
            b"<</Type /Page/Parent %d 0 R/Contents %b/StructParents %d%b>>"
            % (
                self._base.pages,
                array(contents),
                len(self._parents),
                entries_on_sheet(places[0].part, self._paper.size),
            ),
        )
        self._parents.append(parents)
        self._pages.append(number)
        return number

    def _content(self, shared: bool, data: bytes) -> int:
        """A stream of content; one that is shared is written once."""
        known = self._shared.get(data) if shared else None
        if known is None:
            known = self._file.numbers(1)
            self._file.stream(known, data)
            if shared:
                self._shared[data] = known
        return known

    def _letter_entry(self, letter: int, marks: list[tuple[int, str, int, float, float]]) -> None:
        """A letter's own entry with those of its headings below it."""
        root: _Entry | None = None
        above: list[tuple[int, _Entry]] = []
        for level, label, page, x, y in marks:
            number = self._file.numbers(1) if root else self._entries + letter
            entry = _Entry(number, label, page, x, y, [])
            while len(above) > 1 and above[-1][0] >= level:
                above.pop()
            if root is None:
                root = entry
            else:
                above[-1][1].inner.append(entry)
            above.append((level, entry))
        assert root is not None
        before = root.number - 1 if letter else None
        after = root.number + 1 if letter + 1 < self._letters else None
        self._shown += 1 + root.count()
        self._write_entry(root, self._outline, before, after)

    def _write_entry(self, entry: _Entry, parent: int, before: int | None, after: int | None) -> None:
        links = b""
        for name, number in ((b"Prev", before), (b"Next", after)):
            if number is not None:
                links += b"/%b %d 0 R" % (name, number)
        if entry.inner:
            links += b"/First %d 0 R/Last %d 0 R" % (entry.inner[0].number, entry.inner[-1].number)
        self._file.pack(
            entry.number,
            b"<</Title %b/Dest [%d 0 R /XYZ %b %b 0]/Count %d/Parent %d 0 R%b>>"
            % (
                text(entry.label),
                entry.page,
                _decimal(entry.x),
                _decimal(entry.y),
                entry.count(),
                parent,
                links,
            ),
        )
        numbers = [one.number for one in entry.inner]
        for one, left, right in zip(entry.inner, [None, *numbers], [*numbers[1:], None], strict=False):
            self._write_entry(one, entry.number, left, right)


def _marks(
    copy: Copy, leaves: Sequence[tuple[int, float, float]]
) -> list[tuple[int, str, int, float, float]]:
    """A letter's bookmarks: level, label, page, place on it in points."""
    return [
        (level, label, leaf, left + x * _POINT, low + part.height - y * _POINT)
        for (leaf, left, low), part, page in zip(leaves, copy.parts, copy.marks, strict=True)
        for level, label, (x, y), _ in page
    ]


def _decimal(number: float) -> bytes:
    return f"{number:f}".rstrip("0").rstrip(".").encode() or b"0"
