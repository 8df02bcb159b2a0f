"""How many planted mistakes the text checks find in texts written before the rules were last worked on, and how many
of their findings are no mistakes: run as a program it lists what is missed and what is false.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from planforge.check import Finding, check_plain
from planforge.check.text_rules import text_rules
from planforge.facts import Facts
from tests.check.schools import packs, read

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
MUST_FIND, MAY_BE_FALSE = 0.9, 0.05


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


def told(text: str, facts: Facts | None) -> list[Finding]:
    day, where = (facts.term.starts, facts.school.region) if facts is not None else (date.max, None)
    rules = packs().in_force(day, where)
    return [one for one in check_plain(text, "旧稿.txt", facts, rules) if one.severity != "note"]


def measure() -> tuple[list[tuple[Planted, bool]], list[tuple[Finding, str, bool]]]:
    """Each planted mistake and whether it was found; each finding, its text, and whether it was planted."""
    mistakes, findings = [], []
    for marked, facts in (*texts("dirty"), *texts("clean")):
        text, wrong = planted(marked)
        found = told(text, facts)
        mistakes += [(one, any(one.found_by(f) for f in found)) for one in wrong]
        findings += [(f, text, any(one.found_by(f) for one in wrong)) for f in found]
    return mistakes, findings


def test_what_is_planted_is_found_and_little_else() -> None:
    mistakes, findings = measure()
    assert len(mistakes) >= 80 and len(texts("clean")) >= 40
    missed = [one for one, hit in mistakes if not hit]
    wrong = [f"{one.rule}：{one.found}" for one, _, right in findings if not right]
    assert len(missed) <= (1 - MUST_FIND) * len(mistakes), missed
    assert len(wrong) <= MAY_BE_FALSE * len(findings), wrong


def test_clean_texts_are_left_alone() -> None:
    assert [(text, str(one)) for text, facts in texts("clean") for one in told(text, facts)] == []


if __name__ == "__main__":
    all_mistakes, all_findings = measure()
    right = sum(hit for _, hit in all_mistakes)
    print(f"recall {right}/{len(all_mistakes)} = {right / len(all_mistakes):.0%}")
    true = sum(hit for _, _, hit in all_findings)
    print(f"precision {true}/{len(all_findings)} = {true / len(all_findings):.0%}")
    for one, hit in all_mistakes:
        if not hit:
            print("missed", one)
    for finding, text, hit in all_findings:
        if not hit:
            print("false ", finding.rule, finding.found, "|", text[:60].replace("\n", "/"))
