"""YAML files that people write beside the forms: cards, frameworks, looks, rule packs, tables of the checker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from planforge.core.problems import Place
from planforge.core.system_messages import why
from planforge.core.yaml_composer import Composer, Fault, FaultKind
from planforge.core.yaml_nodes import Node

SIZE = 200_000
"""Bytes that a file may have; the longest of ours, the national rules, has about sixty thousand."""
_FAULTS: dict[FaultKind, str] = {
    "mark": "不能用 &、* 或 ! 标记",
    "key_shape": "名称只能是一个词",
    "key_empty": "名称不能是空的",
    "key_twice": "{found} 写了两次",
    "long": "这一项太长：{found} 字",
}
_HOPELESS: dict[FaultKind, str] = {
    "depth": "嵌套太深",
    "count": "内容太多",
    "documents": "一个文件里只能有一份内容，“---”和它下面的要删去",
}
"""After these nothing more is read."""
_REASONS = (
    ("nesting depth", "嵌套太深"),
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
    """Why a file is none that we read. kind: file, size, encoding or syntax; words: Chinese; place: in the file."""

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


@dataclass(frozen=True, slots=True)
class YamlFile:
    """What a file says. root: None where it is empty; faults: what is wrong in its structure, by place."""

    root: Node | None
    faults: tuple[Fault, ...]


def read_yaml(path: Path) -> YamlFile:
    """The nodes of a file without anchors, aliases and tags: each of these is a fault, and reading goes on.

    The nodes are shared by all who read the same words, and must not be changed.

    Raises:
        NotRead: nothing of it is of use; says what is wrong where.
    """
    return _composed(text_of(path), str(path))


@lru_cache(maxsize=512)
def _composed(text: str, file: str) -> YamlFile:
    """Remembered by its words: a process that makes many documents meets the same files each time."""
    faults: list[Fault] = []
    composer = Composer(text, lambda line, column: Place(file, line + 1, column + 1), faults.append)
    if composer.broken is not None:
        raise _not_yaml(text, composer.broken.error, file)
    for fault in faults:
        if fault.kind in _HOPELESS:
            raise NotRead("syntax", f"YAML 写法有误：{_HOPELESS[fault.kind]}", fault.place)
    return YamlFile(composer.root, tuple(faults))


def _not_yaml(text: str, error: yaml.YAMLError, file: str) -> NotRead:
    if not isinstance(error, yaml.MarkedYAMLError):
        return NotRead("syntax", "YAML 写法有误", Place(file))
    told = complaint(text, error)
    return NotRead("syntax", f"YAML 写法有误：{told.words}", Place(file, told.line, told.column))


def fault_words(fault: Fault) -> str:
    """What is wrong, in Chinese, for the formats that have no words of their own for it."""
    return _FAULTS[fault.kind].format(found=fault.found)


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
