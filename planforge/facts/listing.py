"""Facts as people read them: every value with its title, its words and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from planforge.facts.model import Facts, Source
from planforge.facts.paths import leaves
from planforge.profile.model import Profile
from planforge.profile.values import HOWS, PHRASES, STAGES, STATUSES, SYSTEMS, TOPICS

_OWN_TITLES: Mapping[str, str] = {
    "term.year_from": "学年开始的年份",
    "term.year_to": "学年结束的年份",
    "term.months.year": "学期各月的年份",
    "term.months.month": "学期各月",
    "term.starts_given": "写了开学日期",
    "approval.own_day": "这份文件自己的日期",
    "exceptions.quantity": "另有规定的是什么",
    "weeks.holidays.basis": "放假的依据",
    "weeks.holidays.lessons": "是否上课",
    "bases.topics": "依据的类别",
    "topic_bases.title": "专项规定",
    "topic_bases.issuer": "专项规定的发文机关",
    "topic_bases.number": "专项规定的文号",
    "topic_bases.day": "专项规定的日期",
    "topic_bases.topics": "专项规定的类别",
    "topic_bases.local": "专项规定是否地方文件",
    "usual_guidance.text": "通用的指导思想提法",
    "usual_guidance.kind": "通用提法的种类",
    "homework.bands.stricter": "严于规定",
    "day.first_lesson_limits.grades": "第一节课不早于（年级）",
    "day.first_lesson_limits.clock": "第一节课不早于",
    "schedule.month.year": "年份",
    "schedule.month.month": "月份",
    "subject_groups.schedule.month.year": "教研组月历的年份",
    "subject_groups.schedule.month.month": "教研组月历的月份",
    "homework_minutes.grades.limit": "学校的限量",
    "homework_minutes.pupils": "量了多少人",
    "weeks.number": "第几周",
    "weeks.starts": "周一",
    "weeks.until": "周日",
    "weeks.holidays.name": "假日",
    "weeks.holidays.starts": "假日的第一天",
    "weeks.holidays.until": "假日的最后一天",
    "weeks.swapped": "调休上课",
    "weeks.settled": "放假安排已公布",
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    name: {value: chinese for chinese, value in table.items()}
    for name, table in (("stage", STAGES), ("system", SYSTEMS), ("how", HOWS), ("topic", TOPICS), ("topics", TOPICS), ("status", STATUSES), ("kind", PHRASES))
}  # fmt: skip
_KINDS = {"rule": "规定", "derived": "推算"}


@dataclass(frozen=True, slots=True)
class FactLine:
    """One value. path: in Facts; title: its Chinese name; text: its words; source: where it comes from."""

    path: str
    title: str
    text: str
    source: Source

    @property
    def origin(self) -> str:
        """The source in a few words: a place, 规定 with its id, or 推算."""
        if self.source.kind == "profile":
            return str(self.source.place) if self.source.place else "信息表"
        return " ".join(part for part in (_KINDS[self.source.kind], self.source.rule) if part)


def describe(facts: Facts) -> Iterator[FactLine]:
    """Every value of `facts`, in the model's order."""
    for path, value in leaves(facts):
        yield FactLine(path, title_of(path), _text(path, value), facts.sources[path])


def title_of(path: str) -> str:
    """The Chinese title of a value; the form's own, where the form has the field."""
    return _title(re.sub(r"\[\d+\]", "", path))


@cache
def _title(path: str) -> str:
    if path in _OWN_TITLES:
        return _OWN_TITLES[path]
    model: type[BaseModel] | None = Profile
    title = ""
    for name in path.split("."):
        if model is None or name not in model.model_fields:
            return title
        info = model.model_fields[name]
        title = info.title or name
        model = _group(info.annotation)
    return title


def _group(annotation: Any) -> type[BaseModel] | None:
    """The group of fields that an annotation holds, through X | None and tuple[X, ...]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    groups = (_group(argument) for argument in get_args(annotation))
    return next((group for group in groups if group is not None), None)


def _text(path: str, value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, tuple):
        if path == "sport.lessons":
            return "；".join(f"{_ranges(grades)} 年级 {count} 节" for grades, count in value)
        if all(isinstance(member, int) for member in value):
            return _ranges(value) if path.endswith("grades") else "—".join(map(str, value))
        return "、".join(_text(path, member) for member in value)
    words = _WORDS.get(path.rpartition(".")[2], {})
    return words.get(str(value), str(value))


def _ranges(grades: tuple[int, ...]) -> str:
    """Grades with neighbours drawn together: 1-2、5."""
    parts: list[list[int]] = []
    for grade in grades:
        if parts and grade == parts[-1][-1] + 1:
            parts[-1].append(grade)
        else:
            parts.append([grade])
    return "、".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)
