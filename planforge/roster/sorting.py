"""Which rows of a block are people, and which of these are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from planforge.core.text_folding import compact
from planforge.roster.block_state import BlockState, RosterRow
from planforge.roster.cell_values import ValueFault
from planforge.roster.class_context import ClassContext, named_class
from planforge.roster.classes import SchoolClass, find_class
from planforge.roster.columns import CLASS, NAME, PUPIL_COLUMNS, STAFF_COLUMNS, heading_key
from planforge.roster.model import LeftOut
from planforge.roster.name_marks import split_marks
from planforge.roster.person_names import clean_name, name_fault
from planforge.roster.status_marks import away, is_count, is_day, is_footer
from planforge.roster.unread_sheets import seems_name
from planforge.sheets.grid import SheetCell

SECTION = "小标题"


class RowSorter:
    """Sorts rows into people, section titles, footers, blank lines and those that are left out."""

    def __init__(self, state: BlockState, around: ClassContext) -> None:
        self._state, self._around = state, around
        columns = state.columns
        listed = {state.names, *(columns.get(field) for field in ("seat", "class", "grade"))}
        self._personal = set(columns.values()) - listed

    def people(self, rows: Sequence[int], reach: int) -> list[RosterRow]:
        """Those of `rows` (ascending) that are somebody's. reach: the last column that may hold a remark."""
        state = self._state
        continued = state.merged(state.names, rows)
        people: list[RosterRow] = []
        own = set(state.columns.values())
        for row in rows:
            cells = {
                column: cell
                for column, cell in state.sheet.rows[row].items()
                if state.block.left <= column <= reach or column in own
            }
            if cells and row not in continued and self._is_person(row, cells):
                people.append(RosterRow(row, cells, self._around))
        reds = sum(_is_red(person.cells[state.names]) for person in people)
        red_counts = 2 * reds <= len(people)
        if reds and not red_counts:
            place = state.place(state.table.bottom, state.names)
            state.notice(place, "colour.all_red", "多数姓名都是红色，所以红色没有当作删去的记号")
        return [
            person._replace(leaving=self._leaving(person.number, person.cells, red_counts))
            for person in people
        ]

    def _is_person(self, row: int, cells: Mapping[int, SheetCell]) -> bool:
        """Whether a row may be somebody's; section titles change the class of what follows."""
        if self._is_section(row, cells):
            return False
        state = self._state
        name = cells.get(state.names)
        first = min(cells)
        if name is None or not (name.text or name.kind == "no_value"):
            return self._is_nameless(row, cells)
        text = name.text
        closing = first != state.names and first not in self._personal and is_footer_word(cells[first])
        if closing and not self._is_led(cells):
            state.out.footers += 1
            return False
        if heading_key(text) in usual_headings():
            fix = "名单要竖着排：一人一行，列名在最上面"
            fault = ValueFault("name.heading", "这一格是列名，不是姓名", fix=fix)
            state.fault(row, state.names, NAME, fault)
            state.count(self._around.class_, "faulty")
            return False
        below = is_footer(text) or is_day(text)
        if name_fault(clean_name(split_marks(text).name)) is None and not below:
            return True
        counts = is_footer(text) or is_count(text) or is_count(cells[first].text)
        idle = name.kind in ("number", "date") or is_day(text)
        if counts or (idle and not self._has_data(cells)):
            state.out.footers += 1
            return False
        return True

    def _is_led(self, cells: Mapping[int, SheetCell]) -> bool:
        """Whether a pupil's row bears its teacher under 班级 (班主任：鲁知夏), as where the class is merged above."""
        class_, seat = (cells.get(self._state.columns.get(field, 0)) for field in ("class", "seat"))
        label, _, teacher = compact(class_.text if class_ else "").partition("班主任")
        return bool(not label and teacher.strip(":") and seat and seat.text.isdecimal())

    def _is_nameless(self, row: int, cells: Mapping[int, SheetCell]) -> bool:
        """A row without a name is nobody's: a footer, a blank line, or somebody whose name was left out, which is told."""
        state = self._state
        if any(
            is_footer_word(cell) or is_count(cell.text)
            for column, cell in cells.items()
            if column not in self._personal
        ):
            state.out.footers += 1
        elif (self._has_data(cells) or self._has_a_name(cells)) and row not in state.sheet.hidden_rows:
            fault = ValueFault("name.missing", "这一行没有姓名", fix="补上姓名，或者删去这一行")
            state.fault(row, state.names, NAME, fault)
            state.count(self._around.class_, "faulty")
        return False

    def _is_section(self, row: int, cells: Mapping[int, SheetCell]) -> bool:
        """Whether a row is a class's title within the list: beside the class it says who leads it, or how many they are."""
        saying = {
            column: cell
            for column, cell in cells.items()
            if not (is_footer_word(cell) or is_count(cell.text) or _is_head_count(cell))
        }
        texts = {cell.text for cell in saying.values()}
        if len(texts) != 1 or any(cell.kind != "text" for cell in saying.values()):
            return False
        [text] = texts
        state = self._state
        class_ = find_class(text, state.task.reckoning)
        if class_ is None and not compact(text).endswith("班"):
            return False
        if class_ is not None:
            self._around = ClassContext(class_, class_.grade, SECTION)
            return True
        within = self._around.within(text, SECTION, state.task.reckoning)
        if within.source == SECTION and within.class_ is not None:
            self._around = within
        elif (name := named_class(text)) and len(name) > 2:
            self._around = ClassContext(SchoolClass(99, 0, name), 0, SECTION)
        else:
            self._around = ClassContext()
            if not state.task.staff:
                fix = "小标题写成“三（2）班”的样子"
                at = min(saying)
                state.fault(row, at, CLASS, ValueFault("class.section", "看不懂这个小标题是哪个班", fix=fix))
        return True

    def _has_data(self, cells: Mapping[int, SheetCell]) -> bool:
        """Whether a row holds anything of a person beside number, class and remarks."""
        return any(column in cells for column in self._personal - set(self._state.block.remarks))

    def _has_a_name(self, cells: Mapping[int, SheetCell]) -> bool:
        """Whether what looks like a name stands in another column, as where a row is shifted."""
        listed = {self._state.columns.get(name) for name in ("class", "grade")} | set(
            self._state.block.remarks
        )
        return any(
            seems_name(compact(cell.text))
            for column, cell in cells.items()
            if column not in listed and cell.kind == "text"
        )

    def _leaving(self, row: int, cells: Mapping[int, SheetCell], red_counts: bool) -> LeftOut | None:
        state = self._state
        name = cells[state.names]
        at = state.place(row, state.names)
        if row in state.sheet.hidden_rows:
            return LeftOut("hidden_row", "隐藏的行（也可能是筛选掉的）", at)
        if name.struck or all(cell.struck for cell in cells.values()):
            return LeftOut("struck", "划了删除线", at)
        if word := split_marks(name.text).away:
            return LeftOut("status", f"姓名后面注明“{word}”", at)
        for column, cell in cells.items():
            if cell.note and (word := away(cell.note)):
                return LeftOut("status", f"批注里写着“{word}”", state.place(row, column))
            if column in state.block.remarks or (column not in state.headed and len(cell.text) <= 15):
                word = away(cell.text)
                if word and not cell.struck:
                    return LeftOut("status", f"备注里写着“{word}”", state.place(row, column))
        if red_counts and _is_red(name):
            return LeftOut("red", "姓名是红色" if name.red else "姓名涂了红色的底", at)
        return None


def _is_red(cell: SheetCell) -> bool:
    return cell.red or cell.filled_red


def _is_head_count(cell: SheetCell) -> bool:
    """Whether a cell says how many a class has: 45, 45人, 共45人. Below ten it may be a seat number."""
    signs = compact(cell.text).removeprefix("共").removesuffix("人")
    return signs.isdecimal() and len(signs) == 2 and signs[0] != "0"


@cache
def usual_headings() -> frozenset[str]:
    """Every usual heading, in plain writing; none is a name."""
    return frozenset(
        key for column in (*PUPIL_COLUMNS, *STAFF_COLUMNS) for key in column.names() if len(key) > 1
    )


def is_footer_word(cell: SheetCell) -> bool:
    """Whether a cell that is not a name begins a footer."""
    return cell.kind == "text" and is_footer(cell.text) and not cell.text.strip().isdecimal()
