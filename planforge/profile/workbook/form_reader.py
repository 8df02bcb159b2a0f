"""A workbook into the nodes of a form. Blocks are known by their headings, wherever they stand.

So sheets may be moved, renamed, hidden or added, rows and columns inserted or moved; what cannot be placed
is reported with its cell and the nearest heading, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from planforge.core.problems import Place, Problem
from planforge.core.unreadable import Unreadable
from planforge.core.yaml_nodes import Listing, Mapping, Node, Scalar
from planforge.profile.workbook.block_headings import GUIDE, block_heading, find_block, near_block, plain
from planforge.profile.workbook.blocks import FormBlock, KeyPath, blocks
from planforge.profile.workbook.cells import SPACE
from planforge.profile.workbook.group import GroupReader
from planforge.profile.workbook.linking import link
from planforge.profile.workbook.sheet_state import SheetState, ValueCount
from planforge.profile.workbook.table import TableEntry, TableReader
from planforge.sheets.grid import SheetGrid, Workbook

Report = Callable[[Problem], None]


@dataclass(slots=True)
class WorkbookForm:
    """What was read. root: None where it is no form. whole: no block was lost."""

    root: Mapping | None
    whole: bool


@dataclass(slots=True)
class _Blocks:
    groups: dict[KeyPath, Mapping] = field(default_factory=dict)
    tables: dict[KeyPath, list[TableEntry]] = field(default_factory=dict)
    places: dict[KeyPath, Place] = field(default_factory=dict)
    inputs: dict[KeyPath, Place] = field(default_factory=dict)


def read_form(path: Path, file: str, report: Report, index: int = 0) -> WorkbookForm:
    """The form in the workbook at `path`; `file` names it in problems. index: of the file, among layers."""
    from planforge.profile.workbook.file_opening import open_form

    try:
        book = open_form(path)
    except Unreadable as fault:
        report(Problem(fault.message, Place(file), "", fault.found, "", fault.fix, fault.code))
        return WorkbookForm(None, False)
    return read_book(book, file, report, index)


def read_book(book: Workbook, file: str, report: Report, index: int = 0) -> WorkbookForm:
    """The form in a workbook that has been opened."""
    reader = _BookReader(file, report, index)
    for sheet in book.sheets:
        reader.sheet(sheet)
    return reader.form()


class _BookReader:
    def __init__(self, file: str, report: Report, index: int) -> None:
        self._file, self._report, self._index = file, report, index
        self._found = _Blocks()
        self._tally = ValueCount()
        self._whole = True

    def sheet(self, sheet: SheetGrid) -> None:
        """Read one sheet, block by block."""
        state = SheetState(self._file, sheet, self._report, self._index, self._tally)
        reader: GroupReader | TableReader | None = None
        known = met = False
        for row in sorted(sheet.rows):
            cells = sheet.rows[row]
            title = block_heading(cells)
            if title is None:
                met = met or any(cell.text.strip(SPACE) for cell in cells.values())
                if reader is not None:
                    reader.row(row, cells)
                continue
            self._close(reader)
            known = True
            reader = self._open(title, row, state)
        self._close(reader)
        if not known and met and plain(sheet.name) != plain(GUIDE):
            fix = "不是信息表的内容就不用管；要用的，把内容填到信息表自己的表里"
            state.sheet_notice("sheet.ignored", "这张工作表里没有信息表的栏目，没有读", fix)
        if known and sheet.hidden and state.used:
            fix = "不要用的，取消隐藏，把内容删去"
            state.sheet_notice("sheet.hidden", "这张工作表是隐藏的，里面填的照样用了", fix)

    def _open(self, title: str, row: int, state: SheetState) -> GroupReader | TableReader | None:
        place = state.row_place(row)
        block = find_block(title)
        if block is None:
            self._whole = False
            near = near_block(title)
            fix = f"改成“■ {near.title}”" if near else "照“填写说明”里的目录改回原来的标题"
            self._report(
                Problem("没有这个栏目，它下面的没有读", place, "", title[:40], "", fix, "sheet.block_unknown")
            )
            return None
        if block.path in self._found.places:
            first = self._found.places[block.path].cell
            message = f"“{block.title}”有两处，第一处在 {first}；这一处没有读"
            self._whole = False
            self._report(
                Problem(
                    message, place, block.title, "", "每个栏目只有一处", "两处并成一处", "sheet.block_twice"
                )
            )
            return None
        self._found.places[block.path] = place
        return TableReader(block, state, row) if block.table else GroupReader(block, state, row)

    def _close(self, reader: GroupReader | TableReader | None) -> None:
        if isinstance(reader, GroupReader):
            self._found.groups[reader.block.path] = reader.close()
        elif isinstance(reader, TableReader):
            self._whole = reader.close() and self._whole
            self._found.tables[reader.block.path] = reader.entries
            self._found.inputs[reader.block.path] = reader.first_input

    def form(self) -> WorkbookForm:
        """All that has been read, put together."""
        if not self._found.places:
            fix = "用“planforge new --excel”生成空白信息表，把内容填进去"
            message = "这个工作簿里没有信息表的栏目"
            self._report(
                Problem(
                    message, Place(self._file), "", "", "以“■ ”开头的栏目标题，如“■ 学校”", fix, "file.shape"
                )
            )
            return WorkbookForm(None, False)
        if self._tally.flooded:
            message = "内容太多，不像是一张信息表"
            self._report(
                Problem(
                    message, Place(self._file), expected=f"不超过 {ValueCount.MOST} 个值", code="sheet.count"
                )
            )
            return WorkbookForm(None, False)
        root = Mapping(Place(self._file), file_index=self._index)
        for path, group in self._found.groups.items():
            self._put_group(root, path, group)
        for path, entries in self._found.tables.items():
            block = blocks()[path]
            if block.parent:
                link(block, entries, self._found.tables.get(block.parent, []), self._report)
            else:
                self._put_list(root, block, entries)
        return WorkbookForm(root, self._whole)

    def _put_group(self, root: Mapping, path: KeyPath, group: Mapping) -> None:
        target = self._down(root, path, group.place)
        target.entries.update(group.entries)
        target.keys.update(group.keys)
        target.spoiled |= group.spoiled

    def _put_list(self, root: Mapping, block: FormBlock, entries: list[TableEntry]) -> None:
        place = self._found.inputs[block.path]
        target = self._down(root, block.path[:-1], self._found.places[block.path])
        node: Node
        if not entries:
            node = Scalar("", place, blank=True, file_index=self._index)
        elif entries[0].erased:
            node = Listing(entries[0].node.place, file_index=self._index)
        else:
            first = entries[0].node.place
            node = Listing(first, [entry.node for entry in entries], self._index)
        target.entries[block.path[-1]] = node
        target.keys[block.path[-1]] = place

    def _down(self, root: Mapping, path: KeyPath, place: Place) -> Mapping:
        node = root
        for key in path:
            below = node.entries.get(key)
            if not isinstance(below, Mapping):
                below = Mapping(place, file_index=self._index)
                node.entries[key] = below
                node.keys[key] = place
            node = below
        return node
