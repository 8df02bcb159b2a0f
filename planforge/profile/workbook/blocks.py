"""The form cut into blocks, as a workbook shows them: groups of single values, and lists as tables.

Everything comes from the model, like the blank YAML form: titles, explanations, samples and choices. What is
decided here is only which blocks share a sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from pydantic.fields import FieldInfo

from planforge.profile import values
from planforge.profile.field_titles import Described, keys
from planforge.profile.fields import FormGroup
from planforge.profile.model import Profile

Shape = Literal[
    "text",
    "long",
    "texts",
    "lines",
    "options",
    "grades",
    "range",
    "day",
    "clock",
    "percent",
    "phone",
    "whole",
]
KeyPath = tuple[str, ...]

PLAIN = "信息表"
"""The block of the outermost single values: version, layers, rule files."""

SHEETS: tuple[tuple[str, KeyPath], ...] = (
    ("学校和学期", ("school", "term", "")),
    ("人员", ("group", "posts", "approval")),
    ("上学期的问题", ("problems",)),
    ("本学期目标", ("goals",)),
    ("重点举措", ("acts",)),
    ("月历", ("schedule",)),
    ("依据和制度", ("bases", "exceptions", "guidance", "standing", "attachments")),
    ("作业", ("homework",)),
    ("课堂和考试", ("lessons", "assessment")),
    ("作息", ("day",)),
    ("课后服务", ("after_school",)),
    ("体育和教辅等", ("sport", "materials", "phones", "reading")),
    ("监督家校德育", ("supervision", "home", "moral")),
    ("教师和奖惩", ("training", "discipline")),
    ("要生成的文件", ("documents", "dispatch")),
    ("调查和指标", ("survey", "homework_minutes", "indicators")),
    ("大事和成绩", ("events", "achievements", "shortcomings", "next_steps")),
    ("假期", ("holiday",)),
    ("教研组", ("subject_groups",)),
    ("教师反思", ("reflection",)),
)
"""Which groups stand on one sheet, in the order in which an office fills them in."""


@dataclass(frozen=True, slots=True)
class BlockField:
    """A value of a block. path: keys from the block down; title: its label or heading; shape: how it is written."""

    path: KeyPath
    title: str
    entry: Described
    shape: Shape


@dataclass(frozen=True, slots=True)
class FormBlock:
    """Values under one heading.

    title: all titles from the top, “作业·作业限额”. path: the keys to the group or list. table: a list, an entry
    a row. parent: of a list within the entries of another list, that list's path; its rows name their entry
    in a first column `link`.
    """

    title: str
    path: KeyPath
    entry: Described | None
    kind: type[FormGroup]
    table: bool
    fields: tuple[BlockField, ...]
    parent: KeyPath = ()
    link: str = ""


_SHAPES: tuple[tuple[Any, Shape], ...] = (
    (values.Clock, "clock"), (values.Day, "day"), (values.Percent, "percent"), (values.Phone, "phone"),
    (values.Grades, "grades"), (values.MinuteRange, "range"), (values.Texts, "texts"),
    (values.Lines, "lines"), (values.Text, "long"),
)  # fmt: skip
_WHOLE = (values.Minutes, values.Hours, values.Days, values.Weeks, values.Times, values.Count, values.Month)
_BY_READER: Mapping[int, Shape] = {
    **{id(get_args(kind)[1]): shape for kind, shape in _SHAPES},
    **{id(get_args(kind)[1]): "whole" for kind in _WHOLE},
}
"""Each type of value by the object that reads it, which pydantic hands on unchanged."""


def shape_of(info: FieldInfo) -> Shape:
    """How the values of a field are written."""
    if str(info.annotation).startswith("dict["):
        return "options"
    shapes: list[Shape] = []

    def visit(part: Any) -> None:
        if id(part) in _BY_READER:
            shapes.append(_BY_READER[id(part)])
        for inner in (*get_args(part), *getattr(part, "__metadata__", ())):
            visit(inner)

    for part in (*info.metadata, info.annotation):
        visit(part)
    return shapes[0] if shapes else "text"


@cache
def blocks() -> Mapping[KeyPath, FormBlock]:
    """All blocks by their path, in the order of the model; () is the block of outermost single values."""
    by_path: dict[KeyPath, FormBlock] = {}
    plain = tuple(
        BlockField((key,), entry.title, entry, shape_of(entry.info))
        for key, entry in keys(Profile).items()
        if entry.kind is None
    )
    by_path[()] = FormBlock(PLAIN, (), None, Profile, False, plain)
    for key, entry in keys(Profile).items():
        if entry.kind is not None:
            for block in _blocks(entry, (key,), entry.title, None):
                by_path[block.path] = block
    return by_path


def _blocks(entry: Described, path: KeyPath, title: str, parent: FormBlock | None) -> Iterator[FormBlock]:
    assert entry.kind is not None
    link = parent.entry.title if parent is not None and parent.entry else ""
    above = parent.path if parent is not None else ()
    fields = tuple(_fields(entry.kind, (), ""))
    own = FormBlock(title, path, entry, entry.kind, entry.listed, fields, above, link)
    yield own
    yield from _lists(entry.kind, path, title, own if entry.listed else None)


def _fields(kind: type[FormGroup], path: KeyPath, prefix: str) -> Iterator[BlockField]:
    for key, entry in keys(kind).items():
        if entry.kind is None:
            yield BlockField((*path, key), f"{prefix}{entry.title}", entry, shape_of(entry.info))
        elif not entry.listed:
            yield from _fields(entry.kind, (*path, key), f"{prefix}{entry.title}·")


def _lists(kind: type[FormGroup], path: KeyPath, title: str, parent: FormBlock | None) -> Iterator[FormBlock]:
    for key, entry in keys(kind).items():
        if entry.kind is None:
            continue
        if entry.listed:
            yield from _blocks(entry, (*path, key), f"{title}·{entry.title}", parent)
        else:
            yield from _lists(entry.kind, (*path, key), f"{title}·{entry.title}", parent)


@cache
def sheets() -> Mapping[str, tuple[FormBlock, ...]]:
    """The blocks of each sheet: what a first plan needs, then single values, then lists. A group that has no sheet yet gets one of its own title."""
    placed = {key for _, listed in SHEETS for key in listed}
    more = [(entry.title, (key,)) for key, entry in keys(Profile).items() if entry.kind and key not in placed]
    by_key: dict[str, list[FormBlock]] = {}
    for block in blocks().values():
        by_key.setdefault(block.path[0] if block.path else "", []).append(block)
    by_sheet = {}
    for name, listed in (*SHEETS, *more):
        here = [block for key in listed for block in by_key[key] if block.fields]
        by_sheet[name] = tuple(sorted(here, key=lambda block: (not _needed(block), block.table)))
    return by_sheet


def _needed(block: FormBlock) -> bool:
    """Whether a first plan needs something of it."""
    return block.entry is not None and (block.entry.first or any(field.entry.first for field in block.fields))
