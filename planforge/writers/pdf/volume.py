"""Several documents bound into one PDF: a cover and contents before them, one run of page numbers, one outline.

Each part is laid out in its own look, then all pages are written together, so that text, tags and fonts stay
as they are in the single files.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.writers.fonts import choose, require_characters
from planforge.writers.pdf import layout
from planforge.writers.pdf.weasyprint_adapter.table_headers import repeatable

_LEVELS = 4
_ROW = re.compile(r"<tr[ >].*?</tr>", re.DOTALL)
_CELL = re.compile(r"(<td[^>]*>)(.*?)(</td>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """A document in its look. name: its entry in the outline, none where empty; numbered: with page numbers.

    contents: the n-th row of its table leads to the n-th part.
    """

    document: Document
    look: Look
    name: str = ""
    numbered: bool = True
    contents: bool = False


Front = Callable[[Sequence[int]], Sequence[Part]]
"""The parts before the documents, given the page on which each document begins."""


def bind(parts: Sequence[Part], front: Front, paging: Look) -> bytes:
    """One PDF of all parts; the same input gives the same bytes, wherever templates and output stand.

    Args:
        parts: The documents.
        front: Makes cover and contents; their length must not depend on the numbers they print.
        paging: The look whose page numbers all parts get, counted from the first page on, so that the number printed
            is the one that a reader's program shows.

    Raises:
        MissingPart: As `pdf.write`.
    """
    count_before = sum(len(_laid_out(part, paging, 1).pages) for part in front([0] * len(parts)))
    following: list[_Pages] = []
    starts: list[int] = []
    for number, part in enumerate(parts, 1):
        starts.append(count_before + _count(following) + 1)
        following.append(_laid_out(part, paging, starts[-1], [f'body{{-weasy-anchor:"part-{number}"}}']))
    before: list[_Pages] = []
    for part in front(starts):
        before.append(_laid_out(part, paging, _count(before) + 1))
    identifier = hashlib.sha256()
    for made in (*before, *following):
        identifier.update(made.body.encode())
    pages = [page for made in (*before, *following) for page in made.pages]
    data: bytes = (
        before[0]
        .document.copy(pages)
        .write_pdf(pdf_tags=True, pdf_identifier=identifier.digest()[:16], finisher=repeatable())
    )
    return data


@dataclass(frozen=True, slots=True)
class _Pages:
    """A part on its pages. document: WeasyPrint's; body: the HTML that it was made from."""

    document: Any
    body: str

    @property
    def pages(self) -> list[Any]:
        pages: list[Any] = self.document.pages
        return pages


def _count(laid_out: Sequence[_Pages]) -> int:
    return sum(len(made.pages) for made in laid_out)


def _laid_out(part: Part, paging: Look, first: int, further: Sequence[str] = ()) -> _Pages:
    """A part on pages that count from `first`; an even one is a left-hand page. further: CSS."""
    number = paging.page_number if part.numbered else paging.page_number.model_copy(update={"pattern": ""})
    styles = {**part.look.styles, "page_number": paging.styles["page_number"]}
    fonts_known = {**paging.fonts, **part.look.fonts}
    look = part.look.model_copy(update={"page_number": number, "styles": styles, "fonts": fonts_known})
    fonts = choose(look)
    require_characters(part.document, look, fonts)
    side = "right" if first % 2 else "left"
    css = [f"html{{break-before:{side}}}", f"@page:first{{counter-reset:page {first}}}", *further]
    if part.name:
        css += [
            f'body{{bookmark-level:1;bookmark-label:"{_quoted(part.name)}"}}',
            *(f'[data-level="{n}"]{{bookmark-level:{n + 1}}}' for n in range(1, _LEVELS + 1)),
            *(f".appendix h{n}{{bookmark-level:{n + 1}}}" for n in range(2, _LEVELS + 2)),
        ]
    css += ["a{color:inherit;text-decoration:none}"] if part.contents else []
    bodies: list[str] = []

    def change(body: str) -> str:
        bodies.append(_leading(body) if part.contents else body)
        return bodies[-1]

    document = layout(part.document, look, fonts, "\n".join(css), change=change)
    return _Pages(document, bodies[-1])


def _leading(body: str) -> str:
    """The contents with a link around what stands in each cell of a row."""
    head, between, rows = body.partition("<tbody>")
    numbers = count(1)

    def linked(row: re.Match[str]) -> str:
        return _CELL.sub(rf'\1<a href="#part-{next(numbers)}">\2</a>\3', row[0])

    return head + between + _ROW.sub(linked, rows)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
