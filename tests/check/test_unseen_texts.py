"""How many planted mistakes the text checks find in texts written before the rules were last worked on, and how many
of their findings are no mistakes: run as a program it lists what is missed and what is false.
"""

from __future__ import annotations

from datetime import date

from planforge.check import Finding, check_plain
from planforge.facts import Facts
from tests.check.schools import packs
from tests.check.unseen import Planted, planted, texts

MUST_FIND, MAY_BE_FALSE = 0.9, 0.05


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
