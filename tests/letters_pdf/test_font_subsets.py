"""Fonts with a few characters: the same outlines as the whole font has, read by fontTools and by FreeType."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
import uharfbuzz as hb
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from planforge.letters_pdf.font_subsets import SubsetMaker, with_cids
from planforge.writers.font_files import Face
from planforge.writers.fonts import choose
from planforge.writers.pdf.weasyprint_adapter.page_parts import UnexpectedLayout
from tests.support.letters import look

WORDS = "致家长的一封信喆彧0129éÅ（）·"
OTHERS = "丁卞甘禾舟雨桐"


@cache
def faces() -> tuple[Face, ...]:
    """One face of each sort of outlines."""
    by_kind: dict[bool, Face] = {}
    for chosen in choose(look()).all():
        by_kind.setdefault("CFF " in chosen.face.opened().table_tags, chosen.face)
    return tuple(by_kind.values())


@cache
def whole(face: Face) -> TTFont:
    return TTFont(face.file, fontNumber=face.index)


def glyphs_of(face: Face, words: str = WORDS) -> list[int]:
    return sorted({glyph for character in words if (glyph := face.glyph(character))})


def drawn(font: TTFont, name: str) -> list[Any]:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return list(pen.value)


def drawn_by_code(program: bytes, codes: Mapping[int, int], cff: bool) -> dict[int, list[Any]]:
    """The outlines that a reader of the file finds for each glyph, through its code."""
    if not cff:
        smaller = TTFont(io.BytesIO(program))
        smaller.setGlyphOrder([f"g{number}" for number in range(smaller["maxp"].numGlyphs)])
        return {glyph: drawn(smaller, f"g{code}") for glyph, code in codes.items()}
    made = CFFFontSet()
    made.decompile(io.BytesIO(program), None)
    found = {}
    for glyph, code in codes.items():
        pen = RecordingPen()
        made[0].CharStrings[f"cid{code:05}"].draw(pen)
        found[glyph] = pen.value
    return found


@pytest.mark.parametrize("small", [False, True])
def test_outlines_are_those_of_the_font(small: bool) -> None:
    assert len(faces()) == 2  # both sorts of outlines are tried
    for face in faces():
        glyphs = glyphs_of(face)
        maker = SubsetMaker(face.opened())
        subset = maker.small(glyphs) if small else maker.numbered(glyphs)
        assert sorted(subset.codes) == glyphs
        assert (small and not maker.is_cff) or all(glyph == code for glyph, code in subset.codes.items())
        names = whole(face).getGlyphOrder()
        shown = drawn_by_code(subset.program, subset.codes, maker.is_cff)
        assert shown == {glyph: drawn(whole(face), names[glyph]) for glyph in glyphs}


@pytest.mark.parametrize("small", [False, True])
def test_a_subset_does_not_depend_on_what_was_asked_before(small: bool) -> None:
    for face in faces():
        glyphs = glyphs_of(face)
        one, other = SubsetMaker(face.opened()), SubsetMaker(face.opened())
        other.require(glyphs_of(face, OTHERS))
        other.small(glyphs_of(face, OTHERS[:2]))
        if small:
            assert one.small(glyphs) == other.small(glyphs)
        else:
            assert one.numbered(glyphs) == other.numbered(glyphs)


def test_a_few_glyphs_are_a_few_bytes() -> None:
    for face in faces():
        maker = SubsetMaker(face.opened())
        five = glyphs_of(face, OTHERS[:5])
        assert len(maker.small(five).program) < 5_000


def name_keyed() -> bytes:
    """An OpenType font whose glyphs have names and no CIDs, as Latin ones have."""
    builder = FontBuilder(1000, isTTF=False)
    names = [".notdef", *(f"box{number}" for number in range(1, 6))]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x40 + number: f"box{number}" for number in range(1, 6)})
    strings = {}
    for number, name in enumerate(names):
        pen = T2CharStringPen(500, None)
        pen.moveTo((0, 0))
        for point in ((100 * number, 0), (100 * number, 700), (0, 700)):
            pen.lineTo(point)
        pen.closePath()
        strings[name] = pen.getCharString()
    builder.setupCFF("Boxes", {"FullName": "Boxes"}, strings, {})
    builder.setupHorizontalMetrics({name: (500, 0) for name in names})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def test_a_font_without_cids_is_read_by_glyph_number() -> None:
    maker = SubsetMaker(hb.Face(name_keyed()))
    for subset in (maker.numbered([2, 5]), maker.small([2, 5])):
        made = CFFFontSet()
        made.decompile(io.BytesIO(subset.program), None)
        for glyph, code in subset.codes.items():
            pen = RecordingPen()
            made[0].CharStrings[made[0].charset[code]].draw(pen)
            assert ("lineTo", ((100 * glyph, 700),)) in pen.value


def test_the_numbers_of_all_glyphs_are_written_into_the_font() -> None:
    (face,) = (face for face in faces() if "CFF " in face.opened().table_tags)
    glyphs = glyphs_of(face)
    program = SubsetMaker(face.opened()).small(glyphs).program
    for cids in (glyphs, list(range(100, 100 + len(glyphs)))):
        made = CFFFontSet()
        made.decompile(io.BytesIO(with_cids(program, cids)), None)
        assert made[0].charset[1:] == [f"cid{cid:05}" for cid in cids]


def test_a_variable_font_is_refused() -> None:
    data = name_keyed()
    count = struct.unpack_from(">H", data, 4)[0]
    tags = [data[12 + 16 * n : 16 + 16 * n] for n in range(count)]
    variable = data.replace(tags[tags.index(b"post")], b"fvar", 1)
    with pytest.raises(UnexpectedLayout):
        SubsetMaker(hb.Face(variable))


def test_what_is_no_font_is_refused() -> None:
    for data in (b"", b"OTTO", b"ttcf" + bytes(20), bytes(200)):
        with pytest.raises(UnexpectedLayout):
            SubsetMaker(hb.Face(data))


def test_characters_are_found_as_font_tools_finds_them() -> None:
    for face in faces():
        best = whole(face).getBestCmap()
        for code in (*range(0x20, 0x250), *range(0x4E00, 0x9FFF, 7), *range(0x20000, 0x2A6DF, 97), 0x10FFFF):
            number = whole(face).getGlyphID(best[code]) if code in best else None
            assert face.glyph(chr(code)) == (number or None)
