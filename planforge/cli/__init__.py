"""People at the door: commands in Chinese. No logic here; `main` is the program's entry."""

from __future__ import annotations

import sys


def main() -> None:
    """Run `planforge`; every mistake of a person's ends in one message, never in a traceback."""
    from planforge.cli.app import app
    from planforge.cli.chinese import run
    from planforge.cli.show import report_bug, show_problems
    from planforge.problems import InputError, MissingPart

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = run(app)
    except InputError as error:
        show_problems(error.problems)
        status = 2
    except MissingPart as error:
        print(error, file=sys.stderr)
        status = 2
    except Exception as error:
        report_bug(error)
        status = 3
    sys.exit(status)
