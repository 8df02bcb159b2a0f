"""What goes into the archive at the end of a term: one PDF of all documents, and one zip of all files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from planforge.document.look import Look
from planforge.document.tree import Break, Cell, Document, Fact, Paragraph, Table, Text, Title

if TYPE_CHECKING:
    from planforge.facts.model import Facts
    from planforge.writers.pdf.volume import Part

NAME = "减负工作文件汇编"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold: its bytes hang on no clock."""
_DROP = 140
"""Points by which a cover's title stands lower than other titles: about a third down the page."""


def volume(facts: Facts, named: Sequence[tuple[str, Document, Look]], paging: Look) -> bytes:
    """One PDF: a cover, the contents with page numbers, then the documents as they are.

    named: each document with its file's name and its look. Raises MissingPart where no PDF can be written here.
    """
    from planforge.writers.pdf.volume import Part, bind

    parts = [Part(document, look, name) for name, document, look in named]

    def front(starts: Sequence[int]) -> list[Part]:
        return [_cover(facts, len(parts), paging), _contents([part.name for part in parts], starts, paging)]

    return bind(parts, front, paging)


def _cover(facts: Facts, count: int, look: Look) -> Part:
    from planforge.writers.pdf.volume import Part

    school, term = Fact("school.name", facts.school.name), Fact("term.title", facts.term.title)
    low = look.styles["title"].model_copy(update={"before": _DROP})
    words = Text(f"共 {count} 份文件")
    title = Title((school, Break(), term, Break(), Text(NAME)))
    document = Document(
        "cover",
        f"{facts.school.name}{facts.term.title}{NAME}",
        (title, Paragraph((words,), "centre")),
        author=facts.school.name,
    )
    return Part(document, look.model_copy(update={"styles": {**look.styles, "title": low}}), numbered=False)


def _contents(names: Sequence[str], starts: Sequence[int], look: Look) -> Part:
    from planforge.writers.pdf.volume import Part

    head = tuple(Cell((Text(word),)) for word in ("序号", "文件", "页码"))
    rows = tuple(
        (Cell((Text(str(n)),), "centre"), Cell((Text(name),)), Cell((Text(str(start)),), "centre"))
        for n, (name, start) in enumerate(zip(names, starts, strict=True), 1)
    )
    document = Document("contents", "目录", (Title((Text("目　录"),)), Table((2, 11, 2), (head,), rows)))
    return Part(document, look, "目录", contents=True)


def archive(files: Mapping[str, bytes]) -> bytes:
    """A zip of files by name; the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, files[name])
    return packed.getvalue()
