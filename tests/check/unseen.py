"""Texts written before the rules were last worked on, with the mistakes that were planted in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from planforge.check import Finding
from planforge.check.text_rules import text_rules
from planforge.facts import Facts
from tests.check.schools import read

DATA = sorted(Path(__file__).parent.glob("unseen_texts*.yaml"))
"""A file a batch or some batches, each with the school that its texts marked `known` are held against."""


MARK = re.compile(r"〖([\w.:-]+)\|([^〗]*)〗")


RULES = {
    "leftover": {
        "placeholder",
        "empty-brackets",
        "blank",
        "todo",
        "site",
        "watermark",
        "doubled-punctuation",
    },
    "brackets": {"unbalanced", "stray-quote", "half-width", "empty-brackets"},
    "counted": {"counted-name"},
    "doubled": {"doubled-words", "doubled-punctuation", "misspelling"},
    "half": {"half-width", "stray-quote", "watermark"},
    "fixed": {"fixed-phrase"},
    "banned": {"banned-words", "labels"},
    "figures": {"figures", "figures-inside", "voluntary"},
    "old": {"abolished", "superseded"},
    "phone": {"phone", "mobile", "empty-brackets"},
    "year": {"year", "day"},
    "other-school": {"other-school", "place"},
    "spelling": {"misspelling", "particles"},
}
"""Which rules count for a kind of mistake; others are called as their rule is."""


NUMBERS = ("homework.", "after-school.", "day.", "lessons.", "sport.")
"""Rules that a number may break that contradicts another one too."""


SLACK = 8
"""Characters by which a finding may begin beside the words that were marked."""


@dataclass(frozen=True)
class Planted:
    """A mistake in a text. line, column: as an editor counts them."""

    kind: str
    words: str
    line: int
    column: int

    def found_by(self, one: Finding) -> bool:
        if one.place is None or one.place.line != self.line:
            return False
        near = self.column - SLACK <= one.place.column <= self.column + len(self.words)
        known = text_rules().get(one.rule)
        if known is None:  # a rule of the state: 六年级作业不超过1.5小时
            named = self.kind.removeprefix("rule:")
            by_number = self.kind == "figures" and one.rule.startswith(NUMBERS)
            return near and (by_number or (named != self.kind and one.rule.startswith(named)))
        names = RULES.get(self.kind, {self.kind})
        if known.once == "passage":  # of its kind the first is told, with how many there are
            return one.rule.removeprefix("text.") in names
        if known.once and self.words in one.found:
            near = True
        return near and one.rule.removeprefix("text.") in names


def planted(marked: str) -> tuple[str, list[Planted]]:
    """The text without its marks, and what they mark."""
    found = []
    lines = []
    for number, line in enumerate(marked.splitlines(), 1):
        while match := MARK.search(line):
            found.append(Planted(match[1], match[2], number, match.start() + 1))
            line = line[: match.start()] + match[2] + line[match.end() :]
        lines.append(line)
    return "\n".join(lines), found


def texts(which: str) -> list[tuple[str, Facts | None]]:
    found: list[tuple[str, Facts | None]] = []
    for path in DATA:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        _, facts = read(data["school"])
        found += [(one, None) if isinstance(one, str) else (one["text"], facts) for one in data[which]]
    return found
