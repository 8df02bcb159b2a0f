"""Frameworks: the named sets of measures that schools order their plans by (六严, 五控两调整), as data.

A framework is `frameworks/<id>.yaml`: its name, its members, and for each member the clauses that are its
measures. What a name counts is checked: 六严 has six members, 五控两调整 a group of five and one of two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from planforge.compose.clauses import CLAUSE_ID, clause_ids
from planforge.compose.counts import counts_in
from planforge.compose.strict_yaml import IDENTIFIER, StrictFile, StrictValue
from planforge.compose.template_faults import suggestion
from planforge.core.problems import InputError, Place, Problem

FOLDER = "frameworks"

_KEYS = {
    "name": True, "also": False, "since": False, "note": False, "intro": False, "members": False,
    "groups": False, "counted": False,
}  # fmt: skip

ClauseIds = tuple[str, ...]
"""Clauses that stand one after the other in one paragraph or item."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of what a framework names. intro: words before its measures; text: paragraphs; items: numbered ones."""

    title: str
    intro: str = ""
    text: tuple[ClauseIds, ...] = ()
    items: tuple[ClauseIds, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Members that a name counts together: the five of 五控 and the two of 两调整."""

    name: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """A named set of measures.

    Attributes:
        since: when it came into use, as people say it.
        members: those of all groups.
        groups: empty where the name has one count.
        clauses: the ids of all that its members name, so that a card can leave out a section that says the
            same.
    """

    id: str
    name: str
    also: tuple[str, ...] = ()
    since: str = ""
    note: str = ""
    intro: str = ""
    members: tuple[Member, ...] = ()
    groups: tuple[Group, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    framework: Framework
    place: Place
    clauses: tuple[tuple[str, Place, str], ...]  # id, where it is named, the key's name


def frameworks(search: Sequence[Path]) -> Mapping[str, Framework]:
    """All frameworks of the search folders, by id.

    Args:
        search: the folders of templates; of two frameworks with one id the earlier folder's counts.

    Raises:
        InputError: a framework is wrong, or names a clause that does not exist; it carries every mistake.
    """
    by_id, problems = gather_frameworks(search)
    if problems:
        raise InputError(problems)
    return by_id


def gather_frameworks(search: Sequence[Path]) -> tuple[dict[str, Framework], list[Problem]]:
    """The frameworks that can be used, by id, and what is wrong with the others."""
    readings: dict[str, _Read] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    for root in search:
        for path in sorted((root / FOLDER).glob("*.yaml")):
            if path.stem in seen:
                continue
            seen.add(path.stem)
            try:
                readings[path.stem] = _read(path, path.stat().st_mtime_ns)
            except InputError as error:
                problems.extend(error.problems)
    known = clause_ids(search)
    for name, reading in [*readings.items()]:
        for clause, place, key in reading.clauses:
            if clause not in known:
                readings.pop(name, None)
                fix = suggestion(clause, known)
                problems.append(Problem(f"没有条文 {clause}", place, key, fix=fix, code="unknown-clause"))
    problems.extend(_same_names(readings))
    problems.sort(key=lambda problem: problem.place or Place(""))
    return {name: reading.framework for name, reading in sorted(readings.items())}, problems


def framework_named(known: Mapping[str, Framework], word: str) -> Framework | None:
    """The framework that a person calls by this word: its id, its name, or another name that it gives."""
    for framework in known.values():
        if word in (framework.id, framework.name, *framework.also):
            return framework
    return None


def _same_names(readings: Mapping[str, _Read]) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for name, reading in readings.items():
        for word in dict.fromkeys((name, reading.framework.name, *reading.framework.also)):
            if word in taken:
                yield Problem(
                    f"“{word}”已经是框架 {taken[word]} 的名称", reading.place, code="framework-duplicate"
                )
            taken.setdefault(word, name)


@lru_cache(maxsize=256)
def _read(path: Path, stamp: int) -> _Read:
    file = StrictFile(path)
    top = file.root()
    if not IDENTIFIER.fullmatch(path.stem):
        top.wrong("框架的文件名只能用小写字母、数字和下划线", "card-id", found=path.stem)
    parts = top.mapping(_KEYS)
    name = parts["name"].words() if "name" in parts else ""
    reader = _Members()
    groups: tuple[Group, ...] = ()
    if ("members" in parts) == ("groups" in parts):
        top.wrong("members 和 groups 要写一样，只写一样", "framework-members")
    if "groups" in parts:
        groups = tuple(reader.group(entry) for entry in parts["groups"].sequence())
        members = tuple(member for group in groups for member in group.members)
    else:
        members = reader.members(parts.get("members"))
    if "counted" not in parts or parts["counted"].yes():
        _count(name, parts, members, groups)
    file.refuse()
    texts = {key: parts[key].words() if key in parts else "" for key in ("since", "note", "intro")}
    also = tuple(entry.words() for entry in parts["also"].sequence()) if "also" in parts else ()
    file.refuse()
    rows = (row for member in members for row in (*member.text, *member.items))
    made = Framework(
        path.stem,
        name,
        also,
        texts["since"],
        texts["note"],
        texts["intro"],
        members,
        groups,
        clauses=tuple(clause for row in rows for clause in row),
    )
    return _Read(made, top.place, tuple(reader.named))


def _count(
    name: str, parts: Mapping[str, StrictValue], members: tuple[Member, ...], groups: tuple[Group, ...]
) -> None:
    """Hold the numbers in a name against the members there are."""
    wanted = counts_in(name)
    where = parts.get("groups") or parts.get("members")
    if not wanted or where is None:
        return
    there = [len(group.members) for group in groups] if groups else [len(members)]
    fix = "名称里的数不是成员的数时，写 counted: 否"
    if len(wanted) > 1 and not groups:
        where.wrong(
            f"“{name}”里有 {len(wanted)} 个数，成员要分成 {len(wanted)} 组，写在 groups 里",
            "framework-count",
            fix=fix,
        )
    elif wanted != there and (len(wanted) > 1 or wanted != [sum(there)]):
        where.wrong(
            f"成员的数和“{name}”对不上",
            "framework-count",
            found="、".join(map(str, there)),
            expected="、".join(map(str, wanted)),
            fix=fix,
        )


class _Members:
    """Reads members; named: every clause id with its place."""

    def __init__(self) -> None:
        self.named: list[tuple[str, Place, str]] = []

    def group(self, value: StrictValue) -> Group:
        parts = value.mapping({"name": True, "members": True, "counted": False})
        name = parts["name"].words() if "name" in parts else ""
        members = self.members(parts.get("members"))
        if "counted" not in parts or parts["counted"].yes():
            _count(name, parts, members, ())
        return Group(name, members)

    def members(self, value: StrictValue | None) -> tuple[Member, ...]:
        if value is None:
            return ()
        members: list[Member] = []
        for entry in value.sequence():
            member = self.member(entry)
            if member.title and member.title in [other.title for other in members]:
                entry.wrong(f"“{member.title}”写了两次", "card-duplicate")
            members.append(member)
        if not members:
            value.wrong("至少要有一个成员", "framework-members")
        return tuple(members)

    def member(self, value: StrictValue) -> Member:
        if value.is_text():
            return Member(value.words())
        parts = value.mapping({"title": True, "intro": False, "text": False, "items": False})
        return Member(
            parts["title"].words() if "title" in parts else "",
            parts["intro"].words() if "intro" in parts else "",
            self.rows(parts.get("text")),
            self.rows(parts.get("items")),
        )

    def rows(self, value: StrictValue | None) -> tuple[ClauseIds, ...]:
        if value is None:
            return ()
        if value.is_text():
            return ((self.clause(value),),)
        rows = []
        for entry in value.sequence():
            row = (entry,) if entry.is_text() else tuple(entry.sequence())
            rows.append(tuple(self.clause(part) for part in row))
        return tuple(rows)

    def clause(self, value: StrictValue) -> str:
        name = value.text()
        if CLAUSE_ID.fullmatch(name):
            self.named.append((name, value.place, value.name))
        elif value.is_text():
            value.wrong(
                "这里写条文的名称，不写句子",
                "framework-clause",
                found=name,
                expected="如 homework.limits",
                fix="把句子写成 clauses/ 里的一个条文",
            )
        return name
