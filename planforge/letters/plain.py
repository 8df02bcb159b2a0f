"""The plain way: every letter written by the writers themselves. It is slow, and the reference for all others.

Whatever the fast ways cannot take goes this way, letter by letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planforge.core.problems import InputError, Problem
from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.imposition.paper import SINGLE, Paper, slip_at
from planforge.letters.filling import filled, with_head
from planforge.writers.fonts import Fonts
from planforge.writers.pdf.weasyprint_adapter.writing import Bookmark, with_bookmarks, write_pages

if TYPE_CHECKING:
    from planforge.writers.word import BaseFile


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """A recipient's letter before it is written. values: by field. label: its entry in a file's outline.

    `document` is the composition with its fields still open, shared by many letters.
    """

    document: Document
    values: Mapping[str, str]
    label: str

    def __repr__(self) -> str:
        """No more than what it is: letters turn up in tracebacks."""
        return "<Letter>"


def word(letter: Letter, look: Look, base: BaseFile | None = None) -> bytes:
    """One letter as a Word file."""
    from planforge.writers.word import with_values, write

    base = base and with_values(base, letter.values)
    return write(filled(letter.document, letter.values), look, base)


def pdf(
    letters: Sequence[Letter],
    look: Look,
    fonts: Fonts,
    paper: Paper = SINGLE,
    *,
    to_be_read: bool = False,
) -> bytes:
    """Letters as one tagged PDF, an entry of the outline for each; the same input gives the same bytes.

    Args:
        letters: in their order.
        look: of all of them.
        fonts: that print it.
        paper: copies and sides.
        to_be_read: by a program, for what stands where; such a file has no outlines of glyphs, so that it is there in
            a third of the time.

    Raises:
        InputError: letters are to share a sheet.
    """
    from planforge.writers.pdf import layout

    if paper.up > 1:
        fix = "不要 --up，打印时在打印对话框里选“每张纸打印几页”"
        raise InputError(
            [Problem("这种文件里有链接或表单，不能几份拼在一张纸上", fix=fix, code="no-imposing")]
        )
    pages: list[Any] = []
    state = hashlib.sha256()
    first = None
    for letter in letters:
        made = layout(filled(letter.document, letter.values), with_head(look, letter.values), fonts)
        first = first or made
        marks = outline(made, letter.label)
        for number in range(paper.copies):
            for side in paper.faces(len(made.pages), slip_at(letter.document)):
                if side is None:
                    pages += layout(Document("", "", ()), look, fonts).pages
                    continue
                bookmarks = marks[side - 1] if number == 0 else []
                pages.append(with_bookmarks(made.pages[side - 1], bookmarks))
        state.update(repr(sorted(letter.values.items())).encode("utf-8", "surrogatepass"))
    if first is None:
        raise ValueError("a PDF file has at least one page")
    return write_pages(first, pages, state.digest()[:16], outlines=not to_be_read)


def outline(laid_out: Any, label: str) -> list[list[Bookmark]]:
    """The bookmarks of a letter's pages: the letter's own first, its headings below that."""
    outlines: list[list[Bookmark]] = [
        [(level + 1, text, place, state) for level, text, place, state in page.bookmarks]
        for page in laid_out.pages
    ]
    outlines[0].insert(0, (1, label, (0.0, 0.0), "open"))
    return outlines
