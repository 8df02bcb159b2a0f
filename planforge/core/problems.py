"""What can go wrong, in the three kinds that a person meets.

A mistake of the person's is a `Problem`: one Chinese message with its place, what was found and what
is expected. Inputs are read to the end, so problems come in lists, carried by `InputError`. Everything
else that is raised is a bug of ours and is reported as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import total_ordering
from typing import Literal

Severity = Literal["error", "notice"]


_CELL = re.compile(r"(?:(.*)!)?([A-Z]*)([0-9]*)", re.DOTALL)


@total_ordering
@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file that a person wrote.

    file: the path as the person gave it. line, column: counted from 1; 0 where unknown. cell: in a
    workbook, sheet and address (“三年级!C7”, “C7” where there is but one sheet, “三年级” for all of it).
    Places of a file are ordered as one reads: by line and column, or sheet by sheet, row by row.
    """

    file: str
    line: int = 0
    column: int = 0
    cell: str = ""

    def __lt__(self, other: Place) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[str, int, int, str, int, int, str]:
        sheet, row, column = "", 0, ""
        if found := _CELL.fullmatch(self.cell):
            sheet, column, row = found[1] or "", found[2], int(found[3] or 0)
        elif self.cell:
            sheet = self.cell
        return self.file, self.line, self.column, sheet, row, len(column), column

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file} {self.cell}"
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, in Chinese, complete enough to be mended without asking.

    message: what is wrong, one sentence without its place. place: where. field: the field's Chinese
    title. found, expected: what stands there and what should. fix: the mend, where there is one.
    code: a short stable English name of the kind of mistake, for tests and for documentation.
    """

    message: str
    place: Place | None = None
    field: str = ""
    found: str = ""
    expected: str = ""
    fix: str = ""
    code: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        head = f"{self.place}  " if self.place else ""
        field = f"【{self.field}】" if self.field else ""
        details = [
            f"{name}：{text}"
            for name, text in (("现在写的是", self.found), ("应为", self.expected), ("怎样改", self.fix))
            if text
        ]
        tail = f"（{'；'.join(details)}）" if details else ""
        return f"{head}{field}{self.message}{tail}"


class InputError(Exception):
    """The person's input cannot be used; `problems` says why, all at once, each once, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class MissingPart(Exception):
    """Something of the machine's is missing (Pango, a font): the message is Chinese and says how to mend it."""


class Cancelled(Exception):
    """Whoever asked for the work has asked to stop it; nothing that was not whole was left behind."""
