"""What a call asks for: who, in which order, in which files, by the headings that people see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from planforge.batch.run import Outcome
from planforge.core.problems import InputError
from planforge.roster.fields import field_named, natural
from tests.support.letter_kind import KIND, PROFILE, files, templates
from tests.support.rosters import PUPILS, pupils
from tests.support.ways import batch


@pytest.fixture
def call(tmp_path: Path) -> Any:
    own, people = templates(tmp_path / "own"), pupils(tmp_path / "名单.xlsx")

    def made(**more: Any) -> Outcome:
        return batch(PROFILE, KIND, people, tmp_path / "out", own_templates=[own], **more).outcome

    return made


def made_files(outcome: Outcome) -> set[str]:
    return {name for name in files(outcome.folder) if not name.endswith(".jsonl")}


@pytest.mark.parametrize(
    "merge, expected",
    [
        (["班级"], {"三（1）班.docx", "三（2）班.docx", "三（4）班.docx", "四（1）班.docx"}),
        (["社团"], {"合唱.docx", "足球.docx", "没有社团的.docx"}),
        (["年级", "性别"], {"三年级 女.docx", "三年级 男.docx", "四年级 女.docx"}),
        ("all", {"短信.docx"}),
    ],
)
def test_word_files_are_merged_by_any_column(call: Any, merge: Any, expected: set[str]) -> None:
    outcome = call(formats=("docx",), merge=merge)
    assert made_files(outcome) == expected
    assert outcome.letters == len(PUPILS)


def test_where_goes_by_columns_that_no_letter_prints(call: Any) -> None:
    outcome = call(formats=("docx",), where={"性别": ["女"], "学号": ["1-2"]})
    assert made_files(outcome) == {"三（1）班/01号.docx", "三（2）班/02号.docx"}


def test_a_column_that_the_roster_lacks_is_named(call: Any) -> None:
    with pytest.raises(InputError, match="住址"):
        call(formats=("docx",), merge=["住址"])


def test_names_stand_in_file_names_only_when_asked(call: Any) -> None:
    outcome = call(formats=("docx",), where={"座号": ["7"]}, named=True)
    assert made_files(outcome) == {"四（1）班/07号 王欣怡.docx"}


def test_sorted_by_name_the_outline_is_in_the_order_of_pinyin(call: Any) -> None:
    outcome = call(formats=("pdf",), merge="all", sort=["姓名"])
    with pikepdf.open(outcome.folder / "短信.pdf") as pdf, pdf.open_outline() as outline:
        names = [one.title.split()[-1] for one in outline.root]
    # ài, biàn, chén, dīng, wáng, zhèng, zhōu
    assert names == ["艾芳晨", "卞小舟", "陈雨桐", "丁一禾", "王欣怡", "郑宇涵", "周林"]


def test_the_outline_of_several_classes_says_which_class(call: Any) -> None:
    outcome = call(formats=("pdf",), merge="年级")
    with pikepdf.open(outcome.folder / "三年级.pdf") as pdf, pdf.open_outline() as outline:
        titles = [one.title for one in outline.root]
    assert titles[:2] == ["三（1）班 1号 丁一禾", "三（1）班 2号 卞小舟"] and "三（4）班 1号 郑宇涵" in titles


def test_several_copies_and_the_slips_alone(call: Any) -> None:
    outcome = call(formats=("pdf",), merge="all", copies=2, slips=True)
    assert outcome.folder.name == "短信回执"
    with pikepdf.open(outcome.folder / "短信回执.pdf") as pdf, pdf.open_outline() as outline:
        assert len(pdf.pages) == 2 * len(PUPILS)
        assert len(outline.root) == len(PUPILS)


@pytest.mark.parametrize(
    "more", [{"up": 4}, {"copies": 0}, {"up": 2, "merge": "each"}, {"up": 2, "formats": ("docx",)}]
)
def test_a_call_that_cannot_be_is_refused(call: Any, more: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        call(**more)


@pytest.mark.parametrize(
    "word, field",
    [("班级", "class"), ("学号", "seat"), ("手机", "phone"), ("哪一层", "layer"), ("校车", "校车")],
)
def test_a_column_is_named_as_rosters_name_it(word: str, field: str) -> None:
    assert field_named(word) == field


def test_numbers_in_words_are_numbers() -> None:
    assert sorted(["第10组", "第2组", "第1组"], key=natural) == ["第1组", "第2组", "第10组"]
