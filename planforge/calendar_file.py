"""The dated work of a term as an iCalendar file (RFC 5545), for the calendar of a phone or an office system."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from planforge.facts.model import Facts

_FOLD = 75
"""Octets of a line, by RFC 5545 3.1."""


def calendar(facts: Facts) -> bytes:
    """Every dated item of the schedule and every published holiday as a whole-day event.

    The same facts give the same bytes: an event's id follows from school, item and day, its stamp is the term's
    first day.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//planforge//CN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_text(facts.school.name + facts.term.title)}")
    for item in facts.schedule:
        if item.day is not None:
            lines += _event(facts, item.id, item.what, item.day, item.until, item.who)
    for week in facts.weeks:
        for holiday in week.holidays if week.settled else ():
            words = f"{holiday.name}放假"
            lines += _event(facts, "holiday", words, holiday.starts, holiday.until)
        for day in week.swapped:
            lines += _event(facts, "swapped", "调休，上课", day)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(
    facts: Facts, name: str, what: str, day: date, until: date | None = None, who: str = ""
) -> Iterator[str]:
    mark = hashlib.sha256(f"{facts.school.name}|{name}|{day}".encode()).hexdigest()[:24]
    yield "BEGIN:VEVENT"
    yield f"UID:{mark}@planforge"
    yield f"DTSTAMP:{facts.term.starts:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{(until or day) + timedelta(days=1):%Y%m%d}"  # the first day after it
    yield f"SUMMARY:{_text(what)}"
    if who:
        yield f"DESCRIPTION:{_text(f'负责：{who}')}"
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
