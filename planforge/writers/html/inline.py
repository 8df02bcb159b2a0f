"""Characters as HTML: neighbours of one kind in one span, spread lines with their letter spacing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from planforge.document.look import Look, Style
from planforge.writers.fonts import Chosen, Fonts
from planforge.writers.html.css import font_classes, points
from planforge.writers.html.lines import TextLine
from planforge.writers.html.runs import TextGlyph
from planforge.writers.html.spacing import letter_spacing
from planforge.writers.html.spreading import portions

_BASE = ("chinese", False, False, False)  # the portion of plain Chinese text
_SMALLEST = 0.001  # points


class InlineWriter:
    """Writes the characters of one look; fonts other than a style's own are classes of the style sheet."""

    def __init__(self, look: Look, fonts: Fonts, show_sources: bool) -> None:
        self.fonts = fonts
        self.show_sources = show_sources
        self.strong = fonts.roles[look.strong]
        self.script_gap = look.line_breaking.script_gap
        self._classes = font_classes(fonts)

    def lines(self, lines: Iterable[TextLine], style: Style, justify: bool) -> str:
        """Broken lines, one below the other; those that their paragraph goes on after are spread to the full measure.

        Neighbours set alike share an element, and a line ends with a line feed: what a layout costs grows with
        the elements that it has to style.
        """
        set_lines = [self._line(line, style, justify) for line in lines]
        parts = []
        for css, group in groupby(set_lines, key=lambda line: line[0]):
            own = f' style="{css}"' if css else ""
            parts.append((own, "\n".join(words for _, words in group)))
        return "\n</span>".join(f'<span class="l"{own}>{words}' for own, words in parts) + "</span>" * bool(
            parts
        )

    def _line(self, line: TextLine, style: Style, justify: bool) -> tuple[str, str]:
        """What is declared for one line, and its words."""
        spread = portions(line, style.spacing, self.script_gap * style.size, justify)
        step = max((portion.step for portion in spread), default=0.0)
        inherited = letter_spacing(style.spacing + step, style.size)
        parts = []
        before = 0.0  # what the last portion leaves to be given back by this one's left margin
        for number, portion in enumerate(spread):
            group = portion.glyphs
            plain = group[0].portion == _BASE
            within = 0.0 if group[0].mark.blank else style.spacing + (step if portion.is_chinese else 0.0)
            written = letter_spacing(within, style.size)
            after = 0.0
            if number + 1 < len(spread):
                drawn = sum(glyph.width for glyph in group) + len(group) * written + _spaces(group) * step
                after = portion.advance - drawn
            css = {}
            if not plain:
                css = {"margin-left": before, "margin-right": after}
                if written != inherited:
                    css["letter-spacing"] = written
            parts.append(self._portion(group, style, step, css))
            before = after if plain else 0.0
        return f"letter-spacing:{points(inherited)}" if step else "", "".join(parts)

    def _portion(
        self, group: Sequence[TextGlyph], style: Style, room: float, css: Mapping[str, float]
    ) -> str:
        """A portion of a line in one element, or in none where nothing sets it apart."""
        first = group[0]
        single = not (room and _spaces(group)) and not any(
            first.mark.strong or glyph.mark.blank for glyph in group
        )
        if css and single and all(glyph.font == first.font for glyph in group):
            words = escape("".join(glyph.text for glyph in group), quote=False)
            own = first.font is None or first.font == self.fonts.roles[style.font]
            return _span(words, css, "" if own or first.font is None else self._classes[first.font])
        return _span(self._words(group, style, room), css)

    def _words(self, group: Sequence[TextGlyph], style: Style, room: float) -> str:
        """A portion's text; in Latin, a space takes its share of the room of a spread line."""
        if not room or not _spaces(group):
            return self.text(group, style)
        *words, last = _cut_behind_spaces(group)
        share = f'<span style="margin-right:{points(room)}">'
        return "".join(f"{share}{self.text(word, style)}</span>" for word in words) + self.text(last, style)

    def text(self, glyphs: Sequence[TextGlyph], style: Style) -> str:
        """A run of characters: one element for each fact, within it one for each font."""
        own = self.fonts.roles[style.font]
        parts = []
        for mark, group in groupby(glyphs, key=lambda glyph: glyph.mark):
            words = self._fonts(group, own, mark.strong)
            attributes = ' class="b"' if mark.blank else ""
            if self.show_sources and mark.fact:
                attributes += f' data-fact="{escape(mark.fact)}"'
            if self.show_sources and mark.field:
                attributes += f' data-field="{escape(mark.field)}"'
            tag = "strong" if mark.strong else "span"
            parts.append(f"<{tag}{attributes}>{words}</{tag}>" if attributes or mark.strong else words)
        return "".join(parts)

    def _fonts(self, glyphs: Iterable[TextGlyph], own: Chosen, strong: bool) -> str:
        parts = []
        for font, group in groupby(glyphs, key=lambda glyph: glyph.font):
            words = escape("".join(glyph.text for glyph in group), quote=False)
            shown = self.strong if strong and font == own else font
            name = self._classes[shown] if shown is not None and shown != own else ""
            parts.append(f'<span class="{name}">{words}</span>' if name else words)
        return "".join(parts)


def _spaces(group: Sequence[TextGlyph]) -> int:
    """Spaces of a Latin portion."""
    return 0 if group[0].kind == "chinese" else sum(glyph.text == " " for glyph in group)


def _span(words: str, css: Mapping[str, float], name: str = "") -> str:
    declared = ";".join(
        f"{key}:{points(value)}"
        for key, value in css.items()
        if abs(value) > _SMALLEST or key == "letter-spacing"
    )
    attributes = f' class="{name}"' if name else ""
    attributes += f' style="{declared}"' if declared else ""
    return f"<span{attributes}>{words}</span>" if attributes else words


def _cut_behind_spaces(group: Sequence[TextGlyph]) -> list[list[TextGlyph]]:
    """A run of characters cut behind each of its spaces."""
    words: list[list[TextGlyph]] = [[]]
    for glyph in group:
        words[-1].append(glyph)
        if glyph.text == " ":
            words.append([])
    return words
