"""A school's own headers and footers on the pages of a PDF, as running elements in the pages' margins."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from planforge.document.look import POINTS_PER_MM, Look, Style
from planforge.document.look.letterhead import (
    Grid,
    Letterhead,
    LetterheadRule,
    LetterheadWords,
    Letters,
    Line,
    PageCount,
    Pages,
    Picture,
    Placed,
    Side,
    Strip,
    Tab,
    TabStop,
)
from planforge.writers.fonts import Fonts
from planforge.writers.html.css import family, points
from planforge.writers.html.inline import InlineWriter
from planforge.writers.html.runs import Setter, TextGlyph, parted

_SELECTORS: dict[Pages, str] = {"odd": "@page", "even": "@page :left", "first": "@page :first"}
_BOXES: dict[Side, str] = {"header": "top", "footer": "bottom"}
_ALIGN = {"centre": "center"}
_HINTS = (
    ("标宋", "xiaobiaosong"), ("仿宋", "fangsong"), ("楷", "kaiti"), ("Kai", "kaiti"), ("黑", "heiti"), ("等线", "heiti"),
    ("Hei", "heiti"),
)  # fmt: skip
_STOP_EVERY = 21.0  # points; Word's own stops where a paragraph has none


@dataclass
class Sheet:
    """What is added to a document. html: before its body; css; pictures: bytes and type by address."""

    html: str = ""
    css: str = ""
    pictures: dict[str, tuple[bytes, str]] = field(default_factory=dict)


def sheet(head: Letterhead, look: Look, fonts: Fonts) -> Sheet:
    """The strips of a letterhead for a look that stands on its page."""
    writer = _Writer(look, fonts)
    page = look.page
    by_kind = {
        kind: [
            placed for (_, pages), strip in head.strips.items() for placed in strip.placed if pages == kind
        ]
        for kind in _SELECTORS
    }
    for (side, pages), strip in head.strips.items():
        name, box = f"{side}-{pages}", _BOXES[side]
        distance = head.header if side == "header" else head.footer
        inner = "".join(writer.placed(one, side, distance) for one in by_kind[pages])
        inner += "".join(writer.block(block) for block in strip.blocks)
        writer.made.html += f'<div class="margin {name}"><div class="strip">{inner}</div></div>'
        writer.made.css += f".{name}{{position:running({name})}}\n"
        content = f"element({name})" if inner else "none"
        rule = f"@{box}-center{{content:{content};width:100%;vertical-align:{box};padding-{box}:{points(distance)}}}"
        margin = (page.top_mm if side == "header" else page.bottom_mm) * POINTS_PER_MM
        reach = distance + writer.height(strip)
        pushed = f"margin-{box}:{points(reach)};" if reach > margin + 0.5 and inner else ""
        writer.made.css += f"{_SELECTORS[pages]}{{{pushed}{rule}}}\n"
    for kind in dict.fromkeys(pages for _, pages in head.strips):
        behind = [one for one in by_kind[kind] if writer.margin_of(one) is None]
        writer.backgrounds(_SELECTORS[kind], behind)
    return writer.made


class _Writer:
    """Writes strips, and keeps the pictures that it meets."""

    def __init__(self, look: Look, fonts: Fonts) -> None:
        self.look, self.fonts = look, fonts
        self.inline = InlineWriter(look, fonts, show_sources=False)
        self.made = Sheet(css=_PLAIN)

    def block(self, block: Line | Grid) -> str:
        """A paragraph or a table."""
        if isinstance(block, Line):
            return self._line(block)
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td style="width:{points(cell.width)}">{"".join(map(self._line, cell.lines))}</td>'
                for cell in row
            )
            + "</tr>"
            for row in block.rows
        )
        side = {"centre": "margin:0 auto", "right": "margin-left:auto"}.get(block.align, "")
        width = max((sum(cell.width for cell in row) for row in block.rows), default=0.0)
        kind = "grid ruled-grid" if block.ruled else "grid"
        return f'<table class="{kind}" style="width:{points(width)};{side}">{rows}</table>'

    def margin_of(self, placed: Placed) -> Side | None:
        """The margin in which a picture stands; None where it reaches into the text."""
        page = self.look.page
        if placed.y + placed.picture.height <= page.top_mm * POINTS_PER_MM:
            return "header"
        return "footer" if placed.y >= (page.height_mm - page.bottom_mm) * POINTS_PER_MM else None

    def placed(self, placed: Placed, side: Side, distance: float) -> str:
        """A picture that stands in this margin, drawn with its strip: a background would be another on every page."""
        if self.margin_of(placed) != side:
            return ""
        page, picture = self.look.page, placed.picture
        across = f"left:{points(placed.x - page.left_mm * POINTS_PER_MM)}"
        down = f"top:{points(placed.y - distance)}"
        if side == "footer":
            foot = page.height_mm * POINTS_PER_MM - distance
            down = f"bottom:{points(foot - placed.y - picture.height)}"
        css = (
            f"position:absolute;{across};{down};width:{points(picture.width)};height:{points(picture.height)}"
        )
        words = escape(picture.alternative)
        return f'<img src="{self._address(picture)}" alt="{words}" style="{css}">'

    def backgrounds(self, selector: str, placed: list[Placed]) -> None:
        """Pictures that stand on the page, behind its words."""
        page = self.look.page
        left, top = page.left_mm * POINTS_PER_MM, page.top_mm * POINTS_PER_MM
        layers = [
            f"url({self._address(placement.picture)}) no-repeat {points(placement.x - left)} {points(placement.y - top)}"
            f"/{points(placement.picture.width)} {points(placement.picture.height)}"
            for placement in placed
        ]
        self.made.css += f"{selector}{{background:{','.join(layers) or 'none'}}}\n"

    def height(self, strip: Strip) -> float:
        """How high a strip is, in points; its long paragraphs as lines of the text's width."""
        total = 0.0
        for block in strip.blocks:
            if isinstance(block, Line):
                total += self._line_height(block)
            else:
                rows = (max((sum(map(self._line_height, cell.lines)) for cell in row), default=0.0)
                        for row in block.rows)  # fmt: skip
                total += sum(rows)
        return total

    def _line(self, line: Line) -> str:
        css = {
            "margin": f"{points(line.before)} {points(line.right)} {points(line.after)} {points(line.left)}",
            "text-indent": points(line.first),
            "text-align": _ALIGN.get(line.align, line.align),
            "line-height": points(self._pitch(line)),
            "font-size": points(line.letters.size),
        }
        for side, rule in (("top", line.above), ("bottom", line.below)):
            if rule is not None:
                css |= _rule(side, rule)
        declared = ";".join(f"{key}:{value}" for key, value in css.items())
        font = self._font(line.letters)
        return f'<p style="{escape(declared + ";" + font)}">{self._contents(line) or "&#160;"}</p>'

    def _contents(self, line: Line) -> str:
        """A paragraph's words; behind a tab they stand at its stop."""
        pieces: list[list[str]] = [[]]
        stops: list[TabStop | None] = []
        for before, part, after in zip(
            (None, *line.parts), line.parts, (*line.parts[1:], None), strict=False
        ):
            match part:
                case Tab(stop):
                    pieces.append([])
                    stops.append(stop)
                case LetterheadWords(text, letters):
                    pieces[-1].append(self._words(text, letters))
                case PageCount(of, letters):
                    css = f"font-size:{points(letters.size)};{self._font(letters, latin=True)}"
                    gap = self.look.line_breaking.script_gap * letters.size
                    sides = (_is_han(before, -1), _is_han(after, 0))
                    css += f";margin:0 {points(gap * sides[1])} 0 {points(gap * sides[0])}"
                    pieces[-1].append(f'<span class="count-{of}" style="{escape(css)}"></span>')
                case Picture():
                    size = f"width:{points(part.width)};height:{points(part.height)}"
                    words = escape(part.alternative)
                    pieces[-1].append(f'<img src="{self._address(part)}" alt="{words}" style="{size}">')
        first, *others = ("".join(piece) for piece in pieces)
        width = self.look.page.text_width - line.left - line.right
        parts = [first]
        for number, (own, words) in enumerate(zip(stops, others, strict=True)):
            stop = own or (
                line.stops[number] if number < len(line.stops) else TabStop(_STOP_EVERY * (number + 1))
            )
            at = min(stop.at, width)
            css = {
                "centre": f"left:{points(at)};transform:translateX(-50%)",
                "right": f"right:{points(width - at)}",
            }.get(stop.align, f"left:{points(at)}")
            parts.append(f'<span class="stop" style="{css}">{words}</span>')
        return "".join(parts)

    def _words(self, text: str, letters: Letters) -> str:
        style = self._style(letters)
        glyphs = Setter(style, self.fonts).glyphs(text.replace("\n", " "))
        lines: list[list[TextGlyph]] = [[]]
        for sign, glyph in zip(text, glyphs, strict=True):
            if sign == "\n":
                lines.append([])
            else:
                lines[-1].append(glyph)
        inner = "<br>".join(self._parted(line, style) for line in lines)
        css = f"font-size:{points(letters.size)};{self._font(letters)}"
        css += f";color:#{letters.colour}" if letters.colour else ""
        css += ";text-decoration:underline" if letters.underlined else ""
        return f'<span style="{escape(css)}">{inner}</span>'

    def _parted(self, glyphs: list[TextGlyph], style: Style) -> str:
        """A run of characters with the look's gap between Han and Latin."""
        runs: list[list[TextGlyph]] = [glyphs[:1]]
        for before, after in pairwise(glyphs):
            if parted(before, after):
                runs.append([])
            runs[-1].append(after)
        share = f'<span style="margin-right:{points(self.look.line_breaking.script_gap * style.size)}">'
        *others, last = (self.inline.text(run, style) for run in runs)
        return "".join(f"{share}{words}</span>" for words in others) + last

    def _style(self, letters: Letters) -> Style:
        body = self.look.styles["body"]
        return body.model_copy(
            update={"font": self._role(letters.font), "size": letters.size, "spacing": 0.0}
        )

    def _font(self, letters: Letters, latin: bool = False) -> str:
        chosen = self.fonts.latin if latin else self.fonts.roles[self._role(letters.font)]
        return family(chosen) + (";font-weight:700" if letters.bold else "")

    def _role(self, name: str) -> str:
        """The role of the look whose font is the one, or is like the one, that Word is told."""
        for role, font in self.look.fonts.items():
            if role in self.fonts.roles and name in (font.word, font.substitute, *font.pdf):
                return role
        hinted = (role for hint, role in _HINTS if hint in name and role in self.fonts.roles)
        return next(hinted, self.look.styles["page_number"].font)

    def _pitch(self, line: Line) -> float:
        if line.pitch is not None:
            return line.pitch
        used = [
            line.letters,
            *(part.letters for part in line.parts if isinstance(part, LetterheadWords | PageCount)),
        ]
        heights = []
        for letters in used:
            faces = (self.fonts.roles[self._role(letters.font)].face, self.fonts.latin.face)
            heights.append(max(sum(face.extent()) for face in faces) * letters.size)
        return max(line.least, max(heights) * line.times)

    def _line_height(self, line: Line) -> float:
        pitch, width = self._pitch(line), 0.0
        pictures = [part for part in line.parts if isinstance(part, Picture)]
        for part in line.parts:
            if isinstance(part, LetterheadWords):
                width += sum(glyph.width for glyph in self._glyphs(part))
        room = max(1.0, self.look.page.text_width - line.left - line.right)
        lines = 1 if any(isinstance(part, Tab) for part in line.parts) else max(1, math.ceil(width / room))
        lines += sum(part.text.count("\n") for part in line.parts if isinstance(part, LetterheadWords))
        descent = self.fonts.roles[self._role(line.letters.font)].face.extent()[1] * line.letters.size
        tallest = max((picture.height + descent for picture in pictures), default=0.0)
        rules = sum(rule.thickness + rule.room for rule in (line.above, line.below) if rule is not None)
        return line.before + line.after + rules + (lines - 1) * pitch + max(pitch, tallest)

    def _glyphs(self, part: LetterheadWords) -> Iterator[TextGlyph]:
        yield from Setter(self._style(part.letters), self.fonts).glyphs(part.text.replace("\n", " "))

    def _address(self, picture: Picture) -> str:
        known = {data: address for address, (data, _) in self.made.pictures.items()}
        address = known.get(picture.data, f"planforge:picture-{len(known)}")
        self.made.pictures[address] = (picture.data, f"image/{picture.kind}")
        return address


def _is_han(part: object, at: int) -> bool:
    """Whether words begin (0) or end (-1) with a character that stands apart from a digit."""
    return (
        isinstance(part, LetterheadWords)
        and part.text[at : at + 1 or None].isalnum()
        and part.text[at] > "\u2e80"
    )


def _rule(side: str, rule: LetterheadRule) -> dict[str, str]:
    kind = "double" if rule.double else "solid"
    width = rule.thickness * (3 if rule.double else 1)
    return {
        f"border-{side}": f"{points(width)} {kind} #{rule.colour or '000'}",
        f"padding-{side}": points(rule.room),
    }


_PLAIN = """\
.strip{position:relative}
.margin p{position:relative;white-space:pre-wrap}
.margin span{line-height:0}
.margin .stop{position:absolute;white-space:pre;line-height:inherit}
.count-page::before{content:counter(page)}
.count-pages::before{content:counter(pages)}
.grid{table-layout:fixed}
.grid td{vertical-align:top;padding:0 5.4pt}
.ruled-grid td{border:.5pt solid #000}
"""
