"""PDF, OpenDocument, HTML, and what LibreOffice reads for us: the same words, nothing fetched."""

from __future__ import annotations

import http.server
import io
import shutil
import threading
import zipfile
from pathlib import Path

import docx
import pytest

from planforge.core.unreadable import Unreadable
from planforge.readers import libreoffice, read_paper, read_paper_bytes
from tests.support.soffice import _convert

_LONG = "学校坚持教学质量不降、课业负担不增，各年级按照规定控制书面作业总量，教师先做一遍再布置，难度适中，形式多样，当天批改、当天讲评，不以作业代替管理。"


@pytest.fixture(scope="module")
def word_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = docx.Document()
    document.add_heading("作业管理办法", 1)
    for number in range(30):
        document.add_paragraph(f"（{number + 1}）{_LONG}")
    table = document.add_table(1, 2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text = "年级", "时间"
    path = tmp_path_factory.mktemp("papers") / "paper.docx"
    document.save(str(path))
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("suffix", "filter"),
    [
        ("pdf", "pdf:writer_pdf_Export"),
        ("odt", "odt"),
        ("html", "html:HTML (StarWriter)"),
        ("doc", "doc:MS Word 97"),
        ("rtf", "rtf"),
    ],
)
def test_a_paper_reads_alike_in_every_format(
    word_file: Path, tmp_path: Path, suffix: str, filter: str
) -> None:
    (made,) = _convert([word_file], tmp_path, suffix, filter)
    wanted = [piece.text for piece in read_paper(word_file).pieces]
    found = [
        piece.text.replace(" ", "") for piece in read_paper(made).pieces if piece.text.strip("— -0123456789")
    ]
    assert found[:31] == wanted[:31]
    assert "".join(found[31:]) == "".join(wanted[31:])  # LibreOffice makes one cell of two in a .doc


@pytest.mark.slow
def test_a_pdf_names_pages(word_file: Path, tmp_path: Path) -> None:
    (made,) = _convert([word_file], tmp_path, "pdf", "pdf:writer_pdf_Export")
    places = [piece.where for piece in read_paper(made).pieces]
    assert places[0] == "第1页第1段"
    assert any(place.startswith("第2页") for place in places)


@pytest.mark.slow
def test_libreoffice_fetches_nothing_for_us(tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *args: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        link = f"http://127.0.0.1:{server.server_address[1]}/logo.png"
        page = tmp_path / "linked.html"
        page.write_text(f'<p>有图的稿</p><img src="{link}" width="50" height="50">', encoding="utf-8")
        rtf = (
            r"{\rtf1\ansi {\field{\*\fldinst INCLUDEPICTURE "
            + f'"{link}"'
            + r" \\d}{\fldrslt }} \u31295?\par}"
        )
        assert read_paper_bytes(rtf.encode(), "稿.rtf").pieces[0].text.strip() == "稿"
        fodt = (
            '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"'
            ' office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>稿<draw:frame>'
            f'<draw:image xlink:href="{link}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
            "</office:text></office:body></office:document>"
        )
        libreoffice.as_docx(fodt.encode(), ".fodt")
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


def test_without_libreoffice_the_person_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Unreadable) as caught:
        read_paper_bytes(b"\xd0\xcf\x11\xe0", "稿.doc")
    assert caught.value.code == "paper.libreoffice"
    assert "另存为 .docx" in caught.value.fix


@pytest.mark.slow
def test_what_libreoffice_cannot_read_is_told() -> None:
    with pytest.raises(Unreadable) as caught:
        read_paper_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 2000, "稿.wps")
    assert caught.value.fix


def test_a_pdf_of_pictures_is_told_apart_from_an_empty_one() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    made = io.BytesIO()
    document.save(made)
    with pytest.raises(Unreadable) as caught:
        read_paper_bytes(made.getvalue(), "扫描.pdf")
    assert caught.value.code == "paper.scan"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", b"plain words"])
def test_a_damaged_pdf_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read_paper_bytes(data, "坏.pdf")
    assert caught.value.code == "paper.damaged"


def test_html_is_read_without_its_scripts() -> None:
    page = "<html><head><title>t</title><script>var a='x'</script></head><body><h2>一、要求</h2><p>按 规定<br>执行</p><td>格</td></body>"
    pieces = read_paper_bytes(page.encode(), "稿.html").pieces
    assert [(piece.text, piece.kind, piece.level) for piece in pieces] == [
        ("一、要求", "heading", 2),
        ("按 规定", "body", 0),
        ("执行", "body", 0),
        ("格", "cell", 0),
    ]


def test_an_open_document_with_definitions_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>')
    with pytest.raises(Unreadable) as caught:
        read_paper_bytes(made.getvalue(), "稿.odt")
    assert caught.value.code == "paper.definitions"
