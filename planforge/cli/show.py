"""What the person sees: problems with their places, step times, and how to report a bug of ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from planforge.app.errors import Problem, __version__


def show_problems(problems: Sequence[Problem]) -> None:
    """Print problems to standard error, each on a paragraph of its own, and count them."""
    for problem in problems:
        mark = "提示" if problem.severity == "notice" else "有误"
        field = f"【{problem.field}】" if problem.field else ""
        where = f"{problem.place}\n    " if problem.place else ""
        print(f"{mark}  {where}{field}{problem.message}", file=sys.stderr)
        for name, text in (
            ("现在写的", problem.found),
            ("应当是", problem.expected),
            ("怎样改", problem.fix),
        ):
            if text:
                print(f"    {name}：{text}", file=sys.stderr)
    errors = sum(problem.severity == "error" for problem in problems)
    notices = len(problems) - errors
    counts = [f"{errors} 处要改的地方"] if errors else []
    counts += [f"{notices} 处提示"] if notices else []
    if counts:
        print(f"共 {'、'.join(counts)}。", file=sys.stderr)


def open_folder(folder: Path) -> bool:
    """Show a folder in the system's own file manager; whether there is one."""
    if sys.platform == "win32":
        os.startfile(folder)
        return True
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        return False
    subprocess.Popen(
        [opener, str(folder)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return True


def report_bug(error: BaseException) -> None:
    """Say that the program itself failed and what to report; a traceback only where PLANFORGE_DEBUG is set.

    The message holds no value of the person's: the exception's own words may, so they stay out.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "planforge" in frame.filename]
    last = (ours or frames)[-1] if frames else None
    where = f"{Path(last.filename).name}:{last.lineno}（{last.name}）" if last else "未知"
    print(
        "程序自身出了错，不是您填写的问题；已有的文件没有动。\n"
        f"请把这几行告诉维护者：planforge {__version__}，{type(error).__name__}，{where}\n"
        "想看详细经过，请设 PLANFORGE_DEBUG=1 再运行一次。",
        file=sys.stderr,
    )
    if os.environ.get("PLANFORGE_DEBUG"):
        traceback.print_exception(error)


def table(rows: Sequence[Sequence[str]], indent: int = 2, gap: int = 2) -> str:
    """Rows as columns of equal width, Han characters counted as two cells."""
    from rich.cells import cell_len

    if not rows:
        return ""
    widths = [max(cell_len(row[n]) for row in rows if n < len(row)) for n in range(max(map(len, rows)))]
    lines = []
    for row in rows:
        cells = [text + " " * (widths[n] - cell_len(text) + gap) for n, text in enumerate(row)]
        lines.append(" " * indent + "".join(cells).rstrip())
    return "\n".join(lines)
