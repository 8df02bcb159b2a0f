"""The copy with the findings as comments: the same words, a sound file, each comment at its words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from planforge.core.office_package import W, open_package
from planforge.readers import read_paper_bytes
from planforge.readers.marked_word import Remark, marked_copy
from planforge.readers.word_text import word_paper
from tests.support.commands import planforge


def paper() -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "旧校名"
    document.add_paragraph("每天布置书面作业九十分钟，").add_run("并要求家长批改作业。").bold = True
    document.add_table(1, 2).cell(0, 1).text = "格里的话"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def marked(remarks: list[Remark], data: bytes) -> bytes:
    package = open_package(data)
    return marked_copy(package, word_paper(package, "稿.docx"), remarks)


def marks(data: bytes) -> dict[str, tuple[str, str]]:
    """By a comment's id: the words that it stands at, and its own."""
    package = zipfile.ZipFile(io.BytesIO(data))
    document = etree.fromstring(package.read("word/document.xml"))
    comments = etree.fromstring(package.read("word/comments.xml"))
    said = {one.get(f"{W}id"): "".join(text.text or "" for text in one.iter(f"{W}t")) for one in comments}
    found = {}
    for identity in said:
        inside, words = False, []
        for one in document.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t"):
            if one.tag == f"{W}t":
                words += [one.text or ""] if inside else []
            elif one.get(f"{W}id") == identity:
                inside = one.tag == f"{W}commentRangeStart"
        found[identity] = ("".join(words), said[identity])
    return found


def faults(data: bytes, folder: Path) -> set[str]:
    """What a validator says of a file; python-docx's own template is not free of faults."""
    path = folder / "held.docx"
    path.write_bytes(data)
    return {str(error) for error in OpenXmlValidator().validate(str(path)).errors}


def test_comments_stand_at_their_words_and_change_no_other(tmp_path: Path) -> None:
    data = paper()
    made = marked(
        [
            Remark(0, 8, 12, ("一", "二")),
            Remark(0, 10, 18, ("跨两段字",)),
            Remark(2, 0, 2, ("格",)),
            Remark(3, 0, 3, ("页眉的",)),
        ],
        data,
    )
    assert sorted(marks(made).values()) == sorted(
        [
            ("每", "（页眉：旧校名）页眉的"),
            ("九十分钟", "一二"),
            ("分钟，并要求家长", "跨两段字"),
            ("格里", "格"),
        ]
    )
    before = [piece.text for piece in read_paper_bytes(data, "稿.docx").pieces]
    after = [piece.text for piece in read_paper_bytes(made, "稿.docx").pieces if piece.where != "批注"]
    assert after == before
    assert faults(made, tmp_path) <= faults(data, tmp_path)


def test_a_second_round_of_comments_joins_the_first() -> None:
    once = marked([Remark(0, 0, 2, ("先",))], paper())
    twice = marked([Remark(0, 2, 4, ("后",))], once)
    assert sorted(words for _, words in marks(twice).values()) == ["先", "后"]


def test_check_writes_the_copy_and_never_over_anything(tmp_path: Path) -> None:
    (tmp_path / "旧稿.docx").write_bytes(paper())
    done = planforge("check", "旧稿.docx", "--mark", "批.docx", at=tmp_path)
    assert done.returncode == 1
    assert "旧稿.docx 第1段" in done.stderr
    assert any("家长批改作业" in words for words, _ in marks((tmp_path / "批.docx").read_bytes()).values())
    again = planforge("check", "旧稿.docx", "--mark", "批.docx", at=tmp_path)
    assert again.returncode == 2
    assert "已经在了" in again.stderr


@pytest.mark.parametrize("folder", ["旧稿", "."])
def test_a_folder_is_checked_and_marked_paper_by_paper(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    for name in ("甲.docx", "乙.docx", "~$甲.docx"):
        (tmp_path / folder / name).write_bytes(paper())
    done = planforge("check", folder, "--mark", "批注稿", at=tmp_path)
    assert done.returncode == 1
    assert sorted(path.name for path in (tmp_path / "批注稿").iterdir()) == [
        "乙（批注，勿报送）.docx",
        "甲（批注，勿报送）.docx",
    ]
