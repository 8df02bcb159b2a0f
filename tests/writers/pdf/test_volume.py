"""Several documents bound into one PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf

from planforge.core.problems import Place
from planforge.core.resources import templates_root
from planforge.document.look import find_look
from planforge.document.tree import Document, Paragraph, Text, Title
from planforge.writers.pdf.volume import Part, bind


def bound(templates: Path, words: str = "一、二年级不布置书面作业。") -> bytes:
    """Two documents that were composed from templates in a folder, with a cover."""
    look = find_look("official", (templates_root(),))

    def document(name: str) -> Document:
        place = Place(str(templates / "work_plan" / "01.xml"), 3, 5)
        blocks = (Title((Text(name),)), Paragraph((Text(words),), place=place))
        return Document("work_plan", name, blocks)

    def front(starts: Sequence[int]) -> Sequence[Part]:
        listed = "、".join(map(str, starts))
        return [
            Part(Document("cover", "汇编", (Paragraph((Text(f"起始页：{listed}"),)),)), look, numbered=False)
        ]

    parts = [Part(document("工作方案"), look, "工作方案"), Part(document("分工表"), look, "分工表")]
    return bind(parts, front, look)


def test_the_same_documents_from_another_folder_give_the_same_bytes(tmp_path: Path) -> None:
    here = bound(tmp_path / "school")
    assert here == bound(tmp_path / "elsewhere" / "school")
    with pikepdf.open(io.BytesIO(here)) as pdf:
        assert len(pdf.pages) == 3


def test_other_words_give_another_identifier(tmp_path: Path) -> None:
    def identifier(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return bytes(pdf.trailer.ID[0])

    assert identifier(bound(tmp_path)) != identifier(bound(tmp_path, "三至六年级平均完成时间不超过60分钟。"))
