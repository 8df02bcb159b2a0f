"""Names that any system accepts, as near to what was asked for as can be."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforge.output import safe_name
from planforge.output.naming import FILE_BYTES, fold

DEVICES = {"con", "prn", "aux", "nul"} | {f"{name}{digit}" for name in ("com", "lpt") for digit in range(10)}
WORDS = st.text() | st.text(
    alphabet="a.A /\\:~$ \u3000减負\u0301\u202e\u200b\ufeff\x00\n𬍛CONul1", max_size=300
)


@given(WORDS, st.sampled_from(["", ".docx", ".pdf"]), st.sampled_from(["", "（新）", "（2）"]))
def test_any_text_becomes_one_name_that_every_system_takes(text: str, suffix: str, tail: str) -> None:
    name = safe_name(text, suffix, tail=tail)
    assert len(name.encode()) <= FILE_BYTES < 255
    assert name.endswith(tail + suffix) and len(name) > len(tail + suffix)
    assert not set(name) & set('/\\:*?"<>|')
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in name)
    assert not name.startswith((".", " ", "\u3000", "~")) and not name.endswith((".", " "))
    assert name.split(".")[0].strip().casefold() not in DEVICES
    assert unicodedata.is_normalized("NFC", name)
    assert safe_name(text, suffix, tail=tail) == name


@given(st.text(alphabet=st.characters(whitelist_categories=["Lo"]), min_size=1, max_size=20))
def test_chinese_names_are_left_as_they_are(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert safe_name(text, ".docx") == f"{text}.docx"


@given(WORDS)
def test_such_a_name_can_be_made_in_a_folder(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / safe_name(text, ".txt")
    path.write_bytes(b"x")
    assert path.parent == Path(path.parent.resolve()) and path.name in {
        one.name for one in path.parent.iterdir()
    }
    path.unlink()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("减负工作计划", "减负工作计划.docx"),
        ("../../etc/passwd", "／..／etc／passwd.docx"),
        ("/etc/passwd", "／etc／passwd.docx"),
        ("C:\\Windows\\x", "C：＼Windows＼x.docx"),
        ("CON", "_CON.docx"),
        ("nul.tar", "_nul.tar.docx"),
        ("Com1", "_Com1.docx"),
        ("LPT¹", "_LPT¹.docx"),
        ("CONTENT", "CONTENT.docx"),
        ("计划. . ", "计划.docx"),
        ("ＡＢＣ（１）", "ＡＢＣ（１）.docx"),
        ("一\u202e二\u200b三\x07", "一二三.docx"),
        ("一\n二", "一 二.docx"),
        ("", "未命名.docx"),
        ("...", "未命名.docx"),
        ("\u202e", "未命名.docx"),
        ("~$计划", "～$计划.docx"),
        ("e\u0301cole", "école.docx"),
        ("王𬍛", "王𬍛.docx"),
        ("葛\U000e0100", "葛\U000e0100.docx"),
    ],
)
def test_what_becomes_of_difficult_names(text: str, expected: str) -> None:
    assert safe_name(text, ".docx") == expected


def test_a_long_name_is_cut_between_characters_and_keeps_its_end() -> None:
    name = safe_name("双" * 200, ".docx", tail="（新）")
    assert name == "双" * 55 + "（新）.docx"  # 180 bytes: 165 + 9 + 5
    assert (
        safe_name("葛\U000e0100" * 50, "", limit=20) == "葛\U000e0100" * 2
    )  # never a letter without its mark


def test_a_reserved_name_that_has_to_be_cut_is_still_no_device() -> None:
    name = safe_name("con." + "长" * 200, ".docx")
    assert name.startswith("_con.") and len(name.encode()) <= FILE_BYTES


def test_letters_that_differ_in_case_or_composition_alone_count_as_one_name() -> None:
    assert fold("École.DOCX") == fold("e\u0301cole.docx")
    assert fold("计划.docx") != fold("方案.docx")
