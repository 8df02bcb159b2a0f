"""What a form says and no document of a run prints, so that nobody looks for it in vain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from planforge.core.problems import Place, Problem
from planforge.facts.paths import leaves, parent, source_of

if TYPE_CHECKING:
    from planforge.compose import Composition
    from planforge.facts import Facts
    from planforge.profile import ReadProfile

_CHOOSES = re.compile(
    r"^(?:extends|policy|schema|documents|guidance|term|school\.(?:stage|system|grades|region))\b"
    r"|^exceptions\[\d+\]\.rule$"
    r"|\.(?:id|topic|act|status|kind|limit|how|scope|grades?|checked|local|month|moved_to|since|until|upward|voluntary)(?:\[\d+\])?$"
)
"""What chooses sentences or puts them in order, and is itself not printed: ids, choices, grades of a band, days of office."""


_PERSON = (".name", ".post")
"""Of a person: whoever is printed at one place need not be printed for every other."""


def unprinted(reading: ReadProfile, composed: Sequence[tuple[Facts, Composition]]) -> Iterator[Problem]:
    """One notice of everything filled in that none of the documents prints, groups that are absent whole by their title.

    Args:
        reading: the form as read.
        composed: each document with the facts that it was composed of.
    """
    from planforge.profile.consistency.common import steps
    from planforge.profile.field_titles import title

    used: set[Place | None] = set()
    lists: set[str] = set()
    said: set[object] = set()
    for facts, made in composed:
        paths = made.printed | {path for path in made.depends if not path.endswith(".name")}
        used |= {source.place for path in paths if (source := source_of(facts.sources, path))}
        values = {path: value for path, value in leaves(facts) if path in paths}
        lists |= {path for path, value in values.items() if isinstance(value, tuple)}
        said |= {value for path, value in values.items() if path.endswith(_PERSON)}
    inner = {parent(path) for path in reading.places}
    written = [path for path in reading.places if path not in inner and not _CHOOSES.search(path)]
    absent = [path for path in written if reading.places[path] not in used and not lists & {*_above(path)}]
    absent = [
        path
        for path in absent
        if not (path.endswith(_PERSON) and _value(reading.profile, steps(path)) in said)
    ]
    if absent:
        whole = _whole(absent, written)
        names = "、".join(dict.fromkeys(title(steps(_unnumbered(path))) for path in whole))
        first = min(reading.places[path] for path in absent)
        yield Problem(
            f"填了，这次的 {len(composed)} 份文件里都没有印：{names}",
            first,
            fix="要印的，加上用得着它的文件或章节（planforge templates 列出文种）；不用印的不用管",
            code="facts.unprinted",
            severity="notice",
        )


def _unnumbered(path: str) -> str:
    """A field that no entry of a list prints, for all of them; an entry that is absent whole keeps its number."""
    return path if path.endswith("]") or path.endswith(_PERSON) else re.sub(r"\[\d+\]", "", path)


def _value(group: object, path: Iterable[int | str]) -> object:
    for step in path:
        group = (
            group[step]
            if isinstance(step, int) and isinstance(group, tuple)
            else getattr(group, str(step), None)
        )
    return group


def _whole(absent: Sequence[str], written: Sequence[str]) -> Iterator[str]:
    """The highest groups of which nothing is printed, else the values themselves."""
    all_of, lost = (Counter(above for path in paths for above in _above(path)) for paths in (written, absent))
    for path in absent:
        yield next((above for above in reversed(list(_above(path))) if lost[above] == all_of[above]), path)


def _above(path: str) -> Iterator[str]:
    while path := parent(path):
        yield path
