"""Times of the day and dates of the term: in order, and inside what they belong to."""

from __future__ import annotations

from datetime import date, timedelta

from planforge.profile.consistency.common import Findings
from planforge.profile.model import Profile

_BEFORE = timedelta(days=14)
_AFTER = timedelta(days=7)
"""Preparations and closing work stand in a calendar a little outside the days of lessons."""


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return 60 * int(hours) + int(minutes)


def _in_order(findings: Findings, pairs: list[tuple[str, str, str, str]], code: str) -> None:
    """For each (earlier value, its name, later path, later value): the later must come after."""
    for earlier, name, path, later in pairs:
        if earlier and later and _minutes(earlier) >= _minutes(later):
            message = f"时间先后不对：应当晚于{name}（{earlier}）"
            findings.add(path, code, message, later, f"{earlier} 以后", "核对两处时间")


def check_times(profile: Profile, findings: Findings) -> None:
    """Whether the times of a day follow each other."""
    day, service = profile.day, profile.after_school
    arrival = day.arrival
    pairs = [
        (arrival, "到校时间", "day.first_lesson", day.first_lesson),
        (day.arrival_winter, "冬季到校时间", "day.first_lesson", day.first_lesson),
        (day.first_lesson or arrival, "第一节课" if day.first_lesson else "到校时间", "day.end", day.end),
        (service.starts, "课后服务开始", "after_school.until", service.until),
    ]
    _in_order(findings, pairs, "time.order")
    if day.end and service.starts and _minutes(service.starts) < _minutes(day.end):
        message = f"课后服务开始的时候还没有放学（{day.end}）"
        findings.add("after_school.starts", "time.before_end", message, service.starts, f"{day.end} 或以后")
    for index, segment in enumerate(service.segments):
        path = f"after_school.segments[{index}]"
        _in_order(findings, [(segment.starts, "这一段的开始", f"{path}.until", segment.until)], "time.order")
        early = service.starts and segment.starts and _minutes(segment.starts) < _minutes(service.starts)
        late = service.until and segment.until and _minutes(segment.until) > _minutes(service.until)
        if early or late:
            key, value = ("starts", segment.starts) if early else ("until", segment.until)
            span = f"{service.starts}—{service.until}"
            message = "这一段超出了课后服务的时间"
            findings.add(f"{path}.{key}", "time.segment", message, value, span, "核对两处时间")


def check_periods(profile: Profile, findings: Findings) -> None:
    """Whether the periods of a day follow each other, and agree with the times given beside them."""
    day, before, name = profile.day, "", ""
    for index, period in enumerate(day.periods):
        path = f"day.periods[{index}]"
        _in_order(findings, [(period.starts, "这一段的开始", f"{path}.until", period.until)], "time.order")
        if before and period.starts and not period.grades and _minutes(period.starts) < _minutes(before):
            message = f"和前一段“{name}”重叠（到{before}）"
            findings.add(f"{path}.starts", "time.overlap", message, period.starts, f"{before} 或以后")
        if not period.grades:
            before, name = period.until or period.starts or before, period.name
        if period.name == "第一节课" and period.starts and day.first_lesson not in ("", period.starts):
            message = f"和作息里的第一节课（{day.first_lesson}）不一致"
            findings.add(
                f"{path}.starts",
                "time.two_clocks",
                message,
                period.starts,
                day.first_lesson,
                "核对后改正一处",
            )


def check_lengths(profile: Profile, findings: Findings) -> None:
    """Lengths that the form takes in two groups: the same in both."""
    day = profile.day
    for path, here, there, name in (
        ("lessons.minutes", profile.lessons.minutes, day.lesson_minutes, "作息里的每节课分钟数"),
        ("sport.minutes", profile.sport.minutes, day.exercise_minutes, "作息里的每天锻炼分钟数"),
    ):
        if here is not None and there is not None and here != there:
            message = f"和{name}（{there}）不一致"
            findings.add(
                path, "time.two_lengths", message, str(here), str(there), "核对后改正一处，或者只写一处"
            )


def _span(profile: Profile) -> tuple[date | None, date | None]:
    """The first and last day that belong to the term, with room for preparations; None where open."""
    term = profile.term
    first, last = term.starts, term.ends
    if first and last and first >= last:
        return None, None
    low, high = _usual(profile)
    return (first - _BEFORE if first else low), (last + _AFTER if last else high)


def of_the_term(profile: Profile) -> tuple[date | None, date | None]:
    """The first and last day on which work of the profile's term, or year, may be done; None where open."""
    if profile.term.whole_year:
        return _usual_year(profile.term.year) if profile.term.year else (None, None)
    return _span(profile)


def _usual(profile: Profile) -> tuple[date | None, date | None]:
    term = profile.term
    if not term.year or not term.number:
        return None, None
    year = int(term.year[:4])
    if term.number == 1:
        return date(year, 8, 1), date(year + 1, 2, 20)
    return date(year + 1, 1, 20), date(year + 1, 8, 31)


def _usual_year(year: str) -> tuple[date, date]:
    first = int(year[:4])
    return date(first, 8, 1), date(first + 1, 8, 31)


def _months(profile: Profile) -> set[int]:
    first, last = _span(profile)
    low, high = _usual(profile)
    strange = (low and first and first < low) or (high and last and last > high)  # told of already
    if first and last and not strange and last - first < timedelta(days=330):
        months, day = set(), first.replace(day=1)
        while day <= last:
            months.add(day.month)
            day = (day + timedelta(days=32)).replace(day=1)
        return months if profile.term.ends or profile.term.number != 1 else months - {2}
    if profile.term.number:
        return {8, 9, 10, 11, 12, 1} if profile.term.number == 1 else {1, 2, 3, 4, 5, 6, 7, 8}
    return set()


_OPENING = (8, 9, 1, 2, 3)
"""Months in which terms begin; in 1 only where the spring term comes before the festival."""


def check_term(profile: Profile, findings: Findings) -> None:
    """Whether the term's dates agree with its year and number, and the calendar with the term."""
    term = profile.term
    low, high = _usual(profile)
    name = f"{term.year} 学年第{'一' if term.number == 1 else '二'}学期"
    if term.starts and not term.year and term.starts.month not in _OPENING:
        message = "学期像是不在这个月开学"
        findings.add(
            "term.starts", "term.month", message, str(term.starts), "八、九月或者一至三月里的一天",
            "核对日期；确实是这一天的，写上学年和学期", severity="notice",
        )  # fmt: skip
    if term.starts and term.ends and term.starts >= term.ends:
        message = f"学期结束日期不晚于开学日期（{term.starts}）"
        findings.add("term.ends", "term.reversed", message, str(term.ends), fix="核对两个日期的年份")
    else:
        for key, day in (("starts", term.starts), ("ends", term.ends)):
            if day and low and high and not low <= day <= high:
                message = f"日期不在 {name}之内"
                findings.add(
                    f"term.{key}", "term.year", message, str(day), f"{low}～{high}", "核对学年、学期和日期"
                )
    if term.weeks and term.starts and term.ends and term.starts < term.ends and not term.whole_year:
        longest = (term.ends - term.starts).days // 7 + 2
        if term.weeks > longest:
            message = f"从开学到结束不到 {term.weeks} 周"
            findings.add("term.weeks", "term.weeks", message, str(term.weeks), f"不超过 {longest}")
    _calendar(profile, findings)
    approval = profile.approval
    if approval.meeting_day and approval.day and approval.meeting_day > approval.day:
        message = f"成文日期早于会议日期（{approval.meeting_day}）"
        findings.add("approval.day", "approval.order", message, str(approval.day), fix="核对两个日期")


def _calendar(profile: Profile, findings: Findings) -> None:
    months = _months(profile)
    first, last = of_the_term(profile)
    if profile.term.whole_year:  # both terms' calendars in one
        months = set()
    for index, item in enumerate(profile.schedule):
        path = f"schedule[{index}]"
        if item.month is None and item.day is None and not findings.lost(f"{path}.month"):
            findings.add(path, "schedule.no_month", "这一条没有写月份", fix="补上 month: 月份")
        if item.month and months and item.month not in months:
            message = f"{item.month} 月不在本学期之内"
            usual = "、".join(f"{month}" for month in sorted(months, key=lambda m: (m < 8, m))) + " 月"
            findings.add(f"{path}.month", "schedule.month", message, str(item.month), usual, "核对月份和学期")
        elif item.day and item.month and item.day.month != item.month:
            message = f"日期不在 {item.month} 月"
            findings.add(
                f"{path}.day", "schedule.day_month", message, str(item.day), f"{item.month} 月里的一天"
            )
        elif item.day and ((first and item.day < first) or (last and item.day > last)):
            message = "日期不在本学期之内"
            span = f"{first or ''}～{last or ''}"
            findings.add(f"{path}.day", "schedule.outside", message, str(item.day), span, "核对年份和月份")
        if item.until and item.day and item.until < item.day:
            message = f"最后一天早于第一天（{item.day}）"
            findings.add(f"{path}.until", "schedule.until", message, str(item.until), fix="核对两个日期")
        elif item.until and not item.day and not findings.lost(f"{path}.day"):
            findings.add(
                f"{path}.until", "schedule.no_day", "写了最后一天，没有写第一天", fix="补上 day: 第一天"
            )
