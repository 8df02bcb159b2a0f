"""Few combinations that hold every pair of choices: most mistakes of options need no more than two to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TypeVar

_Value = TypeVar("_Value")


def pairwise(factors: Mapping[str, Sequence[_Value]]) -> list[dict[str, _Value]]:
    """Combinations of one value for each factor, so that any two values of two factors meet in one of them.

    The first holds every factor's first value. The same factors always give the same combinations.
    """
    names = list(factors)
    rows: list[list[int]] = [[0] * len(names)]
    open_pairs = {
        (a, i, b, j)
        for a, b in combinations(range(len(names)), 2)
        for i in range(len(factors[names[a]]))
        for j in range(len(factors[names[b]]))
    }
    open_pairs -= _met(rows[0])
    while open_pairs:
        row = _row(min(open_pairs), [len(factors[name]) for name in names], open_pairs)
        rows.append(row)
        open_pairs -= _met(row)
    if len(names) == 1:
        rows = [[index] for index in range(len(factors[names[0]]))]
    return [{name: factors[name][index] for name, index in zip(names, row, strict=True)} for row in rows]


def _row(
    seed: tuple[int, int, int, int], sizes: list[int], wanted: set[tuple[int, int, int, int]]
) -> list[int]:
    """A combination with this pair, each further value chosen to meet as many new pairs as it can."""
    a, i, b, j = seed
    row: dict[int, int] = {a: i, b: j}
    for factor in range(len(sizes)):
        if factor in row:
            continue
        gains = []
        for value in range(sizes[factor]):
            pairs = (
                (other, held, factor, value) if other < factor else (factor, value, other, held)
                for other, held in row.items()
            )
            gains.append(sum(pair in wanted for pair in pairs))
        row[factor] = gains.index(max(gains))
    return [row[factor] for factor in range(len(sizes))]


def _met(row: list[int]) -> set[tuple[int, int, int, int]]:
    return {(a, row[a], b, row[b]) for a, b in combinations(range(len(row)), 2)}
