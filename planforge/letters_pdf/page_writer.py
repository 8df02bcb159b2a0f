"""Copies of pages as one file: pages, structure, outline; what pages share is written once."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planforge.imposition.paper import Paper, SlipAt
from planforge.letters_pdf.content_templates import Piece
from planforge.letters_pdf.fragments import decimal
from planforge.letters_pdf.n_up import LeafPlace, entries_on_sheet, shifted
from planforge.letters_pdf.page_assembly import LetterPage
from planforge.letters_pdf.pdf_file import Objects, PdfFile, References, compressed, listed, text
from planforge.writers.pdf.weasyprint_adapter.page_parts import TOP, SharedObjects

_POINT = 0.75  # of a CSS pixel
_NUMBER = b"%8d 0 R"  # always as long, so that all letters of a layout have their objects at the same offsets
_PAGE = b"_______page_"  # as long as a reference
_PREFERENCES = b"/ViewerPreferences <<"


@dataclass(frozen=True, slots=True, repr=False)
class LetterCopy:
    """One letter's pages: what they are made of, the pieces of their content (shared or its own), its label."""

    sheets: Sequence[LetterPage]
    contents: Sequence[Sequence[Piece]]
    label: str


@dataclass(frozen=True, slots=True)
class _Tags:
    """The structure of a page as objects. references: elements by their place; offsets: where each begins.

    marked: by marked content, its element; top: those directly below the document.
    """

    template: bytes
    references: tuple[int, ...]
    offsets: tuple[int, ...]
    top: tuple[int, ...]
    marked: tuple[int, ...]

    def written(self, first: int, page: int) -> bytes:
        """The objects, with these numbers of the first element and of the page."""
        template = self.template.replace(_PAGE, b"%8d 0 R" % page)
        return template % tuple([first + number for number in self.references])


@dataclass(slots=True)
class _OutlineEntry:
    """An entry of the outline."""

    number: int
    label: str
    page: int
    x: float
    y: float
    inner: list[_OutlineEntry] = field(default_factory=list)

    def count(self) -> int:
        return len(self.inner) + sum(inner.count() for inner in self.inner)


@dataclass(slots=True)
class FileLinks:
    """What holds letters together. shown: entries of the outline."""

    pages: References = field(default_factory=References)
    parents: References = field(default_factory=References)
    top: References = field(default_factory=References)
    shown: int = 0

    def add(self, others: FileLinks) -> None:
        """Those of further letters."""
        self.pages.add_all(others.pages)
        self.parents.add_all(others.parents)
        self.top.add_all(others.top)
        self.shown += others.shown


@dataclass(slots=True)
class OutlineNumbers:
    """Where the outline stands. number: of itself; entries: of each letter's entry."""

    number: int
    entries: Sequence[int]


def begin(file: PdfFile, base: SharedObjects, fonts: Mapping[str, int]) -> None:
    """Write what stands before all letters. fonts: the numbers of their dictionaries, by the names on the pages."""
    for number, data, stands_alone in base.objects:
        (file.write if stands_alone else file.pack)(number, data)
    names = [b"/%b %d 0 R" % (key.encode(), number) for key, number in fonts.items()]
    file.pack(base.fonts, b"<<%b>>" % b"".join(names))


def hold_together(
    file: PdfFile, base: SharedObjects, outline: OutlineNumbers, links: FileLinks, paper: Paper
) -> None:
    """Write what holds the letters together: lists of their pages, tags and entries of the outline."""
    pages = b"<</Type /Pages/Kids [%b]/Count %d>>" % (bytes(links.pages.written), links.pages.count)
    file.pack(base.pages, pages)
    file.pack(base.parents, b"<</Nums [%b]>>" % bytes(links.parents.written))
    above, document = base.tag_entries
    tree = b"<<%b/K %b/ParentTree %d 0 R>>" % (above, listed([base.tag_document]), base.parents)
    file.pack(base.tags, tree)
    file.pack(base.tag_document, b"<<%b/K [%b]>>" % (document, bytes(links.top.written)))
    first, last = outline.entries[0], outline.entries[-1]
    file.pack(outline.number, b"<</Count %d/First %d 0 R/Last %d 0 R>>" % (links.shown, first, last))
    wanted = b"".join(b"/%b %b" % (k.encode(), v.encode()) for k, v in paper.preferences().items())
    catalog = base.catalog.replace(_PREFERENCES, _PREFERENCES + wanted)
    file.pack(base.root, b"<<%b/Outlines %d 0 R>>" % (catalog, outline.number))


def end(file: PdfFile, base: SharedObjects, about: bytes) -> None:
    """End a file. about: its properties."""
    info = file.numbers(1)
    file.pack(info, about)
    file.finish(base.root, info)


@dataclass(slots=True)
class SharedContent:
    """What is the same in several files. streams: content, and the same as a stream; tags: structures of pages."""

    streams: dict[bytes, bytes] = field(default_factory=dict)
    tags: dict[tuple[int, int], tuple[LetterPage, _Tags]] = field(default_factory=dict)


SheetRow = tuple[int | None, ...]
"""Letters that share their sheets, by their numbers; None for an empty place."""


class CopiesWriter:
    """Writes letters one after the other; nothing of a letter is kept but its numbers."""

    def __init__(
        self, base: SharedObjects, file: Objects, outline: OutlineNumbers, paper: Paper, kept: SharedContent, shared: Mapping[bytes, int]
    ) -> None:  # fmt: skip
        """kept: what was made for other letters, and takes these letters'. shared: content that is written already."""
        self._base = base
        self._kept = kept
        self._paper = paper
        self._file = file
        self._outline = outline
        self._shared = dict(shared)
        self._entered: set[int] = set()
        self.links = FileLinks()

    def add_rows(
        self, rows: Iterable[SheetRow], copy_of: Callable[[int], LetterCopy], slip_of: Callable[[int], SlipAt], entered: Container[int]
    ) -> None:  # fmt: skip
        """Write letters as they lie on paper. entered: those whose entry of the outline is written here."""
        for row in rows:
            slips = {slip_of(letter) for letter in row if letter is not None}
            slip: SlipAt = "inside" if "inside" in slips else "end" if "end" in slips else "none"
            self._add(
                [None if letter is None else (letter, copy_of(letter)) for letter in row], slip, entered
            )

    def _add(
        self, row: Sequence[tuple[int, LetterCopy] | None], slip: SlipAt, entered: Container[int]
    ) -> None:
        """Letters that share their sheets, by place. A letter that comes a second time is a further copy."""
        letters = [numbered_copy for numbered_copy in row if numbered_copy is not None]
        longest = max(len(copy.sheets) for _, copy in letters)
        leaves: dict[int, list[tuple[int, float, float]]] = {number: [] for number, _ in letters}
        for side, page in enumerate(self._paper.faces(longest, slip)):
            back = self._paper.duplex and side % 2 == 1
            places: list[LeafPlace] = []
            for place, numbered_copy in enumerate(row):
                if numbered_copy is None or page is None or page > len(numbered_copy[1].sheets):
                    continue
                number, copy = numbered_copy
                x, y = self._paper.corner(place, back=back)
                places.append(
                    LeafPlace(number, page - 1, copy.sheets[page - 1], copy.contents[page - 1], x, y)
                )
            if not places:
                self._blank(letters[0][1].sheets[0])
                continue
            leaf = self._page(places)
            for at in places:
                if len(leaves[at.letter]) == at.page:  # an entry leads to the first of several copies
                    leaves[at.letter].append((leaf, at.x, at.y))
        for number, copy in letters:
            if number in entered and number not in self._entered:
                self._entered.add(number)
                self._letter_entry(number, _marks(copy, leaves[number]))

    def _blank(self, sheet: LetterPage) -> None:
        """A side that stays empty."""
        number = self._file.numbers(1)
        entries = entries_on_sheet(sheet, self._paper.size)
        self._file.pack(number, b"<</Type /Page/Parent %d 0 R%b>>" % (self._base.pages, entries))
        self.links.pages.add([number])

    def _page(self, places: Sequence[LeafPlace]) -> int:
        """A page with what stands in each of its places."""
        file = self._file
        contents: list[int] = []
        tagged: list[_Tags] = []
        marks = 0
        for at in places:
            streams = [
                self._shared_content(shifted(piece, marks))
                if piece[0]
                else self._own_content(at, number, marks)
                for number, piece in enumerate(at.contents)
            ]
            if self._paper.up > 1:
                moved = self._shared_content(b"q 1 0 0 1 %.3f %.3f cm" % (at.x, at.y))
                streams = [moved, *streams, self._shared_content(b"Q")]
            contents += streams
            tagged.append(self._tagged(at.sheet, marks))
            marks += at.sheet.marks
        if cuts := self._paper.cuts():
            contents.append(self._shared_content(cuts))
        parents = page = file.numbers(2 + sum(len(tags.offsets) for tags in tagged))
        page += 1
        first = page + 1
        elements: list[int] = []
        for tags in tagged:
            file.pack_all(first, tags.written(first, page), tags.offsets)
            elements += [first + element for element in tags.marked]
            self.links.top.add([first + element for element in tags.top])
            first += len(tags.offsets)
        file.pack(parents, listed(elements))
        entries = entries_on_sheet(places[0].sheet, self._paper.size)
        file.pack(
            page,
            b"<</Type /Page/Parent %d 0 R/Contents %b/StructParents %d%b>>"
            % (self._base.pages, listed(contents), parents, entries),
        )
        self.links.parents.add([parents], keyed=True)
        self.links.pages.add([page])
        return page

    def _tagged(self, sheet: LetterPage, marks: int) -> _Tags:
        """A page's structure, its marked content counted on behind so many others."""
        kept = self._kept.tags
        if (id(sheet), marks) not in kept:
            kept[id(sheet), marks] = (sheet, _tags(sheet, self._base.tag_document, marks))
        return kept[id(sheet), marks][1]

    def _shared_content(self, data: bytes) -> int:
        """A stream of content that is written once, whatever shows it."""
        known = self._shared.get(data)
        if known is None:
            known = self._shared[data] = self._file.numbers(1)
            if data not in self._kept.streams:
                self._kept.streams[data] = compressed(data)
            self._file.write(known, self._kept.streams[data])
        return known

    def _own_content(self, at: LeafPlace, piece: int, marks: int) -> int:
        """A letter's own stream of content: which piece of its page, behind so many marks."""
        number = self._file.numbers(1)
        self._file.write(number, compressed(shifted(at.contents[piece], marks)))
        return number

    def _letter_entry(self, letter: int, marks: Sequence[tuple[int, str, int, float, float]]) -> None:
        """A letter's own entry with those of its headings below it."""
        root: _OutlineEntry | None = None
        above: list[tuple[int, _OutlineEntry]] = []
        for level, label, page, x, y in marks:
            number = self._file.numbers(1) if root else self._outline.entries[letter]
            entry = _OutlineEntry(number, label, page, x, y)
            while len(above) > 1 and above[-1][0] >= level:
                above.pop()
            if root is None:
                root = entry
            else:
                above[-1][1].inner.append(entry)
            above.append((level, entry))
        assert root is not None
        entries = self._outline.entries
        before = entries[letter - 1] if letter else None
        after = entries[letter + 1] if letter + 1 < len(entries) else None
        self.links.shown += 1 + root.count()
        self._write_entry(root, self._outline.number, before, after)

    def _write_entry(self, entry: _OutlineEntry, parent: int, before: int | None, after: int | None) -> None:
        links = b""
        for name, number in ((b"Prev", before), (b"Next", after)):
            if number is not None:
                links += b"/%b %d 0 R" % (name, number)
        if entry.inner:
            links += b"/First %d 0 R/Last %d 0 R" % (entry.inner[0].number, entry.inner[-1].number)
        rest = b"/Dest [%d 0 R /XYZ %b %b 0]/Count %d/Parent %d 0 R%b" % (
            entry.page, decimal(entry.x), decimal(entry.y), entry.count(), parent, links,
        )  # fmt: skip
        self._entry(entry.number, entry.label, rest)
        numbers = [inner.number for inner in entry.inner]
        for inner, left, right in zip(entry.inner, [None, *numbers], [*numbers[1:], None], strict=False):
            self._write_entry(inner, entry.number, left, right)

    def _entry(self, number: int, label: str, rest: bytes) -> None:
        """An entry of the outline. rest: what its dictionary says besides the label."""
        self._file.pack(number, entry(label, rest))


def entry(label: str, rest: bytes) -> bytes:
    """An entry of the outline as an object."""
    return b"<</Title %b%b>>" % (text(label), rest)


def _marks(
    copy: LetterCopy, leaves: Sequence[tuple[int, float, float]]
) -> list[tuple[int, str, int, float, float]]:
    """A letter's bookmarks: level, label, page, place on it in points. The first is the letter itself."""
    page, left, low = leaves[0]
    bookmarks = [(1, copy.label, page, left, low + copy.sheets[0].height)]
    return bookmarks + [
        (level + 1, label, leaf, left + x * _POINT, low + sheet.height - y * _POINT)
        for (leaf, left, low), sheet in zip(leaves, copy.sheets, strict=True)
        for level, label, (x, y), _ in sheet.bookmarks
    ]


def _tags(sheet: LetterPage, document: int, marks: int) -> _Tags:
    """A page's structure with room for its numbers. marks: to be added to those of its marked content."""
    by_mark = {
        mark: number
        for number, element in enumerate(sheet.elements)
        for marked, mark in element.kids
        if marked
    }
    references: list[int] = []
    objects = []
    for element in sheet.elements:
        parent = b"%8d 0 R" % document if element.parent == TOP else _NUMBER
        references += [] if element.parent == TOP else [element.parent]
        kids = []
        for marked, kid in element.kids:
            kids.append(b"%d" % (kid + marks) if marked else _NUMBER)
            references += [] if marked else [kid]
        entries = element.entries.replace(b"%", b"%%")
        objects.append(b"<<%b/P %b/Pg %b/K [%b]>>" % (entries, parent, _PAGE, b" ".join(kids)))
    offsets, at = [], 0
    for made in objects:
        offsets.append(at)
        at += len(made.replace(b"%%", b"%")) + made.count(_NUMBER) * (len(_NUMBER % 0) - len(_NUMBER)) + 1
    owners = tuple(by_mark[mark] for mark in range(sheet.marks))
    return _Tags(b"\n".join(objects), tuple(references), tuple(offsets), sheet.top, owners)
