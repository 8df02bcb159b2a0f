"""How alike two PDFs of one document are: words, pages, line ends, and where each glyph stands.

`python -m tests.support.parity` prints it for the test documents: Word through LibreOffice against our PDF.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from planforge.core.resources import templates_root
from planforge.document.look import Look, read_look
from planforge.document.tree import (
    Bar,
    Block,
    Cell,
    Closing,
    Document,
    Figure,
    FigureKind,
    Heading,
    Paragraph,
    Table,
    Text,
    Title,
)
from planforge.writers import pdf, word
from tests.support import faithful
from tests.support.positions import Sign, lines, signs
from tests.support.running_text import paragraphs
from tests.support.sample_tree import prose_document, sample_document


@dataclass(frozen=True, slots=True)
class Shift:
    """How far a character stands from its twin, in points; line: the words of its line in the first file."""

    text: str
    across: float
    down: float
    page: int
    line: str


@dataclass(frozen=True)
class Parity:
    """The outcome of one comparison. lines: of the first file; same: those that end at the same character."""

    same_text: bool
    first_difference: str
    lines: int
    same: int
    pages: tuple[int, int]
    same_pages: bool
    shifts: Sequence[Shift] = field(repr=False)
    differing: Sequence[tuple[str, str]] = field(repr=False)

    @property
    def share(self) -> float:
        """Share of the lines that end at the same character."""
        return self.same / self.lines if self.lines else 1.0

    def across(self, percentile: float = 100.0) -> float:
        """The sideways shift that so many in a hundred glyphs of equal lines do not exceed, in points."""
        return _percentile([abs(shift.across) for shift in self.shifts], percentile)

    def down(self, percentile: float = 100.0) -> float:
        """Likewise, up or down."""
        return _percentile([abs(shift.down) for shift in self.shifts], percentile)

    def __str__(self) -> str:
        return (
            f"text {'same' if self.same_text else 'DIFFERS: ' + self.first_difference}; "
            f"pages {self.pages[0]}/{self.pages[1]}{'' if self.same_pages else ' DIFFER'}; "
            f"lines {self.same}/{self.lines} = {100 * self.share:.2f} %; glyphs {len(self.shifts)}: "
            f"across 50 % {self.across(50):.3f}, 99 % {self.across(99):.3f}, max {self.across():.3f} pt; "
            f"down 50 % {self.down(50):.3f}, 99 % {self.down(99):.3f}, max {self.down():.3f} pt"
        )


def compare(first: Sequence[Sign], second: Sequence[Sign]) -> Parity:
    """Compare two readings of one document, character by character."""
    ours, theirs = "".join(sign.text for sign in first), "".join(sign.text for sign in second)
    agree = next(
        (i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs))
    )
    difference = (
        "" if ours == theirs else f"…{ours[agree - 10 : agree + 10]}… | …{theirs[agree - 10 : agree + 10]}…"
    )
    ends_first, ends_second = _ends(first), _ends(second)
    begin, same, shifts, differing = 0, 0, [], []
    previous_same = True
    for end in sorted(ends_first):
        if end > agree:
            break
        line = ours[begin:end]
        equal = end in ends_second and previous_same and not any(begin < other < end for other in ends_second)
        same += end in ends_second
        if end not in ends_second:
            around = sorted(other for other in ends_second if begin < other)[:1]
            differing.append((line, ours[begin : around[0]] if around else ""))
        if equal:
            for a, b in zip(first[begin:end], second[begin:end], strict=True):
                shifts.append(Shift(a.text, b.x - a.x, b.y - a.y, a.page, line))
        previous_same = end in ends_second
        begin = end
    pages = (max((s.page for s in first), default=0), max((s.page for s in second), default=0))
    same_pages = pages[0] == pages[1] and all(a.page == b.page for a, b in zip(first, second, strict=False))
    return Parity(ours == theirs, difference, len(ends_first), same, pages, same_pages, shifts, differing)


def _ends(signs: Sequence[Sign]) -> set[int]:
    ends, count = set(), 0
    for line in lines(signs):
        count += len(line.signs)
        ends.add(count)
    return ends


def _percentile(values: list[float], percentile: float) -> float:
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percentile / 100 * (len(ordered) - 1)))]


def documents() -> dict[str, Document]:
    """What is compared: every kind of block, plain prose, and paragraphs that are hard to break."""
    found = {"every kind of block": sample_document(), "prose": prose_document()}
    for seed in (1, 2):
        blocks = tuple(Paragraph((Text(words),)) for words in paragraphs(120, seed))
        found[f"hard to break, {seed}"] = Document("work_plan", "排印样张", blocks)
    rare = (
        f"{name}老师和陆喆、方堃、韩䶮三位同事从2026年9月{day}日起轮流值班，" * 3 + "做到天天有人管。"
        for day, name in enumerate("䶮㛃犇昇玥𬍛䲟", 1)
    )
    found["rare names"] = Document(
        "work_plan", "排印样张", tuple(Paragraph((Text(words),)) for words in rare)
    )
    found["long table"] = Document("work_plan", "排印样张", _long_table())
    found["figures"] = figures_document()
    found["tables where pages end"] = tables_document()
    return found


def tables_document() -> Document:
    """Small tables below so many lines each that they begin and end all about the edges of pages, two at a time too."""
    row = (Cell((Text("作业公示"),)), Cell((Text("教导处每周核对"),)))
    head = (Cell((Text("工作"),)), Cell((Text("怎样做"),)))
    blocks: list[Block] = [Title((Text("排印样张"),))]
    for number in range(24):
        table = Table((1, 2), (head,), (row,) * (2 + number % 3), (Text("表"),) if number % 4 == 1 else ())
        blocks += [table] * (2 if number % 5 == 4 else 1)
        blocks += [Paragraph((Text(f"表{number}以下的话。"),)) for _ in range(9 + number % 7)]
    return Document("work_plan", "排印样张", tuple(blocks))


def figures_document() -> Document:
    """Figures of both kinds: below a paragraph, a heading, a table and each other, and where a page ends."""
    words = paragraphs(8, 9)

    def chart(kind: FigureKind, count: int) -> Figure:
        values = ((Text("38"),), (Text("64%"),)), ((), (Text("5"),)), ((Text("90"),), ())
        bars = tuple(
            Bar((Text(f"{'三四五六'[number % 4]}年级"),), values[number % 3], (Text("60"),))
            for number in range(count)
        )
        series = ((Text("本学期"),), (Text("上学期"),))
        return Figure(kind, (Text("作业用时"),), (Text("各年级作业用时"),), series, bars, "分钟", "限量")

    table = Table((1, 1), (), ((Cell((Text("三年级"),)), Cell((Text("38"),))),))
    flow = [Paragraph((Text(one),)) for one in words]
    blocks: tuple[Block, ...] = (
        *flow[:2],
        chart("columns", 4),
        *flow[2:4],
        Heading(1, (Text("调查"),)),
        chart("shares", 3),
        table,
        chart("columns", 3),
        chart("shares", 2),
        *flow[4:],
        chart("columns", 2),
    )
    return Document("work_plan", "排印样张", blocks)


def _long_table() -> tuple[Block, ...]:
    """A table of several pages between paragraphs, with cells of one line to four."""
    words = paragraphs(36, 5)
    before, rows, after = words[:6], words[6:32], words[32:]
    head = tuple(Cell((Text(title),)) for title in ("序号", "内容", "责任人", "时间"))
    table = Table(
        (1, 6, 3, 1.5),
        (head,),
        tuple(
            (
                Cell((Text(str(number)),), "centre"),
                Cell((Text(row[: 20 + 4 * number]),), "justify"),
                Cell((Text(row[-18:]),)),
                Cell((Text("8:20"),), "right"),
            )
            for number, row in enumerate(rows, 1)
        ),
        (Text("表1　分工"),),
    )
    flow = [tuple(Paragraph((Text(one),)) for one in part) for part in (before, after)]
    closing = Closing(((Text("澄川市望湖区听松路小学"),),), (Text("2026年9月1日"),))
    return (*flow[0], table, *flow[1], closing)


def measure(chosen: Mapping[str, Document], look: Look) -> dict[str, Parity]:
    """Print each document both ways and compare; the page numbers are left out (their order differs)."""
    top, foot = 0.0, (look.page.height_mm - look.page.bottom_mm) * 72 / 25.4
    made = faithful.to_pdf([word.write(document, look) for document in chosen.values()])
    found = {}
    for (name, document), theirs in zip(chosen.items(), made, strict=True):
        both = (theirs, pdf.write(document, look))
        readings = [[sign for sign in signs(data) if top <= sign.y < foot] for data in both]
        found[name] = compare(in_line_order(readings[0]), readings[1])
    return found


def in_line_order(all_signs: Sequence[Sign]) -> list[Sign]:
    """Characters that follow each other at one height, from left to right.

    LibreOffice paints a character that another font had to lend after the words around it.
    """
    found: list[Sign] = []
    for _, group in groupby(all_signs, key=lambda sign: (sign.page, round(sign.y))):
        found += sorted(group, key=lambda sign: sign.x)
    return found


def main() -> int:
    """Print the figures, and the lines that end differently."""
    for name, parity in measure(
        documents(), read_look(templates_root() / "styles" / "official.yaml")
    ).items():
        print(f"{name}: {parity}")
        for theirs, ours in parity.differing:
            print(f"    Word: {theirs}\n    PDF:  {ours}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
