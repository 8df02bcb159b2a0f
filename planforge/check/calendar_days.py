"""The calendar's days: weekends, holidays and days swapped for them, and what lies outside the term.

Swapped days are known only once the State Council's notice is out, late in the year before. For a year
that the library does not have yet, nothing is guessed: a note says that nothing could be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planforge.check.finding import Finding, in_order
from planforge.core.problems import Place
from planforge.facts.model import Facts
from planforge.facts.paths import source_of
from planforge.facts.weeks import DayKind, by_law, kind_of, own_days
from planforge.policy import Severity

_NAMES: dict[DayKind, str] = {"weekend": "周末", "holiday": "法定节假日", "swapped": "调休上班的周末"}
_LONGEST = 31
"""Days from which on a span is a season, not a date to be kept free."""
_SWAPS = 10
"""Days from a holiday of the law within which its swapped days lie: at most 9 in the notices for 2016 to 2026."""
_WEEK = "一二三四五六日"
_FREE = ("放假", "假期", "假日", "国庆", "元旦", "春节", "清明", "端午", "中秋", "劳动节", "寒假", "暑假")
"""Words of items that are meant for days without lessons."""


def check_dates(facts: Facts) -> tuple[Finding, ...]:
    """Calendar items and the term's own days that fall on days without lessons or outside the term.

    Returns:
        The findings, sorted by place; one more for each year whose holidays are not known yet, where an item lies near one.
    """
    return in_order(_dates(facts))


def _dates(facts: Facts) -> Iterator[Finding]:
    unknown: dict[int, Place | None] = {}
    own = own_days(facts.term)
    for path, first, last, what in _days(facts):
        place = _place(facts, path)
        if last - first > timedelta(days=_LONGEST):
            continue
        yield from _outside(facts, path, first, place, what)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        kinds = [(day, kind_of(day, own)) for day in days]
        # Of a span, its ends count: what lies between may well be a weekend.
        for day, kind in (kinds[0], kinds[-1]) if len(kinds) > 1 else kinds:
            if kind is None:
                if _may_be_swapped(day):
                    unknown.setdefault(day.year, place)
                kind = "weekend" if day.weekday() >= 5 else "school"
                if kind == "weekend":
                    yield _free_day(day, "weekend", place, what, "note")
            elif kind != "school" and not any(word in what for word in _FREE):
                severity: Severity = "note" if kind == "swapped" else "warning"
                yield _free_day(day, kind, place, what, severity)
    for year, place in unknown.items():
        yield Finding(
            "dates.unpublished",
            "note",
            f"{year}年的放假安排尚未公布，或本程序还没有收录，这一年的日期没有同放假安排核对",
            place,
            "月历",
            remedy="现在不用改；公布以后升级本程序，再检查一遍。",
        )


def _may_be_swapped(day: date) -> bool:
    """Whether a notice that is still to come may settle the day."""
    near = (day + timedelta(days=n) for n in range(-_SWAPS, _SWAPS + 1))
    return any(other in by_law(other.year) for other in near)


def _days(facts: Facts) -> Iterator[tuple[str, date, date, str]]:
    if facts.term.starts_given:
        yield "term.starts", facts.term.starts, facts.term.starts, "开学"
    if facts.term.ends is not None:
        yield "term.ends", facts.term.ends, facts.term.ends, "学期结束"
    for index, item in enumerate(facts.schedule):
        if item.day is not None:
            yield f"schedule[{index}].day", item.day, item.until or item.day, item.what


def _free_day(day: date, kind: DayKind, place: Place | None, what: str, severity: Severity) -> Finding:
    shown = f"{day.year}年{day.month}月{day.day}日，星期{_WEEK[day.weekday()]}"
    message = f"这一天是{_NAMES[kind]}"
    remedy = "核对是否按那一天的课表上课。" if kind == "swapped" else "核对日期；确实在这一天的，不用改。"
    return Finding("dates.free-day", severity, message, place, "日期", f"{shown}（{what}）", "", "", remedy)


def _outside(facts: Facts, path: str, day: date, place: Place | None, what: str) -> Iterator[Finding]:
    """Items before the preparations of a term or after it; the reader of profiles bars what is farther off."""
    if path.startswith("term"):
        return
    starts, ends = facts.term.starts, facts.term.ends
    before = facts.term.starts_given and day < starts - timedelta(days=7)
    after = ends is not None and day > ends
    if before or after:
        span = f"{starts}—{ends}" if ends else f"{starts}起"
        yield Finding(
            "dates.outside-term",
            "note",
            "这一天不在学期之内",
            place,
            "日期",
            f"{day}（{what}）",
            span,
            "",
            "核对日期；放假以后的事，写明由谁做。",
        )


def _place(facts: Facts, path: str) -> Place | None:
    source = source_of(facts.sources, path)
    return source.place if source is not None else None
