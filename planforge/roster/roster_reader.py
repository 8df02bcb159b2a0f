"""Reading a roster from beginning to end: every sheet, every list, all problems at once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from planforge.core.problems import Place, Problem
from planforge.core.unreadable import Unreadable
from planforge.roster.block_state import BlockRows, BlockState, RecipientDraft, RosterTask
from planforge.roster.class_context import ClassContext
from planforge.roster.classes import Reckoning, find_class
from planforge.roster.columns import CLASS, NAME, Column, heading_key
from planforge.roster.doubles import drop_repeated_sheets, find_doubles
from planforge.roster.file_formats import open_book
from planforge.roster.headers import ColumnBlock, HeaderCell, HeaderFinder, HeaderTable
from planforge.roster.model import (
    BlockReading,
    ColumnReading,
    LeftOut,
    Roster,
    SheetReading,
    Understood,
)
from planforge.roster.persons import PersonReader
from planforge.roster.sorting import RowSorter
from planforge.roster.wanted_columns import (
    for_staff,
    missing_columns,
    pin,
    recognisable,
    taken_for_pupils,
    unmatched,
)
from planforge.sheets.grid import SheetGrid, Workbook, column_number, letters

NONE: Mapping[str, str] = MappingProxyType({})
TITLE_ROWS = 6
"""Rows above the headings in which a title is looked for."""
MAX_BLOCKS = 40
"""Cells of such a row that are looked at."""


def read_roster(
    path: Path,
    wanted: Sequence[Column],
    *,
    mapping: Mapping[str, str] = NONE,
    term_start: date | None = None,
    entry_grade: int = 1,
    junior_from: int = 7,
    staff: bool | None = None,
    sheets: Collection[str] = (),
) -> Roster:
    """Read the people of a roster file.

    wanted: the columns that are loaded; nothing else of a row is kept, class and seat number apart.
    mapping: field or its Chinese title → heading, where the usual headings do not do. term_start: the term's
    first day, which turns 2024级 into a grade; entry_grade: the grade pupils enter in (7 in a junior school);
    junior_from: the grade called 初一 (6 in the 五四 system). staff: whether it lists teachers; told from
    `wanted` where None. sheets: names of the sheets to read, all where empty. Never raises for a wrong file: `problems` says what is wrong.
    """
    file = str(path)
    teachers = for_staff(wanted) if staff is None else staff
    try:
        book = open_book(path)
    except Unreadable as error:
        problem = Problem(error.message, Place(file), "", error.found, "", error.fix, error.code)
        return Roster((), (), (problem,), Understood("", ()))
    if junior_from == 7 and entry_grade == 6:
        junior_from = 6
    task = RosterTask(file, tuple(wanted), Reckoning(term_start, entry_grade, junior_from), teachers)
    reading = _RosterReader(task, path, book, mapping)
    return reading.roster(sheets)


class _RosterReader:
    def __init__(self, task: RosterTask, path: Path, book: Workbook, mapping: Mapping[str, str]) -> None:
        self._task, self._path, self._book = task, path, book
        self._columns = recognisable(task.wanted, staff=task.staff)
        self._pinned, self._problems = pin(mapping, self._columns, task.file)
        self._drafts: list[RecipientDraft] = []
        self._left_out: list[LeftOut] = []
        self._seen: list[HeaderCell] = []

    def roster(self, chosen: Collection[str]) -> Roster:
        names = [sheet.name for sheet in self._book.sheets]
        for name in chosen:
            if name not in names:
                fix = f"工作表有：{'、'.join(names)}"
                place = Place(self._task.file)
                self._problems.append(
                    Problem(f"没有“{name}”这张工作表", place, fix=fix, code="sheet.missing")
                )
        sheets = tuple(
            SheetReading(sheet.name, "not_chosen")
            if chosen and sheet.name not in chosen
            else self._sheet(sheet)
            for sheet in self._book.sheets
        )
        found = any(sheet.state == "read" for sheet in sheets)
        if found:
            self._problems += unmatched(self._pinned, self._columns, self._seen, self._task.file)
        elif not self._problems:
            self._problems.append(self._no_header())
        if found and not self._drafts and not self._problems:
            message = "名单里没有可以发信的人" if self._left_out else "名单里还没有人"
            self._problems.append(Problem(message, Place(self._task.file), code="roster.nobody"))
        self._drafts, repeated = drop_repeated_sheets(self._drafts, self._task.file)
        self._problems += repeated
        kept, doubles = find_doubles(self._drafts, staff=self._task.staff)
        self._problems += doubles
        order = {sheet.name: n for n, sheet in enumerate(self._book.sheets)}
        self._problems.sort(key=lambda problem: _order(problem, order))
        recipients = tuple(draft.recipient for draft in kept)
        understood = Understood(self._book.form, sheets)
        return Roster(recipients, tuple(self._left_out), tuple(self._problems), understood)

    def _no_header(self) -> Problem:
        heading = self._pinned.get(NAME.field, NAME.title)
        if not any(sheet.rows for sheet in self._book.sheets):
            hidden = any(sheet.hidden for sheet in self._book.sheets)
            fix = "取消隐藏工作表再用" if hidden else "核对是不是给错了文件"
            return Problem("里面没有内容", Place(self._task.file), fix=fix, code="roster.empty")
        shown = self._first_texts()
        return Problem(
            f"没有找到表头：没有一行写着“{heading}”",
            Place(self._task.file),
            NAME.title,
            f"开头几格是：{shown}" if shown else "",
            fix="第一行写上列名（姓名、班级、座号……），或者用 --map 姓名=列名 写明姓名是哪一列",
            code="header.missing",
        )

    def _first_texts(self) -> str:
        """The likely headings, for a message: short texts of the first row; never what may be people."""
        for sheet in self._book.sheets:
            for row in sorted(sheet.rows)[:1]:
                texts = [cell.text for cell in sheet.rows[row].values() if cell.kind == "text"]
                known = [text for text in texts if self._is_heading(text)]
                return "、".join(known)
        return ""

    def _is_heading(self, text: str) -> bool:
        return any(heading_key(text) in column.names() for column in self._columns)

    def _sheet(self, sheet: SheetGrid) -> SheetReading:
        if sheet.hidden:
            place = Place(self._task.file, cell=sheet.name)
            self._left_out.append(LeftOut("hidden_sheet", "隐藏的工作表", place))
            return SheetReading(sheet.name, "hidden")
        if not sheet.rows:
            return SheetReading(sheet.name, "empty")
        tables = list(HeaderFinder(sheet, self._columns, self._pinned).tables())
        if not tables:
            return SheetReading(sheet.name, "no_header")
        around = ClassContext().within(self._path.stem, "文件名", self._task.reckoning)
        around = around.within(sheet.name, "表名", self._task.reckoning)
        rows = sorted(sheet.rows)
        readings = []
        ends = [table.top - 1 for table in tables[1:]] + [rows[-1]]
        start = 1
        for table, end in zip(tables, ends, strict=True):
            titles = rows[bisect_left(rows, start) : bisect_left(rows, table.top)][-TITLE_ROWS:]
            body = rows[bisect_right(rows, table.bottom) : bisect_right(rows, end)]
            readings += self._table(sheet, table, body, titles, around)
            start = table.bottom + 1
        used = {column for table in tables for block in table.blocks for column in block.columns.values()}
        other = dict.fromkeys(
            one.text for table in tables for one in table.headings if one.column not in used
        )
        return SheetReading(sheet.name, "read", tuple(readings), tuple(other))

    def _titled(
        self, sheet: SheetGrid, block: ColumnBlock, titles: Sequence[int], around: ClassContext
    ) -> ClassContext:
        """What the rows above the headings say; where one names several classes, each stands over its own block."""
        reckoning = self._task.reckoning
        for row in titles:
            texts = [
                (column, cell.text)
                for column, cell in list(sheet.rows[row].items())[:MAX_BLOCKS]
                if cell.kind == "text" and len(cell.text) <= 80
            ]
            named = {found for _, text in texts if (found := find_class(text, reckoning)) is not None}
            for column, text in texts:
                if len(named) < 2 or block.left <= column <= block.right:
                    around = around.within(text, "标题", reckoning)
        return around

    def _table(
        self,
        sheet: SheetGrid,
        table: HeaderTable,
        body: Sequence[int],
        titles: Sequence[int],
        around: ClassContext,
    ) -> list[BlockReading]:
        self._seen += table.headings
        task = self._task
        readings = []
        for block, following in zip(table.blocks, [*table.blocks[1:], None], strict=True):
            faults = missing_columns(sheet, table, block, task.wanted, task.file, staff=task.staff)
            within = self._titled(sheet, block, titles, around).within(
                block.group, "分组标题", task.reckoning
            )
            reach = (
                following.left - 1
                if following is not None
                else max(max(sheet.rows[row]) for row in sheet.rows)
            )
            state = BlockState(task, sheet, table, block)
            PersonReader(state).read(body, RowSorter(state, within).people(body, reach))
            result = state.out
            if (faults or result.problems) and not task.staff:
                other = taken_for_pupils(sheet, table, block, task.file)
                faults, result.problems = ([other], []) if other else (faults, result.problems)
            self._problems += [*faults, *result.problems]
            self._left_out += result.left_out
            if faults:
                result.faulty += len(result.drafts)
                result.drafts = []
            self._drafts += result.drafts
            readings.append(self._reading(sheet, table, block, result))
        return readings

    def _reading(
        self, sheet: SheetGrid, table: HeaderTable, block: ColumnBlock, result: BlockRows
    ) -> BlockReading:
        titles = {column.field: column.title for column in (*self._columns, CLASS)}
        wanted = {column.field for column in self._task.wanted}
        columns = tuple(
            ColumnReading(
                field, titles[field], letters(at), str(block.headings[field]), result.empty.get(field, 0)
            )
            for field, at in sorted(block.columns.items(), key=lambda item: item[1])
            if field in wanted or field in ("name", "class", "grade", "seat")
        )
        return BlockReading(
            (table.top, table.bottom), columns, result.class_from,
            len(result.drafts), len(result.left_out), result.faulty, result.footers,
        )  # fmt: skip


_ADDRESS = re.compile(r"(?:(.*)!)?([A-Z]{1,3})(\d+)", re.DOTALL)


def _order(problem: Problem, sheets: Mapping[str, int]) -> tuple[int, int, int]:
    cell = problem.place.cell if problem.place is not None else ""
    found = _ADDRESS.fullmatch(cell)
    if not found:
        return (-1, 0, 0)
    return (sheets.get(found[1] or "", 0), int(found[3]), column_number(found[2]))
