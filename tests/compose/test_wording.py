"""Grades, dates, times, names and counts as an office writes them."""

from __future__ import annotations

from datetime import date

import pytest

from planforge.compose import wording
from planforge.facts.model import Month, Person


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((1, 2), "一、二年级"),
        ((3, 4, 5, 6), "三至六年级"),
        ((7, 8), "七、八年级"),
        ((1,), "一年级"),
        ((1, 2, 4), "一、二、四年级"),
        ((1, 2, 4, 5, 6), "一、二、四至六年级"),
        ((1, 2, 3, 5, 6, 7), "一至三、五至七年级"),
        ((6, 5), "五、六年级"),
        ((2, 2), "二年级"),
        ((1, 2, 3, 4, 5, 6, 7, 8, 9), "一至九年级"),
    ],
)
def test_grades(numbers: tuple[int, ...], text: str) -> None:
    assert wording.grades(numbers) == text


def test_dates_have_no_leading_zeros() -> None:
    first = date(2026, 9, 1)
    assert wording.day(first) == "2026年9月1日"
    assert wording.month_day(first) == "9月1日"
    assert wording.month(first) == "9月"
    assert wording.month(Month(2027, 1), year=True) == "2027年1月"
    assert wording.month(12) == "12月"


@pytest.mark.parametrize(
    ("start", "until", "text"),
    [
        (date(2026, 9, 1), None, "9月1日"),
        (date(2026, 9, 1), date(2026, 9, 1), "9月1日"),
        (date(2026, 9, 1), date(2026, 9, 5), "9月1日至5日"),
        (date(2026, 9, 28), date(2026, 10, 3), "9月28日至10月3日"),
        (date(2026, 12, 30), date(2027, 1, 2), "12月30日至2027年1月2日"),
    ],
)
def test_a_span_of_days_says_once_what_its_ends_share(start: date, until: date | None, text: str) -> None:
    assert wording.days(start, until) == text


@pytest.mark.parametrize(
    ("typed", "digits", "spoken"),
    [
        ("7:50", "7:50", "7时50分"),
        ("07:50", "7:50", "7时50分"),
        ("16：05", "16:05", "16时5分"),
        ("8:00", "8:00", "8时"),
        ("0:30", "0:30", "0时30分"),
    ],
)
def test_times_of_the_day(typed: str, digits: str, spoken: str) -> None:
    assert wording.clock(typed) == digits
    assert wording.clock_cn(typed) == spoken


@pytest.mark.parametrize("typed", ["24:00", "7:60", "750", "七点", "7:5x", ""])
def test_what_is_no_time_of_the_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="不是时刻"):
        wording.clock(typed)


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (3, "", "三"),
        (2, "", "二"),
        (2, "次", "两次"),
        (12, "次", "十二次"),
        (0, "", "零"),
        (10, "项", "十项"),
        (105, "人", "一百零五人"),
    ],
)
def test_counts(number: int, unit: str, text: str) -> None:
    assert wording.count_cn(number, unit) == text


def test_names_with_and_without_posts() -> None:
    people = [Person("张三", "校长"), Person("李四")]
    assert wording.names(people) == "张三、李四"
    assert wording.names(people, posts=True) == "张三（校长）、李四"


def test_a_short_name_is_padded_only_beside_longer_ones() -> None:
    assert wording.padded("张三") == "张　三"
    assert wording.padded("张三", ["张三", "欧阳静"]) == "张　三"
    assert wording.padded("张三", ["张三", "李四"]) == "张三"
    assert wording.padded("欧阳静", ["张三"]) == "欧阳静"


def test_persons_with_their_duty() -> None:
    people = [
        Person("张三", "校长", duty="全面工作。"),
        Person("李四", "副校长", duty="分管教学"),
        Person("王五"),
    ]
    assert wording.persons_with_duty(people) == "张三（校长）负责全面工作；李四（副校长）分管教学；王五"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("做好公示。", "做好公示"),
        ("做好公示；\n", "做好公示"),
        ("  做好公示，", "做好公示"),
        ("做好（一）", "做好（一）"),
    ],
)
def test_a_persons_own_sentence_joins_well(typed: str, text: str) -> None:
    assert wording.sentence(typed) == text


def test_joined_texts_lose_their_own_marks() -> None:
    assert wording.joined(["甲。", "乙；"], "；") == "甲；乙"


@pytest.mark.parametrize(
    ("day", "first", "said"),
    [
        ((2026, 9, 1), (2026, 9, 1), "第1周"),
        ((2026, 8, 31), (2026, 9, 1), "第1周"),
        ((2026, 9, 6), (2026, 9, 1), "第1周"),
        ((2026, 9, 7), (2026, 9, 1), "第2周"),
        ((2026, 8, 30), (2026, 9, 1), "开学前"),
        ((2027, 1, 22), (2026, 9, 1), "第21周"),
        ((2027, 3, 8), (2027, 3, 1), "第2周"),
    ],
)
def test_weeks_run_from_monday_to_sunday_and_begin_with_the_first_lesson(
    day: tuple[int, int, int], first: tuple[int, int, int], said: str
) -> None:
    assert wording.week(date(*day), date(*first)) == said


@pytest.mark.parametrize("typed", ["9月10日", "9月10日前", "9月10日之前", "9月10日以前", "9月10日前。"])
def test_a_day_by_which_is_said_once(typed: str) -> None:
    assert wording.before(typed) == "9月10日前"
