"""What is private of WeasyPrint is used in one place, for stated versions, and anything else is told."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest

from planforge.core.resources import templates_root
from planforge.document.look import Look, find_look
from planforge.document.tree import Cell, Document, Table, Text
from planforge.letters.plain import Letter
from planforge.letters_pdf.letter_writer import PdfLetterWriter
from planforge.writers.fonts import choose
from planforge.writers.pdf import layout
from planforge.writers.pdf.weasyprint_adapter import support
from planforge.writers.pdf.weasyprint_adapter.extraction import take_apart
from planforge.writers.pdf.weasyprint_adapter.fonts import COMPARED, FileHead, UsedFonts, heads_only
from planforge.writers.pdf.weasyprint_adapter.writing import write_pages

PACKAGE = Path("planforge")
ADAPTER = PACKAGE / "writers" / "pdf" / "weasyprint_adapter"
_PRIVATE = re.compile(
    r"\b(?:import|from) (?:weasyprint|pydyf|_cffi)\b|\._page_box\b|\.to_unicode\b|\.file_content\b"
)

TABLE = Document(
    "sheet",
    "表",
    (
        Table(
            (1, 2),
            ((Cell((Text("姓名"),)), Cell((Text("座号"),))),),
            ((Cell((Text("丁一禾"),)), Cell((Text("7"),))),),
        ),
    ),
)


def look() -> Look:
    return find_look("letter", (templates_root(),))


def test_nothing_outside_the_adapter_touches_weasyprint() -> None:
    def touching(folder: Path) -> set[Path]:
        return {path for path in folder.rglob("*.py") if _PRIVATE.search(path.read_text(encoding="utf-8"))}

    assert touching(ADAPTER)
    assert touching(PACKAGE) == touching(ADAPTER)


@pytest.mark.parametrize("version", ["68.1", "71.0", "63.1", "100.0"])
def test_a_version_outside_the_range_is_told_in_chinese(version: str) -> None:
    reason = support.unsupported_version(version)
    assert version in reason and support.SUPPORTED in reason and "不在" in reason


def test_the_installed_version_and_the_ends_of_the_range_are_supported() -> None:
    assert support.unsupported() == ""
    ends = (".".join(map(str, support.LOWEST)), f"{support.BELOW[0] - 1}.9")
    assert [support.unsupported_version(version) for version in ends] == ["", ""]


def test_the_range_is_the_one_that_pip_is_told() -> None:
    assert f'"{support.REQUIREMENT}"' in Path("pyproject.toml").read_text(encoding="utf-8")


def test_a_private_name_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support, "_RELIED_ON", (("weasyprint.pdf.fonts", "no_such_name"),))
    support.unsupported.cache_clear()
    try:
        assert "weasyprint.pdf.fonts.no_such_name" in support.unsupported()
    finally:
        support.unsupported.cache_clear()


def test_a_font_is_told_by_its_files_first_bytes_and_size() -> None:
    def fonts_of_a_page() -> list[bytes]:
        document = layout(TABLE, look(), choose(look()))
        document.write_pdf()
        return [font.file_content for font in document.fonts.values()]

    def read(head: bool) -> list[bytes]:
        from weasyprint.pdf.fonts import Font

        seen: list[bytes] = []
        clean = Font.clean
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Font, "clean", lambda font, *_: seen.append(font.file_content))
            if head:
                with heads_only():
                    fonts_of_a_page()
            else:
                fonts_of_a_page()
        assert Font.clean is clean
        return seen

    whole, heads = read(head=False), read(head=True)
    assert whole and len(whole) == len(heads)
    for content, head in zip(whole, heads, strict=True):
        assert isinstance(head, FileHead) and not isinstance(content, FileHead)
        assert head == content[:COMPARED] and head.size == len(content)


def test_a_font_is_one_that_the_look_names() -> None:
    fonts = choose(look())
    document = layout(TABLE, look(), fonts)
    used = UsedFonts()
    take_apart(document, document.pages, used)
    files = {Path(chosen.face.file).stat().st_size for chosen in fonts.all()}
    assert used.known() and all(font.is_plain and font.file_size in files for font in used.known())
    assert not any(font.lacks_characters for font in used.known())
    assert {"丁", "座"} <= {text for font in used.known() for text in font.texts.values()}


def test_headers_are_told_by_their_scope_whatever_weasyprint_writes() -> None:
    document = layout(TABLE, look(), choose(look()))
    data = write_pages(document, document.pages, b"0" * 16)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        elements = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
        headers = [item for item in elements if item.S == pikepdf.Name.TH]
        cells = [item for item in elements if item.S == pikepdf.Name.TD]
        assert len(headers) == 2 and cells
        assert all(item.A.Scope == pikepdf.Name.Column and "/ID" not in item for item in headers)
        assert not any("/A" in item and "/Headers" in item.A for item in cells)


def test_with_an_unsupported_version_letters_come_out_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    reason = support.unsupported_version("71.0")
    monkeypatch.setattr("planforge.letters_pdf.letter_writer.unsupported", lambda: reason)
    writer = PdfLetterWriter(look(), choose(look()))
    file = io.BytesIO()
    writer.write([Letter(TABLE, {}, "一"), Letter(TABLE, {}, "二")], file)
    assert writer.fallbacks == {reason: 2}
    with pikepdf.open(io.BytesIO(file.getvalue())) as pdf:
        assert len(pdf.pages) == 2
