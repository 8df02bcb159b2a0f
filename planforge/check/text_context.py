"""What a text is held against: the school's own names and places, its term, its figures; or nothing, for an old text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from planforge.facts.model import Facts
from planforge.policy import Phrases


@dataclass
class Context:
    """facts: of the school whose text it is; None for a plain text of which nothing is known. phrases: the fixed ones."""

    facts: Facts | None = None
    kind: str = ""
    letter: bool = False
    phrases: Phrases | None = None
    _cache: dict[str, object] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The paper's own day, or the term's first."""
        return (self.facts.as_of or self.facts.term.starts) if self.facts is not None else None

    @cached_property
    def school_names(self) -> tuple[str, ...]:
        """How the school and its campuses are called, the longest first."""
        if self.facts is None:
            return ()
        school = self.facts.school
        names = {school.name, school.short_name, *(campus.name for campus in school.campuses)}
        return tuple(sorted((name for name in names if name), key=len, reverse=True))

    @cached_property
    def own_words(self) -> str:
        """Everything that names where the school is or who governs it."""
        if self.facts is None:
            return ""
        school, region = self.facts.school, self.facts.school.region
        parts = [region.province, region.city, region.district, school.address, *self.school_names]
        parts += [campus.address for campus in school.campuses]
        parts += [f"{basis.issuer}{basis.title}" for basis in self.facts.bases if basis.local]
        return " ".join(parts)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the people whom the profile names."""
        if self.facts is None:
            return frozenset()
        group, approval = self.facts.group, self.facts.approval
        people = [*self.facts.posts, *group.heads, *group.deputies, *group.members, group.office_head]
        people += [approval.drafted_by, approval.reviewed_by, approval.issued_by]
        named = {person.name for person in people if person is not None}
        return frozenset(named | {self.facts.supervision.hotline_person}) - {""}
