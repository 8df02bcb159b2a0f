"""Checking costs no more than what has to be done anyway."""

from __future__ import annotations

import time
from collections.abc import Callable

from planforge.app.build import compose_all
from planforge.app.opened_profile import template_search
from planforge.check import check_text, findings
from planforge.core.resources import profiles_root
from planforge.facts import resolve
from planforge.profile import read_profile
from tests.check.schools import packs

FULL = profiles_root() / "city-primary.yaml"


def best(work: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def test_rules_take_no_longer_than_reading_and_validating() -> None:
    reading = read_profile(FULL)
    facts = resolve(reading, packs())
    findings(reading, facts, packs())
    assert best(lambda: findings(reading, facts, packs())) <= best(lambda: read_profile(FULL))


def test_text_checks_take_no_longer_than_composing() -> None:
    reading = read_profile(FULL)
    facts = resolve(reading, packs())
    rules = packs().in_force(facts.term.starts)
    composed = compose_all(facts, reading, (), template_search())
    documents = [made.document for _, made in composed]

    def check() -> None:
        for document in documents:
            check_text(document, facts, rules)

    check()
    # `make bench-check` judges by once; noise does not reach half as much again.
    assert best(check) <= 1.5 * best(lambda: compose_all(facts, reading, (), template_search()))
