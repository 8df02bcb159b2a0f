"""What came in during the term is no part of the plan that was signed before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.compose import Choices, choose, compose, find_kinds
from planforge.core.resources import profiles_root, templates_root
from planforge.document.tree import Document, NumberedList, inlines_of, plain
from planforge.facts import resolve
from planforge.policy import load_packs
from planforge.profile import read_profile

ADDED = "给六年级重排预习单"
SHORTCOMING = "\nshortcomings:\n  - {what: 两个班漏记, evidence: 作业登记本。}\n"
SIGNED = [
    ("work_plan", "table"), ("work_plan", "list"), ("implementation_scheme", "table"),
    ("implementation_scheme", "prose"), ("implementation_scheme", "list"), ("teaching_office_plan", "table"),
    ("teaching_office_plan", "list"),
]  # fmt: skip


def made(folder: Path, kind: str, **options: str) -> Document:
    """A document of the demo school, which took up another piece of work in November."""
    lines = (profiles_root() / "city-primary.yaml").read_text(encoding="utf-8").splitlines()
    at = lines.index("schedule:") + 1
    while lines[at].strip().startswith("#"):
        at += 1
    lines.insert(at, f"  - {{id: s99, what: {ADDED}, day: 2026-11-20, added: 是}}")
    file = folder / "school.yaml"
    file.write_text("\n".join(lines) + SHORTCOMING, encoding="utf-8")
    reading = read_profile(file)
    assert reading.ok, [str(problem) for problem in reading.problems]
    known = find_kinds([templates_root()])[kind]
    return compose(known, resolve(reading, load_packs()), choose(known, Choices(options=options))).document


def text(document: Document) -> str:
    return "\n".join(plain(one) for block in document.blocks for one in inlines_of(block))


@pytest.mark.parametrize("kind, schedule", SIGNED)
def test_a_signed_plan_does_not_know_what_came_later(tmp_path: Path, kind: str, schedule: str) -> None:
    assert ADDED not in text(made(tmp_path, kind, schedule=schedule))


def test_calendar_and_summary_tell_it(tmp_path: Path) -> None:
    assert ADDED in text(made(tmp_path, "term_calendar"))
    summary = made(tmp_path, "year_end_summary")
    assert f"{ADDED}（中途增加）" in text(summary)
    assert "两个班漏记（作业登记本）。" in text(summary), "evidence is no sentence of its own"
    assert all(len(one.items) > 1 for one in summary.blocks if isinstance(one, NumberedList))
