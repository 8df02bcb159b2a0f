"""`planforge restyle`: an old paper set anew in the official look, its text untouched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def restyle(
    papers: Annotated[
        list[Path],
        typer.Argument(
            metavar="旧稿", help="旧稿（.docx、.pdf、.doc、.wps 等），可以写几份；文件夹排里面的旧稿"
        ),
    ],
    look: Annotated[
        str, typer.Option("--look", metavar="版式", help="排成哪种版式，如 县区公文式样")
    ] = "official",
    format: Annotated[
        str, typer.Option("--format", metavar="格式,…", help="docx、pdf、html、txt；不写就是 docx,pdf")
    ] = "docx,pdf",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="文件夹", help="放在哪里；不写就放在旧稿旁边")
    ] = None,
) -> int:
    """重排旧稿：文字一个不动，照公文版式重新排成 Word 和 PDF，列出认出了什么、什么没有带过去。"""
    from planforge.app.check_files import check_files, papers_in
    from planforge.app.errors import InputError, MissingPart
    from planforge.app.restyle import restyle_file
    from planforge.cli.findings import counted
    from planforge.cli.show import show_problems

    formats = [word.strip() for word in format.split(",") if word.strip()]
    failed = False
    for paper in papers_in(papers):
        try:
            made, files = restyle_file(paper, output, look, formats)
        except InputError as error:
            show_problems(error.problems)
            failed = True
            continue
        except MissingPart as error:
            typer.echo(f"{paper}：没有重排：{error}", err=True)
            failed = True
            continue
        typer.echo(f"{paper}：按“{made.look}”重排好了")
        for line in made.changes:
            typer.echo(f"  {line}")
        for file in files:
            typer.echo(f"  {file}")
        (checked,) = check_files([paper])
        found = counted(checked.findings)
        typer.echo(f"  检查：{found}，用 planforge check 看是哪几处" if found else "  检查：没有发现问题")
    return 2 if failed else 0
