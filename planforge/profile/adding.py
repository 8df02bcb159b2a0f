"""Writing an item that came up during the term into the person's own file, below the plan's last one.

It is marked as added, so that a summary counts it apart from what was planned. As with `recording`, all other bytes
stay, and the result is read again and compared before it replaces the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planforge.core.problems import InputError, Place, Problem
from planforge.profile.decode import is_workbook
from planforge.profile.form_file import beside, locked_form
from planforge.profile.model import Profile
from planforge.profile.plan import ScheduleItem
from planforge.profile.profile_reader import Reading, read_profile
from planforge.profile.recording import Entry, entries, readable
from planforge.profile.text_edit import NotEditable, with_entry

_LIST = "schedule"


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item of the calendar that the plan did not have. month: only where there is no day."""

    what: str
    who: str = ""
    day: date | None = None
    until: date | None = None
    month: int | None = None

    def keys(self, identity: str) -> dict[str, str]:
        """The keys to write, in the order of the form."""
        given = {
            "id": identity,
            "month": "" if self.day or not self.month else str(self.month),
            "what": self.what,
            "who": self.who,
            "day": str(self.day or ""),
            "until": str(self.until or ""),
            "added": "是",
        }
        return {name: value for name, value in given.items() if value}


def add(path: Path, item: NewItem) -> Entry:
    """Write an item into the profile's calendar and return it as it is now.

    Raises InputError where the profile has errors, has an item of these very words, or where the file cannot be
    edited safely; the file is then as it was.
    """
    with locked_form(path) as file:
        return _add(path, file, item)


def _add(path: Path, file: Path, item: NewItem) -> Entry:
    """As `add`, with the file locked."""
    before = readable(path)
    place = Place(str(path))
    same = [one for one in before.profile.schedule if one.what == item.what]
    if same:
        fix = (
            f"要记它的进展，用 planforge done；确实是另一件事，把话写得不一样（{same[0].id or same[0].what}）"
        )
        raise InputError([Problem("月历里已经有这一项", place, found=item.what, fix=fix, code="item.there")])
    keys = item.keys(next_id(before.profile))
    by_hand = "在 schedule（月历）最后添一条 - {" + ", ".join(f"{k}: {v}" for k, v in keys.items()) + "}"
    if is_workbook(path):
        words = [item.what, item.who, str(item.day or ""), str(item.until or ""), "学期中增加：是"]
        by_hand = "打开工作簿，在“月历”里添一行：" + "，".join(one for one in words if one)
        message = "Excel 信息表的月历要自己添行"
        raise InputError([Problem(message, place, fix=by_hand, code="entry.not_editable")])
    try:
        new = with_entry(path.read_bytes(), _LIST, keys)
    except NotEditable as error:
        raise InputError([Problem(str(error), place, fix=by_hand, code="entry.not_editable")]) from None
    with beside(file, new) as part:
        after = read_profile(part)
        _compare(before, after, keys, place, by_hand)
        part.replace(file)
    return next(entry for entry in entries(after.profile) if entry.id == keys["id"])


def next_id(profile: Profile) -> str:
    """An id that goes on where the calendar's ids end: s15 is followed by s16."""
    taken = {one.id for key in (profile.schedule, profile.acts, profile.goals) for one in key if one.id}
    found = [match for one in profile.schedule if (match := re.fullmatch(r"(.*?)(\d+)", one.id or ""))]
    stem = found[-1][1] if found else "s"
    number = max((int(one[2]) for one in found if one[1] == stem), default=len(profile.schedule)) + 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def _compare(before: Reading, after: Reading, keys: dict[str, str], place: Place, by_hand: str) -> None:
    """One item more, last in the calendar, and nothing else. Raises InputError where it is otherwise."""
    errors = [one for one in after.problems if one.severity == "error"]
    if errors:
        raise InputError([replace(one, place=place) for one in errors])
    there: list[ScheduleItem] = [one for one in after.profile.schedule if one.id == keys["id"]]
    rest = tuple(one for one in after.profile.schedule if one.id != keys["id"])
    said = [(one.what, one.who, one.added) for one in there]
    alike = after.profile.model_copy(update={_LIST: before.profile.schedule}) == before.profile
    if not alike or rest != before.profile.schedule or said != [(keys["what"], keys.get("who", ""), True)]:
        message = "写进去以后，别的内容也变了，所以没有写"
        raise InputError([Problem(message, place, fix=by_hand, code="entry.not_editable")])
