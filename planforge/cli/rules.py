"""`planforge rules`: the rule packs, and one rule explained."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from planforge.cli.show import table


def rules(
    name: Annotated[str, typer.Argument(metavar="规则", help="一条规则的编号；不写就列出全部")] = "",
    extra: Annotated[
        list[Path] | None, typer.Option("--rules", metavar="规则文件", help="另加的地方规则，可以写几次")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="输出全部规则的说明（Markdown）")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="列出一个学期没有核对过的规则和提法")] = False,
    words: Annotated[
        bool, typer.Option("--words", help="输出规则文件里可以写的项目和词（Markdown）")
    ] = False,
) -> int:
    """列出检查所依的规则；写编号就解释这一条：管什么、多少、出自哪份文件、怎样改。"""
    from planforge.app.errors import InputError, Problem
    from planforge.app.rules import (
        NAMES,
        explain,
        explained_ids,
        explanation,
        handbook,
        rule_packs,
        text_rules,
    )

    packs = rule_packs(extra or ())
    if markdown:
        typer.echo(handbook(packs), nl=False)
        return 0
    if stale:
        old = packs.unchecked(date.today())
        typer.echo(f"半年内没有对照出处核对过的：{len(old)} 条")
        typer.echo(table([[entry.id, f"{entry.checked or '没有写核对日期'}"] for entry in old]))
        return 0
    if words:
        from planforge.app.rules import QUANTITIES, rule_words

        typer.echo(rule_words(packs, QUANTITIES), nl=False)
        return 0
    texts = text_rules()
    if not name:
        for pack in (candidate for candidate in packs.packs if candidate.rules or not candidate.phrases):
            typer.echo(f"{pack.title}（{pack.id}）：{len(pack.documents)} 份文件，{len(pack.rules)} 条")
            typer.echo(table([[rule.id, NAMES[rule.gravity], rule.statement] for rule in pack.rules]))
        if packs.phrases.all:
            typer.echo(f"固定提法：{len(packs.phrases.all)} 条（docs/policy.md 有出处）")
            typer.echo(table([[phrase.id, phrase.short, phrase.text.value] for phrase in packs.phrases.all]))
        typer.echo(f"文字检查：{len(texts)} 条")
        typer.echo(table([[rule.id, NAMES[rule.severity], rule.title] for rule in texts.values()]))
        return 0
    if name in texts:
        rule = texts[name]
        typer.echo(
            f"{rule.id}  {rule.title}（{NAMES[rule.severity]}）\n{rule.message}。\n怎样改：{rule.remedy}"
        )
        return 0
    if name not in {rule.id for rule in packs.rules} and (said := explanation(name)):
        typer.echo(f"{name}  {said.title}\n{said.why}\n例：{said.example}\n怎样改：{said.remedy}")
        return 0
    try:
        typer.echo(explain(packs, name))
    except KeyError:
        import difflib

        near = difflib.get_close_matches(
            name, [*(rule.id for rule in packs.rules), *texts, *explained_ids()], 3, 0.4
        )
        fix = f"您是不是想写 {'、'.join(near)}" if near else "planforge rules 列出全部规则"
        raise InputError([Problem("没有这条规则", found=name, fix=fix, code="rule-unknown")]) from None
    return 0
