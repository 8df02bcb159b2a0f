"""The parts of an .xlsx package beside its sheets: the list of sheets, fonts and number formats, shared texts."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from planforge.core.unreadable import too_large
from planforge.sheets.grid import is_red
from planforge.sheets.shown import BUILT_IN
from planforge.sheets.xml_stream import Attributes, XmlHandler

_INDEXED_RED = {"2": "FF0000", "10": "FF0000", "16": "800000", "60": "993300"}
_DATE_IDS = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)}
"""Built-in number formats that show a date: ECMA-376 part 1, 18.8.30, with those for zh-CN."""

MAX_SHARED = 1_000_000
MAX_NOTES = 100_000
MAX_TEXT = 2_000
"""Characters kept of one cell; what is printed in a letter is far shorter."""


class CellStyle(NamedTuple):
    """What a cell's format says about it."""

    struck: bool = False
    red: bool = False
    date: bool = False
    code: str = ""
    filled_red: bool = False


class SharedText(NamedTuple):
    """A text of the table of shared texts.

    struck, red: all of it is; None: it says nothing, the cell's font counts. half_struck: some of it is struck.
    """

    text: str
    struck: bool | None = None
    red: bool | None = None
    half_struck: bool = False


def is_on(attributes: Attributes, name: str = "val", default: str = "1") -> bool:
    """A boolean attribute."""
    return attributes.get(name, default).lower() in ("1", "true", "on")


def _red(attributes: Attributes) -> bool:
    rgb = attributes.get("rgb") or _INDEXED_RED.get(attributes.get("indexed", ""), "")
    return is_red(rgb) if rgb else False


def shows_date(code: str) -> bool:
    """Whether a number format's code shows a day: it has y or d, or a month beside a Chinese sign."""
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", code.lower())
    plain = plain.split(";")[0]
    return bool(re.search(r"[yd]|aaa", plain)) and "general" not in plain


_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A text with _x000A_ and the like made characters: ECMA-376 part 1, 22.9.2.19."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n")


def escaped(text: str) -> str:
    """The reverse for texts that only look like one: _x0041_ → _x005F_x0041_."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


class StylesPart(XmlHandler):
    """Reads styles.xml; `cells` is the style of each cell format by its number."""

    def __init__(self) -> None:
        self.cells: list[CellStyle] = []
        self._path: list[str] = []
        self._solid = False
        self._fonts: list[list[bool]] = []
        self._fills: list[bool] = []
        self._dates: set[int] = set(_DATE_IDS)
        self._codes: dict[int, str] = dict(BUILT_IN)

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens."""
        parent = self._path[-1] if self._path else ""
        if name == "font" and parent == "fonts":
            self._fonts.append([False, False])
        elif parent == "font" and self._path[-2:-1] == ["fonts"]:
            if name == "strike":
                self._fonts[-1][0] = is_on(attributes)
            elif name == "color":
                self._fonts[-1][1] = _red(attributes)
        elif name == "fill" and parent == "fills":
            self._fills.append(False)
        elif name == "patternFill" and parent == "fill" and self._path[-2:-1] == ["fills"]:
            self._solid = attributes.get("patternType") == "solid"
        elif name == "fgColor" and self._path[-3:] == ["fills", "fill", "patternFill"]:
            self._fills[-1] = self._solid and _red(attributes)
        elif name == "numFmt" and parent == "numFmts":
            number = attributes.get("numFmtId", "")
            if number.isdecimal():
                self._codes[int(number)] = attributes.get("formatCode", "")[:200]
                if shows_date(attributes.get("formatCode", "")):
                    self._dates.add(int(number))
        elif name == "xf" and parent == "cellXfs":
            self._cell(attributes)
        self._path.append(name)

    def end(self, name: str) -> None:
        """An element closes."""
        self._path.pop()

    def _cell(self, attributes: Attributes) -> None:
        font, code = attributes.get("fontId", "0"), attributes.get("numFmtId", "0")
        known = font.isdecimal() and int(font) < len(self._fonts)
        struck, red = self._fonts[int(font)] if known else (False, False)
        number = int(code) if code.isdecimal() else 0
        fill = attributes.get("fillId", "0")
        filled = fill.isdecimal() and int(fill) < len(self._fills) and self._fills[int(fill)]
        self.cells.append(CellStyle(struck, red, number in self._dates, self._codes.get(number, ""), filled))


class RichText(XmlHandler):
    """A text of one or several runs, without the readings (phonetics) that may stand beside it."""

    def __init__(self, longest: int = MAX_TEXT) -> None:
        self._longest = longest
        self._reset()

    def _reset(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._runs: list[list[bool]] = []
        self._inside: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens inside the text."""
        self._inside.append(name)
        if name == "r":
            self._runs.append([False, False, False])
        elif self._runs and name == "strike":
            self._runs[-1][0] = is_on(attributes)
        elif self._runs and name == "color":
            self._runs[-1][1] = _red(attributes)

    def end(self, name: str) -> None:
        """An element closes."""
        if self._inside:
            self._inside.pop()

    def text(self, data: str) -> None:
        """Characters; only those of <t> count, up to the longest that is kept."""
        if self._inside and self._inside[-1] == "t" and "rPh" not in self._inside:
            if self._length < self._longest:
                self._parts.append(data[: self._longest - self._length])
            self._length += len(data)
            if self._runs and data.strip():
                self._runs[-1][2] = True

    def take(self) -> SharedText:
        """The text read since the last call."""
        runs = [run for run in self._runs if run[2]]
        struck = all(run[0] for run in runs) if runs else None
        red = all(run[1] for run in runs) if runs else None
        half_struck = not struck and any(run[0] for run in runs)
        shared = SharedText(unescaped("".join(self._parts)), struck, red, half_struck)
        self._reset()
        return shared


class CommentsPart(XmlHandler):
    """Reads a comments part: `notes` is the words of each comment by its cell's address."""

    def __init__(self, longest: int = MAX_TEXT) -> None:
        self._longest = longest
        self.notes: dict[str, str] = {}
        self._at = ""
        self._words: RichText | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens."""
        if self._words is not None:
            self._words.start(name, attributes)
        elif name == "comment":
            self._at = attributes.get("ref", "").replace("$", "").upper()
        elif name == "text" and len(self.notes) < MAX_NOTES:
            self._words = RichText(self._longest)

    def end(self, name: str) -> None:
        """An element closes."""
        if self._words is None:
            return
        if name == "text":
            self.notes[self._at] = self._words.take().text
            self._words = None
        else:
            self._words.end(name)

    def text(self, data: str) -> None:
        """Characters between."""
        if self._words is not None:
            self._words.text(data)


class SharedTextsPart(XmlHandler):
    """Reads sharedStrings.xml into `texts`."""

    def __init__(self, longest: int = MAX_TEXT) -> None:
        self._longest = longest
        self.texts: list[SharedText] = []
        self._rich: RichText | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens."""
        if name == "si":
            if len(self.texts) >= MAX_SHARED:
                raise too_large("文字太多")
            self._rich = RichText(self._longest)
        elif self._rich is not None:
            self._rich.start(name, attributes)

    def end(self, name: str) -> None:
        """An element closes."""
        if self._rich is None:
            return
        if name == "si":
            self.texts.append(self._rich.take())
            self._rich = None
        else:
            self._rich.end(name)

    def text(self, data: str) -> None:
        """Characters between."""
        if self._rich is not None:
            self._rich.text(data)


@dataclass(slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    hidden: bool


@dataclass
class WorkbookPart(XmlHandler):
    """Reads workbook.xml: its sheets in order, and which calendar its dates count in."""

    sheets: list[SheetEntry] = field(default_factory=list)
    from_1904: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens. (`r:id` arrives as `id`.)"""
        if name == "sheet":
            hidden = attributes.get("state", "visible") in ("hidden", "veryHidden")
            self.sheets.append(SheetEntry(attributes.get("name", ""), attributes.get("id", ""), hidden))
        elif name == "workbookPr":
            self.from_1904 = is_on(attributes, "date1904", "0")


@dataclass
class RelationsPart(XmlHandler):
    """Reads a .rels part: relation id → (type's last word, target inside the package)."""

    folder: str
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/")
            self.targets[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)
