"""The same person twice, and two persons of one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planforge.core.problems import Place, Problem
from planforge.roster.block_state import RecipientDraft

SHARED_NAMES = 5
"""Names that two sheets may share by chance and no more, if these are also most of a sheet."""


def find_doubles(
    drafts: Sequence[RecipientDraft], *, staff: bool
) -> tuple[list[RecipientDraft], list[RecipientDraft], list[Problem]]:
    """The drafts without those that repeat an earlier one, those that do, and what is to be said about them."""
    by_identity: dict[tuple[str, int], RecipientDraft] = {}
    by_seat: dict[tuple[object, int], RecipientDraft] = {}
    by_name: dict[tuple[object, str], RecipientDraft] = {}
    by_birthday: dict[tuple[object, str, str], RecipientDraft] = {}
    kept: list[RecipientDraft] = []
    repeated: list[RecipientDraft] = []
    problems: list[Problem] = []
    for draft in drafts:
        recipient = draft.recipient
        born = (recipient.class_, draft.name, draft.birthday)
        whole_day = draft.birthday.endswith("日")
        double = (
            _same_identity(draft, by_identity)
            or _same_row(draft, by_seat)
            or (by_birthday.get(born) if whole_day else None)
        )
        if double is not None:
            problems.append(_double(draft, double))
            repeated.append(draft)
            continue
        for identity in draft.identities:
            by_identity[identity] = draft
        if whole_day:
            by_birthday[born] = draft
        namesake = by_name.setdefault((recipient.class_, draft.name), draft)
        if namesake is not draft:
            problems.append(_namesake(draft, namesake))
        if recipient.seat is not None and (recipient.class_ is not None or staff):
            other = by_seat.setdefault((recipient.class_, recipient.seat), draft)
            if other is not draft and not staff:
                problems.append(_same_seat(draft, other))
        kept.append(draft)
    return kept, repeated, problems


def drop_repeated_sheets(
    drafts: Sequence[RecipientDraft], file: str
) -> tuple[list[RecipientDraft], list[RecipientDraft], list[Problem]]:
    """The drafts without those of a sheet most of whose people stand in an earlier one, those, and a problem for each.

    Last term's list, or a sheet of marks, is often left in the file; nobody is to get two letters for it.
    """
    sheets: dict[str, list[RecipientDraft]] = {}
    for draft in drafts:
        sheets.setdefault(draft.recipient.sheet, []).append(draft)
    seen: dict[str, set[str]] = {}
    kept: list[RecipientDraft] = []
    dropped: list[RecipientDraft] = []
    problems = []
    for sheet, members in sheets.items():
        names = {draft.name for draft in members}
        shared = Counter(earlier for name in names for earlier in seen.get(name, ()))
        [(earlier, count)] = shared.most_common(1) or [("", 0)]
        if count >= SHARED_NAMES and 2 * count > len(names):
            message = f"这张工作表里有 {count} 个姓名在“{earlier}”里已经有了，没有再取"
            fix = "删去不用的那一张，或者用 --sheet 写明读哪一张"
            problems.append(Problem(message, Place(file, cell=sheet), fix=fix, code="sheet.repeats"))
            dropped += members
            continue
        for name in names:
            seen.setdefault(name, set()).add(sheet)
        kept += members
    return kept, dropped, problems


def _at(place: Place) -> str:
    return place.cell or f"第 {place.line} 行"


def _same_identity(
    draft: RecipientDraft, known: dict[tuple[str, int], RecipientDraft]
) -> RecipientDraft | None:
    return next((known[identity] for identity in draft.identities if identity in known), None)


def _same_row(
    draft: RecipientDraft, known: dict[tuple[object, int], RecipientDraft]
) -> RecipientDraft | None:
    recipient = draft.recipient
    if recipient.seat is None or recipient.class_ is None:
        return None
    other = known.get((recipient.class_, recipient.seat))
    return other if other is not None and other.name == draft.name else None


def _double(draft: RecipientDraft, other: RecipientDraft) -> Problem:
    at = _at(other.recipient.place)
    if draft.name == other.name:
        message, fix = f"这一行和 {at} 是同一个人，写了两次，只发一份", "删去一行"
    else:
        message, fix = f"这一行和 {at} 姓名不同，学籍号（证件号、工号）却相同", "核对这两行的号码"
    return Problem(message, draft.recipient.place, "姓名", fix=fix, code="double.person")


def _namesake(draft: RecipientDraft, other: RecipientDraft) -> Problem:
    at = _at(other.recipient.place)
    known = draft.recipient.seat is not None and other.recipient.seat is not None
    told = known or (draft.identities and other.identities)
    message = f"和 {at} 同名" + ("，按两个人算" if told else "；没有座号，分不清是不是同一个人，按两个人算")
    fix = "" if told else "加上座号；写重了就删去一行"
    return Problem(
        message,
        draft.recipient.place,
        "姓名",
        fix=fix,
        code="double.name",
        severity="notice",
    )


def _same_seat(draft: RecipientDraft, other: RecipientDraft) -> Problem:
    message = f"座号和 {_at(other.recipient.place)} 的相同"
    place = draft.recipient.place
    return Problem(message, place, "座号", fix="核对这两行的座号", code="double.seat", severity="notice")
