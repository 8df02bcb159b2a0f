"""`planforge batch --master`: a letter that is the same for all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from planforge.cli.show import show_problems

if TYPE_CHECKING:
    from planforge.app.master_letter import MasterOrder
    from planforge.app.school import School


def master(school: School, kind: str, roster: Path | None, output: Path, order: MasterOrder) -> int:
    """Make the master and what goes with it, and say what was made."""
    made = school.master(kind, roster, output, order)
    if made.notices:
        show_problems(made.notices)
    if made.left_out:
        typer.echo(f"花名册里有 {len(made.left_out)} 处没有算进去（planforge roster 列出是哪些）。")
    typer.echo(f"{made.name}：{made.folder}")
    typer.echo("\n".join(f"  {name}" for name, _ in made.made))
    for name, beside in made.made:
        if beside:
            typer.echo(f"  “{name}”有人改过，原样保留；新的一份是“{beside}”。")
    for text in made.lacking:
        typer.echo(text, err=True)
    if made.copies is None:
        typer.echo("没有花名册，信息表里也没有各年级人数，所以没有印数单。")
    else:
        typer.echo(f"共印 {made.copies} 份，各班多少见印数单。")
    return 1 if made.lacking or any(beside for _, beside in made.made) else 0
