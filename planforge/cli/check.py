"""`planforge check`: the form's mistakes, departures from the rules in force, and what texts should not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from planforge.app.check_files import Checked

FORMATS = ("table", "json", "sarif")


def check(
    profiles: Annotated[
        list[Path],
        typer.Argument(
            metavar="信息表",
            help="填好的学校信息表（.yaml 或 .xlsx），可以一次给几所学校；旧稿（.docx、.pdf、.doc、.wps、.odt、.html、.txt）也可以检查；文件夹查里面的旧稿",
        ),
    ],
    rules: Annotated[
        list[Path] | None,
        typer.Option(
            "--rules", metavar="规则文件", help="另加的地方规则，可以写几次；只能更严，不能放宽国家规定"
        ),
    ] = None,
    format: Annotated[str, typer.Option("--format", metavar="格式", help="table、json、sarif")] = "table",
    strict: Annotated[bool, typer.Option("--strict", help="存疑的也算没有通过")] = False,
    profile_only: Annotated[
        bool, typer.Option("--profile-only", help="只查信息表，不查由它写成的文档（快）")
    ] = False,
    templates: Annotated[
        list[Path] | None, typer.Option("--templates", metavar="文件夹", help="学校自己的模板文件夹")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="表.xlsx", help="另存一份汇总表，一校一行、一处一行")
    ] = None,
    mark: Annotated[
        Path | None,
        typer.Option(
            "--mark", metavar="批注.docx", help="把查出的问题写成 Word 批注，另存一份；几份旧稿时写文件夹名"
        ),
    ] = None,
    expect: Annotated[
        Path | None, typer.Option("--expect", metavar="名单.txt", help="应交的学校，一行一个；列出没有交的")
    ] = None,
) -> int:
    """检查信息表：列出填错的、与现行规定不符的、文字里不该有的，写明文件、行、列和怎样改。"""
    from planforge.app.check_files import (
        as_json,
        as_sarif,
        check_files,
        may_report,
        not_expected,
        not_handed_in,
        papers_in,
        school_names,
        totals,
        write_all_marked,
        write_report,
    )
    from planforge.app.errors import InputError, Problem
    from planforge.cli.findings import counted, show_findings

    if format not in FORMATS:
        raise InputError(
            [Problem("没有这种格式", found=format, expected="、".join(FORMATS), code="format-unknown")]
        )
    profiles = papers_in(profiles)
    if report is not None:
        may_report(report, [*profiles, *(rules or []), *([expect] if expect is not None else [])])
    names = school_names(expect) if expect is not None else None
    checked = check_files(profiles, rules or [], templates or [], documents=not profile_only)
    missing = not_handed_in(checked, names) if names is not None else None
    strange = not_expected(checked, names) if names is not None else []
    if format == "json":
        typer.echo(as_json(checked))
    elif format == "sarif":
        typer.echo(as_sarif(checked))
    else:
        for result in checked:
            show_findings(result.findings)
            typer.echo(_result(result))
        if len(checked) > 1:
            every = [finding for result in checked for finding in result.findings]
            typer.echo(f"共检查 {len(checked)} 份，{counted(every) or '没有发现问题'}。")
        if missing:
            typer.echo(f"还有 {len(missing)} 所学校没有交：{'、'.join(missing)}。")
        if strange:
            named = [f"{name}（名单上有{near}）" if near else name for name, near in strange]
            typer.echo(f"有 {len(strange)} 所学校交了，不在名单上：{'、'.join(named)}。")
    if mark is not None:
        for copy in write_all_marked(checked, mark):
            typer.echo(f"批注：{copy}", err=format != "table")
    if report is not None:
        write_report(report, checked, missing, strange)
        typer.echo(f"汇总表：{report}", err=format != "table")
    return _status(checked, totals(checked)["error"], totals(checked)["warning"] if strict else 0)


def _status(checked: Sequence[Checked], errors: int, warnings: int) -> int:
    if any(not result.usable for result in checked):
        return 2
    return 1 if errors or warnings else 0


def _result(result: Checked) -> str:
    if not result.school:
        return f"{result.file}：{_words(result) if result.usable else '读不出来'}。"
    more = (
        f"\n  还有 {result.missing} 项没有填，文档会略去有关内容（planforge facts 可以看到）。"
        if result.missing
        else ""
    )
    return f"{result.file}（{result.school}，{result.term}）：{_words(result)}。{more}"


def _words(result: Checked) -> str:
    """What is to be done now, in a few words."""
    count = Counter(finding.severity for finding in result.findings)
    if count["error"]:
        return f"有 {count['error']} 处要改，改好后再检查一遍"
    if count["warning"]:
        return f"没有填错的，有 {count['warning']} 处存疑要核对"
    if any(finding.rule == "sentence.fragment" for finding in result.findings):
        return f"没有填错的，有 {count['note']} 处提示，请看一看要不要改"
    return "填写无误" if result.school else "没有发现问题"
