"""Without a roster, build makes one copy of each kind with recipients, to be filled in by hand."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from planforge.core import resources
from tests.support.ways import build

KINDS = ["parent_letter", "teacher_pledge", "responsibility_agreement"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    profile = resources.profiles_root() / "city-primary.yaml"
    out = tmp_path_factory.mktemp("letters")
    return build(profile, out, only=KINDS, formats=("docx", "pdf", "txt")).folder


def test_one_file_a_kind_and_format(folder: Path) -> None:
    names = {"致家长的一封信", "教师减负承诺书", "减负工作责任书"}
    for suffix in ("docx", "pdf", "txt"):
        assert {path.stem for path in folder.glob(f"*.{suffix}")} == names


def test_fields_are_underlined_blanks(folder: Path) -> None:
    text = (folder / "致家长的一封信.txt").read_text(encoding="utf-8")
    assert "尊敬的＿＿＿＿＿＿家长：" in text
    for path in folder.glob("*.txt"):
        words = path.read_text(encoding="utf-8")
        assert "「" not in words and "＿＿＿" in words, path.name
    for path in folder.glob("*.docx"):
        with zipfile.ZipFile(path) as package:
            words = package.read("word/document.xml").decode()
        assert "「" not in words and 'w:val="Blank"' in words, path.name
