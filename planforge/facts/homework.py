"""Homework: the limits of every grade, the school's own before the rule's, equal neighbours as one band."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from planforge.core.problems import Problem
from planforge.facts.model import Band, Homework, Limit, Publicity, School
from planforge.facts.source_record import SourceRecord
from planforge.policy.model import Rule
from planforge.profile import work
from planforge.profile.model import Profile

SCOPE = "书面家庭作业"


@dataclass(frozen=True, slots=True)
class _Grade:
    """One grade's limit before bands are formed.

    rule: the rule whose limit it is, None where it is the school's own. at: the profile's band, "" where
    nobody wrote one. breaks: the rule that the school's own limit is looser than.
    """

    grade: int
    how: Limit
    minutes: int | None
    scope: str
    oral_minutes: int | None
    stricter: bool
    rule: Rule | None
    at: str
    breaks: Rule | None = None

    @property
    def text(self) -> tuple[object, ...]:
        return (self.how, self.minutes, self.scope, self.oral_minutes, self.stricter)


def homework_facts(profile: Profile, school: School, ledger: SourceRecord) -> Homework:
    """Homework: bands for every grade that a rule or the school limits, and the school's own arrangements."""
    publicity = profile.homework.publicity
    return ledger.copied(
        Homework,
        "homework",
        profile.homework,
        bands=_bands(profile, school, ledger),
        publicity=None if publicity is None else ledger.copied(Publicity, "homework.publicity", publicity),
    )


def _bands(profile: Profile, school: School, ledger: SourceRecord) -> tuple[Band, ...]:
    rules = ledger.rules.printable_limits("homework.minutes", school.system)
    own: dict[int, int] = {}
    for index, band in enumerate(profile.homework.bands):
        for grade in band.grades:
            own.setdefault(grade, index)
    limits = []
    for grade in school.grades:
        rule = rules.get(grade)
        if grade in own:
            at = own[grade]
            limit = _own(grade, profile.homework.bands[at], rule, f"homework.bands[{at}]", ledger)
        else:
            limit = _by_rule(grade, rule, "") if rule is not None else None
        if limit is not None:
            limits.append(limit)
    bands = []
    for index, (_, grades) in enumerate(groupby(limits, key=lambda limit: limit.text)):
        bands.append(_merged(list(grades), f"homework.bands[{index}]", ledger))
    return tuple(bands)


def _by_rule(grade: int, rule: Rule, at: str, band: work.Band | None = None) -> _Grade:
    scope = (band.scope if band else "") or SCOPE
    oral = band.oral_minutes if band else None
    how, minutes = _rule_limit(rule)
    return _Grade(grade, how, minutes, scope, oral, False, rule, at)


def _own(grade: int, band: work.Band, rule: Rule | None, at: str, ledger: SourceRecord) -> _Grade | None:
    """The limit that the school's band sets for a grade; the rule's where the band says no more than that."""
    how, minutes = band.how, band.minutes
    barred = how in ("none", "none_soft")
    if band.limit == "rules" or (minutes is None and not barred):
        if band.limit == "stricter" and grade == band.grades[0]:
            ledger.lacks(f"{at}.minutes", "每天分钟数", "写了“更严”却没有写分钟数，暂按规定")
        return _by_rule(grade, rule, at, band) if rule is not None else None
    if barred:
        minutes = None
    if how is None:
        rule_how = _rule_limit(rule)[0] if rule is not None else "at_most"
        how = rule_how if rule_how in ("average", "at_most") else "at_most"
    stricter = rule is not None and _stricter(how, minutes, rule)
    breaks = rule if rule is not None and _looser(how, minutes, rule) else None
    return _Grade(grade, how, minutes, band.scope or SCOPE, band.oral_minutes, stricter, None, at, breaks)


def _rule_limit(rule: Rule) -> tuple[Limit, int | None]:
    match rule.limit.kind:
        case "average" | "at_most" as kind:
            return kind, rule.limit.number
        case _:
            return "none", None


def _stricter(how: Limit, minutes: int | None, rule: Rule) -> bool:
    """Whether a school's limit is beyond doubt below the rule's."""
    rule_how, allowed = _rule_limit(rule)
    if allowed is None or how in ("none_soft", "where_possible"):
        return False
    if how == "none" or minutes is None:
        return how == "none"
    return minutes < allowed or (minutes == allowed and (how, rule_how) == ("at_most", "average"))


def _looser(how: Limit, minutes: int | None, rule: Rule) -> bool:
    """Whether a school's limit lets through what the rule does not."""
    allowed = _rule_limit(rule)[1]
    if allowed is None:
        return how != "none"
    return minutes is not None and minutes > allowed


def _merged(grades: list[_Grade], path: str, ledger: SourceRecord) -> Band:
    """One band of neighbouring grades with the same limit; its sources are the first own grade's, or the rule's."""
    first = next((grade for grade in grades if grade.rule is None), grades[0])
    if first.rule is not None:
        ledger.ruled(path, first.rule, first.at)
    else:
        ledger.given(path, first.at)
        for name in ("how", "minutes", "scope"):
            ledger.given(f"{path}.{name}", f"{first.at}.{name}")
    spoken = next((grade for grade in grades if grade.at), None)
    if spoken is not None and spoken.oral_minutes is not None:
        ledger.given(f"{path}.oral_minutes", f"{spoken.at}.oral_minutes")
    ledger.derived(f"{path}.stricter")
    if len({grade.at for grade in grades}) > 1 or not first.at:
        ledger.derived(f"{path}.grades")
    _note_looser(grades, ledger)
    return Band(
        grades=tuple(grade.grade for grade in grades),
        how=first.how,
        minutes=first.minutes,
        scope=first.scope,
        stricter=first.stricter,
        oral_minutes=first.oral_minutes,
    )


def _note_looser(grades: list[_Grade], ledger: SourceRecord) -> None:
    """Say which of the school's own limits let through more than the rules do."""
    for rule, found in groupby((g for g in grades if g.breaks is not None), key=lambda grade: grade.breaks):
        looser = list(found)
        named = "、".join(str(grade.grade) for grade in looser)
        minutes = looser[0].minutes
        ledger.notices.append(
            Problem(
                f"{named} 年级的作业限额宽于现行规定",
                ledger.place(f"{looser[0].at}.minutes"),
                field="作业限额",
                found="" if minutes is None else f"{minutes} 分钟",
                expected="" if rule is None else rule.statement,
                code="facts.homework_looser",
                severity="notice",
            )
        )
