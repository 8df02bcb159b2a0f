"""Rosters in every file format that schools have, and files that are none: told by what they hold."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from planforge.roster import Roster
from tests.roster.making import (
    HEAD,
    PEOPLE,
    left,
    one_sheet,
    people,
    read,
    rewritten,
    said,
    with_shared_texts,
)
from tests.roster.old_formats import HTML, XML, old_excel

THREE = [("1", "丁一禾", "三（2）班"), ("2", "卞小舟", "三（2）班"), ("3", "甘雨桐", "三（2）班")]
CSV = "\n".join(",".join(map(str, row)) for row in (HEAD, *PEOPLE)) + "\n"


def _three(roster: Roster) -> None:
    assert not roster.problems, [str(one) for one in roster.problems]
    assert people(roster) == THREE


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("sign", [",", "\t", ";", "|", "，"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_files_of_every_encoding(encoding: str, sign: str, end: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(CSV.replace(",", sign).replace("\n", end).encode(encoding))
    _three(read(path))


def test_a_text_files_place_is_cell_and_line(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text('座号,姓名,班级,联系电话\n1,丁一禾,三2,"1390\n0000001"\n2,卞？,三2,\n', encoding="utf-8")
    roster = read(path)
    assert said(roster.problems) == [("B3", "name.lost")]
    assert roster.problems[0].place and roster.problems[0].place.line == 4
    assert roster.recipients[0].values["phone"] == "13900000001"


def test_a_text_file_may_name_its_sign_and_protect_numbers(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(
        'sep=;\n姓名;班级;学籍号\n丁一禾;三2;="012345678901234567"\n卞小舟;三2;\'0012\n', encoding="utf-8-sig"
    )
    roster = read(path, "name class student_id")
    assert people(roster, "student_id") == [("012345678901234567",), ("0012",)]
    assert roster.recipients[0].place.cell == "A3"


@pytest.mark.parametrize("rows", [1, 3, 30_000])
def test_a_quote_that_never_closes_is_told_by_its_line(rows: int, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(
        '姓名,班级,备注\n甘雨桐,三2,"多\n行"\n"丁一禾,三2,\n' + "卞小舟,三2,\n" * (rows - 1), encoding="utf-8"
    )
    roster = read(path, "name class")
    assert roster.recipients == ()
    [problem] = roster.problems
    assert problem.code == "file.quotes" and "第 4 行" in problem.message


def test_a_quote_within_a_cell_is_a_sign_like_others(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text('姓名,班级,备注\n丁一禾,三2,15"\n卞小舟,三2,"末\n行"\n', encoding="utf-8")
    assert people(read(path, "name class"), "name") == [("丁一禾",), ("卞小舟",)]


def test_gbk_with_a_character_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes("姓名,班级\n丁一禾,三2\n卞".encode("gbk") + b"\xaa\xa1" + ",三2\n".encode("gbk"))
    assert said(read(path, "name class").problems) == [("A3", "name.private")]


def testold_excel_with_merged_cells_marks_and_hidden_rows(tmp_path: Path) -> None:
    roster = read(old_excel(tmp_path / "roster.xls"), "name class seat phone birthday")
    _three(roster)
    assert left(roster) == [
        ("三（2）班!B6", "struck"), ("三（2）班!B7", "red"), ("三（2）班!B8", "hidden_row"), ("旧", "hidden_sheet")
    ]  # fmt: skip
    assert roster.recipients[0].values["birthday"] == "2018年9月1日"


@pytest.mark.parametrize("name", ["roster.et", "roster.xlsx", "roster.csv"])
def test_the_suffix_does_not_matter(name: str, tmp_path: Path) -> None:
    _three(read(old_excel(tmp_path / name), "name class seat"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_tables_of_a_page_called_xls(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.xls"
    path.write_bytes(HTML.format(encoding).encode(encoding))
    roster = read(path)
    _three(roster)
    assert left(roster) == [("B6", "struck"), ("B7", "red"), ("B8", "hidden_row")]


def test_xml_spreadsheets(tmp_path: Path) -> None:
    rows = "".join(
        f'<Row><Cell><Data ss:Type="Number">{seat}.0</Data></Cell><Cell><Data ss:Type="String">{name}</Data></Cell>'
        f'<Cell ss:Index="4"><Data ss:Type="Number">{phone}</Data></Cell></Row>'
        for seat, name, _, phone in PEOPLE
    )
    path = tmp_path / "roster.xls"
    path.write_text(XML.format(rows=rows), encoding="utf-8")
    roster = read(path)
    _three(roster)
    assert left(roster) == [("三2!B8", "struck"), ("旧", "hidden_sheet")]


def _zip(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return buffer.getvalue()


def _ole(*streams: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + b"".join(one.encode("utf-16-le") for one in streams)
    )


_BOF = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)
_LOCKED = (
    _BOF
    + struct.pack("<HH", 0x002F, 54)
    + struct.pack("<HHH", 1, 1, 1)
    + bytes(48)
    + struct.pack("<HH", 0x000A, 0)
)

FILES: dict[str, tuple[bytes, str, str]] = {
    "空.xlsx": (b"", "file.empty", "空"),
    "加密.xlsx": (_ole("EncryptedPackage"), "file.encrypted", "密码"),
    "加密.xls": (_LOCKED, "file.encrypted", "密码"),
    "信.doc": (_ole("WordDocument"), "file.other", "Word"),
    "名单.et": (_ole("ETData"), "file.format", ".et"),
    "名单.numbers": (_zip(**{"Index/Document.iwa": b"x"}), "file.format", "Numbers"),
    "名单.zip": (_zip(**{"三1.xlsx": b"x"}), "file.archive", "压缩包"),
    "名单.xlsb": (_zip(**{"xl/workbook.bin": b"x"}), "file.format", ".xlsb"),
    "名单.ods": (_zip(**{"content.xml": b"x"}), "file.format", ".ods"),
    "别的.xlsx": (_zip(a=b"x"), "file.other", "不是 Excel"),
    "半个.xlsx": (_zip(a=b"x")[:-30], "file.damaged", "损坏"),
    "名单.pdf": (b"%PDF-1.7\n", "file.other", "PDF"),
    "照片.xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(50), "file.other", "图片"),
    "乱码.csv": (bytes(range(1, 32)) * 40, "file.binary", "不是文字"),
    "网页.xls": (b"<html><body>no table</body></html>", "file.format", "网页"),
    "套着.xls": (b"<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>", "file.format", "表里套着表"),
    "存档.xls": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "file.format", ".mht"),
    "~$名单.xlsx": (b"\x05user", "file.lock", "临时文件"),
    "别的.xml": (b"<?xml version='1.0'?><a/>", "file.format", "XML"),
    "空白.csv": (b"\n\n ,, \n", "roster.empty", "没有内容"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_roster_is_named_for_what_it_is(name: str, tmp_path: Path) -> None:
    body, code, word = FILES[name]
    path = tmp_path / name
    path.write_bytes(body)
    roster = read(path)
    [problem] = roster.problems
    assert problem.code == code and word in problem.message
    assert problem.place and problem.place.file == str(path) and roster.recipients == ()


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert read(tmp_path / "no.xlsx").problems[0].code == "file.missing"
    assert read(tmp_path).problems[0].code == "file.folder"


def test_a_million_formatted_rows_cost_no_memory(tmp_path: Path) -> None:
    path = one_sheet(tmp_path / "a.xlsx", [HEAD, *PEOPLE])
    cells = "".join(f'<c r="{letter}{{0}}" s="1"/>' for letter in "ABCDEFGH")
    blank = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(5, 200_000))
    last = '<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>'
    rewritten(path, "xl/worksheets/sheet1.xml", lambda text: text.replace("</sheetData>", blank + last))
    tracemalloc.start()
    _three(read(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


def test_rows_far_below_are_still_found(tmp_path: Path) -> None:
    path = one_sheet(tmp_path / "a.xlsx", [HEAD, *PEOPLE[:2]])
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(4, 30_000))
    far = "".join(
        f'<c r="{at}30000" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in zip("ABCD", PEOPLE[2], strict=True)
    )
    more = f'{blank}<row r="30000">{far}</row></sheetData>'
    rewritten(path, "xl/worksheets/sheet1.xml", lambda text: text.replace("</sheetData>", more))
    roster = read(path)
    _three(roster)
    assert roster.recipients[2].place.cell == "名单!B30000"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_bomb_is_refused_without_being_read(part: str, tmp_path: Path) -> None:
    path = with_shared_texts(one_sheet(tmp_path / "a.xlsx", [HEAD, *PEOPLE]))
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(path) as source,
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
        with target.open(part, "w", force_zip64=True) as out:
            out.write(b'<x xmlns="a">')
            for _ in range(300):
                out.write(b" " * 1_000_000)
    path.write_bytes(bomb.getvalue())
    tracemalloc.start()
    roster = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.code for one in roster.problems] == ["file.size"]
    assert peak < 50_000_000


def test_entities_are_refused(tmp_path: Path) -> None:
    path = one_sheet(tmp_path / "a.xlsx", [HEAD, *PEOPLE])
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    rewritten(path, "xl/worksheets/sheet1.xml", lambda text: lol + text[text.find("<worksheet") :])
    assert [one.code for one in read(path).problems] == ["file.entities"]
