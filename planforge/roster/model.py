"""What reading a roster gives: recipients, what was left out and why, problems, and how it was understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from planforge.core.problems import Place, Problem
from planforge.roster.classes import SchoolClass

RowOutcome = Literal["taken", "left_out", "faulty"]
SheetState = Literal["read", "hidden", "empty", "no_header", "not_chosen", "repeated"]
WHY_NOT_READ: Mapping[SheetState, str] = {
    "hidden": "隐藏的，没有读",
    "empty": "空的",
    "no_header": "没有姓名这一列，没有读",
    "not_chosen": "没有选，没有读",
    "repeated": "人在前面的表里已经有了，没有再取",
}


@dataclass(frozen=True, slots=True, repr=False)
class Recipient:
    """One person a letter goes to.

    values: the wanted fields, clean, as they are printed. class_: None where neither column, title nor sheet
    names it. seat: None where there is none or it is no number. place: the cell with the name. columns: field → the
    letters of its column.
    """

    values: Mapping[str, str]
    sheet: str
    row: int
    place: Place
    class_: SchoolClass | None = None
    seat: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Where it stands and nothing else: a recipient may turn up in a traceback."""
        return f"<Recipient {self.place.cell}>"

    def place_of(self, field: str) -> Place:
        """The place of a field's cell; of the name where the roster has no such column."""
        if field not in self.columns:
            return self.place
        at = f"{self.columns[field]}{self.row}"
        return replace(self.place, cell=f"{self.sheet}!{at}" if self.sheet else at)


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
    """How one sheet was read. other: headings nobody asked for, as a message may tell them.

    people: how many people an unread sheet seems to hold.
    """

    name: str
    state: SheetState
    blocks: tuple[BlockReading, ...] = ()
    other: tuple[str, ...] = ()
    people: int = 0

    @property
    def reason(self) -> str:
        """Why it was not read, in Chinese; "" where it was."""
        why = WHY_NOT_READ.get(self.state, "")
        return f"{why}（像是有 {self.people} 人）" if why and self.people else why


@dataclass(frozen=True, slots=True)
class Understood:
    """How a file was read. form: what kind of file it is."""

    form: str
    sheets: tuple[SheetReading, ...]


@dataclass(frozen=True, slots=True)
class ClassCount:
    """The people of a class on a roster, and what became of them. class_: None where it is not known.

    left_out: by marks and remarks; faulty: their rows have an error, or repeat another; letters: those who get one.
    """

    class_: SchoolClass | None
    left_out: int
    faulty: int
    taken: int
    letters: int

    @property
    def listed(self) -> int:
        """Everybody who stands on the roster."""
        return self.left_out + self.faulty + self.taken


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster as read. A row with an error among `problems` is not among `recipients`.

    outcomes: rows by class and what became of them.
    """

    recipients: tuple[Recipient, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...]
    understood: Understood
    outcomes: Mapping[tuple[SchoolClass | None, RowOutcome], int] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are no mere notices."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def unread(self) -> tuple[SheetReading, ...]:
        """The sheets that hold something and were not read."""
        return tuple(sheet for sheet in self.understood.sheets if sheet.state not in ("read", "empty"))

    def reconciled(self, letters: Iterable[Recipient]) -> tuple[ClassCount, ...]:
        """The people of each class against the letters made for it, in the order of the classes, unknown ones last.

        Args:
            letters: the recipients whose letters were made.
        """
        made = Counter(recipient.class_ for recipient in letters)
        classes = {class_ for class_, _ in self.outcomes} | set(made)
        ordered = sorted(classes, key=lambda class_: (class_ is None, class_ or SchoolClass(0, 0)))
        return tuple(
            ClassCount(
                class_,
                self.outcomes.get((class_, "left_out"), 0),
                self.outcomes.get((class_, "faulty"), 0),
                self.outcomes.get((class_, "taken"), 0),
                made[class_],
            )
            for class_ in ordered
        )
