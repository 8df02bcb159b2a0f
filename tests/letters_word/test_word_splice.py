"""The fast Word letter is the writer's own letter in every part of the package."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from planforge.document.tree import Closing, Document, Field, Text, Title
from planforge.letters import plain
from planforge.letters.plain import Letter
from planforge.letters_word.merged_file import joined
from planforge.letters_word.splice import Splicer, Unfit, stretches
from planforge.writers.word import digest, stored_digest
from tests.support.exploring import examples
from tests.support.letters import CLASSES, SEATS, SIMPLE, TREE, VALUES, WORD_NAMES, letter, look

SPLICER = Splicer(look())


def package(data: bytes) -> list[tuple[object, ...]]:
    """All that a package says of its parts, and what they hold; how they are compressed apart."""
    with zipfile.ZipFile(BytesIO(data)) as read:
        assert read.testzip() is None
        return [
            (one.filename, one.date_time, one.external_attr, one.flag_bits, one.create_system, read.read(one))
            for one in read.infolist()
        ]


def assert_same(one: Letter, by: Splicer = SPLICER) -> None:
    assert package(by.write(one)) == package(plain.word(one, look()))


ROWS = st.one_of(VALUES, st.fixed_dictionaries({"name": WORD_NAMES, "class": CLASSES, "seat": SEATS}))


@given(rows=st.lists(ROWS, min_size=1, max_size=2), simple=st.booleans())
@examples(200)
def test_any_rosters_letters_are_the_plain_ones_in_every_part(
    rows: list[dict[str, str]], simple: bool
) -> None:
    for values in rows:
        assert_same(Letter(SIMPLE if simple else TREE, values, ""))


@pytest.mark.parametrize("name", ["丁一禾", "买买提·阿不都", "A&<B>", "Zoë", "𬱖𫖯", ""])
def test_usual_names_are_spliced(name: str) -> None:
    splicer = Splicer(look())
    splicer.write(letter(name))
    assert splicer.plain == 0


@pytest.mark.parametrize("name", ["“甘”雨", "丁\u0007禾", "  "])
def test_a_name_that_the_writer_would_set_otherwise_goes_the_plain_way(name: str) -> None:
    splicer = Splicer(look())
    assert_same(letter(name), splicer)
    assert splicer.plain == 1


def test_a_field_below_the_text_where_widths_are_reckoned_goes_the_plain_way() -> None:
    closing = Closing(((Field("name"),),), (Text("2026年9月1日"),))
    document = Document("letter", "信", (*SIMPLE.blocks[:2], closing))
    splicer = Splicer(look())
    for name in ("丁一", "丁一二三四五"):
        assert_same(letter(name, document=document), splicer)
    assert splicer.plain == 2


def test_a_name_in_the_title_reaches_the_properties() -> None:
    title = Title((Field("name"), Text("家长")))
    document = Document("letter", "「name」家长", (title, *SIMPLE.blocks[1:]))
    made = Splicer(look()).write(letter("丁一禾", document=document))
    with zipfile.ZipFile(BytesIO(made)) as package:
        assert "丁一禾家长" in package.read("docProps/core.xml").decode()


@pytest.mark.parametrize("name", ["丁一禾", "买买提·阿不都", ""])
def test_a_letter_tells_by_itself_that_nobody_edited_it(name: str) -> None:
    made = Splicer(look()).write(letter(name))
    assert stored_digest(made) == digest(made)


@given(rows=st.lists(ROWS, min_size=2, max_size=4))
@example(
    rows=[
        {"name": "㛃㛃", "class": "三（2）班", "seat": ""},
        {"name": " ¡", "class": "三（2）班", "seat": ""},
    ]
)
@examples(8)
def test_a_merged_file_is_the_one_of_plain_letters(rows: list[dict[str, str]]) -> None:
    letters = [Letter(TREE, values, "") for values in rows]
    fast = joined([SPLICER.write(one) for one in letters])
    assert package(fast) == package(joined([plain.word(one, look()) for one in letters]))


@pytest.mark.parametrize(
    "name", ["丁一禾", "A&<B>", "卞·𬱖", "", "“甘”雨", "丁\u0301禾", "丁\u202e禾\u202c", "阿卜杜" * 40]
)
def test_office_finds_nothing_to_repair(name: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(Splicer(look()).write(letter(name)))
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, result.errors


def test_stretches_are_cut_at_signs() -> None:
    assert stretches("买买提·阿") == [("chinese", "买买提"), ("sign", "·"), ("chinese", "阿")]
    assert stretches("7") == [("latin", "7")]
    with pytest.raises(Unfit):
        stretches("“甘”")
