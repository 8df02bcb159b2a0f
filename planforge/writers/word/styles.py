"""styles.xml, made from the look: everything that a paragraph looks like stands here, nothing on runs."""

from __future__ import annotations

from typing import Literal
from xml.sax.saxutils import quoteattr

from planforge.document.look import Look, Style, StyleName
from planforge.writers.word.units import eighths, half_points, indent_twips, twips

# The look's style: Word's style id and, for a built-in style, its invariant name (Word translates it).
_BUILT_IN: dict[StyleName, tuple[str, str]] = {
    "body": ("Normal", "Normal"),
    "title": ("Title", "Title"),
    "heading1": ("Heading1", "heading 1"),
    "heading2": ("Heading2", "heading 2"),
    "heading3": ("Heading3", "heading 3"),
    "heading4": ("Heading4", "heading 4"),
    "salutation": ("Salutation", "Salutation"),
    "signature": ("Signature", "Signature"),
    "caption": ("Caption", "caption"),
    "page_number": ("Footer", "footer"),
}

STRONG = "Strong"
SIGNER = "Signer"
BLANK = "Blank"
SPACES_A_CHARACTER = 4
"""No-break spaces of the Latin face, a quarter em each, that make up one character of a blank."""
TABLE = "RuledTable"
PLAIN_TABLE = "PlainTable"
CLOSING_NEXT = "ClosingNext"
ODD_FOOTER = "FooterOdd"
EVEN_FOOTER = "FooterEven"
TABLE_GAP = "TableGap"

_JUSTIFICATION = {"justify": "both", "left": "left", "centre": "center", "right": "right"}

HEADING_LIST = 1
"""w:numId of the multilevel list of the headings; level 0 is the silent one that restarts them."""
ITEM_LIST = 2
"""w:numId of the list that the item styles belong to."""
NO_OVERHANG = (
    '<mc:AlternateContent><mc:Choice Requires="w15"><w:overflowPunct w:val="0"/></mc:Choice>'
    "<mc:Fallback><w:overflowPunct/></mc:Fallback></mc:AlternateContent>"
)
"""Punctuation stays within the margin. LibreOffice 7.4 reads the property the wrong way round, and then loses the
sign that hangs out of a line of exact height; it takes the fallback, Word 2013 and later the choice."""
RESTARTERS: tuple[StyleName, ...] = ("attachment_mark",)
"""Styles on the headings' silent level: headings count anew below them."""


def style_id(name: StyleName) -> str:
    """Word's id of a style of the look."""
    if name in _BUILT_IN:
        return _BUILT_IN[name][0]
    return "".join(part.capitalize() for part in name.split("_"))


def is_used(look: Look, name: StyleName) -> bool:
    """Whether a Word file in this look has the style: those of a red head only where there is one."""
    return look.red_head is not None or name not in ("masthead", "document_number", "imprint")


def justification(align: Literal["justify", "left", "centre", "right"]) -> str:
    """Word's word for an alignment (w:jc)."""
    return _JUSTIFICATION[align]


def styles_xml(look: Look, numbered: bool = True) -> str:
    """The whole styles part. numbered: headings and items are tied to their lists; otherwise numbers are written out."""
    body = look.styles["body"]
    parts = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w15">',
        f"<w:docDefaults><w:rPrDefault>{_run_properties(look, body, default=True)}</w:rPrDefault>"
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>",
        _paragraph_style(look, "body", numbered),
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
        "<w:unhideWhenUsed/></w:style>",
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
        *(
            _paragraph_style(look, name, numbered)
            for name in look.styles
            if name != "body" and is_used(look, name)
        ),
        *_derived_styles(look),
        _table_style(look),
        "</w:styles>",
    ]
    return "\n".join(parts)


def _paragraph_style(look: Look, name: StyleName, numbered: bool) -> str:
    style = look.styles[name]
    identity = style_id(name)
    built_in = name in _BUILT_IN
    if name == "body":
        opening = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        following = ""
    else:
        shown = _BUILT_IN[name][1] if built_in else style.title
        custom = "" if built_in else ' w:customStyle="1"'
        opening = (
            f'<w:style w:type="paragraph"{custom} w:styleId="{identity}"><w:name w:val={quoteattr(shown)}/>'
            '<w:basedOn w:val="Normal"/>'
        )
        following = f'<w:next w:val="{_next(name)}"/>'
    rank = list(look.styles).index(name) + 1  # Word's gallery shows the styles in this order
    listed = f'<w:uiPriority w:val="{rank}"/><w:qFormat/>'
    return f"{opening}{following}{listed}{_paragraph_properties(look, name, numbered)}{_run_properties(look, style)}</w:style>"


def _next(name: StyleName) -> str:
    if name.startswith("heading") or name in ("title", "attachment_title", "salutation", "slip_title"):
        return "Normal"
    if name == "attachment_mark":
        return style_id("attachment_title")
    if name == "closing":
        return CLOSING_NEXT
    return style_id(name)


def _paragraph_properties(look: Look, name: StyleName, numbered: bool) -> str:
    """w:pPr of a style, its children in the schema's order.

    Word does not snap lines of an exact pitch to the grid; LibreOffice would (a line of 22 pt then takes two
    of the grid's, one of 18 pt in a table takes one), so snapping is off. The grid stays for what people add.
    """
    style = look.styles[name]
    heading = int(name[-1]) if name.startswith("heading") else 0
    item = int(name[-1]) if name.startswith("item") else 0
    numbering = ""
    if not numbered:
        pass
    elif heading:
        numbering = _numbering(HEADING_LIST, heading)
    elif name in RESTARTERS:
        numbering = _numbering(HEADING_LIST, 0)
    elif item:
        numbering = _numbering(ITEM_LIST, item - 1)
    border = ""
    if name == "slip_title":
        border = '<w:pBdr><w:top w:val="dashed" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    elif name == "document_number" and look.red_head is not None:
        red = look.red_head
        border = (
            f'<w:pBdr><w:bottom w:val="single" w:sz="{eighths(red.rule)}" w:space="{round(red.gap)}"'
            f' w:color="{red.colour or "auto"}"/></w:pBdr>'
        )
    outline = f'<w:outlineLvl w:val="{heading - 1}"/>' if heading else ""
    return (
        "<w:pPr>"
        + ("<w:keepNext/>" if style.keep_next else "")
        + ("<w:keepLines/>" if style.keep_lines else "")
        + ("<w:pageBreakBefore/>" if name == "attachment_mark" else "")
        + "<w:widowControl/>"
        + numbering
        + border
        + f"<w:kinsoku/>{NO_OVERHANG}"
        + ("" if look.line_breaking.script_gap else '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>')
        + '<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
        + f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}"'
        + f' w:line="{twips(style.pitch)}" w:lineRule="exact"/>'
        + indent_xml(style)
        + f'<w:jc w:val="{justification(style.align)}"/>'
        + outline
        + "</w:pPr>"
    )


def indent_xml(style: Style) -> str:
    """w:ind of a style, in characters (for Word) and in twips (LibreOffice knows only these)."""
    pairs = [("left", style.left + style.hang), ("right", style.right)]
    pairs.append(("hanging", style.hang) if style.hang else ("firstLine", style.first))
    attributes = "".join(
        f' w:{side}Chars="{round(chars * 100)}" w:{side}="{indent_twips(chars, style)}"'
        for side, chars in pairs
    )
    return f"<w:ind{attributes}/>"


def _numbering(num_id: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'


def _run_properties(look: Look, style: Style, *, default: bool = False) -> str:
    """w:rPr of a style. The page number is set in one font, digits too (GB/T 9704-2012 7.5)."""
    chinese = look.fonts[style.font].word
    latin = chinese if style is look.styles["page_number"] else look.fonts[look.latin].word
    size = half_points(style.size)
    bold = "" if default else ("<w:b/><w:bCs/>" if style.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>')
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour and not default else ""
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>' if default else ""
    return (
        f"<w:rPr><w:rFonts w:ascii={quoteattr(latin)} w:hAnsi={quoteattr(latin)}"
        f" w:eastAsia={quoteattr(chinese)} w:cs={quoteattr(latin)}/>{bold}{colour}"
        f'<w:spacing w:val="{0 if default else twips(style.spacing)}"/><w:kern w:val="0"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{language}</w:rPr>'
    )


def _derived_styles(look: Look) -> list[str]:
    strong = quoteattr(look.fonts[look.strong].word)
    latin = quoteattr(look.fonts[look.latin].word)
    signer = look.fonts[look.red_head.signer].word if look.red_head is not None else ""
    return [
        *(
            [
                f'<w:style w:type="character" w:customStyle="1" w:styleId="{SIGNER}"><w:name w:val="签发人"/>'
                f"<w:qFormat/><w:rPr><w:rFonts w:eastAsia={quoteattr(signer)}/></w:rPr></w:style>"
            ]
            if signer
            else []
        ),
        f'<w:style w:type="character" w:styleId="{STRONG}"><w:name w:val="Strong"/><w:qFormat/>'
        f"<w:rPr><w:rFonts w:eastAsia={strong}/></w:rPr></w:style>",
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{BLANK}"><w:name w:val="手填空"/><w:qFormat/>'
        f"<w:rPr><w:rFonts w:ascii={latin} w:hAnsi={latin} w:eastAsia={latin} w:cs={latin}/>"
        f'<w:spacing w:val="{twips(look.styles["body"].spacing / SPACES_A_CHARACTER)}"/>'
        '<w:u w:val="single"/></w:rPr></w:style>',
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{CLOSING_NEXT}"><w:name w:val="落款续行"/>'
        f'<w:basedOn w:val="{style_id("closing")}"/><w:qFormat/>'
        '<w:pPr><w:spacing w:before="0"/></w:pPr></w:style>',
        _footer_style(look, ODD_FOOTER, "单页页码", "right"),
        _footer_style(look, EVEN_FOOTER, "双页页码", "left"),
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{TABLE_GAP}"><w:name w:val="表间"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="0" w:after="0"'
        f' w:line="{twips(look.tables.before + look.tables.after)}" w:lineRule="exact"/></w:pPr></w:style>',
    ]


def _footer_style(look: Look, identity: str, title: str, side: Literal["left", "right"]) -> str:
    """Where the page number stands: an indent from its side, or in the middle of every page."""
    number, style = look.page_number, look.styles["page_number"]
    centred = number.sides == "centre"
    indents = ""
    for each in ("left", "right"):
        characters = number.indent if each == side and not centred else 0.0
        indents += f' w:{each}Chars="{round(characters * 100)}" w:{each}="{indent_twips(characters, style)}"'
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identity}"><w:name w:val="{title}"/>'
        f'<w:basedOn w:val="Footer"/><w:pPr><w:ind{indents}/>'
        f'<w:jc w:val="{"center" if centred else side}"/></w:pPr></w:style>'
    )


def _table_style(look: Look) -> str:
    tables = look.tables
    rule = f'w:val="single" w:sz="{eighths(tables.rule)}" w:space="0" w:color="auto"'
    borders = "".join(
        f"<w:{side} {rule}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    across, down = twips(tables.padding_x), twips(tables.padding_y)
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", down), ("left", across), ("bottom", down), ("right", across))
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="公文表格"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{PLAIN_TABLE}"><w:name w:val="无线表格"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
