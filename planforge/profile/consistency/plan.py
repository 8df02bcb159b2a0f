"""The term's problems, goals, acts and calendar: ids that hold, few enough to be done."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from planforge.profile.consistency.common import Findings
from planforge.profile.model import Profile

MAX_GOALS = 6
MAX_ACTS = 5


def check_plan(profile: Profile, findings: Findings) -> None:
    """Entries that say nothing, ids given twice, references to nothing, too much for one term."""
    for key, entries, wanted in (
        ("problems", profile.problems, "what"),
        ("goals", profile.goals, "text"),
        ("acts", profile.acts, "what"),
        ("schedule", profile.schedule, "what"),
        ("supervision.checks", profile.supervision.checks, "what"),
        ("bases", profile.bases, "title"),
        ("guidance", profile.guidance, "text"),
        ("documents", profile.documents, "kind"),
        ("attachments", profile.attachments, "title"),
        ("standing", profile.standing, "title"),
        ("events", profile.events, "what"),
        ("indicators", profile.indicators, "name"),
        ("achievements", profile.achievements, "what"),
        ("shortcomings", profile.shortcomings, "what"),
        ("next_steps", profile.next_steps, "what"),
        ("holiday.tasks", profile.holiday.tasks, "what"),
    ):
        _filled(key, entries, wanted, findings)
        _ids(key, entries, findings)
    _references(profile, findings)
    _few(profile, findings)


def _filled(key: str, entries: Sequence[Any], wanted: str, findings: Findings) -> None:
    for index, entry in enumerate(entries):
        path = f"{key}[{index}]"
        if not getattr(entry, wanted) and not findings.lost(f"{path}.{wanted}"):
            message = "这一条没有写主要内容"
            findings.add(
                path, "entry.empty", message, expected=f"{wanted}: ……", fix=f"补上 {wanted}，或者删去这一条"
            )


def _ids(key: str, entries: Sequence[Any], findings: Findings) -> None:
    first: dict[str, int] = {}
    for index, entry in enumerate(entries):
        name = getattr(entry, "id", "")
        if name and name in first:
            where = findings.line(f"{key}[{first[name]}].id")
            message = f"编号“{name}”已经用过（{where}）"
            findings.add(f"{key}[{index}].id", "id.repeated", message, name, fix="换一个没有用过的编号")
        first.setdefault(name, index)


def _references(profile: Profile, findings: Findings) -> None:
    if findings.lost_below("acts"):
        return
    names = [act.id for act in profile.acts if act.id]
    for index, problem in enumerate(profile.problems):
        if problem.act and problem.act not in names:
            near = difflib.get_close_matches(problem.act, names, 1, 0.3)
            fix = f"改成 {near[0]}" if near else "在 acts 里写上这条举措的 id，或者删去 act"
            message = f"没有编号是“{problem.act}”的举措"
            findings.add(f"problems[{index}].act", "act.unknown", message, problem.act, "、".join(names), fix)


def _few(profile: Profile, findings: Findings) -> None:
    for key, count, most, name in (
        ("goals", len(profile.goals), MAX_GOALS, "目标"),
        ("acts", len(profile.acts), MAX_ACTS, "重点举措"),
    ):
        if count > most:
            message = f"{name}有 {count} 条，一个学期做不过来"
            expected = f"不超过 {most} 条"
            findings.add(f"{key}[{most}]", f"{key}.many", message, f"{count} 条", expected, severity="notice")
