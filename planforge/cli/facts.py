"""`planforge facts`: every fact, where it comes from, which documents print it or depend on it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planforge.cli.show import table


def facts(
    profile: Annotated[Path, typer.Argument(metavar="信息表", help="填好的学校信息表（.yaml 或 .xlsx）")],
    templates: Annotated[
        list[Path] | None, typer.Option("--templates", metavar="文件夹", help="学校自己的模板文件夹")
    ] = None,
) -> int:
    """列出每一项内容：写的是什么、出自哪里、哪些文档印它、哪些文档依它成文；还有哪些没有填。"""
    from planforge.app.school import School

    school = School.open(profile, templates=templates or [])
    school_facts, composed = school.facts, school.compose()
    rows = [["内容", "键", "现在是", "出自", "印出", "依据"]]
    for fact in school.describe():
        prints = "、".join(document.name for document in composed if _within(fact.path, document.printed))
        depends = "、".join(document.name for document in composed if _within(fact.path, document.depends))
        rows.append([fact.title, fact.path, fact.text, fact.origin, prints, depends])
    typer.echo(table(rows, indent=0))
    if school_facts.missing:
        typer.echo(f"\n还有下面 {len(school_facts.missing)} 项没有填，文档略去有关内容：")
        typer.echo(table([[gap.title, gap.path, gap.why] for gap in school_facts.missing]))
    return 0


def _within(path: str, paths: frozenset[str]) -> bool:
    """Whether a path, or a list or group that holds it, is among the paths."""
    return any(path == listed or path.startswith((f"{listed}.", f"{listed}[")) for listed in paths)
