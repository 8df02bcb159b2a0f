"""The base document that every Word file starts from, and the zip pass that every one ends with.

The parts in `base/` are written by hand and small; what depends on the look is made here. There are no
stock styles: python-docx's own base would carry 790 KB of them. No text refers to the theme; it is there
because Word builds one where it is absent, and so that charts and shapes added by hand take the look's fonts.
"""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape, quoteattr

from planforge.document.look import Look
from planforge.writers.word.numbering import numbering_xml
from planforge.writers.word.styles import EVEN_FOOTER, ODD_FOOTER, styles_xml
from planforge.writers.word.units import twips, twips_from_mm

_BASE = Path(__file__).resolve().parent / "base"
_PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:noProof/></w:rPr><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_TIME = (1980, 1, 1, 0, 0, 0)
CUSTOM_PROPERTIES = "docProps/custom.xml"


def base_package(look: Look, numbered: bool = True) -> bytes:
    """A Word file without content, with the look's page, styles, lists and footers.

    numbered: Word counts headings and items.
    """
    parts = {
        "[Content_Types].xml": _base("content_types.xml"),
        "_rels/.rels": _base("_rels/package.rels.xml"),
        "word/document.xml": _fill("word/document.xml", **_page(look)),
        "word/_rels/document.xml.rels": _base("word/_rels/document.rels.xml"),
        "word/styles.xml": styles_xml(look, numbered),
        "word/settings.xml": _settings(look),
        "word/fontTable.xml": _font_table(look),
        "word/numbering.xml": numbering_xml(look, numbered),
        "word/theme/theme1.xml": _theme(look),
        "word/footer1.xml": _footer(look, ODD_FOOTER),
        "word/footer2.xml": _footer(look, EVEN_FOOTER),
        "docProps/core.xml": _base("docProps/core.xml"),
        "docProps/app.xml": _base("docProps/app.xml"),
        CUSTOM_PROPERTIES: custom_properties("", ""),
    }
    return zip_parts({name: text.encode("utf-8") for name, text in parts.items()})


def custom_properties(text: str, structure: str) -> str:
    """docProps/custom.xml, which carries the two digests."""
    return _fill("docProps/custom.xml", text=escape(text), structure=escape(structure))


def read_parts(data: bytes) -> dict[str, bytes]:
    """All parts of a package by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zip_parts(parts: dict[str, bytes]) -> bytes:
    """A package whose bytes depend on its parts alone: fixed order, times, rights and compression."""
    first = [name for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml") if name in parts]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in (*first, *sorted(set(parts) - set(first))):
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            package.writestr(info, parts[name])
    return buffer.getvalue()


@lru_cache(maxsize=32)
def _base(name: str) -> str:
    return (_BASE / name).read_text(encoding="utf-8")


def _fill(name: str, **values: object) -> str:
    return Template(_base(name)).substitute({key: str(value) for key, value in values.items()})


def _page(look: Look) -> dict[str, int]:
    """Page size, margins and grid in twips; the page number hangs `below_mm` under the type area."""
    page, number = look.page, look.page_number
    below = twips_from_mm(number.below_mm) + twips(look.styles["page_number"].pitch)
    return {
        "width": twips_from_mm(page.width_mm),
        "height": twips_from_mm(page.height_mm),
        "top": twips_from_mm(page.top_mm),
        "right": twips_from_mm(page.right_mm),
        "bottom": twips_from_mm(page.bottom_mm),
        "left": twips_from_mm(page.left_mm),
        "footer": twips_from_mm(page.bottom_mm) - below,
        "pitch": twips(page.pitch),
    }


def text_width(look: Look) -> int:
    """Width of the type area in twips, as Word reckons it from the written page and margins."""
    page = _page(look)
    return page["width"] - page["left"] - page["right"]


def _settings(look: Look) -> str:
    breaking = look.line_breaking
    return _fill(
        "word/settings.xml",
        even_and_odd="<w:evenAndOddHeaders/>" if look.page_number.sides == "outer" else "",
        not_first=_attribute(breaking.not_first),
        not_last=_attribute(breaking.not_last),
    )


def _attribute(words: str) -> str:
    return quoteattr(words, {'"': "&quot;"})[1:-1]


def _footer(look: Look, style: str) -> str:
    before, field, after = look.page_number.pattern.partition("{page}")
    number = f"{_footer_run(before)}{_PAGE if field else ''}{_footer_run(after)}"
    return _fill("word/footer.xml", style=style, number=number)


def _footer_run(words: str) -> str:
    if not words:
        return ""
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    return f'<w:r>{hint}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def _theme(look: Look) -> str:
    chinese, latin = look.fonts[look.styles["body"].font].word, look.fonts[look.latin].word
    return _fill("word/theme.xml", chinese=_attribute(chinese), latin=_attribute(latin))


def _font_table(look: Look) -> str:
    fonts = {font.word: font.substitute for font in look.fonts.values()}
    entries = []
    for name in sorted(fonts):
        substitute = f"<w:altName w:val={quoteattr(fonts[name])}/>" if fonts[name] else ""
        latin = name == look.fonts[look.latin].word
        charset, family = ("00", "roman") if latin else ("86", "auto")
        entries.append(
            f'<w:font w:name={quoteattr(name)}>{substitute}<w:charset w:val="{charset}"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">\n'
        + "\n".join(entries)
        + "\n</w:fonts>"
    )
