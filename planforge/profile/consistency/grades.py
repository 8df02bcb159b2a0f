"""Grades wherever they are named: offered by the school, and in one place of each list only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from planforge.profile.consistency.common import Findings, listed
from planforge.profile.grades import usual_grades
from planforge.profile.model import Profile


class _Graded(Protocol):
    @property
    def grades(self) -> tuple[int, ...]: ...


_WRITTEN = "书面家庭作业"


def _named(profile: Profile) -> Iterator[tuple[str, tuple[int, ...]]]:
    lists: dict[str, Sequence[_Graded]] = {
        "school.campuses": profile.school.campuses,
        "homework.bands": profile.homework.bands,
        "day.sleep": profile.day.sleep,
        "day.bedtime": profile.day.bedtime,
        "day.in_school": profile.day.in_school,
        "after_school.segments": profile.after_school.segments,
        "sport.lessons": profile.sport.lessons,
    }
    for path, entries in lists.items():
        for index, entry in enumerate(entries):
            yield f"{path}[{index}].grades", entry.grades
    for index, size in enumerate(profile.school.sizes):
        yield f"school.sizes[{index}].grade", (size.grade,) if size.grade else ()
    for index, measured in enumerate(profile.homework_minutes.grades):
        yield f"homework_minutes.grades[{index}].grade", (measured.grade,) if measured.grade else ()
    for key in ("paperless_grades", "exam_grades", "midterm_grades"):
        yield f"assessment.{key}", getattr(profile.assessment, key)


def check_grades(profile: Profile, findings: Findings) -> None:
    """Grades that the school does not have, and grades that stand in two entries of one list."""
    school = profile.school
    offered = school.grades or usual_grades(school.stage, school.system)
    if offered:
        for path, grades in _named(profile):
            missing = [grade for grade in grades if grade not in offered]
            if missing:
                message = f"学校没有 {listed(missing)}"
                fix = "去掉没有的年级；确实有的，补到 school 的 grades 里"
                findings.add(path, "grades.not_offered", message, listed(grades), listed(offered), fix)
    _bands(profile, findings)
    _once("day.sleep", profile.day.sleep, findings)
    _once("day.bedtime", profile.day.bedtime, findings)
    _once("day.in_school", profile.day.in_school, findings)
    _once("sport.lessons", profile.sport.lessons, findings)
    both = sorted(set(profile.assessment.paperless_grades) & set(profile.assessment.exam_grades))
    if both:
        message = f"{listed(both)}既写了不考试，又写了有期末考试"
        findings.add("assessment.exam_grades", "assessment.overlap", message, listed(both), fix="只留一处")


def _once(path: str, entries: Sequence[_Graded], findings: Findings, code: str = "grades.overlap") -> None:
    first: dict[int, int] = {}
    for index, entry in enumerate(entries):
        again = [grade for grade in entry.grades if grade in first]
        if again:
            where = findings.line(f"{path}[{first[again[0]]}].grades")
            message = f"{listed(again)}在前面（{where}）已经写过"
            fix = "一个年级只写在一条里"
            findings.add(f"{path}[{index}].grades", code, message, listed(entry.grades), "", fix)
        for grade in entry.grades:
            first.setdefault(grade, index)


def _bands(profile: Profile, findings: Findings) -> None:
    bands = profile.homework.bands
    first: dict[tuple[str, int], int] = {}
    for index, band in enumerate(bands):
        path = f"homework.bands[{index}]"
        scope = band.scope or _WRITTEN
        again = [grade for grade in band.grades if (scope, grade) in first]
        if again:
            where = findings.line(f"homework.bands[{first[scope, again[0]]}].grades")
            message = f"{listed(again)}的作业限额在前面（{where}）已经写过"
            fix = "一个年级只写在一档里"
            findings.add(f"{path}.grades", "bands.overlap", message, listed(band.grades), "", fix)
        for grade in band.grades:
            first.setdefault((scope, grade), index)
        if not band.grades and not findings.lost(f"{path}.grades"):
            findings.add(path, "bands.no_grades", "这一档没有写是哪些年级", fix="补上 grades: 年级")
        if not any(findings.lost(f"{path}.{key}") for key in ("limit", "how", "minutes")):
            _limit(path, band.limit, band.how, band.minutes, findings)


def _limit(path: str, limit: str | None, how: str | None, minutes: int | None, findings: Findings) -> None:
    if how in ("none", "none_soft") and minutes:
        message = "写了不布置作业，又写了分钟数"
        findings.add(f"{path}.minutes", "bands.none_with_minutes", message, str(minutes), fix="两样只留一样")
    elif limit == "rules" and minutes is not None:
        message = "写了“按规定”，又写了分钟数"
        fix = "删去 minutes；比规定更少的，把 limit 改成“更严”"
        findings.add(f"{path}.minutes", "bands.rules_with_minutes", message, str(minutes), fix=fix)
    elif minutes is None and (
        how in ("average", "at_most", "where_possible") or (limit == "stricter" and not how)
    ):
        if limit != "rules":
            message = "没有写分钟数"
            findings.add(
                path,
                "bands.no_minutes",
                message,
                expected="minutes: 分钟数",
                fix="补上 minutes，或者写 limit: 按规定",
            )
    elif minutes == 0:
        message = "分钟数是 0"
        findings.add(
            f"{path}.minutes", "bands.zero", message, "0", fix="不布置作业的，删去 minutes，写 how: 不布置"
        )
