"""YAML events into nodes with places: no implicit types, no key twice, every mistake found and none raised.

All YAML that people write (forms, cards, frameworks, looks, rule packs) is read here. Composing goes on as long
as it can; where the YAML itself breaks, what stood before is kept. Whoever reads a format says in its own words
what a `Fault` means there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from planforge.core.problems import Place
from planforge.core.yaml_nodes import KeyPath, Listing, Mapping, Node, Scalar, copied

MAX_DEPTH = 20
MAX_NODES = 20_000
MAX_TEXT = 5_000
MAX_EXPANDED = 20_000
"""A full profile has about 600 values; aliases may repeat some of them, not multiply them."""

_TEXT_TAGS = {None, "!", "tag:yaml.org,2002:str"}
_GROUP_TAGS = {None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}

FaultKind = Literal[
    "mark", "tag", "alias", "alias_loop", "alias_flood", "key_shape", "key_empty", "key_twice", "long", "depth",
    "count", "documents",
]  # fmt: skip
"""mark: an anchor, alias or tag where the format has none; the other kinds of alias only where it has them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in the structure. found: what stands there; first: where the same key stood before."""

    kind: FaultKind
    place: Place
    path: KeyPath = ()
    found: str = ""
    first: Place | None = None


@dataclass(frozen=True, slots=True)
class YamlBreak:
    """Where YAML ends being YAML. before: the mark of the last value; bracket: the outermost open bracket."""

    error: yaml.YAMLError
    before: Any = None
    bracket: Place | None = None


class _Stop(Exception):
    """Composing ends here, with what has been read; the fault has been reported."""


class _TooMuch(Exception):
    """This is none of our files; nothing of it is of use. The fault has been reported."""


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
    """Composes one text.

    Args:
        text: the YAML.
        place: the place of a mark, whose line and column are counted from 0.
        report: takes each fault, in the order of the text.
        aliases: whether anchors and aliases are followed; otherwise each of them, and each tag, is a fault.
        join: what a value that was written on several lines means: its words, its first and its last line.
        file_index: kept in each node.
        pure: use PyYAML's own parser though libyaml's is there.

    Attributes:
        root: what could be read; None where nothing could.
        whole: whether that was all.
        broken: where the YAML itself broke off.
    """

    def __init__(
        self,
        text: str,
        place: Callable[[int, int], Place],
        report: Callable[[Fault], None],
        *,
        aliases: bool = False,
        join: Callable[[str, int, int], str] | None = None,
        file_index: int = 0,
        pure: bool = False,
    ) -> None:
        self.root: Node | None = None
        self.whole = True
        self.broken: YamlBreak | None = None
        self._place_of = place
        self._report = report
        self._aliases = aliases
        self._join = join
        self._index = file_index
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}
        self._last: Any = None
        self._last_node: Scalar | None = None
        self._count = 0
        self._expanded = 0
        self._compose(text, _pure_parser if pure else _fast_parser)

    def _compose(self, text: str, parser: Callable[[str], Any]) -> None:
        try:
            for event in _events(parser(text)):
                self._take(event)
        except yaml.YAMLError as error:
            self.whole = False
            opened = next((group for group in self._stack if group.flow), None)
            before = self._last and self._last.start_mark
            self.broken = YamlBreak(error, before, opened.node.place if opened else None)
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
        return self._place_of(mark.line, mark.column)

    def _fault(
        self,
        kind: FaultKind,
        place: Place,
        found: str = "",
        first: Place | None = None,
        key: str | None = None,
    ) -> None:
        self._report(Fault(kind, place, self._path(key), found, first))

    def _path(self, key: str | None) -> KeyPath:
        """The way to what is being read. key: the key itself, where that is what is wrong."""
        path: list[str | int] = []
        for group in self._stack[:-1] if key is not None else self._stack:
            if isinstance(group.node, Listing):
                path.append(len(group.node.items) - (group is not self._stack[-1]))
            elif group.key is not None:
                path.append(group.key)
        return (*path, key) if key else tuple(path)

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            self._marks(event)
            self._scalar(event) if isinstance(event, yaml.ScalarEvent) else self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._anchors.clear()
            if self.root is not None:
                self._fault("documents", self._place(event.start_mark), "---")
                raise _Stop

    def _marks(self, event: Any) -> None:
        """Report what is written before a value and is none of it."""
        tags = _TEXT_TAGS if isinstance(event, yaml.ScalarEvent) else _GROUP_TAGS
        tagged = event.tag not in (tags if self._aliases else (None,))
        if not self._aliases and (event.anchor or tagged):
            self._fault("mark", self._place(event.start_mark))
        elif tagged:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._fault("tag", self._place(event.start_mark), shown)

    def _scalar(self, event: Any) -> None:
        place = self._place(event.start_mark)
        first, last = event.start_mark.line, event.end_mark.line
        plain = not event.style
        text = event.value
        if len(text) > MAX_TEXT:
            self._fault("long", place, str(len(text)))
            return self._add(Scalar("", place, reported=True, file_index=self._index), event.anchor)
        if self._join and event.style != "|" and first != last and " " in text:
            text = self._join(text, first, last)
        node = Scalar(text, place, plain and not text, plain and first == last, file_index=self._index)
        node.reported = event.tag not in _TEXT_TAGS
        self._last, self._last_node = event, node
        self._add(node, event.anchor)

    def _open(self, event: Any) -> None:
        place = self._place(event.start_mark)
        if len(self._stack) >= MAX_DEPTH:
            self._fault("depth", place)
            raise _TooMuch
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
        node = self._anchors.get(event.anchor)
        if not self._aliases or node is None:
            kind: FaultKind = "alias_loop" if event.anchor in self._anchors else "alias"
            self._fault(kind if self._aliases else "mark", place, f"*{event.anchor}")
            return self._add(Scalar("", place, reported=True, file_index=self._index), None)
        self._expanded += node.size
        if self._expanded > MAX_EXPANDED:
            self._fault("alias_flood", place, f"*{event.anchor}")
            raise _TooMuch
        self._add(copied(node), None, place, from_alias=True)

    def _add(
        self, node: Node, anchor: str | None, place: Place | None = None, *, from_alias: bool = False
    ) -> None:
        self._count += 1
        if self._count > MAX_NODES:
            self._fault("count", node.place)
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
            self._fault("key_shape", place)
        elif not node.text.strip():
            self._fault("key_empty", place)
        elif node.text in top.node.keys:
            self._fault("key_twice", place, node.text, top.node.keys[node.text], key=node.text)
        else:
            top.key, top.key_place = node.text, place


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


def _events(parser: Any) -> Iterator[Any]:
    while parser.check_event():
        yield parser.get_event()
