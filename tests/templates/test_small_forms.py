"""Small forms: each builds for every school, passes the check, fits its page, and has room to write in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from planforge.app.icalendar import calendar
from planforge.app.opened_profile import rule_packs
from planforge.app.render import Job, write_one
from planforge.check import check_school
from planforge.compose import compose, find_kinds
from planforge.core import resources
from planforge.document.blank_copy import blank_copy
from planforge.document.look import find_look
from planforge.document.tree import Blank, Table, inlines_of, plain
from planforge.facts.model import Facts
from planforge.facts.weeks import kind_of
from tests.support import faithful
from tests.support.ways import build
from tests.templates.composed import SCHOOLS, school

FORMS = (
    "leading_group_list", "homework_board", "parent_questionnaire", "inspection_record", "meeting_record",
    "hotline_register", "club_application", "approval_sheet", "filing_contents", "term_calendar",
)  # fmt: skip
ROOT = [resources.templates_root()]


@pytest.mark.parametrize("name", SCHOOLS)
def test_every_form_passes_the_check(name: str) -> None:
    reading, facts = school(name)
    kinds = find_kinds(ROOT)
    made = [(kinds[form].card.name, compose(kinds[form], facts).document) for form in FORMS]
    errors = [one for one in check_school(reading, facts, rule_packs(), made) if one.severity == "error"]
    assert errors == []


@pytest.mark.parametrize("form", FORMS)
def test_a_form_has_room_to_write_in(form: str) -> None:
    document = blank_copy(compose(find_kinds(ROOT)[form], school("city-primary")[1]).document)
    blanks = [node for block in document.blocks for one in inlines_of(block) for node in one]
    cells = [
        cell
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if not "".join(getattr(node, "text", "") for node in cell.content).strip("　")
    ]
    assert cells or any(isinstance(node, Blank) for node in blanks)


@pytest.mark.slow
def test_forms_keep_to_their_pages_in_pdf_and_word() -> None:
    kinds, facts = find_kinds(ROOT), school("city-primary")[1]
    words, pages = [], {}
    for form in FORMS:
        document = blank_copy(compose(kinds[form], facts).document)
        made = write_one(Job(document, find_look(kinds[form].card.look, ROOT), ("docx", "pdf")))
        assert not made.problems, form
        words.append(made.files["docx"])
        pages[form] = len(pypdfium2.PdfDocument(made.files["pdf"]))
    assert pages == {form: 2 if form == "term_calendar" else 1 for form in FORMS}
    by_word = [len(pypdfium2.PdfDocument(data)) for data in faithful.to_pdf(words)]
    assert by_word == list(pages.values())


def test_weeks_have_the_published_holidays_and_guess_no_others() -> None:
    # 国务院办公厅 2025-11-04: 中秋 25 to 27 September, 国庆 1 to 7 October, lessons on 20 September and 10 October.
    weeks = {week.number: week for week in school("city-primary")[1].weeks}
    assert (weeks[1].starts, weeks[1].until) == (date(2026, 8, 31), date(2026, 9, 6))
    assert weeks[3].swapped == (date(2026, 9, 20),)
    (autumn,) = weeks[4].holidays
    assert (autumn.name, autumn.starts, autumn.until) == ("中秋节", date(2026, 9, 25), date(2026, 9, 27))
    assert [one.name for one in weeks[6].holidays] == ["国庆节"]
    assert weeks[6].swapped == (date(2026, 10, 10),)
    if kind_of(date(2027, 1, 1)) is None:  # until that year is published
        assert not weeks[18].settled
        assert [(one.name, one.starts, one.until) for one in weeks[18].holidays] == [
            ("元旦", date(2027, 1, 1), None)
        ]


def test_the_calendar_file_has_each_dated_item_once_and_folds_its_lines() -> None:
    facts = school("city-primary")[1]
    data = calendar(facts)
    assert data == calendar(facts)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    text = data.decode().replace("\r\n ", "")
    for item in facts.schedule:
        if item.day:
            start = f"DTSTART;VALUE=DATE:{item.day:%Y%m%d}\r\n"
            assert start in text and f"SUMMARY:{item.what}" in text
    uids = [line for line in text.split("\r\n") if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) > 10


def events(facts: Facts) -> list[dict[str, str]]:
    """The events of the file, each with its properties by their names."""
    text = calendar(facts).decode().replace("\r\n ", "")
    found = []
    for block in text.split("BEGIN:VEVENT\r\n")[1:]:
        lines = block.partition("END:VEVENT")[0].strip().split("\r\n")
        found.append({line.partition(":")[0].partition(";")[0]: line.partition(":")[2] for line in lines})
    return found


def test_a_calendar_read_once_more_moves_what_was_put_off_and_marks_what_was_cancelled() -> None:
    planned = {one["UID"]: one for one in events(school("city-primary")[1])}
    ended = {one["UID"]: one for one in events(school("city-primary-summary")[1])}
    assert set(planned) < set(ended)  # and one event that came in during the term
    changed = {one["SUMMARY"]: one for uid, one in ended.items() if planned.get(uid) != one}
    assert set(changed) == {
        "秋季运动会",
        "家长开放日",
        "向家长委员会通报作业管理",
        "给五年级语文、数学、英语组重排预习日",
    }
    assert changed["家长开放日"]["DTSTART"] == "20270311" and changed["家长开放日"]["DTEND"] == "20270312"
    assert changed["秋季运动会"]["DTSTART"] == "20261106"
    assert changed["向家长委员会通报作业管理"]["STATUS"] == "CANCELLED"
    page = "\n".join(
        plain(cell.content)
        for block in compose(
            find_kinds(ROOT)["term_calendar"], school("city-primary-summary")[1]
        ).document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    )
    assert "家长开放日（改到3月11日）" in page and "秋季运动会（改到11月6日）" in page
    assert "向家长委员会通报作业管理（取消）" in page


def test_a_holiday_over_two_weeks_is_one_event_and_an_unpublished_one_is_tentative() -> None:
    found = {one["SUMMARY"]: one for one in events(school("city-primary")[1])}
    assert (found["国庆节放假"]["DTSTART"], found["国庆节放假"]["DTEND"]) == ("20261001", "20261008")
    if kind_of(date(2027, 1, 1)) is None:
        assert found["元旦（放假安排暂定）"]["STATUS"] == "TENTATIVE"


def test_a_term_without_a_dated_item_has_no_calendar_file(tmp_path: Path) -> None:
    """A calendar holds at least one event (RFC 5545, 3.6)."""
    assert calendar(school("village-primary")[1]) == b""
    made = build(resources.profiles_root() / "village-primary.yaml", tmp_path, ["term_calendar"], ["txt"])
    assert [one.suffix for one in made.files] == ["txt"]
