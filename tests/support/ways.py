"""The public door in one call each, for tests that make something of a form on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from planforge.app.build_results import Report
from planforge.app.letters import Batch, LetterOrder
from planforge.app.master_letter import Master, MasterOrder
from planforge.app.opened_profile import OpenedProfile
from planforge.app.school import School
from planforge.facts import Facts
from planforge.profile import ReadProfile


def build(
    profile: Path,
    output: Path,
    only: Sequence[str] = (),
    formats: Sequence[str] = ("docx", "pdf"),
    own_templates: Sequence[Path] = (),
    base: Path | None = None,
    **more: Any,
) -> Report:
    """`School.build` of a form. more: of its options."""
    return School.open(profile, templates=own_templates, base=base).build(output, only, formats, **more)


def batch(
    profile: Path,
    kind: str,
    roster: Path,
    output: Path | None,
    *,
    own_templates: Sequence[Path] = (),
    base: Path | None = None,
    **more: Any,
) -> Batch:
    """`School.letters` of a form. more: of the order, or of the run."""
    names = {field.name for field in fields(LetterOrder)}
    order = LetterOrder(**{name: value for name, value in more.items() if name in names})
    how = {name: value for name, value in more.items() if name not in names}
    return School.open(profile, templates=own_templates, base=base).letters(
        kind, roster, output, order, **how
    )


def master(profile: Path, kind: str, roster: Path | None, output: Path | None, **order: Any) -> Master:
    """`School.master` of a form. order: of the master's order."""
    return School.open(profile).master(kind, roster, output, MasterOrder(**order))


def remove(
    profile: Path, kind: str, output: Path, own_templates: Sequence[Path] = ()
) -> tuple[int, list[str]]:
    """`School.remove_letters` of a form."""
    removed = School.open(profile, templates=own_templates).remove_letters(kind, output)
    return removed.count, list(removed.kept)


def read_facts(profile: Path) -> tuple[Facts, ReadProfile]:
    """The facts of a form, and how it was read. Raises InputError where it cannot be used."""
    opened = OpenedProfile.open(profile)
    return opened.facts, opened.reading
