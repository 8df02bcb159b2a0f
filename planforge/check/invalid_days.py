"""Days that no calendar has, and days of the week that are not that day's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from planforge.check.data_files import pattern_of
from planforge.check.numerals import number
from planforge.check.passages import Passages
from planforge.check.text_context import Context
from planforge.check.text_rules import Found

_DAY = re.compile(
    r"(?:(?P<y>20\d\d)\s*年\s*)?(?<!\d)(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号](?!楼|教室|桌)"
)
_MONTH = pattern_of("invalid_days.month")
_ISO = re.compile(r"(?<![\d.-])(?P<y>20\d\d)([-./])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?![\d.-])")
_HAN = "[一二三四五六七八九十]{1,3}"
_HAN_DAY = re.compile(rf"(?<![一二三四五六七八九十])(?P<m>{_HAN})月(?P<d>{_HAN})[日号](?!楼|教)")
_HAN_MONTH = re.compile(r"(?<=年)(?:十[三四五六七八九]|[二三四五六七八九]十[一二三四五六七八九]?)月")
_WEEKDAY = re.compile(r"\s*[（(]?\s*(?:星期|周|礼拜)([一二三四五六日天])(?![至到—、-])")
_LEAP = 2024
"""A year that has every day of the calendar, for dates without a year."""


def impossible_days(passages: Passages, context: Context) -> Iterator[Found]:
    """9月31日, 十一月三十一日, 2026-02-30, 13月; and 9月1日（星期三） where that was a Tuesday in the term's year."""
    text = passages.text
    for begin, end in passages.where(("年",)):
        for match in _HAN_MONTH.finditer(text, begin, end):
            yield Found("text.day", match.start(), match.end())
    for begin, end in passages.where(("月",)):
        yield from _of_line(text, begin, end, context)
    for begin, end in passages.where(("20",)):
        for match in _ISO.finditer(text, begin, end):
            if not _exists(match):
                yield Found("text.day", match.start(), match.end())


def _of_line(text: str, begin: int, end: int, context: Context) -> Iterator[Found]:
    """The months and days of a passage."""
    for match in _MONTH.finditer(text, begin, end):
        yield Found("text.day", match.start(), match.end())
    for match in _HAN_DAY.finditer(text, begin, end):
        if not _exists(match):
            yield Found("text.day", match.start(), match.end())
    for match in _DAY.finditer(text, begin, end):
        year = int(match["y"]) if match["y"] else _term_year(context, int(match["m"]))
        try:
            day = date(year or _LEAP, int(match["m"]), int(match["d"]))
        except ValueError:
            if not _MONTH.match(text, match.start("m")):
                yield Found("text.day", match.start(), match.end())
            continue
        weekday = _WEEKDAY.match(text, match.end())
        right = "一二三四五六日"[day.weekday()]
        if year is not None and weekday and weekday[1].replace("天", "日") != right:
            message = f"{day.year}年{day.month}月{day.day}日是星期{right}"
            yield Found("text.day", match.start(), weekday.end(), f"星期{right}", message, "warning")


def _exists(match: re.Match[str]) -> bool:
    """Whether a day written as 2026-09-30 or 九月三十日 is in the calendar."""
    year = int(match["y"]) if "y" in match.re.groupindex else _LEAP
    try:
        date(year, int(number(match["m"])), int(number(match["d"])))
    except ValueError:
        return False
    return True


def _term_year(context: Context, month: int) -> int | None:
    if context.facts is None:
        return None
    term = context.facts.term
    return term.year_from if month >= 8 else term.year_to
