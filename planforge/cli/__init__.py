"""People at the door: commands in Chinese. No logic here; `main` is the program's entry."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Run `planforge`; every mistake of a person's ends in one message, never in a traceback.

    Asked by the system to end (SIGTERM), or its window closed (SIGHUP), it stops as cleanly as with Ctrl-C.
    """
    stops = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {
        stop: signal.signal(stop, _stop) for stop in stops if signal.getsignal(stop) is not signal.SIG_IGN
    }
    try:
        status = _status()
    except KeyboardInterrupt:  # before or after the command itself was at work
        print("已停止。", file=sys.stderr)
        status = 130
    finally:
        for stop, handler in before.items():
            signal.signal(stop, handler)
    sys.exit(status)


def _stop(*_: Any) -> None:
    raise KeyboardInterrupt


def _status() -> int:
    from planforge.app.errors import InputError, MissingPart, why
    from planforge.cli.app import app
    from planforge.cli.chinese import run
    from planforge.cli.show import report_bug, show_problems

    try:
        Path.cwd()
    except FileNotFoundError:
        print("当前所在的文件夹已经不在了：请先进入别的文件夹（cd），再执行一次。", file=sys.stderr)
        return 2
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = run(app)
        sys.stdout.flush()
        return status
    except InputError as error:
        show_problems(error.problems)
        return 2
    except MissingPart as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        if error.filename is not None or not _stdout_is_broken():
            report_bug(error)
            return 3
        print(f"结果写不出来：{why(error)}。文件若已生成，都是完整的。", file=sys.stderr)
        return 2
    except Exception as error:
        report_bug(error)
        return 3


def _stdout_is_broken() -> bool:
    """Whether nothing more can be written to standard output, as on a full disk; it is then given up."""
    try:
        sys.stdout.write(" ")
        sys.stdout.flush()
    except OSError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  for the end of the process
        return True
    return False
