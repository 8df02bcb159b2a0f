"""One block of a sheet while it is read: where things stand, and what has been found so far."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from planforge.core.problems import Place, Problem
from planforge.roster.cell_values import ValueFault
from planforge.roster.class_context import ClassContext
from planforge.roster.classes import Reckoning, SchoolClass
from planforge.roster.columns import NAME, Column
from planforge.roster.headers import ColumnBlock, HeaderTable
from planforge.roster.model import LeftOut, Recipient, RowOutcome
from planforge.sheets.grid import MergedCells, SheetCell, SheetGrid, letters


@dataclass(slots=True)
class RecipientDraft:
    """A recipient with what is needed to find doubles and nothing later.

    name: for comparing only. identities: hashes of numbers that only one person has. birthday: as printed, "" where
    there is none. school: the school that the row or the title above it names, and the place where.
    """

    recipient: Recipient
    name: str
    identities: tuple[tuple[str, int], ...]
    birthday: str = ""
    school: str = ""
    school_place: Place | None = None


@dataclass(slots=True)
class BlockRows:
    """What a block gave. empty: field → rows without a value. outcomes: rows by class and what became of them."""

    drafts: list[RecipientDraft] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    empty: dict[str, int] = field(default_factory=dict)
    outcomes: Counter[tuple[SchoolClass | None, RowOutcome]] = field(default_factory=Counter)
    footers: int = 0
    class_from: str = ""

    def count(self, outcome: RowOutcome) -> int:
        """How many rows came to this end."""
        return sum(number for (_, end), number in self.outcomes.items() if end == outcome)


@dataclass(frozen=True, slots=True)
class RosterTask:
    """What is read of every sheet.

    wanted: the columns, in order. grades, sizes: the school's grades, and how many classes each has; what is not
    known is not checked. schools: the school's names.
    """

    file: str
    wanted: Sequence[Column]
    reckoning: Reckoning
    staff: bool
    grades: Collection[int] = ()
    sizes: Mapping[int, int] = field(default_factory=dict)
    schools: tuple[str, ...] = ()


class RosterRow(NamedTuple):
    """A row that is somebody's. around: what says the class where no column does; leaving: why it is left out."""

    number: int
    cells: dict[int, SheetCell]
    around: ClassContext
    leaving: LeftOut | None = None


class SheetMerges:
    """The cells of a sheet that are merged downwards, by column, found in time that grows with what is asked for."""

    def __init__(self, sheet: SheetGrid) -> None:
        self._spans = sorted(span for span in sheet.spans if span.bottom > span.top)
        self._columns: dict[int, list[MergedCells]] = {}

    def starts(self, column: int, rows: Sequence[int], below: int) -> dict[int, int]:
        """Row of `rows` → the row in which the merged cells that cover it begin, where that is another row under `below`."""
        if column not in self._columns:
            self._columns[column] = [span for span in self._spans if span.left <= column <= span.right]
        spans, found = self._columns[column], dict[int, int]()
        if not rows:
            return found
        at = max(0, bisect_left(spans, (rows[0],)) - 1)
        following = 0
        while at < len(spans) and spans[at].top <= rows[-1]:
            span = spans[at]
            following = max(following, bisect_left(rows, span.top + 1))
            while following < len(rows) and rows[following] <= span.bottom:
                if span.top > below:
                    found[rows[following]] = span.top
                following += 1
            at += 1
        return found


class BlockState:
    """A block of a table of a sheet, and what its rows have given.

    columns: field → column number. named: field → column's letters, shared by all recipients of the block. school: what
    the titles name.
    """

    def __init__(
        self, task: RosterTask, sheet: SheetGrid, table: HeaderTable, block: ColumnBlock, merges: SheetMerges
    ) -> None:
        self.task, self.sheet, self.table, self.block = task, sheet, table, block
        self.columns = block.columns
        self.named = {field_: letters(column) for field_, column in block.columns.items()}
        self.names = block.columns[NAME.field]
        self.headed = {heading.column for heading in table.headings}
        self.school = ""
        self.out = BlockRows()
        self._merges = merges
        self._said: set[tuple[int, int, str]] = set()

    def merged(self, column: int, rows: Sequence[int]) -> dict[int, int]:
        """Row of `rows` → the row in which the merged cell that covers it begins, where that is another row of this block."""
        return self._merges.starts(column, rows, self.table.bottom)

    def place(self, row: int, column: int) -> Place:
        """The place of a cell."""
        return Place(self.task.file, self.sheet.lines.get(row, 0), 0, cell=self.sheet.address(row, column))

    def notice(self, place: Place, code: str, message: str, fix: str = "", title: str = "") -> None:
        """Note something that the person should know."""
        self.out.problems.append(Problem(message, place, title, fix=fix, code=code, severity="notice"))

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

    def count(self, class_: SchoolClass | None, outcome: RowOutcome) -> None:
        """Note what became of a row."""
        self.out.outcomes[class_, outcome] += 1


def outcomes_of(blocks: Iterable[BlockRows]) -> Counter[tuple[SchoolClass | None, RowOutcome]]:
    """The rows of several blocks by class and what became of them."""
    total: Counter[tuple[SchoolClass | None, RowOutcome]] = Counter()
    for block in blocks:
        total.update(block.outcomes)
    return total
