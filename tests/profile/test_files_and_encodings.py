"""Files as they come: other encodings, Word files renamed, far too large, not there."""

import codecs
import os
from pathlib import Path

import pytest

from planforge.profile import ReadProfile, read_profile

TEXT = """\
school:
  name: 青石区临溪小学
  stage: 小学
term: {year: 2026-2027, number: 1}
group:
  heads: 周明远（校长）
"""


def read(folder: Path, data: bytes) -> ReadProfile:
    path = folder / "profile.yaml"
    path.write_bytes(data)
    return read_profile(path)


def codes(reading: ReadProfile) -> list[tuple[str, str]]:
    return [(problem.severity, problem.code) for problem in reading.problems]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "crlf", "cr"],
)
def test_utf8_is_read_without_a_word(tmp_path: Path, data: bytes) -> None:
    reading = read(tmp_path, data)
    assert not reading.problems
    assert reading.profile.school.name == "青石区临溪小学"
    place = reading.place("group.heads[0].name")
    assert place is not None
    assert (place.line, place.column) == (6, 10)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_gbk_is_read_with_a_notice(tmp_path: Path, encoding: str) -> None:
    reading = read(tmp_path, TEXT.encode(encoding))
    assert reading.ok
    assert codes(reading) == [("notice", "encoding.gbk")]
    assert "GBK" in str(reading.problems[0])
    assert reading.profile.school.name == "青石区临溪小学"


def test_gb18030_carries_rare_characters(tmp_path: Path) -> None:
    reading = read(tmp_path, TEXT.replace("周明远", "周𠮷远").encode("gb18030"))
    assert reading.profile.group.heads[0].name == "周𠮷远"


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
    ids=["le-bom", "be-bom", "le", "be"],
)
def test_utf16_is_read_with_a_notice(tmp_path: Path, data: bytes) -> None:
    reading = read(tmp_path, data)
    assert codes(reading) == [("notice", "encoding.utf16")]
    assert reading.profile.school.stage == "primary"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04" + bytes(range(256)), "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "旧版 Word"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (bytes(range(256)) * 8, "不是文本文件"),
        (b"\x81" * 31, "不是文本文件"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41\x00", "不是文本文件"),
    ],
    ids=["zip", "ole", "pdf", "bytes", "half-gbk", "surrogate"],
)
def test_binary_files_are_refused(tmp_path: Path, data: bytes, words: str) -> None:
    reading = read(tmp_path, data)
    assert codes(reading) == [("error", "file.binary")]
    assert words in str(reading.problems[0])


def test_one_damaged_byte_is_found(tmp_path: Path) -> None:
    data = TEXT.encode().replace("周明远".encode(), "周".encode() + b"\xe6\x98" + "远".encode())
    reading = read(tmp_path, data)
    assert codes(reading) == [("error", "encoding.damaged")]
    place = reading.problems[0].place
    assert place is not None
    assert (place.line, place.column) == (6, 11)


def test_ten_megabytes_are_refused_at_once(tmp_path: Path) -> None:
    reading = read(tmp_path, b"# x\n" * 2_500_000)
    assert codes(reading) == [("error", "file.size")]
    assert "10.0 MB" in reading.problems[0].found
    assert "2 MB" in reading.problems[0].expected


def test_a_file_within_the_limit_with_far_too_many_values_is_refused(tmp_path: Path) -> None:
    reading = read(tmp_path, b"goals:\n" + b"- x\n" * 400_000)
    assert "yaml.count" in {problem.code for problem in reading.problems}


def test_missing_files_and_folders(tmp_path: Path) -> None:
    missing = read_profile(tmp_path / "没有.yaml")
    assert codes(missing) == [("error", "file.missing")]
    assert "没有.yaml" in str(missing.problems[0])
    assert codes(read_profile(tmp_path)) == [("error", "file.folder")]
    assert codes(read_profile(Path("a\0b"))) == [("error", "file.unreadable")]
    assert codes(read_profile(Path("x" * 5000))) == [("error", "file.unreadable")]
    assert codes(read_profile(Path(os.devnull))) == [("error", "file.special")]


def test_links_that_lead_back_to_themselves(tmp_path: Path) -> None:
    try:
        (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    except OSError:
        pytest.skip("this system has no links")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    assert not read_profile(tmp_path / "a.yaml").ok


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    assert codes(read_profile(path)) == [("error", "file.permission")]
