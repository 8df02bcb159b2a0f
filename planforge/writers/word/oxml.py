"""What python-docx has no words for, one small function a thing.

Each function makes or changes one piece of WordprocessingML; its test shows the piece.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

if TYPE_CHECKING:
    from docx.oxml.document import CT_Body
    from docx.oxml.numbering import CT_Numbering
    from docx.oxml.shape import CT_Inline
    from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.text.parfmt import CT_Ind, CT_PPr
    from docx.oxml.text.run import CT_R
    from docx.oxml.xmlchemy import BaseOxmlElement

_SPACES = re.compile("\r\n|[\t\n\r]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(words: str) -> str:
    """Words as a run can hold them: no control characters or lone surrogates, which XML does not know.

    Line feeds and tabs become spaces, as Word would show them; new lines are the tree's `Break`.
    """
    return _NOT_XML.sub("", _SPACES.sub(" ", words))


def add_run(paragraph: CT_P, words: str, *, style: str = "") -> CT_R:
    """A run of words, hinted so that Word takes the Chinese font for “ ” ‘ ’ … — and ·."""
    run: CT_R = paragraph.add_r()
    properties = run.get_or_add_rPr()
    if style:
        properties.style = style
    properties.get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    run.add_t(printable(words)).set(qn("xml:space"), "preserve")
    return run


def add_break(paragraph: CT_P) -> None:
    """A line break within a paragraph."""
    paragraph.add_r().add_br()


def add_hidden_space(paragraph: CT_P) -> None:
    """A space that is neither shown nor printed; the paragraph's own mark is not hidden, it may end a section."""
    run = add_run(paragraph, " ")
    run.get_or_add_rPr().append(parse_xml(f"<w:vanish {nsdecls('w')}/>"))


def add_tab(paragraph: CT_P) -> None:
    """A tab, to the next of the paragraph's tab stops."""
    paragraph.add_r().append(parse_xml(f"<w:tab {nsdecls('w')}/>"))


def set_tabs(paragraph: CT_P, left: int, right: int) -> None:
    """A stop at which text begins and one at which it ends, in twips from the left."""
    properties = paragraph.get_or_add_pPr()
    properties._insert_tabs(
        parse_xml(
            f'<w:tabs {nsdecls("w")}><w:tab w:val="left" w:pos="{left}"/><w:tab w:val="right" w:pos="{right}"/></w:tabs>'
        )
    )


def set_size(paragraph: CT_P, half_points: int) -> None:
    """A font size of this paragraph's own, other than its style's."""
    for run in paragraph.r_lst:
        properties = run.get_or_add_rPr()
        for name in ("w:sz", "w:szCs"):
            for element in properties.findall(qn(name)):
                properties.remove(element)
        properties.get_or_add_sz().set(qn("w:val"), str(half_points))


def set_style(paragraph: CT_P, style_id: str) -> None:
    """The paragraph's style; none is written for Normal, which is what a paragraph without one has."""
    if style_id != "Normal":
        paragraph.get_or_add_pPr().style = style_id


def set_number(paragraph: CT_P, num_id: int, level: int) -> None:
    """Let a list number the paragraph at a level (from 0)."""
    number = paragraph.get_or_add_pPr().get_or_add_numPr()
    number.get_or_add_ilvl().val = level
    number.get_or_add_numId().val = num_id


def set_alignment(paragraph: CT_P, justification: str) -> None:
    """Alignment other than the style's: left, center, right or both."""
    element = paragraph.get_or_add_pPr().get_or_add_jc()
    element.set(qn("w:val"), justification)


def set_spacing(
    paragraph: CT_P, *, before: int | None = None, after: int | None = None, line: int | None = None
) -> None:
    """Space above or below, or height of lines, other than the style's, in twips."""
    spacing = paragraph.get_or_add_pPr().get_or_add_spacing()
    for side, twips in (("before", before), ("after", after), ("line", line)):
        if twips is not None:
            spacing.set(qn(f"w:{side}"), str(twips))


def set_right_indent(paragraph: CT_P, characters: float, twips: int) -> None:
    """Right indent in characters (Word) and twips (LibreOffice)."""
    indent = _indent(paragraph)
    indent.set(qn("w:rightChars"), str(round(characters * 100)))
    indent.set(qn("w:right"), str(twips))


def set_hanging(paragraph: CT_P, left: int, hanging: int) -> None:
    """Hanging indent in twips; the zeros keep an indent in characters of the style from winning."""
    indent = _indent(paragraph)
    for name, value in (("leftChars", 0), ("left", left), ("hangingChars", 0), ("hanging", hanging)):
        indent.set(qn(f"w:{name}"), str(value))


def set_sides(paragraph: CT_P, characters: float, twips: int) -> None:
    """Left and right indent in characters (Word) and twips (LibreOffice)."""
    indent = _indent(paragraph)
    for side in ("left", "right"):
        indent.set(qn(f"w:{side}Chars"), str(round(characters * 100)))
        indent.set(qn(f"w:{side}"), str(twips))


def keep_with_next(paragraph: CT_P, keep: bool = True) -> None:
    """Never part the paragraph from the one below."""
    _switch(paragraph, "keepNext", keep)


def keep_row(row: CT_Row) -> None:
    """Never part a row from what stands below it: Word looks at each cell, LibreOffice at the first."""
    for paragraph in row.xpath(".//w:p"):
        keep_with_next(paragraph)


def feet(table: CT_Tbl) -> list[CT_P]:
    """The last paragraph of each cell in a table's last row."""
    return [paragraph for cell in table.tr_lst[-1].tc_lst for paragraph in cell.p_lst[-1:]]


def keep_whole(paragraph: CT_P) -> None:
    """Never break the paragraph between pages."""
    _switch(paragraph, "keepLines", True)


def add_list(numbering: CT_Numbering, abstract_id: int, levels: int) -> int:
    """A list of its own that counts from one on every level; returns its w:numId."""
    identity = max((int(num.get(qn("w:numId"), "0")) for num in numbering.num_lst), default=0) + 1
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
        for level in range(levels)
    )
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{identity}"><w:abstractNumId w:val="{abstract_id}"/>{overrides}</w:num>'
        )
    )
    return identity


def add_abstract_list(numbering: CT_Numbering, abstract_num: str) -> None:
    """Put a w:abstractNum, given as XML, before the lists, where the schema wants it."""
    element = parse_xml(abstract_num.replace("<w:abstractNum ", f"<w:abstractNum {nsdecls('w')} ", 1))
    numbering.num_lst[0].addprevious(element)


def float_at_foot(table: CT_Tbl, left: int, inner: int, outer: int) -> None:
    """Let a table stand at the foot of the type area, between rules; text keeps clear of it.

    left: from the paper's edge, in twips (LibreOffice does not float a full-width table that is placed from the
    margin); inner, outer: thickness of the rules in eighths of a point.
    """
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>'
        for side, size in (("top", outer), ("bottom", outer), ("insideH", inner))
    )
    properties = table.tblPr
    place = parse_xml(
        f'<w:tblpPr {nsdecls("w")} w:leftFromText="0" w:rightFromText="0" w:topFromText="0" w:bottomFromText="0"'
        f' w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="{left}" w:tblpYSpec="bottom"/>'
    )
    style = properties.find(qn("w:tblStyle"))
    properties.insert(0 if style is None else 1, place)
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{rules}</w:tblBorders>"))


def floats(table: CT_Tbl) -> bool:
    """Whether a table stands where it was put rather than below what precedes it."""
    return table.tblPr.find(qn("w:tblpPr")) is not None


def new_table(widths: list[int], style_id: str = "") -> CT_Tbl:
    """A table with real column widths in twips and fixed layout."""
    style = f'<w:tblStyle w:val="{style_id}"/>' if style_id else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table: CT_Tbl = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>{style}"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid></w:tbl>'
    )
    return table


def add_row(table: CT_Tbl, *, repeat: bool = False) -> CT_Row:
    """A row that no page break splits; repeat: shown again at the head of each page."""
    header = "<w:tblHeader/>" if repeat else ""
    row: CT_Row = parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{header}</w:trPr></w:tr>")
    table.append(row)
    return row


def add_cell(
    row: CT_Row, width: int, *, span: int = 1, merge: Literal["", "restart", "continue"] = ""
) -> CT_Tc:
    """A cell, still without the paragraph that every cell must have. width: in twips."""
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    down = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    cell: CT_Tc = parse_xml(
        f'<w:tc {nsdecls("w")}><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{down}</w:tcPr></w:tc>'
    )
    row.append(cell)
    return cell


def set_picture(paragraph: CT_P, inline: CT_Inline, *, before: int) -> None:
    """A picture as a paragraph's only content: its line is as high as the picture, off the grid of lines.

    An exact line height would cut the picture off. before: in twips.
    """
    properties = paragraph.get_or_add_pPr()
    for element in (
        f'<w:snapToGrid {nsdecls("w")} w:val="0"/>',
        f'<w:spacing {nsdecls("w")} w:before="{before}" w:after="0" w:line="240" w:lineRule="auto"/>',
    ):
        properties.append(parse_xml(element))
    properties.append(parse_xml(f'<w:rPr {nsdecls("w")}><w:sz w:val="2"/></w:rPr>'))
    run = paragraph.add_r()
    run.get_or_add_rPr().append(parse_xml(f'<w:sz {nsdecls("w")} w:val="2"/>'))
    run.add_drawing(inline)


def append_block(body: CT_Body, element: BaseOxmlElement) -> None:
    """Put a block at the end of the body, before the section's properties."""
    body.get_or_add_sectPr().addprevious(element)


def _indent(paragraph: CT_P) -> CT_Ind:
    properties: CT_PPr = paragraph.get_or_add_pPr()
    indent: CT_Ind = properties.get_or_add_ind()
    return indent


def _switch(paragraph: CT_P, name: Literal["keepNext", "keepLines"], on: bool) -> None:
    properties = paragraph.get_or_add_pPr()
    element = getattr(properties, f"get_or_add_{name}")()
    element.val = on
