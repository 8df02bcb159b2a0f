"""Days off: the school's own table first, then what is published, then the thirteen days of the law."""

from __future__ import annotations

from datetime import date

import chinese_calendar
import pytest

from planforge.app.opened_profile import OpenedProfile
from planforge.check.calendar_days import check_dates
from planforge.facts.weeks import by_law, kind_of

FORM = """school: {{name: 青石区临溪小学, stage: 小学}}
term: {{year: {year}, number: {number}, starts: {starts}, ends: {ends}{more}}}
group: {{heads: 林远（校长）}}
schedule: [{{id: s1, day: {day}, what: 公布作业办法}}]
"""
LAW = {  # 国务院令第795号: 元旦1天，春节4天（除夕、初一至初三），清明1天，劳动节2天，端午1天，中秋1天，国庆3天
    2027: ["01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15", "10-01", "10-02", "10-03"],
    2028: ["01-01", "01-25", "01-26", "01-27", "01-28", "04-04", "05-01", "05-02", "05-28", "10-01", "10-02", "10-03"],
}  # fmt: skip
"""2028: 中秋 is 3 October, within 国庆. Dates as in the almanac of 紫金山天文台 (《农历的编算和颁行》GB/T 33661—2017)."""


@pytest.mark.parametrize("year", LAW)
def test_the_days_of_the_law_are_known_in_every_year(year: int) -> None:
    assert sorted(f"{day:%m-%d}" for day in by_law(year)) == LAW[year]


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_of_the_law_is_off_in_the_published_holidays(year: int) -> None:
    assert len(by_law(year)) == (12 if year == 2025 and date(2025, 10, 6) not in by_law(year) else 13)
    assert [day for day in by_law(year) if not chinese_calendar.is_holiday(day)] == []


def school(day: str, more: str = "", year: int = 2026, number: int = 1) -> OpenedProfile:
    starts, ends = (
        (f"{year}-09-01", f"{year + 1}-01-22") if number == 1 else (f"{year + 1}-02-22", f"{year + 1}-07-02")
    )
    text = FORM.format(year=f"{year}-{year + 1}", number=number, starts=starts, ends=ends, more=more, day=day)
    return OpenedProfile.read(text)


def test_an_unpublished_year_marks_the_days_of_the_law_and_says_that_it_is_not_settled() -> None:
    weeks = school("2029-04-04", year=2028, number=2).facts.weeks
    off = {week.holidays[0].name: week.holidays[0].starts for week in weeks if week.holidays}
    assert off == {"清明节": date(2029, 4, 4), "劳动节": date(2029, 5, 1), "端午节": date(2029, 6, 16)}
    assert not any(week.settled for week in weeks)
    assert kind_of(date(2029, 4, 4)) == "holiday" and kind_of(date(2029, 4, 5)) is None


def test_the_schools_own_table_goes_before_the_published_days() -> None:
    table = (
        ", days_off: [{name: 秋假, starts: 2026-11-09, until: 2026-11-11, basis: 青石区校历}, "
        "{name: 补周三的课, starts: 2026-11-14, lessons: 是}]"
    )
    opened = school("2026-11-10", table)
    assert not opened.reading.problems
    week = next(week for week in opened.facts.weeks if week.starts == date(2026, 11, 9))
    assert [(off.name, off.starts, off.until, off.basis) for off in week.holidays] == [
        ("秋假", date(2026, 11, 9), date(2026, 11, 11), "青石区校历")
    ]
    assert week.swapped == (date(2026, 11, 14),)
    assert [one.rule for one in check_dates(opened.facts) if "公布作业办法" in one.found] == [
        "dates.free-day"
    ]


def test_a_table_with_the_holidays_of_the_law_settles_an_unpublished_year() -> None:
    table = ", days_off: [{name: 清明节, starts: 2029-04-04, until: 2029-04-06}]"
    opened = school("2029-04-11", table, 2028, 2)
    assert all(week.settled for week in opened.facts.weeks)
    assert [one for one in check_dates(opened.facts) if one.rule == "dates.unpublished"] == []
