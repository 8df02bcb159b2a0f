"""A profile's text to Facts, the way every caller goes: read, then resolve."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planforge.facts import Facts, resolve
from planforge.policy import RulePacks, load_packs
from planforge.profile.profile_reader import read_profile_text


@pytest.fixture(scope="session")
def packs() -> RulePacks:
    return load_packs()


@pytest.fixture(scope="session")
def facts_of(packs: RulePacks) -> Callable[[str], Facts]:
    """Facts of a profile whose text is without errors."""

    def resolved(text: str) -> Facts:
        reading = read_profile_text(text, "school.yaml")
        assert reading.ok, [str(problem) for problem in reading.problems]
        return resolve(reading, packs)

    return resolved


@pytest.fixture(scope="session")
def small() -> Callable[..., str]:
    """The text of a profile with little more than the school's name; lines are added below it."""

    def text(
        stage: str = "小学", system: str = "六三", grades: str = "", more: str = "", year: str = ""
    ) -> str:
        lines = ["school:", "  name: 青石区临溪学校", f"  system: {system}"]
        lines += [f"  stage: {stage}"] if stage else []
        lines += [f"  grades: {grades}"] if grades else []
        lines += ["term:", f"  year: {year or '2026-2027'}", "  number: 1"]
        return "\n".join(lines) + "\n" + more

    return text
