"""What justified lines cost: spreading a line between its characters, as a share of a build's time.

`make bench` runs it (or `python -m benchmarks.justification [PROFILE] [--rounds N]`). Plan and scheme of a school are
laid out twice in each round, with their lines spread and the very same lines left as they are; the difference is
held against what a whole warm build of both documents, Word and PDF, takes. CPU time of this process; medians of
the rounds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from planforge.app.document_composing import compose_all
from planforge.app.opened_profile import OpenedProfile
from planforge.app.parts.documents import Look, find_look, pdf, resources
from planforge.app.school import School

KINDS = ("work_plan", "implementation_scheme")
SHARE_LIMIT = 0.15


def unspread(look: Look) -> Look:
    """The look with the lines of its paragraphs flush left; they end at the same characters."""
    styles = {
        name: style.model_copy(update={"align": "left"}) if style.align == "justify" else style
        for name, style in look.styles.items()
    }
    return look.model_copy(update={"styles": styles})


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU time."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def main() -> int:
    """Print one line; 1 where spreading costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("profile", nargs="?", default=str(resources.profiles_root() / "city-primary.yaml"))
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    profile = Path(arguments.profile)
    opened = OpenedProfile.open(profile)
    search = opened.search
    composed = compose_all(opened.facts, opened.reading, KINDS, search)
    jobs = [(made.document, find_look(made.shape.look, search)) for _, made in composed]
    plain = [(document, unspread(look)) for document, look in jobs]
    whole, cost = [], []
    with tempfile.TemporaryDirectory() as folder:

        def both() -> None:
            School.open(profile).build(folder, KINDS, processes=1)

        def spread() -> None:
            for document, look in jobs:
                pdf.write(document, look)

        def flush() -> None:
            for document, look in plain:
                pdf.write(document, look)

        for work in (both, spread, flush):
            work()  # fonts and caches
        for number in range(arguments.rounds):
            ways = (spread, flush) if number % 2 else (flush, spread)
            times = {work: cpu(work) for work in ways}
            whole.append(cpu(both))
            cost.append(times[spread] - times[flush])
    share = statistics.median(one / all_ for one, all_ in zip(cost, whole, strict=True))
    print(
        f"两端对齐：生成两份文件 {statistics.median(whole):.2f} 秒，其中把行排满占 {statistics.median(cost):.2f} 秒，"
        f"{100 * share:.1f} %（上限 {100 * SHARE_LIMIT:.0f} %）"
    )
    return int(share > SHARE_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
