"""What a first plan cannot do without; said as a notice, so that a blank form can be read."""

from __future__ import annotations

from planforge.profile.consistency.common import Findings
from planforge.profile.model import Profile


def check_required(profile: Profile, findings: Findings) -> None:
    """Name the keys without which no document can be made."""
    school, term = profile.school, profile.term
    wanted = (
        ("school.name", bool(school.name), "还没有写学校全称", "name: 学校全称"),
        ("school.stage", bool(school.stage or school.grades), "还没有写学段", "stage: 小学"),
        ("term.year", bool(term.year or term.starts or term.title), "还没有写学年", "year: 2026-2027"),
        ("term.number", bool(term.number or term.starts or term.title), "还没有写学期", "number: 1"),
        (
            "group.heads",
            bool(profile.group.heads or profile.posts),
            "还没有写组长",
            "heads: 姓名（校长）",
        ),
    )
    for path, given, message, sample in wanted:
        if not given and not findings.lost(path):
            fix = _where(path, sample, findings)
            findings.add(path, "required.missing", message, "", "", fix, severity="notice")


def _where(path: str, sample: str, findings: Findings) -> str:
    """Where to write what is missing: behind the key that is there and blank, else below its group."""
    group, _, key = path.partition(".")
    at, place = findings.written.get(path), findings.place(path)
    if at is None or at.cell or place is None:
        return f"在 {group} 之下写“{sample}”"
    if place.line != at.line:  # a list whose first entry is blank
        return f"在第 {place.line} 行“- name:”后面填姓名，职务填在 post: 后面"
    return f"在第 {at.line} 行“{key}:”后面填，如“{sample}”"
