"""The tree as a Word file that people go on editing: real styles, native numbering, nothing to repair.

`write` needs python-docx and imports it when it is called; `digest` does without.
"""

from __future__ import annotations

from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.writers.word.base_file import BaseFile, read_base
from planforge.writers.word.base_page import on_its_page
from planforge.writers.word.base_places import filled_places, parts_outside, with_values
from planforge.writers.word.base_styles import styles_of, title_is_first_heading
from planforge.writers.word.edit_detection import Digest, digest, resaved, stored_digest
from planforge.writers.word.letterhead_reader import read_letterhead
from planforge.writers.word.school_body import school_body

__all__ = [
    "BaseFile",
    "Digest",
    "digest",
    "filled_places",
    "on_its_page",
    "parts_outside",
    "read_base",
    "read_letterhead",
    "resaved",
    "school_body",
    "stored_digest",
    "styles_of",
    "title_is_first_heading",
    "with_values",
    "write",
]


def write(document: Document, look: Look, base: BaseFile | None = None) -> bytes:
    """The document as a .docx in the given look. The same document, look and base give the same bytes.

    Args:
        document: the tree.
        look: how it is set.
        base: a school's own file (`read_base`), whose page, headers, footers and styles are kept.

    Raises:
        InputError: the base leads to what a document may not have.
    """
    from planforge.writers.word.file import write_file

    return write_file(document, look, base)
