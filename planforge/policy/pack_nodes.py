"""A rule pack's YAML with the place of every value, read without implicit types."""

from __future__ import annotations

from pathlib import Path

import yaml

from planforge.core.problems import InputError, Place, Problem
from planforge.core.yaml_nodes import NotRead, any_node

KeyPath = tuple[str | int, ...]


def read_yaml(path: Path) -> tuple[object, dict[KeyPath, Place]]:
    """Mappings, lists and strings of a YAML file, and where each stands.

    Raises InputError: unreadable, no YAML, a key twice, an alias.
    """
    file = str(path)
    try:
        node = any_node(path)
    except NotRead as error:
        code = "pack.yaml" if error.kind == "syntax" else "pack.unreadable"
        raise InputError([Problem(f"规则文件读不出来：{error.words}", error.place, code=code)]) from error
    places: dict[KeyPath, Place] = {}
    problems: list[Problem] = []
    data = _plain(node, (), file, places, problems, set())
    if problems:
        raise InputError(problems)
    return data, places


def _plain(
    node: yaml.Node | None,
    path: KeyPath,
    file: str,
    places: dict[KeyPath, Place],
    problems: list[Problem],
    seen: set[int],
) -> object:
    if node is None:
        places[path] = Place(file, 1, 1)
        return None
    place = places[path] = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if id(node) in seen:
        problems.append(Problem("规定数据里不用别名（*）", place, code="pack.alias"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(child, (*path, index), file, places, problems, seen)
            for index, child in enumerate(node.value)
        ]
    result: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in result:
            at = Place(file, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            problems.append(Problem(f"“{key}”写了两次", at, code="pack.duplicate_key"))
        result[key] = _plain(value_node, (*path, key), file, places, problems, seen)
    return result
