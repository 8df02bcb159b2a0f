"""What was done and what is asked of teachers: surveys, events, quotas, rewards, attachments, after-school."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel

from planforge.facts.model import (
    Achievement,
    AfterSchool,
    Check,
    Consequence,
    Course,
    Discipline,
    Event,
    GradeMinutes,
    Holiday,
    HolidayTask,
    Homework,
    HomeworkMinutes,
    Indicator,
    ListedAttachment,
    NextStep,
    Quota,
    ServiceSegment,
    Shortcoming,
    Standing,
    Supervision,
    Survey,
    SurveyAnswer,
    Training,
    WeekdayPlan,
)
from planforge.facts.source_record import SourceRecord
from planforge.profile import plan as written
from planforge.profile import work
from planforge.profile.model import Profile

_G = TypeVar("_G")


def listed(
    kind: type[_G], path: str, given: Sequence[BaseModel], needed: str, ledger: SourceRecord
) -> tuple[_G, ...]:
    """A list of Facts from the profile's list at the same path; entries without the `needed` field are left out."""
    said = [(index, entry) for index, entry in enumerate(given) if getattr(entry, needed)]
    return tuple(
        ledger.copied(kind, f"{path}[{to}]", entry, f"{path}[{index}]")
        for to, (index, entry) in enumerate(said)
    )


def percent(path: str, value: float | None, ledger: SourceRecord, at: str = "") -> str:
    """A share as people write it: 96.5%; nothing where nobody gave it."""
    if value is None:
        return ""
    ledger.given(path, at)
    return f"{value:g}%"


def after_school_facts(profile: Profile, ledger: SourceRecord) -> AfterSchool:
    """After-school service; whoever states anything of it offers it, whoever states nothing is asked."""
    path, given = "after_school", profile.after_school
    offered = given.offered
    if offered is None:
        ledger.derived("after_school.offered")
        offered = given != work.AfterSchool()
    else:
        ledger.given("after_school.offered")
    return ledger.copied(
        AfterSchool,
        path,
        given,
        offered=offered,
        segments=listed(ServiceSegment, f"{path}.segments", given.segments, "name", ledger),
        courses=listed(Course, f"{path}.courses", given.courses, "name", ledger),
        weekdays=listed(WeekdayPlan, f"{path}.weekdays", given.weekdays, "what", ledger),
        pupil_percent=percent(f"{path}.pupil_percent", given.pupil_percent, ledger),
        teacher_percent=percent(f"{path}.teacher_percent", given.teacher_percent, ledger),
    )


def supervision_facts(profile: Profile, ledger: SourceRecord) -> Supervision:
    """Checks and complaints."""
    given = profile.supervision
    checks = listed(Check, "supervision.checks", given.checks, "what", ledger)
    return ledger.copied(Supervision, "supervision", given, checks=checks)


def survey_facts(profile: Profile, ledger: SourceRecord) -> Survey:
    """A survey that was held."""
    given = profile.survey
    answers: list[SurveyAnswer] = []
    for index, answer in enumerate(given.answers):
        if answer.question:
            path, at = f"survey.answers[{len(answers)}]", f"survey.answers[{index}]"
            share = percent(f"{path}.percent", answer.percent, ledger, f"{at}.percent")
            answers.append(ledger.copied(SurveyAnswer, path, answer, at, percent=share))
    return ledger.copied(
        Survey,
        "survey",
        given,
        answers=tuple(answers),
        satisfied_percent=percent("survey.satisfied_percent", given.satisfied_percent, ledger),
    )


def event_facts(profile: Profile, ledger: SourceRecord) -> tuple[Event, ...]:
    """What took place, in the order written."""
    events: list[Event] = []
    for index, given in enumerate(profile.events):
        if given.what:
            path, at = f"events[{len(events)}]", f"events[{index}]"
            ledger.derived(path)
            events.append(ledger.copied(Event, path, given, at, topic=given.topic or "other"))
    return tuple(events)


def homework_minutes_facts(profile: Profile, homework: Homework, ledger: SourceRecord) -> HomeworkMinutes:
    """Measured homework by grade, lowest first, each with the limit that the school has for it."""
    given, path = profile.homework_minutes, "homework_minutes"
    limits = {grade: band.minutes for band in homework.bands for grade in band.grades}
    said = [
        (entry.grade, index, entry)
        for index, entry in enumerate(given.grades)
        if entry.grade is not None and entry.minutes is not None
    ]
    measured: list[GradeMinutes] = []
    for to, (grade, index, entry) in enumerate(sorted(said, key=lambda place: place[:2])):
        here, at = f"{path}.grades[{to}]", f"{path}.grades[{index}]"
        ledger.derived(here)
        measured.append(ledger.copied(GradeMinutes, here, entry, at, limit=limits.get(grade)))
    counts = [row.count for row in measured if row.count is not None]
    pupils = sum(counts) if counts and len(counts) == len(measured) else None
    if pupils is not None:
        ledger.derived(f"{path}.pupils")
    return ledger.copied(HomeworkMinutes, path, given, grades=tuple(measured), pupils=pupils)


def indicator_facts(profile: Profile, ledger: SourceRecord) -> tuple[Indicator, ...]:
    """Figures that were looked into."""
    return listed(Indicator, "indicators", profile.indicators, "name", ledger)


def _of_topics(
    kind: type[_G],
    path: str,
    given: Sequence[written.Achievement | written.Shortcoming | written.NextStep],
    ledger: SourceRecord,
) -> tuple[_G, ...]:
    """Entries that say what, each with its topic; "other" where nobody said."""
    copies: list[_G] = []
    for index, entry in enumerate(given):
        if entry.what:
            here = f"{path}[{len(copies)}]"
            ledger.derived(here)
            copies.append(ledger.copied(kind, here, entry, f"{path}[{index}]", topic=entry.topic or "other"))
    return tuple(copies)


def achievement_facts(profile: Profile, ledger: SourceRecord) -> tuple[Achievement, ...]:
    """What came out well."""
    return _of_topics(Achievement, "achievements", profile.achievements, ledger)


def shortcoming_facts(profile: Profile, ledger: SourceRecord) -> tuple[Shortcoming, ...]:
    """What is still open."""
    return _of_topics(Shortcoming, "shortcomings", profile.shortcomings, ledger)


def next_step_facts(profile: Profile, ledger: SourceRecord) -> tuple[NextStep, ...]:
    """What will be done next."""
    return _of_topics(NextStep, "next_steps", profile.next_steps, ledger)


def holiday_facts(profile: Profile, ledger: SourceRecord) -> Holiday:
    """The holiday at the end of the term, with the tasks that say what is done."""
    tasks = listed(HolidayTask, "holiday.tasks", profile.holiday.tasks, "what", ledger)
    return ledger.copied(Holiday, "holiday", profile.holiday, tasks=tasks)


def training_facts(profile: Profile, ledger: SourceRecord) -> Training:
    """Teachers' own learning and research."""
    quotas = listed(Quota, "training.quotas", profile.training.quotas, "what", ledger)
    return ledger.copied(Training, "training", profile.training, quotas=quotas)


def discipline_facts(profile: Profile, ledger: SourceRecord) -> Discipline:
    """Rewards and penalties."""
    given = profile.discipline
    return Discipline(
        penalties=listed(Consequence, "discipline.penalties", given.penalties, "rule", ledger),
        rewards=listed(Consequence, "discipline.rewards", given.rewards, "rule", ledger),
    )


def attachment_facts(profile: Profile, ledger: SourceRecord) -> tuple[ListedAttachment, ...]:
    """Other papers that belong to the documents."""
    return listed(ListedAttachment, "attachments", profile.attachments, "title", ledger)


def standing_facts(profile: Profile, ledger: SourceRecord) -> tuple[Standing, ...]:
    """Rules of the school's own that stay in force."""
    return listed(Standing, "standing", profile.standing, "title", ledger)
