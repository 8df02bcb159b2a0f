"""One look file as it is written: plain values, and the place of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from planforge.core.problems import InputError, Place, Problem
from planforge.core.yaml_nodes import NotRead, plain_node

Places = dict[str, Place]
"""Where each key stands, by its path: `styles.title.size`."""

_DEPTH = 12


@dataclass(frozen=True, slots=True)
class LookFile:
    """A look file. data: what is written; places: where."""

    file: str
    data: dict[str, Any]
    places: Places


def load(path: Path) -> LookFile:
    """Read a look's YAML. Raises InputError where it is none, or has anchors, tags or a key twice."""
    file = str(path)
    try:
        node = plain_node(path)
    except NotRead as error:
        raise _unreadable(error.words, error.place) from error
    if not isinstance(node, yaml.MappingNode):
        raise _unreadable("应是“名称: 值”的若干行", Place(file, 1, 1))
    places: Places = {}
    data = _mapping(node, file, "", places)
    return LookFile(file, data, places)


def place_of_value(file: str, key: str) -> Place | None:
    """Where the value of an outermost key stands in a look that `load` has read."""
    node = plain_node(Path(file))
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value == key:
            return _at(file, value.start_mark)
    return None


def _mapping(node: yaml.MappingNode, file: str, path: str, places: Places) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    if path.count(".") > _DEPTH:
        raise _unreadable("层次太深", _at(file, node.start_mark))
    for key, value in node.value:
        word = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        place = _at(file, key.start_mark)
        if not word or word in mapping:
            raise _unreadable(f"{word} 写了两次" if word else "名称不能是空的", place)
        inner = f"{path}.{word}" if path else word
        places[inner] = place
        mapping[word] = _value(value, file, inner, places)
    return mapping


def _value(node: yaml.Node, file: str, path: str, places: Places) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file, path, places)
    if isinstance(node, yaml.SequenceNode):
        return list(_members(node, file, path, places))
    try:
        value = yaml.SafeLoader("").construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        raise _unreadable("值读不出来", _at(file, node.start_mark)) from error
    return value if value is None or isinstance(value, str | int | float | bool) else node.value


def _members(node: yaml.SequenceNode, file: str, path: str, places: Places) -> Iterator[Any]:
    for number, member in enumerate(node.value):
        inner = f"{path}.{number}"
        places[inner] = _at(file, member.start_mark)
        yield _value(member, file, inner, places)


def _at(file: str, mark: yaml.Mark) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


def _unreadable(message: str, place: Place) -> InputError:
    return InputError([Problem(f"版式文件读不出来：{message}", place, code="look-unreadable")])
