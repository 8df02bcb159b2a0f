"""Small forms: each builds for every school, passes the check, fits its page, and has room to write in."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from planforge import resources
from planforge.build import rules
from planforge.calendar_file import calendar
from planforge.check import check_school
from planforge.compose import compose, find_kinds
from planforge.document.blank_copy import blank_copy
from planforge.document.look import find_look
from planforge.document.tree import Blank, Table, inlines_of
from planforge.facts.weeks import kind_of
from planforge.rendering import Job, write_one
from tests.support import faithful
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
    errors = [one for one in check_school(reading, facts, rules(), made) if one.severity == "error"]
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
