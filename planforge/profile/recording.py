"""Writing what became of an entry of the plan into the person's own file, and touching nothing else there.

Only the entry's own keys are put into the text, at the places that the YAML parser gives: comments, order, quotes and
spaces of all the rest stay byte for byte. The result is read again and compared before it replaces the file.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from planforge.core.problems import InputError, Place, Problem
from planforge.profile.choices import STATUSES, StatusName
from planforge.profile.form_file import beside, locked_form
from planforge.profile.model import Profile
from planforge.profile.plan import Act, Goal, ScheduleItem
from planforge.profile.profile_reader import ReadProfile, read_profile
from planforge.profile.text_edit import NotEditable, with_keys
from planforge.profile.titled import titled

_LISTS: tuple[tuple[str, str], ...] = (("schedule", "item"), ("acts", "act"), ("goals", "goal"))
_WORDS: Mapping[str, str] = {value: name for name, value in STATUSES.items()}
_KEPT: Mapping[str, frozenset[str]] = {
    "done": frozenset({"done_on", "evidence", "reason", "moved_to"}),
    "postponed": frozenset({"reason", "moved_to"}),
    "cancelled": frozenset({"reason"}),
    "open": frozenset({"reason"}),
}
"""What may stand beside a status; the rest would contradict it and is taken out."""


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """An entry of the plan. path: in the profile; id: its own, or item-3 by its number; what: its words."""

    path: str
    id: str
    what: str
    record: ScheduleItem | Act | Goal


@dataclass(frozen=True, slots=True)
class Record:
    """What became of an entry. Only what a person says: nothing here has a default of its own."""

    status: StatusName
    done_on: date | None = None
    evidence: str = ""
    reason: str = ""
    moved_to: date | None = None

    def keys(self) -> dict[str, str]:
        """The keys to write, in the order of the form; "" where a key is to be taken out."""
        given = {
            "done_on": str(self.done_on or ""), "evidence": self.evidence, "reason": self.reason,
            "moved_to": str(self.moved_to or ""),
        }  # fmt: skip
        kept = _KEPT[self.status]
        said = {name: value for name, value in given.items() if value or name not in kept}
        return {"status": _WORDS[self.status], **said}


@dataclass(slots=True)
class _Matches:
    exact: list[PlanEntry] = field(default_factory=list)
    within: list[PlanEntry] = field(default_factory=list)


def entries(profile: Profile) -> Iterator[PlanEntry]:
    """Every entry of the plan that can be recorded: the calendar, the acts, the goals."""
    for key, prefix in _LISTS:
        listed: Sequence[ScheduleItem | Act | Goal] = getattr(profile, key)
        for index, item in enumerate(listed):
            what = item.text if isinstance(item, Goal) else item.what
            if what:
                yield PlanEntry(f"{key}[{index}]", item.id or f"{prefix}-{index + 1}", what, item)


def find(profile: Profile, word: str) -> PlanEntry:
    """The one entry that has this id, or this text in its words.

    Raises:
        InputError: There is none, with the ids that come near, or there are several.
    """
    matches = _Matches()
    word = word.strip()
    for entry in entries(profile):
        if entry.id == word or entry.what == word:
            matches.exact.append(entry)
        elif word and word in entry.what:
            matches.within.append(entry)
    matching = matches.exact or matches.within
    if len(matching) == 1:
        return matching[0]
    if matching:
        listed = "；".join(f"{entry.id} {entry.what}" for entry in matching)
        message = f"有 {len(matching)} 项都说到“{word}”"
        raise InputError([Problem(message, found=listed, fix="写出编号", code="entry.several")])
    every = list(entries(profile))
    near = set(difflib.get_close_matches(word, [entry.id for entry in every], 3, 0.5))
    near |= {
        entry.what for entry in every if entry.what in difflib.get_close_matches(word, [entry.what], 1, 0.4)
    }
    close = [entry for entry in every if entry.id in near or entry.what in near][:3]
    fix = (
        "是不是 " + "、".join(f"{entry.id}（{entry.what}）" for entry in close)
        if close
        else "不写项目，列出全部编号"
    )
    raise InputError([Problem(f"计划里没有“{word}”这一项", found=word, fix=fix, code="entry.unknown")])


def record(path: Path, word: str, made: Record) -> PlanEntry:
    """Write what became of one entry into the file in which it stands.

    Args:
        path: The form; the entry may stand in one that it extends.
        word: The entry's id, or words of its text.
        made: What became of it.

    Returns:
        The entry as it is now.

    Raises:
        InputError: The form has errors, no one entry is meant, another process holds the form, or the file cannot
            be edited safely; the file is then as it was.
        OSError: The file cannot be written.
    """
    with locked_form(path) as own:
        before = readable(path)
        file = _file_of(before, find(before.profile, word), path)
        if file == own:
            return _record(path, file, before, word, made)
        with locked_form(file):
            return _record(path, file, readable(path), word, made)


def _record(path: Path, file: Path, before: ReadProfile, word: str, made: Record) -> PlanEntry:
    """As `record`, with the profile as read and its file, or the one that it extends, locked."""
    own = file == path.resolve()
    entry = find(before.profile, word)
    place = before.places[entry.path]
    if _file_of(before, entry, path) != file:
        message = "这份信息表刚刚被改过，所以没有写"
        raise InputError([Problem(message, place, fix="再做一次", code="entry.not_editable")])
    keys = made.keys()
    old = file.read_bytes()
    try:
        new = _with(old, before, entry, place, keys)
    except NotEditable as error:
        raise InputError(
            [Problem(str(error), place, fix=_by_hand(keys, entry.path, place), code="entry.not_editable")]
        ) from None
    if new == old:
        return entry
    with beside(file, new) as part:
        if own:
            after = read_profile(part)
            _compare(before, after, entry, keys, place)
        part.replace(file)
    if not own:
        try:
            after = read_profile(path)
            _compare(before, after, entry, keys, place)
        except InputError:
            with beside(file, old) as part:
                part.replace(file)
            raise
    return next(now for now in entries(after.profile) if now.path == entry.path)


def _with(data: bytes, before: ReadProfile, entry: PlanEntry, place: Place, keys: Mapping[str, str]) -> bytes:
    """The file with these keys in the entry. Raises NotEditable."""
    if place.cell:
        from planforge.profile.workbook.editing import with_cells

        return with_cells(data, entry.path, before.keys, keys)
    return with_keys(data, entry.path.partition("[")[0], place, keys)


def readable(path: Path) -> ReadProfile:
    """The profile as read. Raises InputError with its errors."""
    reading = read_profile(path)
    if not reading.ok:
        raise InputError([problem for problem in reading.problems if problem.severity == "error"])
    return reading


def _file_of(reading: ReadProfile, entry: PlanEntry, path: Path) -> Path:
    """The file in which an entry stands: the profile itself at `path`, or one that it extends."""
    place = reading.places[entry.path]
    return (path if place.file == str(path) else Path(place.file)).resolve()


def _compare(
    before: ReadProfile, after: ReadProfile, entry: PlanEntry, keys: Mapping[str, str], place: Place
) -> None:
    """Nothing but the entry's own keys may have changed. Raises InputError where something else did."""
    name, _, rest = entry.path.partition("[")
    index = int(rest.rstrip("]"))
    errors = [problem for problem in after.problems if problem.severity == "error"]
    if errors:
        raise InputError([replace(problem, place=place) for problem in errors])
    item = getattr(after.profile, name)[index]
    for key in keys:
        if key not in type(item).model_fields:
            raise AssertionError(key)
    own = {key: getattr(item, key) for key in keys}
    wanted = entry.record.model_copy(update=own)
    listed = list(getattr(before.profile, name))
    listed[index] = wanted
    expected = before.profile.model_copy(update={name: tuple(listed)})
    said = {key: str(value) for key, value in own.items() if value not in (None, "")}
    asked = {key: value for key, value in keys.items() if value}
    asked["status"] = STATUSES[asked["status"]]
    if after.profile != expected or said != asked:
        message = "写进去以后，别的内容也变了，所以没有写"
        raise InputError(
            [Problem(message, place, fix=_by_hand(keys, entry.path, place), code="entry.not_editable")]
        )


def _by_hand(keys: Mapping[str, str], entry: str, place: Place) -> str:
    said = "，".join(f"{key}: {value}" for key, value in keys.items() if value)
    if place.cell:
        return f"打开工作簿，在 {place.cell} 这一行写上 {titled(said, (entry.partition('[')[0], 0))}"
    return f"用编辑器在这一条下面写上 {said}"
