"""The headers and footers of a school's own file, read for the PDF that is built beside the Word file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planforge.document.look.letterhead import (
    Grid,
    GridCell,
    Letterhead,
    LetterheadWords,
    Letters,
    Line,
    PageCount,
    Pages,
    Part,
    Placed,
    Side,
    Strip,
    Tab,
    TabStop,
)
from planforge.writers.word.base_file import (
    BaseFile,
    W,
    number,
    parse,
    part_of_kind,
    rels_of,
    resolved,
    section,
)
from planforge.writers.word.effective import Effective, edge
from planforge.writers.word.letterhead_pictures import PictureFrame, Pictures

if TYPE_CHECKING:
    from lxml.etree import _Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_KINDS: dict[str, Pages] = {"default": "odd", "even": "even", "first": "first"}
_COUNTS = {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}
_CLOCKS = frozenset({"DATE", "TIME", "PRINTDATE", "SAVEDATE", "CREATEDATE"})
_NAMES: dict[Side, str] = {"header": "页眉", "footer": "页脚"}


def read_letterhead(base: BaseFile) -> Letterhead:
    """What stands in the headers and footers of a file that passed `checked`."""
    own = section(base)
    if own is None:
        return Letterhead(36, 36)
    margins = own.find(f"{W}pgMar")
    size = own.find(f"{W}pgSz")
    attributes = {} if margins is None else dict(margins.attrib)
    width, height = (0.0, 0.0) if size is None else (number(size.get(f"{W}{side}")) / 20 for side in "wh")
    given = {side: number(attributes.get(f"{W}{side}")) / 20 for side in ("left", "right", "top", "header")}
    frame = PictureFrame(width, height, given["left"], given["right"], abs(given["top"]), given["header"])
    left_out: list[str] = []
    kinds: list[tuple[str, Pages]] = [("default", "odd")]
    settings = part_of_kind(base, "settings")
    if settings is not None and _is_on(parse(settings, base.name, base.place).find(f"{W}evenAndOddHeaders")):
        kinds.append(("even", "even"))
    if _is_on(own.find(f"{W}titlePg")):
        kinds.append(("first", "first"))
    counted = own.find(f"{W}pgNumType")
    if counted is not None and (
        counted.get(f"{W}fmt", "decimal") != "decimal" or counted.get(f"{W}start", "1") != "1"
    ):
        left_out.append("页码的特别写法或起始号（PDF 从 1 起，用阿拉伯数字）")
    strips: dict[tuple[Side, Pages], Strip] = {}
    sides: tuple[Side, ...] = ("header", "footer")
    styles = Effective(base)
    for side in sides:
        named = {
            reference.get(f"{W}type", "default"): reference for reference in own.iter(f"{W}{side}Reference")
        }
        for word, pages in kinds:
            name = _part(base, named[word].get(f"{_R}id", "")) if word in named else None
            if name is None:
                strips[side, pages] = Strip()
                continue
            strips[side, pages] = _LetterheadReader(base, styles, frame, side, name, left_out).strip()
    distance = number(attributes.get(f"{W}footer")) / 20
    return Letterhead(frame.header, distance, strips, tuple(dict.fromkeys(left_out)))


def _part(base: BaseFile, identity: str) -> str | None:
    for relation in parse(base.parts.get(rels_of(base.main), b"<none/>"), base.name, base.place):
        if relation.get("Id") == identity:
            name = resolved(base.main, relation.get("Target", ""))
            return name if name in base.parts else None
    return None


def _is_on(element: _Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")


class _LetterheadReader:
    """Reads one header or footer."""

    def __init__(
        self,
        base: BaseFile,
        styles: Effective,
        frame: PictureFrame,
        side: Side,
        name: str,
        left_out: list[str],
    ) -> None:
        self.base, self.styles, self.side, self.name = base, styles, side, name
        self._frame, self._left_out = frame, left_out
        self._pictures = Pictures(base, name, frame, side, self._leave)
        self._placed: list[Placed] = []

    def strip(self) -> Strip:
        """What the part holds; an empty paragraph alone is nothing."""
        blocks = tuple(self._blocks(parse(self.base.parts[self.name], self.base.name, self.base.place)))
        return Strip(blocks, tuple(self._placed))

    def _leave(self, what: str) -> None:
        self._left_out.append(f"{_NAMES[self.side]}里的{what}")

    def _blocks(self, parent: _Element) -> Iterator[Line | Grid]:
        for element in parent:
            if element.tag == f"{W}p":
                yield self._line(element)
            elif element.tag == f"{W}tbl":
                yield self._grid(element)
            elif element.tag == f"{W}sdt":
                content = element.find(f"{W}sdtContent")
                yield from () if content is None else self._blocks(content)

    def _grid(self, table: _Element) -> Grid:
        columns = [number(column.get(f"{W}w")) / 20 for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        rows = []
        for row in table.iterfind(f"{W}tr"):
            cells, at = [], 0
            for cell in row.iterfind(f"{W}tc"):
                spans = cell.find(f"{W}tcPr/{W}gridSpan")
                span = 1 if spans is None else int(number(spans.get(f"{W}val"))) or 1
                given = cell.find(f"{W}tcPr/{W}tcW")
                width = sum(columns[at : at + span]) or (
                    0.0 if given is None else number(given.get(f"{W}w")) / 20
                )
                lines = tuple(block for block in self._blocks(cell) if isinstance(block, Line))
                cells.append(GridCell(lines, width))
                at += span
            rows.append(tuple(cells))
        borders = table.find(f"{W}tblPr/{W}tblBorders")
        inside = None if borders is None else borders.find(f"{W}insideV")
        ruled = inside is not None and inside.get(f"{W}val") not in ("nil", "none")
        align = table.find(f"{W}tblPr/{W}jc")
        return Grid(tuple(rows), ruled, "left" if align is None else edge(align.get(f"{W}val", "")))

    def _line(self, paragraph: _Element) -> Line:
        own = paragraph.find(f"{W}pPr")
        spacing, indent = (self.styles.of_paragraph(own, name) for name in ("spacing", "ind"))
        letters = self.styles.letters(own)
        exact = spacing.get("lineRule") == "exact"
        line = number(spacing.get("line"))
        automatic = spacing.get("lineRule", "auto") == "auto"
        return Line(
            parts=tuple(_joined(self._parts(paragraph, own))),
            letters=letters,
            align=edge(self.styles.of_paragraph(own, "jc").get("val", "")),
            before=number(spacing.get("before")) / 20,
            after=number(spacing.get("after")) / 20,
            left=number(indent.get("left") or indent.get("start")) / 20,
            right=number(indent.get("right") or indent.get("end")) / 20,
            first=(number(indent.get("firstLine")) - number(indent.get("hanging"))) / 20,
            pitch=line / 20 if exact else None,
            times=(line / 240 or 1.0) if automatic else 1.0,
            least=0.0 if exact or automatic else line / 20,
            above=self.styles.rule(own, "top"),
            below=self.styles.rule(own, "bottom"),
            stops=self.styles.stops(own),
        )

    def _parts(self, parent: _Element, own: _Element | None) -> Iterator[Part]:
        """The parts of a paragraph; of a field, its number or the words that were saved for it."""
        field: list[str] | None = None
        skipping = False
        for run in _runs(parent):
            if run.tag == f"{W}fldSimple":
                of = self._field(run.get(f"{W}instr", ""))
                if of is None:
                    yield from self._parts(run, own)
                else:
                    first = next(iter(_runs(run)), None)
                    yield PageCount(of, self.styles.letters(own, _properties(first)))  # type: ignore[arg-type]
                continue
            properties = _properties(run)
            if self.styles.is_hidden(properties):
                continue
            letters = self.styles.letters(own, properties)
            for element in _flat(run):
                kind = element.tag.removeprefix(W)
                if kind == "fldChar":
                    what = element.get(f"{W}fldCharType")
                    if what == "begin":
                        field, skipping = [], False
                    elif what == "separate" and field is not None:
                        of = self._field("".join(field))
                        if of is not None:
                            yield PageCount(of, letters)  # type: ignore[arg-type]
                        skipping, field = of is not None, None
                    elif what == "end":
                        of = None if field is None else self._field("".join(field))
                        if of is not None:
                            yield PageCount(of, letters)  # type: ignore[arg-type]
                        skipping, field = False, None
                elif kind == "instrText":
                    if field is not None:
                        field.append(element.text or "")
                elif not skipping and field is None:
                    yield from self._part(element, kind, letters)

    def _field(self, instruction: str) -> str | None:
        words = instruction.split()
        name = words[0].upper() if words else ""
        if name in _COUNTS:
            if any(word.upper() not in ("\\*", "MERGEFORMAT", "ARABIC") for word in words[1:]):
                self._leave("页码的特别写法（PDF 用阿拉伯数字）")
            return _COUNTS[name]
        if name in _CLOCKS:
            self._leave("自动日期（PDF 印的是底稿上次保存的文字）")
        elif name:
            self._leave(f"域 {name}（PDF 印的是底稿上次保存的文字）")
        return None

    def _part(self, element: _Element, kind: str, letters: Letters) -> Iterator[Part]:
        if kind == "t":
            yield LetterheadWords(element.text or "", letters)
        elif kind in ("tab", "ptab"):
            align = element.get(f"{W}alignment")
            width = self._frame.width - self._frame.left - self._frame.right
            at = {"center": width / 2, "right": width}.get(align or "", 0.0)
            yield Tab(TabStop(at, edge(align)) if align else None)
        elif kind in ("br", "cr"):
            yield LetterheadWords("\n", letters)
        elif kind == "noBreakHyphen":
            yield LetterheadWords("-", letters)
        elif kind == "sym":
            self._leave("特殊符号（“插入符号”里的图形字）")
        elif kind in ("drawing", "pict"):
            for picture in self._pictures.of(element):
                if isinstance(picture, Placed):
                    self._placed.append(picture)
                else:
                    yield picture


def _properties(run: _Element | None) -> _Element | None:
    return None if run is None else run.find(f"{W}rPr")


def _runs(parent: _Element) -> Iterator[_Element]:
    """Runs and simple fields in reading order, those in links and controls too; what was deleted is not there."""
    for element in parent:
        if element.tag in (f"{W}r", f"{W}fldSimple"):
            yield element
        elif element.tag in (f"{W}hyperlink", f"{W}ins", f"{W}smartTag", f"{W}sdtContent", f"{W}sdt"):
            yield from _runs(element)


def _flat(run: _Element) -> Iterator[_Element]:
    """The members of a run; of alternatives the newest."""
    for element in run:
        if element.tag == f"{_MC}AlternateContent":
            choice = element.find(f"{_MC}Choice")
            yield from () if choice is None else choice
        elif isinstance(element.tag, str):
            yield element


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Neighbouring words set alike as one."""
    held: LetterheadWords | None = None
    for part in parts:
        if isinstance(part, LetterheadWords) and held is not None and held.letters == part.letters:
            held = LetterheadWords(held.text + part.text, held.letters)
            continue
        if held is not None:
            yield held
        held = part if isinstance(part, LetterheadWords) else None
        if held is None:
            yield part
    if held is not None:
        yield held
