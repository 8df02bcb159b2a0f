"""Reading a roster from beginning to end: every sheet, every list, all problems at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from planforge.core.problems import Place, Problem
from planforge.core.text_folding import compact, visible
from planforge.core.unreadable import Unreadable
from planforge.roster.block_state import (
    BlockRows,
    BlockState,
    RecipientDraft,
    RosterTask,
    SheetMerges,
    outcomes_of,
)
from planforge.roster.class_context import ClassContext
from planforge.roster.classes import Reckoning, find_class
from planforge.roster.columns import CLASS, NAME, Column, heading_key
from planforge.roster.doubles import drop_repeated_sheets, find_doubles
from planforge.roster.file_formats import open_book
from planforge.roster.gathering import gathered, in_order
from planforge.roster.headers import ColumnBlock, HeaderCell, HeaderFinder, HeaderTable
from planforge.roster.headless import headless_table
from planforge.roster.model import BlockReading, ColumnReading, LeftOut, Roster, SheetReading, Understood
from planforge.roster.persons import PersonReader
from planforge.roster.school_names import drop_other_schools, school_in
from planforge.roster.sorting import RowSorter
from planforge.roster.unread_sheets import names_in, people_in
from planforge.roster.value_shape import heading_as_told
from planforge.roster.wanted_columns import (
    for_staff,
    missing_columns,
    pin,
    recognisable,
    taken_for_pupils,
    unmatched,
)
from planforge.sheets.grid import SheetGrid, Workbook, letters

NONE: Mapping[str, str] = MappingProxyType({})
UNKNOWN: Mapping[int, int] = MappingProxyType({})
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
    grades: Collection[int] = (),
    sizes: Mapping[int, int] = UNKNOWN,
    schools: Sequence[str] = (),
) -> Roster:
    """Read the people of a roster file. Never raises for a wrong file: `problems` says what is wrong.

    Args:
        path: the file, of any format that `open_book` reads.
        wanted: the columns that are loaded; nothing else of a row is kept, class and seat number apart.
        mapping: field or its Chinese title → heading, where the usual headings do not do.
        term_start: the term's first day, which turns 2024级 into a grade.
        entry_grade: the grade pupils enter in (7 in a junior school).
        junior_from: the grade called 初一 (6 in the 五四 system).
        staff: whether it lists teachers; told from `wanted` where None.
        sheets: names of the sheets to read, all where empty.
        grades: the school's grades; a class of another one is a mistake.
        sizes: grade → how many classes it has, where that is known; a class beyond is a mistake.
        schools: the school's names; rows of another school in the file are a mistake.

    Returns:
        The people, whoever was left out and why, the problems, and what becomes of a reconciliation.
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
    reckoning = Reckoning(term_start, entry_grade, junior_from)
    task = RosterTask(
        file, tuple(wanted), reckoning, teachers, frozenset(grades), dict(sizes), tuple(schools)
    )
    return _RosterReading(task, path, book, mapping).roster([visible(name) for name in sheets])


@dataclass(slots=True)
class _SheetContent:
    """What the lists of a sheet gave. seen: their headings."""

    tables: Sequence[HeaderTable]
    blocks: list[BlockRows] = field(default_factory=list)
    readings: list[BlockReading] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)

    def drafts(self) -> list[RecipientDraft]:
        return [draft for block in self.blocks for draft in block.drafts]

    def other(self) -> tuple[str, ...]:
        """The headings that nobody asked for, as a message may tell them."""
        used = {
            column for table in self.tables for block in table.blocks for column in block.columns.values()
        }
        texts = (
            heading_as_told(heading.text)
            for table in self.tables
            for heading in table.headings
            if heading.column not in used
        )
        return tuple(dict.fromkeys(texts))


class _RosterReading:
    def __init__(self, task: RosterTask, path: Path, book: Workbook, mapping: Mapping[str, str]) -> None:
        self._task, self._path, self._book = task, path, book
        self._columns = recognisable(task.wanted, staff=task.staff)
        self._pinned, self._problems = pin(mapping, self._columns, task.file)
        self._blocks: list[BlockRows] = []
        self._left_out: list[LeftOut] = []
        self._seen: list[HeaderCell] = []
        self._hidden: list[tuple[str, set[str]]] = []

    def roster(self, chosen: Collection[str]) -> Roster:
        names = [sheet.name for sheet in self._book.sheets]
        for name in chosen:
            if name not in names:
                fix = f"工作表有：{'、'.join(names)}"
                place = Place(self._task.file)
                self._problems.append(
                    Problem(f"没有“{name}”这张工作表", place, fix=fix, code="sheet.missing")
                )
        sheets = [self._sheet(sheet, chosen) for sheet in self._book.sheets]
        drafts = [draft for block in self._blocks for draft in block.drafts]
        if any(sheet.state == "read" for sheet in sheets):
            self._problems += unmatched(self._pinned, self._columns, self._seen, self._task.file)
            if not drafts and not self._problems:
                message = "名单里没有可以发信的人" if self._left_out else "名单里还没有人"
                self._problems.append(Problem(message, Place(self._task.file), code="roster.nobody"))
            sheets = self._unread(sheets, {draft.name for draft in drafts})
        elif not self._problems:
            self._problems.append(self._no_header())
        kept, lost = self._settled(drafts)
        gone = {draft.recipient.sheet for draft in lost} - {draft.recipient.sheet for draft in kept}
        repeated = {
            problem.place.cell
            for problem in self._problems
            if problem.code == "sheet.repeats" and problem.place
        }
        readings = tuple(
            SheetReading(sheet.name, "repeated", sheet.blocks, sheet.other)
            if sheet.name in gone & repeated
            else sheet
            for sheet in sheets
        )
        outcomes = outcomes_of(self._blocks)
        for draft in lost:
            outcomes[draft.recipient.class_, "taken"] -= 1
            outcomes[draft.recipient.class_, "faulty"] += 1
        return Roster(
            tuple(draft.recipient for draft in kept),
            tuple(self._left_out),
            tuple(in_order(gathered(in_order(self._problems, names)), names)),
            Understood(self._book.form, readings),
            +outcomes,
        )

    def _settled(self, drafts: list[RecipientDraft]) -> tuple[list[RecipientDraft], list[RecipientDraft]]:
        """The drafts that become recipients, and those that repeat others or are another school's."""
        file = self._task.file
        kept, foreign, schools = drop_other_schools(drafts, self._task.schools, file)
        kept, sheets, repeats = drop_repeated_sheets(kept, file)
        kept, twice, doubles = find_doubles(kept, staff=self._task.staff)
        self._problems += [*schools, *repeats, *doubles]
        return kept, [*foreign, *sheets, *twice]

    def _no_header(self) -> Problem:
        heading = self._pinned.get(NAME.field, NAME.title)
        if not any(sheet.rows and not sheet.hidden for sheet in self._book.sheets):
            hidden = any(sheet.hidden for sheet in self._book.sheets)
            fix = "取消隐藏工作表再用" if hidden else "核对是不是给错了文件"
            return Problem("里面没有内容", Place(self._task.file), fix=fix, code="roster.empty")
        shown = self._first_texts()
        return Problem(
            f"没有找到表头：没有一行写着“{heading}”",
            Place(self._task.file),
            NAME.title,
            f"开头几格是：{shown}" if shown else "",
            fix="在名单上面加一行列名（姓名、班级、座号……）；已有列名的，用 --map 姓名=列名 写明姓名是哪一列",
            code="header.missing",
        )

    def _first_texts(self) -> str:
        """The likely headings, for a message: short texts of the first row; never what may be people."""
        for sheet in self._book.sheets:
            for row in sorted(sheet.rows)[:1]:
                texts = [cell.text for cell in sheet.rows[row].values() if cell.kind == "text"]
                return "、".join(text for text in texts if self._is_heading(text))
        return ""

    def _is_heading(self, text: str) -> bool:
        return any(heading_key(text) in column.names() for column in self._columns)

    def _sheet(self, sheet: SheetGrid, chosen: Collection[str]) -> SheetReading:
        if not (sheet.rows or sheet.hidden):
            return SheetReading(sheet.name, "empty")
        if chosen and sheet.name not in chosen:
            return SheetReading(sheet.name, "not_chosen")
        if sheet.hidden and not chosen:
            place = Place(self._task.file, cell=sheet.name)
            self._left_out.append(LeftOut("hidden_sheet", "隐藏的工作表", place))
            content = self._content(sheet)
            names = {draft.name for draft in content.drafts()} if content else names_in(sheet)
            self._hidden.append((sheet.name, names))
            return SheetReading(sheet.name, "hidden", people=len(names))
        content = self._content(sheet)
        if content is None:
            return SheetReading(sheet.name, "no_header", people=people_in(sheet, self._task.reckoning))
        self._blocks += content.blocks
        self._seen += [heading for table in content.tables for heading in table.headings]
        self._problems += content.faults
        self._left_out += [row for block in content.blocks for row in block.left_out]
        return SheetReading(sheet.name, "read", tuple(content.readings), content.other())

    def _unread(self, sheets: list[SheetReading], read: Collection[str]) -> list[SheetReading]:
        """Tell of the people on sheets that were not read, if they stand on no other."""
        hidden = dict(self._hidden)
        for sheet in sheets:
            place = Place(self._task.file, cell=sheet.name)
            if sheet.state == "no_header" and sheet.people:
                message = f"这张工作表里像是有 {sheet.people} 人，没有读：没有“{NAME.title}”这一列"
                fix = "在名单上面写上列名；不用这一张的，用 --sheet 写明读哪几张"
                self._problems.append(Problem(message, place, fix=fix, code="sheet.unread"))
            alone = [name for name in hidden.get(sheet.name, ()) if name not in read]
            if sheet.state == "hidden" and 2 * len(alone) > sheet.people:
                message = f"隐藏的工作表里像是有 {len(alone)} 人，没有读，别的表里也没有他们"
                fix = "要发的，取消隐藏；不发的，用 --sheet 写明读哪几张"
                self._problems.append(Problem(message, place, fix=fix, code="sheet.unread"))
        return sheets

    def _content(self, sheet: SheetGrid) -> _SheetContent | None:
        """What the lists of a sheet hold; None where there is no list."""
        tables = list(HeaderFinder(sheet, self._columns, self._pinned).tables())
        content = _SheetContent(tables)
        if not tables:
            alone = None if self._pinned or self._task.staff else headless_table(sheet, self._task.reckoning)
            if alone is None:
                return None
            tables.append(alone)
            message = "没有列名，照班级小标题下面的姓名读的"
            place = Place(self._task.file, cell=sheet.name)
            fix = "请核对各班人数；最好在上面加一行列名"
            content.faults.append(Problem(message, place, fix=fix, code="header.none", severity="notice"))
        around = ClassContext().within(self._path.stem, "文件名", self._task.reckoning)
        around = around.within(sheet.name, "表名", self._task.reckoning)
        school = school_in(sheet.name)
        rows = sorted(sheet.rows)
        merges = SheetMerges(sheet)
        widest = max(max(cells) for cells in sheet.rows.values())
        ends = [table.top - 1 for table in tables[1:]] + [rows[-1]]
        start = 1
        for table, end in zip(tables, ends, strict=True):
            titles = rows[bisect_left(rows, start) : bisect_left(rows, table.top)][-TITLE_ROWS:]
            body = rows[bisect_right(rows, table.bottom) : bisect_right(rows, end)]
            school = self._school(sheet, titles) or school
            for block, following in zip(table.blocks, [*table.blocks[1:], None], strict=True):
                state = BlockState(self._task, sheet, table, block, merges)
                state.school = compact(school)
                within = self._titled(sheet, block, titles, around).within(
                    block.group, "分组标题", self._task.reckoning
                )
                self._read_block(state, body, within, following.left - 1 if following else widest, content)
            start = table.bottom + 1
        return content

    def _school(self, sheet: SheetGrid, titles: Sequence[int]) -> str:
        """The school that the rows above the headings name."""
        texts = (
            cell.text
            for row in titles
            for cell in list(sheet.rows[row].values())[:MAX_BLOCKS]
            if cell.kind == "text" and len(cell.text) <= 80
        )
        return next(filter(None, map(school_in, texts)), "")

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
            named = {class_ for _, text in texts if (class_ := find_class(text, reckoning)) is not None}
            for column, text in texts:
                if len(named) < 2 or block.left <= column <= block.right:
                    around = around.within(text, "标题", reckoning)
        return around

    def _read_block(
        self, state: BlockState, body: Sequence[int], within: ClassContext, reach: int, content: _SheetContent
    ) -> None:
        sheet, table, block, task = state.sheet, state.table, state.block, self._task
        faults = missing_columns(sheet, table, block, task.wanted, task.file, staff=task.staff)
        PersonReader(state).read(body, RowSorter(state, within).people(body, reach))
        result = state.out
        if (faults or result.problems) and not task.staff:
            other = taken_for_pupils(sheet, table, block, task.file)
            faults, result.problems = ([other], []) if other else (faults, result.problems)
        content.faults += [*faults, *result.problems]
        if faults:
            for draft in result.drafts:
                result.outcomes[draft.recipient.class_, "taken"] -= 1
                result.outcomes[draft.recipient.class_, "faulty"] += 1
            result.drafts = []
        content.blocks.append(result)
        content.readings.append(self._reading(table, block, result))

    def _reading(self, table: HeaderTable, block: ColumnBlock, result: BlockRows) -> BlockReading:
        titles = {column.field: column.title for column in (*self._columns, CLASS)}
        wanted = {column.field for column in self._task.wanted}
        columns = tuple(
            ColumnReading(
                field_, titles[field_], letters(at), str(block.headings[field_]), result.empty.get(field_, 0)
            )
            for field_, at in sorted(block.columns.items(), key=lambda item: item[1])
            if field_ in wanted or field_ in ("name", "class", "grade", "seat")
        )
        return BlockReading(
            (table.top, table.bottom), columns, result.class_from,
            len(result.drafts), len(result.left_out), result.count("faulty"), result.footers,
        )  # fmt: skip
