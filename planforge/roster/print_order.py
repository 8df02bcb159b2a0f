"""Who is printed, and in which order the paper comes out: pure arithmetic, no files.

A pile of letters is handed out by class and seat number. So recipients are sorted so; letters that share
a sheet are placed so that the piles, cut and laid on each other, are in that order again; and on both
sides of the paper a letter begins on a fresh sheet and nothing stands behind a slip that is cut off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planforge.core.problems import Problem
from planforge.roster.classes import ClassError, Reckoning, parse_class, parse_grade
from planforge.roster.fields import PRINT_ORDER, field_named, sort_key, title_of, value_of
from planforge.roster.model import Recipient


@dataclass(frozen=True, slots=True)
class Selection:
    """The recipients that were asked for, and what was asked for in vain."""

    recipients: tuple[Recipient, ...]
    problems: tuple[Problem, ...] = ()


class PlacedPage(NamedTuple):
    """One place on a side of paper. letter: index into the recipients; page: from 1. None is left blank."""

    letter: int
    page: int


class PaperSheet(NamedTuple):
    """A sheet of paper with the places on its front and its back, in reading order."""

    front: tuple[PlacedPage | None, ...]
    back: tuple[PlacedPage | None, ...]


def parse_where(words: Iterable[str]) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Conditions as people write them (座号=7,12, 班级=三（2）班) by field, and problems with them.

    A field may be given by its name or by any usual heading; the same field twice adds to its values.
    """
    where: dict[str, tuple[str, ...]] = {}
    problems = []
    for word in words:
        title, equals, text = word.replace("＝", "=").partition("=")
        values = tuple(value.strip() for value in re.split(r"[,，、;；]", text) if value.strip())
        if not equals or not title.strip() or not values:
            fix = "写成 座号=7,12 或 班级=三（2）班 的样子"
            problems.append(Problem(f"“{word}”没有写对", fix=fix, code="where.form"))
            continue
        field = field_named(title)
        where[field] = where.get(field, ()) + values
    return where, problems


def select(
    recipients: Sequence[Recipient], where: Mapping[str, Sequence[str]], reckoning: Reckoning | None = None
) -> Selection:
    """The recipients that meet every condition, in their order.

    where: field → values, any of which may hold. Seat numbers also as ranges (7-12), classes in any writing,
    grades as 三年级 or 3. Values that fit nobody, alone or with the other conditions, and fields that were not loaded,
    are problems.
    """
    reckoning = reckoning or Reckoning()
    problems = []
    fitting: dict[str, dict[str, set[int]]] = {}
    for field, values in where.items():
        if not any(
            field in recipient.values or field in ("class", "grade", "seat") for recipient in recipients[:1]
        ):
            problems.append(
                Problem(
                    f"花名册里没有读“{title_of(field)}”这一列，不能按它挑选", found=field, code="where.field"
                )
            )
            fitting[field] = {}
            continue
        fitting[field] = {
            value: {n for n, recipient in enumerate(recipients) if _fits(recipient, field, value, reckoning)}
            for value in values
        }
    chosen = {field: set[int]().union(*found.values()) for field, found in fitting.items()}
    everybody = set(range(len(recipients)))
    for field, found in fitting.items():
        others = {other: numbers for other, numbers in chosen.items() if other != field and numbers}
        meeting = everybody.intersection(*others.values())
        for value, numbers in found.items():
            if not numbers & meeting:
                among = f"{'、'.join(map(title_of, others))}合要求的人里，" if numbers else ""
                message = f"{among}没有人符合“{title_of(field)}={value}”"
                problems.append(Problem(message, found=value, code="where.nobody"))
    kept = everybody.intersection(*chosen.values())
    return Selection(tuple(recipient for n, recipient in enumerate(recipients) if n in kept), tuple(problems))


def _fits(recipient: Recipient, field: str, value: str, reckoning: Reckoning) -> bool:
    if field == "class":
        try:
            return recipient.class_ == parse_class(value, reckoning)
        except ClassError:
            return recipient.class_ is not None and str(recipient.class_) == value
    if field == "grade":
        return recipient.class_ is not None and recipient.class_.grade == (
            parse_grade(value, reckoning) or -1
        )
    if field == "seat":
        return recipient.seat is not None and any(
            low <= recipient.seat <= high for low, high in _range(value)
        )
    return value_of(recipient, field) == value


def _range(value: str) -> Iterator[tuple[int, int]]:
    text = unicodedata.normalize("NFKC", value)
    found = re.fullmatch(r"\s*(\d{1,18})\s*号?(?:\s*[-~—–至到]+\s*(\d{1,18})\s*号?)?\s*", text)
    if found:
        low, high = int(found[1]), int(found[2] or found[1])
        yield min(low, high), max(low, high)


def sorted_for_print(
    recipients: Iterable[Recipient], fields: Sequence[str] = PRINT_ORDER
) -> tuple[Recipient, ...]:
    """By class, then seat number; who has none comes last, in the order of the roster.

    fields: other ones to go by; class and seat number follow them.
    """
    wanted = tuple(dict.fromkeys((*fields, *PRINT_ORDER)))
    return tuple(sorted(recipients, key=lambda recipient: sort_key(recipient, wanted)))


def grouped(ordered: Sequence[Recipient], fields: Sequence[str]) -> list[tuple[tuple[str, ...], list[int]]]:
    """Recipients that agree in these fields, each group's by their numbers, in their order.

    Groups stand in the order of their values, whatever order the recipients themselves have.
    """
    found: dict[tuple[str, ...], list[int]] = {}
    for number, recipient in enumerate(ordered):
        found.setdefault(tuple(value_of(recipient, field) for field in fields), []).append(number)
    return sorted(found.items(), key=lambda group: sort_key(ordered[group[1][0]], fields))


def sides(pages: int, *, duplex: bool, slip: bool = False) -> tuple[int | None, ...]:
    """The sides of paper that one letter takes, front, back, front …: page numbers from 1, None for a blank side.

    pages: of the letter, at least 1. duplex: printed on both sides; the letter then takes whole sheets. slip: its
    last page carries a slip that is cut off, so it stands on a front and nothing behind it.
    """
    if pages < 1:
        raise ValueError("a letter has at least one page")
    if not duplex:
        return tuple(range(1, pages + 1))
    turns: list[int | None] = list(range(1, pages + 1))
    if slip and pages % 2 == 0:
        turns.insert(pages - 1, None)
    if len(turns) % 2:
        turns.append(None)
    return tuple(turns)


def imposed(
    letters: int, up: int, *, pages: int = 1, duplex: bool = False, slip: bool = False, mirrored: bool = False
) -> tuple[PaperSheet, ...]:
    """Sheets that carry `up` letters each, for cutting: the cut piles, laid on each other, are in order.

    letters: how many; up: places on a side, 1 to 3. pages: of each letter. mirrored: whether the places of a
    back run the other way (side by side, turned over sideways) or stand where they are (one below the other).
    """
    if up < 1 or letters < 0:
        raise ValueError("places and letters cannot be fewer than none")
    each = sides(pages, duplex=duplex, slip=slip)
    faces = [each[n : n + 2] if duplex else (each[n], None) for n in range(0, len(each), 2 if duplex else 1)]
    depth = -(-letters // up)  # letters in a pile
    sheets = []
    for row in range(depth):
        places = [row + pile * depth for pile in range(up)]
        for front, back in faces:
            fronts = tuple(_turn(letter, front, letters) for letter in places)
            backs = tuple(_turn(letter, back, letters) for letter in places)
            sheets.append(PaperSheet(fronts, backs[::-1] if mirrored else backs))
    return tuple(sheets)


def _turn(letter: int, page: int | None, letters: int) -> PlacedPage | None:
    return PlacedPage(letter, page) if page is not None and letter < letters else None
