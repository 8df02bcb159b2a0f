"""What all kinds of a school cost beside WeasyPrint and python-docx alone on the same pages.

Run with `make bench` (or `python -m benchmarks.all_kinds [PROFILE] [--rounds N]`). Every way is a whole process from
start to end, imports included, and may use every core: planforge as it comes; WeasyPrint and python-docx alone on
HTML and words that are made beforehand, in one process, and shared out among as many as there are cores. The ways
are timed in turn within each round; medians are printed, of the wall time and of the CPU time of each process and
its children. Judged is the wall time beside the faster of the two ways to go it alone.
"""

from __future__ import annotations

import argparse
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.build import python_docx_alone, weasyprint_alone
from planforge.app.document_composing import compose_all
from planforge.app.opened_profile import OpenedProfile
from planforge.app.parts.documents import (
    Document,
    InputError,
    Look,
    cores,
    find_look,
    fitted_or_tightest,
    resources,
)
from planforge.app.parts.runs import find_kinds
from planforge.app.school import School

LIMIT = 1.3
"""Times what WeasyPrint and python-docx alone need."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document as those who go it alone get it."""

    html: str
    document: Document
    look: Look


def kinds_of(profile: Path) -> list[str]:
    """The ids of the kinds that a profile can have: those that compose and hold on their pages."""
    opened = OpenedProfile.open(profile)
    facts, reading, search = opened.facts, opened.reading, opened.search
    found = []
    for name in find_kinds(search):
        try:
            (_, made), *_ = compose_all(facts, reading, [name], search)
            fitted_or_tightest(made.document, find_look(made.shape.look, search))
        except InputError:
            continue
        found.append(name)
    return found


def pages_of(profile: Path, kinds: Sequence[str]) -> list[Page]:
    """The kinds of a profile as flowing HTML in the look that they are fitted to, and as trees."""
    from planforge.app.parts.documents import choose, html

    opened = OpenedProfile.open(profile)
    facts, reading, search = opened.facts, opened.reading, opened.search
    found = []
    for _, made in compose_all(facts, reading, kinds, search):
        look, _ = fitted_or_tightest(made.document, find_look(made.shape.look, search))
        found.append(Page(html.write(made.document, look, choose(look)), made.document, look))
    return found


def alone(pages: Sequence[Page]) -> int:
    """WeasyPrint and python-docx on each page; returns the bytes they made."""
    return sum(
        len(weasyprint_alone(page.html)()) + len(python_docx_alone(page.document, page.look)())
        for page in pages
    )


def run(way: str, profile: Path, stored: Path, folder: Path) -> None:
    """One way from start to end, in a process of its own."""
    kinds, pages = (
        pickle.loads(stored.read_bytes()) if way != "planforge" else (stored.read_text().split(), [])
    )
    if way == "planforge":
        School.open(profile).build(folder, kinds)
    elif way == "alone":
        alone(pages)
    else:
        order = sorted(pages, key=lambda page: -len(page.html))
        with ProcessPoolExecutor(cores()) as pool:
            list(pool.map(alone, [[page] for page in order]))


def main() -> int:
    """Print the table; exit status 1 where planforge takes more than the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "profile", nargs="?", type=Path, default=resources.profiles_root() / "city-primary.yaml"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--way", default="")
    parser.add_argument("--stored", type=Path)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    if arguments.way:
        run(arguments.way, arguments.profile, arguments.stored, arguments.folder)
        return 0
    kinds = kinds_of(arguments.profile)
    times: dict[str, list[tuple[float, float]]] = {"planforge": [], "alone": [], "alone, shared out": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "kinds").write_text(" ".join(kinds))
        (folder / "pages").write_bytes(pickle.dumps((kinds, pages_of(arguments.profile, kinds))))
        for round_ in range(arguments.rounds):
            for way, found in times.items():
                stored = folder / ("kinds" if way == "planforge" else "pages")
                found.append(_timed(way, arguments.profile, stored, folder / f"out{round_}"))
    print(
        f"profile {arguments.profile.name}, {len(kinds)} kinds, {cores()} cores, {arguments.rounds} rounds, medians"
    )
    for way, found in times.items():
        wall, cpu = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"  whole process  {way:<20}{wall:8.2f} s   CPU {cpu:8.2f} s")
    ratios = {
        way: statistics.median(
            ours[0] / theirs[0] for ours, theirs in zip(times["planforge"], found, strict=True)
        )
        for way, found in times.items()
        if way != "planforge"
    }
    for way, ratio in ratios.items():
        print(f"  planforge beside WeasyPrint and python-docx {way}: {ratio:.2f} times")
    judged = max(ratios.values())
    print(f"  judged: {judged:.2f} times (at most {LIMIT})")
    return 0 if judged <= LIMIT else 1


def _timed(way: str, profile: Path, stored: Path, folder: Path) -> tuple[float, float]:
    """Seconds of a whole process and its children: on the wall, of CPU."""
    command = [sys.executable, "-m", "benchmarks.all_kinds", str(profile), "--way", way]
    before, begin = os.times(), time.perf_counter()
    subprocess.run([*command, "--stored", str(stored), "--folder", str(folder)], check=True)
    wall, after = time.perf_counter() - begin, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, cpu


if __name__ == "__main__":
    sys.exit(main())
