"""What a reader sees of a Word file, whichever program wrote it: words, and how each stretch is set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planforge.readers.shown_numbers import Counter

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMU = 12700
"""EMU in a point."""
_OBJECT = "\ufffc"
"""Stands for what is no words."""
_OFF = {"0", "false", "off", "none"}
_ALIGNMENTS = {"start": "left", "end": "right", "distribute": "both"}
_FORMATS = ("b", "i", "u", "strike", "sz", "color", "highlight", "vertAlign", "vanish")
_TRANSPARENT = {
    f"{_W}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent")
}

Setting = dict[str, str]


class VisibleTextReader:
    """Collects `words` (one line a paragraph) and `structure` (one line a paragraph, row and table)."""

    def __init__(self, styles: Element | None, numbering: Element | None = None) -> None:
        """styles, numbering: roots of these parts, where the file has them."""
        self.words: list[str] = []
        self.structure: list[str] = []
        self._counter = Counter(numbering)
        self._styles: dict[str, Element] = {}
        self._default = ""
        self._base: Setting = {}
        self._base_paragraph = (
            None if styles is None else styles.find(f"{_W}docDefaults/{_W}pPrDefault/{_W}pPr")
        )
        if styles is None:
            return
        for style in styles.iter(f"{_W}style"):
            self._styles[style.get(f"{_W}styleId", "")] = style
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") not in (
                None,
                "0",
                "false",
            ):
                self._default = style.get(f"{_W}styleId", "")
        self._base = _settings(styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))

    def read(self, document: Element) -> None:
        """Read a whole document part."""
        body = document.find(f"{_W}body")
        if body is None:
            raise ValueError("not a Word file: it has no body")
        self._blocks(body)
        for section in body.iter(f"{_W}sectPr"):
            self.structure.append(f"section {_page(section)}")

    def _blocks(self, parent: Element) -> None:
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag in _TRANSPARENT:
                self._blocks(child)

    def _table(self, table: Element) -> None:
        rows = [(row, _cells(row)) for row in _inside(table, "tr")]
        # Programs drop columns that no row uses; what shows is where cells begin and end beside others.
        edges = sorted({edge for _, cells in rows for _, start, end in cells for edge in (start, end)})
        self.structure.append(f"table {len(rows)}")
        for row, cells in rows:
            repeated = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            height = row.find(f"{_W}trPr/{_W}trHeight")
            fixed = "" if height is None else _points(_value(height))
            self.structure.append(f"row {repeated} {fixed}")
            for cell, start, end in cells:
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                down = "" if merge is None else (_value(merge) or "continue")
                self.structure.append(f"cell {edges.index(start)} {edges.index(end)} {down}")
                self._blocks(cell)

    def _paragraph(self, paragraph: Element) -> None:
        properties = paragraph.find(f"{_W}pPr")
        identity = _value(_child(properties, "pStyle")) or self._default
        chain = list(self._chain(identity))
        settings = dict(self._base)
        for style in reversed(chain):
            settings.update(_settings(style.find(f"{_W}rPr")))
        stretches: list[tuple[str, str]] = []
        for run in _runs(paragraph):
            words = _run_words(run)
            if not words:
                continue
            key = _picture(run) or _key(self._run_settings(run, settings))
            if stretches and stretches[-1][0] == key:
                stretches[-1] = (key, stretches[-1][1] + words)
            else:
                stretches.append((key, words))
        self.words.append("".join(words for _, words in stretches))
        number = self._number(properties, chain)
        name = _value(chain[0].find(f"{_W}name")).casefold() if chain else ""
        alignment = _first(properties, chain, "jc")
        sources = [properties, *(style.find(f"{_W}pPr") for style in chain), self._base_paragraph]
        layout = f"{name}|{_ALIGNMENTS.get(alignment, alignment) or 'left'}|{number}|{_spacing(sources)}"
        self.structure.append(f"{layout}|{[(key, len(words)) for key, words in stretches]}")

    def _run_settings(self, run: Element, base: Setting) -> Setting:
        properties = run.find(f"{_W}rPr")
        settings = dict(base)
        for style in reversed(list(self._chain(_value(_child(properties, "rStyle"))))):
            settings.update(_settings(style.find(f"{_W}rPr")))
        settings.update(_settings(properties))
        return settings

    def _number(self, properties: Element | None, chain: list[Element]) -> str:
        """Level and number of a numbered paragraph."""
        identity = level = ""
        for source in (properties, *(style.find(f"{_W}pPr") for style in chain)):
            number = _child(source, "numPr")
            identity = identity or _value(_child(number, "numId"))
            level = level or _value(_child(number, "ilvl"))
        if identity in ("", "0"):
            return ""
        return f"{level or 0}:{self._counter.next(identity, int(level or 0))}"

    def _chain(self, identity: str) -> Iterator[Element]:
        """A style and those it is based on, itself first."""
        seen = set()
        while identity in self._styles and identity not in seen:
            seen.add(identity)
            yield self._styles[identity]
            identity = _value(self._styles[identity].find(f"{_W}basedOn"))


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """The children of a name, also those that stand in a content control or under revision."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _inside(child, name)


def _cells(row: Element) -> list[tuple[Element, int, int]]:
    """The cells of a row with the columns where they begin and end."""
    placed = []
    column = 0
    for cell in _inside(row, "tc"):
        span = _value(cell.find(f"{_W}tcPr/{_W}gridSpan"))
        end = column + (int(span) if span.isdigit() else 1)
        placed.append((cell, column, end))
        column = end
    return placed


def _child(element: Element | None, name: str) -> Element | None:
    return None if element is None else element.find(f"{_W}{name}")


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _first(properties: Element | None, chain: list[Element], name: str) -> str:
    for source in (properties, *(style.find(f"{_W}pPr") for style in chain)):
        value = _value(_child(source, name))
        if value:
            return value
    return ""


def _spacing(sources: list[Element | None]) -> str:
    """Line pitch, room before and after in whole points, and whether a new page begins, from the first
    of the sources that says so. Indents are left out: programs reckon them anew from characters."""
    said: dict[str, str] = {}
    new_page = ""
    for source in sources:
        for name, value in ({} if (spacing := _child(source, "spacing")) is None else spacing.attrib).items():
            said.setdefault(name.removeprefix(_W), value)
        page = _child(source, "pageBreakBefore")
        if page is not None and not new_page:
            new_page = "flow" if _value(page) in _OFF else "page"
    rule = said.get("lineRule", "auto")
    line = said.get("line", "240")
    pitch = line if rule == "auto" else _points(line)
    room = f"{_points(said.get('before', '0'))} {_points(said.get('after', '0'))}"
    return f"{rule} {pitch} {room} {new_page or 'flow'}"


def _points(twips: str) -> str:
    try:
        return str(round(float(twips) / 20))
    except ValueError:
        return twips


def _settings(properties: Element | None) -> Setting:
    """The settings of a w:rPr that show, each in one way of writing."""
    setting: Setting = {}
    if properties is None:
        return setting
    for name in _FORMATS:
        element = properties.find(f"{_W}{name}")
        if element is not None:
            value = element.get(f"{_W}val", "on")
            off = value in _OFF or value in ("auto", "baseline")
            setting[name] = "" if off else ("on" if value in ("1", "true") else value)
    fonts = properties.find(f"{_W}rFonts")
    if fonts is not None and fonts.get(f"{_W}eastAsia"):
        setting["font"] = fonts.get(f"{_W}eastAsia", "")
    return setting


def _key(settings: Setting) -> str:
    return ";".join(f"{name}={value}" for name, value in sorted(settings.items()) if value)


def _runs(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == f"{_W}r":
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _runs(child)


def _run_words(run: Element) -> str:
    parts = []
    for child in run:
        match child.tag.rpartition("}")[2]:
            case "t":
                parts.append(child.text or "")
            case "tab" | "ptab":
                parts.append("\t")
            case "br" | "cr":
                parts.append("\f" if child.get(f"{_W}type") == "page" else "\n")
            case "noBreakHyphen":
                parts.append("\u2011")
            case "softHyphen":
                parts.append("\u00ad")
            case "sym":
                parts.append(f"{_OBJECT}{child.get(f'{_W}char', '')}")
            case "drawing" | "pict" | "object" | "AlternateContent" | "footnoteReference":
                parts.append(_OBJECT)
            case _:
                pass
    return "".join(parts)


def _picture(run: Element) -> str:
    """What shows of a run that is nothing but an inline picture: its size, in whole points."""
    extent = run.find(f"{_W}drawing/{_DRAWING}inline/{_DRAWING}extent")
    if extent is None or _run_words(run) != _OBJECT:
        return ""
    sides = (extent.get(name, "") for name in ("cx", "cy"))
    return "picture " + " ".join(
        str(round(int(length) / _EMU)) if length.isdigit() else length for length in sides
    )


def _page(section: Element) -> str:
    """Paper and side margins, rounded to a point; the rest is rewritten by some programs."""
    size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
    widths = []
    for element, names in ((size, ("w", "h")), (margins, ("left", "right"))):
        for name in names:
            twips = "" if element is None else element.get(f"{_W}{name}", "")
            widths.append(str(round(float(twips) / 20)) if twips else "")
    return " ".join(widths)
