"""What a school gets that lists no documents: little paper, and what it costs."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from planforge.app.build_results import Report
from planforge.app.cost import signers
from planforge.app.document_choice import term_pack
from planforge.compose import find_kinds
from planforge.core import resources
from planforge.document.tree import Blank, Document, Paragraph, Party, Signatures, Slip, Text
from tests.support.ways import build

SCHOOLS = ("city-primary", "two-campus-primary", "nine-year-54", "junior", "village-primary")


def built(name: str, folder: Path, more: str = "") -> Report:
    """A school's pack, from its example without the list of documents."""
    text = (resources.profiles_root() / f"{name}.yaml").read_text(encoding="utf-8")
    profile = folder / f"{name}.yaml"
    profile.write_text(re.sub(r"(?ms)^documents:.*?(?=^\S|\Z)", "", text) + more, encoding="utf-8")
    return build(profile, folder / "out")


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_pack_is_at_most_six_documents_and_twenty_five_pages(name: str, tmp_path: Path) -> None:
    report = built(name, tmp_path)
    pdfs = [one.put.path for one in report.files if one.suffix == "pdf"]
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in pdfs)
    assert 2 <= len(pdfs) <= 6
    assert pages <= 25
    assert (report.cost.documents, report.cost.pages) == (len(pdfs), pages)
    assert "减负工作计划" in {path.stem for path in pdfs}


def test_a_rule_that_stands_is_one_line_and_no_document(tmp_path: Path) -> None:
    report = built(
        "nine-year-54", tmp_path, "\nstanding:\n  - {title: 作业管理与公示办法, since: 2025-09-01}\n"
    )
    assert "homework_rules" not in {one.kind for one in report.files}
    plan = next(one.put.path for one in report.files if one.kind == "work_plan" and one.suffix == "pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(plan))
    line = re.sub(r"\s", "", text)
    assert "《作业管理与公示办法》（2025年9月1日起施行）继续执行，不另行发文。" in line


def test_forms_and_agreements_are_on_request_only() -> None:
    pack = {kind.card.id for kind in term_pack(find_kinds([resources.templates_root()]))}
    assert {"work_plan", "homework_rules", "division_of_work", "parent_letter"} <= pack
    assert not pack & {"responsibility_agreement", "teacher_pledge", "parent_questionnaire", "meeting_record"}


def test_signatures_are_counted_by_who_signs() -> None:
    line = (Text("家长签名："), Blank(6), Text("　教师签字："), Blank(6))
    document = Document(
        "form",
        "回执",
        (
            Paragraph((Text("请在下面签名。"),)),
            Signatures((Party((Text("乙方：家长"),), ((Text("签字："), Blank(6)),)),)),
            Slip((Text("回执"),), (Paragraph(line),)),
        ),
    )
    assert list(signers(document)) == ["parent", "parent", "teacher"]
