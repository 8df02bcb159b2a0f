"""numbering.xml: the headings' multilevel list and the items' list, with the patterns of the look.

The headings are tied to levels 1 to 4 of their list. Level 0 prints nothing: the style of an attachment's mark
sits on it, so that Word itself counts headings anew in each attachment, also in those added by hand.
Two things differ from `planforge.document.numbering` and do not occur in sound documents: a heading below an
attachment counts on within it, and one that stands before any heading of the level above is counted as if
that had been there.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from planforge.document.look import Look, StyleName
from planforge.writers.word.styles import HEADING_LIST, ITEM_LIST, indent_xml, style_id

HEADINGS_ABSTRACT = 0
ITEMS_ABSTRACT = 1
FREE_ABSTRACTS_FROM = 2
"""From here on, lists with no styles tied to them: they number what stands outside the ordinary order."""


def numbering_xml(look: Look, tied: bool = True) -> str:
    """The numbering part with its abstract lists and the two lists that the styles name, where they are tied to them."""
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
            '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">',
            abstract_list(look, HEADINGS_ABSTRACT, headings=True, tied=tied),
            abstract_list(look, ITEMS_ABSTRACT, headings=False, tied=tied),
            f'<w:num w:numId="{HEADING_LIST}"><w:abstractNumId w:val="{HEADINGS_ABSTRACT}"/></w:num>',
            f'<w:num w:numId="{ITEM_LIST}"><w:abstractNumId w:val="{ITEMS_ABSTRACT}"/></w:num>',
            "</w:numbering>",
        )
    )


def abstract_list(look: Look, identity: int, *, headings: bool, tied: bool) -> str:
    """One w:abstractNum. tied: its levels belong to the paragraph styles."""
    levels: list[str] = []
    if headings:
        levels.append(_silent_level(tied=tied))
        names: tuple[StyleName, ...] = ("heading1", "heading2", "heading3", "heading4")
        patterns: tuple[str, ...] = look.numbering.headings
    else:
        names, patterns = ("item1", "item2"), look.numbering.items
    for name, pattern in zip(names, patterns, strict=True):
        levels.append(_level(look, len(levels), name, pattern, tied=tied))
    return (
        f'<w:abstractNum w:abstractNumId="{identity}"><w:nsid w:val="{0x504C4600 + identity:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="{0x464F5200 + identity:08X}"/>'
        f"{''.join(levels)}</w:abstractNum>"
    )


def _silent_level(*, tied: bool) -> str:
    style = f'<w:pStyle w:val="{style_id("attachment_mark")}"/>' if tied else ""
    return (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="none"/>{style}<w:suff w:val="nothing"/>'
        '<w:lvlText w:val=""/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
    )


def _level(look: Look, level: int, name: StyleName, pattern: str, *, tied: bool) -> str:
    style = f'<w:pStyle w:val="{style_id(name)}"/>' if tied else ""
    kind = "chineseCountingThousand" if "{chinese}" in pattern else "decimal"
    words = pattern.replace("{chinese}", f"%{level + 1}").replace("{arabic}", f"%{level + 1}")
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val={quoteattr(words)}/><w:lvlJc w:val="left"/>'
        f'<w:pPr>{indent_xml(look.styles[name])}</w:pPr><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:lvl>'
    )
