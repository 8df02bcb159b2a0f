"""A font of WeasyPrint's in a file of letters: under its own name and numbers, with the glyphs of that file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from planforge.letters_pdf.font_subsets import FontSubset, SubsetMaker
from planforge.letters_pdf.pdf_file import PdfFile, as_it_is, stream
from planforge.writers.font_files import Face, installed
from planforge.writers.fonts import Fonts
from planforge.writers.pdf.weasyprint_adapter.fonts import COMPARED, UsedFont
from planforge.writers.pdf.weasyprint_adapter.page_parts import UnexpectedLayout

OBJECTS = 5
"""Objects of a font; the last is its dictionary."""

_AT_ONCE = 100  # entries of one list in a map to Unicode
_MAP_HEAD = b"""\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_MAP_END = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A font's objects, apart from their references to each other. program, mapping: streams; others: entries."""

    program: bytes
    mapping: bytes
    descriptor: bytes
    below: bytes
    entries: bytes

    def write(self, file: PdfFile, first: int | None = None) -> int:
        """Write the font; the number of its dictionary. first: of its objects' numbers, if they were taken before."""
        first = file.numbers(OBJECTS) if first is None else first
        program, mapping, descriptor, below, number = range(first, first + OBJECTS)
        file.write(program, self.program)
        file.write(mapping, self.mapping)
        file.pack(descriptor, b"<<%b %d 0 R>>" % (self.descriptor, program))
        file.pack(below, b"<<%b/FontDescriptor %d 0 R>>" % (self.below, descriptor))
        file.pack(
            number, b"<<%b/ToUnicode %d 0 R/DescendantFonts [%d 0 R]>>" % (self.entries, mapping, below)
        )
        return number


class Typeface:
    """One of WeasyPrint's fonts, and the font file that it is."""

    def __init__(self, font: UsedFont, fonts: Fonts) -> None:
        """Raises UnexpectedLayout where it is none of the look's fonts, or of a sort that is not provided for."""
        if not font.is_plain:
            raise UnexpectedLayout(f"字体“{font.family}”带图片或可变轮廓")
        self._font = font
        self._face = _face(font, fonts)
        self._subsets = SubsetMaker(self._face.opened())
        self._widths: dict[float, int] = {}  # by advance
        self._measured = 0

    def glyph(self, character: str) -> int | None:
        """The number of a character's glyph; None where the font has none."""
        return self._face.glyph(character)

    def text(self, glyph: int) -> str:
        """What a glyph shows on the pages laid out so far."""
        return self._font.texts.get(glyph, "")

    def width(self, glyph: int) -> int:
        """Width in thousandths of an em: WeasyPrint's, or that of a glyph it knows that is equally wide."""
        known: Mapping[int, int] = self._font.widths
        if len(known) != self._measured:
            self._widths = {
                self._face.glyph_advance(known_glyph): width for known_glyph, width in known.items()
            }
            self._measured = len(known)
        known_width = known.get(glyph)
        if known_width is None:
            advance = self._face.glyph_advance(glyph)
            known_width = self._widths.get(advance)
        return round(advance * 1000) if known_width is None else known_width

    def texts(self) -> Iterator[tuple[int, str]]:
        """The glyphs on the pages laid out so far, and what they show."""
        return iter(self._font.texts.items())

    def require(self, characters: Iterable[str]) -> None:
        """Have the glyphs of these characters at hand, for fonts to come."""
        self._subsets.require(
            glyph for character in characters if (glyph := self.glyph(character)) is not None
        )

    def embedded(self, glyphs: Mapping[int, str]) -> EmbeddedFont:
        """The font with these glyphs, by their own numbers, and what they show."""
        return self._embedded(self._subsets.numbered(glyphs), glyphs, stream)

    def small(self, glyphs: Mapping[int, str]) -> tuple[EmbeddedFont, Mapping[int, int]]:
        """The font with these glyphs, a few bytes for a few glyphs, and the codes that show them, by glyph."""
        subset = self._subsets.small(glyphs)
        return self._embedded(subset, glyphs, as_it_is), subset.codes

    def _embedded(
        self, subset: FontSubset, glyphs: Mapping[int, str], written: Callable[[bytes, bytes], bytes]
    ) -> EmbeddedFont:
        """glyphs: what they show; written: makes a stream."""
        name, cff = self._font.name, self._subsets.is_cff
        kind = b"/Subtype /CIDFontType0C" if cff else b"/Length1 %d" % len(subset.program)
        mapping = b"" if cff else b"/CIDToGIDMap /Identity"
        codes = sorted((code, glyph) for glyph, code in subset.codes.items())
        widths = {code: self.width(glyph) for code, glyph in codes}
        return EmbeddedFont(
            written(subset.program, kind),
            written(_unicode_map({code: glyphs[glyph] for code, glyph in codes}), b""),
            self._descriptor(name, max(widths.values(), default=0)),
            b"/Type /Font/Subtype /CIDFontType%d/BaseFont /%b/CIDSystemInfo <</Registry (Adobe)/Ordering (Identity)"
            b"/Supplement 0>>%b/W %b" % (0 if cff else 2, name, mapping, _width_array(widths)),
            b"/Type /Font/Subtype /Type0/BaseFont /%b/Encoding /Identity-H" % name,
        )

    def _descriptor(self, name: bytes, widest: int) -> bytes:
        font = self._font
        return (
            b"/Type /FontDescriptor/FontName /%b/FontFamily %b/Flags %d/FontBBox [0 %d %d %d]/ItalicAngle %d"
            b"/Ascent %d/Descent %d/CapHeight %d/StemV %d/StemH %d/%b"
            % (
                name, _literal(font.family), font.flags, font.descent, widest, font.ascent, font.italic_angle,
                font.ascent, font.descent, font.ascent, font.stemv, font.stemh,
                b"FontFile3" if self._subsets.is_cff else b"FontFile2",
            )
        )  # fmt: skip


def _width_array(widths: Mapping[int, int]) -> bytes:
    written: list[bytes] = []
    before = -2
    for code, width in widths.items():
        if code != before + 1:
            written.append(b"%b%d [" % (b"] " if written else b"", code))
        written.append(b"%d " % width)
        before = code
    return b"[%b%b]" % (b"".join(written), b"]" if written else b"")


def _face(font: UsedFont, fonts: Fonts) -> Face:
    """The face that a font of WeasyPrint's was loaded from: one of the look's, or another of its family."""
    ours = [chosen.face for chosen in fonts.all()]
    for face in (*ours, *(candidate for candidate in installed() if font.family in candidate.families)):
        try:
            if face.index != font.index or Path(face.file).stat().st_size != font.file_size:
                continue
            with Path(face.file).open("rb") as file:
                if file.read(COMPARED) == font.file_head:
                    return face
        except OSError:
            continue
    raise UnexpectedLayout(f"认不出字体“{font.family}”是哪个文件")


def _unicode_map(glyphs: Mapping[int, str]) -> bytes:
    rows = [
        b"<%04x> <%b>" % (glyph, text.encode("utf-16-be").hex().encode())
        for glyph, text in sorted(glyphs.items())
        if text
    ]
    parts = [_MAP_HEAD]
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        parts.append(b"%d beginbfchar\n%b\nendbfchar\n" % (len(some), b"\n".join(some)))
    return b"".join((*parts, _MAP_END))


def _literal(words: str) -> bytes:
    if words.isascii():
        escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return b"(" + escaped.encode() + b")"
    return b"<feff%b>" % words.encode("utf-16-be").hex().encode()
