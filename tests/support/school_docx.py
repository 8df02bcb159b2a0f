"""A school's own Word file, as a person would have made it: a logo in the header, a footer, some styles set."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

SCHOOL = "云岭市清溪区桐花小学"


def logo() -> bytes:
    """A small red square as PNG."""
    rows = b"".join(b"\x00" + b"\xff\x00\x00" * 16 for _ in range(16))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def school_file(*, styled: bool = False) -> bytes:
    """A letterhead with some old text in it. styled: its Normal and its first heading are set, too."""
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(30)
    section.top_margin = section.bottom_margin = Mm(30)
    header = section.header.paragraphs[0]
    header.add_run().add_picture(io.BytesIO(logo()), width=Mm(8))
    header.add_run(SCHOOL)
    section.footer.paragraphs[0].add_run("地址：清溪区桐花路1号")
    if styled:
        normal = file.styles["Normal"]
        normal.font.size = Pt(14)
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        normal.paragraph_format.line_spacing = Pt(26)
        normal.paragraph_format.first_line_indent = Pt(28)
        heading = file.styles["Heading 1"]
        heading.font.size = Pt(18)
        heading.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "华文中宋")
    file.add_heading("去年的标题", 1)
    file.add_paragraph("去年的文字").add_run().add_picture(io.BytesIO(logo()), width=Mm(20))
    file.add_paragraph("一条", style="List Number")
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def repacked(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """A package with some parts replaced, added or (None) left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts: dict[str, bytes | None] = {name: package.read(name) for name in package.namelist()}
    parts |= changes
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            if content is not None:
                package.writestr(name, content)
    return buffer.getvalue()


_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {name} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_BOX = (
    '<w:p {ns}><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="box" '
    'style="position:absolute;width:90pt;height:20pt"><v:textbox><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p>'
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)


def letterhead_file(*, box: bool = False) -> bytes:
    """A letterhead with all that is usual: a logo on the page, a rule, words at tab stops, page numbers in the footer,
    other headers on the first page and on even ones. box: a text box, too.
    """
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(28)
    section.top_margin = section.bottom_margin = Mm(32)
    section.header_distance, section.footer_distance = Mm(12), Mm(14)
    section.different_first_page_header_footer = True
    file.settings.odd_and_even_pages_header_footer = True
    odd = section.header.paragraphs[0]
    odd.style.font.size = Pt(9)
    odd.add_run(f"{SCHOOL}\t\t教导处")
    odd.paragraph_format.tab_stops.add_tab_stop(Mm(77), WD_TAB_ALIGNMENT.CENTER)
    odd.paragraph_format.tab_stops.add_tab_stop(Mm(154), WD_TAB_ALIGNMENT.RIGHT)
    rule = '<w:pBdr {ns}><w:bottom w:val="single" w:sz="8" w:space="3" w:color="C00000"/></w:pBdr>'
    odd._p.get_or_add_pPr().append(parse_xml(rule.format(ns=nsdecls("w"))))
    section.even_page_header.paragraphs[0].add_run("双页的页眉")
    first = section.first_page_header.paragraphs[0]
    first.add_run().add_picture(io.BytesIO(logo()), width=Mm(15))
    inline = first._p.find(f".//{qn('wp:inline')}")
    inline.getparent().replace(inline, _anchored(inline, Mm(20), Mm(8)))
    first.add_run("首页的页眉")
    first.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for footer in (section.footer, section.even_page_footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for words, field in (("第", "PAGE"), ("页　共", "NUMPAGES"), ("页", "")):
            line.add_run(words)
            if field:
                for run in parse_xml(f"<w:p {nsdecls('w')}>{_FIELD.format(name=field)}</w:p>"):
                    line._p.append(run)
    if box:
        section.header._element.append(parse_xml(_BOX.format(ns=nsdecls("w"))))
    file.add_paragraph("去年的文字")
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _anchored(inline: Any, x: int, y: int) -> Any:
    """A picture in the words as one that stands on the page. x, y: from the paper's corner, in EMU."""
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV></wp:anchor>'
    )
    parts = {part.tag: part for part in inline}
    anchor.append(parts[qn("wp:extent")])
    anchor.append(parse_xml(f"<wp:wrapNone {nsdecls('wp')}/>"))
    for name in ("wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"):
        anchor.append(parts[qn(name)])
    return anchor
