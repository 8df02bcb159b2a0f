"""One door for every old paper: by its suffix and what it holds, to the reader of its format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planforge.core.named_file import read_named_file
from planforge.core.office_package import open_package
from planforge.core.unreadable import Unreadable
from planforge.readers.paper import OldPaper

_FILE = 50_000_000
"""Bytes of an old paper: photographs in it are counted."""
_FOREIGN = (".doc", ".wps", ".rtf", ".wpt", ".dot")
"""Formats that LibreOffice turns into Word files."""


def read_paper(path: Path) -> OldPaper:
    """Read an old paper.

    Args:
        path: .docx, .pdf, .odt, .html, .txt, and through LibreOffice .doc, .wps and .rtf.

    Raises:
        Unreadable: it cannot be read, with the reason and what to do, in Chinese.
    """
    return read_paper_bytes(read_named_file(path, _FILE, "旧稿"), str(path))


def read_paper_bytes(data: bytes, file: str) -> OldPaper:
    """Read an old paper from its bytes. file: its name, whose suffix tells the format. Raises as `read_paper`."""
    suffix = Path(file).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        told = f"{suffix} 文件" if suffix else "没有后缀的文件"
        raise Unreadable("paper.format", "旧稿不读这种格式", "用 Word 或 WPS 打开，另存为 .docx", told)
    if len(data) > _FILE:
        raise Unreadable("file.size", f"文件太大，不超过 {_FILE / 1e6:g} MB", "压缩里面的图片后另存")
    if suffix == ".docx" and data.startswith(b"%PDF"):
        return _pdf(data, file)
    return reader(data, file)


def _word(data: bytes, file: str) -> OldPaper:
    from planforge.readers.word_text import word_paper

    return word_paper(open_package(data), file)


def _pdf(data: bytes, file: str) -> OldPaper:
    from planforge.readers.pdf_text import pdf_paper

    return pdf_paper(data, file)


def _foreign(data: bytes, file: str) -> OldPaper:
    from planforge.readers.libreoffice import as_docx

    return _word(as_docx(data, Path(file).suffix.lower()), file)


def _odt(data: bytes, file: str) -> OldPaper:
    from planforge.readers.markup_text import odt_paper

    return odt_paper(data, file)


def _html(data: bytes, file: str) -> OldPaper:
    from planforge.readers.markup_text import html_paper

    return html_paper(data, file)


def _plain(data: bytes, file: str) -> OldPaper:
    from planforge.readers.markup_text import plain_paper

    return plain_paper(data, file)


_READERS: dict[str, Callable[[bytes, str], OldPaper]] = {
    ".docx": _word,
    ".pdf": _pdf,
    ".odt": _odt,
    ".html": _html,
    ".htm": _html,
    ".txt": _plain,
    ".md": _plain,
    **dict.fromkeys(_FOREIGN, _foreign),
}
SUFFIXES = tuple(_READERS)
"""Of the papers that are read."""
