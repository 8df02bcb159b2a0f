"""Whether the rows of a table fill its columns, cells over several columns or rows counted."""

from __future__ import annotations

from collections.abc import Sequence

from planforge.core.problems import Place, Problem
from planforge.document.tree import Cell


def fill(rows: Sequence[Sequence[Cell]], columns: int, places: Sequence[Place]) -> list[Problem]:
    """What is wrong with these rows: one too short or too long, a cell that reaches below the last row.

    places: where each row stands.
    """
    problems: list[Problem] = []
    held = [0] * columns  # how many further rows each column is covered from above
    for index, row in enumerate(rows):
        column, count, split = 0, 0, False
        covered = [left > 0 for left in held]
        held = [max(0, left - 1) for left in held]
        for cell in row:
            while column < columns and covered[column]:
                column += 1
            end = column + cell.span
            count += cell.span
            if end > columns or any(covered[column:end]):
                column, split = end, True
                continue
            for spot in range(column, end):
                held[spot] = cell.rows - 1
            column = end
        free = columns - sum(covered)
        if count != free or split:
            problems.append(
                Problem(
                    "这一行的单元格和表格的列数对不上",
                    places[index],
                    found=f"{count} 列",
                    expected=f"{free} 列"
                    + (f"（另 {columns - free} 列由上面的单元格占着）" if free < columns else ""),
                    code="table-row",
                )
            )
        beyond = max((cell.rows for cell in row), default=1) - (len(rows) - index)
        if beyond > 0:
            problems.append(
                Problem(
                    "单元格向下占的行数超出了表格",
                    places[index],
                    expected=f"至多 {len(rows) - index} 行",
                    code="table-row",
                )
            )
    return problems
