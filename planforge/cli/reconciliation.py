"""The reconciliation at the end of a batch: who stands on the roster, who got a letter, and who did not and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from planforge.cli.show import table

if TYPE_CHECKING:
    from planforge.app.errors import Place
    from planforge.app.letters import Batch

_HEAD = ("名单", "略去", "有误", "没有挑", "信")


def show_reconciliation(made: Batch) -> None:
    """Print the people of each class against its letters, what was left out and why, and the sheets not read."""
    from planforge.app.rosters import cells_of

    rows = [
        (
            str(count.class_) if count.class_ else "班级不明",
            [count.listed, count.left_out, count.faulty, count.taken - count.letters, count.letters],
        )
        for count in made.counts
    ]
    if rows:
        total = [sum(numbers) for numbers in zip(*(row[1] for row in rows), strict=True)]
        typer.echo(f"对账（人数）：\n{table(_shown([*rows, ('合计', total)]))}")
    reasons: dict[str, list[Place]] = {}
    for row in made.left_out:
        reasons.setdefault(row.reason, []).append(row.place)
    for reason, places in reasons.items():
        typer.echo(f"  略去 {len(places)} 处，{reason}：{cells_of(places)}")
    for sheet in made.unread:
        typer.echo(f"  工作表“{sheet.name}”：{sheet.reason}")


def _shown(rows: Sequence[tuple[str, Sequence[int]]]) -> list[list[str]]:
    """The rows as text under their heads, without the columns that are nought throughout."""
    last = len(_HEAD)
    kept = [n for n in range(last) if n in (0, last - 1) or any(numbers[n] for _, numbers in rows)]
    head = ["班级", *(_HEAD[n] for n in kept)]
    return [head, *([class_, *(str(numbers[n]) for n in kept)] for class_, numbers in rows)]
