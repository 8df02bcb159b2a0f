"""Many notices of one kind told as one, with all cells: a class teacher reads ten lines, not four hundred."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from planforge.core.problems import Place, Problem
from planforge.sheets.grid import column_number

_ADDRESS = re.compile(r"(?:(.*)!)?([A-Z]{1,3})(\d+)", re.DOTALL)
_GATHERED = frozenset(("class.not_here", "class.grade_not_here", "school.other"))
"""Errors that come as a whole class or school, so that they are gathered as notices are."""
MAX_RUNS = 40
"""Runs of cells that are written out."""


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """Notices that say the same of several cells as one, at the first of them; errors stay one a cell."""
    kinds: dict[object, list[Problem]] = {}
    for problem in problems:
        alike: object = (problem.code, problem.field, problem.severity, problem.expected, problem.fix)
        if (problem.severity == "error" and problem.code not in _GATHERED) or problem.place is None:
            alike = object()
        kinds.setdefault(alike, []).append(problem)
    return [_one(alike) for alike in kinds.values()]


def in_order(problems: Iterable[Problem], sheets: Sequence[str]) -> list[Problem]:
    """Problems as one reads: of the whole file first, then sheet by sheet, row by row. sheets: in their order."""
    order = {name: number for number, name in enumerate(sheets)}

    def place(problem: Problem) -> tuple[int, int, int]:
        address = _ADDRESS.fullmatch(problem.place.cell if problem.place is not None else "")
        if not address:
            return (-1, 0, 0)
        return (order.get(address[1] or "", 0), int(address[3]), column_number(address[2]))

    return sorted(problems, key=place)


def cells_of(places: Sequence[Place]) -> str:
    """Cells in few words: 名单!C2—C20、C25；四年级!C3. Runs down a column are joined."""
    sheets: dict[str, dict[str, list[int]]] = {}
    lines = []
    for place in places:
        found = _ADDRESS.fullmatch(place.cell)
        if found:
            sheets.setdefault(found[1] or "", {}).setdefault(found[2], []).append(int(found[3]))
        else:
            lines.append(place.cell or f"第 {place.line} 行")
    parts, count = [], 0
    for sheet, columns in sheets.items():
        runs = []
        for column in sorted(columns, key=column_number):
            for first, last in _runs(sorted(set(columns[column]))):
                runs.append(f"{column}{first}" if first == last else f"{column}{first}—{column}{last}")
        count += len(runs)
        shown = runs[: max(0, MAX_RUNS - count + len(runs))]
        if shown:
            parts.append(
                (f"{sheet}!" if sheet else "") + "、".join(shown) + ("……" if len(shown) < len(runs) else "")
            )
    return "；".join([*parts, *dict.fromkeys(lines)])


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _one(alike: Sequence[Problem]) -> Problem:
    if len(alike) == 1:
        return alike[0]
    places = [problem.place for problem in alike if problem.place is not None]
    if len({(problem.message, problem.found) for problem in alike}) == 1:
        message = f"{alike[0].message}，共 {len(alike)} 处：{cells_of(places)}"
        return replace(alike[0], message=message)
    said = [
        f"{cells_of([place])} {problem.message}" + (f"（{problem.found}）" if problem.found else "")
        for problem, place in zip(alike[:MAX_RUNS], places, strict=False)
    ]
    more = "……" if len(alike) > MAX_RUNS else ""
    return replace(alike[0], message=f"共 {len(alike)} 处：{'；'.join(said)}{more}", found="")
