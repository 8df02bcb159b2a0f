"""A page's content in pieces: shared ones, and those in which values stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planforge.letters_pdf.page_assembly import LetterPage
from planforge.letters_pdf.placeholders import Placeholder

_GAP = 600
"""Bytes between two values below which they stand in one stream."""

Piece = tuple[bool, bytes]
"""A piece of content; whether it is shared by all letters with this page."""


class ContentTemplate:
    """A page to be copied with other values."""

    def __init__(self, sheet: LetterPage) -> None:
        self.sheet = sheet
        by_operator: dict[int, list[Placeholder]] = {}
        for placeholder in sheet.placeholders:
            by_operator.setdefault(placeholder.glyph.operator, []).append(placeholder)
        self.characters = [
            (placeholder.glyph.font, placeholder.field, placeholder.index)
            for placeholder in sheet.placeholders
        ]
        self.pieces: list[Piece] = []
        """Shared ones, and templates of those in which values stand."""
        for varies, begin, end in stretches(sheet.operators, sorted(by_operator)):
            if not varies:
                self.pieces.append((True, b"\n".join(sheet.operators[begin:end])))
                continue
            template = bytearray()
            for number in range(begin, end):
                data, at = sheet.operators[number], 0
                for placeholder in by_operator.get(number, ()):
                    template += data[at : placeholder.glyph.at].replace(b"%", b"%%") + b"%04x"
                    at = placeholder.glyph.at + 4
                template += data[at:].replace(b"%", b"%%") + b"\n"
            self.pieces.append((False, bytes(template)))
        self._counts = [template.count(b"%04x") for _, template in self.pieces]

    def contents(self, values: Mapping[str, str], numbers: Mapping[tuple[str, str], int]) -> list[Piece]:
        """The pieces with these values. numbers: glyphs by font and character."""
        glyphs = [numbers[font, values[field][index]] for font, field, index in self.characters]
        pieces: list[Piece] = []
        at = 0
        for (shared, data), count in zip(self.pieces, self._counts, strict=True):
            pieces.append((shared, data if shared else data % tuple(glyphs[at : at + count])))
            at += 0 if shared else count
        return pieces


def stretches(operators: Sequence[bytes], varying: Sequence[int]) -> list[tuple[bool, int, int]]:
    """Operators from, up to, in which something varies or not; short ones between two that vary go with them."""
    joined: list[tuple[int, int]] = []
    for number in varying:
        if joined and sum(map(len, operators[joined[-1][1] : number])) < _GAP:
            joined[-1] = (joined[-1][0], number + 1)
        else:
            joined.append((number, number + 1))
    ranges: list[tuple[bool, int, int]] = []
    at = 0
    for begin, end in joined:
        if at < begin:
            ranges.append((False, at, begin))
        ranges.append((True, begin, end))
        at = end
    if at < len(operators):
        ranges.append((False, at, len(operators)))
    return ranges
