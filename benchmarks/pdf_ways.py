"""Letters as PDF: ours, and the sources that WeasyPrint and Typst are given; each runs in a process of its own.

The peers get their sources ready made, so that nothing but their own work is counted against them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.letters import letter, letters
from planforge.app.parts.documents import (
    Closing,
    Slip,
    Title,
    choose,
    cores,
    find_look,
    inlines_of,
    templates_root,
)
from planforge.app.parts.documents import inline_text as words
from planforge.app.parts.letters import (
    Beside,
    Letter,
    LetterRow,
    Pieces,
    RunSettings,
    UnitResult,
    WorkUnit,
    drawn,
    filled,
    make,
)

_WARM = 30  # letters that a process of ours has made before a letter more is measured; the peers make 2


def _units(people: Sequence[Letter], *, merged: bool, sample: int = 0) -> tuple[RunSettings, list[WorkUnit]]:
    """The work of a run, as it is handed to those who do it."""
    rows = tuple(LetterRow(number, 0, one.values, one.label) for number, one in enumerate(people))
    work = RunSettings(
        key="bench", documents=(people[0].document,), look=find_look("letter", (templates_root(),))
    )
    if merged:
        sampled = tuple(drawn("bench", len(rows), sample))
        return work, [WorkUnit("pdf", rows, ("letters.pdf",), ("",), merged=True, sampled=sampled)]
    from planforge.app.parts.runs import CHUNK

    parts = [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]
    return work, [WorkUnit("pdf", part, ("",) * len(part), ("",) * len(part)) for part in parts]


def _files(done: UnitResult) -> Sequence[Pieces | Beside]:
    assert not (done.failed or done.fallbacks or done.differing)
    return [data for _, data in done.files]


def merged(count: int, sample: int, path: Path) -> None:
    """One PDF of ours, written to a file as a run writes it. sample: letters held against the plain way."""
    work, (unit,) = _units(letters(count, letter()), merged=True, sample=sample)
    done = make(replace(work, folder=str(path.parent), cores=cores()), unit)
    assert done.sampled == sample
    (file,) = _files(done)
    assert isinstance(file, Beside)
    Path(file.path).rename(path)


def singly(count: int, folder: Path) -> None:
    """A PDF for each letter; prints the seconds a letter more takes, and the bytes of a file."""
    from concurrent.futures import ProcessPoolExecutor

    from planforge.app.parts.letters import processes, results

    work, units = _units(letters(count, letter()), merged=False)
    jobs = processes(units)
    with ProcessPoolExecutor(jobs) as pool:
        _, (warm,) = _units(letters(_WARM, letter()), merged=False)
        for _ in results(work, [warm] * jobs, jobs, pool):
            pass
        begin, size, number = time.perf_counter(), 0, 0
        for _, done in results(work, units, jobs, pool):
            for pieces in _files(done):
                assert not isinstance(pieces, Beside)
                data = b"".join(pieces)
                (folder / f"{number}.pdf").write_bytes(data)
                size, number = size + len(data), number + 1
        taken = time.perf_counter() - begin
    assert number == count
    print(taken / count, size / count)


def html_pages(count: int) -> tuple[str, list[str]]:
    """Style sheet and bodies of the letters as HTML, lines left to the page."""
    from planforge.app.parts.documents import html

    look = find_look("letter", (templates_root(),))
    fonts = choose(look)
    people = letters(count, letter())
    bodies = [html.body_of(filled(one.document, one.values), look, fonts, own_lines=False) for one in people]
    style = html.write(people[0].document, look, fonts).split("<style>")[1].split("</style>")[0]
    return style, bodies


def html_page(style: str, body: str) -> str:
    """An HTML document."""
    return f'<!DOCTYPE html><html lang="zh-CN"><head><title>信</title><style>{style}</style></head><body>{body}</body></html>'


def typst_head() -> str:
    """Page, fonts and paragraphs as in our letter: Song 14 pt, two characters' indent, lines of 24 pt, justified."""
    return (
        '#set document(title: "信")\n#set page(paper: "a4", margin: 25mm)\n'
        '#set text(font: ("Liberation Serif", "Noto Serif CJK SC"), size: 14pt, lang: "zh", region: "cn")\n'
        "#set par(justify: true, leading: 10pt, spacing: 10pt, first-line-indent: (amount: 2em, all: true))\n"
    )


def typst_pages(count: int) -> Iterator[str]:
    """The letters in Typst's markup: the same words, title, closing and slip."""
    for one in letters(count, letter()):
        parts = []
        for block in filled(one.document, one.values).blocks:
            lines = [_typst(words(content)) for content in inlines_of(block)]
            if isinstance(block, Title):
                parts.append(f'#align(center, text(size: 22pt, weight: "bold")[{lines[0]}])')
            elif isinstance(block, Closing):
                parts.append("#align(right)[" + " \\\n".join(lines) + "]")
            elif isinstance(block, Slip):
                parts.append('#line(length: 100%, stroke: (dash: "dashed"))')
                parts += [f"#align(center)[{lines[0]}]", *lines[1:]]
            else:
                parts += lines
        yield "\n\n".join(parts)


def _typst(text: str) -> str:
    for sign in "\\#_*$@<>[]`~":
        text = text.replace(sign, f"\\{sign}")
    return text.replace(" ", "~")  # blanks are made of spaces


WEASYPRINT_ONE = """
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[1] + ".pdf", pdf_tags=True)
"""

TYPST_ONE = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[1] + ".pdf")
"""

WEASYPRINT_SINGLY = """
import sys, time, pathlib, weasyprint
from weasyprint.text.fonts import FontConfiguration
folder = pathlib.Path(sys.argv[1])
fonts = FontConfiguration()
style = weasyprint.CSS(filename=folder / "style.css", font_config=fonts)
pages = [one.read_text(encoding="utf-8") for one in sorted(folder.glob("*.html"))]
def make(page, number):
    html = weasyprint.HTML(string=page)
    html.write_pdf(folder / f"{number}.pdf", stylesheets=[style], font_config=fonts, pdf_tags=True)
for page in pages[:2]:
    make(page, "warm")
begin = time.perf_counter()
for number, page in enumerate(pages[2:]):
    make(page, number)
taken = (time.perf_counter() - begin) / len(pages[2:])
print(taken, sum((folder / f"{number}.pdf").stat().st_size for number in range(len(pages) - 2)) / (len(pages) - 2))
"""

TYPST_SINGLY = """
import sys, time, pathlib, typst
folder = pathlib.Path(sys.argv[1])
pages = [one.read_bytes() for one in sorted(folder.glob("*.typ"))]
source = folder / "letter.source"
source.write_bytes(pages[0])
compiler = typst.Compiler(str(source))
def make(page, number):
    source.write_bytes(page)
    (folder / f"{number}.pdf").write_bytes(compiler.compile(format="pdf"))
for page in pages[:2]:
    make(page, "warm")
begin = time.perf_counter()
for number, page in enumerate(pages[2:]):
    make(page, number)
taken = (time.perf_counter() - begin) / len(pages[2:])
made = [(folder / f"{number}.pdf").read_bytes() for number in range(len(pages) - 2)]
assert len(set(made)) > len(made) // 2, "the compiler did not see the new words"
print(taken, sum(map(len, made)) / len(made))
"""
