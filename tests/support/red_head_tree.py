"""The sample document as it goes out under a red head."""

from __future__ import annotations

from dataclasses import replace

from planforge.document.tree import Document, Imprint, Masthead, Text
from tests.support.sample_tree import SCHOOL, prose_document, sample_document, text

NUMBER = "桐小〔2026〕5号"
IMPRINT = Imprint(
    text("云岭市清溪区桐花小学办公室"),
    text("2026年9月1日"),
    text("清溪区教育局基础教育科，清溪区人民政府教育督导室，各年级组、各教研组、家长委员会"),
)


def downward() -> Document:
    """Issuer, number, the sample, imprint with copies of two lines."""
    whole = sample_document()
    head = Masthead((SCHOOL, Text("文件")), text(NUMBER))
    return replace(whole, blocks=(head, *whole.blocks, IMPRINT))


def upward(paragraphs: int = 7) -> Document:
    """With the signer's name; an imprint without copies; a page of prose that the imprint must keep clear of."""
    prose = prose_document(paragraphs)
    head = Masthead((SCHOOL,), text(NUMBER), text("方　晴"))
    return replace(prose, blocks=(head, *prose.blocks, replace(IMPRINT, copies=())))
