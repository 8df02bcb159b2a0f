"""A workbook as every reader hands it on: cells with their text, kind and marks, whatever the file format was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["text", "number", "date", "bool", "error", "no_value"]

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384


class SheetCell(NamedTuple):
    """One cell that holds something.

    text: what stands there; a number in its shortest exact form (3, 3.2), a date as 2026-09-01. kind:
    no_value is a formula whose result was never saved. struck, red: how all of its text is marked; filled_red: the
    cell itself is. note: the comment on it. shown: how the sheet shows a day, a time or a percentage, "" where it shows the text. half_struck: whether
    some of its words are struck through and others are not.
    """

    text: str
    kind: Kind = "text"
    struck: bool = False
    red: bool = False
    shown: str = ""
    half_struck: bool = False
    filled_red: bool = False
    note: str = ""

    @property
    def value(self) -> float:
        """The number that stands there; only for kind number."""
        return float(self.text)


class MergedCells(NamedTuple):
    """Merged cells, counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetGrid:
    """One sheet. rows: row number → column number → cell, both from 1, only cells that hold something.

    lines: row number → line of the file, for text files. hidden_columns: first and last of each run.
    """

    name: str
    rows: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    spans: list[MergedCells] = field(default_factory=list)
    lines: Mapping[int, int] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """The text of a cell, "" where it holds nothing."""
        cell = self.rows.get(row, {}).get(column)
        return cell.text if cell is not None else ""

    def address(self, row: int, column: int) -> str:
        """“三年级!C7”, or “C7” in a file without sheet names."""
        at = f"{letters(column)}{row}"
        return f"{self.name}!{at}" if self.name else at


@dataclass(slots=True)
class Workbook:
    """A file of sheets. form: what kind of file it was, in Chinese."""

    sheets: list[SheetGrid]
    form: str
    notes: list[str] = field(default_factory=list)


def letters(column: int) -> str:
    """A column's letters: 1 → A, 27 → AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """The reverse of `letters`; 0 for what is no column's name."""
    number = 0
    if not name or len(name) > 3:
        return 0
    for letter in name.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number if number <= MAX_COLUMN else 0


def number_text(value: float) -> str:
    """A number in its shortest exact form: 3.0 → 3, 3.2 → 3.2, 13800000000.0 → 13800000000."""
    if value == int(value) and abs(value) < 1e16:
        return str(int(value))
    return repr(value)


def is_red(rgb: str) -> bool:
    """Whether a colour (RRGGBB or AARRGGBB) is a red that people mark rows with: bright or dark red, no pink."""
    try:
        red, green, blue = (int(rgb[-6:][n : n + 2], 16) for n in (0, 2, 4))
    except ValueError:
        return False
    return red >= 0x99 and green <= 0x50 and blue <= 0x50
