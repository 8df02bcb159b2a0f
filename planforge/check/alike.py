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
class Words:
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
        found = None
        for at in range(0, len(self.starts), 4):
            start, file, line, column = self.starts[at : at + 4]
            if start > offset:
                break
            found = Place(self.files[file - 1], line, column) if file else None
        return found


def own_words(facts: Facts, file: str) -> Words:
    """What `alike` keeps of a school: little, so that thousands fit into memory."""
    said = free_text(facts)
    school = facts.school
    names = sorted(
        {school.name, school.short_name, *(one.name for one in school.campuses)}, key=len, reverse=True
    )
    hide = re.compile("|".join(re.escape(name) for name in names if name) or r"(?!)")
    parts: list[str] = []
    starts = array("I")
    files: dict[str, int] = {}
    length = 0
    for passage in said.passages:
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
    return Words(school.name, file, zlib.compress(text.encode()), length, grams, starts, tuple(files))


def alike(schools: Sequence[Words]) -> Iterator[tuple[int, Finding]]:
    """For each school that shares too much with an earlier one: its index, and the finding, of the nearest such.

    The share is that of the school with fewer words. Names of the schools do not count.
    """
    every = _EVERY
    while sum(len(one.grams) for one in schools) * _EVERY // every > _SAMPLE:
        every *= 2
    grams = [[gram for gram in one.grams if gram % every == 0] for one in schools]
    shared: Counter[tuple[int, int]] = Counter()
    held = sorted((gram, index) for index, own in enumerate(grams) for gram in own)
    for _, group in groupby(held, key=itemgetter(0)):
        indexes = [index for _, index in group]
        # What a crowd shares was copied from one source: compared with its first, not each with each.
        for one in indexes if len(indexes) <= _CROWD else indexes[:1]:
            for other in indexes:
                if one < other:
                    shared[one, other] += 1
    near: dict[int, list[tuple[float, int]]] = {}
    for (one, other), count in shared.items():
        smaller = min(len(grams[one]), len(grams[other]))
        if schools[one].school == schools[other].school:
            continue  # a school's own forms of two terms
        if count / smaller >= _MUCH and min(schools[one].length, schools[other].length) >= _LEAST:
            near.setdefault(other, []).append((-count / smaller, one))
    for other, candidates in sorted(near.items()):
        for _, one in sorted(candidates):
            share, runs = _common(schools[other].text, schools[one].text)
            if share >= _MUCH:
                yield other, _finding(schools[one], schools[other], share, runs)
                break


def _grams(text: str) -> frozenset[int]:
    """A sample of the text's runs of GRAM characters, the same of equal runs wherever they stand."""
    found = set()
    for line in text.split("\n"):
        for start in range(len(line) - GRAM + 1):
            value = zlib.crc32(line[start : start + GRAM].encode())
            if value % _EVERY == 0:
                found.add(value)
    return frozenset(found)


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


def _finding(one: Words, other: Words, share: float, runs: Sequence[tuple[int, str]]) -> Finding:
    shown = "；".join(f"“{run[:60]}”" for _, run in runs[:_PASSAGES])
    return Finding(
        "alike.text",
        "warning",
        f"与{one.school}（{one.file}）的文字有{share:.0%}相同",
        other.place(runs[0][0]) if runs else Place(other.file),
        "文字雷同",
        shown,
        "",
        "",
        "按本校的实际重写：写清本校的问题、做法和负责的人。",
    )
