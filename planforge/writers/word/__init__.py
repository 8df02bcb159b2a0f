"""The tree as a Word file that people go on editing: real styles, native numbering, nothing to repair.

`write` needs python-docx and imports it when it is called; `digest` does without.
"""

from __future__ import annotations

from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.writers.word.fingerprint import Digest, digest, stored_digest

__all__ = ["Digest", "digest", "stored_digest", "write"]


def write(document: Document, look: Look) -> bytes:
    """The document as a .docx in the given look. The same document and look give the same bytes."""
    from planforge.writers.word.file import write_file

    return write_file(document, look)
