"""YAML for cards: no implicit types, no anchors, every value with its place, mistakes collected.

A card is written by whoever makes a kind of document, so it is read like any other form: to the end, with
all its mistakes at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from planforge.compose.template_faults import suggestion
from planforge.core.problems import InputError, Place, Problem
from planforge.core.yaml_nodes import NotRead, plain_node

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
"""How ids of kinds, sections, options and frameworks are written."""

_YES = frozenset({"是", "true", "yes"})
_NO = frozenset({"否", "false", "no"})


class Sheet:
    """A YAML file while it is read. problems: what is wrong so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def root(self) -> Value:
        """The file's outermost value. Raises InputError where the file is no YAML that we read."""
        try:
            node = plain_node(self.path)
        except NotRead as error:
            code = "card-syntax" if error.kind == "mark" else f"card-{error.kind}"
            raise InputError([Problem(error.words, error.place, code=code)]) from error
        if node is None:
            raise InputError([Problem("文件是空的", Place(str(self.path)), code="card-empty")])
        return Value(self, node, "")

    def place(self, mark: yaml.Mark) -> Place:
        """The place of a mark, counted from one."""
        return Place(str(self.path), mark.line + 1, mark.column + 1)

    def refuse(self) -> None:
        """Raise InputError where something was wrong."""
        if self.problems:
            raise InputError(sorted(self.problems, key=lambda one: one.place or Place("")))


class Value:
    """One value of a sheet, with its place; `name` says what it is called, for messages."""

    def __init__(self, sheet: Sheet, node: yaml.Node, name: str) -> None:
        self.sheet, self.node, self.name = sheet, node, name
        self.place = sheet.place(node.start_mark)

    def wrong(self, message: str, code: str, *, found: str = "", expected: str = "", fix: str = "") -> None:
        """Note a mistake at this value."""
        self.sheet.problems.append(
            Problem(message, self.place, self.name, found=found, expected=expected, fix=fix, code=code)
        )

    def mapping(self, allowed: Mapping[str, bool] | None = None) -> dict[str, Value]:
        """Keys and values. allowed: the keys there may be, and whether each must; None: any."""
        if not isinstance(self.node, yaml.MappingNode):
            self.wrong("这里应是“名称: 值”的若干行", "card-type", found=self._shown())
            return {}
        found: dict[str, Value] = {}
        for key, node in self.node.value:
            word = key.value if isinstance(key, yaml.ScalarNode) else ""
            value = Value(self.sheet, node, f"{self.name}.{word}" if self.name else word)
            at_key = Value(self.sheet, key, value.name)
            if not word:
                at_key.wrong("名称不能是空的", "card-key")
            elif word in found:
                at_key.wrong(f"{word} 写了两次", "card-duplicate")
            elif allowed is not None and word not in allowed:
                at_key.wrong(f"没有 {word} 这一项", "card-key", fix=suggestion(word, allowed))
            else:
                found[word] = value
        for word, must in (allowed or {}).items():
            if must and word not in found:
                self.wrong(f"缺少 {word}", "card-missing")
        return found

    def sequence(self) -> list[Value]:
        """The members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.wrong("这里应是列表", "card-type", found=self._shown())
            return []
        return [Value(self.sheet, node, f"{self.name}[{i}]") for i, node in enumerate(self.node.value)]

    def text(self) -> str:
        """The words as they were typed."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.wrong("这里应是文字", "card-type", found=self._shown())
            return ""
        return str(self.node.value)

    def words(self) -> str:
        """Words as they were typed; none is a mistake."""
        text = self.text().strip()
        if not text and self.is_text():
            self.wrong("这里不能空着", "card-empty")
        return text

    def is_text(self) -> bool:
        """Whether this is a single value, neither list nor mapping."""
        return isinstance(self.node, yaml.ScalarNode)

    def yes(self) -> bool:
        """是 or 否."""
        word = self.text().lower()
        if word not in _YES | _NO:
            self.wrong("应写 是 或 否", "card-type", found=word)
        return word in _YES

    def whole(self) -> int:
        """A whole number, not negative."""
        word = self.text()
        if not (word.isascii() and word.isdecimal() and len(word) < 10):
            self.wrong("应是整数", "card-type", found=word)
            return 0
        return int(word)

    def one_of(self, words: tuple[str, ...]) -> str:
        """One of these words."""
        word = self.text()
        if word not in words:
            self.wrong("不在可用的词里", "card-type", found=word, expected="、".join(words), fix="")
            return words[0]
        return word

    def _shown(self) -> str:
        if isinstance(self.node, yaml.ScalarNode):
            return str(self.node.value)[:40]
        return "列表" if isinstance(self.node, yaml.SequenceNode) else "若干行"
