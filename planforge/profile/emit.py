"""A form's data as YAML: for forms that come from elsewhere, such as a workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from planforge.profile.field_titles import keys
from planforge.profile.form import written
from planforge.profile.model import Profile

_HEAD = "# 学校信息表\n"


def as_yaml(data: Mapping[str, Any]) -> str:
    """The YAML of nested dicts, lists and texts; a Chinese title stands above each outermost group."""
    known = keys(Profile)
    lines = [_HEAD]
    for key, value in data.items():
        if isinstance(value, (Mapping, list)) and value and key in known:
            lines.append(f"\n# {known[key].title}")
        lines += _pair(key, value, 0)
    if not data:
        lines.append("{}")  # a form all the same, of which nothing is filled in
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _pair(key: str, value: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, str):
        yield f"{indent}{written(key)}:{_scalar(value, indent)}"
    elif not value:
        yield f"{indent}{written(key)}: []"
    elif isinstance(value, Mapping):
        yield f"{indent}{written(key)}:"
        for inner, member in value.items():
            yield from _pair(inner, member, depth + 1)
    else:
        yield f"{indent}{written(key)}:"
        for member in value:
            yield from _item(member, depth + 1)


def _item(value: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, str):
        yield f"{indent}-{_scalar(value, indent)}"
        return
    lines = [line for key, member in value.items() for line in _pair(key, member, depth + 1)]
    first = lines[0].removeprefix("  " * (depth + 1))
    yield f"{indent}- {first}"
    yield from lines[1:]


def _scalar(value: str, indent: str) -> str:
    """What follows the colon or the dash."""
    if "\n" not in value:
        return f" {written(value)}" if value else ' ""'
    plain = all(line == line.rstrip() and line.isprintable() for line in value.split("\n"))
    if plain and not value.startswith((" ", "\n")) and not value.endswith("\n"):
        body = "\n".join(f"{indent}  {line}" if line else "" for line in value.split("\n"))
        return f" |-\n{body}"
    return f" {json.dumps(value, ensure_ascii=False)}"
