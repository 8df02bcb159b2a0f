"""Where a sheet's headings are: one row or two, one block of columns or several side by side."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planforge.roster.columns import NAME, REMARK, SCHOOL, SEAT, Column, group_key, heading_key, rank
from planforge.sheets.grid import MergedCells, SheetGrid

MAX_HEADER = 3
"""Rows of headings that stand below the row with the names' heading, itself included."""
MAX_COLUMNS = 400
_HINT = re.compile(r"名|学生|教师")
_GROUPS = ("学生", "家长", "监护", "父", "母", "家庭", "联系", "成员", "教师", "基本")


@dataclass(slots=True)
class HeaderCell:
    """The heading of a column. group: what stands above it over several columns."""

    column: int
    row: int
    group: str
    text: str

    @property
    def whole(self) -> str:
        """The heading in plain writing with what stands above it: 父亲 over 电话 is 父亲电话."""
        return group_key(self.group) + heading_key(self.text)

    def __str__(self) -> str:
        return f"{self.group}|{self.text}" if self.group and self.group != self.text else self.text


@dataclass(slots=True)
class ColumnBlock:
    """Columns that together are one list. columns: field → column number; doubtful: field → columns that all may
    be it; remarks: columns where 转出 and the like may stand; school: the column that names the school, 0 for none.
    """

    left: int
    right: int
    columns: dict[str, int]
    headings: dict[str, HeaderCell]
    doubtful: dict[str, list[HeaderCell]] = field(default_factory=dict)
    remarks: list[int] = field(default_factory=list)
    group: str = ""
    school: int = 0


@dataclass(slots=True)
class HeaderTable:
    """A list in a sheet: its heading rows, its blocks, all its headings."""

    top: int
    bottom: int
    blocks: list[ColumnBlock]
    headings: list[HeaderCell]


class HeaderFinder:
    """Finds the tables of a sheet.

    columns: those that may be recognised, wanted or not. pinned: field → heading that alone stands for it.
    """

    def __init__(self, sheet: SheetGrid, columns: Sequence[Column], pinned: Mapping[str, str]) -> None:
        self._sheet, self._columns = sheet, columns
        self._pinned = {field: heading_key(heading) for field, heading in pinned.items()}
        self._rows = sorted(sheet.rows)
        self._spans: dict[int, list[MergedCells]] = {}
        for span in sheet.spans:
            for row in range(span.top, min(span.bottom, span.top + MAX_HEADER) + 1):
                self._spans.setdefault(row, []).append(span)

    def tables(self) -> Iterator[HeaderTable]:
        """The tables from top to bottom; each ends where the next begins."""
        after = 0
        for row in self._rows:
            if row > after and self._may_be_header(row):
                table = self._table(row)
                if table is not None:
                    after = table.bottom
                    yield table

    def _may_be_header(self, row: int) -> bool:
        cells = self._sheet.rows[row]
        pinned = self._pinned.get(NAME.field)
        texts = [cell.text for cell in cells.values() if cell.kind == "text" and len(cell.text) <= 40]
        if pinned is not None:
            return any(heading_key(text) == pinned for text in texts)
        sure, known = False, 0
        if not any(_HINT.search(heading_key(text)) for text in texts):
            return False
        for text in texts[:MAX_COLUMNS]:
            found = [column for column in self._columns if rank(column, "", text) is not None]
            known += bool(found)
            sure |= any(column.field == NAME.field for column in found) and "名" in heading_key(text)
        sure &= known > 1 or all(len(text) <= 10 for text in texts)
        named = any(rank(_name_of(self._columns), "", text) is not None for text in texts)
        return sure or (named and known >= 3)

    def _table(self, row: int) -> HeaderTable | None:
        top, bottom = self._extent(row)
        headings = self._headings(top, bottom)
        names = self._candidates(_name_of(self._columns), headings)
        if not names:
            return None
        blocks = self._blocks(headings, names)
        return HeaderTable(top, bottom, blocks, headings)

    def _extent(self, row: int) -> tuple[int, int]:
        """The first and last row of headings, given the row in which the names' heading stands."""
        bottom = row
        for span in self._spans.get(row, ()):
            if span.top == row and span.bottom > row and self._sheet.text(row, span.left):
                bottom = max(bottom, min(span.bottom, row + MAX_HEADER - 1))
        if bottom == row and self._goes_on(row):
            bottom = row + 1
        top = row
        if bottom == row and self._is_group_row(row - 1):
            top = row - 1
        return top, bottom

    def _goes_on(self, row: int) -> bool:
        """Whether the row below holds headings too, though nothing is merged downwards."""
        below = self._sheet.rows.get(row + 1)
        if not below:
            return False
        name = _name_of(self._columns)
        here = self._sheet.rows[row]
        if any(column in below for column, cell in here.items() if rank(name, "", cell.text) is not None):
            return False
        return any(
            cell.kind == "text" and any(rank(column, "", cell.text) is not None for column in self._columns)
            for cell in below.values()
        )

    def _is_group_row(self, row: int) -> bool:
        cells = self._sheet.rows.get(row)
        if not cells or row in self._sheet.hidden_rows:
            return False
        width = len(self._sheet.rows[row + 1])
        merged = [
            span for span in self._spans.get(row, ()) if span.right > span.left and (row, span.left)
            and span.left in cells
        ]  # fmt: skip
        narrow = [span for span in merged if span.right - span.left + 1 < width]
        if narrow and (len(cells) > 1 or _is_group(cells[narrow[0].left].text)):
            return True
        return len(cells) > 1 and any(_is_group(cell.text) for cell in cells.values())

    def _spread(self, row: int, column: int) -> tuple[str, tuple[int, int]]:
        """The text over a place in the heading rows, merged cells counted, and where it stands."""
        for span in self._spans.get(row, ()):
            if span.left <= column <= span.right and span.top <= row <= span.bottom:
                return self._sheet.text(span.top, span.left), (span.top, span.left)
        return self._sheet.text(row, column), (row, column)

    def _headings(self, top: int, bottom: int) -> list[HeaderCell]:
        used = {column for row in range(top, bottom + 1) for column in self._sheet.rows.get(row, {})}
        headings = []
        loose = ("", 0)  # an unmerged heading that reaches over the columns right of it
        for column in sorted(used)[:MAX_COLUMNS]:
            path: list[tuple[str, tuple[int, int]]] = []
            for row in range(top, bottom + 1):
                text, at = self._spread(row, column)
                if text.strip() and (not path or path[-1][1] != at):
                    path.append((text.strip(), at))
            if not path:
                continue
            if len(path) > 1 or path[0][1][0] == bottom:
                if len(path) > 1:
                    loose = (path[0][0], column)
                elif bottom > top and loose[0] and _is_group(loose[0]) and not self._sheet.text(top, column):
                    path.insert(0, (loose[0], (top, loose[1])))
            else:
                loose = ("", 0)
            text, (row, _) = path[-1]
            group = "" if len(path) < 2 else path[-2][0]
            headings.append(HeaderCell(column, row, group, text))
        return headings

    def _candidates(self, column: Column, headings: Sequence[HeaderCell]) -> list[tuple[int, HeaderCell]]:
        pinned = self._pinned.get(column.field)
        if pinned is not None:
            return [
                (0, heading) for heading in headings if pinned in (heading_key(heading.text), heading.whole)
            ]
        ranks = [(rank(column, heading.group, heading.text), heading) for heading in headings]
        return [(sure, heading) for sure, heading in ranks if sure is not None]

    def _blocks(
        self, headings: Sequence[HeaderCell], names: Sequence[tuple[int, HeaderCell]]
    ) -> list[ColumnBlock]:
        best = min(sure for sure, _ in names)
        starts = [heading for sure, heading in names if sure == best]
        if len({heading_key(heading.text) for heading in starts}) > 1:
            starts = starts[:1]
        keys = {heading.column: heading_key(heading.text) for heading in headings}
        leading = {key for column, key in keys.items() if column <= starts[0].column}
        edges = [1]
        for last, following in pairwise(starts):
            between = sorted(column for column in keys if last.column < column <= following.column)
            edges.append(next((column for column in between if keys[column] in leading), following.column))
        edges.append(max(keys) + 1)
        blocks = [
            self._block(left, right - 1, [heading for heading in headings if left <= heading.column < right])
            for left, right in pairwise(edges)
        ]
        first = blocks[0]
        for block in blocks[1:]:
            for shared in ("class", "grade"):
                at = first.columns.get(shared)
                if at and shared not in block.columns and at < first.columns[NAME.field]:
                    block.columns[shared] = at
                    block.headings[shared] = first.headings[shared]
        return blocks

    def _block(self, left: int, right: int, headings: Sequence[HeaderCell]) -> ColumnBlock:
        block = ColumnBlock(left, right, {}, {})
        taken: dict[int, int] = {}
        for column in self._columns:
            found = self._candidates(column, headings)
            if not found:
                continue
            if column.field == SEAT.field and len(found) > 1:
                found = self._short(found)
            best = min(sure for sure, _ in found)
            surest = [heading for sure, heading in found if sure == best]
            if _parent(surest[0]):
                surest = [heading for _, heading in found if _parent(heading)]
            if len(surest) > 1 and column.field != NAME.field:
                block.doubtful[column.field] = surest
                continue
            if surest[0].column in taken and column.field not in self._pinned:
                continue
            taken[surest[0].column] = best
            block.columns[column.field], block.headings[column.field] = surest[0].column, surest[0]
        block.remarks = [heading.column for heading in headings if rank(REMARK, "", heading.text) is not None]
        block.school = next(
            (heading.column for heading in headings if rank(SCHOOL, "", heading.text) is not None), 0
        )
        groups = {heading.group for heading in headings if heading.group}
        block.group = groups.pop() if len(groups) == 1 else ""
        return block

    def _short(self, found: list[tuple[int, HeaderCell]]) -> list[tuple[int, HeaderCell]]:
        """Without long student numbers, where a column beside them has numbers such as seats have."""
        row = max(heading.row for _, heading in found)
        start = bisect_right(self._rows, row)
        below = self._rows[start : start + 8]

        def short(heading: HeaderCell) -> bool:
            texts = [text for line in below if (text := self._sheet.text(line, heading.column).strip())]
            return bool(texts) and all(len(text) <= 4 for text in texts)

        return [(sure, heading) for sure, heading in found if short(heading)] or found


def _name_of(columns: Sequence[Column]) -> Column:
    """The names' column among those that may be recognised (pupils' and staff's have other headings)."""
    return next(column for column in columns if column.field == NAME.field)


def _is_group(text: str) -> bool:
    key = group_key(text)
    return len(key) <= 8 and any(word in key for word in _GROUPS)


def _parent(heading: HeaderCell) -> bool:
    return heading.whole.startswith(("父", "母")) or heading_key(heading.text).startswith(("父", "母"))
