"""`planforge batch`: a letter for everybody on a roster."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from planforge.cli.arguments import mapping_of, refused, split
from planforge.cli.batch_messages import Progress, told
from planforge.cli.show import show_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planforge.app.letters import Removed, Suffix
    from planforge.app.rules import CheckFailed

FILES, PAPER, WHO = "分成哪些文件", "印在什么纸上", "印给谁，按什么排"
LISTS, SCHOOL, RUN = "随附的表，人人一样的信", "学校自己的", "怎样做"
"""Headings in the help."""


def batch(
    profile: Annotated[Path, typer.Argument(metavar="信息表", help="填好的学校信息表（.yaml 或 .xlsx）")],
    kind: Annotated[str, typer.Argument(metavar="种类", help="一人一份的文件，如 致家长的一封信")],
    roster: Annotated[
        Path | None, typer.Argument(metavar="花名册", help="花名册：.xlsx、.xls 或 .csv")
    ] = None,
    format: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="格式,…",
            help="docx、pdf，不写就两种都做；--master 另有 png、txt",
            rich_help_panel=FILES,
        ),
    ] = None,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="文件夹", help="生成的文件放在哪里", rich_help_panel=FILES),
    ] = Path("output"),
    each: Annotated[bool, typer.Option("--each", help="一人一个文件", rich_help_panel=FILES)] = False,
    merge_by: Annotated[
        list[str] | None,
        typer.Option(
            "--merge-by",
            metavar="列,…",
            help="这一列相同的合成一个文件，如 班级、年级、社团",
            rich_help_panel=FILES,
        ),
    ] = None,
    merge_all: Annotated[
        bool, typer.Option("--merge-all", help="全部合成一个文件", rich_help_panel=FILES)
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="单人的文件名里写上姓名", rich_help_panel=FILES)
    ] = False,
    copies: Annotated[
        int, typer.Option("--copies", metavar="份数", help="每人印几份", rich_help_panel=PAPER)
    ] = 1,
    duplex: Annotated[
        bool,
        typer.Option("--duplex", help="双面打印：每人从一张新纸开始，回执背面留空", rich_help_panel=PAPER),
    ] = False,
    up: Annotated[
        int,
        typer.Option(
            "--up",
            metavar="1|2|3",
            help="一张 A4 上排几份（2 是 A5，3 是条子），裁开叠好正是座号顺序",
            rich_help_panel=PAPER,
        ),
    ] = 1,
    slips: Annotated[bool, typer.Option("--slips", help="只印回执", rich_help_panel=PAPER)] = False,
    sort: Annotated[
        list[str] | None,
        typer.Option("--sort", metavar="列,…", help="按什么排；不写就按班级、座号", rich_help_panel=WHO),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where", metavar="列=值,…", help="只印这些人，如 座号=7,12；可以写几次", rich_help_panel=WHO
        ),
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="字段=列名", help="写明花名册的哪一列是什么，可以写几次", rich_help_panel=WHO
        ),
    ] = None,
    sheets: Annotated[
        list[str] | None,
        typer.Option("--sheet", metavar="表名", help="只读这一张工作表，可以写几次", rich_help_panel=WHO),
    ] = None,
    sign: Annotated[
        bool, typer.Option("--sign", help="没有回执的，也附一张各班签收表", rich_help_panel=LISTS)
    ] = False,
    no_lists: Annotated[
        bool, typer.Option("--no-lists", help="不要随附的回执登记表和全校汇总", rich_help_panel=LISTS)
    ] = False,
    as_master: Annotated[
        bool,
        typer.Option(
            "--master",
            help="人人一样、不写姓名的信：做一份母版、印数单、发群的长图和文字",
            rich_help_panel=LISTS,
        ),
    ] = False,
    spare: Annotated[
        int | None,
        typer.Option(
            "--spare", metavar="份数", help="--master 每班另备几份；不写是 2", rich_help_panel=LISTS
        ),
    ] = None,
    templates: Annotated[
        list[Path] | None,
        typer.Option(
            "--templates", metavar="文件夹", help="学校自己的模板文件夹，可以写几次", rich_help_panel=SCHOOL
        ),
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(
            "--base",
            metavar="校本.docx",
            help="学校自己的 Word 文件，用它的纸张、页眉、页脚和样式",
            rich_help_panel=SCHOOL,
        ),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            "--allow",
            metavar="规则,…",
            help="检查出的这几条错误仍要生成；全部放行写 all",
            rich_help_panel=SCHOOL,
        ),
    ] = None,
    allow_blank: Annotated[
        bool,
        typer.Option(
            "--allow-blank", help="花名册里缺的内容留空手写；不写就先列出谁缺什么", rich_help_panel=WHO
        ),
    ] = False,
    jobs: Annotated[
        int,
        typer.Option("--jobs", metavar="个数", help="同时用几个处理器；0：够多才用几个", rich_help_panel=RUN),
    ] = 0,
    resume: Annotated[
        bool, typer.Option("--resume", help="接着做：只做还没有的、有变化的", rich_help_panel=RUN)
    ] = False,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune",
            help="删除以前生成、这次用不着的文件（名单里已没有的人；有人改过的保留）",
            rich_help_panel=RUN,
        ),
    ] = False,
    expunge: Annotated[
        bool,
        typer.Option(
            "--expunge", help="删除这种文件已经生成的（有人改过的保留），不再生成", rich_help_panel=RUN
        ),
    ] = False,
) -> int:
    """按花名册每人生成一份，按班级、座号排好。

    不写合并的选项时：PDF 一班一个文件，供打印；Word 一人一个文件，供修改。写了就两种都照办。

    例：
      planforge batch 我校.yaml 致家长的一封信 学生名单.xlsx
      planforge batch 我校.yaml 致家长的一封信 学生名单.xlsx --where 班级=三（2）班 --where 座号=7,12
      planforge batch 我校.yaml 责任书 教职工名册.xlsx --copies 2 --merge-by 哪一层
    """
    from planforge.app.rules import CheckFailed
    from planforge.app.school import School

    if order_hint := _swapped(profile, roster):
        return refused(order_hint)
    school = School.open(profile, templates=templates or [], base=base)
    if expunge:
        return _expunged(school.remove_letters(kind, output))
    formats = split(format)
    mapping = mapping_of(maps)
    if mapping is None:
        return 2
    if as_master:
        if each or merge_all or merge_by or slips or resume or where or copies != 1:
            return refused("--master 只做一份，不能同合并、份数、回执、挑人、接着做的选项一起写。")
        from planforge.app.master_letter import FORMATS, MasterOrder
        from planforge.cli.master import master

        try:
            return master(
                school,
                kind,
                roster,
                output,
                MasterOrder(
                    formats=formats or FORMATS, spare=2 if spare is None else spare, duplex=duplex, up=up,
                    mapping=mapping, sheets=sheets or [], allow=split(allow),
                ),
            )  # fmt: skip
        except CheckFailed as stop:
            return _stopped(stop)
    if spare is not None:
        return refused("--spare 只同 --master 一起用；多印几份写 --copies。")
    if roster is None:
        return refused("请写出花名册的文件名。")
    if each + merge_all + bool(merge_by) > 1:
        return refused("--each、--merge-by、--merge-all 只能写一个。")
    if jobs < 0:
        return refused("--jobs 写处理器的个数，0 是自动。")
    from planforge.app.letters import FORMATS as LETTER_FORMATS
    from planforge.app.letters import LetterOrder, parse_where

    chosen, problems = parse_where(where or [])
    if problems:
        show_problems(problems)
        return 2
    order = LetterOrder(
        formats=cast("Sequence[Suffix]", formats or LETTER_FORMATS), merge="each" if each else "all" if merge_all else split(merge_by),
        where=chosen, sort=split(sort), copies=copies, duplex=duplex, up=up, slips=slips, named=names,
        lists="none" if no_lists else "sign" if sign else "auto", mapping=mapping, sheets=sheets or [],
        allow=split(allow),
        allow_blank=allow_blank,
    )  # fmt: skip
    begin = time.monotonic()
    progress = Progress() if sys.stderr.isatty() else None
    try:
        made = school.letters(
            kind, roster, output, order, jobs=jobs, resume=resume, prune=prune, progress=progress
        )
    except CheckFailed as stop:
        return _stopped(stop)
    except KeyboardInterrupt:
        typer.echo("已停下。如果已有写好的文件，都是完整的；接着做：同一条命令加上 --resume。", err=True)
        return 1
    finally:
        if progress is not None:
            progress.end()
    return told(made, time.monotonic() - begin)


def _swapped(profile: Path, roster: Path | None) -> str:
    """What to say where form and roster stand in each other's places; nothing where they do not."""
    forms, lists = (".yaml", ".yml"), (".csv", ".xls", ".tsv")
    wrong = profile.suffix.lower() in lists or (
        roster is not None and roster.suffix.lower() in forms and profile.suffix.lower() not in forms
    )
    if not wrong:
        return ""
    return "次序像是写反了：先写信息表，再写种类，最后写花名册，如 planforge batch 我校.yaml 致家长的一封信 名单.xlsx。"


def _expunged(removed: Removed) -> int:
    """Say what was removed, and what still lies there; the exit status: 1 where something does."""
    typer.echo(f"已删除 {removed.count} 个文件。")
    for name in removed.kept:
        typer.echo(f"  “{name}”有人改过，没有删。")
    for folder, count in Counter(path.parent for path in removed.unknown).items():
        typer.echo(f"  {folder} 里还有 {count} 个文件不在已发清单里，没有删；用不着的请自己删。")
    for folder in removed.elsewhere:
        typer.echo(f"  别的校名或学期下还有：{folder}；要删的，用那一张信息表再执行一次，或自己删。")
    return 1 if removed.unknown or removed.elsewhere else 0


def _stopped(stop: CheckFailed) -> int:
    from planforge.cli.findings import show_stopped

    show_stopped(stop)
    return 1
