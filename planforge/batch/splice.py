"""Word letters by splicing: one letter is written by the writer, and cut where the recipients' values stand.

The writer's run structure depends on the scripts of what it prints. So a mould is made for each combination
of the scripts of values (what follows one is set accordingly) and of values that are missing; what cannot be
cut so goes the plain way. Each mould is tried against the writer
before it is used: a spliced letter is the writer's own, byte for byte.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Literal
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from planforge.batch import plain
from planforge.batch.filling import fields_of, measured_fields
from planforge.batch.packing import Packer, member, members
from planforge.batch.plain import Letter
from planforge.document.look import Look
from planforge.document.scripts import kinds
from planforge.document.tree import Document
from planforge.writers.word import Base
from planforge.writers.word.fingerprint import digest_of_parts
from planforge.writers.word.margins import words_outside
from planforge.writers.word.package import CUSTOM_PROPERTIES, custom_properties, read_parts
from planforge.writers.word.reading import Reader

End = Literal["chinese", "latin", "sign"]
Form = tuple[End, ...]
"""The stretches that a value is set in, each by what it ends in; none for a value that is missing."""
_MAIN = "word/document.xml"
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
_STAND_INS: Mapping[End, str] = {
    "chinese": "".join(map(chr, range(0xF0000, 0xF0040))),
    "latin": "".join(map(chr, range(0x0500, 0x0530))),
    "sign": "".join(map(chr, (*range(0x02E5, 0x02EC), *range(0x02EF, 0x0300), *range(0x02D2, 0x02D8)))),
}
"""What stands for the stretches of values while a mould is made: private characters are set as Chinese, rare
letters as Latin, rare marks as signs."""


class Unfit(Exception):
    """This letter or composition cannot be spliced; the plain way takes it."""


def stretches(value: str) -> list[tuple[End, str]]:
    """A value cut where the writer begins a new run for signs (买买提 · 阿不都).

    Raises Unfit where what is set how depends on the words before it, or where the writer changes characters.
    """
    if not value:
        return []
    if _CONTROL.search(value) or not value.strip():
        raise Unfit("characters that the writer changes")
    found, otherwise = (kinds(value, before) for before in ("latin", "chinese"))
    if [kind == "sign" for kind in found] != [kind == "sign" for kind in otherwise] or found[-1] != otherwise[
        -1
    ]:
        raise Unfit("signs that go by what stands before them")
    cut: list[tuple[End, str]] = []
    at = 0
    for _, group in groupby(found, key=lambda kind: kind == "sign"):
        ends = list(group)
        cut.append((ends[-1], value[at : at + len(ends)]))
        at += len(ends)
    return cut


class Splicer:
    """Writes the letters of one look: by splicing where that is the same, the plain way elsewhere."""

    def __init__(self, look: Look, base: Base | None = None) -> None:
        self._look = look
        self._base = base
        self._moulds: dict[tuple[int, tuple[Form, ...]], Mould | None] = {}
        self._names: dict[int, tuple[Document, tuple[str, ...], bool]] = {}
        self.plain = 0
        """How many letters went the plain way."""

    def write(self, letter: Letter) -> bytes:
        """One letter as a Word file."""
        mould, values = self._mould(letter)
        if mould is None:
            self.plain += 1
            return plain.word(letter, self._look, self._base)
        return mould.cast(values)

    def _mould(self, letter: Letter) -> tuple[Mould | None, list[str]]:
        document = letter.document
        known = self._names.get(id(document))
        if known is None:  # the document is kept with it, so that its id is not another's one day
            names = tuple(dict.fromkeys(field.name for field in fields_of(document)))
            fit = not measured_fields(document)
            known = self._names[id(document)] = (document, names, fit)
        _, names, fit = known
        if not fit:
            return None, []
        try:
            cut = [stretches(letter.values.get(name, "")) for name in names]
        except Unfit:
            return None, []
        forms = tuple(tuple(end for end, _ in one) for one in cut)
        key = (id(document), forms)
        if key not in self._moulds:
            try:
                self._moulds[key] = Mould(document, names, forms, self._look, self._base)
            except Unfit:
                self._moulds[key] = None
        return self._moulds[key], [words for one in cut for _, words in one]


class Mould:
    """One composition as the writer writes it, cut at its fields."""

    def __init__(
        self,
        document: Document,
        names: tuple[str, ...],
        forms: tuple[Form, ...],
        look: Look,
        base: Base | None,
    ) -> None:
        """forms: of each field's values. Raises Unfit where the cut letter would not be the writer's own."""
        stores = {end: iter(characters) for end, characters in _STAND_INS.items()}
        try:
            stand_ins = {
                name: "".join(next(stores[end]) for end in form)
                for name, form in zip(names, forms, strict=True)
            }
        except (StopIteration, RuntimeError) as error:
            raise Unfit("too many fields") from error
        marks = list("".join(stand_ins.values()))
        package = plain.word(Letter(document, stand_ins, ""), look, base)
        parts = read_parts(package)
        self._cutter = re.compile("|".join(marks) or "(?!)")
        self._number = {mark: number for number, mark in enumerate(marks)}
        self._main, self._order = self._cut(parts[_MAIN].decode("utf-8"))
        wanted = Counter("".join(stand_ins[field.name] for field in fields_of(document)))
        if Counter(marks[number] for number in self._order) != wanted:
            raise Unfit("a field was lost, or a stand-in is a word of the letter")
        others = (data for name, data in parts.items() if name != _MAIN)
        if any(mark.encode() in data for data in others for mark in marks):
            raise Unfit("another part depends on a value")
        self._digest = _Digests(parts, self._cut)
        self._custom = parts[CUSTOM_PROPERTIES].decode("utf-8")
        made = digest_of_parts(parts)
        if self._custom != custom_properties(made.text, made.structure):
            raise Unfit("the digests are not where they should be")
        varying = frozenset({_MAIN.encode(), CUSTOM_PROPERTIES.encode()})
        self._packer = Packer(members(package), varying)
        if self.cast(marks) != package:
            raise Unfit("the cut letter is not the whole one")

    def cast(self, values: list[str]) -> bytes:
        """The letter with these stretches of values, in the order of the fields."""
        pieces = list(self._main)
        written = [escape(value).encode("utf-8") for value in values]
        for place, number in enumerate(self._order):
            pieces[2 * place + 1] = written[number]
        main = b"".join(pieces)
        custom = custom_properties(*self._digest.of(values)).encode("utf-8")
        return self._packer.package(
            {name.encode(): member(name, data) for name, data in ((_MAIN, main), (CUSTOM_PROPERTIES, custom))}
        )

    def _cut(self, text: str) -> tuple[list[bytes], list[int]]:
        """A text cut at the stand-ins: pieces with an empty one at each field, and which field each is."""
        pieces: list[bytes] = []
        order: list[int] = []
        at = 0
        for found in self._cutter.finditer(text):
            pieces += [text[at : found.start()].encode("utf-8"), b""]
            order.append(self._number[found[0]])
            at = found.end()
        return [*pieces, text[at:].encode("utf-8")], order


Line = bytes | Callable[[list[str]], bytes]


class _Digests:
    """The two digests of a letter, reckoned from its values alone; see planforge.writers.word.fingerprint."""

    def __init__(
        self, parts: Mapping[str, bytes], cut: Callable[[str], tuple[list[bytes], list[int]]]
    ) -> None:
        styles, numbering = (parts.get(f"word/{name}.xml") for name in ("styles", "numbering"))
        reader = Reader(
            ElementTree.fromstring(styles) if styles is not None else None,
            ElementTree.fromstring(numbering) if numbering is not None else None,
        )
        reader.read(ElementTree.fromstring(parts[_MAIN]))
        self._version = digest_of_parts(parts).text.partition(":")[0]
        words: list[Line] = []
        stretched: list[tuple[str, list[int]]] = []
        for line in reader.words:
            pieces, order = cut(line)
            words.append(_words(pieces, order) if order else pieces[0])
            stretched.append((line, order))
        words += [line.encode("utf-8", "surrogatepass") for line in words_outside(parts)]
        paragraphs = iter(stretched)
        structure: list[Line] = []
        for line in reader.structure:
            text, order = next(paragraphs, ("", [])) if "|[" in line else ("", [])
            structure.append(_stretches(line, text, cut) if order else line.encode("utf-8"))
        self._plans = [_plan(words), _plan(structure)]

    def of(self, values: list[str]) -> tuple[str, str]:
        """The digests of words and structure."""
        text, structure = (self._hashed(plan, values) for plan in self._plans)
        return text, structure

    def _hashed(self, plan: tuple[hashlib._Hash, list[Line]], values: list[str]) -> str:
        state = plan[0].copy()
        for line in plan[1]:
            if isinstance(line, bytes):
                state.update(line)
            else:
                made = line(values)
                state.update(b"%d:" % len(made))
                state.update(made)
        return f"{self._version}:{state.hexdigest()}"


def _plan(lines: list[Line]) -> tuple[hashlib._Hash, list[Line]]:
    """A hash of what comes before the first value, and what is to be counted in after it."""
    steps: list[Line] = []
    for line in lines:
        if isinstance(line, bytes):
            line = b"%d:" % len(line) + line
            if steps and isinstance(steps[-1], bytes):
                steps[-1] += line
                continue
        steps.append(line)
    start = hashlib.sha256()
    if steps and isinstance(steps[0], bytes):
        start.update(steps.pop(0))  # type: ignore[arg-type]
    return start, steps


def _words(pieces: list[bytes], order: list[int]) -> Callable[[list[str]], bytes]:
    def line(values: list[str]) -> bytes:
        parts = list(pieces)
        for place, number in enumerate(order):
            parts[2 * place + 1] = values[number].encode("utf-8", "surrogatepass")
        return b"".join(parts)

    return line


def _stretches(
    line: str, text: str, cut: Callable[[str], tuple[list[bytes], list[int]]]
) -> Callable[[list[str]], bytes]:
    """A paragraph's line of the structure: its stretches with their lengths, some of which are values'."""
    head, _, tail = line.rpartition("|[")
    stretches: list[tuple[str, int]] = ast.literal_eval(f"[{tail}")
    plan: list[tuple[str, int, list[int]]] = []
    at = 0
    for key, length in stretches:
        _, order = cut(text[at : at + length])
        plan.append((key, length - len(order), order))
        at += length
    if at != len(text):
        raise Unfit("the structure is told in another way")

    def written(values: list[str]) -> bytes:
        found = [(key, fixed + sum(len(values[number]) for number in order)) for key, fixed, order in plan]
        return f"{head}|{found}".encode()

    return written
