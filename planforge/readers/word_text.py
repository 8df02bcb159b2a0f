"""The text of a Word file, whichever program wrote it: body, tables, headers, footers, text boxes, notes, comments.

What was inserted under revision counts, what was deleted does not; a field counts by its result; what is hidden or
stands twice for older programs is not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from planforge.core.office_package import OfficePackage, W, parse
from planforge.readers.paper import Look, OldPaper, Piece, PieceKind
from planforge.readers.word_left_out import FALLBACK, MC, TEXT_BOX, is_deleted, is_on, left_out, sign_of
from planforge.readers.word_numbering import ShownNumbers, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_TRANSPARENT = {
    f"{W}{name}"
    for name in [
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "fldSimple",
        "sdt",
        "sdtContent",
        "customXml",
        "bdo",
        "dir",
    ]
} | {f"{MC}AlternateContent", f"{MC}Choice"}
_ALIGN = {"center": "centre", "right": "right", "end": "right", "both": "justify", "distribute": "justify"}
_OUTSIDE = (
    ("header", "页眉"),
    ("footer", "页脚"),
    ("footnotes", "脚注"),
    ("endnotes", "尾注"),
    ("comments", "批注"),
)
_DEPTH = 40
"""Tables within tables that are followed; Word itself has a limit of its own far below."""


def word_paper(package: OfficePackage, file: str) -> OldPaper:
    """All pieces of a Word file, those beside the running text last."""
    return OldPaper(file, tuple(_Reader(package).pieces()), left_out(parse(package.parts[package.main])))


def outside_pieces(package: OfficePackage, parts: Collection[str]) -> Iterator[Piece]:
    """The pieces that stand beside the running text in some parts of a Word file."""
    return (piece for piece in _Reader(package).outside() if piece.part in parts)


def run_text(run: _Element) -> str:
    """The characters of a run, as they are counted in a piece."""
    return "".join(_child_text(child) for child in _children(run))


def _children(run: _Element) -> Iterator[_Element]:
    """What a run holds, also what stands there in two ways, and the words under a reading aid (pinyin)."""
    for child in run:
        if child.tag in (f"{MC}AlternateContent", f"{MC}Choice"):
            yield from _children(child)
        elif child.tag == f"{W}ruby":
            for base in child.findall(f"{W}rubyBase/{W}r"):
                yield from _children(base)
        else:
            yield child


def _child_text(child: _Element) -> str:
    match child.tag:
        case _ if child.tag == f"{W}t":
            return child.text or ""
        case _ if child.tag in (f"{W}tab", f"{W}ptab"):
            return "\t"
        case _ if child.tag in (f"{W}br", f"{W}cr"):
            return "" if child.get(f"{W}type") in ("page", "column") else "\n"
        case _ if child.tag == f"{W}noBreakHyphen":
            return "-"
        case _ if child.tag == f"{W}sym":
            return sign_of(child)
        case _:
            return ""


def runs_of(paragraph: _Element) -> Iterator[_Element]:
    """The runs of a paragraph that show, in order."""
    for child in paragraph:
        if child.tag == f"{W}r":
            if not is_on(child.find(f"{W}rPr"), "vanish"):
                yield child
        elif child.tag in _TRANSPARENT:
            yield from runs_of(child)


class _Reader:
    def __init__(self, package: OfficePackage) -> None:
        self._package = package
        self._part = package.main
        self._numbers = ShownNumbers(self._root("numbering"))
        self._styles = {
            style.get(f"{W}styleId", ""): style
            for root in (self._root("styles"),)
            if root is not None
            for style in root.iter(f"{W}style")
        }
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
            ),
            "",
        )
        self._paragraphs = self._tables = 0
        self._boxes: list[_Element] = []

    def pieces(self) -> Iterator[Piece]:
        body = parse(self._package.parts[self._package.main]).find(f"{W}body")
        assert body is not None  # the package was held against it
        yield from self._blocks(body, 0)
        yield from self._beside("文本框")
        yield from self.outside()

    def outside(self) -> Iterator[Piece]:
        for kind, name in _OUTSIDE:
            for part in dict.fromkeys(self._package.related(kind)):
                self._part = part
                yield from self._outside(parse(self._package.parts[part]), name)
                yield from self._beside(f"{name}文本框")

    def _root(self, kind: str) -> _Element | None:
        part = next(self._package.related(kind), None)
        return None if part is None else parse(self._package.parts[part])

    def _blocks(self, parent: _Element, depth: int) -> Iterator[Piece]:
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraphs += 1
                yield from self._paragraph(child, f"第{self._paragraphs}段")
            elif child.tag == f"{W}tbl" and depth < _DEPTH:
                self._tables += 1
                yield from self._table(child, self._tables, depth)
            elif child.tag in _TRANSPARENT:
                yield from self._blocks(child, depth)

    def _paragraph(self, paragraph: _Element, where: str, kind: PieceKind = "body") -> Iterator[Piece]:
        self._boxes += [
            box
            for box in paragraph.iter(TEXT_BOX)
            if not any(one.tag == FALLBACK for one in box.iterancestors())
        ]
        text = paragraph_text(paragraph)
        number, style, level = self._number(paragraph), self._look(paragraph), 0
        if text.strip():
            if kind == "body" and (level := self._level(paragraph)):
                kind = "heading"
            yield Piece(text, where, kind, level, number, look=style, elements=(paragraph,), part=self._part)

    def _table(self, table: _Element, number: int, depth: int) -> Iterator[Piece]:
        open_rows: dict[int, Piece] = {}
        cells: list[list[Piece]] = []
        for index, row in enumerate(one for one in inside(table, "tr") if not is_deleted(one)):
            before = value_of(row.find(f"{W}trPr"), "gridBefore")
            column = min(63, int(before)) if before.isdecimal() else 0  # Word's own limit of columns
            here: list[Piece] = []
            for cell in inside(row, "tc"):
                properties = cell.find(f"{W}tcPr")
                span = int(found) if (found := value_of(properties, "gridSpan")).isdecimal() else 1
                merge = None if properties is None else properties.find(f"{W}vMerge")
                paragraphs = list(inside(cell, "p"))
                for paragraph in paragraphs:
                    self._boxes += list(paragraph.iter(TEXT_BOX))
                words = "\n".join(self._number(one) + paragraph_text(one) for one in paragraphs)
                if not (merge is not None and value_of(merge) != "restart" and column in open_rows):
                    here.append(
                        Piece(
                            words.strip("\n"),
                            f"表{number}第{index + 1}行第{len(here) + 1}格",
                            "cell",
                            table=number,
                            at=(index, column),
                            span=span,
                            elements=tuple(paragraphs),
                            part=self._part,
                            look=self._look(paragraphs[0]) if paragraphs else Look(),
                        )
                    )
                    open_rows.pop(column, None)
                    if merge is not None:
                        open_rows[column] = here[-1]
                else:
                    above = open_rows[column]
                    for line in cells:
                        for place, piece in enumerate(line):
                            if piece.at == above.at:
                                grown = replace(piece, rows=index - piece.at[0] + 1)
                                line[place] = open_rows[column] = grown
                column += span
            cells.append(here)
        for line in cells:
            row_words = " ".join(piece.text.replace("\n", "") for piece in line)
            yield from (replace(piece, row=row_words) for piece in line)
        for nested in table.iter(f"{W}tbl"):
            if nested is not table and next(nested.iterancestors(f"{W}tbl")) is table and depth + 1 < _DEPTH:
                self._tables += 1
                yield from self._table(nested, self._tables, depth + 1)

    def _outside(self, root: _Element, name: str) -> Iterator[Piece]:
        for paragraph in root.iter(f"{W}p"):
            if not any(one.tag == TEXT_BOX for one in paragraph.iterancestors()):
                yield from self._paragraph(paragraph, name, "outside")

    def _beside(self, name: str) -> Iterator[Piece]:
        boxes, self._boxes = self._boxes, []
        for box in dict.fromkeys(boxes):
            if any(one.tag == FALLBACK for one in box.iterancestors()):
                continue
            for paragraph in box.iter(f"{W}p"):
                text = paragraph_text(paragraph)
                if text.strip():
                    yield Piece(text, name, "outside", elements=(paragraph,), part=self._part)

    def _chain(self, paragraph: _Element) -> Iterator[_Element]:
        """The properties that hold for a paragraph: its own, its style's, those that the style is based on."""
        own = paragraph.find(f"{W}pPr")
        if own is not None:
            yield own
        for style in self._style_chain(value_of(own, "pStyle") or self._default):
            if (properties := style.find(f"{W}pPr")) is not None:
                yield properties

    def _style_chain(self, name: str) -> Iterator[_Element]:
        seen = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value_of(self._styles[name], "basedOn")

    def _number(self, paragraph: _Element) -> str:
        identity = level = ""
        for properties in self._chain(paragraph):
            given = properties.find(f"{W}numPr")
            identity = identity or value_of(given, "numId")
            level = level or value_of(given, "ilvl")
        if identity in ("", "0"):
            return ""
        return self._numbers.next(identity, min(8, int(level)) if level.isdecimal() else 0)

    def _level(self, paragraph: _Element) -> int:
        """The level of a heading by its outline level or its style; 0 of what is none."""
        for properties in self._chain(paragraph):
            outline = value_of(properties, "outlineLvl")
            if outline.isdecimal():
                return int(outline) + 1 if int(outline) < 9 else 0
        for style in self._style_chain(value_of(paragraph.find(f"{W}pPr"), "pStyle")):
            name = value_of(style, "name").casefold().replace(" ", "")
            for prefix in ("heading", "标题"):
                if name.startswith(prefix) and name[len(prefix) :].isdecimal():
                    return int(name[len(prefix) :])
        return 0

    def _look(self, paragraph: _Element) -> Look:
        align = next((found for one in self._chain(paragraph) if (found := value_of(one, "jc"))), "")
        own = paragraph.find(f"{W}pPr")
        styles = list(self._style_chain(value_of(own, "pStyle") or self._default))
        runs = [run for run in runs_of(paragraph) if run_text(run).strip()]
        sources = [
            None if not runs else runs[0].find(f"{W}rPr"),
            *(style.find(f"{W}rPr") for style in styles),
        ]
        size = next((found for one in sources if (found := value_of(one, "sz"))), "")
        bold = bool(runs) and all(is_on(run.find(f"{W}rPr"), "b") for run in runs)
        return Look(
            value_of(styles[0], "name") if styles else "",
            _ALIGN.get(align, "left"),
            int(size) / 2 if size.isdecimal() else 0,
            bold or any(is_on(style.find(f"{W}rPr"), "b") for style in styles),
        )


def paragraph_text(paragraph: _Element) -> str:
    """The words of a paragraph that show, without those of its text boxes."""
    words: list[str] = []
    within: list[bool] = []  # of each field that has begun: whether its result has
    for run in runs_of(paragraph):
        for child in _children(run):
            match child.get(f"{W}fldCharType"):
                case "begin":
                    within.append(False)
                case "separate" if within:
                    within[-1] = True
                case "end" if within:
                    within.pop()
                case _ if all(within):
                    words.append(_child_text(child))
    return "".join(words)


def inside(parent: _Element, name: str) -> Iterator[_Element]:
    """The children of a name, also those in a content control or under revision."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _TRANSPARENT:
            yield from inside(child, name)
