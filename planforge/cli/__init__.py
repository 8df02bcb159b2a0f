"""People at the door: commands in Chinese. No logic here; `main` is the program's entry."""

from __future__ import annotations

import signal
import sys
from typing import Any


def main() -> None:
    """Run `planforge`; every mistake of a person's ends in one message, never in a traceback.

    Asked by the system to end (SIGTERM), or its window closed (SIGHUP), it stops as cleanly as with Ctrl-C.
    """
    stops = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {one: signal.signal(one, _stop) for one in stops if signal.getsignal(one) is not signal.SIG_IGN}
    try:
        status = _status()
    except KeyboardInterrupt:  # before or after the command itself was at work
        print("已停止。", file=sys.stderr)
        status = 130
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    sys.exit(status)


def _stop(*_: Any) -> None:
    raise KeyboardInterrupt


def _status() -> int:
    from planforge.app.errors import InputError, MissingPart
    from planforge.cli.app import app
    from planforge.cli.chinese import run
    from planforge.cli.show import report_bug, show_problems

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return run(app)
    except InputError as error:
        show_problems(error.problems)
        return 2
    except MissingPart as error:
        print(error, file=sys.stderr)
        return 2
    except Exception as error:
        report_bug(error)
        return 3
