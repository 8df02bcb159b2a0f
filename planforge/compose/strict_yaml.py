"""YAML for cards: no implicit types, no anchors, every value with its place, mistakes collected.

A card is written by whoever makes a kind of document, so it is read like any other form: to the end, with
all its mistakes at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from planforge.compose.template_faults import suggestion
from planforge.core.problems import InputError, Place, Problem
from planforge.core.yaml_composer import FaultKind
from planforge.core.yaml_file import NotRead, fault_words, read_yaml
from planforge.core.yaml_nodes import KeyPath, Listing, Node, Scalar
from planforge.core.yaml_nodes import Mapping as MappingNode

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
"""How ids of kinds, sections, options and frameworks are written."""

_YES = frozenset({"是", "true", "yes"})
_NO = frozenset({"否", "false", "no"})
_CODES: dict[FaultKind, str] = {"mark": "card-syntax", "key_twice": "card-duplicate", "long": "card-type"}


class StrictFile:
    """A YAML file while it is read. problems: what is wrong so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def root(self) -> StrictValue:
        """The file's outermost value. Raises InputError where the file is no YAML that we read."""
        try:
            read = read_yaml(self.path)
        except NotRead as error:
            raise InputError([Problem(error.words, error.place, code=f"card-{error.kind}")]) from error
        if read.root is None:
            raise InputError([Problem("文件是空的", Place(str(self.path)), code="card-empty")])
        self.problems += [
            Problem(
                fault_words(fault), fault.place, _called(fault.path), code=_CODES.get(fault.kind, "card-key")
            )
            for fault in read.faults
        ]
        return StrictValue(self, read.root, "")

    def refuse(self) -> None:
        """Raise InputError where something was wrong."""
        if self.problems:
            raise InputError(sorted(self.problems, key=lambda problem: problem.place or Place("")))


class StrictValue:
    """One value of a file, with its place; `name` says what it is called, for messages."""

    def __init__(self, file: StrictFile, node: Node, name: str) -> None:
        self.file, self.node, self.name = file, node, name
        self.place = node.place

    def wrong(self, message: str, code: str, *, found: str = "", expected: str = "", fix: str = "") -> None:
        """Note a mistake at this value."""
        self.file.problems.append(
            Problem(message, self.place, self.name, found=found, expected=expected, fix=fix, code=code)
        )

    def mapping(self, allowed: Mapping[str, bool] | None = None) -> dict[str, StrictValue]:
        """Keys and values.

        Args:
            allowed: the keys there may be, and whether each must; None: any.
        """
        if not isinstance(self.node, MappingNode):
            self.wrong("这里应是“名称: 值”的若干行", "card-type", found=self._shown())
            return {}
        values: dict[str, StrictValue] = {}
        for word, node in self.node.entries.items():
            value = StrictValue(self.file, node, f"{self.name}.{word}" if self.name else word)
            if allowed is None or word in allowed:
                values[word] = value
            else:
                place, fix = self.node.keys[word], suggestion(word, allowed)
                unknown = Problem(f"没有 {word} 这一项", place, value.name, fix=fix, code="card-key")
                self.file.problems.append(unknown)
        for word, must in (allowed or {}).items():
            if must and word not in values:
                self.wrong(f"缺少 {word}", "card-missing")
        return values

    def sequence(self) -> list[StrictValue]:
        """The members of a list."""
        if not isinstance(self.node, Listing):
            self.wrong("这里应是列表", "card-type", found=self._shown())
            return []
        return [
            StrictValue(self.file, node, f"{self.name}[{number}]")
            for number, node in enumerate(self.node.items)
        ]

    def text(self) -> str:
        """The words as they were typed."""
        if not isinstance(self.node, Scalar):
            self.wrong("这里应是文字", "card-type", found=self._shown())
            return ""
        return self.node.text

    def words(self) -> str:
        """Words as they were typed; none is a mistake."""
        text = self.text().strip()
        if not text and self.is_text():
            self.wrong("这里不能空着", "card-empty")
        return text

    def is_text(self) -> bool:
        """Whether this is a single value, neither list nor mapping."""
        return isinstance(self.node, Scalar)

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
        if isinstance(self.node, Scalar):
            return self.node.text[:40]
        return "列表" if isinstance(self.node, Listing) else "若干行"


def _called(path: KeyPath) -> str:
    """What a value is called in messages: `sections[0].id`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
