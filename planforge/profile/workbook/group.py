"""A block of single values: a name, what is filled in beside it, and an explanation that is not read."""

from __future__ import annotations

from collections.abc import Mapping as Map

from planforge.core.problems import Problem
from planforge.core.yaml_nodes import Mapping, Node, Scalar
from planforge.profile.field_titles import keys
from planforge.profile.workbook.block_headings import VALUE, find_field, homes, near_field, plain
from planforge.profile.workbook.blocks import BlockField, FormBlock
from planforge.profile.workbook.cells import SPACE
from planforge.profile.workbook.sheet_state import SheetState
from planforge.sheets.grid import SheetCell


class GroupReader:
    """Takes the rows of one block, one after the other."""

    def __init__(self, block: FormBlock, state: SheetState, row: int) -> None:
        self.block, self._state = block, state
        self._node = Mapping(state.row_place(row), file_index=state.index)
        self._label, self._value = 1, 2
        self._headed = False
        self._seen: dict[tuple[str, ...], str] = {}

    def row(self, row: int, cells: Map[int, SheetCell]) -> None:
        """Take a row: the headings, a value, or something that people wrote beside it."""
        filled = {
            column: cell for column, cell in cells.items() if cell.text.strip(SPACE) or cell.kind != "text"
        }
        if not self._headed and self._headings(filled):
            return
        label, value = filled.get(self._label), filled.get(self._value)
        if label is None:
            if value is not None:
                self._nameless(row)
            return
        field = find_field(self.block, label.text)
        if field is None:
            if value is not None:
                self._unknown(row, label.text)
            return
        if field.path in self._seen:
            if value is not None:
                self._twice(row, field)
            return
        self._seen[field.path] = self._state.place(row, self._label).cell
        self._put(field, self._state.node(row, self._value, field, value))

    def _headings(self, filled: Map[int, SheetCell]) -> bool:
        """Whether the row is the one that heads the columns."""
        first = min(filled, default=0)
        for column, cell in filled.items():
            known = find_field(self.block, filled[first].text)
            if column > first and plain(cell.text) == plain(VALUE) and known is None:
                self._label, self._value, self._headed = first, column, True
        return self._headed

    def _put(self, field: BlockField, value: Node) -> None:
        node = self._node
        for key in field.path[:-1]:
            below = node.entries.get(key)
            if not isinstance(below, Mapping):
                below = Mapping(value.place, file_index=self._state.index)
                node.entries[key], node.keys[key] = below, value.place
            node = below
        node.entries[field.path[-1]], node.keys[field.path[-1]] = value, value.place

    def close(self) -> Mapping:
        """The group. A group inside it of which nothing is filled in counts as left blank."""
        for key, value in self._node.entries.items():
            if isinstance(value, Mapping) and keys(self.block.kind)[key].kind is not None and _blank(value):
                self._node.entries[key] = Scalar("", value.place, blank=True, file_index=self._state.index)
        return self._node

    def _nameless(self, row: int) -> None:
        place = self._state.place(row, self._value)
        fix = "写在有项目名的那一行，或者删去"
        self._state.report(
            Problem("这一格的前面没有项目名", place, self.block.title, "", "", fix, "sheet.no_label")
        )

    def _unknown(self, row: int, label: str) -> None:
        place = self._state.place(row, self._label)
        shown = label.strip(SPACE)[:40]
        near = near_field(self.block, label)
        elsewhere = [block.title for block in homes(label) if block is not self.block][:3]
        fix = f"改成“{near.title}”" if near else ""
        if near:  # it is not missing, it was not understood
            self._node.spoiled.add(near.path[0])
        if not near and elsewhere:
            fix = f"“{shown}”应当写在“{'”“'.join(elsewhere)}”里"
        titles = "、".join(field.title for field in self.block.fields[:10])
        expected = "" if fix else titles
        self._state.report(
            Problem(
                f"“{self.block.title}”里没有“{shown}”这一项",
                place,
                self.block.title,
                shown,
                expected,
                fix,
                "key.unknown",
            )
        )

    def _twice(self, row: int, field: BlockField) -> None:
        place = self._state.place(row, self._label)
        message = f"“{field.title}”写了两次，第一次在 {self._seen[field.path]}"
        self._state.report(
            Problem(
                message, place, self.block.title, field.title, "每项只写一次", "两处并成一处", "key.duplicate"
            )
        )


def _blank(node: Node) -> bool:
    if isinstance(node, Mapping):
        return all(_blank(value) for value in node.entries.values())
    return isinstance(node, Scalar) and node.blank
