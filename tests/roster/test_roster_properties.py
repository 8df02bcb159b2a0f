"""Whatever a file holds, reading it ends with a roster or words; names and classes come back as they were."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from planforge.roster import PUPIL_COLUMNS, STAFF_COLUMNS, Reckoning, Roster, SchoolClass, read_roster
from planforge.roster.cell_values import check_digit
from planforge.roster.classes import ClassError, find_class, han_number, parse_class
from planforge.roster.person_names import clean_name, name_fault
from tests.roster.making import HEAD, PEOPLE, one_sheet, with_shared_texts
from tests.roster.old_formats import HTML, XML, old_excel
from tests.support.exploring import examples

TERM = Reckoning(date(2026, 9, 1))
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


def _read(data: bytes, suffix: str) -> Roster:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        for columns in (PUPIL_COLUMNS, STAFF_COLUMNS):
            roster = read_roster(path, columns, term_start=date(2026, 9, 1))
            assert roster.recipients or roster.problems or roster.left_out
            assert all(problem.message and problem.code and problem.place for problem in roster.problems)
    return roster


@cache
def _known(kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        if kind == "xls":
            old_excel(path)
        else:
            one_sheet(path, [HEAD, *PEOPLE])
            if kind == "shared":
                with_shared_texts(path)
        return path.read_bytes()


HEADS = (
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x09\x08",
    b"<html><table>",
    b"<?xml ",
    b"\xff\xfe",
)


@given(
    head=st.sampled_from(HEADS),
    body=st.binary(max_size=3000),
    suffix=st.sampled_from([".xlsx", ".xls", ".csv", ""]),
)
@examples(300)
def test_any_bytes_end_in_words(head: bytes, body: bytes, suffix: str) -> None:
    _read(head + body, suffix)


@pytest.mark.parametrize("kind", ["xlsx", "shared", "xls", "html", "xml"])
@given(data=st.data())
@examples(120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_ends_in_words(kind: str, data: st.DataObject) -> None:
    texts = {"html": HTML.format("utf-8").encode(), "xml": XML.format(rows="").encode()}
    whole = bytearray(texts.get(kind) or _known(kind))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    cut = data.draw(st.integers(0, len(whole)))
    _read(bytes(whole[:cut] if data.draw(st.booleans()) else whole), ".xls")


@given(data=st.data())
@examples(150)
def test_a_package_whose_parts_are_damaged_ends_in_words(data: st.DataObject) -> None:
    """Damage below the zip's checksums: what a careless export, or somebody ill-meaning, writes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_known("shared"))) as source, zipfile.ZipFile(buffer, "w") as target:
        names = source.namelist()
        spoilt = data.draw(st.sampled_from([name for name in names if name.startswith(("xl/", "_rels"))]))
        for name in names:
            body = bytearray(source.read(name))
            if name == spoilt:
                words = [
                    b'r="A99999999"',
                    b't="zz"',
                    b"<v>1e999</v>",
                    b"<v>nan</v>",
                    b's="99999999"',
                    b'ref="A1:ZZZ9999999"',
                    b"",
                ]
                for _ in range(data.draw(st.integers(1, 4))):
                    at = data.draw(st.integers(0, len(body)))
                    body[at : at + data.draw(st.integers(0, 30))] = data.draw(st.sampled_from(words))
            target.writestr(name, bytes(body))
    _read(buffer.getvalue(), ".xlsx")


CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.sampled_from(["姓名", "班级", "座号", "合计", "三（2）班", "转出", "电话", "家长信息"]),
    st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False), st.dates().filter(lambda d: d.year > 1900),
)  # fmt: skip


@given(
    rows=st.lists(st.lists(CELLS, max_size=7), max_size=10),
    spans=st.lists(st.tuples(*[st.integers(1, 9)] * 4), max_size=4),
)
@examples(150)
def test_any_table_ends_in_words(rows: list[list[Any]], spans: list[tuple[int, int, int, int]]) -> None:
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate([["姓名", "班级", "座号"], *rows], 1):
        for column, value in enumerate(row, 1):
            try:
                sheet.cell(number, column, value)
            except (IllegalCharacterError, ValueError):
                continue
    for top, left, height, width in spans:
        sheet.merged_cells.add(
            f"{sheet.cell(top, left).coordinate}:{sheet.cell(top + height, left + width).coordinate}"
        )
    buffer = io.BytesIO()
    book.save(buffer)
    _read(buffer.getvalue(), ".xlsx")


@given(grade=st.integers(1, 9), number=st.integers(1, 30))
def test_a_class_is_the_same_however_it_is_written(grade: int, number: int) -> None:
    han = "一二三四五六七八九"[grade - 1]
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    ways = [
        f"{han}（{number}）班", f"{han}({number})班", f"{han}年级（{number}）班", f"{han}年{number}班", f"{han}{number}班",
        f"{han}{number}", f"{grade}年级{number}班", f"{grade}年{number}班", f"{grade}({number})班", f"{grade}.{number}班",
        f"{grade}-{number}", f"{grade}（{number}）", f"{grade}{number:02}", f"{grade}{number:02}班", f"0{grade}{number:02}",
        f"{han}（{wide}）班", f" {han} （ {number} ） 班 ", f"{han}年级{number}班", f"{han}〔{number}〕班",
        f"{2026 - grade + 1}级{number}班", f"{2026 - grade + 1}级（{number}）班", f"{2027 - grade - 2000:02}级{number:02}班",
        f"{grade}—{number}", f"{han}－{number}班", f"{han}年级第{number}班", f"{han}年级 第{number}班",
        f"小{2027 - grade}级{number}班", f"小学{2027 - grade}级{number}班", f"小学{han}年级{number}班",
    ]  # fmt: skip
    if grade <= 6:
        ways.append(f"小{han}（{number}）班")
    if grade >= 7:
        ways += [
            f"初{'一二三'[grade - 7]}（{number}）班",
            f"初{grade - 6}（{number}）班",
            f"初{2026 - grade + 7}级{number}班",
        ]
    expected = SchoolClass(grade, number)
    assert {way: parse_class(way, TERM) for way in ways} == dict.fromkeys(ways, expected)
    assert parse_class(str(expected), TERM) == expected
    assert find_class(f"第一实验小学2026学年{han}年级（{number}）班学生花名册（45人）", TERM) == expected


@given(classes=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 30)), min_size=2))
def test_classes_sort_by_number(classes: list[tuple[int, int]]) -> None:
    texts = [str(SchoolClass(*one)) for one in classes]
    assert sorted(parse_class(text, TERM) for text in texts) == [SchoolClass(*one) for one in sorted(classes)]


@given(text=st.text(max_size=20))
def test_any_text_is_a_class_or_is_refused_in_words(text: str) -> None:
    find_class(text, TERM)
    try:
        found = parse_class(text, TERM)
    except ClassError as error:
        assert error.code and error.message and error.fix
    else:
        assert 1 <= found.grade <= 12 and 0 <= found.number <= 99


@given(number=st.integers(1, 99))
def test_han_numbers(number: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    han = (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")
    assert han_number(han) == han_number(str(number)) == number


@given(
    name=st.text(HAN, min_size=2, max_size=4),
    spaces=st.lists(st.sampled_from(["", " ", "　", "\n", "\u200b"]), min_size=6, max_size=6),
)
def test_han_names_come_back_without_the_spaces(name: str, spaces: list[str]) -> None:
    written = (
        spaces[0] + "".join(sign + space for sign, space in zip(name, spaces[1:], strict=False)) + spaces[-1]
    )
    assert clean_name(written) == name
    assert name_fault(name) is None


@given(text=st.text(max_size=30))
def test_cleaning_a_name_twice_changes_nothing(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)
    name_fault(clean_name(text))


@given(digits=st.text("0123456789", min_size=17, max_size=17))
def test_one_check_digit_in_eleven_is_right(digits: str) -> None:
    assert sum(check_digit(digits + last) for last in "0123456789X") == 1
