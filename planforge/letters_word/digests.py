"""The two digests of a spliced letter, reckoned from its values alone; see planforge.writers.word.edit_detection.

The words are counted in with their lengths; the structure knows of values nothing but their lengths. So what
depends on lengths alone is kept for the next letter of the same lengths.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree

from planforge.writers.word.outside_body import words_outside
from planforge.writers.word.visible_text import VisibleTextReader

Cut = Callable[[str], tuple[list[bytes], list[int]]]
"""Cuts a text at its values: the pieces around them, and which value stands behind each piece but the last."""

_KEPT = 2000  # of combinations of lengths


class Differing(Exception):
    """The structure is told in another way than is known here."""


@dataclass(frozen=True, slots=True)
class _CutParagraph:
    """A paragraph's words, cut at its values. size: of the pieces, in bytes."""

    pieces: list[bytes]
    order: list[int]
    size: int


@dataclass(frozen=True, slots=True)
class _Stretches:
    """A paragraph's line of the structure. plan: of each stretch its setting, own length and values."""

    head: str
    plan: list[tuple[str, int, list[int]]]


class Digests:
    """The digests of all letters of one template."""

    def __init__(
        self, parts: Mapping[str, bytes], main: bytes, version: str, cut: Cut, stand_ins: Sequence[str]
    ) -> None:
        """parts: of a letter with stand-ins; main: its document part; version: of digests. Raises Differing."""
        self._lengths = [len(stand_in) for stand_in in stand_ins]
        styles, numbering = (parts.get(f"word/{name}.xml") for name in ("styles", "numbering"))
        reader = VisibleTextReader(
            ElementTree.fromstring(styles) if styles is not None else None,
            ElementTree.fromstring(numbering) if numbering is not None else None,
        )
        reader.read(ElementTree.fromstring(main))
        self._version = version
        cut_lines = [(line, *cut(line)) for line in reader.words]
        paragraphs = iter(cut_lines)
        self._structure: list[bytes | _Stretches] = []
        for line in reader.structure:
            text, _, order = next(paragraphs, ("", [], [])) if "|[" in line else ("", [], [])
            self._structure.append(self._stretches(line, text, cut) if order else line.encode("utf-8"))
        self._start = hashlib.sha256()
        self._words: list[bytes | _CutParagraph] = []
        outside = (line.encode("utf-8", "surrogatepass") for line in words_outside(parts))
        for entry in (*(_words(pieces, order) for _, pieces, order in cut_lines), *outside):
            if isinstance(entry, bytes) and not self._words:
                self._start.update(_counted(entry))
            else:
                self._words.append(entry)
        self._plans: dict[tuple[int, ...], tuple[list[bytes], str]] = {}
        self._order = [
            number for entry in self._words if isinstance(entry, _CutParagraph) for number in entry.order
        ]

    def _stretches(self, line: str, text: str, cut: Cut) -> _Stretches:
        head, _, tail = line.rpartition("|[")
        stretches: list[tuple[str, int]] = ast.literal_eval(f"[{tail}")
        ends = [0]
        for _, length in stretches:
            ends.append(ends[-1] + length)
        if ends[-1] != len(text):
            raise Differing
        plan = []
        for (key, length), (start, end) in zip(stretches, pairwise(ends), strict=True):
            _, order = cut(text[start:end])
            plan.append((key, length - sum(self._lengths[number] for number in order), order))
        return _Stretches(head, plan)

    def of(self, values: Sequence[str], encoded: Sequence[bytes]) -> tuple[str, str]:
        """The digests of words and structure of the letter with these values, given twice."""
        lengths = (*map(len, values), *map(len, encoded))
        plan = self._plans.get(lengths)
        if plan is None:
            if len(self._plans) >= _KEPT:
                self._plans.clear()
            plan = self._plans[lengths] = self._plan(values, encoded)
        pieces = plan[0].copy()
        pieces[1::2] = [encoded[number] for number in self._order]
        state = self._start.copy()
        state.update(b"".join(pieces))
        return f"{self._version}:{state.hexdigest()}", plan[1]

    def _plan(self, values: Sequence[str], encoded: Sequence[bytes]) -> tuple[list[bytes], str]:
        """For values of these lengths: what stands around them among the words, and the structure's digest."""
        pieces = [b""]
        for entry in self._words:
            if isinstance(entry, bytes):
                pieces[-1] += _counted(entry)
                continue
            length = entry.size + sum(len(encoded[number]) for number in entry.order)
            pieces[-1] += b"%d:" % length + entry.pieces[0]
            for piece in entry.pieces[1:]:
                pieces += (b"", piece)
        state = hashlib.sha256()
        for line in self._structure:
            if isinstance(line, _Stretches):
                told = [(key, own + sum(len(values[n]) for n in order)) for key, own, order in line.plan]
                state.update(_counted(f"{line.head}|{told}".encode()))
            else:
                state.update(_counted(line))
        return pieces, f"{self._version}:{state.hexdigest()}"


def _counted(line: bytes) -> bytes:
    return b"%d:" % len(line) + line


def _words(pieces: list[bytes], order: list[int]) -> bytes | _CutParagraph:
    return _CutParagraph(pieces, order, sum(map(len, pieces))) if order else pieces[0]
