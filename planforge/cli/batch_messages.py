"""What `planforge batch` says: how far it is, what it made, how to go on."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import typer

from planforge.cli.reconciliation import show_reconciliation
from planforge.cli.show import show_problems

if TYPE_CHECKING:
    from planforge.app.letters import Batch

_EVERY = 0.1  # seconds between two lines: a screen shows no more
_FEW = 5  # names of files that are listed one by one


class Progress:
    """One line that is written over: how many, how fast, how long still."""

    def __init__(self) -> None:
        self._begin = time.monotonic()
        self._before: int | None = None
        self._told = 0.0
        self.open = False
        """Whether the line still waits for its end."""

    def __call__(self, done: int, total: int) -> None:
        """done, total: letters; the first call tells how many were there already."""
        now = time.monotonic()
        if self._before is None:
            self._before, self._begin = done, now
            return
        if done < total and now - self._told < _EVERY:
            return
        self._told = now
        rate = (done - self._before) / max(0.001, now - self._begin)
        left = f"，约剩 {_time((total - done) / rate)}" if rate and done < total else ""
        line = f"{done}/{total} 份，每秒 {rate:.0f} 份{left}"
        self.open = done < total
        print(f"\r{line}\x1b[K", end="" if self.open else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line, whatever it came to."""
        if self.open:
            print(file=sys.stderr, flush=True)
            self.open = False


def _time(seconds: float) -> str:
    return f"{seconds / 60:.0f} 分钟" if seconds >= 90 else f"{seconds:.0f} 秒"


def told(made: Batch, seconds: float) -> int:
    """Say what a run did; the exit status: 1 where something is left to the person."""
    outcome = made.outcome
    show_problems([*made.notices, *outcome.problems])
    show_reconciliation(made)
    counts = "，".join(f"{suffix} {count} 个" for suffix, count in sorted(outcome.made.items()))
    typer.echo(f"{made.name}：{outcome.folder}")
    if outcome.interrupted:
        there = f"写好了 {counts}，都是完整的" if counts else "还没有写好一个文件"
        typer.echo(f"已停下：{there}。接着做：同一条命令加上 --resume。")
        return 1
    already = f"，原有没有变化的 {outcome.skipped} 个" if outcome.skipped else ""
    more = f"，随附的表 {outcome.extras} 个" if outcome.extras else ""
    differs = any(problem.code == "sample-differs" for problem in outcome.problems)
    sampled = f"，抽查 {outcome.sampled} 份，与逐份排版一致" if outcome.sampled and not differs else ""
    what = counts or "没有新写的文件"
    typer.echo(f"{outcome.letters} 份，{what}{more}{already}{sampled}，用时 {seconds:.1f} 秒。")
    for reason, count in sorted(outcome.fallbacks.items()):
        typer.echo(f"  其中 {count} 份改用逐份排版（慢，内容和版面一样）：{reason}。")
    for name, beside in outcome.kept:
        typer.echo(f"  “{name}”有人改过，原样保留；新的一份是“{beside}”。")
    if outcome.pruned:
        typer.echo(f"  以前生成、这次用不着的 {outcome.pruned} 个文件已删除。")
    if outcome.over:
        some = "、".join(f"“{name}”" for name in outcome.over[:_FEW])
        more = " 等" if len(outcome.over) > _FEW else ""
        typer.echo(
            f"  以前生成、这次用不着的还有 {len(outcome.over)} 个文件：{some}{more}。"
            "不要和这次的一起发；加 --prune 删除（有人改过的保留）。"
        )
    return 1 if outcome.problems or outcome.kept else 0
