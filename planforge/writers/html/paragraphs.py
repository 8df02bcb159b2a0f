"""One paragraph as HTML: its lines, broken as Word breaks them, or its text where lines are the reader's affair.

`BlockWriter` writes the tree's blocks with it; so do the parts that have modules of their own.
"""

from __future__ import annotations

from collections.abc import Mapping

from planforge.document.look import Look, Style, StyleName
from planforge.document.tree import Align, Inlines
from planforge.writers.fonts import Fonts
from planforge.writers.html.css import points
from planforge.writers.html.inline import InlineWriter
from planforge.writers.html.lines import TextLine, break_lines
from planforge.writers.html.runs import NO_BREAK_SPACE, Setter, TextGlyph, is_simple, text_of


class HtmlParagraphWriter:
    """Writes paragraphs of one look. own_lines: break their lines here rather than leave it to the reader."""

    def __init__(self, look: Look, fonts: Fonts, own_lines: bool) -> None:
        self.look = look
        self.fonts = fonts
        self.own_lines = own_lines
        self.inline = InlineWriter(look, fonts, show_sources=not own_lines)
        self.setters = {name: Setter(style, fonts) for name, style in look.styles.items()}

    def paragraph(
        self,
        name: StyleName,
        content: Inlines,
        label: str = "",
        *,
        tag: str = "p",
        attributes: str = "",
        width: float | None = None,
        right: float = 0.0,
        hang: float = 0.0,
        css: Mapping[str, float] | None = None,
    ) -> str:
        """One paragraph.

        width: of the room it stands in; right, hang: added to its style's; css: further lengths; all in points.
        """
        style = self.look.styles[name]
        lengths = dict(css or {})
        if hang:
            lengths["margin-left"] = (style.left + style.hang) * style.size + hang
            lengths["text-indent"] = (style.first - style.hang) * style.size - hang
        if right:
            lengths["margin-right"] = style.right * style.size + right
        inner = self.content(name, content, label, width, right, hang)
        own = ";".join(f"{key}:{points(value)}" for key, value in lengths.items())
        own = f' style="{own}"' if own else ""
        return f'<{tag} class="{name}"{attributes}{own}>{inner}</{tag}>'

    def content(
        self,
        name: StyleName,
        content: Inlines,
        label: str = "",
        width: float | None = None,
        right: float = 0.0,
        hang: float = 0.0,
        align: Align | None = None,
    ) -> str:
        """What stands in a paragraph: its lines, or its text where lines are the reader's affair."""
        style, setter = self.look.styles[name], self.setters[name]
        pieces = setter.paragraphs(content, label)
        if not self.own_lines or not all(is_simple(text_of(piece)) for piece in pieces):
            return "<br>".join(self._flowing(piece, style) for piece in pieces)
        size = style.size
        measure = self.look.page.text_width if width is None else width
        measure -= (style.left + style.hang + style.right) * size + right + hang
        first = (style.first - style.hang) * size - hang
        lines: list[TextLine] = []
        for number, piece in enumerate(pieces):
            lines += break_lines(
                piece or setter.glyphs(NO_BREAK_SPACE),  # an empty line is as high as any
                measure,
                style.spacing,
                self.look.line_breaking,
                0.0 if number else first,
                gap=self.look.line_breaking.script_gap * size,
            )
        return self.inline.lines(lines, style, (align or style.align) == "justify")

    def _flowing(self, piece: list[TextGlyph], style: Style) -> str:
        text = self.inline.text(piece, style)
        return f'<span style="white-space:normal">{text}</span>' if self.own_lines else text
