"""A Word file that an office program merely saved again is replaced; one in which a word was changed is kept."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from planforge.core import resources
from planforge.document.look import read_look
from planforge.document.tree import Paragraph, Text
from planforge.output import Put, Store
from planforge.writers import word
from tests.support import sample_tree, soffice

LOOK = read_look(resources.templates_root() / "styles" / "official.yaml")
OLD = sample_tree.sample_document()
NEW = replace(OLD, blocks=(*OLD.blocks, Paragraph((Text("新学期又添了一段。"),), "body")))


def put(root: Path, data: bytes) -> Put:
    with Store(root).run("临江市望湖小学", "2026—2027学年第一学期") as run:
        return run.put("减负工作计划", "docx", data, kind="work-plan", digest=word.digest)


def edited(data: bytes, words: str) -> bytes:
    """The file after somebody typed into its first paragraph of text."""
    file = docx.Document(io.BytesIO(data))
    next(paragraph for paragraph in file.paragraphs if len(paragraph.text) > 30).add_run(words)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


@pytest.mark.slow
def test_saved_again_by_libreoffice(tmp_path: Path) -> None:
    one = put(tmp_path / "output", word.write(OLD, LOOK))
    (saved,) = soffice.to_docx([one.path], tmp_path / "saved")
    assert saved.read_bytes() != one.path.read_bytes()
    saved.replace(one.path)
    assert put(tmp_path / "output", word.write(NEW, LOOK)) == Put(one.path, "written")


def test_saved_again_by_another_program(tmp_path: Path) -> None:
    one = put(tmp_path, word.write(OLD, LOOK))
    one.path.write_bytes(edited(one.path.read_bytes(), ""))
    assert put(tmp_path, word.write(NEW, LOOK)) == Put(one.path, "written")


def test_one_more_character_is_an_edit(tmp_path: Path) -> None:
    one = put(tmp_path, word.write(OLD, LOOK))
    theirs = edited(one.path.read_bytes(), "。")
    one.path.write_bytes(theirs)
    two = put(tmp_path, word.write(NEW, LOOK))
    assert (two.status, two.path.name) == ("kept", "减负工作计划（新）.docx")
    assert one.path.read_bytes() == theirs and two.path.read_bytes() == word.write(NEW, LOOK)
