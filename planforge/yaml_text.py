"""YAML text as nodes, for what people write beside the forms (cards, frameworks, looks): no tags, anchors or aliases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REASONS = (
    ("quoted scalar", "引号没有配对"),
    ("flow sequence", "方括号没有配对，或者各项之间缺少逗号"),
    ("flow mapping", "花括号没有配对，或者各项之间缺少逗号"),
    ("mapping values", "一行里有两个“冒号加空格”，或者缩进没有对齐；内容里的冒号改用全角，或者整个值加上引号"),
    ("cannot start any token", "值不能以这个符号开头，整个值加上引号"),
    ("could not find expected ':'", "这一行不是“名称: 值”的样子"),
    ("block collection", "列表里夹进了别的内容，或者缩进没有对齐"),
    ("block sequence", "“- ”的缩进没有对齐"),
    ("block mapping", "这一行和上面的内容对不上"),
    ("escape", "双引号里的反斜杠没有写对"),
)  # fmt: skip

_WIDE_COLON = re.compile(r"\s*(?:- +)?\w+：")
_ENTRY = re.compile(r":(?:\s|$)|^\s*(?:-\s|#)")
"""A line with a key, of a list, or of a comment."""


@lru_cache(maxsize=512)
def parsed(text: str) -> tuple[yaml.Mark | None, yaml.Node | None]:
    """Where the first tag, anchor or alias stands, or else the outermost node, which is never changed.

    Remembered by its words: a process that makes many documents meets the same files each time. Raises
    yaml.YAMLError, with the words that `complaint` knows.
    """
    try:
        return _read(text, _LOADER)
    except yaml.YAMLError:
        return _read(text, yaml.SafeLoader)  # which says where and what in words of its own


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a text is no YAML, in Chinese. line, column: counted from one; 0 where unknown."""

    line: int
    column: int
    words: str


def complaint(text: str, error: yaml.MarkedYAMLError) -> Complaint:
    """What is wrong, where a person would mend it.

    The parser notices a full-width colon, or none at all, only in the line below, and has no word for a tab.
    """
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Complaint(0, 0, _reason(error))
    lines = text.splitlines()
    for at in (mark.line, mark.line - 1):
        line = lines[at] if 0 <= at < len(lines) else ""
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            words = "缩进里用了制表符（Tab），改用空格"
            return Complaint(at + 1, indent.index("\t") + 1, words)
        if wide := _WIDE_COLON.match(line):
            return Complaint(at + 1, wide.end(), "名称后面用了全角冒号，改成半角冒号加一个空格")
        if (
            at < mark.line
            and line.strip()
            and not _ENTRY.search(line)
            and "mapping values" in f"{error.problem}"
        ):
            return Complaint(at + 1, len(indent) + 1, "这一行不是“名称: 值”的样子，名称后面少了冒号和空格")
    return Complaint(mark.line + 1, mark.column + 1, _reason(error))


def _reason(error: yaml.MarkedYAMLError) -> str:
    words = f"{error.problem or ''} {error.context or ''}"
    return next((told for sign, told in _REASONS if sign in words), "检查缩进、冒号、引号和括号")


def _read(text: str, loader: Any) -> tuple[yaml.Mark | None, yaml.Node | None]:
    for token in yaml.scan(text, Loader=loader):
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
            return token.start_mark, None
    return None, yaml.compose(text, Loader=loader)
