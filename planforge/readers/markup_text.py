"""Papers as text, HTML and OpenDocument, in pieces."""

from __future__ import annotations

import html.parser
import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planforge.core.active_content import hidden_definition
from planforge.core.office_package import parse
from planforge.core.text_file import decode
from planforge.core.unreadable import Unreadable
from planforge.readers.paper import OldPaper, Piece

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "td",
        "th",
        "tr",
        "table",
        "section",
        "article",
        "header",
        "footer",
        "br",
        "title",
        "pre",
        "dt",
        "dd",
    ]
)
_SILENT = frozenset(("script", "style", "head", "template", "noscript"))
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CONTENT = 50_000_000  # bytes, unpacked


def plain_paper(data: bytes, file: str) -> OldPaper:
    """A text, a line each. Raises Unreadable where its encoding is none that a text has."""
    lines = enumerate(decode(data)[0].splitlines(), 1)
    pieces = (Piece(line.strip("\ufeff \u3000\t\xa0"), f"第{number}行") for number, line in lines)
    return OldPaper(file, tuple(piece for piece in pieces if piece.text))


class _Html(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._tag, self._silent = "p", 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _BLOCKS:
            self.end()
            self._tag = tag
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end()
            self._tag = "p"
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def end(self) -> None:
        """A block ends: what it held is a piece."""
        text = re.sub(r"[ \t\r\n]+", " ", "".join(self._words)).strip(" \u3000\xa0")
        self._words = []
        if text:
            level = int(self._tag[1]) if re.fullmatch("h[1-6]", self._tag) else 0
            kind = "heading" if level else "cell" if self._tag in ("td", "th") else "body"
            self.pieces.append(Piece(text, f"第{len(self.pieces) + 1}段", kind, level))  # type: ignore[arg-type]


def html_paper(data: bytes, file: str) -> OldPaper:
    """A page. Nothing that it refers to is fetched."""
    reader = _Html()
    reader.feed(decode(data)[0])
    reader.close()
    reader.end()
    return OldPaper(file, tuple(reader.pieces))


def odt_paper(data: bytes, file: str) -> OldPaper:
    """An OpenDocument text. Raises Unreadable where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if package.getinfo("content.xml").file_size > _CONTENT:
                raise Unreadable("paper.size", "解开后大得不正常", "换一个正常保存的文件")
            content = package.read("content.xml")
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        ValueError,
    ) as error:
        raise Unreadable("paper.damaged", "不是 .odt，或者已经损坏、加了密码", "另存为 .docx 再用") from error
    if why := hidden_definition(content):
        raise Unreadable("paper.definitions", why, "用 LibreOffice 打开后另存为 .docx")
    body = parse(content).find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise Unreadable("paper.damaged", "不是文字文档", "另存为 .docx 再用")
    return OldPaper(file, tuple(_odt_pieces(body)))


def _odt_pieces(body: _Element) -> Iterator[Piece]:
    count = 0
    for element in body.iter(f"{_TEXT}p", f"{_TEXT}h"):
        if any(one.tag == f"{_TEXT}tracked-changes" for one in element.iterancestors()):
            continue
        count += 1
        text = "".join(_odt_words(element))
        level = element.get(f"{_TEXT}outline-level", "1") if element.tag == f"{_TEXT}h" else ""
        cell = any(one.tag == f"{_TABLE}table-cell" for one in element.iterancestors())
        if text.strip():
            kind = "heading" if level else "cell" if cell else "body"
            yield Piece(text, f"第{count}段", kind, int(level or 0))  # type: ignore[arg-type]


def _odt_words(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        match child.tag:
            case _ if child.tag == f"{_TEXT}s":
                yield " " * min(100, int(child.get(f"{_TEXT}c", "1")))
            case _ if child.tag == f"{_TEXT}tab":
                yield "\t"
            case _ if child.tag == f"{_TEXT}line-break":
                yield "\n"
            case _ if (
                isinstance(child.tag, str)
                and child.tag != f"{_TEXT}note"
                and child.tag != f"{_OFFICE}annotation"
            ):
                yield from _odt_words(child)
            case _:
                pass
        yield child.tail or ""
