"""Which school and which term: stage, system, grades, sizes; title, months and first day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from planforge.facts.model import Campus, DayOff, GradeSize, Month, Region, School, Stage, Term
from planforge.facts.source_record import SourceRecord
from planforge.policy.model import STAGE_GRADES, System
from planforge.profile.model import Profile

_NUMERALS = {1: "一", 2: "二"}
FIRST_DAY = {1: (9, 1), 2: (2, 21)}
"""Month and day from which a term's rules are taken where its first day is not given."""


def system_of(profile: Profile) -> System:
    """The school's system: as given; 五四 where a junior school has grade 6; otherwise 六三."""
    if profile.school.system is not None:
        return profile.school.system
    return "5-4" if profile.school.stage == "junior" and 6 in profile.school.grades else "6-3"


def grades_of(profile: Profile) -> tuple[int, ...]:
    """The grades that the school has, ascending: as given, or all of its stage. Empty where neither is known."""
    if profile.school.grades:
        return tuple(sorted(set(profile.school.grades)))
    stages = STAGE_GRADES[system_of(profile)]
    match profile.school.stage:
        case "primary" | "junior" as stage:
            return stages[stage]
        case "nine_year":
            return stages["primary"] + stages["junior"]
        case _:
            return ()


def stage_of(profile: Profile) -> Stage:
    """The school's stage: as given, or what its grades are under its system."""
    if profile.school.stage is not None:
        return profile.school.stage
    stages, grades = STAGE_GRADES[system_of(profile)], set(grades_of(profile))
    if grades <= set(stages["primary"]):
        return "primary"
    return "junior" if grades <= set(stages["junior"]) else "nine_year"


def school_facts(profile: Profile, ledger: SourceRecord) -> School:
    """The school with everything that follows from what it said of itself."""
    given, grades = profile.school, grades_of(profile)
    for name, written in (("stage", given.stage), ("system", given.system), ("grades", given.grades)):
        if not written:
            ledger.derived(f"school.{name}")
        else:
            ledger.given(f"school.{name}")
    new = given.renamed
    if new is not None and new.name and new.since and new.since <= ledger.day:
        ledger.given("school.name", "school.renamed.name")
        ledger.given("school.short_name", f"school.renamed.{'short_name' if new.short_name else 'name'}")
        given = given.model_copy(update={"name": new.name, "short_name": new.short_name})
    # Without a short name the full one is said, in the words and from the place where it was written.
    elif not given.short_name:
        ledger.given("school.short_name", "school.name")
    return ledger.copied(
        School,
        "school",
        given,
        name=given.name,
        short_name=given.short_name or given.name,
        stage=stage_of(profile),
        system=system_of(profile),
        grades=grades,
        region=ledger.copied(Region, "school.region", given.region),
        campuses=_campuses(profile, grades, ledger),
        sizes=_sizes(profile, grades, ledger),
        classes=_total(profile, grades, "classes", ledger),
        pupils=_total(profile, grades, "pupils", ledger),
    )


def _campuses(profile: Profile, grades: tuple[int, ...], ledger: SourceRecord) -> tuple[Campus, ...]:
    named = [(i, campus) for i, campus in enumerate(profile.school.campuses) if campus.name]
    result = []
    for index, (at, campus) in enumerate(named):
        path, source = f"school.campuses[{index}]", f"school.campuses[{at}]"
        offered = tuple(grade for grade in campus.grades if grade in grades)
        ledger.given(f"{path}.grades", f"{source}.grades")
        result.append(ledger.copied(Campus, path, campus, source, grades=offered))
    return tuple(result)


def _sizes(profile: Profile, grades: tuple[int, ...], ledger: SourceRecord) -> tuple[GradeSize, ...]:
    listed = sorted(
        (size.grade, at)
        for at, size in enumerate(profile.school.sizes)
        if size.grade in grades and size.grade
    )
    return tuple(
        ledger.copied(GradeSize, f"school.sizes[{i}]", profile.school.sizes[at], f"school.sizes[{at}]")
        for i, (_, at) in enumerate(listed)
    )


def _total(
    profile: Profile, grades: tuple[int, ...], name: Literal["classes", "pupils"], ledger: SourceRecord
) -> int | None:
    """The school's total: as given, or the sum where every grade's number is known."""
    given: int | None = getattr(profile.school, name)
    if given is not None:
        ledger.given(f"school.{name}")
        return given
    counts: dict[int | None, int | None] = {size.grade: getattr(size, name) for size in profile.school.sizes}
    if grades and all(counts.get(grade) is not None for grade in grades):
        ledger.derived(f"school.{name}")
        return sum(counts[grade] or 0 for grade in grades)
    return None


def term_frame(profile: Profile) -> tuple[int, Literal[1, 2]] | None:
    """The year in which the school year begins and the term's number; from the first day where need be.

    None where the profile tells neither.
    """
    term = profile.term
    year = int(term.year[:4]) if term.year else None
    number: Literal[1, 2] | None = term.number
    if term.starts is not None:
        autumn = term.starts.month >= 7
        number = number or (1 if autumn else 2)
        year = year or (term.starts.year if autumn else term.starts.year - 1)
    return (year, number) if year is not None and number is not None else None


def first_day(profile: Profile, year: int, number: Literal[1, 2]) -> date:
    """The term's first day: as given, or the customary one."""
    if profile.term.starts is not None:
        return profile.term.starts
    return date(year if number == 1 else year + 1, *FIRST_DAY[number])


def term_facts(profile: Profile, year: int, number: Literal[1, 2], ledger: SourceRecord) -> Term:
    """The term. Months are those that its dates touch; September–January or February–July without dates.

    weeks: as given, or Monday-to-Sunday weeks from the one that holds the first day to the last day's.
    """
    given, starts = profile.term, first_day(profile, year, number)
    first = _index(given.starts) if given.starts else (year * 12 + 8 if number == 1 else (year + 1) * 12 + 1)
    last = _index(given.ends) if given.ends else ((year + 1) * 12 if number == 1 else (year + 1) * 12 + 6)
    weeks = given.weeks
    if weeks is None and given.starts and given.ends and given.ends >= given.starts:
        weeks = (_monday(given.ends) - _monday(given.starts)).days // 7 + 1
    ledger.derived("term")
    for name in ("title", "number", "starts", "ends", "weeks"):
        if getattr(given, name):
            ledger.given(f"term.{name}")
    if given.year:
        ledger.given("term.year_from", "term.year")
        ledger.given("term.year_to", "term.year")
    return Term(
        title=given.title or f"{year}—{year + 1}学年第{_NUMERALS[number]}学期",
        year_from=year,
        year_to=year + 1,
        number=number,
        months=tuple(Month(index // 12, index % 12 + 1) for index in range(first, last + 1)),
        starts=starts,
        starts_given=given.starts is not None,
        ends=given.ends,
        weeks=weeks,
        days_off=tuple(
            ledger.copied(DayOff, f"term.days_off[{to}]", given.days_off[at], f"term.days_off[{at}]")
            for to, at in enumerate(at for at, one in enumerate(given.days_off) if one.starts and one.name)
        ),
    )


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
