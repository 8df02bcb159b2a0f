"""A plan is this school's: nearly every paragraph prints what it gave, and no two schools' read alike."""

from __future__ import annotations

from itertools import combinations

import pytest

from planforge.compose.frameworks import frameworks
from planforge.core.resources import templates_root
from planforge.document.tree import Document, plain
from tests.templates.composed import FULL, of_this_school, own, own_runs, paragraphs, runs, school, shaped

KINDS = ("work_plan", "implementation_scheme")


def share(name: str, document: Document) -> tuple[float, list[str]]:
    facts = school(name)[1]
    every = paragraphs(document)
    bare = [plain(one) for one in every if not of_this_school(one, facts)]
    return 1 - len(bare) / len(every), bare


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FULL)
def test_at_least_four_paragraphs_in_five_print_a_fact_of_the_school(name: str, kind: str) -> None:
    printed, bare = share(name, own(name, kind))
    assert printed >= 0.8, bare


@pytest.mark.parametrize("name", FULL)
@pytest.mark.parametrize(
    "framework", ["six_stricts", "five_managements", "system_management_demands", "nine_topics"]
)
def test_so_they_do_in_other_shapes(name: str, framework: str) -> None:
    printed, bare = share(
        name, shaped(name, "implementation_scheme", {"framework": framework, "measures": "headings"})
    )
    assert printed >= 0.8, bare


def alike(one: Document, other: Document) -> float:
    first, second = runs(one), runs(other)
    return len(first & second) / min(len(first), len(second))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("one", "other"), list(combinations(FULL, 2)))
def test_two_schools_share_less_than_two_fifths_of_their_words(kind: str, one: str, other: str) -> None:
    # Rule clauses, which all schools must have, are counted too: harder than what is asked.
    assert alike(own(one, kind), own(other, kind)) < 0.4


@pytest.mark.parametrize("framework", sorted(frameworks([templates_root()])))
def test_so_they_do_in_one_and_the_same_shape_outside_rule_clauses(framework: str) -> None:
    """The same clauses in the same order leave the rules alike; what a school says of itself is its own."""
    made = {name: shaped(name, "implementation_scheme", {"framework": framework}) for name in FULL}
    said = {name: own_runs(document, school(name)[1]) for name, document in made.items()}
    shares = {
        (one, other): len(said[one] & said[other]) / min(len(said[one]), len(said[other]))
        for one, other in combinations(FULL, 2)
    }
    assert max(shares.values()) < 0.4, shares


def test_the_measure_sees_two_alike() -> None:
    plan = own("junior", "work_plan")
    assert alike(plan, plan) == 1
    assert own_runs(plan, school("junior")[1]) < runs(plan)
