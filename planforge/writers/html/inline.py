"""Characters as HTML: neighbours of one kind in one span, spread lines with their letter spacing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby, pairwise

from planforge.document.look import Look, Style
from planforge.writers.fonts import Chosen, Fonts
from planforge.writers.html.css import family, points
from planforge.writers.html.lines import Line, stretches
from planforge.writers.html.runs import SPACES_A_CHARACTER, Glyph

_BASE = ("chinese", False, False)  # the portion of plain Chinese text
_SMALLEST = 0.05  # points of a whole line not worth spreading


class InlineWriter:
    """Writes the characters of one look; every font but a style's own becomes a class, collected in `classes`."""

    def __init__(self, look: Look, fonts: Fonts, show_sources: bool) -> None:
        self.fonts = fonts
        self.show_sources = show_sources
        self.strong = fonts.roles[look.strong]
        self.classes: dict[Chosen, str] = {}

    def rules(self) -> str:
        """CSS of the classes that were used."""
        return "\n".join(f".{name}{{{family(font)};line-height:0}}" for font, name in self.classes.items())

    def line(self, line: Line, style: Style, justify: bool) -> str:
        """One broken line; a line that its paragraph goes on after is spread to the full measure."""
        glyphs, extra = line.glyphs, 0.0
        if justify and not line.last and line.rest > _SMALLEST:
            gaps = sum(stretches(before, after) for before, after in pairwise(glyphs))
            extra = line.rest / gaps if gaps else 0.0
        parts = []
        groups = [list(group) for _, group in groupby(glyphs, key=lambda glyph: glyph.portion)]
        for number, group in enumerate(groups):
            following = groups[number + 1] if number + 1 < len(groups) else None
            parts.append(self._portion(group, number > 0, following, style, extra))
        spread = f' style="letter-spacing:{points(style.spacing + extra)}"' if extra else ""
        return f'<span class="l"{spread}>{"".join(parts)}</span>'

    def _portion(
        self, group: list[Glyph], follows: bool, following: list[Glyph] | None, style: Style, extra: float
    ) -> str:
        """Neighbours with letter spacing between them; none (but a spread line's share) where they meet others."""
        words = self.text(group, style)
        if group[0].portion == _BASE:
            return words
        css = []
        own = extra if group[0].kind == "chinese" else 0.0
        if group[0].mark.blank:
            css.append(f"letter-spacing:{points(style.spacing / SPACES_A_CHARACTER)}")
        elif extra and not own:
            css.append(f"letter-spacing:{points(style.spacing)}")
            wide = f'<span style="letter-spacing:{points(style.spacing + extra)}"> </span>'
            words = wide.join(self.text(part, style) for part in _words(group))
        if follows and style.spacing:
            css.append(f"margin-left:{points(-style.spacing)}")
        right = extra - own - (style.spacing if following and following[0].portion == _BASE else 0.0)
        if following and abs(right) > _SMALLEST / 10:
            css.append(f"margin-right:{points(right)}")
        return f'<span style="{";".join(css)}">{words}</span>' if css else words

    def text(self, glyphs: Sequence[Glyph], style: Style) -> str:
        """A run of characters."""
        own = self.fonts.roles[style.font]
        parts = []
        for (font, mark), group in groupby(glyphs, key=lambda glyph: (glyph.font, glyph.mark)):
            words = escape("".join(glyph.text for glyph in group), quote=False)
            classes = []
            if mark.strong and font == own:
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


def _words(group: Sequence[Glyph]) -> list[list[Glyph]]:
    """A run of characters cut at its spaces."""
    words: list[list[Glyph]] = [[]]
    for glyph in group:
        if glyph.text == " ":
            words.append([])
        else:
            words[-1].append(glyph)
    return words
