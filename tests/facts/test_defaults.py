"""What a profile with little more than a name gets from the rules on the term's first day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from planforge.facts import Facts, leaves
from planforge.facts.model import Band

FactsOf = Callable[[str], Facts]
Text = Callable[..., str]


def bands(facts: Facts) -> list[tuple[tuple[int, ...], str, int | None]]:
    return [(band.grades, band.how, band.minutes) for band in facts.homework.bands]


@pytest.mark.parametrize(
    ("stage", "system", "grades", "expected"),
    [
        ("小学", "六三", "", [((1, 2), "none", None), ((3, 4, 5, 6), "average", 60)]),
        ("小学", "五四", "", [((1, 2), "none", None), ((3, 4, 5), "average", 60)]),
        ("小学", "六三", "1-5", [((1, 2), "none", None), ((3, 4, 5), "average", 60)]),
        ("小学", "六三", "1-2", [((1, 2), "none", None)]),
        ("小学", "六三", "4-6", [((4, 5, 6), "average", 60)]),
        ("初中", "六三", "", [((7, 8, 9), "average", 90)]),
        ("初中", "五四", "", [((6, 7, 8, 9), "average", 90)]),
        (
            "九年一贯制",
            "六三",
            "",
            [((1, 2), "none", None), ((3, 4, 5, 6), "average", 60), ((7, 8, 9), "average", 90)],
        ),
        (
            "九年一贯制",
            "五四",
            "",
            [((1, 2), "none", None), ((3, 4, 5), "average", 60), ((6, 7, 8, 9), "average", 90)],
        ),
    ],
)
def test_homework_limits_follow_stage_and_system(
    facts_of: FactsOf,
    small: Text,
    stage: str,
    system: str,
    grades: str,
    expected: list[tuple[tuple[int, ...], str, int | None]],
) -> None:
    facts = facts_of(small(stage, system, grades))
    assert bands(facts) == expected
    assert not any(band.stricter for band in facts.homework.bands)
    assert {band.scope for band in facts.homework.bands} == {"书面家庭作业"}


def test_examinations_of_a_primary_school(facts_of: FactsOf, small: Text) -> None:
    assessment = facts_of(small()).assessment
    assert assessment.paperless_grades == (1, 2)
    assert assessment.exam_grades == (3, 4, 5, 6)
    assert assessment.finals == 1
    assert assessment.midterm_grades == ()


def test_a_school_of_first_and_second_grades_has_no_finals(facts_of: FactsOf, small: Text) -> None:
    assessment = facts_of(small(grades="1-2")).assessment
    assert (assessment.exam_grades, assessment.finals) == ((), 0)


def test_times_of_a_nine_year_school_differ_by_stage(facts_of: FactsOf, small: Text) -> None:
    day = facts_of(small("九年一贯制", "五四")).day
    primary, junior = (1, 2, 3, 4, 5), (6, 7, 8, 9)
    assert [(one.grades, one.clock) for one in day.first_lesson_limits] == [
        (primary, "8:20"),
        (junior, "8:00"),
    ]
    assert [(one.grades, one.hours) for one in day.sleep] == [(primary, 10), (junior, 9)]
    assert [(one.grades, one.clock) for one in day.bedtime] == [(primary, "21:20"), (junior, "22:00")]


def test_sport_comes_from_the_rules_of_2025_and_2021(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small("九年一贯制"))
    assert facts.sport.minutes == facts.day.exercise_minutes == 120
    assert facts.sport.lessons == (((1, 2), 4), ((3, 4, 5, 6, 7, 8, 9), 3))


def test_a_lesson_has_one_length_only_where_all_grades_share_it(facts_of: FactsOf, small: Text) -> None:
    assert facts_of(small("小学")).lessons.minutes == 40
    assert facts_of(small("初中")).day.lesson_minutes == 45
    assert facts_of(small("九年一贯制")).lessons.minutes is None


def test_what_is_only_encouraged_or_local_is_never_filled_in(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small())
    assert facts.day.break_minutes is None
    assert facts.homework.no_homework_day == ""
    assert facts.homework.publicity is None
    assert not facts.after_school.offered
    assert facts.supervision.hotline == "" and facts.group.heads == ()
    assert facts.assessment.levels == () and facts.schedule == () and facts.goals == ()


def test_missing_local_facts_are_listed_with_title_and_use(facts_of: FactsOf, small: Text) -> None:
    missing = {one.path: one for one in facts_of(small()).missing}
    asked = {
        "group.heads", "homework.coordinator", "homework.publicity", "acts", "goals", "schedule", "problems",
        "supervision.hotline", "term.starts", "after_school.offered", "assessment.paperless_form", "group.office",
    }  # fmt: skip
    assert asked <= set(missing)
    assert all(one.title and one.why for one in missing.values())
    assert "homework.bands" not in missing


def test_what_was_given_is_not_missing(facts_of: FactsOf, small: Text) -> None:
    more = "group: {heads: [周明远（校长）], office: 教导处}\nsupervision: {hotline: 0571-00000000}\n"
    missing = {one.path for one in facts_of(small(more=more + "after_school: {offered: 否}\n")).missing}
    assert not missing & {"group.heads", "group.office", "supervision.hotline", "after_school.offered"}


def test_what_is_written_by_halves_is_missing_too(facts_of: FactsOf, small: Text) -> None:
    more = (
        "acts: [{what: 统筹作业, who: 班主任}, {what: 巡查, who: 值周教师, when: 每天, visible: 登记表}]\n"
        "goals: [{text: 不超量, how_checked: 每周核对}, {text: 不占课}]\nproblems: [{what: 作业偏多}]\n"
    )
    missing = {one.path: (one.title, one.why) for one in facts_of(small(more=more)).missing}
    assert missing["acts[0].when"] == ("重点举措（第 1 条）", "分工表里的时间、可见成果还空着")
    assert missing["goals[1].how_checked"][0] == "本学期目标（第 2 条）"
    assert missing["problems[0].evidence"][0] == "上学期的问题（第 1 条）"
    assert not {path for path in missing if path.startswith(("acts[1]", "goals[0]"))}


def test_a_junior_school_is_not_asked_about_paperless_forms(facts_of: FactsOf, small: Text) -> None:
    assert "assessment.paperless_form" not in {one.path for one in facts_of(small("初中")).missing}


def test_a_term_in_2019_has_the_rules_of_2018(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small("九年一贯制", year="2019-2020"))
    assert bands(facts) == [
        ((1, 2), "none", None),
        ((3, 4, 5, 6), "at_most", 60),
        ((7, 8, 9), "at_most", 90),
    ]
    assert facts.assessment.paperless_grades == ()
    assert facts.day.bedtime == () and facts.day.first_lesson_limits == ()
    assert [(one.grades, one.hours) for one in facts.day.sleep] == [((1, 2, 3, 4, 5, 6), 10)]
    assert facts.sport.minutes is None
    assert [basis.title for basis in facts.bases] == ["中小学生减负措施"]


def test_before_any_rule_nothing_is_invented(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small(year="2015-2016"))
    assert facts.homework.bands == () and facts.bases == ()
    assert "homework.bands" in {one.path for one in facts.missing}


def test_the_first_day_decides_which_rules_hold(facts_of: FactsOf) -> None:
    text = "school: {name: 临溪小学, stage: 小学}\nterm: {year: 2020-2021, number: 2, starts: %s}\n"
    before, after = facts_of(text % "2021-03-01"), facts_of(text % "2021-04-26")
    assert before.homework.bands[1].how == "at_most"
    assert after.homework.bands[1].how == "average"


def test_a_school_without_grade_six_never_gets_it(facts_of: FactsOf, small: Text) -> None:
    more = "homework: {bands: [{grades: 3-5, limit: 按规定}]}\n"
    for path, value in leaves(facts_of(small(grades="1-5", more=more))):
        if "grades" in path or path == "sport.lessons":
            assert "6" not in str(value), path


def test_first_bases_are_national_by_rank(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small())
    titles = [basis.title for basis in facts.bases]
    assert titles[0].startswith("教育强国建设规划纲要") and titles[1].endswith("校外培训负担的意见")
    assert facts.bases[1].day == date(2021, 7, 24)
    assert "关于加强中小学生手机管理工作的通知" in [basis.title for basis in facts.topic_bases]
    assert not set(titles) & {basis.title for basis in facts.topic_bases}


def test_bands_have_no_oral_part_unasked(facts_of: FactsOf, small: Text) -> None:
    assert facts_of(small()).homework.bands[0] == Band((1, 2), "none")
