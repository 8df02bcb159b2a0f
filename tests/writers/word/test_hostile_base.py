"""A Word file handed in as letter paper that is none: refused with its name and the reason, as the caller's mistake."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from planforge.core.problems import InputError
from planforge.writers.word.base_file import checked, read_base
from tests.support.school_docx import letterhead_file, repacked, school_file

_PAGE = re.compile(rb'w:pgSz[^>]*w:w="\d+"')


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as raised:
        checked(data, "校本.docx")
    (problem,) = raised.value.problems
    assert problem.code == "base-refused" and problem.fix
    return problem.message


def document(data: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml")


@pytest.mark.parametrize(
    "size", ["nan", "inf", "-inf", "1e300", "-12240", "0", "999999999", "１２２４０", "infinity"]
)
def test_a_page_that_no_printer_has(size: str) -> None:
    data = school_file()
    xml = _PAGE.sub(f'w:pgSz w:w="{size}"'.encode(), document(data))
    assert xml != document(data)
    assert "尺寸不正常" in refusal(repacked(data, {"word/document.xml": xml}))


@pytest.mark.parametrize(
    "part, old, new",
    [
        ("word/styles.xml", b"<w:sz w:val=", b'<w:sz w:val="1e300" w:old='),
        ("word/document.xml", b"<w:pgMar ", b'<w:pgMar w:gutter="nan" '),
        ("word/document.xml", b"<w:docGrid ", b'<w:docGrid w:charSpace="0" '),
    ],
)
def test_measures_elsewhere_are_looked_at_too(part: str, old: bytes, new: bytes) -> None:
    import io
    import zipfile

    data = school_file(styled=True)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read(part)
    changed = xml.replace(old, new, 1)
    if b"w:docGrid" in old:
        checked(repacked(data, {part: changed}), "校本.docx")
        return
    changed = re.sub(rb'w:gutter="0"', b"", changed) if b"gutter" in new else changed
    assert changed != xml
    assert "尺寸不正常" in refusal(repacked(data, {part: changed}))


def test_fields_that_fetch_or_run_are_refused_in_header_and_body() -> None:
    data = letterhead_file()
    for part in ("word/document.xml", "word/header1.xml"):
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(data)) as package:
            xml = package.read(part)
        field = b'<w:fldSimple w:instr="DDEAUTO c:\\\\a b"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
        assert "DDEAUTO" in refusal(repacked(data, {part: xml.replace(b"</w:p>", field, 1)}))


def test_the_usual_letterheads_pass() -> None:
    for data in (school_file(), school_file(styled=True), letterhead_file(), letterhead_file(box=True)):
        checked(data, "校本.docx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "校本.docx")
    with pytest.raises(InputError, match="不是普通文件"):
        read_base(tmp_path / "校本.docx")
