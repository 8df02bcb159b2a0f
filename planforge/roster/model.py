"""What reading a roster gives: recipients, what was left out and why, problems, and how it was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from planforge.core.problems import Place, Problem
from planforge.roster.classes import SchoolClass


@dataclass(frozen=True, slots=True, repr=False)
class Recipient:
    """One person a letter goes to.

    values: the wanted fields, clean, as they are printed. class_: None where neither column, title nor sheet
    names it. seat: None where there is none or it is no number. place: the cell with the name.
    """

    values: Mapping[str, str]
    sheet: str
    row: int
    place: Place
    class_: SchoolClass | None = None
    seat: int | None = None

    def __repr__(self) -> str:
        """Where it stands and nothing else: a recipient may turn up in a traceback."""
        return f"<Recipient {self.place.cell}>"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row or sheet that was not taken. code: struck, red, status, hidden_row, hidden_sheet; reason: Chinese."""

    code: Literal["struck", "red", "status", "hidden_row", "hidden_sheet"]
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """A column that was recognised: the wanted field's title, the column's letters and heading; how many are empty."""

    field: str
    title: str
    column: str
    heading: str
    empty: int = 0


@dataclass(frozen=True, slots=True)
class BlockReading:
    """A list within a sheet. header_rows: first and last. taken, left_out, faulty, footers: rows of each sort."""

    header_rows: tuple[int, int]
    columns: tuple[ColumnReading, ...]
    class_from: str
    taken: int
    left_out: int
    faulty: int
    footers: int


@dataclass(frozen=True, slots=True)
class SheetReading:
    """How one sheet was read. state: read, hidden, empty, no_header, not_chosen. other: headings nobody asked for."""

    name: str
    state: Literal["read", "hidden", "empty", "no_header", "not_chosen"]
    blocks: tuple[BlockReading, ...] = ()
    other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """How a file was read. form: what kind of file it is."""

    form: str
    sheets: tuple[SheetReading, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster as read. A row with an error among `problems` is not among `recipients`."""

    recipients: tuple[Recipient, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...]
    understood: Understood

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are no mere notices."""
        return tuple(problem for problem in self.problems if problem.severity == "error")
