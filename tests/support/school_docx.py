"""A school's own Word file, as a person would have made it: a logo in the header, a footer, some styles set."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import docx
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
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
