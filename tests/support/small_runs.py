"""Small runs for the tests of what can go wrong in them: thirty invented pupils of two classes, no profile, no roster."""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from planforge.batch.planning import Plan
from planforge.batch.run import Outcome, run
from planforge.core.problems import Place
from planforge.roster import Recipient
from planforge.roster.classes import SchoolClass
from tests.support.letters import SIMPLE, look

_GIVEN = "禾舟桐林晨涵怡轩梓明"
NAMES = tuple(
    f"{family}{first}{second}"
    for family in "丁卞甘"
    for first, second in zip(_GIVEN, _GIVEN[3:] + _GIVEN[:3], strict=True)
)
FOLDER = Path("青禾小学") / "2026—2027学年第一学期" / "短信"


def people(names: Sequence[str] = NAMES) -> list[Recipient]:
    """A recipient for each name, fifteen in a class."""
    found = []
    for number, name in enumerate(names):
        class_, seat = SchoolClass(3, number // 15 + 1), number % 15 + 1
        values = {"name": name, "class": str(class_), "seat": str(seat)}
        found.append(
            Recipient(values, "三年级", number + 2, Place("名单.xlsx", cell=f"C{number + 2}"), class_, seat)
        )
    return found


def plan(**more: Any) -> Plan:
    """Word a letter and PDF a class."""
    made = Plan(
        name="短信",
        school=FOLDER.parts[0],
        term=FOLDER.parts[1],
        documents={(): SIMPLE},
        varies_by=(),
        look=look(),
        formats=("docx", "pdf"),
    )
    return replace(made, **more)


def made(
    output: Path | None,
    names: Sequence[str] = NAMES,
    *,
    formats: Sequence[str] = ("docx", "pdf"),
    **more: Any,
) -> Outcome:
    """A run in this process. more: of the plan, or of the run."""
    of_plan = {name: more.pop(name) for name in list(more) if name in {one.name for one in fields(Plan)}}
    return run(plan(formats=tuple(formats), **of_plan), people(names), output, **{"jobs": 1, **more})


def files(output: Path) -> Mapping[str, bytes]:
    """All that the run's folder holds, hidden files too."""
    folder = output / FOLDER
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def hears_ctrl_c() -> None:
    """What is started in the background of a script does not hear it, and passes that on."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
