"""The text of a PDF: lines put together to paragraphs, over pages too, each with its page.

A PDF knows characters and where they stand, no paragraphs. A line goes on with the one above it where that one
filled its measure and this one begins at the left edge; words of one line that stand far apart are cells of a table.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from planforge.core.unreadable import Unreadable
from planforge.readers.paper import Look, OldPaper, Piece
from planforge.readers.tagged_pdf import tagged_paper

_LOCK = threading.Lock()
"""PDFium is not made for several threads."""
_PAGES = 600
_CHARACTERS = 3_000_000
_GAP = 2.0
"""Characters' widths between words of one line from which on they are cells of a table."""
_PAGE_NUMBER = re.compile(r"[-—－–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[-—－–·\s]*")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十百]{1,4}[条章节]|[①-⑳])"
)
_ENDS = "。！？!?；;：:"


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int

    @property
    def size(self) -> float:
        return self.top - self.bottom


def pdf_paper(data: bytes, file: str) -> OldPaper:
    """A PDF's text. Raises Unreadable where it cannot be opened, or holds pictures of pages and no text."""
    import pypdfium2

    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise Unreadable("paper.password", "PDF 加了密码", "去掉密码，另存一份") from error
            raise Unreadable("paper.damaged", "PDF 损坏，打不开", "重新导出一份") from error
        try:
            if len(document) > _PAGES:
                raise Unreadable("paper.pages", f"PDF 太长，不超过 {_PAGES} 页", "拆成几份")
            if (tagged := tagged_paper(document, file)) is not None:
                return tagged
            pages = [list(_lines(page.get_textpage(), number)) for number, page in enumerate(document, 1)]
        finally:
            document.close()
    if not any(line.text for page in pages for line in page):
        fix = "用有文字的 Word 或 PDF；只有扫描件时，先用识别软件转成文字"
        raise Unreadable("paper.scan", "PDF 里没有文字，像是扫描件或照片", fix)
    return OldPaper(file, tuple(_pieces(pages)))


def _lines(page: object, number: int) -> Iterator[_Line]:
    """The lines of a page from top to bottom, words that stand far apart as lines of their own."""
    count = page.count_chars()  # type: ignore[attr-defined]
    if count > _CHARACTERS:
        raise Unreadable("paper.size", "PDF 一页上的字多得不正常", "重新导出一份")
    text = page.get_text_range(0, count) if count > 0 else ""  # type: ignore[attr-defined]
    rows: list[list[tuple[str, float, float, float, float]]] = []
    for index, sign in enumerate(text[:count]):
        if sign in "\r\n" or not sign.isprintable():
            continue
        left, bottom, right, top = page.get_charbox(index, loose=True)  # type: ignore[attr-defined]
        if rows and sign.isspace():
            continue
        box = (sign, left, right, bottom, top)
        if rows and _same_row(rows[-1], box):
            rows[-1].append(box)
        else:
            rows.append([box])
    for row in rows:
        row.sort(key=lambda one: one[1])
        size = median(top - bottom for _, _, _, bottom, top in row) or 1
        start = 0
        for index in range(1, len(row) + 1):
            if index == len(row) or row[index][1] - row[index - 1][2] > _GAP * size:
                part = row[start:index]
                words = "".join(
                    (" " if here and _apart(part[here - 1], part[here], size) else "") + part[here][0]
                    for here in range(len(part))
                ).strip()
                if words:
                    yield _Line(words, part[0][1], part[-1][2], part[0][4], part[0][3], number)
                start = index


def _apart(
    before: tuple[str, float, float, float, float], after: tuple[str, float, float, float, float], size: float
) -> bool:
    gap = after[1] - before[2]
    latin = before[0].isascii() and after[0].isascii()
    return gap > (0.2 if latin else 0.6) * size


def _same_row(
    row: Sequence[tuple[str, float, float, float, float]], box: tuple[str, float, float, float, float]
) -> bool:
    _, _, _, bottom, top = row[-1]
    middle = (box[3] + box[4]) / 2
    return bottom <= middle <= top and box[1] >= row[-1][1]


def _pieces(pages: Sequence[Sequence[_Line]]) -> Iterator[Piece]:
    body = [line for page in pages for line in page if not _PAGE_NUMBER.fullmatch(line.text)]
    if not body:
        return
    size = median(line.size for line in body) or 10
    left, right = min(line.left for line in body), max(line.right for line in body)
    counts: dict[int, int] = {}
    held: Piece | None = None
    last: _Line | None = None
    rows = _rows(body)
    for line in body:
        cell = rows.get(id(line), 1) > 1
        if (
            held is not None
            and last is not None
            and not cell
            and held.kind != "cell"
            and _goes_on(last, line, left, right, size)
        ):
            held = replace(held, text=held.text + _between(held.text, line.text) + line.text)
            last = line
            continue
        if held is not None:
            yield held
        counts[line.page] = counts.get(line.page, 0) + 1
        where = f"第{line.page}页第{counts[line.page]}段"
        centred = abs((line.left + line.right) - (left + right)) < 2 * size and line.left - left > 2 * size
        align = "centre" if centred else "right" if line.left - left > (right - left) / 2 else "left"
        held, last = (
            Piece(line.text, where, "cell" if cell else "body", look=Look("", align, line.size)),
            line,
        )
    if held is not None:
        yield held


def _rows(lines: Sequence[_Line]) -> dict[int, int]:
    """How many lines stand beside each other, by `id()` of each."""
    counted: dict[int, int] = {}
    row: list[_Line] = []
    for line in [*lines, None]:
        if (
            line is not None
            and row
            and line.page == row[0].page
            and abs(line.bottom - row[0].bottom) < row[0].size / 2
        ):
            row.append(line)
            continue
        counted.update((id(one), len(row)) for one in row)
        row = [] if line is None else [line]
    return counted


def _goes_on(before: _Line, line: _Line, left: float, right: float, size: float) -> bool:
    """Whether a line goes on with the sentence of the one above it."""
    if abs(before.size - line.size) > 0.2 * size or _NUMBERED.match(line.text):
        return False
    below = line.page != before.page or before.bottom - line.top < 2.5 * size
    full = right - before.right < 1.6 * size
    return (
        below
        and full
        and line.left - left < 1.2 * size
        and not (before.text[-1] in _ENDS and line.left - left > 0.5 * size)
    )


def _between(before: str, after: str) -> str:
    """A space where two Latin words meet at a line's end; a hyphen is left as it is."""
    return (
        " "
        if before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalpha()
        else ""
    )
