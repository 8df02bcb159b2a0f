"""Kills runs at random moments, each in a fork of this process, which has laid out all letters already.

Called by its test: folder, seed, number of moments. Prints what went wrong, and nothing else.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

from planforge.batch import planning
from tests.support.small_runs import files, made

WORD: dict[str, Any] = {"formats": ("docx",), "sample": 0}
BOTH: dict[str, Any] = {"merge": {"docx": "each", "pdf": "all"}, "sample": 0}
"""Printing takes its time, so every fifth run only prints as well."""


def forked(output: Path, how: dict[str, Any], moment: float | None) -> float:
    """A run in a child of ours, killed after so many seconds; how long it lived."""
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        made(output, resume=True, **how)
        os._exit(0)
    if moment is not None:
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.perf_counter() - begin


def main(folder: Path, seed: int, moments: int) -> None:
    """Kill, go on, compare."""
    planning.CHUNK = 2
    dice = random.Random(seed)
    expected, whole = [], []
    for number, how in enumerate((WORD, BOTH)):
        made(folder / f"undisturbed{number}", **how)
        expected.append(files(folder / f"undisturbed{number}"))
        whole.append(forked(folder / f"timed{number}", how, None))
    for number in range(moments):
        kind = number % 5 == 4
        output = folder / str(number)
        moment = dice.uniform(0.0, whole[kind])
        forked(output, (WORD, BOTH)[kind], moment)
        there = len(files(output))
        made(output, resume=True, **(WORD, BOTH)[kind])
        found = files(output)
        if found != expected[kind]:
            odd = sorted(
                name for name in {*found, *expected[kind]} if found.get(name) != expected[kind].get(name)
            )
            print(f"killed after {moment:.3f} of {whole[kind]:.3f} s with {there} files there: {odd}")
        else:
            print(f"{there} files there", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
