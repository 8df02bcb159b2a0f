"""Every kind for recipients goes through a run: letters, forms, pledges, agreements, papers for classes, own kinds."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pikepdf
import pytest

from planforge.batch.run import Outcome
from planforge.check import CheckFailed
from planforge.output.listed_folder import LIST_NAME
from tests.support.letter_kind import KIND, PROFILE, files, folder_of, templates
from tests.support.rosters import PUPILS, STAFF, pupils, staff
from tests.support.school_docx import school_file
from tests.support.ways import batch

CARD = """\
name: 表扬信
for: recipient
look: letter
title: 表扬信
prints: [name, class]
varies_by: [club]
sections: [body]
"""
BODY = """\
<p role="flush">{{ recipient.class }}{{ recipient.name }}同学：</p>
<p>你在{% if recipient.club %}{{ recipient.club }}社团{% else %}班级活动{% endif %}里认真肯干，特此表扬。</p>
"""


def words(outcome: Outcome, name: str) -> str:
    file = docx.Document(io.BytesIO((folder_of(outcome) / name).read_bytes()))
    return "\n".join(paragraph.text for paragraph in file.paragraphs)


@pytest.mark.parametrize("kind", ["致家长的一封信", "假期致家长的一封信", "社团和课后服务申请表"])
def test_letters_and_forms_go_to_every_pupil(tmp_path: Path, kind: str) -> None:
    outcome = batch(
        PROFILE, kind, pupils(tmp_path / "a.xlsx"), tmp_path, formats=("docx",), merge="all"
    ).outcome
    text = words(outcome, f"{kind}.docx")
    assert outcome.letters == len(PUPILS)
    assert kind == "社团和课后服务申请表" or all(f"尊敬的{row[2]}家长" in text for row in PUPILS)


def test_every_teacher_gets_a_pledge(tmp_path: Path) -> None:
    made = batch(
        PROFILE, "教师减负承诺书", staff(tmp_path / "a.xlsx"), tmp_path, formats=("docx",), merge="all",
        allow_blank=True,
    )  # fmt: skip
    assert made.outcome.letters == len(STAFF)


def test_agreements_of_all_layers_name_both_sides(tmp_path: Path) -> None:
    made = batch(
        PROFILE, "减负工作责任书", staff(tmp_path / "a.xlsx"), tmp_path, formats=("docx",), merge="哪一层"
    )
    assert {name for name in files(made.outcome.folder) if name.endswith("docx")} == {
        "副校长.docx", "年级组长.docx", "班主任.docx", "任课教师.docx"
    }  # fmt: skip
    text = words(made.outcome, "班主任.docx")
    assert "三年级组长周启文与班主任陈静" in text and "三年级组长周启文与班主任杨柳" in text
    assert "校长方正明与副校长林致远" in words(made.outcome, "副校长.docx")


def test_a_paper_for_classes_goes_to_each_class_once(tmp_path: Path) -> None:
    outcome = batch(
        PROFILE, "班级作业公示表", pupils(tmp_path / "a.xlsx"), tmp_path, formats=("docx",)
    ).outcome
    classes = {row[0] for row in PUPILS}
    assert {name for name in files(outcome.folder) if name.endswith("docx")} == {
        f"{one}.docx" for one in classes
    }
    assert "班级：三（4）班" in words(outcome, "三（4）班.docx")


def test_what_goes_to_classes_is_found_by_class_and_what_goes_to_staff_by_its_kind(tmp_path: Path) -> None:
    board = batch(
        PROFILE, "班级作业公示表", pupils(tmp_path / "a.xlsx"), tmp_path, formats=("pdf",), merge="all"
    ).outcome
    with pikepdf.open(folder_of(board) / "班级作业公示表.pdf") as pdf, pdf.open_outline() as outline:
        assert [one.title for one in outline.root] == ["三（1）班", "三（2）班", "三（4）班", "四（1）班"]
    teachers = staff(tmp_path / "b.xlsx")
    pledge = batch(PROFILE, "教师减负承诺书", teachers, tmp_path, allow_blank=True).outcome
    made = set(files(pledge.folder))
    assert "教师减负承诺书.pdf" in made and "教职工/教师减负承诺书-002.docx" in made


def test_a_kind_of_a_schools_own_varies_by_a_column(tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "merit").mkdir(parents=True)
    (own / "merit" / "card.yaml").write_text(CARD, encoding="utf-8")
    (own / "merit" / "body.xml.j2").write_text(BODY, encoding="utf-8")
    outcome = batch(
        PROFILE,
        "表扬信",
        pupils(tmp_path / "a.xlsx"),
        tmp_path,
        formats=("docx",),
        merge="all",
        own_templates=[own],
    ).outcome
    text = words(outcome, "表扬信.docx")
    assert "三（2）班周林同学" in text
    assert text.count("足球社团") == 3 and text.count("班级活动") == 1


def test_letters_stand_on_a_schools_own_word_file(tmp_path: Path) -> None:
    base = tmp_path / "校本.docx"
    base.write_bytes(school_file())
    call = {"formats": ("docx",), "base": base, "own_templates": [templates(tmp_path / "own")]}
    roster = pupils(tmp_path / "a.xlsx")
    one = batch(PROFILE, KIND, roster, tmp_path, **call).outcome  # type: ignore[arg-type]
    merged = batch(PROFILE, KIND, roster, tmp_path, merge="all", **call).outcome  # type: ignore[arg-type]
    header = [p.text for p in docx.Document(io.BytesIO(school_file())).sections[0].header.paragraphs]
    for name in ("三（1）班/01号.docx", "短信.docx"):
        made = docx.Document(io.BytesIO((folder_of(one) / name).read_bytes()))
        assert [p.text for p in made.sections[0].header.paragraphs] == header
    assert merged.letters == len(PUPILS)


def test_what_the_check_finds_stops_a_run_unless_it_is_allowed(tmp_path: Path) -> None:
    own = templates(
        tmp_path / "own", "<title>短信</title><p>{{ recipient.name }}：每天作业写到23:30。</p><p>XX学校</p>"
    )
    roster = pupils(tmp_path / "a.xlsx")
    with pytest.raises(CheckFailed) as stopped:
        batch(PROFILE, KIND, roster, tmp_path, formats=("docx",), own_templates=[own])
    allow = sorted({one.rule for one in stopped.value.findings if one.severity == "error"})
    made = batch(PROFILE, KIND, roster, tmp_path, formats=("docx",), own_templates=[own], allow=allow)
    assert made.outcome.letters == len(PUPILS)
    listed = (folder_of(made.outcome) / LIST_NAME).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["allowed"] for line in listed] == [allow] * len(listed)
    again = batch(
        PROFILE, KIND, roster, tmp_path, formats=("docx",), resume=True, own_templates=[own], allow=["all"]
    )
    assert (again.outcome.skipped, again.outcome.made) == (len(PUPILS), {})
