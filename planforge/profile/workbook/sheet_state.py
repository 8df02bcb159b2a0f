"""A sheet of the form while it is read: where its cells stand, what they say, what is odd about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from planforge.core.problems import Place, Problem
from planforge.core.yaml_composer import MAX_NODES, MAX_TEXT
from planforge.core.yaml_nodes import Listing, Mapping, Node, Scalar
from planforge.profile.workbook.blocks import BlockField
from planforge.profile.workbook.cells import ERASED, SPACE, CellFault, items, unprotected, written
from planforge.sheets.grid import SheetCell as Cell
from planforge.sheets.grid import SheetGrid as Sheet

Report = Callable[[Problem], None]


@dataclass(slots=True)
class ValueCount:
    """How many values have been read of the whole workbook."""

    MOST: ClassVar[int] = MAX_NODES
    values: int = 0

    @property
    def flooded(self) -> bool:
        """Whether there are more than any school's form has."""
        return self.values > self.MOST


class SheetState:
    """A sheet, and what is reported of it."""

    def __init__(self, file: str, sheet: Sheet, report: Report, index: int, tally: ValueCount) -> None:
        self.file, self.sheet, self.report, self.index = file, sheet, report, index
        self.used = False
        self._tally = tally
        self._said: set[tuple[str, int]] = set()

    def place(self, row: int, column: int) -> Place:
        """The place of a cell."""
        return Place(self.file, cell=self.sheet.address(row, column))

    def row_place(self, row: int) -> Place:
        """The place of the first cell of a row that holds something."""
        cells = self.sheet.rows.get(row, {})
        filled = [column for column, cell in cells.items() if cell.text.strip(SPACE)]
        return self.place(row, min(filled, default=1))

    def sheet_notice(self, code: str, message: str, fix: str) -> None:
        """Report something about the whole sheet."""
        place = Place(self.file, cell=self.sheet.name)
        self.report(Problem(message, place, fix=fix, code=code, severity="notice"))

    def notice(self, code: str, place: Place, message: str, fix: str, once: int) -> None:
        """Report something about a cell, once for each row or column."""
        if (code, once) not in self._said:
            self._said.add((code, once))
            self.report(Problem(message, place, fix=fix, code=code, severity="notice"))

    def node(self, row: int, column: int, field: BlockField, cell: Cell | None) -> Node:
        """What a cell says for a field; a fault is reported."""
        place = self.place(row, column)
        if cell is None or (not cell.text.strip(SPACE) and cell.kind == "text"):
            return Scalar("", place, blank=True, file_index=self.index)
        self.used = True
        self._tally.values += 1
        self._marks(row, column, place, cell)
        try:
            text = written(cell, field.shape)
        except CellFault as fault:
            self.report(
                Problem(fault.message, place, field.title, fault.found, fault.expected, fault.fix, fault.code)
            )
            return Scalar("", place, reported=True, file_index=self.index)
        if len(text) > MAX_TEXT:
            message, fix = "这一项太长，不像是信息表里的内容", "只写要点；长文另存为文件，写进附件"
            expected = f"不超过 {MAX_TEXT} 字"
            self.report(Problem(message, place, field.title, "", expected, fix, "value.long"))
            return Scalar("", place, reported=True, file_index=self.index)
        if text == ERASED:
            return Scalar("", place, file_index=self.index)
        return self._shaped(unprotected(text), place, field)

    def _shaped(self, text: str, place: Place, field: BlockField) -> Node:
        if field.shape == "options":
            return self._options(text, place, field)
        if field.shape in ("texts", "lines") and (parts := items(text)) is not None:
            return Listing(place, [self._scalar(part, place) for part in parts], self.index)
        return self._scalar(text, place)

    def _scalar(self, text: str, place: Place) -> Scalar:
        return Scalar(text, place, file_index=self.index)

    def _options(self, text: str, place: Place, field: BlockField) -> Node:
        node = Mapping(place, file_index=self.index)
        for line in filter(None, (line.strip(SPACE) for line in text.split("\n"))):
            name, colon, value = line.replace(":", "：", 1).partition("：")
            if not colon or not name.strip(SPACE) or not value.strip(SPACE):
                expected = "一行一个“选项：取值”，如“领导小组：表格”"
                self.report(
                    Problem("选项没有写对", place, field.title, line[:40], expected, "", "options.form")
                )
                return Scalar("", place, reported=True, file_index=self.index)
            node.entries[name.strip(SPACE)] = self._scalar(value.strip(SPACE), place)
            node.keys[name.strip(SPACE)] = place
        return node

    def _marks(self, row: int, column: int, place: Place, cell: Cell) -> None:
        if cell.struck:
            fix = "不要的内容请删去"
            self.notice("cell.struck", place, "这一格加了删除线，照样用了", fix, row)
        if row in self.sheet.hidden_rows:
            fix = "不要用的，取消隐藏，把内容删去"
            self.notice("row.hidden", place, "这一行是隐藏的，里面填的照样用了", fix, row)
        if any(first <= column <= last for first, last in self.sheet.hidden_columns):
            fix = "不要用的，取消隐藏，把内容删去"
            self.notice("column.hidden", place, "这一列是隐藏的，里面填的照样用了", fix, column)
