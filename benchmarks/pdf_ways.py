"""Letters as PDF: ours, and the sources that WeasyPrint and Typst are given; each runs in a process of its own.

The peers get their sources ready made, so that nothing but their own work is counted against them.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.letters import letter, letters
from planforge.batch.filling import filled
from planforge.batch.stamp import Press
from planforge.document.look import find_look
from planforge.document.tree import Closing, Slip, Title, inlines_of
from planforge.document.tree import plain as words
from planforge.resources import templates_root
from planforge.writers.fonts import choose

_WARM = 30  # letters that ours has made before a letter more is measured; the peers make 2


def merged(count: int, sample: int) -> None:
    """One PDF of ours, written to memory. sample: letters of it that are held against the plain way."""
    look = find_look("letter", (templates_root(),))
    fonts, people, file = choose(look), letters(count, letter()), io.BytesIO()
    press = Press(look, fonts)
    press.write(people, file)
    assert not press.plain
    if sample:
        from planforge.batch.sampling import drawn, pdf_agrees

        for place in drawn("bench", count, sample):
            if not pdf_agrees(file.getvalue(), place, people[place], look, fonts):
                sys.exit("the sample differs from the plain way")


def singly(count: int, folder: Path) -> None:
    """A PDF for each letter; prints the seconds a letter more takes, and the bytes of a file."""
    look = find_look("letter", (templates_root(),))
    people = letters(count + _WARM, letter())
    press = Press(look, choose(look))
    for _ in press.singles(people[:_WARM]):
        pass
    begin, size = time.perf_counter(), 0
    for number, data in enumerate(press.singles(people[_WARM:])):
        (folder / f"{number}.pdf").write_bytes(data)
        size += len(data)
    assert not press.plain
    print((time.perf_counter() - begin) / count, size / count)


def html_pages(count: int) -> tuple[str, list[str]]:
    """Style sheet and bodies of the letters as HTML, lines left to the page."""
    from planforge.writers import html

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
