"""One block of a sheet while it is read: where things stand, and what has been found so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from planforge.core.problems import Place, Problem
from planforge.roster.cell_values import ValueFault
from planforge.roster.class_context import ClassContext
from planforge.roster.classes import Reckoning
from planforge.roster.columns import NAME, Column
from planforge.roster.headers import ColumnBlock, HeaderTable
from planforge.roster.model import LeftOut, Recipient
from planforge.sheets.grid import SheetCell, SheetGrid


@dataclass(slots=True)
class RecipientDraft:
    """A recipient with what is needed to find doubles and nothing later. name: for comparing only."""

    recipient: Recipient
    name: str
    identities: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class BlockRows:
    """What a block gave. empty: field → rows without a value."""

    drafts: list[RecipientDraft] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    empty: dict[str, int] = field(default_factory=dict)
    faulty: int = 0
    footers: int = 0
    class_from: str = ""


@dataclass(frozen=True, slots=True)
class RosterTask:
    """What is read of every sheet. wanted: the columns, in order."""

    file: str
    wanted: Sequence[Column]
    reckoning: Reckoning
    staff: bool


class RosterRow(NamedTuple):
    """A row that is somebody's. around: what says the class where no column does."""

    number: int
    cells: dict[int, SheetCell]
    around: ClassContext


class BlockState:
    """A block of a table of a sheet, and what its rows have given."""

    def __init__(self, task: RosterTask, sheet: SheetGrid, table: HeaderTable, block: ColumnBlock) -> None:
        self.task, self.sheet, self.table, self.block = task, sheet, table, block
        self.columns = block.columns
        self.names = block.columns[NAME.field]
        self.headed = {heading.column for heading in table.headings}
        self.out = BlockRows()
        self._said: set[tuple[int, int, str]] = set()

    def merged(self, column: int, rows: Sequence[int]) -> dict[int, int]:
        """Row of `rows` → the row in which the merged cell that covers it begins, where that is another row of this block."""
        found: dict[int, int] = {}
        spans = [s for s in self.sheet.spans if s.left <= column <= s.right and s.bottom > s.top]
        following = 0
        for span in sorted(spans):
            at = max(following, bisect_left(rows, span.top + 1))
            while at < len(rows) and rows[at] <= span.bottom:
                if span.top > self.table.bottom:
                    found[rows[at]] = span.top
                at += 1
            following = at
        return found

    def place(self, row: int, column: int) -> Place:
        """The place of a cell."""
        return Place(self.task.file, self.sheet.lines.get(row, 0), 0, cell=self.sheet.address(row, column))

    def notice(self, place: Place, code: str, message: str, fix: str = "") -> None:
        """Note something that the person should know."""
        self.out.problems.append(Problem(message, place, fix=fix, code=code, severity="notice"))

    def fault(self, row: int, at: int, column: Column, fault: ValueFault) -> None:
        """Note what is wrong with a cell of `column`, which stands in column number `at`."""
        if (row, at, fault.code) in self._said:  # a merged cell holds for many rows
            return
        self._said.add((row, at, fault.code))
        self.out.problems.append(
            Problem(
                fault.message,
                self.place(row, at),
                column.title,
                fault.found,
                fault.expected,
                fault.fix,
                fault.code,
                severity="notice" if fault.notice else "error",
            )
        )
