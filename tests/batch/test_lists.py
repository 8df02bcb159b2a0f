"""The papers that go with letters: lists of slips, the school's count."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import docx
import pytest

from planforge.batch.accompanying import AccompanyingFiles
from planforge.batch.class_lists import ClassShare, class_list, school_count
from planforge.batch.run import Outcome
from planforge.core.problems import Place
from planforge.document.tree import Document, Paragraph, Table, plain
from planforge.imposition.paper import Paper
from planforge.roster import Recipient, SchoolClass
from tests.support.letter_kind import KIND, LETTER, PROFILE, files, templates
from tests.support.letters import SIMPLE, look
from tests.support.rosters import PUPILS, pupils
from tests.support.soffice import pdf_text
from tests.support.ways import batch

CLASS = SchoolClass(3, 1)


def people(count: int) -> list[Recipient]:
    return [
        Recipient({"name": f"丁{n}"}, "名单", n, Place("a.xlsx", cell=f"名单!A{n}"), CLASS, n)
        for n in range(1, count + 1)
    ]


def cells(document: Document) -> list[list[str]]:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return [[plain(cell.content) for cell in row] for row in table.rows]


@pytest.mark.parametrize("count", [1, 12, 13, 44, 45])
def test_a_list_has_everybody_once_with_a_box_to_tick_down_its_columns(count: int) -> None:
    rows = cells(class_list("家长信", "三（1）班", people(count), slip=True))
    sides = len(rows[0]) // 3
    seats, names, boxes = (
        [line for side in range(sides) for row in rows for line in row[3 * side + n].split("\n") if line]
        for n in range(3)
    )
    assert seats == [str(n) for n in range(1, count + 1)]
    assert names == [f"丁{n}" for n in range(1, count + 1)]
    assert boxes == ["□"] * count


@pytest.mark.parametrize("count", [3, 13, 45])
def test_each_who_signs_has_a_ruled_row(count: int) -> None:
    rows = cells(class_list("家长信", "三（1）班", people(count), slip=False))
    assert not any("\n" in cell for row in rows for cell in row)
    assert sorted(cell for row in rows for cell in row[1::3] if cell) == sorted(
        f"丁{n}" for n in range(1, count + 1)
    )


def test_the_count_adds_up() -> None:
    shares = [ClassShare("三（1）班", 40, 80, 80), ClassShare("三（2）班", 38, 76, 76)]
    made = school_count("家长信", shares, paper=Paper(copies=2), pages=1, grouped_by="班级")
    assert cells(made)[-1] == ["合计", "78", "156", "156"]
    unknown = [ClassShare("三（1）班", 40, 40, None)]
    assert cells(school_count("家长信", unknown, paper=Paper(), pages=None, grouped_by="班级")) == [
        ["三（1）班", "40", "40"],
        ["合计", "40", "40"],
    ]


@pytest.fixture
def call(tmp_path: Path) -> Any:
    own, roster = templates(tmp_path / "own"), pupils(tmp_path / "名单.xlsx")

    def made(**more: Any) -> Outcome:
        return batch(PROFILE, KIND, roster, tmp_path / "out", own_templates=[own], **more).outcome

    return made


def test_lists_and_the_count_go_with_letters_that_have_slips(call: Any) -> None:
    outcome = call(formats=("docx",), merge="班级", lists="auto")
    classes = {row[0] for row in PUPILS}
    assert {f"{one} 回执登记表.docx" for one in classes} | {"全校汇总.docx"} <= set(files(outcome.folder))
    assert outcome.extras == len(classes) + 1
    table = docx.Document(str(outcome.folder / "三（1）班 回执登记表.docx")).tables[0]
    words = "\n".join(cell.text for row in table.rows for cell in row.cells)
    assert all((row[2] in words) == (row[0] == "三（1）班") for row in PUPILS)
    if os.name != "nt":
        assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in outcome.folder.glob("*.docx"))
    again = call(formats=("docx",), merge="班级", lists="auto", resume=True)
    assert (again.made, again.extras) == ({}, 0)


def test_a_printed_list_holds_the_names_of_its_class(tmp_path: Path) -> None:
    wanted = AccompanyingFiles(
        letter="家长信",
        lists="sign",
        documents=(SIMPLE,),
        merge=("class",),
        paper=Paper(),
        pages=1,
        look=look(),
        suffix="pdf",
    )
    (one,) = wanted.files(people(3))
    path = tmp_path / one.name
    path.write_bytes(one.write())
    words = "".join(pdf_text(path).split())
    assert one.name == "三（1）班 回执登记表.pdf"
    assert "《家长信》回执登记表" in words and "应收3份" in words
    assert all(f"丁{n}" in words for n in (1, 2, 3))
    assert path.stat().st_size < 60_000


def test_a_few_seats_printed_again_bring_no_lists(call: Any) -> None:
    outcome = call(formats=("docx",), lists="auto", where={"座号": ["1"]})
    assert outcome.extras == 0


def test_a_list_to_sign_only_on_request(call: Any, tmp_path: Path) -> None:
    templates(tmp_path / "own", LETTER[: LETTER.index("<slip>")])
    plain_run = call(formats=("docx",), merge="all", lists="auto")
    assert {name for name in files(plain_run.folder) if name.endswith("docx")} == {
        "短信.docx",
        "全校汇总.docx",
    }
    signed = call(formats=("docx",), merge="班级", lists="sign")
    assert "三（2）班 签收表.docx" in files(signed.folder)


def of_classes() -> list[Recipient]:
    """Two pupils of one name and seat number, in two classes."""
    return [
        Recipient({"name": "丁一禾"}, "名单", n, Place("a.xlsx", cell=f"名单!A{n}"), SchoolClass(3, n), 3)
        for n in (1, 2)
    ]


def test_a_list_of_several_classes_says_which_class() -> None:
    made = class_list("家长信", "三年级", of_classes(), slip=True)
    assert [cell.split("\n") for cell in cells(made)[0]] == [
        ["三（1）班", "三（2）班"],
        ["3", "3"],
        ["丁一禾", "丁一禾"],
        ["□", "□"],
    ]
    words = [plain(block.content) for block in made.blocks if isinstance(block, Paragraph)]
    assert any(text.startswith("未收的班级和座号：") for text in words)


def test_a_count_of_classes_counts_no_people(tmp_path: Path) -> None:
    classes = [
        Recipient({"class": f"三（{n}）班"}, "名单", n, Place("a.xlsx", cell=f"名单!A{n}"), SchoolClass(3, n), None)
        for n in (1, 2)
    ]  # fmt: skip
    wanted = AccompanyingFiles(
        letter="公示表",
        lists="auto",
        documents=(SIMPLE,),
        merge=("class",),
        paper=Paper(),
        pages=1,
        look=look(),
        suffix="docx",
    )
    count = next(one for one in wanted.files(classes) if one.name == "全校汇总.docx")
    path = tmp_path / count.name
    path.write_bytes(count.write())
    (table,) = docx.Document(str(path)).tables
    assert [cell.text for cell in table.rows[0].cells] == ["班级", "份数", "用纸（张）"]
