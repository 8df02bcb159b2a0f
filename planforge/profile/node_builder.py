"""YAML events into nodes: no implicit types, no tags, no key twice, aliases only in moderation.

Composing goes on as long as it can; where the YAML itself breaks, what stood before is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from planforge.core.problems import Place, Problem
from planforge.profile.fold import unfold
from planforge.profile.nodes import Listing, Mapping, Node, Scalar, copied
from planforge.profile.typing_slips import SourceText
from planforge.profile.yaml_errors import explain

MAX_DEPTH = 20
MAX_NODES = 20_000
MAX_TEXT = 5_000
MAX_EXPANDED = 20_000
"""A full profile has about 600 values; aliases may repeat some of them, not multiply them."""

_TEXT_TAGS = {None, "!", "tag:yaml.org,2002:str"}

Report = Callable[[Problem], None]


def _pure_parser(text: str) -> Any:
    class PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
        """PyYAML's own parser, for machines without libyaml."""

        def __init__(self, stream: str) -> None:
            yaml.reader.Reader.__init__(self, stream)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)

    return PureParser(text)


def _fast_parser(text: str) -> Any:
    try:
        from yaml.cyaml import CParser  # type: ignore[attr-defined]
    except ImportError:
        return _pure_parser(text)
    return CParser(text)


class _Stop(Exception):
    """Composing ends here, with what has been read; the problem has been reported."""


class _TooMuch(Exception):
    """This is no profile; nothing of it is of use. The problem has been reported."""


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled."""

    node: Listing | Mapping
    anchor: str | None
    flow: bool = False
    key: str | None = None
    key_place: Place | None = None
    wants_value: bool = False


class Composer:
    """Composes one text. `root` is what could be read, None where nothing could; `whole` says if it was all."""

    def __init__(
        self, surface: SourceText, file: str, report: Report, *, file_index: int = 0, pure: bool = False
    ) -> None:
        self.root: Node | None = None
        self.whole = True
        self._surface = surface
        self._file = file
        self._report = report
        self._index = file_index
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}
        self._last: Any = None
        self._last_node: Scalar | None = None
        self._count = 0
        self._expanded = 0
        self._compose(_pure_parser if pure else _fast_parser)

    def _compose(self, parser: Callable[[str], Any]) -> None:
        try:
            for event in _events(parser(self._surface.text)):
                self._take(event)
        except yaml.YAMLError as error:
            self.whole = False
            opened = next((one for one in self._stack if one.flow), None)
            before = self._last and self._last.start_mark
            bracket = opened.node.place if opened else None
            self._report(explain(error, self._surface, self._file, before, bracket))
            self._drop_unfinished()
        except _Stop:
            self.whole = False
        except _TooMuch:
            self.whole = False
            self.root = None

    def _drop_unfinished(self) -> None:
        """Take out what the broken YAML left half read: an open bracket, a value that ran into other lines."""
        last = self._last
        if last is not None and self._last_node and last.start_mark.line != last.end_mark.line:
            self._last_node.reported = True
        for outer, inner in zip(self._stack, self._stack[1:], strict=False):
            if inner.flow and isinstance(outer.node, Mapping) and outer.key is not None:
                outer.node.entries.pop(outer.key, None)
                outer.node.spoiled.add(outer.key)
            elif inner.flow and isinstance(outer.node, Listing):
                outer.node.items.pop()
                outer.node.spoiled = True
            if inner.flow:
                break

    def _place(self, mark: Any) -> Place:
        return self._surface.place(self._file, mark.line, mark.column)

    def _problem(
        self, code: str, message: str, place: Place, found: str = "", expected: str = "", fix: str = ""
    ) -> None:
        self._report(Problem(message, place, "", found, expected, fix, code))

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._anchors.clear()
            if self.root is not None:
                place = self._place(event.start_mark)
                fix = "删去“---”和它下面的内容，或者分成两个文件"
                self._problem("yaml.documents", "一个文件里只能有一张信息表", place, found="---", fix=fix)
                raise _Stop

    def _scalar(self, event: Any) -> None:
        place = self._place(event.start_mark)
        plain = not event.style
        one_line = plain and event.start_mark.line == event.end_mark.line
        text = event.value
        if len(text) > MAX_TEXT:
            return self._add(self._too_long(text, place), event.anchor)
        if event.style != "|" and event.start_mark.line != event.end_mark.line and " " in text:
            text = unfold(text, self._surface.parsed[event.start_mark.line : event.end_mark.line + 1])
        node = Scalar(text, place, plain and not text, one_line, file_index=self._index)
        if event.tag not in _TEXT_TAGS:
            self._tag(event, place)
            node.reported = True
        self._last, self._last_node = event, node
        self._add(node, event.anchor)

    def _too_long(self, text: str, place: Place) -> Scalar:
        expected, found = f"不超过 {MAX_TEXT} 字", f"{len(text)} 字"
        fix = "只写要点；长文另存为文件，写进附件"
        self._problem("value.long", "这一项太长，不像是信息表里的内容", place, found, expected, fix)
        return Scalar("", place, reported=True, file_index=self._index)

    def _tag(self, event: Any, place: Place) -> None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        fix = "删去这个标记；内容要以“!”开头时，整个值加上引号"
        self._problem("yaml.tag", "值前面有“!”开头的标记，这里不认", place, found=tag, fix=fix)

    def _open(self, event: Any) -> None:
        place = self._place(event.start_mark)
        if len(self._stack) >= MAX_DEPTH:
            self._problem(
                "yaml.depth", "层次太深，不像是一张信息表", place, expected=f"不超过 {MAX_DEPTH} 层"
            )
            raise _TooMuch
        if event.tag not in (None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"):
            self._tag(event, place)
        kind = Mapping if isinstance(event, yaml.MappingStartEvent) else Listing
        node = kind(place, file_index=self._index)
        self._add(node, None)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._stack.append(_Open(node, event.anchor, bool(event.flow_style)))

    def _close(self) -> None:
        done = self._stack.pop()
        if done.anchor:
            self._anchors[done.anchor] = done.node
        if self._stack:
            self._stack[-1].node.size += done.node.size

    def _alias(self, event: Any) -> None:
        place = self._place(event.start_mark)
        name = event.anchor
        if name not in self._anchors:
            fix = f'内容本来就以“*”开头时，整个值加上引号："*{name}"'
            self._problem("yaml.alias", "“*”开头被当成引用，但没有这个名字", place, found=f"*{name}", fix=fix)
            return self._add(Scalar("", place, reported=True, file_index=self._index), None)
        node = self._anchors[name]
        if node is None:
            self._problem(
                "yaml.alias_loop", "引用绕回了自己", place, found=f"*{name}", fix="照样把内容写出来"
            )
            return self._add(Scalar("", place, reported=True, file_index=self._index), None)
        self._expanded += node.size
        if self._expanded > MAX_EXPANDED:
            message = "引用一层套一层，展开以后大得不能用"
            self._problem("yaml.alias_flood", message, place, found=f"*{name}", fix="照样把内容写出来")
            raise _TooMuch
        self._add(copied(node), None, place, from_alias=True)

    def _add(
        self, node: Node, anchor: str | None, place: Place | None = None, *, from_alias: bool = False
    ) -> None:
        self._count += 1
        if self._count > MAX_NODES:
            message = "内容太多，不像是一张信息表"
            self._problem("yaml.count", message, node.place, expected=f"不超过 {MAX_NODES} 个值")
            raise _TooMuch
        if anchor:
            self._anchors[anchor] = node
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        if isinstance(top.node, Listing):
            top.node.items.append(node)
        elif top.wants_value:
            top.wants_value = False
            if top.key is not None and top.key_place is not None:
                top.node.entries[top.key] = node
                top.node.keys[top.key] = top.key_place
        else:
            self._key(top, node, place or node.place)
        if isinstance(node, Scalar) or from_alias:
            top.node.size += node.size

    def _key(self, top: _Open, node: Node, place: Place) -> None:
        assert isinstance(top.node, Mapping)
        top.wants_value, top.key = True, None
        if not isinstance(node, Scalar):
            fix = "内容以“{”或“[”开头时，整个值加上引号"
            self._problem("yaml.key", "键只能是一个词", place, fix=fix)
        elif not node.text.strip():
            self._problem("yaml.key", "冒号前面没有键", place, fix="在冒号前写上键，或者删去这一行")
        elif node.text in top.node.keys:
            first = top.node.keys[node.text].line
            message = f"“{node.text}”写了两次，第一次在第 {first} 行"
            fix = "两处并成一处，删去多余的"
            self._problem(
                "key.duplicate", message, place, found=node.text, expected="同一级里每个键只写一次", fix=fix
            )
        else:
            top.key, top.key_place = node.text, place


def _events(parser: Any) -> Iterator[Any]:
    while parser.check_event():
        yield parser.get_event()
