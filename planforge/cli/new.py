"""`planforge new`: a blank form, or one filled in by questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new(
    path: Annotated[Path, typer.Argument(metavar="文件", help="新信息表的文件名")] = Path("学校信息表.yaml"),
    ask: Annotated[bool, typer.Option("--ask", help="逐项提问，边问边填")] = False,
) -> int:
    """新建一份空白学校信息表，每一项都有说明；或用 --ask 逐项提问填写。"""
    from planforge.profile.ask import ask as by_questions
    from planforge.profile.form import blank_form

    if path.exists():
        typer.echo(f"{path} 已经在了，没有动它。请换一个文件名。", err=True)
        return 2
    text = by_questions(_Prompter()) if ask else blank_form()
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        typer.echo(f"写不了 {path}：{error.strerror}。请换一个文件夹。", err=True)
        return 2
    typer.echo(
        f"已写好 {path}。用记事本或其他编辑器打开填写，然后运行：\n  planforge check {path}\n  planforge build {path}"
    )
    return 0


class _Prompter:
    """Questions at the terminal."""

    def ask(self, question: str) -> str:
        return str(typer.prompt(question, default="", show_default=False))

    def tell(self, message: str) -> None:
        typer.echo(message)
