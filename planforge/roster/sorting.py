"""Which rows of a block are people, and which of these are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from planforge.roster.block_state import BlockState, RosterRow
from planforge.roster.cell_values import ValueFault
from planforge.roster.class_context import ClassContext
from planforge.roster.classes import find_class
from planforge.roster.columns import NAME, PUPIL_COLUMNS, STAFF_COLUMNS, heading_key
from planforge.roster.model import LeftOut
from planforge.roster.person_names import clean_name, name_fault
from planforge.roster.status_marks import away, is_count, is_day, is_footer, split_status
from planforge.sheets.grid import SheetCell


class RowSorter:
    """Sorts rows into people, section titles, footers, blank lines and those that are left out."""

    def __init__(self, state: BlockState, around: ClassContext) -> None:
        self._state, self._around = state, around

    def people(self, rows: Sequence[int], reach: int) -> list[RosterRow]:
        """Those of `rows` (ascending) that are taken. reach: the last column that may hold a remark."""
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
        reds = sum(person.cells[state.names].red for person in people)
        red_counts = 2 * reds <= len(people)
        if reds and not red_counts:
            place = state.place(state.table.bottom, state.names)
            state.notice(place, "colour.all_red", "多数姓名都是红色，所以红色没有当作删去的记号")
        kept = []
        for person in people:
            out = self._leaving(person.number, person.cells, red_counts)
            if out is None:
                kept.append(person)
            else:
                state.out.left_out.append(out)
        return kept

    def _is_person(self, row: int, cells: Mapping[int, SheetCell]) -> bool:
        """Whether a row may be somebody's; section titles change the class of what follows."""
        name = cells.get(self._state.names)
        first = min(cells)
        plain = {
            self._state.names,
            self._state.columns.get("seat"),
            self._state.columns.get("class"),
            self._state.columns.get("grade"),
        }
        known = set(self._state.columns.values()) - plain
        if name is not None and (name.text.strip() or name.kind == "no_value"):
            text = name.text.strip()
            if first != self._state.names and first not in known and is_footer_word(cells[first]):
                self._state.out.footers += 1
                return False
            if heading_key(text) in usual_headings():
                fault = ValueFault(
                    "name.heading", "这一格是列名，不是姓名", fix="名单要竖着排：一人一行，列名在最上面"
                )
                self._state.fault(row, self._state.names, NAME, fault)
                self._state.out.faulty += 1
                return False
            below = is_footer(text) or is_day(text)
            if name_fault(clean_name(split_status(text)[0])) is None and not below:
                return True
            section = find_class(text, self._state.task.reckoning)
            if section is not None:
                self._around = ClassContext(section, section.grade, "小标题")
                return False
            counts = is_footer(text) or is_count(text) or is_count(cells[first].text)
            idle = name.kind in ("number", "date") or is_day(text)
            if counts or (idle and not self._has_data(cells)):
                self._state.out.footers += 1
                return False
            return True
        texts = [
            cell
            for column, cell in cells.items()
            if cell.kind == "text" and column != self._state.columns.get("class")
        ]
        if len(texts) == 1 and first not in known:
            section = find_class(texts[0].text, self._state.task.reckoning)
            if section is not None:
                self._around = ClassContext(section, section.grade, "小标题")
                return False
        if any(
            is_footer_word(cell) or is_count(cell.text)
            for column, cell in cells.items()
            if column not in known
        ):
            self._state.out.footers += 1
            return False
        if self._has_data(cells) and row not in self._state.sheet.hidden_rows:
            self._state.fault(
                row,
                self._state.names,
                NAME,
                ValueFault("name.missing", "这一行没有姓名", fix="补上姓名，或者删去这一行"),
            )
            self._state.out.faulty += 1
        return False

    def _has_data(self, cells: Mapping[int, SheetCell]) -> bool:
        """Whether a row holds anything of a person beside number, class and remarks."""
        idle = {self._state.columns.get(name) for name in ("name", "seat", "class", "grade")} | set(
            self._state.block.remarks
        )
        return any(column in cells and column not in idle for column in self._state.columns.values())

    def _leaving(self, row: int, cells: Mapping[int, SheetCell], red_counts: bool) -> LeftOut | None:
        name = cells[self._state.names]
        at = self._state.place(row, self._state.names)
        if row in self._state.sheet.hidden_rows:
            return LeftOut("hidden_row", "隐藏的行（也可能是筛选掉的）", at)
        if name.struck or all(cell.struck for cell in cells.values()):
            return LeftOut("struck", "划了删除线", at)
        if word := away(split_status(name.text)[1]):
            return LeftOut("status", f"姓名后面注明“{word}”", at)
        for column, cell in cells.items():
            if column in self._state.block.remarks or (
                column not in self._state.headed and len(cell.text) <= 15
            ):
                word = away(cell.text)
                if word and not cell.struck:
                    return LeftOut("status", f"备注里写着“{word}”", self._state.place(row, column))
        if red_counts and name.red:
            return LeftOut("red", "姓名是红色", at)
        return None


@cache
def usual_headings() -> frozenset[str]:
    """Every usual heading, in plain writing; none is a name."""
    return frozenset(
        key for column in (*PUPIL_COLUMNS, *STAFF_COLUMNS) for key in column.names() if len(key) > 1
    )


def is_footer_word(cell: SheetCell) -> bool:
    """Whether a cell that is not a name begins a footer."""
    return cell.kind == "text" and is_footer(cell.text) and not cell.text.strip().isdecimal()
