"""A kind chosen for letters, with the school's facts: what batches and masters have in common."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.app.base_documents import base_of
from planforge.app.build import held_against_rules, read_facts, template_search
from planforge.app.document_choice import asked
from planforge.core.problems import InputError, Problem
from planforge.document.look import find_look
from planforge.document.tree import Document

if TYPE_CHECKING:
    from planforge.check import Finding
    from planforge.compose import Choices, Kind, Shape
    from planforge.facts.model import Facts
    from planforge.profile import Reading
    from planforge.writers.word import Base

SLIPS, MASTER = "回执", "母版"
"""What stands behind a letter's name in the names of the folders with its slips and its master."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A kind as a profile asks for it. search: the folders of templates."""

    profile: Path
    kind: Kind
    choices: Choices
    facts: Facts
    reading: Reading
    search: tuple[Path, ...]

    def shape(self, options: Mapping[str, str] | None = None) -> Shape:
        """The shape asked for. options: values for those that the profile leaves open."""
        from planforge.compose import choose

        more = {name: value for name, value in (options or {}).items() if not self.given(name)}
        wanted = {**(self.choices.options or {}), **more}
        return choose(self.kind, replace(self.choices, options=wanted))

    def given(self, option: str) -> bool:
        """Whether the profile itself sets an option."""
        titles = {one.title for one in self.kind.card.options if one.id == option}
        return bool({option, *titles} & set(self.choices.options or {}))

    def document(self, shape: Shape, recipient: Mapping[str, str] | None = None) -> Document:
        """The letter in a shape. recipient: the values that its text varies by."""
        from planforge.compose import compose

        return compose(self.kind, self.facts, shape, recipient=recipient or {}).document

    def checked(
        self, name: str, documents: Collection[Document], allow: Sequence[str]
    ) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        """What the check finds in letters, and what was allowed (see `planforge.app.build.held_against_rules`)."""
        named = [(name, one) for one in documents]
        return held_against_rules(self.profile, self.reading, self.facts, named, allow)

    def base(self, shape: Shape, base: Path | None) -> Base | None:
        """The school's own Word file of the letter. base: the call's."""
        return base_of(shape, find_look(shape.look, self.search), base, self.reading, self.search)


def chosen(profile: Path, word: str, own_templates: Sequence[Path], *, recipients: bool = True) -> Chosen:
    """The kind of a name, in the shape that the profile lists it in. recipients: it must be one for recipients.

    Raises InputError where there is none, or the profile cannot be used.
    """
    from planforge.compose import find_kinds

    search = template_search(own_templates, profile)
    facts, reading = read_facts(profile)
    problems: list[Problem] = []
    found = asked(find_kinds(search), reading, [word], problems)
    if problems:
        raise InputError(problems)
    kind, choices = found[0]
    if recipients and kind.card.audience != "recipient":
        fix = "用 planforge build 生成，人人一样的加 --master；一人一份的种类见 planforge templates"
        raise InputError([Problem(f"{kind.card.name}不是一人一份的文件", fix=fix, code="not-for-recipients")])
    return Chosen(profile, kind, choices, facts, reading, search)
