"""Plans and schemes of the five invented schools in every look: how alike Word and PDF are.

`python -m tests.support.school_parity` (`make parity`) prints a line for each school, kind and look, and what deviates.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from planforge.compose import choose, compose, find_kinds
from planforge.core.resources import profiles_root, templates_root
from planforge.document.look import find_look
from planforge.document.tree import Document
from planforge.facts import resolve
from planforge.facts.model import Dispatch, Facts
from planforge.policy import load_packs
from planforge.profile import read_profile
from tests.support.parity import Parity, Shift, measure

KINDS = ("work_plan", "implementation_scheme")
LOOKS = tuple(sorted(path.stem for path in (templates_root() / "styles").glob("*.yaml")))
NUMBER = "某小〔2026〕5号"
REACH = 0.5
"""Points that a character of running text may stand from its twin."""


@cache
def schools() -> dict[str, Facts]:
    """The facts of the invented schools, each with what a red head needs."""
    found = {}
    for path in sorted(profiles_root().glob("*.yaml")):
        reading = read_profile(path)
        if "extends:" not in path.read_text(encoding="utf-8"):
            facts = resolve(reading, load_packs())
            given = Dispatch(f"{facts.school.name}文件", "各处室", "区教育局", f"{facts.school.name}办公室")
            found[path.stem] = replace(facts, dispatch=given)
    return found


def documents(look: str) -> dict[str, Document]:
    """Plan and scheme of every school, set in a look."""
    kinds = find_kinds([templates_root()])
    found = {}
    for name in KINDS:
        shape = replace(choose(kinds[name]), look=look, document_number=NUMBER)
        for school, facts in schools().items():
            found[f"{school} {name}"] = compose(kinds[name], facts, shape).document
    return found


def beyond(parity: Parity) -> Iterator[Shift]:
    """The characters that stand too far from their twins; a rounding in the last place is no shift."""
    for shift in parity.shifts:
        if max(abs(shift.across), abs(shift.down)) > REACH + 1e-6:
            yield shift


def main() -> int:
    """Print the table; 1 where anything deviates."""
    worst = 0
    for look in sys.argv[1:] or LOOKS:
        for name, parity in measure(documents(look), find_look(look, [templates_root()])).items():
            print(f"{look:9} {name:42} {parity}", flush=True)
            for theirs, ours in parity.differing:
                print(f"    Word: {theirs}\n    PDF:  {ours}")
            for shift in beyond(parity):
                worst = 1
                print(f"    {shift.text} {shift.across:+.2f} {shift.down:+.2f} p. {shift.page}: {shift.line}")
            worst |= not (parity.same_text and parity.same_pages and parity.share >= 0.99)
    return worst


if __name__ == "__main__":
    sys.exit(main())
