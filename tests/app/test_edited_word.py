"""A Word file that somebody has edited, and the PDF beside it: never printed as if it held the edit."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from planforge.core.resources import profiles_root
from tests.support.ways import build

VILLAGE = profiles_root() / "village-primary.yaml"
PLAN = "减负工作计划"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = build(VILLAGE, tmp_path, [PLAN]).folder
    path = folder / f"{PLAN}.docx"
    document = docx.Document(str(path))
    document.paragraphs[2].add_run("本校另行补充一句。")
    document.save(str(path))
    return folder


def put(tmp_path: Path, formats: tuple[str, ...]) -> dict[str, str]:
    """Names of the files of a second build, each with what is told of it."""
    return {file.put.path.name: file.put.message for file in build(VILLAGE, tmp_path, [PLAN], formats).files}


@pytest.mark.parametrize("formats", [("docx", "pdf"), ("pdf", "docx")])
def test_the_new_pdf_goes_beside_under_the_new_name_and_is_told(
    folder: Path, tmp_path: Path, formats: tuple[str, ...]
) -> None:
    before = {name: (folder / name).read_bytes() for name in (f"{PLAN}.docx", f"{PLAN}.pdf")}
    told = put(tmp_path, formats)
    assert list(told) == [f"{PLAN}（新）.{suffix}" for suffix in formats]
    assert "没有 Word 文件里改过的内容" in told[f"{PLAN}（新）.pdf"]
    assert {name: (folder / name).read_bytes() for name in before} == before
    again = put(tmp_path, formats)
    assert list(again) == list(told)
    assert {path.name for path in folder.glob(f"{PLAN}*")} == {*before, *told}


def test_a_pdf_asked_for_alone_goes_beside_too(folder: Path, tmp_path: Path) -> None:
    assert list(put(tmp_path, ("pdf",))) == [f"{PLAN}（新）.pdf"]


def test_once_the_edit_is_gone_the_pdf_is_in_its_place_again(folder: Path, tmp_path: Path) -> None:
    (folder / f"{PLAN}.docx").unlink()
    assert list(put(tmp_path, ("docx", "pdf"))) == [f"{PLAN}.docx", f"{PLAN}.pdf"]
