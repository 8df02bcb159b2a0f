"""The formats that files are written in: the one list of what they are called, who may ask for them, what writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from planforge.core.problems import InputError, Problem

if TYPE_CHECKING:
    from planforge.document.look import Look
    from planforge.document.tree import Document

Write = Callable[["Document", "Look"], bytes]
Use = Literal["documents", "letters", "master"]
"""documents: of the school and its staff; letters: one a recipient; master: a letter that is the same for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFormat:
    """A format. title: its Chinese name; uses: who may ask for it; load: imports what writes a document in it."""

    suffix: str
    title: str
    uses: frozenset[Use] = frozenset()
    load: Callable[[], Write] | None = None


def _word() -> Write:
    from planforge.writers import word

    return word.write


def _pdf() -> Write:
    from planforge.writers import pdf

    return pdf.write


def _html() -> Write:
    from planforge.writers import html
    from planforge.writers.fonts import choose

    return lambda document, look: html.write(document, look, choose(look)).encode()


def _plain_text() -> Write:
    from planforge.writers import plain_text

    return lambda document, look: plain_text.write(document, look).encode()


def _picture() -> Write:
    from planforge.writers import picture

    return picture.write


FORMATS = {
    listed.suffix: listed
    for listed in (
        OutputFormat(
            suffix="docx", title="Word", uses=frozenset({"documents", "letters", "master"}), load=_word
        ),
        OutputFormat(
            suffix="pdf", title="PDF", uses=frozenset({"documents", "letters", "master"}), load=_pdf
        ),
        OutputFormat(suffix="html", title="网页", uses=frozenset({"documents"}), load=_html),
        OutputFormat(suffix="png", title="长图", uses=frozenset({"master"}), load=_picture),
        OutputFormat(suffix="txt", title="纯文本", uses=frozenset({"documents", "master"}), load=_plain_text),
        OutputFormat(suffix="ics", title="日历"),
        OutputFormat(suffix="zip", title="压缩包"),
    )
}
"""By suffix, in the order in which they are told. Calendars and archives come with others and are never asked for."""


def suffixes(use: Use) -> tuple[str, ...]:
    """The formats that may be asked for."""
    return tuple(suffix for suffix, listed in FORMATS.items() if use in listed.uses)


def known(wanted: Iterable[str], use: Use) -> tuple[str, ...]:
    """The formats asked for, each once.

    Raises:
        InputError: with all that there are not, or not for this use.
    """
    asked = tuple(dict.fromkeys(wanted))
    offered = suffixes(use)
    if unknown := [suffix for suffix in asked if suffix not in offered]:
        found, expected = "、".join(unknown), "、".join(offered)
        raise InputError([Problem("没有这种格式", found=found, expected=expected, code="format-unknown")])
    return asked


def writer(suffix: str) -> Write:
    """What writes a document in a format, imported only now: Word and PDF bring heavy libraries with them.

    Raises:
        InputError: there is no such format.
    """
    listed = FORMATS.get(suffix)
    if listed is None or listed.load is None:
        expected = "、".join(name for name, other in FORMATS.items() if other.load is not None)
        raise InputError([Problem("没有这种格式", found=suffix, expected=expected, code="format-unknown")])
    return listed.load()
