"""Text to be checked, whatever it comes from: a document's tree, a profile's free text, a plain old text.

All passages stand in one string, a line each, so that a pattern is sought once and not once a passage.
Whoever finds something asks `at` where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Literal

from planforge.core.problems import Place
from planforge.document.tree import (
    Attachment,
    Blank,
    Block,
    Break,
    Closing,
    Document,
    Fact,
    Field,
    Figure,
    Heading,
    Inlines,
    Labelled,
    NumberedList,
    Paragraph,
    Signatures,
    Slip,
    Table,
    Text,
    Title,
    plain,
)
from planforge.facts.model import Facts
from planforge.facts.paths import source_of
from planforge.profile.field_titles import title
from planforge.readers import OldPaper

BLANK, FIELD, BREAK = "\ue000", "\ue001", "\ue002"
"""Stand for a space to write in, a recipient's value and a new line; no pattern takes them for words."""

Role = Literal[
    "title", "heading", "body", "item", "label", "cell", "closing", "form", "free", "plain", "rest"
]
_NOT_TEXT = frozenset({
    "id", "name", "short_name", "title", "number", "hotline", "phone", "topic", "how", "stage", "system", "act", "clock",
    "arrival", "arrival_winter", "first_lesson", "end", "starts", "until", "first_responsible", "post", "campus",
    "office", "issuer", "hotline_person", "address", "province", "city", "district", "satisfied_percent", "percent",
    "pupil_percent", "teacher_percent", "keeper", "reviewer", "coordinator", "year",
})  # fmt: skip
_NOT_PRINTED = frozenset({"id", "act"})
"""What only other places of the profile refer to."""
_HISTORY = (
    "problems[", "events[", "survey.", "bases[", "achievements[", "shortcomings[", "indicators[",
)  # fmt: skip
_AROUND = 400
"""Characters up to which a sentence is followed on each side of what was found: the longest that people write."""
_LONGEST = 1000
"""Characters from which on a line is cut, at the end of a sentence where it has one: a check may look through all of a
passage for each of its signs, so that time grows with the text's length and not with its square."""
_TITLE = 40
"""Characters that the first line of a plain text may have to be taken for its title."""
_CELLS = "｜"
"""Parts the cells of a row in a plain text, as our own writer and tables pasted into a chat have it."""
_SENTENCE_END = re.compile(r"[。；;！!？?\n]")


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of text. start: where it begins in the whole. pieces: (from, to, path) of printed facts in it.

    numbered: the writer puts a number before it. exact: place moves along with the characters.
    history: it speaks of what was, so that what it names need not be wanted. row: of a cell, what its row says.
    """

    text: str
    start: int
    place: Place | None
    role: Role
    pieces: tuple[tuple[int, int, str], ...] = ()
    path: str = ""
    numbered: bool = False
    level: int = 0
    members: int = 0
    exact: bool = False
    history: bool = False
    row: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where something was found. path: of the profile's value that most of it stands in, empty for template words.

    start: where, of the whole text, the words begin that are the value's. whole: all of them are."""

    place: Place | None
    path: str
    field: str
    sentence: str
    passage: Passage
    history: bool
    start: int = 0
    whole: bool = False


class Passages:
    """Passages in reading order. sources: where each fact comes from, for places within the profile."""

    def __init__(self, passages: Iterable[Passage], facts: Facts | None = None) -> None:
        self.passages = tuple(passages)
        self.text = "\n".join(passage.text for passage in self.passages)
        self._starts = [passage.start for passage in self.passages]
        self._facts = facts
        self.noted: dict[object, object] = {}  # what has been worked out of this text, for the next who asks

    def passage(self, offset: int) -> Passage:
        """The passage that an offset of the whole text lies in."""
        return self.passages[bisect_right(self._starts, offset) - 1]

    def at(self, start: int, end: int) -> Hit:
        """Where `start` to `end` of the whole text stands."""
        passage = self.passage(start)
        here = start - passage.start
        path, first, whole = passage.path, start, bool(passage.path)
        if not path:
            path, inside, whole = self._said_by(passage, here, end - passage.start)
            first = passage.start + inside
        place, field = passage.place, ""
        if path and self._facts is not None:
            source = source_of(self._facts.sources, path)
            if source is None or source.kind != "profile":
                path, first, whole = passage.path, start, bool(passage.path)
            else:
                place = source.place or place
                field = title(steps(path))
        if passage.exact and place is not None:
            place = replace(place, column=place.column + here)
        sentence = passage.row or self._sentence(start, end)
        return Hit(place, path, field, sentence, passage, passage.history, first, whole)

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """Where each passage begins and ends."""
        return tuple((passage.start, passage.start + len(passage.text)) for passage in self.passages)

    def where(self, words: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Begin and end of the passages that hold one of some words: a costly expression need be tried only there."""
        indexes: set[int] = set()
        for word in words:
            at = self.text.find(word)
            while at >= 0:
                here = bisect_right(self._starts, at) - 1
                indexes.add(here)
                at = self.text.find(word, self.lines[here][1])
        for here in sorted(indexes):
            yield self.lines[here]

    def printed(self, start: int, end: int) -> bool:
        """Whether a number is itself a printed fact, not words of a template or a person."""
        passage = self.passage(start)
        here = start - passage.start
        return any(first < end - passage.start and here < last for first, last, _ in passage.pieces)

    def _said_by(self, passage: Passage, start: int, end: int) -> tuple[str, int, bool]:
        """Path of the value that holds most of the words, where its part begins, and whether it holds them all."""
        most, best = 0, ("", start, False)
        for first, last, path in passage.pieces:
            share = min(end, last) - max(start, first)
            if share > most and 2 * share >= end - start:
                most, best = share, (path, max(start, first), share == end - start)
        return best

    def _sentence(self, start: int, end: int) -> str:
        begin = max(0, start - _AROUND)
        first = begin
        for match in _SENTENCE_END.finditer(self.text, begin, start):
            first = match.end()
        last = _SENTENCE_END.search(self.text, end, end + _AROUND)
        return self.text[first : last.start() if last else end + _AROUND]


@dataclass(slots=True)
class _Builder:
    """Collects passages and counts where each begins."""

    passages: list[Passage]
    position: int = 0

    def add(self, text: str, place: Place | None, role: Role, **more: object) -> None:
        self.passages.append(Passage(text, self.position, place, role, **more))  # type: ignore[arg-type]
        self.position += len(text) + 1

    def inlines(self, content: Inlines, place: Place | None, role: Role, **more: object) -> None:
        parts: list[str] = []
        pieces: list[tuple[int, int, str]] = []
        length = 0
        for node in content:
            match node:
                case Text(text=text):
                    part = text.replace("\n", "")
                case Fact(path=path, text=text):
                    part = text.replace("\n", "")
                    pieces.append((length, length + len(part), path))
                case Field():
                    part = FIELD
                case Blank():
                    part = BLANK
                case Break():
                    part = "" if role == "title" else BREAK
            parts.append(part)
            length += len(part)
        if length:
            self.add("".join(parts), place, role, pieces=tuple(pieces), **more)

    def blocks(self, blocks: Iterable[Block], form: bool = False) -> None:
        given = list(blocks)
        for index, block in enumerate(given):
            after = given[index + 1] if index + 1 < len(given) else None
            members = len(after.items) if isinstance(after, NumberedList) else 0
            self.block(block, form, members)

    def block(self, block: Block, form: bool, members: int) -> None:
        match block:
            case Title():
                self.inlines(block.content, block.place, "title")
            case Heading():
                self.inlines(
                    block.content, block.place, "heading", numbered=True, level=block.level, members=members
                )
            case Paragraph():
                self.inlines(block.content, block.place, "form" if form else "body", members=members)
            case Labelled():
                label = (Text(f"{block.label.rstrip('：')}："), *block.content)
                self.inlines(label, block.place, "label")
            case NumberedList():
                self.listing(block)
            case Table():
                self.table(block)
            case Figure():
                self.inlines(block.title, block.place, "label")
                self.inlines(block.alternative, block.place, "cell")
            case Closing():
                for issuer in block.issuer:
                    self.inlines(issuer, block.place, "closing")
                self.inlines(block.date, block.place, "closing")
            case Signatures():
                for party in block.parties:
                    for line in (party.name, *party.lines):
                        self.inlines(line, block.place, "form")
            case Slip() | Attachment():
                slip = isinstance(block, Slip)
                self.inlines(block.title, block.place, "form" if slip else "title")
                self.blocks(block.blocks, slip)

    def listing(self, numbered: NumberedList) -> None:
        for item in numbered.items:
            members = len(item.items.items) if item.items is not None else 0
            self.inlines(item.content, item.place or numbered.place, "item", numbered=True, members=members)
            if item.items is not None:
                self.listing(item.items)

    def table(self, table: Table) -> None:
        if table.caption:
            self.inlines(table.caption, table.place, "label")
        for row in (*table.head, *table.rows):
            words = " ".join(plain(cell.content) for cell in row)
            for cell in row:
                self.inlines(cell.content, cell.place or table.place, "cell", row=words)


def of_document(document: Document, facts: Facts | None = None) -> Passages:
    """The passages of a composed document.

    Args:
        document: the document's tree.
        facts: those that it was composed of; without them, nothing is placed within the profile.
    """
    builder = _Builder([])
    builder.blocks(document.blocks)
    return Passages(builder.passages, facts)


def of_blocks(blocks: Iterable[Block]) -> Passages:
    """The passages of a part of a document, without the place of its facts."""
    builder = _Builder([])
    builder.blocks(blocks)
    return Passages(builder.passages)


def free_text(facts: Facts) -> Passages:
    """What the profile says in its own words, each value a passage under its path."""
    return _of_values(facts, names=False)


def names_of(facts: Facts) -> Passages:
    """The names, posts, telephones and times of the profile: no sentences, but they are printed all the same."""
    return _of_values(facts, names=True)


def _of_values(facts: Facts, *, names: bool) -> Passages:
    builder = _Builder([])
    for path, source in facts.sources.items():
        last = path[path.rfind(".") + 1 :].partition("[")[0]
        if source.kind != "profile" or (last in _NOT_TEXT) != names or last in _NOT_PRINTED:
            continue
        for text in _texts(_value(facts, path)):
            builder.add(
                text.replace("\n", BREAK), source.place, "free", path=path, history=path.startswith(_HISTORY)
            )
    return Passages(builder.passages, facts)


def _value(facts: Facts, path: str) -> object:
    value: Any = facts
    for step in steps(path):
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from (text for text in value if isinstance(text, str))


def of_text(text: str, file: str) -> Passages:
    """The passages of a plain text, a line each, each character with its own line and column."""
    builder = _Builder([])
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip("\ufeff \u3000\t\r\xa0")
        if words:
            column = line.index(words[0]) + 1
            if _CELLS in words:
                start = 0
                for cell in words.split(_CELLS):
                    place = Place(file, number, column + start)
                    builder.add(
                        cell.strip(" \u3000") or BREAK,
                        place,
                        "cell",
                        exact=True,
                        row=words.replace(_CELLS, " "),
                    )
                    start += len(cell) + 1
                continue
            heads = not builder.passages and len(words) <= _TITLE and words[-1] not in "。；，、"
            role: Role = "title" if heads else "plain"
            for start, part in _parts(words):
                builder.add(part, Place(file, number, column + start), "rest" if start else role, exact=True)
    return Passages(builder.passages)


def of_pieces(paper: OldPaper) -> Passages:
    """The passages of an old paper; each place names its piece, its line counts the pieces."""
    builder = _Builder([])
    for number, piece in enumerate(paper.pieces, 1):
        words = piece.text.strip(" \u3000\t\r\n\xa0").replace("\n", BREAK)
        if not words:
            continue
        column = len(piece.text) - len(piece.text.lstrip(" \u3000\t\r\n\xa0")) + 1
        heads = not builder.passages and len(words) <= _TITLE and words[-1] not in "。；，、"
        role: Role = "cell" if piece.kind == "cell" else "title" if heads else "plain"
        for start, part in _parts(words):
            place = Place(paper.file, number, column + start, piece.where)
            numbered = bool(piece.number) and not start
            builder.add(part, place, "rest" if start else role, exact=True, row=piece.row, numbered=numbered)
    return Passages(builder.passages)


def _parts(line: str) -> Iterator[tuple[int, str]]:
    """A line in parts that are not too long, each with where it begins."""
    start = 0
    while len(line) - start > _LONGEST:
        stop = start + _LONGEST
        ends = [match.end() for match in _SENTENCE_END.finditer(line, start, stop)]
        yield start, line[start : ends[-1] if ends else stop]
        start = ends[-1] if ends else stop
    yield start, line[start:]


@lru_cache(maxsize=4096)
def steps(path: str) -> tuple[str | int, ...]:
    """A dotted path as the form's own: homework.bands[0] as (homework, bands, 0)."""
    return tuple(
        int(step) if step.isdecimal() else step for step in path.replace("[", ".").replace("]", "").split(".")
    )
