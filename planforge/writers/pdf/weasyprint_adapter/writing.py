"""Pages of several layouts written together as one file."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from planforge.writers.pdf.weasyprint_adapter.fonts import FontsWithoutOutlines, heads_only
from planforge.writers.pdf.weasyprint_adapter.table_headers import headers_by_scope

Bookmark = tuple[int, str, tuple[float, float], str]
"""Level from 1, label, place on the page in CSS pixels, open or closed: as WeasyPrint keeps them."""


def with_bookmarks(page: Any, bookmarks: Sequence[Bookmark]) -> Any:
    """A copy of a page that has these bookmarks."""
    changed = copy.copy(page)
    changed.bookmarks = list(bookmarks)
    return changed


def write_pages(document: Any, pages: Sequence[Any], identifier: bytes, *, outlines: bool = True) -> bytes:
    """Pages as one tagged PDF.

    Args:
        document: The WeasyPrint document that the file's properties are taken from.
        pages: Of any WeasyPrint documents.
        identifier: Of the file.
        outlines: Whether fonts have the outlines of their glyphs. Without, the file is there in a third of the time,
            and shows a program what stands where.

    Returns:
        The bytes of the file.
    """
    whole = document.copy(list(pages))
    if not outlines:
        whole.fonts = FontsWithoutOutlines()
    with nullcontext() if outlines else heads_only():
        data: bytes = whole.write_pdf(pdf_tags=True, pdf_identifier=identifier, finisher=headers_by_scope)
    return data
