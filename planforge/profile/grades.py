"""Grades as people write them: 1-6, 一至六年级, 1、2、3, 七、八年级."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HAN = {name: grade for grade, name in enumerate("一二三四五六七八九", 1)}
_JUNIOR = {"初一": ("七", "六"), "初二": ("八", "七"), "初三": ("九", "八"), "初四": ("九", "九")}
_RANGE = re.compile(r"\s*(?:[-~—–－～]+|至|到)\s*")


class UnreadableGrades(Exception):
    """Grades that cannot be read. code: stable name; message: Chinese; fix: the mend, where there is one."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        self.code = code
        self.message = message
        self.fix = fix
        super().__init__(message)


def _one(text: str) -> int:
    name = text.strip().removesuffix("年级").removesuffix("年").strip()
    if name in _JUNIOR:
        usual, five_four = _JUNIOR[name]
        fix = f"写成{usual}年级（五四学制写成{five_four}年级）"
        raise UnreadableGrades("grades.ambiguous", f"“{name}”在六三、五四两种学制里不是同一个年级", fix)
    if name in _HAN:
        return _HAN[name]
    if re.fullmatch(r"[0-9]{1,3}", name):
        grade = int(name)
        if not 1 <= grade <= 9:
            raise UnreadableGrades(
                "grades.range", "义务教育阶段的年级是 1 到 9", "核对年级；这里不填高中年级"
            )
        return grade
    raise UnreadableGrades("grades.form", "年级没有写对")


def parse_grades(parts: Sequence[str]) -> tuple[int, ...]:
    """The grades written in `parts`, each a grade, a range or several joined by 、.

    Returns them ascending. Raises GradeError where one is unknown, outside 1 to 9, repeated or out of order.
    """
    grades: list[int] = []
    for part in parts:
        for piece in re.split(r"[、,，;；\s]+", _RANGE.sub("-", part.strip())):
            if not piece:
                continue
            first, dash, last = piece.partition("-")
            low = _one(first)
            high = _one(last) if dash else low
            if low > high:
                raise UnreadableGrades("grades.order", "年级范围写反了", f"写成 {high}-{low}")
            grades.extend(range(low, high + 1))
    if not grades:
        raise UnreadableGrades("grades.form", "没有写年级")
    tidy = sorted(set(grades))
    shown = "、".join(str(grade) for grade in tidy)
    if len(tidy) != len(grades):
        raise UnreadableGrades("grades.repeated", "同一个年级写了不止一次", f"写成 {shown}")
    if tidy != grades:
        raise UnreadableGrades("grades.order", "年级没有从低到高写", f"写成 {shown}")
    return tuple(grades)


def usual_grades(stage: str | None, system: str | None) -> tuple[int, ...]:
    """The grades of a stage (primary, junior, nine_year) in a system (6-3, 5-4); () where the stage is open."""
    last = 5 if system == "5-4" else 6
    spans = {"primary": range(1, last + 1), "junior": range(last + 1, 10), "nine_year": range(1, 10)}
    return tuple(spans.get(stage or "", ()))
