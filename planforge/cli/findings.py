"""What the person sees of findings: each with its place, what stands there, the rule and the mend."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planforge.app.rules import NAMES, Finding, counts

if TYPE_CHECKING:
    from planforge.app.rules import CheckFailed


def show_findings(findings: Sequence[Finding]) -> None:
    """Print findings to standard error, each on a paragraph of its own, and count them."""
    for finding in findings:
        where = f"{finding.place}" if finding.place else ""
        document = f"《{finding.document}》" if finding.document else ""
        field = f"【{finding.field}】" if finding.field else ""
        print(f"{NAMES[finding.severity]}  {where}\n    {document}{field}{finding.message}", file=sys.stderr)
        limit = (
            f"{finding.limit}（{finding.citation}）" if finding.limit and finding.citation else finding.limit
        )
        for name, text in (
            ("现在写的", finding.found),
            ("应当是" if finding.rule.startswith(("text.", "dates.")) else "规定", limit),
            ("怎样改", finding.remedy),
            ("规则", finding.rule),
        ):
            if text:
                print(f"    {name}：{text}", file=sys.stderr)
    summary = counted(findings)
    if summary:
        print(f"共 {summary}。", file=sys.stderr)


def show_stopped(stop: CheckFailed) -> None:
    """Print why nothing was made, and both ways on."""
    show_findings(stop.findings)
    print("有误的地方没有改，没有生成。先改正；确有根据、仍要生成的，加 --allow 规则。", file=sys.stderr)


def counted(findings: Sequence[Finding]) -> str:
    """有误 2 处、存疑 1 处; nothing where there is nothing."""
    return "、".join(f"{NAMES[severity]} {count} 处" for severity, count in counts(findings).items() if count)
