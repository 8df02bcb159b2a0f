"""What holds for a paragraph or a run of a school's file: its own properties, its styles', the document's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planforge.document.look.letterhead import Edge, LetterheadRule, Letters, TabStop
from planforge.writers.word.base_file import BaseFile, W, number, parse, part_of_kind

if TYPE_CHECKING:
    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EDGES: dict[str, Edge] = {"center": "centre", "right": "right", "end": "right", "both": "justify"}
_OFF = frozenset({"0", "false", "off", "none"})


class Effective:
    """The styles of one school's file."""

    def __init__(self, base: BaseFile) -> None:
        styles = part_of_kind(base, "styles")
        root = None if styles is None else parse(styles, base.name, base.place)
        listed = [] if root is None else list(root.iter(f"{W}style"))
        self._styles = {style.get(f"{W}styleId", ""): style for style in listed}
        self._normal = next(
            (
                style.get(f"{W}styleId", "")
                for style in listed
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
            ),
            "",
        )
        defaults = None if root is None else root.find(f"{W}docDefaults")
        self._defaults = {
            kind: None if defaults is None else defaults.find(f"{W}{kind}Default/{W}{kind}")
            for kind in ("pPr", "rPr")
        }
        theme = part_of_kind(base, "theme")
        self._theme = _theme_fonts(parse(theme, base.name, base.place)) if theme is not None else {}

    def of_paragraph(self, own: _Element | None, name: str) -> dict[str, str]:
        """The attributes of one element of w:pPr (`ind`, `spacing`, `jc`), nearest first."""
        return _attributes(self._layers(own), name)

    def of_letters(self, own: _Element | None, name: str) -> dict[str, str]:
        """The same of w:rPr. own: w:pPr of the paragraph that they stand in."""
        layers = [*self._chain(_style(own, "pStyle") or self._normal, "rPr")]
        if (defaults := self._defaults["rPr"]) is not None:
            layers.append(defaults)
        return _attributes(layers, name)

    def rule(self, own: _Element | None, side: str) -> LetterheadRule | None:
        """The line above (`top`) or below (`bottom`) a paragraph."""
        for layer in self._layers(own):
            border = layer.find(f"{W}pBdr/{W}{side}")
            if border is not None:
                kind = border.get(f"{W}val", "none")
                if kind in ("nil", "none"):
                    return None
                return LetterheadRule(
                    number(border.get(f"{W}sz")) / 8,
                    number(border.get(f"{W}space")),
                    _colour(border.get(f"{W}color")),
                    kind in ("double", "thinThickSmallGap", "thickThinSmallGap"),
                )
        return None

    def stops(self, own: _Element | None) -> tuple[TabStop, ...]:
        """The tab stops, from left to right."""
        stops: dict[float, TabStop] = {}
        for layer in reversed(list(self._layers(own))):
            for tab in layer.iterfind(f"{W}tabs/{W}tab"):
                at = number(tab.get(f"{W}pos")) / 20
                kind = tab.get(f"{W}val", "left")
                stops.pop(at, None)
                if kind != "clear":
                    stops[at] = TabStop(at, edge(kind))
        return tuple(stops[at] for at in sorted(stops))

    def letters(self, paragraph: _Element | None, own: _Element | None = None) -> Letters:
        """How a run is set. paragraph, own: w:pPr and w:rPr."""
        layers = [] if own is None else [own]
        layers += self._chain(_style(own, "rStyle"), "rPr")
        layers += self._chain(_style(paragraph, "pStyle") or self._normal, "rPr")
        if (defaults := self._defaults["rPr"]) is not None:
            layers.append(defaults)
        fonts = _attributes(layers, "rFonts")
        theme = fonts.get("eastAsiaTheme", "")
        font = fonts.get("eastAsia") or self._theme.get(theme[:5], "")
        colour = _attributes(layers, "color").get("val", "")
        size = number(_attributes(layers, "sz").get("val")) / 2
        return Letters(
            size or 10.0,
            font,
            _is_on(layers, "b"),
            _colour(colour),
            _attributes(layers, "u").get("val", "none") not in _OFF,
        )

    def is_hidden(self, own: _Element | None) -> bool:
        """Whether a run is not printed."""
        return _is_on([] if own is None else [own], "vanish")

    def _layers(self, own: _Element | None) -> Iterator[_Element]:
        if own is not None:
            yield own
        yield from self._chain(_style(own, "pStyle") or self._normal, "pPr")
        if (defaults := self._defaults["pPr"]) is not None:
            yield defaults

    def _chain(self, name: str, kind: str) -> list[_Element]:
        chain, seen = [], set()
        while name and name not in seen and name in self._styles:
            seen.add(name)
            style = self._styles[name]
            if (properties := style.find(f"{W}{kind}")) is not None:
                chain.append(properties)
            above = style.find(f"{W}basedOn")
            name = "" if above is None else above.get(f"{W}val", "")
        return chain


def edge(word: str) -> Edge:
    """Word's word for an alignment as ours."""
    return _EDGES.get(word, "left")


def _style(properties: _Element | None, name: str) -> str:
    element = None if properties is None else properties.find(f"{W}{name}")
    return "" if element is None else element.get(f"{W}val", "")


def _attributes(layers: Iterator[_Element] | list[_Element], name: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for layer in layers:
        element = layer.find(f"{W}{name}")
        if element is not None:
            for key, value in element.attrib.items():
                values.setdefault(str(key).removeprefix(W), str(value))
    return values


def _is_on(layers: list[_Element], name: str) -> bool:
    for layer in layers:
        element = layer.find(f"{W}{name}")
        if element is not None:
            return element.get(f"{W}val", "1") not in _OFF
    return False


def _colour(word: str | None) -> str:
    return word.upper() if word and word not in ("auto", "000000") and len(word) == 6 else ""


def _theme_fonts(theme: _Element) -> dict[str, str]:
    """The Chinese fonts of the theme, by the beginnings of the names that styles have for them."""
    families = {}
    for ours, name in (("minor", "minorFont"), ("major", "majorFont")):
        fonts = theme.find(f".//{_A}{name}")
        if fonts is None:
            continue
        chinese = {font.get("script"): font.get("typeface", "") for font in fonts.findall(f"{_A}font")}
        plain = fonts.find(f"{_A}ea")
        given = "" if plain is None else plain.get("typeface", "")
        families[ours] = given or chinese.get("Hans", "")
    return families
