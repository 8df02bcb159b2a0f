"""Texts of different schools that are too much alike: with the share, and the passages."""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from planforge.check.finding import Finding
from planforge.check.passages import free_text
from planforge.core.problems import Place
from planforge.facts.model import Facts

GRAM = 12
"""Characters that must agree in a row; shorter runs are the language of all such papers."""
_EVERY = 4
_MUCH = 0.3
_LEAST = 100
"""Share of a school's own words, and number of characters, from which on two schools are too much alike."""
_SAMPLE = 100_000
"""Runs that are compared at most; of more schools a thinner sample is taken."""
_CROWD = 40
_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class SchoolWords:
    """One school's own words, packed, so that thousands fit into memory.

    packed: the text without spaces, its names replaced, compressed. length: its characters. grams: a sample of its
    runs. starts: offset, file, line and column of each of its values; files: the files that they stand in.
    """

    school: str
    file: str
    packed: bytes
    length: int
    grams: array[int]
    starts: array[int]
    files: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words themselves."""
        return zlib.decompress(self.packed).decode()

    def place(self, offset: int) -> Place | None:
        """Where the value stands that an offset of the text lies in."""
        place = None
        for at in range(0, len(self.starts), 4):
            start, file, line, column = self.starts[at : at + 4]
            if start > offset:
                break
            place = Place(self.files[file - 1], line, column) if file else None
        return place


def own_words(facts: Facts, file: str) -> SchoolWords:
    """What `alike` keeps of a school: little, so that thousands fit into memory.

    Args:
        facts: of the school. Values that its bureau gives all its schools are left out.
        file: the form's name, as the finding shows it.
    """
    passages = free_text(facts)
    school = facts.school
    names = sorted(
        {school.name, school.short_name, *(campus.name for campus in school.campuses)}, key=len, reverse=True
    )
    hide = re.compile("|".join(re.escape(name) for name in names if name) or r"(?!)")
    parts: list[str] = []
    starts = array("I")
    files: dict[str, int] = {}
    length = 0
    for passage in passages.passages:
        source = facts.sources.get(passage.path)
        if source is not None and source.layer == "bureau":
            continue  # what a bureau gives all its schools, none has copied
        words = "".join(hide.sub("□", passage.text).split()) + "\n"
        place = passage.place
        number = files.setdefault(place.file, len(files) + 1) if place is not None else 0
        starts.extend((length, number, place.line if place else 0, place.column if place else 0))
        parts.append(words)
        length += len(words)
    text = "".join(parts)
    grams = array("I", sorted(_grams(text)))
    return SchoolWords(school.name, file, zlib.compress(text.encode()), length, grams, starts, tuple(files))


def alike(schools: Sequence[SchoolWords]) -> Iterator[tuple[int, Finding]]:
    """Compare schools' own words with each other. Names of the schools do not count.

    Args:
        schools: in the order of their files. Entries of one school, such as its two terms, are not compared.

    Yields:
        For each school that shares too much with an earlier one, its index in `schools`, and the finding
        about the nearest such. Candidates are chosen by the share of the school with fewer words.
    """
    every = _EVERY
    while sum(len(school.grams) for school in schools) * _EVERY // every > _SAMPLE:
        every *= 2
    grams = [[gram for gram in school.grams if gram % every == 0] for school in schools]
    shared: Counter[tuple[int, int]] = Counter()
    held = sorted((gram, index) for index, own in enumerate(grams) for gram in own)
    for _, group in groupby(held, key=itemgetter(0)):
        indexes = [index for _, index in group]
        # What a crowd shares was copied from one source: compared with its first, not each with each.
        for earlier in indexes if len(indexes) <= _CROWD else indexes[:1]:
            for later in indexes:
                if earlier < later:
                    shared[earlier, later] += 1
    near: dict[int, list[tuple[float, int]]] = {}
    for (earlier, later), count in shared.items():
        smaller = min(len(grams[earlier]), len(grams[later]))
        if schools[earlier].school == schools[later].school:
            continue  # a school's own forms of two terms
        if count / smaller >= _MUCH and min(schools[earlier].length, schools[later].length) >= _LEAST:
            near.setdefault(later, []).append((-count / smaller, earlier))
    for later, candidates in sorted(near.items()):
        for _, earlier in sorted(candidates):
            share, runs = _common(schools[later].text, schools[earlier].text)
            if share >= _MUCH:
                yield later, _finding(schools[earlier], schools[later], share, runs)
                break


def _grams(text: str) -> frozenset[int]:
    """A sample of the text's runs of GRAM characters, the same of equal runs wherever they stand."""
    grams = set()
    for line in text.split("\n"):
        for start in range(len(line) - GRAM + 1):
            value = zlib.crc32(line[start : start + GRAM].encode())
            if value % _EVERY == 0:
                grams.add(value)
    return frozenset(grams)


def _common(text: str, other: str) -> tuple[float, list[tuple[int, str]]]:
    """Share of `text` that stands in `other` as well, and the runs, longest first, with their offsets."""
    known = {other[start : start + GRAM] for start in range(len(other) - GRAM + 1)}
    runs: list[tuple[int, str]] = []
    start, total = 0, 0
    while start <= len(text) - GRAM:
        if text[start : start + GRAM] in known and "\n" not in text[start : start + GRAM]:
            end = start + GRAM
            while end < len(text) and text[end] != "\n" and text[end - GRAM + 1 : end + 1] in known:
                end += 1
            runs.append((start, text[start:end]))
            total += end - start
            start = end
        else:
            start += 1
    runs.sort(key=lambda run: (-len(run[1]), run[0]))
    return total / max(1, len(text.replace("\n", ""))), runs


def _finding(
    earlier: SchoolWords, later: SchoolWords, share: float, runs: Sequence[tuple[int, str]]
) -> Finding:
    shown = "；".join(f"“{run[:60]}”" for _, run in runs[:_PASSAGES])
    return Finding(
        "alike.text",
        "warning",
        f"与{earlier.school}（{earlier.file}）的文字有{share:.0%}相同",
        later.place(runs[0][0]) if runs else Place(later.file),
        "文字雷同",
        shown,
        "",
        "",
        "按本校的实际重写：写清本校的问题、做法和负责的人。",
    )
