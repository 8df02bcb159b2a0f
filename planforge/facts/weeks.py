"""The weeks of the term, with the holidays and the days swapped for them.

Swapped days are known only once the State Council's notice is out, late in the year before. For a year that
the library does not have yet, nothing is guessed but the days that the law itself fixes by the solar calendar
(全国年节及纪念日放假办法: 1 January, 1 and 2 May, 1 to 3 October), and the week says that it is not settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Literal

from planforge.facts.model import DayOff, Term, Week
from planforge.facts.source_record import SourceRecord

DayKind = Literal["school", "weekend", "holiday", "swapped"]

_MOST = 30
"""Weeks that a term may have; what is longer was written wrongly."""
_BY_LAW = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", **{(10, day): "国庆节" for day in (1, 2, 3)}}
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
}


def kind_of(day: date) -> DayKind | None:
    """What kind of day it is; None for a year whose holidays have not been published."""
    detail = _detail(day)
    if detail is None:
        return None
    off, name = detail
    if off:
        return "holiday" if name else "weekend"
    return "swapped" if day.weekday() >= 5 else "school"


@lru_cache(maxsize=2048)
def _detail(day: date) -> tuple[bool, str] | None:
    """Whether a day is free, and of which holiday it or its swap is; None where the year is not published."""
    import chinese_calendar

    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    return off, name or ""


def week_facts(term: Term, ledger: SourceRecord) -> tuple[Week, ...]:
    """The weeks from the one in which lessons begin to the last; none where the first day is only customary."""
    if not term.starts_given or (term.ends is None and term.weeks is None):
        return ()
    monday = term.starts - timedelta(days=term.starts.weekday())
    count = (term.ends - monday).days // 7 + 1 if term.ends is not None else term.weeks or 0
    if not 0 < count <= _MOST:
        return ()
    ledger.derived("weeks")
    return tuple(_week(number, monday + timedelta(weeks=number - 1)) for number in range(1, count + 1))


def _week(number: int, monday: date) -> Week:
    days = [monday + timedelta(days=n) for n in range(7)]
    details = [_detail(day) for day in days]
    named = [
        (day, _BY_LAW.get((day.month, day.day), "") if detail is None else _name(detail))
        for day, detail in zip(days, details, strict=True)
    ]
    return Week(
        number=number,
        starts=monday,
        until=days[-1],
        holidays=_spans(named),
        swapped=tuple(day for day in days if kind_of(day) == "swapped"),
        settled=None not in details,
    )


def _name(found: tuple[bool, str]) -> str:
    return _NAMES.get(found[1], found[1]) if found[0] else ""


def _spans(named: Sequence[tuple[date, str]]) -> tuple[DayOff, ...]:
    spans = []
    for name, group in groupby(named, key=lambda pair: pair[1]):
        days = [day for day, _ in group]
        if name:
            spans.append(DayOff(name, days[0], days[-1] if len(days) > 1 else None))
    return tuple(spans)
