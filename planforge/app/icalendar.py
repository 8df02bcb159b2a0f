"""The dated work of a term as an iCalendar file (RFC 5545), for the calendar of a phone or an office system."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from planforge.facts.model import Facts

_FOLD = 75
"""Octets of a line, by RFC 5545 3.1."""


def calendar(facts: Facts) -> bytes:
    """Every dated item of the schedule and every day off as a whole-day event; nothing where there is none.

    What was put off stands on its new day, what was cancelled is marked so, and days off that are not published
    yet are tentative. The same facts give the same bytes; an event keeps its id when its day changes, so that a
    calendar into which the file is read once more moves it.
    """
    events = [line for event in _events(facts) for line in event]
    if not events:
        return b""  # a calendar without an event is none (3.6)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//planforge//CN", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{_text(facts.school.name + facts.term.title)}", *events, "END:VCALENDAR"]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _events(facts: Facts) -> Iterator[Iterator[str]]:
    for item in facts.schedule:
        if item.day is None:
            continue
        day, until = (item.moved_to, None) if item.moved_to else (item.day, item.until)
        status = "CANCELLED" if item.status == "cancelled" else ""
        yield _event(facts, item.id, item.what, day, until, item.who, status)
    off: list[tuple[str, str, date, date]] = []
    for week in facts.weeks:
        for holiday in week.holidays:
            last = holiday.until or holiday.starts
            words, status = (
                (f"{holiday.name}放假", "")
                if week.settled
                else (f"{holiday.name}（放假安排暂定）", "TENTATIVE")
            )
            if off and off[-1][0] == words and holiday.starts - off[-1][3] == timedelta(days=1):
                off[-1] = (*off[-1][:3], last)  # it goes on over a Sunday
            else:
                off.append((words, status, holiday.starts, last))
    for words, status, starts, last in off:
        yield _event(facts, f"holiday|{starts}", words, starts, last, status=status)
    for week in facts.weeks:
        for day in week.swapped:
            yield _event(facts, f"swapped|{day}", "调休，上课", day)


def _event(
    facts: Facts, name: str, what: str, day: date, until: date | None = None, who: str = "", status: str = ""
) -> Iterator[str]:
    mark = hashlib.sha256(f"{facts.school.name}|{facts.term.title}|{name}".encode()).hexdigest()[:24]
    yield "BEGIN:VEVENT"
    yield f"UID:{mark}@planforge"
    yield f"DTSTAMP:{facts.term.starts:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{(until or day) + timedelta(days=1):%Y%m%d}"  # the first day after it
    yield f"SUMMARY:{_text(what)}"
    if who:
        yield f"DESCRIPTION:{_text(f'负责：{who}')}"
    if status:
        yield f"STATUS:{status}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    for sign in "\\;,":
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, the later ones led by a space; no character is cut."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > _FOLD:
            yield piece
            piece = " "
        piece += character
    yield piece
