"""The tree as one self-contained HTML page: for the preview, and as what the PDF is made from."""

from __future__ import annotations

from html import escape

from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.writers.fonts import Fonts
from planforge.writers.html.blocks import HtmlBlockWriter
from planforge.writers.html.css import stylesheet


def write(document: Document, look: Look, fonts: Fonts, own_lines: bool = False) -> str:
    """A document as HTML.

    own_lines: lines are broken and spread here, as Word does, for a page that only stacks them (the PDF);
    otherwise the reader's browser breaks them, and every fact carries its path in `data-fact`.
    """
    style = f"<style>\n{stylesheet(look, fonts, own_lines)}\n</style>"
    return page(document, body_of(document, look, fonts, own_lines), style)


def body_of(document: Document, look: Look, fonts: Fonts, own_lines: bool) -> str:
    """The blocks of a document."""
    return HtmlBlockWriter(document, look, fonts, own_lines).blocks(document.blocks)


def page(document: Document, body: str, head: str) -> str:
    """A whole HTML page around its body."""
    author = f'<meta name="author" content="{escape(document.author)}">' if document.author else ""
    about = f'<meta name="description" content="{escape(document.subject)}">' if document.subject else ""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(document.title)}</title>{author}{about}\n{head}</head>\n<body>\n{body}\n</body></html>\n"
    )
