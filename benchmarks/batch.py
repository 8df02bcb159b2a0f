"""Letters for a whole school beside the usual ways: docxtpl, docx-mailmerge2, WeasyPrint and Typst.

Run with `make bench-batch` (or `python -m benchmarks.batch [--letters N] [--growth N] [--peers N]`). Every row is
measured in this run, on the same letters, on a memory file system where there is one; a row that is measured
several times is given by its median, rows that are held against each other in turns. Peers that take long do
`--peers` letters and are given per letter; what they need once (imports, opening, two letters to warm up) is not
counted against them, except in the rows of whole processes. Memory is the most that a process ever had.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import pdf_ways, word_ways
from benchmarks.letters import letter, letters
from planforge.app.parts.documents import find_look, templates_root
from planforge.app.parts.letters import SAMPLE

_PEAK = """
import pathlib, resource
status = pathlib.Path("/proc/self/status")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if status.exists():  # the other figure is inherited from the process that started this one
    peak = int(status.read_text().split("VmHWM:")[1].split()[0])
peak = max(peak, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print("peak", peak)
"""
_MERGED = (
    "import sys, pathlib; from benchmarks.pdf_ways import merged; merged(%d, %d, pathlib.Path(sys.argv[1]))"
)
_SINGLY = "import sys, pathlib; from benchmarks.pdf_ways import singly; singly(%d, pathlib.Path(sys.argv[1]))"
_SPLICED = (
    "import sys, pathlib; from benchmarks.word_ways import spliced; spliced(%d, pathlib.Path(sys.argv[1]))"
)


@dataclass(frozen=True, slots=True)
class Process:
    """A process that has ended. seconds: from start to end; peak: MB; said: the numbers it printed."""

    seconds: float
    peak: float
    said: tuple[float, ...]


def process(code: str, *arguments: object) -> Process:
    """Run Python code in a process of its own."""
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code + _PEAK, *map(str, arguments)], check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - begin
    *said, last = done.stdout.splitlines()
    return Process(
        seconds, int(last.split()[1]) / 1024, tuple(float(x) for line in said for x in line.split())
    )


def middle(many: Sequence[Process]) -> Process:
    """The median of each figure."""
    return Process(
        median(one.seconds for one in many),
        median(one.peak for one in many),
        tuple(median(values) for values in zip(*(one.said for one in many), strict=True)),
    )


class Table:
    """Prints rows as they are known, and what they are judged by."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def row(self, name: str, figure: str, note: str = "") -> None:
        """One row."""
        print(f"  {name:<46}{figure:>14}   {note}".rstrip(), flush=True)

    def judge(self, words: str, found: float, most: float) -> None:
        """A figure that may be at most so much."""
        met = found <= most
        if not met:
            self.missed.append(words)
        print(f"    {'met   ' if met else 'MISSED'} {words}: {found:.3g} (at most {most:.3g})", flush=True)


def word(table: Table, count: int, growth: int, peers: int, sample: int, folder: Path) -> None:
    """Word, one file a letter."""
    print(f"1. Word, one file a letter: {count} letters, milliseconds for a letter more")
    look = find_look("letter", (templates_root(),))
    people = letters(count, letter())
    rows = word_ways.word_rows(people, peers, look, folder, sample)
    found = {name: each for name, each, _ in rows}
    ours = found["Word: planforge, spliced"]
    for name, each, note in rows:
        table.row(name, f"{each * 1000:.3f} ms", f"{each / ours:.1f} x ours  {note}")
    run = found["Word: planforge, in a whole run"]
    for kind, each in (("spliced", ours), ("in a whole run", run)):
        table.judge(f"{kind}, of docxtpl's time", each / found["Word: docxtpl"], 1 / 40)
        table.judge(f"{kind}, of docx-mailmerge2's time", each / found["Word: docx-mailmerge2"], 1 / 20)
        table.judge(f"{kind}, of bare writing", each / found["Word: writing the same bytes"], 6)
    if growth:
        few, many = (process(_SPLICED % number, folder) for number in (count, growth))
        table.row(f"{count} letters, whole process", f"{few.seconds:.2f} s", f"{few.peak:.0f} MB")
        table.row(f"{growth} letters, whole process", f"{many.seconds:.2f} s", f"{many.peak:.0f} MB")
        grown(table, few, many, count, growth)


def grown(table: Table, few: Process, many: Process, count: int, growth: int) -> None:
    """How time and memory grow with the letters."""
    table.judge(f"time a letter, {growth} to {count}", many.seconds / growth / (few.seconds / count), 1.1)
    table.judge(f"memory, {growth} to {count}", many.peak / few.peak, 1.3)


def merged(table: Table, count: int, growth: int, turns: int, sample: int, folder: Path) -> None:
    """PDF, one file."""
    print(f"2. PDF, one file: {count} letters, whole processes from start to end, tagged")
    typst_source(folder / "letters.typ", count)
    style, bodies = pdf_ways.html_pages(count)
    pages = "".join(f'<section style="break-after:page">{body}</section>' for body in bodies)
    (folder / "letters.html").write_text(pdf_ways.html_page(style, pages), encoding="utf-8")
    measured = [
        (
            process(_MERGED % (count, 0), folder / "ours.pdf"),
            process(pdf_ways.TYPST_ONE, folder / "letters.typ"),
        )
        for _ in range(turns)
    ]
    ours, typst = middle([one for one, _ in measured]), middle([one for _, one in measured])
    checked = middle([process(_MERGED % (count, sample), folder / "ours.pdf") for _ in range(3)])
    weasyprint = process(pdf_ways.WEASYPRINT_ONE, folder / "letters.html")
    table.row("planforge", f"{ours.seconds:.2f} s", f"{ours.peak:.0f} MB")
    table.row(
        f"planforge, {sample} held against the plain way",
        f"{checked.seconds:.2f} s",
        f"{checked.peak:.0f} MB  {checked.seconds / typst.seconds:.2f} x Typst, which holds nothing against anything",
    )
    for name, peer in (("Typst, one document", typst), ("WeasyPrint, one document", weasyprint)):
        note = f"{peer.peak:.0f} MB  {peer.seconds / ours.seconds:.1f} x ours"
        table.row(name, f"{peer.seconds:.2f} s", note)
    table.judge("of WeasyPrint's time", ours.seconds / weasyprint.seconds, 1 / 12)
    table.judge("of Typst's time", ours.seconds / typst.seconds, 1)
    if growth:
        typst_source(folder / "many.typ", growth)
        many = process(_MERGED % (growth, 0), folder / "ours.pdf")
        peer = process(pdf_ways.TYPST_ONE, folder / "many.typ")
        table.row(f"planforge, {growth} letters", f"{many.seconds:.2f} s", f"{many.peak:.0f} MB")
        table.row(
            f"Typst, {growth} letters",
            f"{peer.seconds:.2f} s",
            f"{peer.peak:.0f} MB  {peer.seconds / many.seconds:.1f} x ours",
        )
        table.judge("of Typst's time", many.seconds / peer.seconds, 1 / 3)
        table.judge("of Typst's memory", many.peak / peer.peak, 1 / 4)
        grown(table, ours, many, count, growth)


def single(table: Table, count: int, growth: int, peers: int, folder: Path) -> None:
    """PDF, one file a letter."""
    print(f"3. PDF, one file a letter: {count} letters, milliseconds for a letter more")
    style, bodies = pdf_ways.html_pages(peers + 2)
    (folder / "style.css").write_text(style, encoding="utf-8")
    for number, body in enumerate(bodies):
        (folder / f"{number:05}.html").write_text(pdf_ways.html_page("", body), encoding="utf-8")
    for number, page in enumerate(pdf_ways.typst_pages(peers + 2)):
        (folder / f"{number:05}.typ").write_text(pdf_ways.typst_head() + page, encoding="utf-8")
    measured = [(process(_SINGLY % count, folder), process(pdf_ways.TYPST_SINGLY, folder)) for _ in range(3)]
    ours, typst = middle([one for one, _ in measured]), middle([one for _, one in measured])
    weasyprint = process(pdf_ways.WEASYPRINT_SINGLY, folder)
    each, size = ours.said
    table.row(
        f"planforge, {count} letters after a few",
        f"{each * 1000:.3f} ms",
        f"{size / 1000:.0f} kB a file  {ours.peak:.0f} MB  every kind of value laid out for the first time",
    )
    table.row(
        "planforge, whole process", f"{ours.seconds / count * 1000:.3f} ms", f"{ours.seconds:.2f} s in all"
    )
    if growth:
        many = process(_SINGLY % growth, folder)
        more = (many.seconds - ours.seconds) / (growth - count)
        table.row(
            "planforge, a letter more",
            f"{more * 1000:.3f} ms",
            f"{growth} letters less {count}  {many.seconds:.2f} s in all  {many.peak:.0f} MB",
        )
    for name, peer in (("Typst, compiler kept", typst), ("WeasyPrint, warm", weasyprint)):
        taken, bytes_each = peer.said
        note = f"{bytes_each / 1000:.0f} kB a file  {peer.peak:.0f} MB  {taken / each:.1f} x ours"
        table.row(name, f"{taken * 1000:.3f} ms", f"{note}  {peers} letters")
    table.judge("of WeasyPrint's time", each / weasyprint.said[0], 1 / 100)
    table.judge("of Typst's time", each / typst.said[0], 1 / 10)
    table.judge("of WeasyPrint's bytes", size / weasyprint.said[1], 1 / 2)
    if growth:
        grown(table, ours, many, count, growth)


def typst_source(path: Path, count: int) -> None:
    """The letters as one Typst document."""
    pages = "\n#pagebreak()\n".join(pdf_ways.typst_pages(count))
    path.write_text(pdf_ways.typst_head() + pages, encoding="utf-8")


def main() -> int:
    """Print the table; the exit status is 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--growth", type=int, default=10_000, help="also so many letters; 0: no")
    parser.add_argument("--peers", type=int, default=60, help="letters that slow peers make")
    parser.add_argument("--turns", type=int, default=5, help="how often the fast rows are measured")
    parser.add_argument(
        "--sample", type=int, default=SAMPLE, help="letters held against the plain way where the row says so"
    )
    parser.add_argument("--parts", default="123", help="which parts of the table")
    asked = parser.parse_args()
    table = Table()
    memory = Path("/dev/shm")
    where = memory if memory.is_dir() else None
    for part in asked.parts:
        with tempfile.TemporaryDirectory(dir=where) as name:
            folder = Path(name)
            if part == "1":
                word(table, asked.letters, asked.growth, asked.peers, asked.sample, folder)
            elif part == "2":
                merged(table, asked.letters, asked.growth, asked.turns, asked.sample, folder)
            elif part == "3":
                single(table, asked.letters, asked.growth, asked.peers, folder)
    print("all bars met" if not table.missed else f"missed: {'; '.join(table.missed)}")
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
