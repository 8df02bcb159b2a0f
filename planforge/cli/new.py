"""`planforge new`: a blank form, or one filled in by questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planforge.cli.arguments import refused

_PLAIN, _EXCEL = "学校信息表.yaml", "学校信息表.xlsx"


def new(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="文件", help=f"新信息表的文件名；不写就是 {_PLAIN}", show_default=False),
    ] = None,
    ask: Annotated[bool, typer.Option("--ask", help="逐项提问，边问边填")] = False,
    example: Annotated[
        str,
        typer.Option("--example", metavar="学校", help="照一所填好的示例学校改：城区小学、村小、城区初中等"),
    ] = "",
    excel: Annotated[
        bool, typer.Option("--excel", help="做成 Excel 工作簿（.xlsx），用 Excel 或 WPS 填写")
    ] = False,
) -> int:
    """新建一份空白学校信息表，每一项都有说明；用 --ask 逐项提问填写，或用 --example 照填好的示例改。"""
    from planforge.app import forms

    path = path or Path(_EXCEL if excel else _PLAIN)
    if excel and path.suffix.lower() != ".xlsx":
        return refused(f"Excel 工作簿的文件名要以 .xlsx 结尾，如 {path.with_suffix('.xlsx')}。")
    if path.suffix.lower() not in (".yaml", ".yml", ".xlsx"):
        return refused(f"文件名要以 .yaml 或 .xlsx 结尾，如 {path.with_suffix('.yaml')}。")
    if path.exists():
        return refused(f"{path} 已经在了，没有动它。请换一个文件名。")
    if not path.parent.is_dir():  # told before the questions, so that no answer is lost
        raise forms.no_folder(path.parent)
    excel = path.suffix.lower() == ".xlsx"
    if example:
        known = forms.examples()
        if example not in known:
            return refused(f"没有“{example}”这个示例。可以写：{'、'.join(known)}。")
        if ask:
            return refused("--example 和 --ask 只能写一个。")
        text = known[example]
    else:
        text = forms.ask(_Prompter()) if ask else "" if excel else forms.blank_form()
    data = forms.workbook(text) if excel else text.encode()
    forms.write_new(path, data)
    editor = " Excel 或 WPS " if excel else "记事本或其他编辑器"
    if example:
        typer.echo("里面的学校和人物都是编的，请逐项换成本校的；用不着的整行删去。")
    typer.echo(
        f"已写好 {path}。用{editor}打开填写，然后运行：\n  planforge check {path}\n  planforge build {path}"
    )
    return 0


class _Prompter:
    """Questions at the terminal."""

    def ask(self, question: str) -> str:
        return str(typer.prompt(question, default="", show_default=False))

    def tell(self, message: str) -> None:
        typer.echo(message)
