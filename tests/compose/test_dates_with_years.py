"""A day that is not of the school year keeps its year."""

from datetime import date

import pytest

from planforge.compose.wording import month_day


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 9, 18), "9月18日"),
        (date(2027, 1, 5), "1月5日"),
        (date(2027, 9, 18), "2027年9月18日"),
        (date(2026, 1, 5), "2026年1月5日"),
    ],
)
def test_the_year_stands_where_it_is_not_the_plans(day: date, shown: str) -> None:
    assert month_day(day, 2026) == shown
    assert month_day(day) == shown.removeprefix(f"{day.year}年")
