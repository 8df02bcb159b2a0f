"""A letter that is the same for all: the master, how many to print, the picture and the words for chat groups."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from planforge.app.master_letter import Master
from planforge.core.problems import InputError
from planforge.writers import picture
from tests.support.letter_kind import PROFILE, files
from tests.support.letters import SIMPLE, look
from tests.support.rosters import PUPILS, pupils
from tests.support.soffice import pdf_text
from tests.support.ways import master

LETTER = "致家长的一封信"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Master:
    folder = tmp_path_factory.mktemp("master")
    return master(PROFILE, LETTER, pupils(folder / "名单.xlsx"), folder / "out", spare=3, duplex=True)


@pytest.fixture(scope="module")
def folder(made: Master) -> Path:
    assert made.folder is not None
    return made.folder


def test_one_file_of_each_sort(made: Master, folder: Path) -> None:
    names = {"母版.docx", "母版.pdf", "发群长图.png", "发群文字.txt", "印数单.pdf"}
    assert names <= set(files(folder))
    assert {name for name, _ in made.made} == names
    assert made.lacking == ()


def test_nobody_is_named_and_nothing_is_left_to_write_in_the_salutation(folder: Path) -> None:
    text = (folder / "发群文字.txt").read_text(encoding="utf-8")
    assert "尊敬的家长：" in text
    for words in (text, pdf_text(folder / "母版.pdf"), pdf_text(folder / "印数单.pdf")):
        assert not any(row[2] in words for row in PUPILS)


def test_the_print_run_is_pupils_and_spare_copies_of_each_class(made: Master, folder: Path) -> None:
    classes = {row[0] for row in PUPILS}
    assert made.copies == len(PUPILS) + 3 * len(classes)
    lines = pdf_text(folder / "印数单.pdf", layout=True).split("\n")
    rows = {line.split()[0]: line.split()[1:] for line in lines if line.split() and "班" in line.split()[0]}
    assert rows["三（1）班"] == ["3", "6", "6"]


def test_the_picture_is_as_wide_as_a_telephone_and_as_long_as_its_words(folder: Path) -> None:
    with Image.open(folder / "发群长图.png") as image:
        assert image.width == 1080
        ink = image.convert("L").point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    left, top, right, bottom = ink
    assert left > 40 and right < 1080 - 20
    assert 40 < top < 200 and image.height - bottom < 300


def test_the_same_letter_gives_the_same_picture() -> None:
    official = look("official")
    data = picture.write(SIMPLE, official)
    assert picture.write(SIMPLE, official) == data
    assert Image.open(io.BytesIO(data)).width == 1080


def test_without_a_roster_the_numbers_of_the_profile_are_taken(tmp_path: Path) -> None:
    found = master(PROFILE, "家长问卷", None, tmp_path, formats=("txt",), spare=2)
    assert found.copies == 1020 + 2 * 24  # pupils and classes in the example profile


def test_a_format_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="格式"):
        master(PROFILE, LETTER, None, tmp_path, formats=("gif",))


def test_without_a_folder_the_files_come_in_memory(made: Master, folder: Path, tmp_path: Path) -> None:
    in_memory = master(PROFILE, LETTER, pupils(tmp_path / "名单.xlsx"), None, spare=3, duplex=True)
    assert in_memory.folder is None
    assert in_memory.files == {name: (folder / name).read_bytes() for name, _ in made.made}
