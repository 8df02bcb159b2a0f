"""Word letters by splicing: one letter is written by the writer, and cut where the recipients' values stand.

The writer's run structure depends on the scripts of what it prints. So a template is made for each combination
of the scripts of values (what follows one is set accordingly) and of values that are missing; what cannot be
cut so goes the plain way. Each template is tried against the writer before it is used: a spliced letter is the
writer's own in every part of the package.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Literal
from xml.sax.saxutils import escape

from planforge.document.look import Look
from planforge.document.scripts import kinds
from planforge.document.tree import Document
from planforge.letters import plain
from planforge.letters.filling import fields_of, measured_fields
from planforge.letters.plain import Letter
from planforge.letters_word.digests import Differing, Digests
from planforge.letters_word.keep_with_closing import Keeping, Kept
from planforge.letters_word.zip_template import VaryingPart, ZipTemplate, members
from planforge.writers.word import BaseFile
from planforge.writers.word.edit_detection import digest_of_parts
from planforge.writers.word.package import CUSTOM_PROPERTIES, custom_properties, read_parts

End = Literal["chinese", "latin", "sign"]
ValueForm = tuple[End, ...]
"""The stretches that a value is set in, each by what it ends in; none for a value that is missing."""
_MAIN = "word/document.xml"
_MAIN_NAME = _MAIN.encode()
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd]+")
_MARKUP = re.compile("[&<>]")
_STAND_INS: Mapping[End, str] = {
    "chinese": "".join(map(chr, range(0xF0000, 0xF0040))),
    "latin": "".join(map(chr, range(0x0500, 0x0530))),
    "sign": "".join(map(chr, (*range(0x02E5, 0x02EC), *range(0x02EF, 0x0300), *range(0x02D2, 0x02D8)))),
}
"""What stands for the stretches of values while a template is made: private characters are set as Chinese, rare
letters as Latin, rare marks as signs."""


class Unfit(Exception):
    """This letter or composition cannot be spliced; the plain way takes it."""


@lru_cache(maxsize=4096)
def _cut(value: str) -> tuple[ValueForm, tuple[str, ...]] | None:
    """The form and the stretches of a value; None where it goes the plain way."""
    if _CHINESE.fullmatch(value):  # nearly all names; the rest of the way would find the same
        return ("chinese",), (value,)
    try:
        cut = stretches(value)
    except Unfit:
        return None
    return tuple(end for end, _ in cut), tuple(words for _, words in cut)


def stretches(value: str) -> list[tuple[End, str]]:
    """A value cut where the writer begins a new run for signs (买买提 · 阿不都).

    Raises Unfit where what is set how depends on the words before it, or where the writer changes characters.
    """
    if not value:
        return []
    if _CONTROL.search(value) or not value.strip():
        raise Unfit("characters that the writer changes")
    scripts, otherwise = (kinds(value, before) for before in ("latin", "chinese"))
    if [kind == "sign" for kind in scripts] != [kind == "sign" for kind in otherwise] or scripts[
        -1
    ] != otherwise[-1]:
        raise Unfit("signs that go by what stands before them")
    cut: list[tuple[End, str]] = []
    at = 0
    for _, group in groupby(scripts, key=lambda kind: kind == "sign"):
        ends = list(group)
        cut.append((ends[-1], value[at : at + len(ends)]))
        at += len(ends)
    if any(words != words.strip() for _, words in cut):
        raise Unfit("spaces at a run's edge, which the writer marks")
    return cut


class Splicer:
    """Writes the letters of one look: by splicing where that is the same, the plain way elsewhere."""

    def __init__(self, look: Look, base: BaseFile | None = None) -> None:
        self._look = look
        self._base = base
        self._templates: dict[tuple[int, tuple[ValueForm, ...], Kept], LetterTemplate | None] = {}
        self._compositions: dict[int, tuple[Document, tuple[str, ...], Keeping | None]] = {}
        self.plain = 0
        """How many letters went the plain way."""

    def write(self, letter: Letter) -> bytes:
        """One letter as a Word file."""
        template, values = self._template(letter)
        if template is None:
            self.plain += 1
            return plain.word(letter, self._look, self._base)
        return template.fill(values)

    def _template(self, letter: Letter) -> tuple[LetterTemplate | None, list[str]]:
        document = letter.document
        known = self._compositions.get(id(document))
        if known is None:  # the document is kept with it, so that its id is not another's one day
            names = tuple(dict.fromkeys(field.name for field in fields_of(document)))
            keeping = None if measured_fields(document) else Keeping(document, self._look.page.characters)
            known = self._compositions[id(document)] = (document, names, keeping)
        _, names, keeping = known
        if keeping is None:
            return None, []
        forms: list[ValueForm] = []
        values: list[str] = []
        for name in names:
            cut = _cut(letter.values.get(name, ""))
            if cut is None:
                return None, []
            forms.append(cut[0])
            values += cut[1]
        kept = keeping.of(letter.values)
        key = (id(document), tuple(forms), kept)
        if key in self._templates and not keeping.depends:
            return self._templates[key], values
        # Asked of each letter by itself: its bytes must not depend on those before it.
        stand_ins = _kept_alike(names, forms, values, keeping, kept)
        if stand_ins is None:
            return None, []
        if key not in self._templates:
            try:
                self._templates[key] = LetterTemplate(document, stand_ins, self._look, self._base)
            except Unfit:
                self._templates[key] = None
        return self._templates[key], values


def _kept_alike(
    names: Sequence[str], forms: Sequence[ValueForm], values: Sequence[str], keeping: Keeping, kept: Kept
) -> dict[str, str] | None:
    """Stand-ins with which the same paragraphs are kept: short ones, or some as long as the values."""
    for lengths in ([1] * len(values), [len(value) for value in values]):
        try:
            stand_ins = _stand_ins(names, forms, lengths)
        except Unfit:
            return None
        if keeping.of(stand_ins) == kept:
            return stand_ins
    return None


def _stand_ins(names: Sequence[str], forms: Sequence[ValueForm], lengths: Sequence[int]) -> dict[str, str]:
    """What stands for each field: for each of its stretches one character, as often as that is long."""
    stores = {end: iter(characters) for end, characters in _STAND_INS.items()}
    long = iter(lengths)
    try:
        return {
            name: "".join([next(stores[end]) * next(long) for end in form])
            for name, form in zip(names, forms, strict=True)
        }
    except StopIteration as error:
        raise Unfit("too many fields") from error


class LetterTemplate:
    """One composition as the writer writes it, cut at its fields."""

    def __init__(
        self,
        document: Document,
        stand_ins: Mapping[str, str],
        look: Look,
        base: BaseFile | None,
    ) -> None:
        """stand_ins: by field. Raises Unfit where the cut letter would not be the writer's own."""
        marks = ["".join(same) for value in stand_ins.values() for _, same in groupby(value)]
        package = plain.word(Letter(document, stand_ins, ""), look, base)
        parts = read_parts(package)
        self._cutter = re.compile("|".join(marks) or "(?!)")
        self._number = {mark: number for number, mark in enumerate(marks)}
        main, self._order = self._cut(parts[_MAIN].decode("utf-8"))
        wanted = Counter(character for field in fields_of(document) for character in stand_ins[field.name])
        if Counter("".join(marks[number] for number in self._order)) != wanted:
            raise Unfit("a field was lost, or a stand-in is a word of the letter")
        others = (data for name, data in parts.items() if name != _MAIN)
        if any(mark[0].encode() in data for data in others for mark in marks):
            raise Unfit("another part depends on a value")
        made = digest_of_parts(parts)
        try:
            self._digests = Digests(parts, parts[_MAIN], made.text.partition(":")[0], self._cut, marks)
        except Differing as error:
            raise Unfit("the structure is told in another way") from error
        custom = [piece.encode() for piece in re.split("[\0\1]", custom_properties("\0", "\1"))]
        stored = [made.text.encode(), made.structure.encode()]
        if parts[CUSTOM_PROPERTIES] != b"".join([custom[0], stored[0], custom[1], stored[1], custom[2]]):
            raise Unfit("the digests are not where they should be")
        varying = {_MAIN.encode(): VaryingPart(main), CUSTOM_PROPERTIES.encode(): VaryingPart(custom)}
        compressed = members(package)
        self._names = [member.name for member in compressed if member.name in varying]
        self._packer = ZipTemplate(compressed, [(name, varying[name]) for name in self._names])
        if read_parts(self.fill(marks)) != parts:
            raise Unfit("the cut letter is not the whole one")

    def fill(self, values: Sequence[str]) -> bytes:
        """The letter with these stretches of values, in the order of the fields."""
        encoded = [value.encode() for value in values]
        text, structure = self._digests.of(values, encoded)
        written = [escape(value).encode() if _MARKUP.search(value) else data
                   for value, data in zip(values, encoded, strict=True)]  # fmt: skip
        main = [written[number] for number in self._order]
        custom = [text.encode(), structure.encode()]
        return self._packer.package([main if name == _MAIN_NAME else custom for name in self._names])

    def _cut(self, text: str) -> tuple[list[bytes], list[int]]:
        """A text cut at the stand-ins: the pieces around them, and which value each of them stands for."""
        pieces: list[bytes] = []
        order: list[int] = []
        at = 0
        for mark in self._cutter.finditer(text):
            pieces.append(text[at : mark.start()].encode("utf-8"))
            order.append(self._number[mark[0]])
            at = mark.end()
        return [*pieces, text[at:].encode("utf-8")], order
