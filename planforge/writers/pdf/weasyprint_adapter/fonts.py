"""WeasyPrint's fonts as it knows them, and without a copy of their files: a file is told by its first bytes and size.

WeasyPrint copies the whole file of a font (25 MB) when the font is first drawn. Only its own way of embedding
needs that; here fonts are written from the files themselves, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

COMPARED = 4096
"""Bytes that tell one font file from another of the same size."""


class FileHead(bytes):
    """The first bytes of a font file. size: of the whole."""

    size: int


@contextmanager
def heads_only() -> Iterator[None]:
    """Fonts that are first drawn in here keep a `FileHead` in place of their file."""
    from weasyprint.pdf import fonts
    from weasyprint.text.ffi import ffi, harfbuzz

    whole = fonts.get_hb_object_data

    def head(face: Any) -> FileHead:
        blob = harfbuzz.hb_face_reference_blob(face)
        try:
            length = ffi.new(ffi.typeof(harfbuzz.hb_blob_get_data).args[1])
            data = harfbuzz.hb_blob_get_data(blob, length)
            size = int(length[0])
            first_bytes = FileHead(ffi.unpack(data, min(size, COMPARED)) if size else b"")
            first_bytes.size = size
            return first_bytes
        finally:
            harfbuzz.hb_blob_destroy(blob)

    def data_of(thing: Any, *which: Any, **named: Any) -> Any:
        return whole(thing, *which, **named) if which or named else head(thing)

    fonts.get_hb_object_data = data_of
    try:
        yield
    finally:
        fonts.get_hb_object_data = whole


class UsedFont:
    """A font of WeasyPrint's. key: its name on the pages; name, family, flags and the like: for its descriptor.

    file_size, file_head: of the file that it was loaded from, index: which font of that file. widths, texts: by
    glyph, its width in thousandths of an em and what it shows; they grow as pages are written.
    """

    def __init__(self, font: Any) -> None:
        self._font = font
        self.key: str = font.hash
        self.name: bytes = font.name.removeprefix(b"/")
        self.family: str = font.family
        self.flags: int = font.flags
        self.ascent: int = font.ascent
        self.descent: int = font.descent
        self.italic_angle: int = font.italic_angle
        self.stemv: int = font.stemv
        self.stemh: int = font.stemh
        content: bytes = font.file_content
        self.file_size = content.size if isinstance(content, FileHead) else len(content)
        self.file_head = content[:COMPARED]
        self.index: int = font.index
        self.widths: Mapping[int, int] = font.widths
        self.texts: Mapping[int, str] = font.to_unicode

    @property
    def lacks_characters(self) -> bool:
        """Whether pages show characters in it that it does not have."""
        return bool(self._font.missing)

    @property
    def is_plain(self) -> bool:
        """Whether it has outlines only: neither pictures nor variations."""
        font = self._font
        pictures = font.bitmap or font.png or font.svg or getattr(font, "colr", False)  # colr: from 70.0 on
        return not (pictures or font.variations)


class UsedFonts(dict[int, Any]):
    """The fonts of all pages taken apart so far. WeasyPrint writes none of them: it finds none to be written."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[int, UsedFont] = {}

    def values(self) -> Any:
        """Nothing, for WeasyPrint."""
        return ()

    def known(self) -> list[UsedFont]:
        """The fonts themselves."""
        for font in super().values():
            if id(font) not in self._known:
                self._known[id(font)] = UsedFont(font)
        return list(self._known.values())


class FontsWithoutOutlines(dict[int, Any]):
    """The fonts of a document, written with what their glyphs show and how wide they are, and no more."""

    def values(self) -> Any:
        """The fonts, as they are about to be written."""
        for font in super().values():
            font.clean = lambda *_: None
        return super().values()
