"""Changing one value of a form by editing its YAML text, so that comments, order and all other bytes stay.

What a list holds is changed cell by cell where its rows stay as many; where rows come, go or change places the list
is written anew, with all that its rows held besides what is shown of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from planforge.core.yaml_composer import MAX_DEPTH
from planforge.profile.field_titles import Path, group_at, keys
from planforge.profile.text_edit import NotEditable, parsed, quoted

Row = Mapping[str, str] | str
Plain = Mapping[str, Any] | Sequence[Any] | str


def with_value(text: str, path: Path, value: str) -> str:
    """The form's text with a value at a path; an empty one takes what stands there out.

    Args:
        text: the form's YAML.
        path: keys, and numbers of rows that are there.
        value: as a person writes it.

    Raises:
        NotEditable: the text is written in a way that cannot be edited safely.
    """
    _, text, root = parsed(text.encode())
    node, depth = _deepest(root, path)
    if depth == len(path):
        if not isinstance(node, yaml.ScalarNode):
            return with_rows(text, path, [line for line in value.splitlines() if line.strip()])
        return _put(text, node, quoted(value, _in_flow(root, path)) if value else "")
    return _add(text, root, node, path[depth:], value) if value else text


def with_rows(text: str, path: Path, rows: Sequence[Row]) -> str:
    """The form's text with these rows as the list at a path.

    Args:
        text: the form's YAML.
        path: of the list.
        rows: texts, or keys with their values; empty values are left out, empty rows too. A row that is a mapping may
            hold `""` for the number of the row of today that it was: what that one holds besides is kept.

    Raises:
        NotEditable: as for `with_value`.
    """
    _, text, root = parsed(text.encode())
    node, depth = _deepest(root, path)
    there = node.value if depth == len(path) and isinstance(node, yaml.SequenceNode) else []
    wanted: list[Plain] = []
    for row in rows:
        if isinstance(row, str):
            wanted += [row.strip()] if row.strip() else []
            continue
        old = row.get("", "")
        kept = _plain(there[int(old)]) if old.isdecimal() and int(old) < len(there) else {}
        merged = dict(kept) if isinstance(kept, Mapping) else _of_text(kept, path)
        merged.update({key: value for key, value in row.items() if key})
        full = {key: value for key, value in merged.items() if value not in ("", [], {})}
        wanted += [full] if full else []
    if depth == len(path) and _filled([_plain(one) for one in there]) == _filled(wanted):
        return text  # a blank form's empty rows stay as they are
    if depth == len(path):
        if not wanted:
            return _put(text, node, "")
        flow = _in_flow(root, path)
        return _put(text, node, _flow(wanted) if flow else _block(wanted, _column(node, root, path)))
    return _add(text, root, node, path[depth:], wanted) if wanted else text


def plain_values(text: str) -> Any:
    """What a form's text holds, every value as the words that stand there. Raises NotEditable."""
    _, _, root = parsed(text.encode())
    return _plain(root) if root is not None else {}


def _filled(value: Any) -> Any:
    """A value without what is empty in it, which says nothing."""
    if isinstance(value, Mapping):
        return {key: kept for key, inner in value.items() if (kept := _filled(inner)) not in ("", {}, [])}
    return (
        [kept for one in value if (kept := _filled(one)) not in ("", {}, [])]
        if isinstance(value, list)
        else value
    )


def _of_text(value: Plain, path: Path) -> dict[str, Any]:
    """A row that is written in one line, as the group that it stands for where that has a first key."""
    kind = group_at((*path, 0))
    return {next(iter(keys(kind))): value} if kind is not None and value else {}


def _plain(node: Any, depth: int = 0) -> Any:
    if depth > MAX_DEPTH:
        raise NotEditable("信息表嵌套得太深")
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value, depth + 1) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value, depth + 1) for value in node.value]
    return "" if node.tag == "tag:yaml.org,2002:null" else node.value


def _deepest(root: Any, path: Path) -> tuple[Any, int]:
    """The innermost node on a path that is there, and how many of its steps lead to it."""
    node = root
    for depth, step in enumerate(path):
        if isinstance(node, yaml.MappingNode) and isinstance(step, str):
            found = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step]
        else:
            found = None
        if found is None:
            return node, depth
        node = found
    return node, len(path)


def _in_flow(root: Any, path: Path) -> bool:
    """Whether a path leads through braces or brackets on one line."""
    return any(
        isinstance(node, yaml.CollectionNode) and bool(node.flow_style)
        for depth in range(len(path))
        for node, reached in (_deepest(root, path[:depth]),)
        if reached == depth
    )


def _put(text: str, node: Any, words: str) -> str:
    """Words in the place of a node's."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        end = start + len(text[start:end].rstrip())
        line = text.rfind("\n", 0, start) + 1
        if words.startswith("\n") or not words:  # a block begins on the line of its key
            start = len(text[:line].rstrip()) if not text[line:start].strip() else start
    elif isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    if words.startswith("\n"):
        start = len(text[:start].rstrip(" "))
    space = (
        " "
        if words and not words.startswith("\n") and text[start - 1 : start] not in (" ", "[", "{", "\n")
        else ""
    )
    return text[:start] + space + words + text[end:]


def _column(node: Any, root: Any, path: Path) -> int:
    """The column in which the dashes of a list stand."""
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return int(node.start_mark.column)
    parent, _ = _deepest(root, path[:-1])
    key = next(key for key, _ in parent.value if key.value == path[-1])
    return int(key.start_mark.column) + 2


def _block(rows: Sequence[Plain], column: int) -> str:
    return "".join(
        f"\n{' ' * column}- {_flow(row) if not isinstance(row, str) else quoted(row, False)}" for row in rows
    )


def _flow(value: Plain) -> str:
    if isinstance(value, str):
        return quoted(value, True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(map(_flow, value)) + "]"


def _add(text: str, root: Any, node: Any, rest: Path, value: str | Sequence[Plain]) -> str:
    """The text with the keys that are not there yet, below the innermost node that is."""
    names = [step for step in rest if isinstance(step, str)]
    if len(names) != len(rest):
        raise NotEditable("没有这一行")
    if isinstance(node, yaml.MappingNode) and node.flow_style:
        words = _flow(value)
        for name in reversed(names):
            words = f"{name}: {words}" if name == names[0] else f"{{{name}: {words}}}"
        at = node.end_mark.index - 1
        inner = text[:at].rstrip()
        comma = "" if not node.value else ", "
        return inner + comma + words + text[at:]
    if isinstance(node, yaml.MappingNode):
        column, at = node.start_mark.column, _end_of(text, node)
    elif node is root or node is None:
        column, at = 0, len(text.rstrip())
    elif isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null":
        line = text.rfind("\n", 0, node.start_mark.index) + 1
        column = len(text[line:]) - len(text[line:].lstrip(" ")) + 2
        column += 2 * text[line:].lstrip(" ").startswith("- ")
        end = text.find("\n", node.end_mark.index)
        at = len(text) if end < 0 else end
    else:
        raise NotEditable("这一项写成了一行，不能代写")
    words = ""
    for depth, name in enumerate(names):
        indent = " " * (column + 2 * depth)
        words += f"\n{indent}{name}:"
        if depth == len(names) - 1:
            words += (
                f" {quoted(value, False)}"
                if isinstance(value, str)
                else _block(value, column + 2 * depth + 2)
            )
    return text[:at].rstrip("\r") + words + (text[at:] or "\n")


def _end_of(text: str, node: Any) -> int:
    """Where the last line of a block's own values ends; comments below it stay below."""
    last = node
    while isinstance(last, yaml.CollectionNode) and not last.flow_style and last.value:
        inner = last.value[-1]
        last = inner[1] if isinstance(inner, tuple) else inner
    at = last.end_mark.index
    if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">"):
        at = len(text[:at].rstrip())
    end = text.find("\n", at)
    return len(text) if end < 0 else end
