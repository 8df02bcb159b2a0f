"""`planforge check`: the form's mistakes, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planforge.cli.show import show_problems


def check(
    profiles: Annotated[
        list[Path], typer.Argument(metavar="信息表", help="填好的学校信息表（.yaml），可以一次给几所学校")
    ],
) -> int:
    """检查信息表：一次列出所有要改的地方，写明文件、行、列。"""
    from planforge.build import read_facts
    from planforge.problems import InputError

    status = 0
    for profile in profiles:
        try:
            facts, reading = read_facts(profile)
        except InputError as error:
            show_problems(error.problems)
            status = 1
            continue
        show_problems((*reading.problems, *facts.notices))
        typer.echo(f"{profile}：填写无误（{facts.school.name}，{facts.term.title}）。")
        if facts.missing:
            typer.echo(f"  还有 {len(facts.missing)} 项没有填，文档会略去有关内容：")
            typer.echo("\n".join(f"  · {one.title}：{one.why}" for one in facts.missing))
    return status
