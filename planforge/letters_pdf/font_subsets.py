"""Fonts as a file of letters carries them: the outlines of its own characters, and nothing else of the font.

HarfBuzz makes the subsets. From a whole font of 20 MB that takes milliseconds, so all glyphs of a run are taken out of it
first, and each letter's font is a subset of that: a few hundredths of a millisecond. What comes out is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import uharfbuzz as hb

from planforge.writers.pdf.weasyprint_adapter.page_parts import UnexpectedLayout

_NEEDED = frozenset({"CFF ", "glyf", "loca", "head", "hhea", "hmtx", "maxp"})
"""Tables of a font in a PDF file (ISO 32000-1, 9.9, table 126)."""

_NOT_IN_CFF = [int.from_bytes(tag, "big") for tag in (b"head", b"hhea", b"hmtx")]
"""Tables that a bare CFF font is without."""

_FLAGS = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DESUBROUTINIZE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
_CHARSET, _ESCAPE, _REAL = 15, 12, 30
"""Of a CFF dictionary (Adobe Technical Note 5176): the operator of the charset, of two bytes, an operand of digits."""


@dataclass(frozen=True, slots=True)
class FontSubset:
    """A font program with some glyphs. codes: by their numbers in the whole font, those that show them."""

    program: bytes
    codes: Mapping[int, int]


class SubsetMaker:
    """Makes subsets of one font."""

    def __init__(self, face: hb.Face) -> None:
        """Raises UnexpectedLayout for a font whose outlines are of another sort."""
        tables = set(face.table_tags)
        if "fvar" in tables or not tables & {"CFF ", "glyf"}:
            raise UnexpectedLayout("有一种字体带可变轮廓，或者没有轮廓")
        self.is_cff = "CFF " in tables
        self._whole = face
        self._dropped = [int.from_bytes(tag.encode("latin-1"), "big") for tag in sorted(tables - _NEEDED)]
        self._run, self._run_numbers = self._planned(face, [0])
        self._has_cids = self.is_cff and _has_cids(self._run.reference_table("CFF ").data)

    def require(self, glyphs: Iterable[int]) -> None:
        """Have these glyphs at hand, for subsets to come."""
        wanted = {0, *glyphs}
        if wanted <= self._run_numbers.keys():
            return
        run, self._run_numbers = self._planned(self._whole, wanted | self._run_numbers.keys())
        if self._has_cids:  # subsets keep these: a glyph's number in the whole font
            numbers = {new: glyph for glyph, new in self._run_numbers.items()}
            cff = with_cids(
                run.reference_table("CFF ").data, [numbers[new] for new in range(1, run.glyph_count)]
            )
            run = hb.Face(_with_table(run.blob.data, b"CFF ", cff))
        self._run = hb.subset_preprocess(run)

    def small(self, glyphs: Iterable[int]) -> FontSubset:
        """These glyphs in as few bytes as can be; codes are the glyphs' numbers where the font tells them by CIDs."""
        wanted = sorted(glyphs)
        self.require(wanted)
        inside = [self._run_numbers[glyph] for glyph in wanted]
        if self._has_cids:
            wanted_of_run = hb.SubsetInput()  # of a run's font, which has no more tables than are needed
            wanted_of_run.flags = _FLAGS
            wanted_of_run.glyph_set.update(inside)
            wanted_of_run.drop_table_tag_set.update(_NOT_IN_CFF)
            face = hb.subset(self._run, wanted_of_run)
            return FontSubset(self._program(face), {glyph: glyph for glyph in wanted})
        face, numbers = self._planned(self._run, inside)
        return FontSubset(self._program(face), {glyph: numbers[self._run_numbers[glyph]] for glyph in wanted})

    def numbered(self, glyphs: Iterable[int]) -> FontSubset:
        """These glyphs with their numbers in the whole font as codes."""
        wanted = sorted(glyphs)
        if self._has_cids:
            return self.small(wanted)
        face = hb.subset(self._whole, self._input(wanted, hb.SubsetFlags.RETAIN_GIDS))
        return FontSubset(self._program(face), {glyph: glyph for glyph in wanted})

    def _planned(self, face: hb.Face, glyphs: Iterable[int]) -> tuple[hb.Face, Mapping[int, int]]:
        """A font with these glyphs, and their new numbers by those in the old one."""
        plan = hb.SubsetPlan(face, self._input(glyphs))
        return plan.execute(), dict(plan.old_to_new_glyph_mapping)

    def _input(self, glyphs: Iterable[int], flags: hb.SubsetFlags = hb.SubsetFlags.DEFAULT) -> hb.SubsetInput:
        wanted = hb.SubsetInput()
        wanted.flags = _FLAGS | flags
        wanted.glyph_set.update(glyphs)
        wanted.drop_table_tag_set.update(self._dropped)
        return wanted

    def _program(self, face: hb.Face) -> bytes:
        data: bytes = (face.reference_table("CFF ") if self.is_cff else face.blob).data
        return data


def _with_table(font: bytes, tag: bytes, table: bytes) -> bytes:
    """A font file with another table in place of one of its own."""
    count = int.from_bytes(font[4:6], "big")
    entry = next(at for at in range(12, 12 + 16 * count, 16) if font[at : at + 4] == tag) + 8
    place = len(font).to_bytes(4, "big") + len(table).to_bytes(4, "big")
    return font[:entry] + place + font[entry + 8 :] + table


def with_cids(data: bytes, cids: Iterable[int]) -> bytes:
    """A CFF font of HarfBuzz's whose glyphs from 1 on have these CIDs; its own charset is no longer pointed at."""
    start, end = _top_dictionary(data)
    at = operand = start
    while data[at] != _CHARSET:
        if data[at] <= 21:
            at = operand = at + (2 if data[at] == _ESCAPE else 1)
        else:
            operand, at = at, at + _operand_size(data, at)
        if at >= end:
            raise ValueError("a CFF font without a charset")
    if at - operand != 5:
        raise ValueError("an offset that is not written in five bytes")
    offset = b"\x1d" + len(data).to_bytes(4, "big")
    charset = b"\0" + b"".join([cid.to_bytes(2, "big") for cid in cids])
    return data[:operand] + offset + data[at:] + charset


def _operand_size(data: bytes, at: int) -> int:
    first = data[at]
    if first == _REAL:
        return next(size for size in range(2, len(data)) if data[at + size - 1] & 15 == 15)
    return {28: 3, 29: 5}.get(first, 1 if first < 247 else 2)


def _has_cids(data: bytes) -> bool:
    """Whether a CFF font tells its glyphs by CIDs and not by names: its top dictionary begins with ROS if so."""
    start, _ = _top_dictionary(data)
    at = start
    while data[at] > 21:
        at += _operand_size(data, at)
    return bytes(data[at : at + 2]) == b"\x0c\x1e"


def _top_dictionary(data: bytes) -> tuple[int, int]:
    """Where the only entry of a font's second INDEX begins and ends."""
    at = data[2]
    for _ in range(2):
        size = data[at + 2]
        count = int.from_bytes(data[at : at + 2], "big")
        offsets = [
            int.from_bytes(data[at + 3 + size * n : at + 3 + size * (n + 1)], "big") for n in range(count + 1)
        ]
        body = at + 2 + size * (count + 1)
        begin, at = body + offsets[0], body + offsets[-1]
    return begin, at
