"""Copies of laid-out pages as one file: pages, structure, outline; what pages share is written once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from planforge.batch.laid_out import Base, PageParts
from planforge.batch.pdf_file import PdfFile, array, text
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


class Merger:
    """Writes letters one after the other; nothing of a letter is kept but its numbers."""

    def __init__(self, base: Base, letters: int, file: BinaryIO) -> None:
        self._base = base
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
        self._written = 0
        self._shown = 0

    def add(self, copy: Copy) -> None:
        """Write one letter."""
        numbers = [self._page(part, pieces) for part, pieces in zip(copy.parts, copy.contents, strict=True)]
        marks = [
            (level, label, number, x * _POINT, part.height - y * _POINT)
            for number, part, page in zip(numbers, copy.parts, copy.marks, strict=True)
            for level, label, (x, y), _ in page
        ]
        self._letter_entry(marks)

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
        file.pack(base.root, base.catalog.data)
        info = file.numbers(1) if base.info else None
        if info is not None:
            file.pack(info, base.info)
        file.finish(base.root, info)

    def _page(self, part: PageParts, pieces: list[tuple[bool, bytes]]) -> int:
        file = self._file
        number = file.numbers(1)
        contents = []
        for shared, data in pieces:
            known = self._shared.get(data) if shared else None
            if known is None:
                known = file.numbers(1)
                file.stream(known, data)
                if shared:
                    self._shared[data] = known
            contents.append(known)
        first = file.numbers(len(part.elements))
        refer = [*range(first, first + len(part.elements)), self._base.tag_document, number]
        for index, element in enumerate(part.elements):
            file.pack(first + index, element.template % tuple([refer[one] for one in element.references]))
        parents = file.numbers(1)
        file.pack(parents, array([first + one for one in part.marked]))
        file.pack(
            number,
            b"<</Type /Page/Parent %d 0 R/Contents %b/StructParents %d%b>>"
            % (self._base.pages, array(contents), len(self._parents), part.entries),
        )
        self._parents.append(parents)
        self._top += [first + one for one in part.top]
        self._pages.append(number)
        return number

    def _letter_entry(self, marks: list[tuple[int, str, int, float, float]]) -> None:
        """A letter's own entry with those of its headings below it."""
        root: _Entry | None = None
        above: list[tuple[int, _Entry]] = []
        for level, label, page, x, y in marks:
            number = self._file.numbers(1) if root else self._entries + self._written
            entry = _Entry(number, label, page, x, y, [])
            while len(above) > 1 and above[-1][0] >= level:
                above.pop()
            if root is None:
                root = entry
            else:
                above[-1][1].inner.append(entry)
            above.append((level, entry))
        assert root is not None
        before = root.number - 1 if self._written else None
        self._written += 1
        after = root.number + 1 if self._written < self._letters else None
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


def _decimal(number: float) -> bytes:
    return f"{number:f}".rstrip("0").rstrip(".").encode() or b"0"
