"""What a bureau gives its schools is no copy; and a copy of several is told once."""

from __future__ import annotations

from dataclasses import replace

from planforge.check.alike import alike, own_words
from tests.check.schools import read
from tests.check.test_alike import ACTS, OTHER, found, words


def test_the_words_of_a_shared_layer_are_no_copies() -> None:
    schools = []
    for name in ("东小学", "西小学"):
        facts = read(words(name, ACTS))[1]
        shared = {path: replace(source, layer="bureau") for path, source in facts.sources.items()}
        schools.append(own_words(replace(facts, sources=shared), f"{name}.yaml"))
    assert list(alike(schools)) == []


def test_a_copy_of_several_is_told_of_the_nearest() -> None:
    near = found(("东小学", ACTS[:2] + OTHER[2:]), ("西小学", ACTS), ("南小学", ACTS))
    assert [which for which, _, _ in near] == [1, 2]
    assert "西小学" in near[1][1]
