"""Which lists and counts go with a run's letters, and their files."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from planforge.batch.class_lists import ClassShare, class_list, school_count, sheets_for
from planforge.batch.planning import AccompanyingFile, Merge, digest, fonts_of, group_title, told
from planforge.batch.unit import Suffix
from planforge.core.problems import InputError
from planforge.core.version import __version__
from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.imposition.paper import Paper, slips_at
from planforge.letters.plain import Letter
from planforge.output import safe_name
from planforge.roster import Recipient
from planforge.roster.fields import title_of
from planforge.roster.print_order import grouped
from planforge.writers.formats import writer

ListChoice = Literal["auto", "sign", "none"]
"""auto: a class's list where slips are to come back, a count where there are several classes; sign: a list to sign
in in any case; none: nothing but letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccompanyingFiles:
    """The papers that a run's letters bring with them. pages: of a letter, None where unknown; look: of the papers."""

    letter: str
    lists: ListChoice
    documents: tuple[Document, ...]
    merge: Merge
    paper: Paper
    pages: int | None
    look: Look
    suffix: Suffix
    author: str = ""

    def files(self, people: Sequence[Recipient]) -> Iterator[AccompanyingFile]:
        """The files for these recipients, in the order of their classes."""
        fields = self.merge if isinstance(self.merge, tuple) else ("class",)
        slip = slips_at(self.documents)
        groups = [
            (group_title(values, fields, self.letter), [people[number] for number in members])
            for values, members in grouped(people, fields)
        ]
        if slip != "none" or self.lists == "sign":
            yield from self._lists(groups, slip=slip != "none")
        if len(groups) > 1:
            count = [
                ClassShare(
                    title,
                    len(members) if any(recipient.values.get("name") for recipient in members) else None,
                    len(members) * self.paper.copies,
                    sheets_for(self.paper, len(members), self.pages, slip),
                )
                for title, members in groups
            ]
            by = "、".join(map(title_of, fields))
            made = school_count(
                self.letter, count, paper=self.paper, pages=self.pages, grouped_by=by, author=self.author
            )
            yield file("全校汇总", made, self.look, self.suffix)

    def _lists(
        self, groups: Sequence[tuple[str, Sequence[Recipient]]], *, slip: bool
    ) -> Iterator[AccompanyingFile]:
        """A list for each class, all in the look in which the longest holds on its page."""
        longest = max((members for _, members in groups), key=len)
        look = _fitted(class_list(self.letter, groups[0][0], longest, slip=slip), self.look)
        write = _PdfLists(look).write if self.suffix == "pdf" else partial(_in_look, look, self.suffix)
        for title, members in groups:
            heading = title if len(groups) > 1 or any(recipient.class_ for recipient in members) else ""
            made = class_list(self.letter, heading, members, slip=slip, author=self.author)
            listed = file(f"{title} {'回执登记表' if slip else '签收表'}", made, look, self.suffix)
            yield replace(listed, write=partial(write, made))


class _PdfLists:
    """Writes many small PDF files of one look, with as few glyphs in each as there can be."""

    def __init__(self, look: Look) -> None:
        from planforge.letters_pdf.letter_writer import PdfLetterWriter
        from planforge.writers.fonts import choose

        self._press = PdfLetterWriter(look, choose(look))

    def write(self, document: Document) -> bytes:
        data = io.BytesIO()
        self._press.write([Letter(document, {}, document.title)], data)
        return data.getvalue()


def _in_look(look: Look, suffix: Suffix, document: Document) -> bytes:
    return writer(suffix)(document, look)


def file(title: str, document: Document, look: Look, suffix: Suffix) -> AccompanyingFile:
    """A document's file beside the letters, on one page where it can be."""
    fonts = fonts_of(look) if suffix == "pdf" else ""
    key = digest(f"{__version__}\0{suffix}\0{look.model_dump_json()}\0{fonts}\0{told(document)!r}")
    return AccompanyingFile(safe_name(title, f".{suffix}"), key, partial(_written, document, look, suffix))


def _written(document: Document, look: Look, suffix: Suffix) -> bytes:
    return writer(suffix)(document, _fitted(document, look))


def _fitted(document: Document, look: Look) -> Look:
    """A long list may take more pages, set as it is."""
    from planforge.writers.pdf.fitting import fitted_or_tightest

    try:
        return fitted_or_tightest(document, look)[0]
    except InputError:
        return look.model_copy(update={"fit": None})
