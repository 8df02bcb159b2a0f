"""A block that is a list: a row of headings, and below it an entry a row."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass

from planforge.core.problems import Place, Problem
from planforge.core.yaml_nodes import Mapping, Scalar
from planforge.profile.workbook.block_headings import NUMBER, find_field, homes, near_field, plain
from planforge.profile.workbook.blocks import BlockField, FormBlock
from planforge.profile.workbook.cells import ERASED, SPACE
from planforge.profile.workbook.sheet_state import SheetState
from planforge.sheets.grid import MergedCells, SheetCell

MAX_SPANS = 2_000
"""Cells merged over several rows, of one list; more are made by no hand."""


@dataclass(slots=True)
class TableEntry:
    """A row. link: what it says about the entry of another list that it belongs to. erased: the list is emptied."""

    node: Mapping
    link: str = ""
    link_place: Place | None = None
    erased: bool = False


class TableReader:
    """Takes the rows of one block, one after the other."""

    def __init__(self, block: FormBlock, state: SheetState, row: int) -> None:
        self.block, self._state, self._row = block, state, row
        self.entries: list[TableEntry] = []
        self.first_input = state.row_place(row)
        self._columns: dict[int, BlockField] = {}
        self._strange: dict[int, tuple[int, str]] = {}
        self._meant: dict[int, str] = {}
        self._link = 0
        self._head = 0
        self._before: list[int] = []
        self._spans: list[MergedCells] = []

    def row(self, row: int, cells: Map[int, SheetCell]) -> None:
        """Take a row: the headings, an entry, or what stands above the headings."""
        filled = {c: cell for c, cell in cells.items() if cell.text.strip(SPACE) or cell.kind != "text"}
        if not filled:
            return
        if not self._head:
            if not self._headings(row, filled):
                self._before.append(row)
            return
        own = {column: cell for column, cell in filled.items() if column in self._columns}
        link = filled.get(self._link)
        self._stray(row, filled)
        if not own and link is None:
            return
        first = self._state.place(row, min([*own, *([self._link] if link else [])]))
        if list(own) == [min(self._columns)] and not link and own[min(own)].text.strip(SPACE) == ERASED:
            self.entries.append(TableEntry(Mapping(first, file_index=self._state.index), erased=True))
            return
        self._entry(row, own, link, first)
        # What stands in columns that were not understood is not missing from the entry.
        lost = {key for column, key in self._meant.items() if column in filled}
        self.entries[-1].node.spoiled |= lost

    def _entry(self, row: int, own: dict[int, SheetCell], link: SheetCell | None, first: Place) -> None:
        node = Mapping(first, file_index=self._state.index)
        held = self._held(row)
        for column, field in self._columns.items():
            value = self._state.node(row, column, field, own.get(column) or held.get(column))
            inner = node
            for key in field.path[:-1]:
                below = inner.entries.setdefault(key, Mapping(value.place, file_index=self._state.index))
                inner.keys.setdefault(key, value.place)
                assert isinstance(below, Mapping)
                inner = below
            inner.entries[field.path[-1]], inner.keys[field.path[-1]] = value, value.place
        text = (link or held.get(self._link) or SheetCell("")).text.strip(SPACE)
        self.entries.append(TableEntry(node, text, self._state.place(row, self._link or 1)))

    def _held(self, row: int) -> dict[int, SheetCell]:
        """By column, the cells above that are merged over this row: they say the same for every row."""
        held = {}
        for span in self._spans:
            if span.top < row <= span.bottom:
                cell = self._state.sheet.rows.get(span.top, {}).get(span.left)
                if cell is not None:
                    held[span.left] = cell
        return held

    def _headings(self, row: int, filled: dict[int, SheetCell]) -> bool:
        fields: dict[int, BlockField] = {}
        strange: dict[int, tuple[int, str]] = {}
        link = 0
        for column, cell in filled.items():
            field = find_field(self.block, cell.text)
            if field is not None:
                fields[column] = field
            elif self.block.link and plain(cell.text) == plain(self.block.link):
                link = column
            else:
                strange[column] = (row, cell.text.strip(SPACE))
        if not fields or 2 * (len(fields) + bool(link)) < len(filled):
            return False
        self._head, self._link = row, link
        for column, field in fields.items():
            if field in self._columns.values():
                place = self._state.place(row, column)
                message = f"标题“{field.title}”有两列，右边的一列没有读"
                expected = "每个标题只有一列"
                self._state.report(
                    Problem(message, place, self.block.title, field.title, expected, "", "key.duplicate")
                )
            else:
                self._columns[column] = field
        self._strange = {c: told for c, told in strange.items() if plain(told[1]) != plain(NUMBER)}
        self._meant = {
            c: near.path[0]
            for c, (_, text) in self._strange.items()
            if (near := near_field(self.block, text, list(fields.values())))
        }
        self.first_input = self._state.place(row + 1, min(self._columns))
        below = (span for span in self._state.sheet.spans if row < span.top < span.bottom)
        self._spans = [span for span in below if span.left in self._columns or span.left == link][:MAX_SPANS]
        return True

    def _stray(self, row: int, filled: dict[int, SheetCell]) -> None:
        for column in filled:
            if column in self._strange:
                head, text = self._strange.pop(column)
                self._unknown(self._state.place(head, column), text)
            elif column not in self._columns and column != self._link and column < max(self._columns):
                if self._state.sheet.text(self._head, column).strip(SPACE):
                    continue
                place = self._state.place(row, column)
                fix = "在标题行写上这一列的标题，或者移到别的列"
                self._state.notice("column.no_heading", place, "这一列没有标题，里面的没有读", fix, -column)

    def _unknown(self, place: Place, text: str) -> None:
        near = near_field(self.block, text, list(self._columns.values()))
        elsewhere = [block.title for block in homes(text) if block is not self.block][:3]
        fix = f"改成“{near.title}”" if near else ""
        if not near and elsewhere:
            fix = f"“{text[:40]}”是“{'”“'.join(elsewhere)}”里的项目"
        expected = "" if fix else "、".join(field.title for field in self.block.fields[:10])
        message = f"“{self.block.title}”里没有“{text[:40]}”这一列，这一列没有读"
        self._state.report(Problem(message, place, self.block.title, text[:40], expected, fix, "key.unknown"))

    def close(self) -> bool:
        """Whether the headings were found, or there was nothing below the block's title."""
        for number, entry in enumerate(self.entries):
            if entry.erased and len(self.entries) > 1:
                message = f"写了“{ERASED}”，又有别的内容"
                self._state.report(
                    Problem(message, entry.node.place, self.block.title, code="sheet.erased_and_not")
                )
                del self.entries[number]
                break
        if self._head or len(self._before) < 2:
            return True
        expected = "、".join(field.title for field in self.block.fields[:6])
        place = self._state.row_place(self._before[0])
        self._state.report(
            Problem(
                "这一栏没有标题行，下面的没有读",
                place,
                self.block.title,
                "",
                expected,
                "",
                "sheet.no_headings",
            )
        )
        return False


def as_text(node: Mapping, key: str) -> str:
    """The text of a value of an entry, "" where there is none."""
    value = node.entries.get(key)
    return value.text if isinstance(value, Scalar) else ""
