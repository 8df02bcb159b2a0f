"""The form as somebody fills it in on a page: steps, fields with their values, and what the check says of each.

Everything is taken from the form's model: a new field appears by itself, at the end where no step names its group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from planforge.app.opened_profile import TEXT_NAME, OpenedProfile
from planforge.profile.field_titles import Described, Path, dotted, keys, steps_of
from planforge.profile.form import blank_form, choices
from planforge.profile.model import Profile
from planforge.profile.school import Person
from planforge.profile.text_edit import NotEditable
from planforge.profile.value_edit import Row, plain_values, with_rows, with_value

if TYPE_CHECKING:
    from planforge.check import Finding

__all__ = [
    "Column", "FormField", "FormStep", "NotEditable", "Row", "blank_form", "checked_fields", "form_steps", "set_rows",
    "set_value",
]  # fmt: skip

FieldKind = Literal["text", "choice", "lines", "table"]
STEPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("school", "学校与学期", ("school", "term")),
    ("group", "领导小组", ("group", "posts")),
    ("homework", "作业", ("homework", "homework_minutes")),
    ("assessment", "课堂与考试", ("lessons", "assessment")),
    ("day", "一天", ("day", "sport", "phones", "reading", "materials")),
    ("service", "课后服务", ("after_school",)),
    ("problems", "问题与举措", ("problems", "goals", "acts", "bases", "guidance", "standing")),
    ("schedule", "月历", ("schedule",)),
    ("supervision", "监督与家校", ("supervision", "home", "moral", "training", "discipline")),
    ("approval", "落款与文件", ("approval", "dispatch", "attachments", "documents")),
    (
        "summary",
        "学期末",
        ("survey", "indicators", "events", "achievements", "shortcomings", "next_steps", "holiday"),
    ),
)
"""The office's order; groups that none of them names come in a last step."""
LAST = ("more", "其他")
_HIDDEN = ("schema", "extends", "policy", "options", "base")
"""What is no matter of a page: other files, and choices of a document that need its own list."""
_LATER = ("id", "status", "done_on", "reason", "moved_to", "added")
"""Columns that stand in a table only where a row has them: they come with the term, not with the plan."""
_USUAL = frozenset((
    "school.name", "school.short_name", "school.stage", "school.grades", "school.region.district", "term.year", "term.number",
    "term.starts", "term.ends", "group.heads", "group.deputies", "group.members", "group.office", "homework.bands",
    "homework.coordinator", "homework.publicity.how_often", "homework.publicity.where", "homework.no_homework_day",
    "lessons.minutes", "assessment.exam_grades", "assessment.paperless_form", "assessment.final_date", "day.arrival",
    "day.first_lesson", "day.end", "day.long_break_minutes", "day.exercise_minutes", "after_school.offered", "after_school.days",
    "after_school.starts", "after_school.until", "after_school.clubs", "problems", "goals", "acts", "schedule",
    "supervision.hotline", "supervision.checks", "supervision.hotline_person", "home.meeting", "approval.drafted_by",
    "approval.reviewed_by", "approval.issued_by", "approval.day", "dispatch.issuer", "documents", "survey.issued", "survey.returned",
    "achievements", "shortcomings", "next_steps",
))  # fmt: skip
"""Fields that stand open; the others wait behind 更多."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. choices: the words that it takes, where these are few."""

    key: str
    title: str
    sample: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the form.

    Attributes:
        path: dotted, as in messages.
        title, help, sample: in Chinese; the sample is never printed.
        kind: text, one of a few words, one value a line, or a table.
        value: as it is written; of lines, one a line.
        choices: of a choice.
        columns, rows: of a table; a row holds the words of each column, and its number of today.
        open: it stands open, or is filled in; the others wait behind 更多.
        findings: what the check says of it.
    """

    path: str
    title: str
    help: str
    sample: str
    kind: FieldKind
    value: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    open: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class FormStep:
    """A step of the form. groups: its parts, each with a title and its fields."""

    id: str
    title: str
    groups: tuple[tuple[str, tuple[FormField, ...]], ...] = field(default=())

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All fields of the step."""
        return tuple(one for _, fields in self.groups for one in fields)

    @property
    def filled(self) -> int:
        """How many of its fields hold something."""
        return sum(bool(one.value or one.rows) for one in self.fields)


def form_steps(text: str) -> tuple[FormStep, ...]:
    """The whole form with what is filled in.

    Args:
        text: the form's YAML.

    Raises:
        NotEditable: the text cannot be read as a form.
    """
    values = plain_values(text)
    values = values if isinstance(values, Mapping) else {}
    entries = keys(Profile)
    named = {key for _, _, groups in STEPS for key in groups}
    rest = tuple(key for key in entries if key not in named and key not in _HIDDEN)
    return tuple(
        FormStep(
            name,
            title,
            tuple(_group(entries[key], (key,), values.get(key, "")) for key in groups if key in entries),
        )
        for name, title, groups in (*STEPS, (*LAST, rest))
    )


def _group(entry: Described, path: Path, value: Any) -> tuple[str, tuple[FormField, ...]]:
    return entry.title, tuple(_fields(entry, path, value, ""))


def _fields(entry: Described, path: Path, value: Any, before: str) -> list[FormField]:
    title = f"{before}{entry.title}"
    if entry.kind is None or entry.listed or (entry.kind is Person and not isinstance(value, Mapping)):
        return [_field(entry, path, value, title)]
    held = value if isinstance(value, Mapping) else {}
    found: list[FormField] = []
    for key, inner in keys(entry.kind).items():
        if key not in _HIDDEN:
            found += _fields(
                inner, (*path, key), held.get(key, ""), "" if len(path) == 1 else f"{entry.title}·"
            )
    return found


def _field(entry: Described, path: Path, value: Any, title: str) -> FormField:
    words, name = choices(entry.info) if entry.kind is None else (), dotted(path)
    sample = _one_line(entry.sample)
    made = FormField(name, title, entry.description, sample, "text", open=name in _USUAL)
    if entry.listed and entry.kind is not None:
        listed = value if isinstance(value, list) else [value] if value else []
        if entry.kind is Person and not any(isinstance(row, Mapping) for row in listed):
            return replace(
                made, kind="lines", value="\n".join(map(str, listed)), open=made.open or bool(listed)
            )
        columns = tuple(
            Column(key, inner.title, _one_line(inner.sample), choices(inner.info))
            for key, inner in keys(entry.kind).items()
            if inner.kind is None
            and key not in _HIDDEN
            and (key not in _LATER or any(isinstance(row, Mapping) and row.get(key) for row in listed))
        )
        rows = tuple(
            (
                str(number),
                *(
                    _one_line(row.get(column.key, "")) if isinstance(row, Mapping) else ""
                    for column in columns
                ),
            )
            if isinstance(row, Mapping)
            else (str(number), _one_line(row), *("" for _ in columns[1:]))
            for number, row in enumerate(listed)
        )
        return replace(made, kind="table", columns=columns, rows=rows, open=made.open or bool(rows))
    if isinstance(value, list):
        return replace(made, kind="lines", value="\n".join(map(_one_line, value)), open=True)
    return replace(
        made,
        kind="choice" if words else "text",
        value=str(value),
        choices=words,
        open=made.open or value not in ("", {}),
    )


def _one_line(value: Any) -> str:
    """A value as it is written in one line."""
    if isinstance(value, Mapping):
        return "、".join(_one_line(inner) for inner in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(map(_one_line, value))
    return "" if value is None else str(value)


def set_value(text: str, path: str, value: str) -> str:
    """The form's text with a value at a dotted path; empty takes it out.

    Raises:
        NotEditable: the form has no such field, or its text cannot be edited safely.
    """
    return with_value(text, _known(path), value.strip(" \t\r\n\u3000"))


def set_rows(text: str, path: str, rows: Sequence[Row]) -> str:
    """The form's text with these rows in the table at a dotted path. Raises as `set_value`.

    rows: by key; `""` holds the number of the row of today that it was, so that what is not shown of it stays.
    """
    return with_rows(text, _known(path), rows)


def _known(path: str) -> Path:
    """The steps of a path that the model has. Raises NotEditable."""
    parts = steps_of(path)
    model: Any = Profile
    for step in parts:
        if isinstance(step, int):
            continue
        entry = keys(model).get(step) if model is not None else None
        if entry is None:
            raise NotEditable("没有这一项")
        model = entry.kind
    return parts


def checked_fields(text: str) -> tuple[Mapping[str, tuple[Finding, ...]], tuple[Finding, ...]]:
    """What the check says of a form, without its documents.

    Args:
        text: the form's YAML.

    Returns:
        The findings of each field by its dotted path, and all of them, errors first.
    """
    from planforge.app.check_files import check_opened

    opened = OpenedProfile.read(text)
    findings = check_opened(opened, documents=False)[0].findings
    places = sorted(
        ((place.line, place.column), path)
        for known in (opened.reading.keys, opened.reading.places)
        for path, place in known.items()
        if place.file == TEXT_NAME
    )
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        place = finding.place
        at = [path for where, path in places if place is not None and where <= (place.line, place.column)]
        if at and place is not None and place.line:
            by_path.setdefault(at[-1], []).append(finding)
    order = {"error": 0, "warning": 1, "note": 2}
    everything = tuple(sorted(findings, key=lambda one: order[one.severity]))
    return {path: tuple(found) for path, found in by_path.items()}, everything
