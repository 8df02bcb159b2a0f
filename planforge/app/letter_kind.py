"""A kind chosen for letters, with the school's facts: what batches and masters have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planforge.app.base_documents import base_of, not_carried
from planforge.app.document_choice import asked
from planforge.app.letterhead_places import fill_letterhead, letterhead_paper
from planforge.app.opened_profile import OpenedProfile
from planforge.core.problems import InputError, Problem
from planforge.document.look import find_look
from planforge.document.tree import Document

if TYPE_CHECKING:
    from planforge.compose import Choices, Kind, Shape
    from planforge.facts import Facts
    from planforge.readers import OldPaper
    from planforge.writers.word import BaseFile

SLIPS, MASTER = "回执", "母版"
"""What stands behind a letter's name in the names of the folders with its slips and its master."""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind as a form asks for it."""

    opened: OpenedProfile
    kind: Kind
    choices: Choices

    @property
    def facts(self) -> Facts:
        """The school's facts, on the letter's own day where it has one."""
        return self.opened.facts if self.choices.dated is None else self.opened.facts_of(self.choices.dated)

    def shape(self, options: Mapping[str, str] | None = None) -> Shape:
        """The shape asked for. options: values for those that the profile leaves open."""
        from planforge.compose import choose

        more = {name: value for name, value in (options or {}).items() if not self.given(name)}
        wanted = {**(self.choices.options or {}), **more}
        return choose(self.kind, replace(self.choices, options=wanted))

    def given(self, option: str) -> bool:
        """Whether the profile itself sets an option."""
        titles = {candidate.title for candidate in self.kind.card.options if candidate.id == option}
        return bool({option, *titles} & set(self.choices.options or {}))

    def document(self, shape: Shape, recipient: Mapping[str, str] | None = None) -> Document:
        """The letter in a shape. recipient: the values that its text varies by."""
        from planforge.compose import compose

        return compose(self.kind, self.facts, shape, recipient=recipient or {}).document

    def base(self, shape: Shape) -> BaseFile | None:
        """The school's own Word file of the letter."""
        opened = self.opened
        return base_of(
            shape, find_look(shape.look, opened.search), opened.base, opened.reading, opened.search
        )

    def filled_base(
        self,
        shape: Shape,
        document: Document,
        *,
        staff: bool = False,
        blank: bool = False,
        formats: Sequence[str] = ("pdf",),
    ) -> tuple[BaseFile | None, list[OldPaper], list[Problem]]:
        """The same with what its headers and footers leave open, their words to be checked, and what is to be told.

        Args:
            shape: the letter's.
            document: one of the letters.
            staff: they go to teachers.
            blank: nobody gets one: places for recipients stay blanks to write in.
            formats: what is made.
        """
        from planforge.writers.word import with_values

        base = self.base(shape)
        if base is None:
            return None, [], []
        filled = fill_letterhead(base, self.facts, document, recipients=True, staff=staff)
        paper = letterhead_paper(filled.base)
        look = find_look(shape.look, self.opened.search)
        told = [*not_carried([(base, look)], pdf="pdf" in formats), *filled.told()]
        return with_values(filled.base, {}) if blank else filled.base, [paper], told


def letter_kind(opened: OpenedProfile, word: str, *, recipients: bool = True) -> LetterKind:
    """The kind of a name, in the shape that the form lists it in.

    Args:
        opened: the form.
        word: a kind's id or name, or the name of a document of the form's list.
        recipients: it must be a kind for recipients.

    Raises:
        InputError: there is no such kind, or the form cannot be used.
    """
    from planforge.compose import find_kinds

    kinds = find_kinds(opened.search)
    _ = opened.facts  # what is wrong with the form is told first
    problems: list[Problem] = []
    matches = asked(kinds, opened.reading, [word], problems)
    if problems:
        raise InputError(problems)
    kind, choices = matches[0]
    if recipients and kind.card.audience != "recipient":
        fix = "用 planforge build 生成，人人一样的加 --master；一人一份的种类见 planforge templates"
        raise InputError([Problem(f"{kind.card.name}不是一人一份的文件", fix=fix, code="not-for-recipients")])
    return LetterKind(opened, kind, choices)
