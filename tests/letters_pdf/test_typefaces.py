"""Fonts with a few characters: the same outlines as the whole font has, read by fontTools."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
from fontTools.ttLib import TTFont

from planforge.letters_pdf.subset_fonts.cff import CffOutlines
from planforge.letters_pdf.subset_fonts.charstrings import Flattener
from planforge.letters_pdf.subset_fonts.sfnt import Sfnt, Unreadable, opened
from planforge.letters_pdf.subset_fonts.truetype import TrueTypeOutlines
from planforge.writers.coverage import Coverage
from planforge.writers.font_files import Face
from planforge.writers.fonts import choose
from planforge.writers.pdf import layout
from planforge.writers.pdf.font_sources import COMPARED, FileHead, file_size, heads_only
from tests.support.letters import SIMPLE, look

WORDS = "致家长的一封信喆彧0129éÅ（）·"


@cache
def faces() -> tuple[Face, ...]:
    """One face of each sort of outlines."""
    by_kind: dict[bool, Face] = {}
    for one in choose(look()).all():
        by_kind.setdefault("CFF " in opened(one.face.file, one.face.index).tables, one.face)
    return tuple(by_kind.values())


@cache
def whole(face: Face) -> TTFont:
    return TTFont(face.file, fontNumber=face.index)


def drawn(font: TTFont, name: str) -> list[Any]:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return list(pen.value)


@pytest.mark.parametrize("kind", ["CFF ", "glyf"])
def test_outlines_are_those_of_the_font(kind: str) -> None:
    for face in (one for one in faces() if kind in opened(one.file, one.index).tables):
        source = opened(face.file, face.index)
        numbers = sorted({found for one in WORDS if (found := face.glyph(one))})
        names = whole(face).getGlyphOrder()
        counted = dict(enumerate(numbers, 1))
        for glyphs in ({one: one for one in numbers}, counted):
            if kind == "CFF ":
                made = CFFFontSet()
                made.decompile(io.BytesIO(CffOutlines(source).written(b"ABCDEF+Test", glyphs)), None)
                for cid, number in glyphs.items():
                    pen = RecordingPen()
                    made[0].CharStrings[f"cid{cid:05}"].draw(pen)
                    assert pen.value == drawn(whole(face), names[number])
                continue
            small = TTFont(io.BytesIO(TrueTypeOutlines(source).written(b"ABCDEF+Test", glyphs)))
            order = [f"g{number}" for number in range(small["maxp"].numGlyphs)]
            small.setGlyphOrder(order)
            for code, number in glyphs.items():
                assert drawn(small, f"g{code}") == drawn(whole(face), names[number])
                assert small["hmtx"][f"g{code}"] == whole(face)["hmtx"][names[number]]


def test_the_sorts_of_outlines_are_both_tried() -> None:
    assert len(faces()) == 2


def test_characters_are_found_as_font_tools_finds_them() -> None:
    for face in faces():
        font = whole(face)
        best, coverage = font.getBestCmap(), Coverage(bytes(font.reader["cmap"]))
        for code in (*range(0x20, 0x250), *range(0x4E00, 0x9FFF, 7), *range(0x20000, 0x2A6DF, 97), 0x10FFFF):
            assert coverage.glyph(code) == (font.getGlyphID(best[code]) if code in best else 0)


def test_hints_widths_and_calls_are_written_out() -> None:
    own = [bytes([139, 21, 11])]  # 0 rmoveto return; called with -107 + bias 107 = 0
    code = bytes([239, 140, 141, 1, 142, 143, 18, 19, 0b11000000, 144, 32, 10, 14])
    flat = Flattener(own, []).flat(code)
    assert flat == bytes([144, 139, 21, 14])


@pytest.mark.parametrize("data", [b"", b"OTTO", b"ttcf" + bytes(20), bytes(200)])
def test_what_is_no_font_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        Sfnt(data, 0)


def test_a_font_is_told_by_its_files_first_bytes_and_size() -> None:
    def fonts_of_a_page() -> list[bytes]:
        document = layout(SIMPLE, look(), choose(look()))
        document.write_pdf()
        return [font.file_content for font in document.fonts.values()]

    def read(head: bool) -> list[bytes]:
        from weasyprint.pdf.fonts import Font

        seen: list[bytes] = []
        clean = Font.clean
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Font, "clean", lambda font, *_: seen.append(font.file_content))
            if head:
                with heads_only():
                    fonts_of_a_page()
            else:
                fonts_of_a_page()
        assert Font.clean is clean
        return seen

    whole, heads = read(head=False), read(head=True)
    assert whole and len(whole) == len(heads)
    for content, head in zip(whole, heads, strict=True):
        assert isinstance(head, FileHead) and not isinstance(content, FileHead)
        assert head == content[:COMPARED] and file_size(head) == file_size(content) == len(content)
