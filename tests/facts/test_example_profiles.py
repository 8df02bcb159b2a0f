"""The example schools resolve without a notice, and what they state stands in their facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.core.resources import profiles_root
from planforge.facts import leaves, resolve
from planforge.policy import RulePacks
from planforge.profile.profile_reader import read_profile

EXAMPLES = sorted(profiles_root().glob("*.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_school_has_its_facts(path: Path, packs: RulePacks) -> None:
    reading = read_profile(path)
    facts = resolve(reading, packs)
    assert facts.notices == ()
    assert tuple(grade for band in facts.homework.bands for grade in band.grades) == facts.school.grades
    assert set(facts.sources) == {one for one, _ in leaves(facts)}
    for one in leaves(facts):
        source = facts.sources[one[0]]
        assert source.kind != "profile" or (source.place is not None and source.layer), one


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_everything_an_example_states_is_a_fact(path: Path, packs: RulePacks) -> None:
    """Every place at which the school wrote a value is the source of a fact; only choices lead elsewhere."""
    reading = read_profile(path)
    used = {source.place for source in resolve(reading, packs).sources.values()}
    # A list of plain values is one fact; the tick "by the rules" leads to the rule; grades are merged.
    elsewhere = ("]", ".limit", ".lessons", "schema")
    parents = {one.rpartition(".")[0] for one in reading.places} | {
        one[: one.rfind("[")] for one in reading.places if "[" in one
    }
    unused = [
        one
        for one, place in reading.places.items()
        if place not in used
        and one not in parents
        and not one.endswith((*elsewhere, ".grades"))
        and not one.startswith(
            ("documents", "extends")
        )  # which papers are wanted, and what this rests on, is no fact
    ]
    assert unused == []
