"""Which rules hold on a day, and which of them limits a quantity in a grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Protocol

from planforge.policy.model import Pack, PolicyDocument, Rule, Stage, System, Topic, clock_minutes
from planforge.policy.phrases import KnownPhrase, Phrases
from planforge.policy.region import RuleArea

NO_PHRASES = Phrases(())
TERM_DAYS = 183
"""Half a year: as long as a rule may go unchecked before `planforge rules --stale` names it."""


@dataclass(frozen=True, slots=True)
class Citable:
    """A document that can be cited as a basis, the topics it matters for, and the first rule resting on it."""

    document: PolicyDocument
    topics: tuple[Topic, ...]
    rule: Rule


class RuleSet:
    """The rules in force on one day. Immutable; look-ups are kept, so thousands of profiles cost little."""

    def __init__(
        self,
        day: date,
        rules: Sequence[Rule],
        documents: Mapping[str, PolicyDocument],
        phrases: Phrases = NO_PHRASES,
    ) -> None:
        self.day = day
        self.phrases = phrases
        self.rules: tuple[Rule, ...] = tuple(rules)
        self._by_id = {rule.id: rule for rule in self.rules}
        self._documents = documents
        self._limits: dict[tuple[str, System, bool], Mapping[int, Rule]] = {}
        self._looser: dict[System, tuple[tuple[Rule, Rule], ...]] = {}
        self._bases: tuple[Citable, ...] | None = None

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id.

        Raises:
            KeyError: none such is in force.
        """
        return self._by_id[rule_id]

    def find(self, *, topic: Topic | None = None, stage: Stage | None = None) -> tuple[Rule, ...]:
        """The rules of a topic, of a stage, or both, in the packs' order."""
        return tuple(
            rule
            for rule in self.rules
            if (topic is None or rule.topic == topic) and (stage is None or stage in rule.stages)
        )

    def limits(self, quantity: str, system: System) -> Mapping[int, Rule]:
        """The rule that limits a quantity, grade by grade.

        Args:
            quantity: what the rule fixes, such as homework.minutes.
            system: by which the grades belong to a stage.

        Returns:
            By grade, ascending, the strictest rule; a grade that no rule limits is left out.
        """
        return self._strictest(quantity, system, False)

    def printable_limits(self, quantity: str, system: System) -> Mapping[int, Rule]:
        """Like `limits`, of the rules whose number is confirmed."""
        return self._strictest(quantity, system, True)

    def _strictest(self, quantity: str, system: System, printable: bool) -> Mapping[int, Rule]:
        key = (quantity, system, printable)
        if key not in self._limits:
            strictest: dict[int, Rule] = {}
            for rule in self.rules:
                if rule.quantity == quantity and (rule.printable or not printable):
                    for grade in rule.grades_in(system):
                        strictest[grade] = stricter_of(strictest[grade], rule) if grade in strictest else rule
            self._limits[key] = MappingProxyType(dict(sorted(strictest.items())))
        return self._limits[key]

    def looser(self, system: System) -> tuple[tuple[Rule, Rule], ...]:
        """Rules that let through more than one of an earlier pack on the same quantity: each with the one that counts."""
        if system not in self._looser:
            pairs: list[tuple[Rule, Rule]] = []
            position = {rule.id: number for number, rule in enumerate(self.rules)}
            for rule in self.rules:
                held = self.limits(rule.quantity, system)
                others = (held[grade] for grade in rule.grades_in(system) if held[grade] is not rule)
                better = next(
                    (
                        other
                        for other in others
                        if position[other.id] < position[rule.id] and not _as_strict(rule, other)
                    ),
                    None,
                )
                if better is not None:
                    pairs.append((rule, better))
            self._looser[system] = tuple(pairs)
        return self._looser[system]

    def document(self, document_id: str) -> PolicyDocument:
        """The document of that id, whether or not it is still cited.

        Raises:
            KeyError: there is none.
        """
        return self._documents[document_id]

    def documents_of(self, rule: Rule) -> tuple[PolicyDocument, ...]:
        """The documents that a rule rests on, of those issued by the set's day."""
        cited = (self._documents[citation.document] for citation in rule.basis)
        return tuple(document for document in cited if document.announced <= self.day)

    def bases(self) -> tuple[Citable, ...]:
        """What can be cited as a basis on the set's day.

        Returns:
            By rank, then by date, the documents that can be cited at all and are still cited.
        """
        if self._bases is None:
            resting: dict[str, list[Rule]] = {}
            for rule in self.rules:
                for document in self.documents_of(rule):
                    if document.printable and not _ended(document, self.day):
                        resting.setdefault(document.id, []).append(rule)
            citable = [
                Citable(self._documents[name], tuple(dict.fromkeys(rule.topic for rule in rules)), rules[0])
                for name, rules in resting.items()
            ]
            self._bases = tuple(
                sorted(citable, key=lambda base: (base.document.rank, base.document.announced))
            )
        return self._bases


class Located(Protocol):
    """Where a school is; what it has not said is empty."""

    @property
    def province(self) -> str:
        """Province, autonomous region or municipality."""

    @property
    def city(self) -> str:
        """City or prefecture."""

    @property
    def district(self) -> str:
        """District or county."""


class RulePacks:
    """All rules that were loaded, in force or history. Build once, ask often."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self.packs: tuple[Pack, ...] = tuple(pack.with_regions() for pack in packs)
        self.documents: Mapping[str, PolicyDocument] = MappingProxyType(
            {document.id: document for pack in self.packs for document in pack.documents}
        )
        self.rules: tuple[Rule, ...] = tuple(rule for pack in self.packs for rule in pack.rules)
        self.phrases = Phrases([phrase for pack in self.packs for phrase in pack.phrases])
        self._by_id = {rule.id: rule for rule in self.rules}
        self._regions: tuple[RuleArea, ...] = tuple(
            dict.fromkeys(rule.region for rule in self.rules if rule.region is not None)
        )
        self._days: dict[tuple[date, frozenset[RuleArea]], RuleSet] = {}

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id, in force or not.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[rule_id]

    def unchecked(self, day: date, days: int = TERM_DAYS) -> tuple[Rule | KnownPhrase, ...]:
        """The rules and phrases in use on a day that nobody has held against their source of late.

        Args:
            day: the day that is asked about.
            days: how long ago the last check may be; half a year unless said.
        """
        since = day - timedelta(days)
        current: list[Rule | KnownPhrase] = [
            *(rule for rule in self.rules if rule.until is None or rule.until >= day),
            *(phrase for phrase in self.phrases.all if phrase.until is None or phrase.until >= day),
        ]
        return tuple(entry for entry in current if entry.checked is None or entry.checked < since)

    def in_force(self, day: date, where: Located | None = None) -> RuleSet:
        """The rules in force on a day.

        Args:
            day: usually the term's first.
            where: of the school; without it, only the rules that hold everywhere.
        """
        here: frozenset[RuleArea] = frozenset()
        if where is not None and self._regions:
            at = (where.province, where.city, where.district)
            here = frozenset(region for region in self._regions if region.covers(*at))
        if (day, here) not in self._days:
            held = (rule for rule in self.rules if rule.region is None or rule.region in here)
            rules = [rule for rule in held if rule.in_force(day)]
            self._days[day, here] = RuleSet(day, rules, self.documents, self.phrases)
        return self._days[day, here]


def _ended(document: PolicyDocument, day: date) -> bool:
    return document.until is not None and document.until < day


def stricter_of(first: Rule, other: Rule) -> Rule:
    """The stricter of two rules on one quantity; where they cannot be compared, the first.

    The national pack comes first, so that nothing that cannot be compared takes its place; but what is only
    encouraged gives way to what a province asks for.
    """
    if first.limit.kind == "encouraged" and strictness(other) is not None:
        return other
    mine, yours = strictness(first), strictness(other)
    if mine is not None and yours is not None and mine[0] == yours[0] and yours[1] > mine[1]:
        return other
    return first


def _as_strict(rule: Rule, other: Rule) -> bool:
    mine = strictness(rule)
    return mine == strictness(other) and (
        mine is not None or (rule.limit.kind, rule.limit.value) == (other.limit.kind, other.limit.value)
    )


def strictness(rule: Rule) -> tuple[str, float] | None:
    """On which scale a rule stands and how high: the higher, the stricter. None where it has no scale."""
    limit = rule.limit
    match limit.kind:
        case "none" | "forbidden":
            return ("up_to", float("inf"))
        case "at_most":
            return ("up_to", -float(limit.number))
        case "average":
            return ("up_to", -float(limit.number) - 0.5)
        case "at_least":
            return ("from", float(limit.number))
        case "not_before":
            return ("not_before", float(clock_minutes(limit.clock)))
        case "not_after":
            return ("not_after", -float(clock_minutes(limit.clock)))
        case _:
            return None
