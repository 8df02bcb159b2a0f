"""What a form says, block by block, apart from how its file is written: the middle between YAML and a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from planforge.core.yaml_nodes import Listing, Mapping, Node, Scalar
from planforge.profile.field_titles import Described, keys
from planforge.profile.fields import Group
from planforge.profile.model import Profile
from planforge.profile.school import Kind, Person, one_by_one
from planforge.profile.workbook.blocks import Block, Path, blocks
from planforge.profile.workbook.cells import SPACE, Value, tidy


@dataclass(slots=True)
class Row:
    """An entry of a list. values: by the fields' paths. parent: the number of the entry that it stands in."""

    values: dict[Path, Value]
    parent: int = 0


@dataclass(slots=True)
class Content:
    """All that a form says. groups, rows: by the path of the block. erased: paths of values and lists that the
    form empties on purpose, against a layer below it.
    """

    groups: dict[Path, dict[Path, Value]] = field(default_factory=dict)
    rows: dict[Path, list[Row]] = field(default_factory=dict)
    erased: set[Path] = field(default_factory=set)

    def data(self) -> dict[str, Any]:
        """As nested dicts, lists and texts, in the order of the model; what is empty is left out."""
        return {key: value for key, value in self._group(Profile, (), ()) if value not in ({}, None)}

    def _group(self, kind: type[Group], block: Path, inner: Path) -> Iterator[tuple[str, Any]]:
        values = self.groups.get(block, {})
        for key, entry in keys(kind).items():
            path = (*block, *inner, key)
            if path in self.erased:
                yield key, [] if entry.listed else ""
            elif entry.kind is None:
                yield key, values.get((*inner, key))
            elif entry.listed:
                yield key, [self._entry(entry, path, n) for n in range(len(self.rows.get(path, [])))] or None
            elif path in blocks():
                yield key, dict(pair for pair in self._group(entry.kind, path, ()) if _said(pair[1]))
            else:
                below = self._group(entry.kind, block, (*inner, key))
                yield key, dict(pair for pair in below if _said(pair[1]))

    def _entry(self, entry: Described, path: Path, number: int) -> dict[str, Any]:
        assert entry.kind is not None
        return dict(self._keys(entry.kind, path, (), number))

    def _keys(self, kind: type[Group], path: Path, inner: Path, number: int) -> Iterator[tuple[str, Any]]:
        values = self.rows[path][number].values
        for key, one in keys(kind).items():
            if one.kind is None:
                if (*inner, key) in values:
                    yield key, values[*inner, key]
            elif one.listed:
                below = (*path, *inner, key)
                rows = [n for n, row in enumerate(self.rows.get(below, [])) if row.parent == number]
                if rows:
                    yield key, [self._entry(one, below, n) for n in rows]
            elif group := dict(self._keys(one.kind, path, (*inner, key), number)):
                yield key, group


def _said(value: Any) -> bool:
    return value not in ({}, None)


def content_of(root: Mapping) -> Content:
    """What the nodes of one file say. They must be of the right shape: `validate` has found nothing wrong."""
    content = Content()
    upper = root.entries.get("extends")
    erasing = upper is not None and bool(_texts(upper))
    for block in blocks().values():
        if block.parent:
            continue
        node = _at(root, block.path)
        if not block.table:
            group = _opened(node, block.kind)
            content.groups[block.path] = _values(group, block)
            if erasing and group is not None:
                content.erased |= {(*block.path, *path) for path in _emptied(group, block)}
        else:
            if erasing and _is_emptied(node):
                content.erased.add(block.path)
            _rows(content, block, _entries(node, block.kind), 0)
    return content


def _rows(content: Content, block: Block, entries: list[Mapping], parent: int) -> None:
    rows = content.rows.setdefault(block.path, [])
    for entry in entries:
        number = len(rows)
        inner = [one for one in blocks().values() if one.parent == block.path]
        below = [(one, _entries(_at(entry, one.path[len(block.path) :]), one.kind)) for one in inner]
        values = _values(entry, block)
        if not values and not any(listed for _, listed in below):
            continue
        rows.append(Row(values, parent))
        for one, listed in below:
            _rows(content, one, listed, number)


def _values(group: Mapping | None, block: Block) -> dict[Path, Value]:
    found: dict[Path, Value] = {}
    for one in block.fields:
        node = _inside(group, block.kind, one.path)
        if node is not None and (value := tidy(_value(node), one.shape)):
            found[one.path] = value
    return found


def _emptied(group: Mapping, block: Block) -> Iterator[Path]:
    for one in block.fields:
        if _is_emptied(_inside(group, block.kind, one.path)):
            yield one.path


def _is_emptied(node: Node | None) -> bool:
    """Whether somebody wrote that nothing stands here: [] or "", not merely a key left blank."""
    if isinstance(node, Scalar):
        return not node.blank and not node.reported and not node.text.strip(SPACE)
    return isinstance(node, Listing) and not _texts(node) and not any(_said_below(x) for x in node.items)


def _said_below(node: Node) -> bool:
    return isinstance(node, Mapping) and any(
        _said_below(one) if isinstance(one, Mapping) else bool(_texts(one)) for one in node.entries.values()
    )


def _value(node: Node) -> Value:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Listing):
        return tuple(_texts(node))
    pairs = {key: one.text for key, one in node.entries.items() if isinstance(one, Scalar)}
    return {key: text for key, text in pairs.items() if text.strip(SPACE)}


def _texts(node: Node) -> list[str]:
    listed = node.items if isinstance(node, Listing) else [node]
    return [one.text for one in listed if isinstance(one, Scalar) and one.text.strip(SPACE)]


def _at(node: Node | None, path: Path) -> Node | None:
    for key in path:
        node = node.entries.get(key) if isinstance(node, Mapping) else None
    return node


def _inside(group: Mapping | None, kind: type[Group], path: Path) -> Node | None:
    """The node of a field; a person in one line is opened on the way."""
    node: Node | None = group
    for key in path[:-1]:
        below = keys(kind)[key].kind
        assert below is not None
        kind = below
        node = _opened(_at(node, (key,)), kind)
    return _at(node, path[-1:])


def _opened(node: Node | None, kind: type[Group]) -> Mapping | None:
    """A group as keys and values, also where it was written in one line: 林远（副校长）."""
    if isinstance(node, Mapping):
        return node
    if isinstance(node, Scalar) and node.text.strip(SPACE) and issubclass(kind, (Person, Kind)):
        said: dict[str, str] = cast(Any, kind).one_line(node.text)
        entries: dict[str, Node] = {key: Scalar(text, node.place) for key, text in said.items()}
        return Mapping(node.place, entries, dict.fromkeys(entries, node.place))
    return None


def _entries(node: Node | None, kind: type[Group]) -> list[Mapping]:
    if isinstance(node, Scalar) and issubclass(kind, Person):
        listed: list[Node] = [Scalar(text, node.place) for text in one_by_one(node.text)]
    else:
        listed = list(node.items) if isinstance(node, Listing) else []
    return [group for one in listed if (group := _opened(one, kind)) is not None]
