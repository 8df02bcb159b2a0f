"""Calendar items on days without lessons: published years only, nothing guessed.

Days: 国务院办公厅 of 2025-11-04 for 2026 — 中秋 25 to 27 September, 国庆 1 to 7 October, work on 20 September and 10 October.
"""

from __future__ import annotations

import pytest

from planforge.check.calendar_days import check_dates
from tests.check.schools import profile, read


def found(day: str, until: str = "", what: str = "检查作业", month: int = 0) -> list[tuple[str, str]]:
    span = f", until: {until}" if until else ""
    number = month or int(day[5:7])
    text = profile(f'schedule:\n  - {{id: s1, month: {number}, day: {day}{span}, what: "{what}"}}\n')
    return [(one.rule, one.severity) for one in check_dates(read(text)[1])]


@pytest.mark.parametrize(
    ("day", "severity"),
    [("2026-09-26", "warning"), ("2026-10-01", "warning"), ("2026-10-17", "warning"), ("2026-09-20", "note"), ("2026-10-10", "note")],
)  # fmt: skip
def test_a_day_without_ordinary_lessons_is_found(day: str, severity: str) -> None:
    assert found(day) == [("dates.free-day", severity)]


@pytest.mark.parametrize("day", ["2026-09-07", "2026-10-08", "2026-12-31"])
def test_a_school_day_is_silent(day: str) -> None:
    assert found(day) == []


def test_a_span_over_a_weekend_is_silent_and_one_that_ends_on_it_is_not() -> None:
    assert found("2026-10-15", "2026-10-20") == []
    assert found("2026-10-15", "2026-10-18") == [("dates.free-day", "warning")]


def test_an_item_meant_for_a_holiday_is_silent() -> None:
    assert found("2026-10-01", what="国庆放假，值班安排") == []


def test_a_year_that_is_not_published_gives_a_note_and_no_guess() -> None:
    """2030 lies beyond every release of the library today; an ordinary weekend is still a weekend, a day of the law off."""
    text = profile("schedule:\n  - {id: s1, month: 10, day: 2029-10-02, what: 检查作业}\n", year="2029-2030")
    assert [(one.rule, one.severity) for one in check_dates(read(text)[1])] == [("dates.free-day", "warning")]
    text = profile("schedule:\n  - {id: s1, month: 10, day: 2029-10-10, what: 检查作业}\n", year="2029-2030")
    assert [(one.rule, one.severity) for one in check_dates(read(text)[1])] == [("dates.unpublished", "note")]
    text = profile("schedule:\n  - {id: s1, month: 10, day: 2029-10-13, what: 检查作业}\n", year="2029-2030")
    assert {one.rule for one in check_dates(read(text)[1])} == {"dates.unpublished", "dates.free-day"}
    assert {one.severity for one in check_dates(read(text)[1])} == {"note"}


def test_a_term_that_begins_on_a_sunday_is_doubtful_with_its_place() -> None:
    text = profile().replace("  number: 1\n", "  number: 1\n  starts: 2026-08-30\n")
    (one,) = check_dates(read(text)[1])
    assert (one.rule, str(one.place)) == ("dates.free-day", "school.yaml:8:11")


def test_an_item_after_the_last_day_is_outside_the_term() -> None:
    text = profile("schedule:\n  - {id: s1, month: 1, day: 2027-01-25, what: 整理档案}\n")
    text = text.replace("  number: 1\n", "  number: 1\n  starts: 2026-09-01\n  ends: 2027-01-22\n")
    assert "dates.outside-term" in {one.rule for one in check_dates(read(text)[1])}
