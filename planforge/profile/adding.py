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
from planforge.profile.profile_reader import ReadProfile, read_profile
from planforge.profile.recording import PlanEntry, entries, readable
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


def add(path: Path, item: NewItem) -> PlanEntry:
    """Write an item into the form's calendar, below its last one.

    Args:
        path: The form.
        item: The item; it gets an id that goes on where the calendar's ids end.

    Returns:
        The item as it is now.

    Raises:
        InputError: The form has errors or an item of these very words, another process holds it, or it cannot be
            edited safely; the file is then as it was.
        OSError: The file cannot be written.
    """
    with locked_form(path) as file:
        return _add(path, file, item)


def _add(path: Path, file: Path, item: NewItem) -> PlanEntry:
    """As `add`, with the file locked."""
    before = readable(path)
    place = Place(str(path))
    same = [listed for listed in before.profile.schedule if listed.what == item.what]
    if same:
        fix = (
            f"要记它的进展，用 planforge done；确实是另一件事，把话写得不一样（{same[0].id or same[0].what}）"
        )
        raise InputError([Problem("月历里已经有这一项", place, found=item.what, fix=fix, code="item.there")])
    keys = item.keys(next_id(before.profile))
    by_hand = "在 schedule（月历）最后添一条 - {" + ", ".join(f"{k}: {v}" for k, v in keys.items()) + "}"
    if is_workbook(path):
        words = [item.what, item.who, str(item.day or ""), str(item.until or ""), "学期中增加：是"]
        by_hand = "打开工作簿，在“月历”里添一行：" + "，".join(word for word in words if word)
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
    taken = {entry.id for key in (profile.schedule, profile.acts, profile.goals) for entry in key if entry.id}
    numbered = [match for entry in profile.schedule if (match := re.fullmatch(r"(.*?)(\d+)", entry.id or ""))]
    stem = numbered[-1][1] if numbered else "s"
    number = max((int(match[2]) for match in numbered if match[1] == stem), default=len(profile.schedule)) + 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def _compare(
    before: ReadProfile, after: ReadProfile, keys: dict[str, str], place: Place, by_hand: str
) -> None:
    """One item more, last in the calendar, and nothing else. Raises InputError where it is otherwise."""
    errors = [problem for problem in after.problems if problem.severity == "error"]
    if errors:
        raise InputError([replace(problem, place=place) for problem in errors])
    there: list[ScheduleItem] = [entry for entry in after.profile.schedule if entry.id == keys["id"]]
    rest = tuple(entry for entry in after.profile.schedule if entry.id != keys["id"])
    said = [(entry.what, entry.who, entry.added) for entry in there]
    alike = after.profile.model_copy(update={_LIST: before.profile.schedule}) == before.profile
    if not alike or rest != before.profile.schedule or said != [(keys["what"], keys.get("who", ""), True)]:
        message = "写进去以后，别的内容也变了，所以没有写"
        raise InputError([Problem(message, place, fix=by_hand, code="entry.not_editable")])
