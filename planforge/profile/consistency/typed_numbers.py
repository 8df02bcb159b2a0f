"""Numbers typed before the entries of a list: documents number them, and would print 1.1.各班不超量."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from planforge.profile.consistency.common import Findings
from planforge.profile.model import Profile

_NUMBER = re.compile(
    r"[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|[（(][一二三四五六七八九十0-9]{1,3}[）)]"
    r"|[0-9]{1,2}[.．、](?![0-9])|[①-⑳]"
)
"""一、二年级 and 3.5小时 are no numbers of entries."""


class _Statement(Protocol):
    """An entry of a list that documents number."""

    @property
    def what(self) -> str:
        """What its line begins with."""


def check_typed_numbers(profile: Profile, findings: Findings) -> None:
    """Report each entry that begins with a number of its own."""
    for path, said in _entries(profile):
        match = _NUMBER.match(said)
        if match:
            message = "前面的编号不用写，文件里会自动编号"
            findings.add(path, "entry.numbered", message, said[:20], "", f"删去“{match[0]}”")


def _entries(profile: Profile) -> Iterator[tuple[str, str]]:
    yield from ((f"goals[{n}].text", goal.text) for n, goal in enumerate(profile.goals))
    lists: dict[str, Sequence[_Statement]] = {
        "problems": profile.problems,
        "acts": profile.acts,
        "schedule": profile.schedule,
        "supervision.checks": profile.supervision.checks,
        "achievements": profile.achievements,
        "shortcomings": profile.shortcomings,
        "next_steps": profile.next_steps,
    }
    for name, entries in lists.items():
        yield from ((f"{name}[{n}].what", entry.what) for n, entry in enumerate(entries))
