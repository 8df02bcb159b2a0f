"""Letters as one PDF: of those that are laid out alike one is laid out, and its glyphs are replaced in place.

Reading order, tags and outline stay what WeasyPrint makes of a letter; only the digits of glyph numbers
change. A further letter, which is thrown away, carries all characters of all values: so WeasyPrint itself
puts them into its fonts and says which glyph each of them is. What stands between values is shared by all
letters of a group. Whatever cannot be done so for certain is laid out by itself, letter by letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from planforge.batch import plain
from planforge.batch.filling import fields_of, filled, measured_fields, styles_with_fields
from planforge.batch.laid_out import PageParts, Strange, take_apart
from planforge.batch.merging import Copy, merge
from planforge.batch.paper import SINGLE, Paper, slip_at
from planforge.batch.plain import Bookmark, Letter
from planforge.batch.slots import Glyph, Slot, Unplaced, glyphs, slots
from planforge.batch.widths import Pattern, Widths
from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.writers.fonts import Fonts

_KEPT = 400
"""Layouts kept from file to file."""


@dataclass(slots=True)
class _Group:
    """Letters that are laid out alike. pattern None: a single letter, laid out with its own values."""

    document: Document
    values: Mapping[str, str]
    pattern: Pattern | None
    letters: list[int]


class Press:
    """Writes letters of one look as merged PDF files; layouts are kept from one file to the next."""

    def __init__(self, look: Look, fonts: Fonts) -> None:
        self._look = look
        self._fonts = fonts
        self._layouts: dict[tuple[int, tuple[tuple[str, str], ...]], tuple[Document, Any]] = {}
        self.layouts = 0
        """How many letters were laid out, those thrown away not counted."""

    def write(self, letters: Sequence[Letter], file: BinaryIO, paper: Paper = SINGLE) -> None:
        """Letters as one file, in their order, an entry of the outline for each. paper: how they lie on it.

        Raises InputError where several letters are to share a sheet and cannot.
        """
        alone: set[int] = set()
        while True:
            try:
                again = self._try(letters, file, alone, paper)
            except Strange:
                file.write(plain.pdf(letters, self._look, self._fonts, paper))
                return
            if not again:
                return
            alone |= again

    def _try(self, letters: Sequence[Letter], file: BinaryIO, alone: set[int], paper: Paper) -> set[int]:
        """Write the file, or name the letters that must be laid out by themselves first."""
        groups = self._groups(letters, alone)
        layouts = [self._layout(group.document, group.values) for group in groups]
        thrown = self._thrown_away(letters, groups)
        pages = [page for layout in layouts for page in layout.pages]
        extra = [page for layout in thrown for page in layout.pages]
        parts, base, shown = take_apart(layouts[0], [*pages, *extra])
        numbers: dict[tuple[str, str], int] = {}
        for part in parts[len(pages) :]:
            for glyph in _certain(part):
                numbers.setdefault((glyph.font, shown.get((glyph.font, glyph.number), "")), glyph.number)
        copies: list[Copy | None] = [None] * len(letters)
        wrong: set[int] = set()
        at = 0
        for group, layout in zip(groups, layouts, strict=True):
            own = parts[at : at + len(layout.pages)]
            at += len(layout.pages)
            try:
                found = self._slots(group, own, shown)
            except Unplaced:
                wrong.update(group.letters)
                continue
            made = _Made(own, found, layout)
            for number in group.letters:
                try:
                    copies[number] = made.copy(letters[number], numbers)
                except Unplaced:
                    wrong.add(number)
        if wrong:
            return wrong
        whole = [one for one in copies if one is not None]
        merge(
            base,
            len(whole),
            whole.__getitem__,
            file,
            paper,
            lambda number: slip_at(letters[number].document),
        )
        return set()

    def _groups(self, letters: Sequence[Letter], alone: set[int]) -> list[_Group]:
        documents = {id(one.document): one.document for one in letters}
        styles = {style for document in documents.values() for style in styles_with_fields(document)}
        words = (value for one in letters for value in one.values.values())
        widths = Widths(self._look, self._fonts, words, styles)
        names: dict[int, tuple[list[str], bool]] = {}
        found: dict[tuple[object, ...], _Group] = {}
        for number, letter in enumerate(letters):
            document = letter.document
            if id(document) not in names:
                fields = list(dict.fromkeys(field.name for field in fields_of(document)))
                names[id(document)] = (fields, bool(measured_fields(document)))
            fields, measured = names[id(document)]
            values = {name: letter.values.get(name, "") for name in fields}
            key: tuple[object, ...]
            if measured or number in alone:
                key = (id(document), tuple(values.items()))
                group = _Group(document, values, None, [])
            else:
                pattern = widths.pattern(fields, values)
                key = (id(document), pattern)
                group = _Group(document, dict(pattern.standing), pattern, [])
            found.setdefault(key, group).letters.append(number)
        return list(found.values())

    def _layout(self, document: Document, values: Mapping[str, str]) -> Any:
        from planforge.writers.pdf import layout

        key = (id(document), tuple(values.items()))
        if key not in self._layouts:
            if len(self._layouts) >= _KEPT:
                self._layouts.clear()
            self.layouts += 1
            self._layouts[key] = (document, layout(filled(document, values), self._look, self._fonts))
        return self._layouts[key][1]

    def _thrown_away(self, letters: Sequence[Letter], groups: Sequence[_Group]) -> list[Any]:
        """For each composition a letter with all characters of all values that are to be replaced."""
        from planforge.writers.pdf import layout

        wanted: dict[int, tuple[Document, dict[str, set[str]]]] = {}
        for group in groups:
            if group.pattern is None:
                continue
            _, fields = wanted.setdefault(id(group.document), (group.document, {}))
            for name, places in group.pattern.slots:
                characters = fields.setdefault(name, set())
                for number in group.letters if places else ():
                    value = letters[number].values[name]
                    characters.update(value[place] for place in places)
        return [
            layout(
                filled(document, {name: "".join(sorted(found)) for name, found in fields.items()}),
                self._look,
                self._fonts,
            )
            for document, fields in wanted.values()
            if any(fields.values())
        ]

    def _slots(
        self, group: _Group, parts: Sequence[PageParts], shown: Mapping[tuple[str, int], str]
    ) -> list[list[Slot]]:
        if group.pattern is None or not any(places for _, places in group.pattern.slots):
            return [[] for _ in parts]
        here, there = (
            self._html(filled(group.document, dict(values)))
            for values in (group.pattern.standing, group.pattern.other)
        )
        order = [field.name for field in fields_of(group.document)]
        return slots([part.operators for part in parts], shown, here, there, order, group.pattern)

    def _html(self, document: Document) -> str:
        from planforge.writers.html import body_of

        return body_of(document, self._look, self._fonts, own_lines=True)


def _certain(part: PageParts) -> list[Glyph]:
    try:
        return list(glyphs(part.operators))
    except Unplaced:
        return []


class _Made:
    """One group's pages, ready to be copied for each of its letters."""

    def __init__(self, parts: Sequence[PageParts], found: Sequence[Sequence[Slot]], layout: Any) -> None:
        self._pages = [Stencil(part, slots) for part, slots in zip(parts, found, strict=True)]
        self._marks = [list(page.bookmarks) for page in layout.pages]

    def copy(self, letter: Letter, numbers: Mapping[tuple[str, str], int]) -> Copy:
        """The pages of one letter. Raises Unplaced where a character of it is in no font."""
        contents = [page.contents(letter.values, numbers) for page in self._pages]
        marks: list[list[Bookmark]] = [
            [(level + 1, text, place, state) for level, text, place, state in page] for page in self._marks
        ]
        marks[0].insert(0, (1, letter.label, (0.0, 0.0), "open"))
        return Copy([page.part for page in self._pages], contents, marks)


_GAP = 600
"""Bytes between two values below which they stand in one stream."""


class Stencil:
    """A page's content in pieces: shared ones, and those in which values stand."""

    def __init__(self, part: PageParts, found: Sequence[Slot]) -> None:
        self.part = part
        by_operator: dict[int, list[Slot]] = {}
        for slot in found:
            by_operator.setdefault(slot.glyph.operator, []).append(slot)
        stretches: list[tuple[bool, list[int]]] = []
        for number in range(len(part.operators)):
            varies = number in by_operator
            if stretches and stretches[-1][0] == varies:
                stretches[-1][1].append(number)
            else:
                stretches.append((varies, [number]))
        joined: list[tuple[bool, list[int]]] = []
        for place, (varies, operators) in enumerate(stretches):
            size = sum(len(part.operators[one]) for one in operators)
            inner = 0 < place < len(stretches) - 1 and not varies and size < _GAP
            if joined and joined[-1][0] and (varies or inner):
                joined[-1][1].extend(operators)
            else:
                joined.append((varies, operators))
        self._pieces: list[bytes | tuple[list[bytes], list[Slot]]] = []
        for varies, operators in joined:
            if not varies:
                self._pieces.append(b"\n".join(part.operators[one] for one in operators))
                continue
            fixed = [b""]
            order: list[Slot] = []
            for one in operators:
                data, at = part.operators[one], 0
                for slot in by_operator.get(one, ()):
                    fixed[-1] += data[at : slot.glyph.at]
                    fixed.append(b"")
                    order.append(slot)
                    at = slot.glyph.at + 4
                fixed[-1] += data[at:] + b"\n"
            self._pieces.append((fixed, order))

    def contents(
        self, values: Mapping[str, str], numbers: Mapping[tuple[str, str], int]
    ) -> list[tuple[bool, bytes]]:
        """The pieces with these values; whether each is shared by all letters of the group."""
        found: list[tuple[bool, bytes]] = []
        for piece in self._pieces:
            if isinstance(piece, bytes):
                found.append((True, piece))
                continue
            fixed, order = piece
            written = [fixed[0]]
            for slot, rest in zip(order, fixed[1:], strict=True):
                number = numbers.get((slot.glyph.font, values[slot.field][slot.index]))
                if number is None:
                    raise Unplaced("a character without a glyph of its own")
                written += (b"%04x" % number, rest)
            found.append((False, b"".join(written)))
        return found
