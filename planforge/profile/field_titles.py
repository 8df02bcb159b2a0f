"""What the model says about a path: its Chinese title, its keys, where else a key is at home."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from planforge.profile.fields import FormGroup
from planforge.profile.model import Profile

Step = str | int
Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """A key of the form. kind: the group behind it, if any; listed: whether it holds a list of them."""

    key: str
    title: str
    description: str
    sample: Any
    first: bool
    kind: type[FormGroup] | None
    listed: bool
    info: FieldInfo


def dotted(path: Sequence[Step]) -> str:
    """A path in writing: homework.bands[0].minutes."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(parts).removeprefix(".")


def steps_of(path: str) -> Path:
    """A path in writing as its steps: homework.bands[0].minutes."""
    parts = path.replace("[", ".").replace("]", "").split(".")
    return tuple(int(part) if part.isdecimal() else part for part in parts)


def _kinds(annotation: Any) -> Iterator[tuple[type[FormGroup], bool]]:
    if isinstance(annotation, type) and issubclass(annotation, FormGroup):
        yield annotation, False
        return
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for inner in get_args(annotation):
            yield from _kinds(inner)
    elif origin is tuple:
        for kind, _ in _kinds(get_args(annotation)[0]):
            yield kind, True


@cache
def keys(model: type[FormGroup]) -> dict[str, Described]:
    """The keys of a group as people write them, in order."""
    described = {}
    for name, info in model.model_fields.items():
        kind, listed = next(_kinds(info.annotation), (None, False))
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        key = info.alias or name
        sample = info.examples[0] if info.examples else None
        described[key] = Described(
            key,
            info.title or key,
            info.description or "",
            sample,
            bool(extra.get("first")),
            kind,
            listed,
            info,
        )
    return described


@cache
def homes() -> dict[str, tuple[str, ...]]:
    """For every key anywhere in the form, the groups it may stand in (“” is the top level)."""
    groups_by_key: dict[str, list[str]] = {}

    def visit(model: type[FormGroup], prefix: str) -> None:
        for key, entry in keys(model).items():
            groups_by_key.setdefault(key, []).append(prefix)
            if entry.kind is not None:
                visit(entry.kind, f"{prefix}.{key}".removeprefix("."))

    visit(Profile, "")
    return {key: tuple(places) for key, places in groups_by_key.items()}


def at(path: Sequence[Step]) -> Described | None:
    """What the model says about the innermost key of `path`; None where the path leaves the model."""
    model: type[FormGroup] | None = Profile
    entry: Described | None = None
    for step in path:
        if isinstance(step, int):
            continue
        if model is None or step not in keys(model):
            return entry if model is None else None
        entry = keys(model)[step]
        model = entry.kind
    return entry


def group_at(path: Sequence[Step]) -> type[FormGroup] | None:
    """The group that stands at `path`, None where it is a value."""
    if not any(isinstance(step, str) for step in path):
        return Profile
    entry = at(path)
    return entry.kind if entry else None


def title(path: Sequence[Step]) -> str:
    """The Chinese title of `path`, with the number of the entry: 成员（第 2 条）·姓名."""
    words: list[str] = []
    for length, step in enumerate(path, 1):
        if isinstance(step, int):
            if words:
                words[-1] += f"（第 {step + 1} 条）"
            continue
        entry = at(path[:length])
        if entry is None:
            break
        words.append(entry.title)
    return "·".join(words[-2:])
