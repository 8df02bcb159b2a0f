"""`planforge doctor`: what this machine lacks."""

from __future__ import annotations

import typer

MARK = {"ok": "好", "slow": "慢", "missing": "缺"}


def doctor() -> int:
    """查看这台电脑缺什么、什么会变慢，怎样补上。"""
    from planforge.app.doctor import examine

    worst = 0
    for diagnosis in examine():
        typer.echo(f"[{MARK[diagnosis.state]}] {diagnosis.name}：{diagnosis.found}")
        if diagnosis.state != "ok":
            typer.echo(f"      {diagnosis.mend}")
            worst = 1
    typer.echo("有需要处理的地方，见上。" if worst else "一切就绪。")
    return worst
