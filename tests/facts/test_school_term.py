"""School, term, leading group, acts and calendar: what follows from the little that people write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from planforge.facts import Facts
from planforge.facts.model import Month, Person

FactsOf = Callable[[str], Facts]
Text = Callable[..., str]
AUTUMN = [(2026, 9), (2026, 10), (2026, 11), (2026, 12), (2027, 1)]
SPRING = [(2027, month) for month in range(2, 8)]


@pytest.mark.parametrize(
    ("grades", "system", "stage"),
    [
        ("1-6", "六三", "primary"),
        ("1-5", "五四", "primary"),
        ("1-5", "六三", "primary"),
        ("7-9", "六三", "junior"),
        ("6-9", "五四", "junior"),
        ("1-9", "六三", "nine_year"),
        ("6-9", "六三", "nine_year"),
    ],
)
def test_the_stage_follows_from_grades_and_system(
    facts_of: FactsOf, small: Text, grades: str, system: str, stage: str
) -> None:
    assert facts_of(small("", system, grades)).school.stage == stage


def test_the_system_is_the_usual_one_where_nobody_says(facts_of: FactsOf) -> None:
    facts = facts_of("school: {name: 临溪小学, stage: 小学}\nterm: {year: 2026-2027, number: 1}\n")
    assert (facts.school.system, facts.school.short_name) == ("6-3", "临溪小学")
    assert facts.sources["school.system"].kind == "derived"


def test_totals_are_added_up_only_where_every_grade_is_known(facts_of: FactsOf, small: Text) -> None:
    text = small(grades="1-2").replace("term:", "  sizes: [{grade: 2, classes: 3, pupils: 90}, %s]\nterm:")
    both = facts_of(text % "{grade: 1, classes: 4, pupils: 110}").school
    assert (both.classes, both.pupils) == (7, 200)
    assert [size.grade for size in both.sizes] == [1, 2]
    one = facts_of(text % "{grade: 1, classes: 4}").school
    assert (one.classes, one.pupils) == (7, None)


@pytest.mark.parametrize(
    ("term", "title", "months", "starts", "given", "weeks"),
    [
        ("{year: 2026-2027, number: 1}", "2026—2027学年第一学期", AUTUMN, date(2026, 9, 1), False, None),
        ("{year: 2026-2027, number: 2}", "2026—2027学年第二学期", SPRING, date(2027, 2, 21), False, None),
        # 31 August 2026 is a Monday, 22 January 2027 the Friday of the twenty-first week.
        (
            "{year: 2026-2027, number: 1, starts: 2026-08-31, ends: 2027-01-22}",
            "2026—2027学年第一学期",
            [(2026, 8), *AUTUMN],
            date(2026, 8, 31),
            True,
            21,
        ),
        # 1 September 2026 is a Tuesday: the first week is 31 August to 6 September.
        (
            "{year: 2026-2027, number: 1, starts: 2026-09-01, ends: 2026-09-07}",
            "2026—2027学年第一学期",
            [(2026, 9)],
            date(2026, 9, 1),
            True,
            2,
        ),
        ("{starts: 2027-03-01}", "2026—2027学年第二学期", SPRING[1:], date(2027, 3, 1), True, None),
        ("{year: 2026-2027, number: 1, weeks: 20}", "2026—2027学年第一学期", AUTUMN, date(2026, 9, 1), False, 20),
        ("{year: 2026-2027, number: 1, title: 2026学年第一学期}", "2026学年第一学期", AUTUMN, date(2026, 9, 1), False, None),
    ],
)  # fmt: skip
def test_the_term(
    facts_of: FactsOf,
    term: str,
    title: str,
    months: list[tuple[int, int]],
    starts: date,
    given: bool,
    weeks: int | None,
) -> None:
    found = facts_of(f"school: {{name: 临溪小学, stage: 小学}}\nterm: {term}\n").term
    assert found.title == title
    assert [(month.year, month.month) for month in found.months] == months
    assert (found.starts, found.starts_given, found.weeks) == (starts, given, weeks)


def test_heads_come_from_the_posts_where_the_group_names_none(facts_of: FactsOf, small: Text) -> None:
    posts = "posts: [何清（党支部书记）, 林远（副校长）, 周明远（校长）, 赵禾（校长助理）]\n"
    group = facts_of(small(more=posts)).group
    assert group.heads == (Person("何清", "党支部书记"), Person("周明远", "校长"))
    assert (group.name, group.deputies, group.office) == ("减负工作领导小组", (), "")


def test_the_groups_own_heads_go_before_the_posts(facts_of: FactsOf, small: Text) -> None:
    more = "posts: [何清（书记）]\ngroup: {name: “双减”工作专班, heads: [周明远（校长）]}\n"
    group = facts_of(small(more=more)).group
    assert ([head.name for head in group.heads], group.name) == (["周明远"], "“双减”工作专班")


def test_ids_are_given_where_there_are_none_and_keep_clear_of_the_others(
    facts_of: FactsOf, small: Text
) -> None:
    acts = facts_of(small(more="acts: [{what: 一}, {id: act-1, what: 二}, {what: 三}]\n")).acts
    names = [act.id for act in acts]
    assert names[1:] == ["act-1", "act-3"]
    assert len(set(names)) == 3


def test_the_calendar_is_in_order_of_month_and_day(facts_of: FactsOf, small: Text) -> None:
    more = (
        "schedule:\n"
        "  - {month: 1, what: 期末总结}\n"
        "  - {month: 9, what: 没定日子}\n"
        "  - {day: 2026-09-20, what: 家长会}\n"
        "  - {month: 9, day: 2026-09-03, what: 学习规定}\n"
    )
    items = facts_of(small(more=more)).schedule
    assert [item.what for item in items] == ["学习规定", "家长会", "没定日子", "期末总结"]
    assert [item.month for item in items] == [*[Month(2026, 9)] * 3, Month(2027, 1)]


def test_a_midterm_in_primary_grades_is_set_aside_and_said_so(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small("九年一贯制", more="assessment: {midterm_grades: 5-9}\n"))
    assert facts.assessment.midterm_grades == (7, 8, 9)
    (notice,) = facts.notices
    assert notice.code == "facts.midterm_grades" and "5、6 年级" in notice.message
    assert notice.expected == "小学不组织期中考试。"


def test_a_midterm_counts_from_grade_six_under_five_four(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small("九年一贯制", "五四", more="assessment: {midterm_grades: 6-9}\n"))
    assert (facts.assessment.midterm_grades, facts.notices) == ((6, 7, 8, 9), ())


def test_in_2019_grades_three_up_could_hold_a_midterm(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small(year="2019-2020", more="assessment: {midterm_grades: 1-6}\n"))
    assert facts.assessment.midterm_grades == (3, 4, 5, 6)


def test_paper_examinations_in_grade_one_are_set_aside(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small(more="assessment: {exam_grades: 1-6}\n"))
    assert facts.assessment.exam_grades == (3, 4, 5, 6)
    assert [notice.code for notice in facts.notices] == ["facts.exam_grades"]


def test_the_schools_own_sleep_is_completed_by_the_rule(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small(more="day: {sleep: [{grades: 1-2, hours: 11}]}\n"))
    assert [(one.grades, one.hours) for one in facts.day.sleep] == [((1, 2), 11), ((3, 4, 5, 6), 10)]
    kinds = [facts.sources[f"day.sleep[{index}].hours"].kind for index in (0, 1)]
    assert kinds == ["profile", "rule"]


def test_exercise_under_either_heading_counts_for_both(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small(more="day: {exercise_minutes: 130}\n"))
    assert facts.day.exercise_minutes == facts.sport.minutes == 130


def test_whoever_states_anything_of_after_school_offers_it(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small(more="after_school: {days: 周一至周五}\n"))
    assert facts.after_school.offered
    assert {"after_school.until"} <= {one.path for one in facts.missing}


def test_local_bases_follow_the_national_ones_and_are_not_doubled(facts_of: FactsOf, small: Text) -> None:
    more = (
        "bases:\n"
        "  - {title: 《青石区义务教育学校作业管理办法》, issuer: 青石区教育局, day: 2025-08-20}\n"
        "  - {title: 关于加强义务教育学校作业管理的通知}\n"
    )
    bases = facts_of(small(more=more)).bases
    assert (bases[-1].title, bases[-1].local) == ("青石区义务教育学校作业管理办法", True)
    titles = [basis.title for basis in bases]
    assert titles.count("关于加强义务教育学校作业管理的通知") == 1


def test_records_keep_their_figures_as_written(facts_of: FactsOf, small: Text) -> None:
    more = (
        "survey: {issued: 1000, returned: 936, satisfied_percent: 99.1%,"
        " answers: [{question: 九点半前睡觉, percent: 82%}]}\n"
        "events: [{day: 2026-09-08, what: 家长座谈会}]\n"
        "training: {quotas: [{what: 听课, count: 10, unit: 节}]}\n"
        "discipline: {rewards: [{rule: 作业设计获奖, consequence: 记入考核}]}\n"
        "attachments: [{title: 作业管理办法}]\n"
        "after_school: {offered: 是, pupil_percent: 91.30%}\n"
    )
    facts = facts_of(small(more=more))
    assert (facts.survey.returned, facts.survey.satisfied_percent) == (936, "99.1%")
    assert [(one.question, one.percent) for one in facts.survey.answers] == [("九点半前睡觉", "82%")]
    assert [(one.day, one.what) for one in facts.events] == [(date(2026, 9, 8), "家长座谈会")]
    assert facts.training.quotas[0].count == 10
    assert facts.discipline.rewards[0].consequence == "记入考核"
    assert facts.attachments[0].title == "作业管理办法"
    assert facts.after_school.pupil_percent == "91.3%"
