"""One Word file: base document, blocks, properties, digests, zip."""

from __future__ import annotations

import io

import docx
from docx.oxml.shape import CT_Inline

from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.writers.word.base_content import merged_into_base
from planforge.writers.word.base_file import BaseFile
from planforge.writers.word.base_page import on_its_page
from planforge.writers.word.blocks import WordBlockWriter
from planforge.writers.word.cjk_punctuation import name_fonts_of_signs
from planforge.writers.word.edit_detection import digest_of_parts
from planforge.writers.word.oxml import printable
from planforge.writers.word.package import (
    CUSTOM_PROPERTIES,
    base_package,
    custom_properties,
    read_parts,
    text_width,
    zip_parts,
)


def write_file(document: Document, look: Look, base: BaseFile | None = None) -> bytes:
    """See `planforge.writers.word.write`."""
    look = look if base is None else on_its_page(look, base)
    file = docx.Document(io.BytesIO(base_package(look, document.numbering == "native")))
    numbering = file.part.numbering_part.element

    def picture(png: bytes, width: int, height: int) -> CT_Inline:
        return file.part.new_pic_inline(io.BytesIO(png), width, height)

    writer = WordBlockWriter(document, look, file.element.body, numbering, text_width(look), picture)
    writer.write(document.blocks)
    writer.finish()
    name_fonts_of_signs(file.element.body, look)
    properties = file.core_properties
    properties.title = printable(document.title)[:255]
    properties.author = printable(document.author)[:255]
    properties.subject = printable(document.subject)[:255]
    buffer = io.BytesIO()
    file.save(buffer)
    parts = read_parts(buffer.getvalue())
    if base is not None:
        parts = merged_into_base(parts, base)
    made = digest_of_parts(parts)
    parts[CUSTOM_PROPERTIES] = custom_properties(made.text, made.structure).encode("utf-8")
    return zip_parts(parts)
