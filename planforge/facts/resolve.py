"""From a profile and the rules in force to Facts: complete, immutable, every value with its source."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from planforge.core.problems import InputError, Place, Problem
from planforge.facts.daily import assessment_facts, day_facts, lesson_facts, sport_facts
from planforge.facts.guidance import guidance_facts, usual_guidance
from planforge.facts.homework import homework_facts
from planforge.facts.missing import missing_facts
from planforge.facts.model import Dispatch, Facts, HomeSchool, Materials, Moral, Phones, ReadingMatter
from planforge.facts.people import approval_facts, bases_facts, exception_facts, group_facts, people
from planforge.facts.plan import act_facts, goal_facts, problem_facts, schedule_facts
from planforge.facts.records import (
    achievement_facts,
    after_school_facts,
    attachment_facts,
    discipline_facts,
    event_facts,
    holiday_facts,
    homework_minutes_facts,
    indicator_facts,
    next_step_facts,
    shortcoming_facts,
    standing_facts,
    supervision_facts,
    survey_facts,
    training_facts,
)
from planforge.facts.school import first_day, grades_of, school_facts, term_facts, term_frame
from planforge.facts.source_record import ProfileReading, SourceRecord
from planforge.facts.teaching import reflection_facts, subject_group_facts
from planforge.facts.weeks import week_facts
from planforge.policy.rules_in_force import RulePacks
from planforge.profile.model import Profile


def resolve(reading: ProfileReading, packs: RulePacks, document: int | None = None) -> Facts:
    """The facts of the school and the term that a profile speaks of.

    What the profile leaves open is taken from the rules in force on the paper's own day, or on the term's first day
    where it has none, and marked so in
    `sources`; local facts that nobody gave stay empty and are listed in `missing`. Numbers of rules that
    are unconfirmed are never used. The packs may be shared by any number of calls.

    Args:
        reading: The profile as read, with the place of every value.
        packs: The rule packs; those in force on that day are used.
        document: Which of the profile's documents the facts are for, where it has a day of its own.

    Raises:
        InputError: The profile does not tell the school's name, its stage or grades, or the term; other mistakes in
            it are left to its reader.
    """
    profile = reading.profile
    frame = term_frame(profile)
    lacking = list(_lacking(profile, reading))
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    if lacking or frame is None or not profile.school.name or not grades_of(profile):
        raise InputError([*errors, *lacking])
    own = profile.documents[document].day if document is not None else None
    day = own or first_day(profile, *frame)
    ledger = SourceRecord(reading, packs.in_force(day, profile.school.region))
    school = school_facts(profile, ledger)
    term = term_facts(profile, *frame, ledger)
    bases, topic_bases = bases_facts(profile, ledger)
    homework = homework_facts(profile, school, ledger)
    facts = Facts(
        school=school,
        term=term,
        bases=bases,
        topic_bases=topic_bases,
        exceptions=exception_facts(profile, ledger),
        guidance=guidance_facts(profile, ledger),
        usual_guidance=usual_guidance(profile, ledger),
        posts=people("posts", profile.posts, ledger),
        group=group_facts(profile, ledger),
        homework=homework,
        lessons=lesson_facts(profile, school, ledger),
        assessment=assessment_facts(profile, school, ledger),
        day=day_facts(profile, school, ledger),
        after_school=after_school_facts(profile, ledger),
        sport=sport_facts(profile, school, ledger),
        materials=ledger.copied(Materials, "materials", profile.materials),
        phones=ledger.copied(Phones, "phones", profile.phones),
        reading=ledger.copied(ReadingMatter, "reading", profile.reading),
        supervision=supervision_facts(profile, ledger),
        home=ledger.copied(HomeSchool, "home", profile.home),
        moral=ledger.copied(Moral, "moral", profile.moral),
        problems=problem_facts(profile, ledger),
        goals=goal_facts(profile, ledger),
        acts=act_facts(profile, ledger),
        schedule=schedule_facts(profile, term, ledger),
        approval=approval_facts(profile, ledger, f"documents[{document}].day" if own else ""),
        dispatch=ledger.copied(Dispatch, "dispatch", profile.dispatch),
        survey=survey_facts(profile, ledger),
        events=event_facts(profile, ledger),
        homework_minutes=homework_minutes_facts(profile, homework, ledger),
        indicators=indicator_facts(profile, ledger),
        achievements=achievement_facts(profile, ledger),
        shortcomings=shortcoming_facts(profile, ledger),
        next_steps=next_step_facts(profile, ledger),
        holiday=holiday_facts(profile, ledger),
        training=training_facts(profile, ledger),
        subject_groups=subject_group_facts(profile, term, ledger),
        reflection=reflection_facts(profile, ledger),
        discipline=discipline_facts(profile, ledger),
        attachments=attachment_facts(profile, ledger),
        standing=standing_facts(profile, ledger),
        weeks=week_facts(term, ledger),
        sources={},
        missing=(),
        notices=tuple(ledger.notices),
        as_of=day,
    )
    facts = replace(facts, sources=MappingProxyType(ledger.complete(facts)))
    return replace(facts, missing=(*ledger.missing, *missing_facts(facts)))


def _advice(title: str, reading: ProfileReading) -> str:
    """Where to write it, as the form's reader has said in a notice of its own."""
    ending = f"·{title.partition('和')[0]}"
    said = (
        problem.fix
        for problem in reading.problems
        if problem.code == "required.missing" and problem.field.endswith(ending)
    )
    return next(said, "")


def _lacking(profile: Profile, reading: ProfileReading) -> list[Problem]:
    """The few things without which there are no facts at all."""
    anywhere = next(iter(reading.places.values()), None)
    place = reading.places.get("") or (Place(anywhere.file, 1, 1) if anywhere else None)
    also = {"school.stage": ("school.grades",), "term.year": ("term.number", "term.starts")}
    asked = (
        ("school.name", "学校全称", "学校的全称，如“青石区临溪小学”", bool(profile.school.name)),
        ("school.stage", "学段", "小学、初中或九年一贯制；也可以只写年级", bool(grades_of(profile))),
        ("term.year", "学年和学期", "如 2026-2027 和 1；也可以只写开学日期", term_frame(profile) is not None),
    )
    return [
        Problem(
            "没有填，无法成文",
            reading.places.get(path)
            or reading.keys.get(path)
            or reading.places.get(path.partition(".")[0])
            or place,
            field=title,
            expected=expected,
            fix=_advice(title, reading),
            code=f"facts.{path}",
        )
        for path, title, expected, known in asked
        if not known and not any(reading.lost(asked_path) for asked_path in (path, *also.get(path, ())))
    ]
