"""What a form says, block by block, apart from how its file is written: the middle between YAML and a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from planforge.core.yaml_nodes import Listing, Mapping, Node, Scalar, copied
from planforge.profile.field_titles import Described, keys
from planforge.profile.fields import FormGroup
from planforge.profile.model import Profile
from planforge.profile.one_line import open_lines
from planforge.profile.workbook.blocks import FormBlock, KeyPath, blocks
from planforge.profile.workbook.cells import SPACE, Value, tidy


@dataclass(slots=True)
class EntryRow:
    """An entry of a list. values: by the fields' paths; "" where the entry empties what a layer below it says.

    parent: the number of the entry that it stands in.
    """

    values: dict[KeyPath, Value]
    parent: int = 0


@dataclass(slots=True)
class Content:
    """All that a form says. groups, rows: by the path of the block. erased: paths of values and lists that the
    form empties on purpose, against a layer below it.
    """

    groups: dict[KeyPath, dict[KeyPath, Value]] = field(default_factory=dict)
    rows: dict[KeyPath, list[EntryRow]] = field(default_factory=dict)
    erased: set[KeyPath] = field(default_factory=set)

    def data(self) -> dict[str, Any]:
        """As nested dicts, lists and texts, in the order of the model; what is empty is left out."""
        return {key: value for key, value in self._group(Profile, (), ()) if value not in ({}, None)}

    def _group(self, kind: type[FormGroup], block: KeyPath, inner: KeyPath) -> Iterator[tuple[str, Any]]:
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

    def _entry(self, entry: Described, path: KeyPath, number: int) -> dict[str, Any]:
        assert entry.kind is not None
        return dict(self._keys(entry.kind, path, (), number))

    def _keys(
        self, kind: type[FormGroup], path: KeyPath, inner: KeyPath, number: int
    ) -> Iterator[tuple[str, Any]]:
        values = self.rows[path][number].values
        for key, described in keys(kind).items():
            if described.kind is None:
                if (*inner, key) in values:
                    yield key, values[*inner, key]
            elif described.listed:
                below = (*path, *inner, key)
                rows = [n for n, row in enumerate(self.rows.get(below, [])) if row.parent == number]
                if rows:
                    yield key, [self._entry(described, below, n) for n in rows]
            elif group := dict(self._keys(described.kind, path, (*inner, key), number)):
                yield key, group


def _said(value: Any) -> bool:
    return value not in ({}, None)


def content_of(root: Mapping) -> Content:
    """What the nodes of one file say. They must be of the right shape: `validate` has found nothing wrong."""
    content = Content()
    upper = root.entries.get("extends")
    erasing = upper is not None and bool(_texts(upper))
    root = cast(Mapping, copied(root))
    open_lines(root, emptying=erasing)
    for block in blocks().values():
        if block.parent:
            continue
        node = _at(root, block.path)
        if not block.table:
            group = node if isinstance(node, Mapping) else None
            content.groups[block.path] = _values(group, block)
            if erasing and group is not None:
                content.erased |= {(*block.path, *path) for path in _emptied(group, block)}
        else:
            if erasing and _is_emptied(node):
                content.erased.add(block.path)
            _rows(content, block, _entries(node), 0, erasing=erasing)
    return content


def _rows(content: Content, block: FormBlock, entries: list[Mapping], parent: int, *, erasing: bool) -> None:
    rows = content.rows.setdefault(block.path, [])
    for entry in entries:
        if not _holds(entry, block):
            continue
        number = len(rows)
        values = _values(entry, block)
        if erasing and ("id",) in values:  # only such an entry is laid over one of another layer
            values |= dict.fromkeys(_emptied(entry, block), "")
        rows.append(EntryRow(values, parent))
        for inner, listed in _below(entry, block):
            _rows(content, inner, listed, number, erasing=erasing)


def _below(entry: Mapping, block: FormBlock) -> Iterator[tuple[FormBlock, list[Mapping]]]:
    """The lists inside an entry, each with its block."""
    for inner in blocks().values():
        if inner.parent == block.path:
            yield inner, _entries(_at(entry, inner.path[len(block.path) :]))


def _holds(entry: Mapping, block: FormBlock) -> bool:
    """Whether an entry says anything, itself or in a list inside it."""
    return bool(_values(entry, block)) or any(
        _holds(item, inner) for inner, listed in _below(entry, block) for item in listed
    )


def _values(group: Mapping | None, block: FormBlock) -> dict[KeyPath, Value]:
    values: dict[KeyPath, Value] = {}
    for block_field in block.fields:
        node = _at(group, block_field.path)
        if node is not None and (value := tidy(_value(node), block_field.shape)):
            values[block_field.path] = value
    return values


def _emptied(group: Mapping, block: FormBlock) -> Iterator[KeyPath]:
    for block_field in block.fields:
        if _is_emptied(_at(group, block_field.path)):
            yield block_field.path


def _is_emptied(node: Node | None) -> bool:
    """Whether somebody wrote that nothing stands here: [] or "", not merely a key left blank."""
    if isinstance(node, Scalar):
        return not node.blank and not node.reported and not node.text.strip(SPACE)
    return isinstance(node, Listing) and not _says_something(node)


def _says_something(node: Node) -> bool:
    if isinstance(node, Scalar):
        return bool(node.text.strip(SPACE))
    return any(map(_says_something, node.items if isinstance(node, Listing) else node.entries.values()))


def _value(node: Node) -> Value:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Listing):
        return tuple(_texts(node))
    pairs = {key: item.text for key, item in node.entries.items() if isinstance(item, Scalar)}
    return {key: text for key, text in pairs.items() if text.strip(SPACE)}


def _texts(node: Node) -> list[str]:
    listed = node.items if isinstance(node, Listing) else [node]
    return [item.text for item in listed if isinstance(item, Scalar) and item.text.strip(SPACE)]


def _at(node: Node | None, path: KeyPath) -> Node | None:
    for key in path:
        node = node.entries.get(key) if isinstance(node, Mapping) else None
    return node


def _entries(node: Node | None) -> list[Mapping]:
    return [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Listing) else []
