"""The weeks of the term, with the holidays and the days swapped for them.

What the school's form says goes first, then the published holidays. Swapped days are known only once the State
Council's notice is out, late in the year before. For a year that the library does not have yet, nothing is guessed but
the thirteen days that the law itself fixes (全国年节及纪念日放假办法, 国务院令第795号, 2025-01-01 起施行), and the week
says that it is not settled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import Literal

from planforge.facts.model import DayOff, Term, Week
from planforge.facts.source_record import SourceRecord

DayKind = Literal["school", "weekend", "holiday", "swapped"]

_MOST = 30
"""Weeks that a term may have; what is longer was written wrongly."""
_FIXED = {"元旦": ((1, 1),), "劳动节": ((5, 1), (5, 2)), "国庆节": ((10, 1), (10, 2), (10, 3))}
_LUNAR = {"端午节": (5, 5), "中秋节": (8, 15)}
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
}


@lru_cache(maxsize=64)
def by_law(year: int) -> Mapping[date, str]:
    """The thirteen days off that the law fixes in a year, with their names.

    春节 is 除夕 and 正月初一 to 初三.
    """
    from lunar_python import Lunar

    def lunar(month: int, day: int) -> date:
        return date.fromisoformat(Lunar.fromYmd(year, month, day).getSolar().toYmd())

    days = {date(year, *day): name for name, given in _FIXED.items() for day in given}
    days |= {lunar(*day): name for name, day in _LUNAR.items()}
    days[date.fromisoformat(Lunar.fromYmd(year, 1, 1).getJieQiTable()["清明"].toYmd())] = "清明节"
    return days | {lunar(1, 1) + timedelta(days=n): "春节" for n in range(-1, 3)}


def own_days(term: Term) -> Mapping[date, DayOff]:
    """Each day of the school's own table, with the entry that speaks of it."""
    return {
        off.starts + timedelta(days=n): off
        for off in term.days_off
        for n in range(min(((off.until or off.starts) - off.starts).days + 1, 366))
    }


def kind_of(day: date, own: Mapping[date, DayOff] = MappingProxyType({})) -> DayKind | None:
    """What kind of day it is; None for a year whose holidays have not been published and that the form does not tell.

    own: the days of the school's own table.
    """
    if day in own:
        return "swapped" if own[day].lessons else "holiday"
    detail = _detail(day)
    if detail is None:
        if day in by_law(day.year):
            return "holiday"
        return ("weekend" if day.weekday() >= 5 else "school") if _told(day, own) else None
    off, name = detail
    if off:
        return "holiday" if name else "weekend"
    return "swapped" if day.weekday() >= 5 else "school"


def _told(day: date, own: Mapping[date, DayOff]) -> bool:
    """Whether the school's own table tells the day's year: it has one of the holidays of the law."""
    return any(other.year == day.year and off.name in _NAMES.values() for other, off in own.items())


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
    own = own_days(term)
    return tuple(_week(number, monday + timedelta(weeks=number - 1), own) for number in range(1, count + 1))


def _week(number: int, monday: date, own: Mapping[date, DayOff]) -> Week:
    days = [monday + timedelta(days=n) for n in range(7)]
    kinds = [kind_of(day, own) for day in days]
    named = [(day, _name(day, own)) for day in days]
    return Week(
        number=number,
        starts=monday,
        until=days[-1],
        holidays=_spans(named, own),
        swapped=tuple(day for day, kind in zip(days, kinds, strict=True) if kind == "swapped"),
        settled=all(_detail(day) is not None or _told(day, own) for day in days),
    )


def _name(day: date, own: Mapping[date, DayOff]) -> str:
    """What the day is off for, empty where it is not."""
    if day in own:
        return "" if own[day].lessons else own[day].name
    detail = _detail(day)
    if detail is None:
        return by_law(day.year).get(day, "")
    return _NAMES.get(detail[1], detail[1]) if detail[0] else ""


def _spans(named: Sequence[tuple[date, str]], own: Mapping[date, DayOff]) -> tuple[DayOff, ...]:
    spans = []
    for name, group in groupby(named, key=lambda pair: pair[1]):
        days = [day for day, _ in group]
        basis = own[days[0]].basis if days[0] in own else ""
        if name:
            spans.append(DayOff(name, days[0], days[-1] if len(days) > 1 else None, basis=basis))
    return tuple(spans)
