"""Packages joined from compressed pieces, read by others."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforge.letters import plain
from planforge.letters_word.splice import Splicer
from planforge.letters_word.zip_template import VaryingPart, ZipTemplate, members
from tests.support import soffice
from tests.support.letters import letter, look

PIECES = st.lists(st.binary(max_size=300), min_size=1, max_size=5)


def packed(pieces: list[bytes], values: list[bytes]) -> bytes:
    """A package with a part before, one of these pieces, one behind, and one more that varies."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("first", "varies", "between", "varies too", "last"):
            archive.writestr(zipfile.ZipInfo(name), name * 50, zipfile.ZIP_DEFLATED)
    packer = ZipTemplate(
        members(made.getvalue()),
        [(b"varies", VaryingPart(pieces)), (b"varies too", VaryingPart([b"-", b"-"]))],
    )
    packer.package([[b"other"] * len(values), [b"?"]])
    return packer.package([values, [b"!"]])


@given(pieces=PIECES, data=st.data())
def test_whatever_stands_between_and_in_the_places_is_read_again(
    pieces: list[bytes], data: st.DataObject
) -> None:
    count = len(pieces) - 1
    values = data.draw(st.lists(st.binary(max_size=40), min_size=count, max_size=count))
    expected = b"".join(part for pair in zip(pieces, [*values, b""], strict=True) for part in pair)
    with zipfile.ZipFile(BytesIO(packed(pieces, values))) as read:
        assert read.testzip() is None
        assert read.read("varies") == expected
        assert read.read("varies too") == b"-!-"
        assert [read.read(name) for name in ("first", "last")] == [b"first" * 50, b"last" * 50]


@pytest.mark.parametrize("length", [65535, 65536, 200_000])
def test_a_value_longer_than_a_block_is_read_again(length: int) -> None:
    value = "丁".encode() * (length // 3) + b"." * (length % 3)
    with zipfile.ZipFile(BytesIO(packed([b"<", b">"], [value]))) as read:
        assert read.testzip() is None
        assert read.read("varies") == b"<" + value + b">"


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
def test_unzip_and_python_docx_read_a_spliced_letter(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(Splicer(look()).write(letter("买买提·阿不都")))
    done = subprocess.run(["unzip", "-tq", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "尊敬的买买提·阿不都家长：" in [one.text for one in docx.Document(str(path)).paragraphs]


@pytest.mark.slow
def test_libreoffice_reads_a_spliced_letter_as_the_plain_one(tmp_path: Path) -> None:
    fast, slow = tmp_path / "fast.docx", tmp_path / "slow.docx"
    fast.write_bytes(Splicer(look()).write(letter("买买提·阿不都")))
    slow.write_bytes(plain.word(letter("买买提·阿不都"), look()))
    ours, theirs = soffice.to_text([fast, slow], tmp_path / "text")
    assert "尊敬的买买提·阿不都家长：" in ours
    assert ours == theirs
