"""Chinese signs that LibreOffice would set in the Latin face get runs that name the Chinese one.

Word goes by w:hint and needs none of this; see `planforge.document.scripts`.
"""

from __future__ import annotations

from copy import deepcopy
from itertools import groupby
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from planforge.document.look import STYLE_NAMES, Look
from planforge.document.scripts import Kind, kinds
from planforge.writers.word.styles import BLANK, CLOSING_NEXT, STRONG, style_id

if TYPE_CHECKING:
    from docx.oxml.document import CT_Body
    from docx.oxml.text.run import CT_R


def name_fonts_of_signs(body: CT_Body, look: Look) -> None:
    """Split such signs off into runs of their own, in every paragraph of the body."""
    fonts = {style_id(name): look.fonts[look.styles[name].font].word for name in STYLE_NAMES}
    fonts[CLOSING_NEXT] = fonts[style_id("closing")]
    strong = look.fonts[look.strong].word
    for paragraph in body.iter(qn("w:p")):
        font = fonts.get(paragraph.style or "Normal", fonts["Normal"])
        before: Kind = "latin"
        for run in list(paragraph.iter(qn("w:r"))):
            if run.find(qn("w:br")) is not None:
                before = "latin"
            words = "".join(text.text or "" for text in run.iter(qn("w:t")))
            if words and run.style != BLANK:
                scripts = kinds(words, before)
                before = "chinese" if scripts[-1] == "chinese" else "latin"
                if "sign" in scripts:
                    _split(run, words, scripts, strong if run.style == STRONG else font)


def _split(run: CT_R, words: str, scripts: list[Kind], font: str) -> None:
    start = 0
    for sign, group in groupby(kind == "sign" for kind in scripts):
        end = start + len(list(group))
        piece = deepcopy(run)
        piece.text = words[start:end]
        if sign:
            properties = piece.get_or_add_rPr()
            for attribute in ("w:ascii", "w:hAnsi"):
                properties.get_or_add_rFonts().set(qn(attribute), font)
        run.addprevious(piece)
        start = end
    run.getparent().remove(run)
