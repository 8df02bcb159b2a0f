"""What a build costs beside WeasyPrint and python-docx alone on the same pages.

Run with `make bench` (or `python -m benchmarks.build [PROFILE] [--rounds N]`). All ways are timed in turn
within each round, so that a machine that grows slower slows them all; medians are printed, of wall time and of
this process's CPU time, which other work on the machine touches less. Cold times are whole processes from start
to end, warm times the second and later builds of one process.

planforge's own share of a warm build is what WeasyPrint and python-docx alone do not take, in the same round. It is
printed twice: against WeasyPrint on flowing HTML, which breaks lines itself (as a plain use of it would), and
against WeasyPrint on our HTML with the lines broken, which are the very same pages. The limit is judged by the
greater of the two, in CPU time.
"""

from __future__ import annotations

import argparse
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from planforge.app.document_composing import compose_all
from planforge.app.opened_profile import OpenedProfile
from planforge.app.parts.documents import (
    Attachment,
    Block,
    Closing,
    Document,
    Heading,
    Labelled,
    Look,
    NumberedList,
    Paragraph,
    Signatures,
    Slip,
    Table,
    Title,
    find_look,
    labels,
    resources,
)
from planforge.app.parts.documents import inline_text as plain
from planforge.app.school import School

SHARE_LIMIT = 0.20


def weasyprint_alone(html: str) -> Callable[[], bytes]:
    """WeasyPrint on finished HTML, with one font configuration, tagged as ours is."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()

    def render() -> bytes:
        data: bytes = weasyprint.HTML(string=html).write_pdf(font_config=fonts, pdf_tags=True)
        return data

    return render


def python_docx_alone(document: Document, look: Look) -> Callable[[], bytes]:
    """python-docx on its own: the same words in the same paragraphs and tables, styles by name, saved."""
    import docx

    numbers = labels(document, look.numbering)

    def add(target: Any, blocks: Iterable[Block]) -> None:
        for block in blocks:
            match block:
                case Title() | Paragraph() | Labelled():
                    target.add_paragraph(plain(block.content))
                case Heading():
                    target.add_paragraph(
                        numbers[id(block)] + plain(block.content), style=f"Heading {block.level}"
                    )
                case NumberedList():
                    for item in block.items:
                        target.add_paragraph(numbers[id(item)] + plain(item.content))
                        if item.items is not None:
                            add(target, [item.items])
                case Table():
                    rows = (*block.head, *block.rows)
                    table = target.add_table(len(rows), len(block.widths))
                    for row, cells in zip(table.rows, rows, strict=True):
                        for place, cell in zip(row.cells, cells, strict=False):
                            place.text = plain(cell.content)
                case Closing():
                    for line in (*block.issuer, block.date):
                        target.add_paragraph(plain(line))
                case Signatures():
                    for party in block.parties:
                        for line in (party.name, *party.lines):
                            target.add_paragraph(plain(line))
                case Slip() | Attachment():
                    target.add_paragraph(plain(block.title))
                    add(target, block.blocks)

    def render() -> bytes:
        file = docx.Document()
        add(file, document.blocks)
        stream = io.BytesIO()
        file.save(stream)
        return stream.getvalue()

    return render


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of one call: on the wall, and of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def cold(code: str) -> float:
    """Seconds of a whole new Python process."""
    return timed(lambda: subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL))[
        0
    ]


def main() -> int:
    """Print the table; exit status 1 where planforge's own share of the warm build is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "profile", nargs="?", type=Path, default=resources.profiles_root() / "city-primary.yaml"
    )
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()

    from planforge.app.parts.documents import choose
    from planforge.app.parts.documents import html as html_writer

    opened = OpenedProfile.open(arguments.profile)
    search = opened.search
    composed = compose_all(opened.facts, opened.reading, (), search)
    ways: dict[str, list[Callable[[], object]]] = {
        "WeasyPrint": [],
        "WeasyPrint (our lines)": [],
        "python-docx": [],
    }
    for _, composition in composed:
        look = find_look(composition.shape.look, search)
        fonts = choose(look)
        flowing = html_writer.write(composition.document, look, fonts)
        broken = html_writer.write(composition.document, look, fonts, own_lines=True)
        ways["WeasyPrint"].append(weasyprint_alone(flowing))
        ways["WeasyPrint (our lines)"].append(weasyprint_alone(broken))
        ways["python-docx"].append(python_docx_alone(composition.document, look))

    with tempfile.TemporaryDirectory() as folder:
        ways = {"planforge": [lambda: School.open(arguments.profile).build(folder)], **ways}
        runs: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for round_ in range(arguments.rounds + 1):
            for name, works in ways.items():
                times = [timed(work) for work in works]
                if round_:
                    runs[name].append((sum(wall for wall, _ in times), sum(cpu for _, cpu in times)))
        profile = str(arguments.profile)
        colds = {
            "planforge": f"from planforge import School; School.open({profile!r}).build({folder!r})",
            "import weasyprint": "import weasyprint",
            "import docx": "import docx",
        }
        cold_runs = {name: statistics.median(cold(code) for _ in range(3)) for name, code in colds.items()}

    print(
        f"profile {arguments.profile.name}, {len(composed)} document(s), {arguments.rounds} rounds, medians"
    )
    for name, times in runs.items():
        wall, cpu = (statistics.median(column) * 1000 for column in zip(*times, strict=True))
        print(f"  warm  {name:<24}{wall:8.0f} ms   CPU {cpu:8.0f} ms")
    for name, seconds in cold_runs.items():
        print(f"  cold  {name:<24}{seconds * 1000:8.0f} ms")
    shares = {way: _own_share(runs, way) for way in ("WeasyPrint", "WeasyPrint (our lines)")}
    for way, (wall, cpu) in shares.items():
        print(f"  planforge's own share beside {way:<24} wall {wall:.1%}, CPU {cpu:.1%}")
    strictest = max(cpu for _, cpu in shares.values())
    print(f"  judged: {strictest:.1%} (at most {SHARE_LIMIT:.0%})")
    return 0 if strictest <= SHARE_LIMIT else 1


def _own_share(runs: dict[str, list[tuple[float, float]]], way: str) -> tuple[float, float]:
    """What is left of planforge's time beside python-docx and one way of WeasyPrint: wall, CPU."""
    rounds = zip(runs["planforge"], runs[way], runs["python-docx"], strict=True)
    shares = [
        tuple((total[i] - weasy[i] - word[i]) / total[i] for i in (0, 1)) for total, weasy, word in rounds
    ]
    wall, cpu = (statistics.median(column) for column in zip(*shares, strict=True))
    return wall, cpu


if __name__ == "__main__":
    sys.exit(main())
