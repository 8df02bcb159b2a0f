"""Putting keys into one entry of a YAML list by editing its text, so that all other bytes stay."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from planforge.core.problems import Place
from planforge.profile.form import written

_MARKS = re.compile(r"[,\[\]{}:#\"'\\&*!|>%@`]")


class NotEditable(Exception):
    """The file is written in a way that cannot be edited safely; the words say how, in Chinese."""


def with_keys(data: bytes, group: str, place: Place, keys: Mapping[str, str]) -> bytes:
    """The file with these keys in the entry of list `group` that begins at `place`.

    keys: with their values; "" takes a key out. Raises NotEditable.
    """
    mark, text, root = parsed(data)
    entry = _entry(root, group, place)
    return mark + _edited(text, entry, keys).encode("utf-8")


def _entry(root: Any, group: str, place: Place) -> Any:
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    for key, value in pairs:
        if key.value == group and isinstance(value, yaml.SequenceNode):
            for entry in value.value:
                if (
                    isinstance(entry, yaml.MappingNode)
                    and entry.start_mark.line + 1 == place.line
                    and entry.value
                ):
                    return entry
    raise NotEditable("找不到这一条在文件里的位置")


def _edited(text: str, entry: Any, keys: Mapping[str, str]) -> str:
    there = {key.value: (key, value) for key, value in entry.value}
    flow = bool(entry.flow_style)
    changes: list[tuple[int, int, str]] = []
    for name, value in keys.items():
        if name in there:
            key, node = there[name]
            if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
                raise NotEditable(f"{name} 写成了几行，不能代写")
            if value:
                start, end = node.start_mark.index, node.end_mark.index
                space = "" if text[start - 1 : start] == " " else " "
                changes.append((start, end, space + quoted(value, flow)))
            elif flow:
                changes.append(_taken_from_braces(text, entry, key, node))
            elif node.start_mark.index < node.end_mark.index:
                changes.append(_taken_out(text, key, node))
    new = [(name, value) for name, value in keys.items() if value and name not in there]
    if new:
        changes.append(_put_in(text, entry, new, flow))
    for start, end, words in sorted(changes, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def quoted(value: str, flow: bool) -> str:
    """A value as YAML, in quotes where it needs them. flow: it stands in braces or brackets."""
    if "\n" in value or value.casefold() in ("null", "~") or (flow and _MARKS.search(value)):
        return json.dumps(value, ensure_ascii=False)
    return written(value)


def _taken_from_braces(text: str, entry: Any, key: Any, node: Any) -> tuple[int, int, str]:
    """A key with its value and the comma before it; with the one behind it where a note or nothing stands before."""
    before = [value.end_mark.index for _, value in entry.value if value.end_mark.index < key.start_mark.index]
    start, end = key.start_mark.index, node.end_mark.index
    if before and not text[before[-1] : start].strip(", \t\r\n"):
        return before[-1], end, ""
    behind = re.compile(r"\s*,[ \t]*").match(text, end)
    return start, behind.end() if behind else end, ""


def _taken_out(text: str, key: Any, node: Any) -> tuple[int, int, str]:
    """A key's whole line; only its value where others stand on the line as well."""
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    end = text.find("\n", node.end_mark.index)
    rest = text[node.end_mark.index : end if end >= 0 else len(text)]
    if text[start : key.start_mark.index].strip() or rest.strip() or end < 0:
        return node.start_mark.index, node.end_mark.index, ""
    return start, end + 1, ""


def _put_in(text: str, entry: Any, new: list[tuple[str, str]], flow: bool) -> tuple[int, int, str]:
    if flow:
        at = entry.end_mark.index - 1
        inner = text[:at].rstrip()
        words = ", ".join(f"{name}: {quoted(value, flow)}" for name, value in new)
        comma = " " if inner.endswith(",") else " , " if inner.endswith(":") else ", "
        return len(inner), len(inner), comma + words
    first, last = entry.value[0][0], _last(entry)
    at = last.end_mark.index
    if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">"):
        at = len(text[:at].rstrip())
    end = text.find("\n", at)
    newline = "\r\n" if "\r\n" in text else "\n"
    if end < 0:
        end = len(text)
    elif text[end - 1] == "\r":
        end -= 1
    indent = " " * first.start_mark.column
    return end, end, "".join(f"{newline}{indent}{name}: {quoted(value, flow)}" for name, value in new)


def _last(entry: Any) -> Any:
    """The node that stands last in an entry: of a list or group below it, its own last."""
    node = entry.value[-1][1]
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        inner = node.value[-1]
        node = inner[1] if isinstance(inner, tuple) else inner
    return node


def with_entry(data: bytes, group: str, keys: Mapping[str, str]) -> bytes:
    """The file with one more entry at the end of list `group`, in the style of the entry above it.

    A file that has no such list gets one as its last lines. Raises NotEditable.
    """
    mark, text, root = parsed(data)
    newline = "\r\n" if "\r\n" in text else "\n"
    lists = [value for key, value in root.value if key.value == group] if _is_mapping(root) else []
    if not _is_mapping(root) or (lists and not isinstance(lists[0], yaml.SequenceNode)):
        raise NotEditable("文件的写法不够规整，不能代写")
    flow = "- {" + ", ".join(f"{name}: {quoted(value, True)}" for name, value in keys.items()) + "}"
    if not lists:
        above = text.rstrip()
        text = f"{above}{newline}{newline}{group}:{newline}  {flow}{newline}"
        return mark + text.encode("utf-8")
    listed = lists[0]
    if listed.flow_style or not listed.value or not isinstance(listed.value[-1], yaml.MappingNode):
        raise NotEditable(f"{group} 写在了一行里，不能代写")
    entry = listed.value[-1]
    at = entry.end_mark.index if entry.flow_style else _last(entry).end_mark.index
    if not entry.flow_style and getattr(_last(entry), "style", None) in ("|", ">"):
        at = len(text[:at].rstrip())
    end = text.find("\n", at)
    end = len(text) if end < 0 else end - (text[end - 1] == "\r")
    indent = " " * listed.start_mark.column
    lines = [flow]
    if not entry.flow_style:
        pairs = [f"{name}: {quoted(value, False)}" for name, value in keys.items()]
        lines = [f"- {pairs[0]}", *(f"  {pair}" for pair in pairs[1:])]
    words = "".join(f"{newline}{indent}{line}" for line in lines)
    return mark + (text[:end] + words + text[end:]).encode("utf-8")


def _is_mapping(root: Any) -> bool:
    return isinstance(root, yaml.MappingNode)


def parsed(data: bytes) -> tuple[bytes, str, Any]:
    """The byte order mark, the text behind it and its nodes. Raises NotEditable."""
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    try:
        text = data[len(mark) :].decode("utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except UnicodeDecodeError:
        raise NotEditable("文件不是 UTF-8 编码，不能代写") from None
    except (yaml.YAMLError, RecursionError):
        raise NotEditable("文件的写法不够规整，不能代写") from None
    if "&" in text and re.search(r"(?m)[:\-\[,{]\s*[&*]\w", text):
        raise NotEditable("文件里用了 & 和 *，不能代写")
    return mark, text, root
