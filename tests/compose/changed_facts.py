"""Facts with one of them changed to something else of its type, as a school might have written it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from planforge.facts.model import Facts

_CLOCK = re.compile(r"(\d{1,2}):(\d\d)")


def steps(path: str) -> list[str | int]:
    """The steps of a path: homework.bands[0] → homework, bands, 0."""
    return [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", path)]


def with_value(whole: Any, path: list[str | int], value: object) -> Any:
    """The same, with this value at the path."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(first, int):
        return (*whole[:first], with_value(whole[first], rest, value), *whole[first + 1 :])
    return replace(whole, **{first: with_value(getattr(whole, first), rest, value)})


def hint_at(facts: Facts, path: str) -> Any:
    """The model's type of the value at a path."""
    value: Any = facts
    hint: Any = Facts
    for step in steps(path):
        if isinstance(step, int):
            args = get_args(_given(hint))
            hint, value = (args[0] if len(args) == 2 and args[1] is Ellipsis else args[step]), value[step]
        else:
            hint, value = get_type_hints(type(value))[step], getattr(value, step)
    return hint


def others(value: object, hint: Any) -> Iterator[object]:
    """Other values of the same type, the likeliest first."""
    hint = _given(hint)
    if get_origin(hint) is Literal:
        yield from (word for word in get_args(hint) if word != value)
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
        yield value - 1
    elif isinstance(value, float):
        yield value - 0.5
    elif isinstance(value, date):
        yield value + timedelta(days=1)
    elif isinstance(value, str):
        clock = _CLOCK.fullmatch(value)
        yield f"{clock[1]}:{(int(clock[2]) + 5) % 60:02d}" if clock else f"改{value}"
    elif isinstance(value, tuple) and value:
        for one in others(value[-1], None):
            yield (*value[:-1], one)
        yield value[:-1]
        yield value[1:]
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            for other in others(getattr(value, one.name), None):
                yield replace(value, **{one.name: other})


def _given(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return next(arg for arg in get_args(hint) if arg is not NoneType)
    return hint
