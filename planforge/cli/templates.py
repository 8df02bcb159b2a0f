"""`planforge templates`: which documents can be made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planforge.cli.show import table

FOR = {"school": "学校", "staff": "教职工", "recipient": "家长或个人"}


def templates(
    own: Annotated[
        list[Path] | None, typer.Option("--templates", metavar="文件夹", help="学校自己的模板文件夹")
    ] = None,
) -> int:
    """列出能生成的文档种类。"""
    from planforge.build import template_search
    from planforge.compose import find_kinds

    kinds = find_kinds(template_search(own or []))
    rows = [["种类", "名称", "对象", "各节"]]
    for kind in kinds.values():
        card = kind.card
        sections = "、".join(section.title for section in card.sections)
        rows.append([card.id, card.name, FOR[card.audience], sections])
    typer.echo(table(rows, indent=0))
    return 0
