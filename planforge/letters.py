"""A kind chosen for letters, with the school's facts: what batches and masters have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planforge.build import read_facts, rules, template_search
from planforge.document.look import Look
from planforge.document.tree import Document
from planforge.documents import asked
from planforge.named_rules import rules_named_by
from planforge.problems import InputError, Problem

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
    ) -> tuple[Finding, ...]:
        """What the check finds in letters. Raises Stopped where that are errors which nobody has allowed."""
        from planforge.check import Stopped, allowed, check_school, unknown

        packs = rules(rules_named_by(self.profile, self.reading))
        if slips := unknown(allow, packs):
            raise InputError(slips)
        found = check_school(self.reading, self.facts, packs, [(name, one) for one in documents])
        passed = allowed(found, allow)
        if any(one.severity == "error" and one not in passed for one in found):
            raise Stopped(found)
        return found


def waived(found: Iterable[Finding], allow: Sequence[str]) -> tuple[str, ...]:
    """The rules whose errors somebody has decided to go on with, by their ids."""
    from planforge.check import allowed

    return tuple(sorted({one.rule for one in allowed(found, allow)}))


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


def base_of(shape: Shape, look: Look, base: Path | None) -> Base | None:
    """The school's own Word file of a letter: the one that the profile names, else the call's, else the look's."""
    from planforge.writers.word import read_base

    named = shape.base or (str(base) if base else look.base)
    return read_base(Path(named)) if named else None
