"""What a build costs beside WeasyPrint and python-docx alone on the same pages.

Run with `make bench` (or `python -m benchmarks.build [PROFILE] [--rounds N]`). All ways are timed in turn
within each round, so that a machine that grows slower slows them all; medians are printed. Cold times are
whole processes from start to end, warm times the second and later builds of one process.
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

from planforge import resources
from planforge.build import build, compose_all, read_facts, template_search
from planforge.document.look import Look, find_look
from planforge.document.numbering import labels
from planforge.document.tree import (
    Attachment,
    Block,
    Closing,
    Document,
    Heading,
    Labelled,
    NumberedList,
    Paragraph,
    Signatures,
    Slip,
    Table,
    Title,
    plain,
)  # fmt: skip

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


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def cold(code: str) -> float:
    """Seconds of a whole new Python process."""
    return timed(lambda: subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL))


def main() -> int:
    """Print the table; exit status 1 where planforge's own share of the warm build is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "profile", nargs="?", type=Path, default=resources.profiles_root() / "city-primary.yaml"
    )
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()

    from planforge.writers import html as html_writer
    from planforge.writers.fonts import choose

    search = template_search()
    facts, reading = read_facts(arguments.profile)
    composed = compose_all(facts, reading, (), search)
    ways: dict[str, list[Callable[[], object]]] = {
        "WeasyPrint": [],
        "WeasyPrint (our lines)": [],
        "python-docx": [],
    }
    for kind, composition in composed:
        look = find_look(composition.shape.look, search)
        fonts = choose(look)
        flowing = html_writer.write(composition.document, look, fonts)
        broken = html_writer.write(composition.document, look, fonts, own_lines=True)
        ways["WeasyPrint"].append(weasyprint_alone(flowing))
        ways["WeasyPrint (our lines)"].append(weasyprint_alone(broken))
        ways["python-docx"].append(python_docx_alone(composition.document, look))

    with tempfile.TemporaryDirectory() as folder:
        ways = {"planforge": [lambda: build(arguments.profile, Path(folder))], **ways}
        runs: dict[str, list[float]] = {name: [] for name in ways}
        for round_ in range(arguments.rounds + 1):
            for name, works in ways.items():
                seconds = sum(timed(work) for work in works)
                if round_:
                    runs[name].append(seconds)
        profile = str(arguments.profile)
        colds = {
            "planforge": f"from planforge.build import build; from pathlib import Path; build(Path({profile!r}), Path({folder!r}))",
            "import weasyprint": "import weasyprint",
            "import docx": "import docx",
        }
        cold_runs = {name: statistics.median(cold(code) for _ in range(3)) for name, code in colds.items()}

    warm = {name: statistics.median(values) for name, values in runs.items()}
    print(
        f"profile {arguments.profile.name}, {len(composed)} document(s), {arguments.rounds} rounds, medians"
    )
    for name, seconds in warm.items():
        print(f"  warm  {name:<24}{seconds * 1000:8.0f} ms   {seconds / warm['planforge']:6.2f} of planforge")
    for name, seconds in cold_runs.items():
        print(f"  cold  {name:<24}{seconds * 1000:8.0f} ms")
    alone = [
        (total - weasy - word) / total
        for total, weasy, word in zip(runs["planforge"], runs["WeasyPrint"], runs["python-docx"], strict=True)
    ]
    share = statistics.median(alone)
    print(f"  planforge's own share of the warm build: {share:.0%} (at most {SHARE_LIMIT:.0%})")
    return 0 if share <= SHARE_LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
