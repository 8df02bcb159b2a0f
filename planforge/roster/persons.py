"""From rows to recipients: class, seat number and the wanted values of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planforge.roster.block_state import BlockState, RecipientDraft, RosterRow
from planforge.roster.cell_values import ValueFault, as_written, printed, unreadable
from planforge.roster.class_context import ClassContext, class_of
from planforge.roster.classes import ClassError, GradeError, SchoolClass
from planforge.roster.columns import CLASS, GRADE, NAME, SEAT, Column
from planforge.roster.model import Recipient
from planforge.roster.person_names import clean_name
from planforge.roster.status_marks import split_status
from planforge.sheets.grid import SheetCell

IDENTITIES = ("student_id", "id_number", "staff_id")
"""Columns whose values tell one person from another; used to find doubles, kept only where wanted."""

Filled = Mapping[str, Mapping[int, tuple[int, SheetCell]]]


class PersonReader:
    """Reads the people of a block."""

    def __init__(self, state: BlockState) -> None:
        self._state = state
        self._classless = False

    def read(self, rows: Sequence[int], people: Sequence[RosterRow]) -> None:
        """Add a draft, or a problem, for each of `people`; rows: all rows of the block."""
        state = self._state
        self._check_decimals(people)
        filled: Filled = {
            name: self._filled(name, rows, people) for name in ("class", "grade") if name in state.columns
        }
        for row, cells, around in people:
            fault = False
            class_ = None
            if not state.task.staff:
                class_, fault = self._class(row, filled, around)
            values: dict[str, str] = {}
            for column in state.task.wanted:
                fault |= self._value(row, column, cells, class_, values)
            if fault:
                state.out.faulty += 1
            else:
                state.out.drafts.append(self._draft(row, cells, class_, values))

    def _check_decimals(self, people: Sequence[RosterRow]) -> None:
        """Note where 3.10 kept as a number has become 3.1: those rows stand apart from the first run of 3.1."""
        column = self._state.columns.get("class")
        runs: dict[str, int] = {}
        last = ""
        for row, cells, _ in people:
            cell = cells.get(column) if column else None
            text = cell.text if cell is not None and cell.kind == "number" else ""
            if text and text != last:
                runs[text] = runs.get(text, 0) + 1
                if text[1:] == ".1" and runs[text] == 2 and f"{text[0]}.9" in runs:
                    fault = ValueFault(
                        "class.decimal", "这里原来可能是 10 班：写成数字，末尾的 0 就丢了", found=text,
                        fix="把这一列设为文本格式，写成“三（10）班”的样子", notice=True,
                    )  # fmt: skip
                    self._state.fault(row, column or 1, CLASS, fault)
            last = text

    def _filled(
        self, name: str, rows: Sequence[int], people: Sequence[RosterRow]
    ) -> dict[int, tuple[int, SheetCell]]:
        """Row → the cell that holds for it: its own, that of the merged cell, or the one written once above it."""
        column = self._state.columns[name]
        above = self._state.merged(column, rows)
        found: dict[int, tuple[int, SheetCell]] = {}
        for row, _, _ in people:
            at = above.get(row, row)
            cell = self._state.sheet.rows.get(at, {}).get(column)
            if cell is not None and (cell.text.strip() or cell.kind == "no_value"):
                found[row] = (at, cell)
        blank = [row for row, _, _ in people if row not in found]
        own = [found[row][1].text for row, _, _ in people if row in found and found[row][0] == row]
        once = len(own) == len(set(own)) and people and people[0][0] in found
        if blank and once and len(blank) >= 2 * len(own):
            last = found[people[0][0]]
            for row, _, _ in people:
                last = found.setdefault(row, last)
            title = "班级" if name == "class" else "年级"
            place = self._state.place(blank[0], column)
            self._state.notice(place, f"{name}.once", f"{title}只写了一次，下面空着的行照上面一行算")
        return found

    def _class(self, row: int, filled: Filled, around: ClassContext) -> tuple[SchoolClass | None, bool]:
        at, cell = filled.get("class", {}).get(row, (row, None))
        grade_at, grade_cell = filled.get("grade", {}).get(row, (row, None))
        wanted = any(column.field == "class" for column in self._state.task.wanted)
        for where, one, column in ((at, cell, CLASS), (grade_at, grade_cell, GRADE)):
            if one is not None and (fault := unreadable(one)):
                self._state.fault(where, self._state.columns[column.field], column, fault)
                return None, True
        try:
            class_ = class_of(cell, grade_cell, around, self._state.task.reckoning)
        except ClassError as error:
            of_grade = cell is None or isinstance(error, GradeError)
            column, where = (GRADE, grade_at) if of_grade else (CLASS, at)
            shown = (grade_cell if of_grade and grade_cell else cell or SheetCell("")).text[:20]
            fault = ValueFault(error.code, error.message, found=shown, fix=error.fix)
            self._state.fault(where, self._state.columns[column.field], column, fault)
            return None, True
        vague = class_ is None or not (class_.number or class_.name)
        if cell is None and vague and wanted and filled.get("class"):
            fault = ValueFault("class.missing", "这一行没有班级", fix="补上班级")
            self._state.fault(row, self._state.columns["class"], CLASS, fault)
            return None, True
        if class_ is None and wanted:
            self._unknown_class(row)
            return None, True
        self._state.out.class_from = (
            "班级一列" if cell is not None else "年级一列" if grade_cell else around.source
        )
        return class_, False

    def _unknown_class(self, row: int) -> None:
        """Report once a block that names no class."""
        if self._classless:
            return
        self._classless = True
        fix = "加一列班级，或者把表名、标题写成“三（2）班”的样子"
        if self._state.task.reckoning.term_start is None:
            fix += "；写的是入学年份（2024级1班）的话，用 --term-start 写明开学日期"
        fault = ValueFault(
            "class.unknown", "不知道从这一行起是哪个班：没有班级一列，标题和表名里也看不出", fix=fix
        )
        self._state.fault(row, self._state.names, CLASS, fault)

    def _value(
        self,
        row: int,
        column: Column,
        cells: Mapping[int, SheetCell],
        class_: SchoolClass | None,
        values: dict[str, str],
    ) -> bool:
        """Put the value of a wanted column into `values`; True where the row cannot be used."""
        if column.field in ("class", "grade") and not self._state.task.staff:
            known = class_ is not None and class_.grade < 90
            grade = str(replace(class_, number=0)) if class_ is not None and known else ""
            values[column.field] = grade if column.field == "grade" else str(class_ or "")
            return False
        at = self._state.columns.get(column.field)
        cell = cells.get(at) if at else None
        if at is None or cell is None or (not cell.text.strip() and cell.kind == "text"):
            values[column.field] = ""
            self._state.out.empty[column.field] = self._state.out.empty.get(column.field, 0) + 1
            if column.required and at is not None:
                self._state.fault(
                    row, at, column, ValueFault("value.missing", "这一格空着", fix=f"补上{column.title}")
                )
                return True
            return False
        if column.field == NAME.field:
            cell = cell._replace(text=split_status(cell.text)[0])
        try:
            values[column.field] = printed(cell, column)
        except ValueFault as fault:
            self._state.fault(row, at, column, fault)
            if fault.notice:
                values[column.field] = as_written(cell, column)
            return not fault.notice
        return False

    def _draft(
        self, row: int, cells: Mapping[int, SheetCell], class_: SchoolClass | None, values: Mapping[str, str]
    ) -> RecipientDraft:
        name = clean_name(split_status(cells[self._state.names].text)[0])
        seat_at = self._state.columns.get("seat")
        seat = None
        if seat_at and seat_at in cells:
            try:
                text = printed(cells[seat_at], SEAT)
            except ValueFault:
                text = ""
            seat = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
        identities = []
        for field_ in IDENTITIES:
            at = self._state.columns.get(field_)
            if at and at in cells and cells[at].kind in ("text", "number"):
                text = as_written(cells[at], Column(field_, "", kind="id"))
                if len(text) >= 2 and not (len(text) >= 15 and text.endswith("000")) and "E+" not in text:
                    identities.append((field_, hash(text)))
        recipient = Recipient(
            values, self._state.sheet.name, row, self._state.place(row, self._state.names), class_, seat
        )
        return RecipientDraft(recipient, name, tuple(identities))
