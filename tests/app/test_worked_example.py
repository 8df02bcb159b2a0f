"""The worked example of docs/templates.md: it says what its files say, and it becomes Word and PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from planforge.app.document_composing import compose_all
from planforge.app.opened_profile import template_search
from planforge.compose.trial import try_templates
from planforge.core.resources import templates_root
from planforge.document.tree import Heading, Table, plain
from tests.support.ways import build, read_facts
from tests.support.worked_example import EXAMPLE, change, copied

PURPOSE = "homework_notice/purpose.xml.j2"
COMPLAINTS = "homework_notice/complaints.xml.j2"
CARD = "homework_notice/card.yaml"
OPEN = "frameworks/three_open.yaml"
GUIDE = EXAMPLE.parent / "templates.md"


def test_the_guide_shows_the_files_as_they_are() -> None:
    shown = re.findall(
        r"\*\*`(templates/[^`]+)`\*\*\n\n```\w+\n(.*?)\n```", GUIDE.read_text("utf-8"), re.DOTALL
    )
    assert len(shown) >= 8
    for name, text in shown:
        assert (EXAMPLE / name).read_text("utf-8").rstrip("\n") == text, name


def test_every_file_is_in_the_guide_or_of_a_kind_that_is() -> None:
    guide = GUIDE.read_text("utf-8")
    for path in EXAMPLE.rglob("*"):
        if path.is_file() and path.name != "record.xml.j2":
            assert path.name in guide, path


def test_it_needs_no_python_and_has_no_mistakes() -> None:
    assert {path.suffix for path in EXAMPLE.rglob("*") if path.is_file()} == {".yaml", ".j2"}
    assert try_templates([EXAMPLE / "templates", templates_root()], ["homework_notice"]) == []


def test_both_shapes_say_what_the_school_wrote() -> None:
    facts, reading = read_facts(EXAMPLE / "school.yaml")
    search = template_search((), EXAMPLE / "school.yaml")
    (_, first), (_, second) = compose_all(facts, reading, (), search)
    assert any(isinstance(block, Table) for block in first.document.blocks)
    assert not any(isinstance(block, Table) for block in second.document.blocks)
    assert (first.document.numbering, second.document.numbering) == ("native", "text")
    assert first.shape.look == second.shape.look == "school_rules"
    headings = [plain(one.content) for one in first.document.blocks if isinstance(one, Heading)]
    assert headings == ["公示什么", "怎样公开", "公开内容", "公开责任", "公开记录", "意见反映"]
    assert {"homework.publicity.where", "supervision.hotline", "group.office"} <= first.printed


@pytest.mark.slow
def test_it_becomes_word_and_pdf(tmp_path: Path) -> None:
    report = build(EXAMPLE / "school.yaml", tmp_path)
    names = [file.put.path.name for file in report.files]
    assert names == [
        "作业公示制度.docx",
        "作业公示制度.pdf",
        "作业公示制度（给办公系统）.docx",
        "作业公示制度（给办公系统）.pdf",
    ]
    word = "".join(paragraph.text for paragraph in Document(str(report.files[0].put.path)).paragraphs)
    pdf = pypdfium2.PdfDocument(str(report.files[1].put.path))
    printed = "".join(page.get_textpage().get_text_range() for page in pdf)
    for words in ("教室门口的公示栏公示", "教导处每月抽看一次"):
        assert words in word and words in re.sub(r"\s", "", printed)


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        (PURPOSE, "in homework.bands", "in homework.band", "unknown-fact"),
        (PURPOSE, "合计不超过下面的限量。</p>", "<em>合计</em></p>", "unknown-element"),
        (PURPOSE, '"table"', '"tabel"', "unknown-word"),
        (PURPOSE, "homework.limits", "homework.limit", "unknown-clause"),
        (PURPOSE, "{% if band.minutes %}", "{% if band.minuts %}", "unknown-fact"),
        (PURPOSE, "{% if term.starts_given %}，自", "{% if term.starts_giwen %}，自", "unknown-fact"),
        (PURPOSE, "{% else %}\n<p>", "{% endfor %}\n<p>", "template-syntax"),
        (COMPLAINTS, "{% if supervision.hotline_person %}", "{% if 1 %}", "empty-fact"),
        (COMPLAINTS, "{% if supervision.answer_days %}", "{% if answers %}", "unknown-name"),
        (COMPLAINTS, "<h1>意见反映</h1>", "<h4>意见反映</h4>", "heading-level"),
        ("homework_notice/closing.xml.j2", "{% if approval.day %}", "{% if 1 %}", "empty-fact"),
        (CARD, "when: supervision.hotline", "when: supervision.hot", "unknown-fact"),
        (CARD, "default: three_open", "default: four_open", "unknown-framework"),
        (CARD, "default: table", "default: tabel", "card-option"),
        (CARD, "type: framework", "type: frame", "card-type"),
        (CARD, "homework.publicity.who", "homework.publicity.whom", "unknown-fact"),
        (CARD, "sections:", "section:", "card-key"),
        (CARD, "{id: ways", "{id: way", "section-file"),
        ("clauses/notice/duty.xml.j2", "title:", "titel:", "clause-header"),
        (
            "clauses/notice/where.xml.j2",
            "{% if homework.publicity.where",
            "{% if homework.public",
            "unknown-fact",
        ),
        ("clauses/notice/where.xml.j2", "在{{", "<p>在</p>{{", "wrong-nesting"),
        (OPEN, "title: 公开记录", "titel: 公开记录", "card-key"),
        (OPEN, "members:\n  -", "members:\n  - 公开时长\n  -", "framework-count"),
        (OPEN, "notice.record", "notice.records", "unknown-clause"),
        ("styles/school_rules.yaml", "size: 15", "size: 十五", "look-invalid"),
    ],
)
def test_a_mistake_names_its_file_and_line(tmp_path: Path, name: str, old: str, new: str, code: str) -> None:
    own = copied(tmp_path)
    before = (own / name).read_text("utf-8")
    line = 1 + before[: before.index(old)].count("\n") + (code == "framework-count")
    change(own / name, old, new)
    found = try_templates([own, templates_root()], ["homework_notice"])
    at = {(one.place.file, one.place.line, one.code) for one in found if one.place}
    assert (str(own / name), line, code) in at, [str(one) for one in found]
    assert {one.place.file for one in found if one.place} == {str(own / name)}
    assert all(one.place for one in found)


def test_all_mistakes_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    own = copied(tmp_path)
    change(own / "homework_notice/complaints.xml.j2", "supervision.answer_days %}", "answers %}")
    change(own / "clauses/notice/where.xml.j2", "homework.publicity.where %}", "homework.public %}")
    change(own / "frameworks/three_open.yaml", "since", "sense")
    found = {
        Path(one.place.file).name
        for one in try_templates([own, templates_root()], ["homework_notice"])
        if one.place
    }
    assert {"complaints.xml.j2", "where.xml.j2", "three_open.yaml"} <= found
