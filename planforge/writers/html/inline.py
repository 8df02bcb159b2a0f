"""Characters as HTML: neighbours of one kind in one span, spread lines with their letter spacing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from planforge.document.look import Look, Style
from planforge.writers.fonts import Chosen, Fonts
from planforge.writers.html.css import family, points
from planforge.writers.html.lines import Line, stretches
from planforge.writers.html.runs import Glyph

_SMALLEST = 0.05  # points of a whole line not worth spreading


class InlineWriter:
    """Writes the characters of one look; every font but a style's own becomes a class, collected in `classes`."""

    def __init__(self, look: Look, fonts: Fonts, show_sources: bool) -> None:
        self.fonts = fonts
        self.show_sources = show_sources
        self.strong = fonts.roles["heiti"] if "heiti" in fonts.roles else None
        self.classes: dict[Chosen, str] = {}

    def rules(self) -> str:
        """CSS of the classes that were used."""
        return "\n".join(f".{name}{{{family(font)};line-height:0}}" for font, name in self.classes.items())

    def line(self, line: Line, style: Style, justify: bool) -> str:
        """One broken line; a line that its paragraph goes on after is spread to the full measure."""
        glyphs = line.glyphs
        if not justify or line.last or line.rest < _SMALLEST or len(glyphs) < 2:
            return f'<span class="l">{self.text(glyphs, style)}</span>'
        gaps = [stretches(before, after) for before, after in zip(glyphs, glyphs[1:], strict=False)]
        count = sum(gaps)
        if not count:
            return f'<span class="l">{self.text(glyphs, style)}</span>'
        extra = line.rest / count
        wide = points(style.spacing + extra)
        parts = []
        begin = 0
        for spread, group in groupby([*gaps, False]):
            size = len(list(group))
            text = self.text(glyphs[begin : begin + size], style)
            parts.append(f'<span style="letter-spacing:{wide}">{text}</span>' if spread else text)
            begin += size
        return f'<span class="l">{"".join(parts)}</span>'

    def text(self, glyphs: Sequence[Glyph], style: Style) -> str:
        """A run of characters."""
        own = self.fonts.roles[style.font]
        parts = []
        for (font, mark), group in groupby(glyphs, key=lambda glyph: (glyph.font, glyph.mark)):
            words = escape("".join(glyph.text for glyph in group), quote=False)
            classes = []
            if mark.strong and self.strong is not None and font == own:
                font = self.strong
            if font is not None and font != own:
                classes.append(self.classes.setdefault(font, f"f{len(self.classes)}"))
            if mark.blank:
                classes.append("b")
            attributes = f' class="{" ".join(classes)}"' if classes else ""
            if self.show_sources and mark.fact:
                attributes += f' data-fact="{escape(mark.fact)}"'
            if self.show_sources and mark.field:
                attributes += f' data-field="{escape(mark.field)}"'
            tag = "strong" if mark.strong else "span"
            parts.append(f"<{tag}{attributes}>{words}</{tag}>" if attributes or mark.strong else words)
        return "".join(parts)
