"""The fit ladder: what must hold on so many pages is set tighter, step by step, until it does.

The step is chosen once, by laying the document out, and every writer then gets the look that was chosen; the
Word file breaks its lines and pages at the same places, so it holds as well.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import Any

from planforge.core.problems import InputError, MissingPart, Problem
from planforge.document.look import POINTS_PER_MM, Fit, Look
from planforge.document.numbering import chinese
from planforge.document.tree import (
    Attachment,
    Block,
    Closing,
    Document,
    Field,
    Labelled,
    NumberedList,
    Paragraph,
    Slip,
    Text,
)
from planforge.writers.fonts import Fonts, choose
from planforge.writers.pdf import LaidOut, lay_out, layout

_END = "planforge-end"
_TALL_MM = 5000
_WORDS_END = '<div style="height:1pt"></div>'
"""The lowest last line, which Word must have below a table."""
_PX = 72 / 96  # points a CSS pixel


def fitted(
    document: Document, look: Look, fonts: Fonts | None = None, widest: Mapping[str, str] | None = None
) -> Look:
    """The look in which a document holds on the pages it must hold on.

    Args:
        document: What is to hold.
        look: The look with its ladder of steps.
        fonts: Those of the look; by default they are chosen among those installed.
        widest: For each recipient's field the longest value that any recipient has, so that one step serves all.

    Returns:
        The first step in which the document holds; the look itself where no number of pages is set.

    Raises:
        InputError: Where it holds in no step; its text says how many lines there are too many.
        MissingPart: Where documents cannot be laid out on this machine; `tightest` then is the safest choice.
    """
    return look if look.fit is None else held(filled(document, widest or {}), look, look.fit, fonts)[0]


def held(document: Document, look: Look, fit: Fit, fonts: Fonts | None = None) -> tuple[Look, LaidOut | None]:
    """As `fitted`, with the document as it was laid out in that look, where that is how it will be written."""
    fonts = choose(look) if fonts is None else fonts
    end = "" if _ends_in_text(document.blocks) else _WORDS_END
    for step in (look, *fit.steps):
        laid_out = None if end else lay_out(document, step, fonts)
        pages = layout(document, step, fonts, end=end).pages if laid_out is None else laid_out.pages.pages
        if len(pages) <= fit.pages:
            return step, laid_out
    last = tightest(look)
    number = chinese(fit.pages).replace("二", "两")
    style = last.styles["body"]
    spare = _lines_too_many(document, last, fonts, fit.pages)
    how = f"还多 {spare} 行" if spare else "附件要另起一页"
    raise InputError(
        [
            Problem(
                f"《{document.title}》排不进{number}页：收到最紧（字号 {style.size:g} 磅、行距 {style.pitch:g} 磅），{how}",
                fix=f"缩短约 {spare} 行文字，或改用不限页数的版式"
                if spare
                else "去掉附件，或改用不限页数的版式",
                code="does-not-fit",
            )
        ]
    )


def fitted_or_tightest(document: Document, look: Look) -> tuple[Look, LaidOut | None]:
    """As `held`; where documents cannot be laid out on this machine, the tightest step: it is likeliest to hold.

    Args:
        document: What is to hold.
        look: The look with its ladder of steps, or one without.

    Returns:
        The look to write the document in; and the document as it was laid out in that look, or None where it has to be
        laid out yet.

    Raises:
        InputError: Where the document holds in no step.
    """
    if look.fit is None:
        return look, None
    try:
        return held(document, look, look.fit)
    except MissingPart:
        return tightest(look), None


def tightest(look: Look) -> Look:
    """The last step of a look's ladder."""
    return look.fit.steps[-1] if look.fit is not None and look.fit.steps else look


def _ends_in_text(blocks: Sequence[Block]) -> bool:
    """Whether the last line is one of a paragraph's; below a table Word has a line more."""
    match blocks[-1:]:
        case [Paragraph() | NumberedList() | Labelled() | Closing()]:
            return True
        case [Slip(blocks=inner)] | [Attachment(blocks=inner)]:
            return _ends_in_text(inner)
    return False


def filled(document: Document, values: Mapping[str, str]) -> Document:
    """A document with values in the places of its fields.

    Args:
        document: A document with fields or without.
        values: By the name of a field; a field without a value stays open.

    Returns:
        The document itself where there are no values, a copy otherwise.
    """
    made = _filled(document, values) if values else document
    assert isinstance(made, Document)
    return made


def _filled(node: Any, values: Mapping[str, str]) -> Any:
    if isinstance(node, tuple):
        return tuple(_filled(child, values) for child in node)
    if isinstance(node, Field):
        return Text(values[node.name], node.strong) if node.name in values else node
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        fields = {field.name: getattr(node, field.name) for field in dataclasses.fields(node)}
        return type(node)(**{name: _filled(value, values) for name, value in fields.items()})
    return node


def _lines_too_many(document: Document, look: Look, fonts: Fonts, pages: int) -> int:
    """Lines of body text beyond the pages there are, measured on one endless page; 0 where a page break is why."""
    page = look.page
    tall = f"@page{{size:{page.width_mm}mm {_TALL_MM}mm}}"
    laid_out_pages = layout(document, look, fonts, tall, f'<div id="{_END}"></div>').pages
    if len(laid_out_pages) > pages:
        return 0
    end: float = laid_out_pages[-1].anchors[_END][1] * _PX - page.top_mm * POINTS_PER_MM
    room = page.lines * page.pitch * (pages - len(laid_out_pages) + 1)
    return max(1, math.ceil((end - room) / look.styles["body"].pitch - 0.01))
