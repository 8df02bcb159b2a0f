"""WeasyPrint's fonts without a copy of their files: a file is told by its first bytes and its size.

WeasyPrint copies the whole file of a font (25 MB) when the font is first drawn. Only its own way of embedding
needs that; here fonts are written from the files themselves, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
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

    whole = fonts.get_hb_object_data
    try:
        from weasyprint.text.ffi import ffi, harfbuzz
    except ImportError:  # another version: copies it is
        yield
        return

    def head(face: Any) -> FileHead:
        blob = harfbuzz.hb_face_reference_blob(face)
        try:
            length = ffi.new(ffi.typeof(harfbuzz.hb_blob_get_data).args[1])
            data = harfbuzz.hb_blob_get_data(blob, length)
            size = int(length[0])
            found = FileHead(ffi.unpack(data, min(size, COMPARED)) if size else b"")
            found.size = size
            return found
        finally:
            harfbuzz.hb_blob_destroy(blob)

    def data_of(thing: Any, *which: Any, **named: Any) -> Any:
        return whole(thing, *which, **named) if which or named else head(thing)

    fonts.get_hb_object_data = data_of
    try:
        yield
    finally:
        fonts.get_hb_object_data = whole


def file_size(content: bytes) -> int:
    """The size of the file that a font's content is, or is the head of."""
    return content.size if isinstance(content, FileHead) else len(content)
