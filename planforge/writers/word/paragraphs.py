"""Paragraphs, runs and tables one below the other, with what keeps them together and apart.

`BlockWriter` writes the tree's blocks with it; so do the parts that have modules of their own.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from planforge.document.look import Look, StyleName
from planforge.document.tree import Blank, Break, Fact, Field, Inline, Inlines, Text
from planforge.writers.word import oxml
from planforge.writers.word.styles import BLANK, SPACES_A_CHARACTER, STRONG, TABLE_GAP, style_id
from planforge.writers.word.units import twips

if TYPE_CHECKING:
    from docx.oxml.document import CT_Body
    from docx.oxml.table import CT_Tbl, CT_Tc
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.text.run import CT_R


class WordParagraphWriter:
    """Writes into a document's body; holds what one paragraph leaves for the next to know."""

    def __init__(self, look: Look, body: CT_Body, width: int) -> None:
        """width: of the type area, in twips."""
        self.look = look
        self.width = width
        self._body = body
        self._paragraphs: list[CT_P] = []
        self._after = {style_id(name): twips(style.after) for name, style in look.styles.items()}
        self._line = {style_id(name): twips(style.pitch) for name, style in look.styles.items()}
        self._below_table = False
        self._last_table: CT_Tbl | None = None

    def paragraph(self, style: StyleName, content: Inlines = (), cell: CT_Tc | None = None) -> CT_P:
        """A paragraph in a style of the look, in the body or in a cell."""
        paragraph = self._styled(style_id(style), cell)
        if cell is None:
            self._clear_table(paragraph, style)
        self.inlines(paragraph, content)
        return paragraph

    def inlines(self, paragraph: CT_P, content: Inlines) -> list[CT_R]:
        """Inline content as runs; neighbouring words with the same emphasis share one. Returns those with words."""
        runs: list[CT_R] = []
        empty = True
        for (kind, strong), nodes in groupby(content, _run_kind):
            style = STRONG if strong else ""
            if kind is Text:
                runs.append(oxml.add_run(paragraph, "".join(_words(node) for node in nodes), style=style))
                empty = False
                continue
            for node in nodes:
                if empty and kind is Break:
                    oxml.add_run(
                        paragraph, "\u00a0"
                    )  # LibreOffice gives a line of nothing but its end another height
                empty = kind is Break
                match node:
                    case Blank(width=width):
                        spaces = max(1, round(width * SPACES_A_CHARACTER))
                        oxml.add_run(paragraph, "\u00a0" * spaces, style=BLANK)
                    case Break():
                        oxml.add_break(paragraph)
                    case _:
                        runs.append(oxml.add_run(paragraph, _words(node), style=style))
        return runs

    def place_table(self, table: CT_Tbl) -> None:
        """Put a table below what is written."""
        oxml.append_block(self._body, table)
        self._last_table, self._below_table = table, True

    def _styled(self, identity: str, cell: CT_Tc | None = None) -> CT_P:
        paragraph: CT_P = (self._body if cell is None else cell).add_p()
        oxml.set_style(paragraph, identity)
        self._paragraphs.append(paragraph)
        return paragraph

    def _before_table(self, space: int) -> None:
        """Part a table from what stands above; two tables that touch would run into one another."""
        if self._below_table:
            self._gap()
        elif self._paragraphs and space > self._after.get(self._paragraphs[-1].style or "Normal", 0):
            oxml.set_spacing(self._paragraphs[-1], after=space)

    def _clear_table(self, paragraph: CT_P, style: StyleName) -> None:
        """Part the first paragraph below a table from it; on a new page there is nothing to part."""
        after = self.look.tables.after
        if self._below_table and self.look.styles[style].before < after and style != "attachment_mark":
            oxml.set_spacing(paragraph, before=twips(after))
        self._below_table = False

    def _gap(self) -> None:
        self._below_table = False
        self._styled(TABLE_GAP)

    def _keep_last(self) -> None:
        """Keep what is written last on the page of what follows."""
        if self._last_table is not None and self._below_table:
            oxml.keep_row(self._last_table.tr_lst[-1])
        elif self._paragraphs:
            oxml.keep_with_next(self._paragraphs[-1])

    def _keep_together(self, start: int) -> None:
        """No page break anywhere between the paragraphs written since `start`."""
        for paragraph in self._paragraphs[start:]:
            oxml.keep_whole(paragraph)
        for paragraph in self._paragraphs[start:-1]:
            oxml.keep_with_next(paragraph)


def _run_kind(node: Inline) -> tuple[type, bool]:
    match node:
        case Text(strong=strong) | Fact(strong=strong):
            return Text, strong
        case Field(strong=strong):
            return Field, strong
        case _:
            return type(node), False


def _words(node: Inline) -> str:
    match node:
        case Text(text=words) | Fact(text=words):
            return words
        case Field(name=name):
            return f"「{name}」"
        case _:
            return ""
