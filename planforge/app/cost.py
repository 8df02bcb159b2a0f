"""What a set of documents costs those who must read, print and sign it.

A tool against burden must not multiply paper unseen: each build ends with these figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from planforge.document.tree import Attachment, Blank, Block, Document, Signatures, Slip, inlines_of, plain

if TYPE_CHECKING:
    from planforge.compose import Kind

Signer = Literal["parent", "pupil", "teacher"]

_SIGNED = re.compile(r"签名|签字")
_WHO: tuple[tuple[str, Signer], ...] = (("家长", "parent"), ("监护人", "parent"), ("学生签", "pupil"))


@dataclass(frozen=True, slots=True)
class Cost:
    """documents: how many; pages: of their PDFs, a copy of each, None where none was made.

    parents, teachers: signatures asked for on one copy of each; copied: names of the documents that go to many
    people, one copy each, so that their pages and signatures count once a person.
    """

    documents: int = 0
    pages: int | None = None
    parents: int = 0
    teachers: int = 0
    copied: tuple[str, ...] = ()


def cost_of(documents: Sequence[tuple[Kind, Document]], pdfs: Iterable[bytes]) -> Cost:
    """What these documents cost; pdfs: their PDFs, as far as they were made."""
    from planforge.writers.pdf.page_count import count

    pages = [count(data) for data in pdfs]
    signed = [who for _, document in documents for who in signers(document)]
    return Cost(
        documents=len(documents),
        pages=sum(pages) if pages else None,
        parents=signed.count("parent"),
        teachers=signed.count("teacher"),
        copied=tuple(document.title for kind, document in documents if kind.card.audience == "recipient"),
    )


def signers(document: Document) -> Iterator[Signer]:
    """Who must sign a copy of a document, once for each line that asks for it."""
    yield from _signers(document.blocks)


def _signers(blocks: Iterable[Block]) -> Iterator[Signer]:
    for block in blocks:
        match block:
            case Signatures():
                for party in block.parties:
                    name = plain(party.name)
                    for content in (party.name, *party.lines):
                        if _SIGNED.search(plain(content)):
                            yield _who(name + plain(content))
            case Slip() | Attachment():
                yield from _signers(block.blocks)
            case _:
                for content in inlines_of(block):
                    if any(isinstance(node, Blank) for node in content):
                        words, last = plain(content), 0
                        for match in _SIGNED.finditer(words):
                            yield _who(words[last : match.end()])
                            last = match.end()


def _who(words: str) -> Signer:
    return next((signer for word, signer in _WHO if word in words), "teacher")
