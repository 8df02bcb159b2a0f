"""From rows to recipients: class, seat number and the wanted values of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planforge.core.surnames import has_surname
from planforge.core.text_folding import compact
from planforge.roster.block_state import BlockState, RecipientDraft, RosterRow
from planforge.roster.cell_values import ValueFault, as_written, printed, unreadable
from planforge.roster.class_context import ClassContext, class_of, names_a_class
from planforge.roster.classes import ClassError, ClassGradeError, SchoolClass
from planforge.roster.columns import BIRTHDAY, CLASS, GRADE, NAME, SEAT, Column
from planforge.roster.model import Recipient
from planforge.roster.name_marks import split_marks
from planforge.roster.person_names import clean_name
from planforge.roster.value_shape import class_as_told
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
        """Add a draft, a row left out, or a problem, for each of `people`; rows: all rows of the block."""
        state = self._state
        self._check_decimals(people)
        filled: Filled = {
            name: self._filled(name, rows, people) for name in ("class", "grade") if name in state.columns
        }
        for person in people:
            if person.leaving is not None:
                state.out.left_out.append(person.leaving)
                state.count(self._class_of_leaving(person, filled), "left_out")
                continue
            fault = False
            class_ = None
            if not state.task.staff:
                class_, fault = self._class(person.number, filled, person.around)
            values: dict[str, str] = {}
            for column in state.task.wanted:
                fault |= self._value(person.number, column, person.cells, class_, values)
            if fault:
                state.count(class_, "faulty")
            else:
                state.out.drafts.append(self._draft(person.number, person.cells, class_, values))
                state.count(class_, "taken")

    def _class_of_leaving(self, person: RosterRow, filled: Filled) -> SchoolClass | None:
        """The class of somebody who is left out, None where it cannot be told: then nobody asks for it."""
        if self._state.task.staff:
            return None
        _, cell = filled.get("class", {}).get(person.number, (0, None))
        _, grade_cell = filled.get("grade", {}).get(person.number, (0, None))
        try:
            return class_of(cell, grade_cell, person.around, self._state.task.reckoning)
        except ClassError:
            return None

    def _check_decimals(self, people: Sequence[RosterRow]) -> None:
        """Note where 3.10 kept as a number has become 3.1: those rows stand apart from the first run of 3.1."""
        column = self._state.columns.get("class")
        runs: dict[str, int] = {}
        last = ""
        for person in people:
            row, cells = person.number, person.cells
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
        state = self._state
        column = state.columns[name]
        above = state.merged(column, rows)
        found: dict[int, tuple[int, SheetCell]] = {}
        numbers = [person.number for person in people]
        for row in numbers:
            at = above.get(row, row)
            cell = state.sheet.rows.get(at, {}).get(column)
            if cell is not None and (cell.text or cell.kind == "no_value"):
                found[row] = (at, cell)
        blank = [row for row in numbers if row not in found]
        own = [found[row][1].text for row in numbers if row in found and found[row][0] == row]
        if name == "class":
            merged = {at for row, at in above.items() if row in found}
            self._drop_teachers(column, found, numbers, merged if len(blank) < 2 * len(own) else None)
        once = len(own) == len(set(own)) and numbers and numbers[0] in found
        if blank and once and len(blank) >= 2 * len(own):
            last = found[numbers[0]]
            for row in numbers:
                last = found.setdefault(row, last)
            title = "班级" if name == "class" else "年级"
            place = state.place(blank[0], column)
            state.notice(place, f"{name}.once", f"{title}只写了一次，下面空着的行照上面一行算", title=title)
        return found

    def _drop_teachers(
        self,
        column: int,
        found: dict[int, tuple[int, SheetCell]],
        numbers: Sequence[int],
        merged: set[int] | None,
    ) -> None:
        """Where the class is merged down, or written once, and its teacher's name stands below it: the class goes on.

        merged: the first rows of the merged cells that may be such a name; None for any cell.
        """
        last: tuple[int, SheetCell] | None = None
        reckoning = self._state.task.reckoning
        for row in numbers:
            at, cell = found.get(row, (row, None))
            if cell is None:
                continue
            if last is None or cell.kind != "text" or names_a_class(cell.text, reckoning):
                last = (at, cell)
                continue
            teacher = cell.text.partition("班主任")[2] or cell.text
            led = at != row or at in (merged or ()) or merged is None or teacher != cell.text
            if led and has_surname(compact(teacher).lstrip(":")) and len(compact(teacher)) <= 5:
                if at == row:
                    place = self._state.place(at, column)
                    self._state.notice(
                        place, "class.teacher", "班级下面写的像是班主任，班级照上面的算", title="班级"
                    )
                found[row] = last

    def _class(self, row: int, filled: Filled, around: ClassContext) -> tuple[SchoolClass | None, bool]:
        at, cell = filled.get("class", {}).get(row, (row, None))
        grade_at, grade_cell = filled.get("grade", {}).get(row, (row, None))
        wanted = any(column.field == "class" for column in self._state.task.wanted)
        for where, given, column in ((at, cell, CLASS), (grade_at, grade_cell, GRADE)):
            if given is not None and (fault := unreadable(given)):
                self._state.fault(where, self._state.columns[column.field], column, fault)
                return None, True
        try:
            class_ = class_of(cell, grade_cell, around, self._state.task.reckoning)
        except ClassError as error:
            of_grade = cell is None or isinstance(error, ClassGradeError)
            column, where = (GRADE, grade_at) if of_grade else (CLASS, at)
            told = class_as_told((grade_cell if of_grade and grade_cell else cell or SheetCell("")).text)
            fault = ValueFault(error.code, error.message, found=told, fix=error.fix)
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
        if class_ is not None and (fault := self._not_here(class_)):
            column = CLASS if cell is not None or grade_cell is None else GRADE
            where = at if cell is not None else grade_at
            self._state.fault(where, self._state.columns.get(column.field, self._state.names), column, fault)
            return class_, True
        self._state.out.class_from = (
            "班级一列" if cell is not None else "年级一列" if grade_cell else around.source
        )
        return class_, False

    def _not_here(self, class_: SchoolClass) -> ValueFault | None:
        """What keeps a class from being one of the school's, by its grades and their numbers of classes."""
        task = self._state.task
        if class_.name:
            return None
        if task.grades and class_.grade not in task.grades:
            message = f"学校没有这个年级：{SchoolClass(class_.grade, 0)}"
            fix = "核对班级；学校真有这个年级的，改信息表里的年级"
            return ValueFault("class.grade_not_here", message, fix=fix)
        count = task.sizes.get(class_.grade)
        if count is not None and class_.number > count:
            message = f"学校没有{class_}：信息表里这个年级有 {count} 个班"
            fix = "核对班级；班数变了的，改信息表里的 sizes"
            return ValueFault("class.not_here", message, fix=fix)
        return None

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
        if at is None or cell is None or (not cell.text and cell.kind == "text"):
            values[column.field] = ""
            self._state.out.empty[column.field] = self._state.out.empty.get(column.field, 0) + 1
            if column.required and at is not None:
                self._state.fault(
                    row, at, column, ValueFault("value.missing", "这一格空着", fix=f"补上{column.title}")
                )
                return True
            return False
        if column.field == NAME.field:
            marked = split_marks(cell.text)
            cell = cell._replace(text=marked.name)
            if marked.marks:
                fix = "记号是姓名的一部分的，请改写成“李明（大）”的样子"
                self._state.fault(
                    row, at, column, ValueFault("name.mark", "姓名旁边的记号没有印", fix=fix, notice=True)
                )
        try:
            values[column.field] = printed(cell, column)
        except ValueFault as fault:
            self._state.fault(row, at, column, fault)
            if not fault.notice:
                return True
            values[column.field] = as_written(cell, column) if fault.value is None else fault.value
        if not values[column.field]:
            self._state.out.empty[column.field] = self._state.out.empty.get(column.field, 0) + 1
        return False

    def _draft(
        self, row: int, cells: Mapping[int, SheetCell], class_: SchoolClass | None, values: Mapping[str, str]
    ) -> RecipientDraft:
        state = self._state
        name = clean_name(split_marks(cells[state.names].text).name)
        seat = self._quiet(cells, "seat", SEAT)
        identities = []
        for field_ in IDENTITIES:
            at = state.columns.get(field_)
            if at and at in cells and cells[at].kind in ("text", "number"):
                text = as_written(cells[at], Column(field_, "", kind="id"))
                if (
                    len(text) >= 2
                    and any(map(str.isdigit, text))
                    and not (len(text) >= 15 and text.endswith("000"))
                    and "E+" not in text
                ):
                    identities.append((field_, hash(text)))
        place = state.place(row, state.names)
        recipient = Recipient(
            values, state.sheet.name, row, place, class_, int(seat) if seat.isdecimal() else None, state.named
        )
        school_at = state.block.school
        written = cells[school_at].text if school_at in cells else ""
        return RecipientDraft(
            recipient,
            name,
            tuple(identities),
            self._quiet(cells, BIRTHDAY.field, BIRTHDAY),
            compact(written) or state.school,
            state.place(row, school_at) if written else place,
        )

    def _quiet(self, cells: Mapping[int, SheetCell], field: str, column: Column) -> str:
        """A value for comparing and sorting; "" where it is none."""
        at = self._state.columns.get(field)
        if not at or at not in cells:
            return ""
        try:
            return printed(cells[at], column)
        except ValueFault as fault:
            return (fault.value or "") if fault.notice else ""
