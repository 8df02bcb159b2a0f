"""Profiles for the checker's tests: a small invented school, lines added as needed."""

from __future__ import annotations

from functools import cache

from planforge.check import Finding, findings
from planforge.facts import Facts, resolve
from planforge.policy import RulePacks, load_packs
from planforge.profile import ReadProfile
from planforge.profile.profile_reader import read_profile_text

STAGES = {("六三", "小学"): "1-6", ("六三", "初中"): "7-9", ("五四", "小学"): "1-5", ("五四", "初中"): "6-9"}


@cache
def packs() -> RulePacks:
    return load_packs()


def profile(
    more: str = "", *, stage: str = "小学", system: str = "六三", year: str = "2026-2027", number: int = 1
) -> str:
    head = ["school:", "  name: 青石区临溪学校", f"  system: {system}", f"  stage: {stage}"]
    return "\n".join([*head, "term:", f"  year: {year}", f"  number: {number}", more])


def read(text: str) -> tuple[ReadProfile, Facts]:
    reading = read_profile_text(text, "school.yaml")
    assert reading.ok, [str(problem) for problem in reading.problems]
    return reading, resolve(reading, packs())


def checked(text: str) -> tuple[Finding, ...]:
    reading, facts = read(text)
    return findings(reading, facts, packs())


def rules_of(text: str) -> set[str]:
    """Ids of the rules that a profile breaks or strains, without notes."""
    return {one.rule for one in checked(text) if one.severity != "note"}
