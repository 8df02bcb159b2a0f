"""A letter a file: what the plain way shows, nothing of other recipients, the same bytes whoever else gets one."""

from __future__ import annotations

import io
import re
import subprocess
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from planforge.letters import plain
from planforge.letters.plain import Letter
from planforge.letters_pdf.letter_writer import PdfLetterWriter
from tests.support.exploring import examples
from tests.support.letters import SIMPLE, TREE, VALUES, fonts, letter, look, singly
from tests.support.positions import signs
from tests.support.same_pdf import CLASS, assert_same

_MAPPED = re.compile(rb"<[0-9a-f]{4}> <([0-9a-f]+)>")
_FEW = (letter("赵喆"), letter("丁一禾", seat="12"), letter("Anna Li"), letter("钱𬱖", document=SIMPLE))


@cache
def pdf_writer() -> PdfLetterWriter:
    return PdfLetterWriter(look(), fonts())


@cache
def files() -> tuple[bytes, ...]:
    return tuple(singly(pdf_writer(), _FEW))


def mapped(data: bytes) -> set[str]:
    """The characters that the fonts of a file say they show."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        maps = [
            one.ToUnicode.read_bytes()
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one
        ]
    return {
        c
        for one in maps
        for code in _MAPPED.findall(one)
        for c in bytes.fromhex(code.decode()).decode("utf-16-be")
    }


def grey(data: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(data)
    return [page.render(scale=150 / 72).to_pil().convert("L") for page in document]


def read(data: bytes, folder: Path) -> str:
    (folder / "letter.pdf").write_bytes(data)
    return subprocess.run(
        ["pdftotext", "-layout", folder / "letter.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout


def test_each_letter_is_the_plain_letter(tmp_path: Path) -> None:
    assert not pdf_writer().fallbacks
    for one, made in zip(_FEW, files(), strict=True):
        slow = plain.pdf([one], look(), fonts())
        assert_same(made, slow)
        assert read(made, tmp_path) == read(slow, tmp_path)
        assert len(made) < len(slow) / 2
        for ours, theirs in zip(grey(made), grey(slow), strict=True):
            difference = ImageChops.difference(ours, theirs)
            assert sum(difference.histogram()[64:]) == 0  # where outlines meet the grid, nowhere a stroke
            assert sum(difference.histogram()[16:]) < 300


def test_a_merged_letter_has_the_plain_letters_pixels() -> None:
    file = io.BytesIO()
    pdf_writer().write(_FEW[:2], file)
    for ours, theirs in zip(grey(file.getvalue()), grey(plain.pdf(_FEW[:2], look(), fonts())), strict=True):
        difference = ImageChops.difference(ours, theirs)
        assert sum(difference.histogram()[64:]) == 0
        assert sum(difference.histogram()[16:]) < 300


def test_no_file_has_a_glyph_of_another_letters_names() -> None:
    for made in files():
        shown = {one.text for one in signs(made)} | {" ", "\u00a0", "\u3000", "\uffff"}
        assert mapped(made) <= shown | set("0123456789")


def test_a_letter_does_not_depend_on_the_others() -> None:
    alone = singly(PdfLetterWriter(look(), fonts()), _FEW[1:2])
    assert alone[0] == files()[1]
    other = PdfLetterWriter(look(), fonts())
    other.write(CLASS, io.BytesIO())
    assert singly(other, _FEW[::-1])[::-1] == list(files())


@given(rows=st.lists(VALUES, min_size=1, max_size=3))
@examples(4, suppress_health_check=[HealthCheck.too_slow])
def test_any_letter_is_printed_as_the_plain_way_prints_it(rows: list[dict[str, str]]) -> None:
    letters = [Letter(TREE if number % 2 else SIMPLE, row, str(number)) for number, row in enumerate(rows)]
    for one, made in zip(letters, singly(pdf_writer(), letters), strict=True):
        assert_same(made, plain.pdf([one], look(), fonts()))


@pytest.mark.parametrize("name", ["丁一禾", "买买提·阿不都"])
def test_a_file_is_well_formed(name: str) -> None:
    (made,) = singly(pdf_writer(), [letter(name)])
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.docinfo["/Title"] == "致家长的一封信"
