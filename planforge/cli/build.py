"""`planforge build`: from the form to the documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planforge.cli.arguments import split
from planforge.cli.show import open_folder, show_problems, table

if TYPE_CHECKING:
    from planforge.app.cost import Cost

DEFAULT_FORMATS = ("docx", "pdf")
SUMMARY = "减负工作总结"
STATUS = {
    "written": "已生成",
    "unchanged": "没有变化",
}


def cost_line(cost: Cost) -> str:
    """What the documents cost, in a sentence: how many, how many pages, how many signatures."""
    pages = f"共 {cost.pages} 页" if cost.pages is not None else "没有生成 PDF，页数没有数"
    signed = f"签名：家长 {cost.parents} 处，教师 {cost.teachers} 处"
    names = "、".join(f"《{name}》" for name in cost.copied)
    copies = f"；{names}每人一份，页数和签名按一份算" if names else ""
    return f"成本：{cost.documents} 份文件，{pages}；{signed}{copies}。"


def summary_due(profile: Path, today: date) -> bool:
    """Whether the term is over and what became of every item of its calendar is recorded."""
    from planforge.app.forms import read_profile

    read = read_profile(profile).profile
    over = read.term.ends is not None and read.term.ends < today
    return over and bool(read.schedule) and all(item.status for item in read.schedule)


def build(
    profiles: Annotated[
        list[Path],
        typer.Argument(metavar="信息表", help="填好的学校信息表（.yaml 或 .xlsx），可以一次给几所学校"),
    ],
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="种类,…",
            help="只生成这几种文档，用逗号隔开，也可以写几次；种类见 planforge templates",
        ),
    ] = None,
    format: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="格式,…", help="docx、pdf、html、txt；不写就是 docx,pdf"),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="文件夹", help="生成的文件放在哪里")
    ] = Path("output"),
    templates: Annotated[
        list[Path] | None,
        typer.Option(
            "--templates", metavar="文件夹", help="学校自己的模板文件夹，排在自带模板之前，可以写几次"
        ),
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(
            "--base", metavar="校本.docx", help="学校自己的 Word 文件，用它的纸张、页眉、页脚和样式"
        ),
    ] = None,
    bundle: Annotated[
        bool, typer.Option("--bundle", help="另做归档用的汇编：一个带封面、目录的 PDF 和一个压缩包")
    ] = False,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            "--allow",
            metavar="规则,…",
            help="检查出的这几条错误仍要生成（留记录）；全部放行写 all，规则见 planforge rules",
        ),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="做好以后打开文件夹")] = False,
    details: Annotated[
        bool, typer.Option("--details", help="另列出信息表里没有填的各项，和每一步用了多久")
    ] = False,
) -> int:
    """生成文档：读信息表，写出 Word 和 PDF。"""
    from planforge.app.errors import InputError
    from planforge.app.rules import CheckFailed
    from planforge.app.school import School
    from planforge.cli.findings import show_findings, show_stopped

    status = 0
    for profile in profiles:
        try:
            school = School.open(profile, templates=templates or [], base=base)
            report = school.build(
                output, split(only), split(format) or DEFAULT_FORMATS, allow=split(allow), bundle=bundle
            )
        except CheckFailed as stop:
            show_stopped(stop)
            status = max(status, 1)
            continue
        except InputError as error:
            show_problems(error.problems)
            status = 2
            continue
        if report.notices:
            show_problems(report.notices)
        show_findings([finding for finding in report.findings if finding.severity != "note"])
        typer.echo(f"{report.school}：{report.folder}")
        rows = [[file.put.path.name, file.put.message or STATUS[file.put.status]] for file in report.files]
        typer.echo(table(rows))
        if report.missing and details:
            typer.echo(f"信息表里还没有下面 {len(report.missing)} 项，补上后文档会更完整：")
            typer.echo("\n".join(f"  · {fact.title}：{fact.why}" for fact in report.missing))
        elif report.missing:
            how = f"planforge facts {profile} 列出是哪些"
            typer.echo(f"信息表里还有 {len(report.missing)} 项没有填，补上后文档会更完整（{how}）。")
        for text in dict.fromkeys(report.lacking.values()):
            typer.echo(text, err=True)
            status = max(status, 1)
        typer.echo(cost_line(report.cost))
        if details:
            steps = [f"{name} {seconds:.2f} 秒" for name, seconds in report.seconds.items()]
            typer.echo(f"用时：{'，'.join(steps)}")
        if show and not open_folder(report.folder):
            typer.echo(f"这台电脑上打不开文件夹，请自己打开：{report.folder}", err=True)
        if not only and summary_due(profile, date.today()):
            typer.echo(f"各项进展都已记下。写总结用：planforge build {profile} --only {SUMMARY}")
        if any(file.put.status == "kept" for file in report.files):
            status = max(status, 1)
    return status
