"""What the person sees of findings: each with its place, what stands there, the rule and the mend."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planforge.app.rules import NAMES, Finding, counts

if TYPE_CHECKING:
    from planforge.app.rules import CheckFailed


def show_findings(found: Sequence[Finding]) -> None:
    """Print findings to standard error, each on a paragraph of its own, and count them."""
    for one in found:
        where = f"{one.place}" if one.place else ""
        document = f"《{one.document}》" if one.document else ""
        field = f"【{one.field}】" if one.field else ""
        print(f"{NAMES[one.severity]}  {where}\n    {document}{field}{one.message}", file=sys.stderr)
        limit = f"{one.limit}（{one.citation}）" if one.limit and one.citation else one.limit
        for name, text in (
            ("现在写的", one.found),
            ("应当是" if one.rule.startswith(("text.", "dates.")) else "规定", limit),
            ("怎样改", one.remedy),
            ("规则", one.rule),
        ):
            if text:
                print(f"    {name}：{text}", file=sys.stderr)
    said = counted(found)
    if said:
        print(f"共 {said}。", file=sys.stderr)


def show_stopped(stop: CheckFailed) -> None:
    """Print why nothing was made, and both ways on."""
    show_findings(stop.findings)
    print("有误的地方没有改，没有生成。先改正；确有根据、仍要生成的，加 --allow 规则。", file=sys.stderr)


def counted(found: Sequence[Finding]) -> str:
    """有误 2 处、存疑 1 处; nothing where there is nothing."""
    return "、".join(f"{NAMES[severity]} {count} 处" for severity, count in counts(found).items() if count)
