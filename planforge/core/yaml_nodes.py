"""YAML as nodes, for what people write beside the forms: cards, frameworks, looks, rule packs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from planforge.core.problems import Place
from planforge.core.system_messages import why

SIZE = 200_000
"""Bytes that a file may have; the longest of ours, the national rules, has about sixty thousand."""
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


class NotRead(Exception):
    """Why a file is none that we read. kind: file, size, encoding, mark or syntax; words: Chinese; place: in the file."""

    def __init__(self, kind: str, words: str, place: Place) -> None:
        self.kind = kind
        self.words = words
        self.place = place
        super().__init__(words)


def text_of(path: Path) -> str:
    """The words of a file. Raises NotRead: the system refuses, it is too large, or not in UTF-8."""
    place = Place(str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotRead("file", f"文件打不开：{why(error)}", place) from error
    if len(data) > SIZE:
        raise NotRead("size", "文件太大", place)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotRead("encoding", "文件不是 UTF-8", place) from error


def plain_node(path: Path) -> yaml.Node | None:
    """The outermost node of a file without tags, anchors and aliases. Raises NotRead, which says what is wrong where."""
    text = text_of(path)
    with _told(text, path):
        mark, node = parsed(text)
    if mark is not None:
        place = Place(str(path), mark.line + 1, mark.column + 1)
        raise NotRead("mark", "不能用 &、* 或 ! 标记", place)
    return node


def any_node(path: Path) -> yaml.Node | None:
    """The outermost node of a file in which whoever reads it sees to aliases himself. Raises NotRead."""
    text = text_of(path)
    with _told(text, path):
        try:
            return yaml.compose(text, Loader=_LOADER)
        except yaml.YAMLError:
            return yaml.compose(text, Loader=yaml.SafeLoader)


@contextmanager
def _told(text: str, path: Path) -> Iterator[None]:
    try:
        yield
    except yaml.MarkedYAMLError as error:
        found = complaint(text, error)
        place = Place(str(path), found.line, found.column)
        raise NotRead("syntax", f"YAML 写法有误：{found.words}", place) from error
    except RecursionError as error:
        raise NotRead("syntax", "YAML 写法有误：嵌套太深", Place(str(path))) from error
    except yaml.YAMLError as error:
        raise NotRead("syntax", "YAML 写法有误", Place(str(path))) from error


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
