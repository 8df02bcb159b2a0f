"""`planforge convert`: the form from YAML to Excel and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planforge.cli.show import show_problems


def convert(
    source: Annotated[Path, typer.Argument(metavar="信息表", help="要转换的信息表（.yaml 或 .xlsx）")],
    target: Annotated[
        Path | None,
        typer.Argument(metavar="新文件", help="转换成的文件；不写就用原来的名字，换成 .xlsx 或 .yaml"),
    ] = None,
) -> int:
    """把信息表从 .yaml 转成 Excel 工作簿，或者转回来；除注释外，一项不少。"""
    from planforge.app import forms

    made = forms.convert(source, target)
    show_problems(made.notices)
    typer.echo(f"已转换：{source} → {made.path}")
    if made.moved:
        listed = "、".join(made.moved)
        typer.echo(f"新文件在另一个文件夹，里面写的相对路径（{listed}）要跟着改。", err=True)
    return 0
