"""`planforge batch --master`: a letter that is the same for all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from planforge.cli.show import show_problems


def master(
    profile: Path,
    kind: str,
    roster: Path | None,
    output: Path,
    *,
    formats: Sequence[str],
    spare: int,
    duplex: bool,
    up: int,
    mapping: dict[str, str],
    sheets: Sequence[str],
    templates: Sequence[Path],
    base: Path | None,
    allow: Sequence[str],
) -> int:
    """Make the master and what goes with it, and say what was made."""
    from planforge.app.master_letter import FORMATS
    from planforge.app.master_letter import master as make

    made = make(
        profile,
        kind,
        roster,
        output,
        formats=formats or FORMATS,
        spare=spare,
        duplex=duplex,
        up=up,
        mapping=mapping,
        sheets=sheets,
        own_templates=templates,
        base=base,
        allow=allow,
    )
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
