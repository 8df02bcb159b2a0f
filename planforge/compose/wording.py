"""How a school's office writes grades, dates, times, names and counts: plain values in, Chinese out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from planforge.document.numbering import chinese
from planforge.facts.model import Month, Person

FULL_SPACE = "\u3000"


def grades(numbers: Iterable[int]) -> str:
    """Grades as a list: 一、二年级; three or more in a row as a range: 三至六年级; mixed: 一、二、四至六年级."""
    ordered = sorted(set(numbers))
    runs: list[list[int]] = []
    for number in ordered:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = []
    for row in runs:
        if len(row) >= 3:
            parts.append(f"{chinese(row[0])}至{chinese(row[-1])}")
        else:
            parts.extend(chinese(number) for number in row)
    return "、".join(parts) + "年级"


def day(value: date, *, year: bool = True) -> str:
    """A date as documents write it, without leading zeros (GB/T 9704-2012 7.3.5.4): 2026年9月1日."""
    return f"{value.year}年{month_day(value)}" if year else month_day(value)


def month_day(value: date, within: int | None = None) -> str:
    """A date within a year that is clear from the context: 9月1日.

    within: the year in which the school year begins; a date that is not of that school year keeps its year.
    """
    shown = f"{value.month}月{value.day}日"
    if within is None or date(within, 8, 1) <= value < date(within + 1, 8, 1):
        return shown
    return f"{value.year}年{shown}"


def month(value: Month | date | int, *, year: bool = False) -> str:
    """A month: 9月; with its year: 2026年9月. Raises ValueError where a bare number is to have a year."""
    if isinstance(value, int):
        if year:
            raise ValueError("只有月份数，写不出年份")
        return f"{value}月"
    return f"{value.year}年{value.month}月" if year else f"{value.month}月"


def days(start: date, until: date | None) -> str:
    """From a day to a day, saying once what they share: 9月1日至5日, 9月28日至10月3日."""
    if until is None or until == start:
        return month_day(start)
    if (until.year, until.month) == (start.year, start.month):
        return f"{month_day(start)}至{until.day}日"
    return f"{month_day(start)}至{day(until, year=until.year != start.year)}"


def week(value: date, first: date) -> str:
    """A day's week of the term: 第3周; 开学前 for the weeks before. first: the first day of lessons.

    Week 1 is the Monday-to-Sunday week in which lessons begin, as school calendars count.
    """
    monday = first - timedelta(days=first.weekday())
    number = (value - monday).days // 7 + 1
    return f"第{number}周" if number > 0 else "开学前"


def clock(value: str) -> str:
    """A time of the day as HH:MM without a leading zero: 7:50. Raises ValueError where it is none."""
    hours, minutes = _clock(value)
    return f"{hours}:{minutes:02d}"


def clock_cn(value: str) -> str:
    """A time of the day in words: 7时50分, 8时."""
    hours, minutes = _clock(value)
    return f"{hours}时{minutes}分" if minutes else f"{hours}时"


def _clock(value: str) -> tuple[int, int]:
    hours, colon, minutes = value.replace("：", ":").partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
        raise ValueError(f"不是时刻：{value}")
    return int(hours), int(minutes)


def count_cn(number: int, unit: str = "") -> str:
    """A count in Chinese: 3 → 三; before a measure word two is 两: 两次, 十二次, 两百人 is left to digits."""
    if number == 0:
        return f"零{unit}"
    if number == 2 and unit:
        return f"两{unit}"
    return chinese(number) + unit


def names(persons: Iterable[Person | str], *, posts: bool = False) -> str:
    """Names as a list: 张三、李四; with posts: 张三（校长）."""
    return "、".join(_name(person, posts) for person in persons)


def _name(person: Person | str, posts: bool) -> str:
    if isinstance(person, str):
        return person
    post = person.campus + person.post
    return f"{person.name}（{inside(post)}）" if posts and person.name and post else person.name or post


def inside(text: str) -> str:
    """A person's words as they stand within brackets: 副校长（主持工作） becomes 副校长，主持工作."""
    parts = (sentence(part) for part in re.split("[（()）]", text))
    return "，".join(part for part in parts if part)


def padded(name: str, among: Sequence[str] = ()) -> str:
    """A two-character name with a full-width space inside, as wide as a three-character one.

    among: the other names of the list; where all of them have two characters, none is padded.
    """
    if len(name) != 2 or (among and all(len(other) <= 2 for other in among)):
        return name
    return f"{name[0]}{FULL_SPACE}{name[1]}"


def persons_with_duty(persons: Iterable[Person], *, posts: bool = True) -> str:
    """Who answers for what: 张三（校长）负责全面工作；李四（副校长）负责教学."""
    persons, parts = list(persons), []
    names = Counter(person.name for person in persons)
    for person in persons:
        duty = sentence(person.duty)
        if duty and not duty.startswith(("负责", "主持", "分管", "协助", "兼管", "统筹")):
            duty = f"负责{duty}"
        parts.append(_name(person, posts or names[person.name] > 1) + duty)
    return "；".join(parts)


def sentence(text: str) -> str:
    """A person's own text without the mark it ends in, so that a sentence can go on after it."""
    return text.strip().rstrip("。；，、;,.： ").rstrip()


def before(text: str) -> str:
    """The time by which something is done: 9月10日前, however the person ended it (前, 之前, 以前)."""
    bare = sentence(text)
    for ending in ("以前", "之前", "前"):
        if bare.endswith(ending) and bare != ending:
            return f"{sentence(bare.removesuffix(ending))}前"
    return f"{bare}前"


def joined(texts: Iterable[str], separator: str = "、") -> str:
    """Texts as one; each without its final mark, so that the separator stands alone."""
    return separator.join(sentence(text) for text in texts)
