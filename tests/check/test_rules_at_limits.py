"""Each rule with a profile that just passes and one that just fails, for each grade at its edges, 六三 and 五四.

The limits are written here as the laws, 双减意见 and the notices of 2018 to 2026 state them, not taken from the packs.
"""

from __future__ import annotations

import pytest

from planforge.check import NAMES
from tests.check.schools import checked, packs, profile, rules_of
from tests.check.texts_for_rules import WORDS

UPPER = {"六三": {("小学", 3): 60, ("小学", 6): 60, ("初中", 7): 90, ("初中", 9): 90},
         "五四": {("小学", 3): 60, ("小学", 5): 60, ("初中", 6): 90, ("初中", 9): 90}}  # fmt: skip
EDGES = [
    (system, stage, grade, most) for system, found in UPPER.items() for (stage, grade), most in found.items()
]


def band(grade: int, minutes: int | None, how: str = "平均不超过") -> str:
    amount = f", minutes: {minutes}" if minutes is not None else ""
    return f"homework:\n  bands: [{{grades: {grade}, limit: 更严, how: {how}{amount}}}]\n"


@pytest.mark.parametrize(("system", "stage", "grade", "most"), EDGES)
def test_homework_at_its_limit(system: str, stage: str, grade: int, most: int) -> None:
    rule = "homework.junior.2021" if stage == "初中" else "homework.upper.2021"
    assert rule not in rules_of(profile(band(grade, most), stage=stage, system=system))
    assert rule in rules_of(profile(band(grade, most + 1), stage=stage, system=system))


@pytest.mark.parametrize("system", ["六三", "五四"])
@pytest.mark.parametrize("grade", [1, 2])
def test_the_two_lowest_grades_have_no_written_homework(system: str, grade: int) -> None:
    rule = "homework.lower.2021"
    assert rule not in rules_of(profile(band(grade, None, "不布置"), system=system))
    found = [one for one in checked(profile(band(grade, 1), system=system)) if one.rule == rule]
    assert [one.severity for one in found] == ["error"]
    soft = [
        one for one in checked(profile(band(grade, None, "尽量不布置"), system=system)) if one.rule == rule
    ]
    assert [one.severity for one in soft] == ["warning"], "a wish is doubtful, not forbidden"


def test_oral_homework_of_the_lowest_grades_is_no_written_homework() -> None:
    text = "homework:\n  bands: [{grades: 1-2, limit: 更严, how: 不超过, minutes: 20, scope: 口头作业}]\n"
    assert not rules_of(profile(text))


def test_a_profile_of_2019_is_held_against_the_rules_of_2018() -> None:
    found = [
        one for one in checked(profile(band(4, 61, "不超过"), year="2019-2020")) if one.severity == "error"
    ]
    assert [one.rule for one in found] == ["homework.upper.2018"]
    assert "中小学生减负措施" in found[0].citation and "2021" not in found[0].citation
    assert not rules_of(profile(band(4, 60, "不超过"), year="2019-2020"))


def test_two_examinations_were_right_in_2019_and_are_not_today() -> None:
    text = "assessment:\n  midterm_grades: 3-6\n  finals: 1\n"
    assert not rules_of(profile(text, year="2019-2020"))
    assert "exams.midterm.primary.2021" in rules_of(profile(text))
    assert "exams.upper.2018" in rules_of(
        profile("assessment:\n  midterm_grades: 3-6\n  finals: 2\n", year="2019-2020")
    )


# rule, stage, lines that just pass, lines that just fail
LIMITS = [
    ("exams.paperless.2021", "小学", "assessment: {exam_grades: 3-6}", "assessment: {exam_grades: 2-6}"),
    ("exams.final.2021", "小学", "assessment: {finals: 1}", "assessment: {finals: 2}"),
    ("exams.lower.2018", "小学", "assessment: {exam_grades: 1-6, finals: 1}", "assessment: {exam_grades: 1-6, finals: 2}"),
    ("day.first-lesson.primary.2021", "小学", 'day: {first_lesson: "8:20"}', 'day: {first_lesson: "8:19"}'),
    ("day.first-lesson.junior.2021", "初中", 'day: {first_lesson: "8:00"}', 'day: {first_lesson: "7:59"}'),
    ("day.sleep.primary.2021", "小学", "day: {sleep: [{grades: 1-6, hours: 10}]}", "day: {sleep: [{grades: 1-6, hours: 9, minutes: 59}]}"),
    ("day.sleep.junior.2021", "初中", "day: {sleep: [{grades: 7-9, hours: 9}]}", "day: {sleep: [{grades: 7-9, hours: 8, minutes: 59}]}"),
    ("day.bedtime.primary.2021", "小学", 'day: {bedtime: [{grades: 1-6, clock: "21:20"}]}', 'day: {bedtime: [{grades: 1-6, clock: "21:21"}]}'),
    ("day.bedtime.junior.2021", "初中", 'day: {bedtime: [{grades: 7-9, clock: "22:00"}]}', 'day: {bedtime: [{grades: 7-9, clock: "0:10"}]}'),
    ("sport.exercise.2025", "小学", "sport: {minutes: 120}", "sport: {minutes: 119}"),
    ("sport.pe-lessons.lower.2021", "小学", "sport: {lessons: [{grades: 1-2, lessons: 4}]}", "sport: {lessons: [{grades: 1-2, lessons: 3}]}"),
    ("sport.pe-lessons.upper.2021", "小学", "sport: {lessons: [{grades: 3-6, lessons: 3}]}", "sport: {lessons: [{grades: 3-6, lessons: 2}]}"),
    ("sport.long-break.2021", "小学", "day: {long_break_minutes: 30}", "day: {long_break_minutes: 29}"),
    ("lessons.minutes.primary.2022", "小学", "lessons: {minutes: 40}", "lessons: {minutes: 45}"),
    ("lessons.minutes.junior.2022", "初中", "lessons: {minutes: 45}", "lessons: {minutes: 40}"),
    ("after-school.days.2021", "小学", "after_school: {days: 周一至周五}", "after_school: {days: 周一至周四}"),
    ("after-school.minutes.2021", "小学", 'after_school: {starts: "15:30", until: "17:30"}', 'after_school: {starts: "15:30", until: "17:29"}'),
    ("school.class-size.2019", "小学", "", ""),
    ("day.break.2026", "初中", "day: {break_minutes: 15}", "day: {break_minutes: 14}"),
    ("exams.mock.others.2021", "初中", "schedule: [{month: 1, what: 九年级模拟考试}]", "schedule: [{month: 1, what: 八年级模拟考试}]"),
    ("exams.midterm.junior.2021", "初中", "schedule: [{month: 11, what: 期中考试}]",
     "schedule: [{month: 10, what: 期中考试}, {month: 11, what: 期中考试}]"),
    ("exams.midterm.primary.2021", "小学", "schedule: [{month: 11, what: 期中家长会}]", "schedule: [{month: 11, what: 期中考试}]"),
    ("results.levels.2021", "小学", "assessment: {no_hundred_marks: 是}", "assessment: {no_hundred_marks: 否}"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "stage", "passes", "fails"), LIMITS, ids=[one[0] for one in LIMITS])
def test_a_limit_holds_at_itself_and_not_beyond(rule: str, stage: str, passes: str, fails: str) -> None:
    year = "2019-2020" if rule.endswith("2018") else "2026-2027"
    if rule.startswith("school.class-size"):
        sizes = "  classes: 2\n  pupils: {}\n"
        text = profile(stage=stage)
        passes, fails = (text.replace("term:", sizes.format(count) + "term:") for count in (110, 111))
        assert rule not in rules_of(passes) and rule in rules_of(fails)
        return
    assert rule not in rules_of(profile(passes, stage=stage, year=year))
    assert rule in rules_of(profile(fails, stage=stage, year=year))


@pytest.mark.parametrize(
    ("number", "months", "broken"),
    [
        (2, (4, 5), set()),
        (2, (4, 5, 6), {"exams.mock.2021"}),
        (1, (12,), {"exams.mock.early.2021"}),
        (1, (11, 12, 1), {"exams.mock.2021", "exams.mock.early.2021"}),
    ],
)
def test_one_or_two_mock_examinations_in_the_second_half_of_the_last_year(
    number: int, months: tuple[int, ...], broken: set[str]
) -> None:
    """考试管理通知: 下学期正常完成课程教学任务后，在总复习阶段组织1—2次."""
    items = ", ".join(f"{{month: {month}, what: 九年级模拟考试}}" for month in months)
    assert rules_of(profile(f"schedule: [{items}]", stage="初中", number=number)) == broken


def test_a_huge_class_is_an_error_and_not_said_twice() -> None:
    text = profile().replace("term:", "  sizes: [{grade: 3, classes: 2, pupils: 131}]\nterm:")
    assert rules_of(text) == {"school.huge-class.2019"}


JUNIOR = {"exams.mock.early.2021", "school.classes.2026"}


@pytest.mark.parametrize(("rule", "breaks", "innocent"), WORDS, ids=[one[0] for one in WORDS])
def test_words_that_break_a_rule_and_words_that_do_not(rule: str, breaks: str, innocent: list[str]) -> None:
    def said(words: str) -> str:
        stage = "九年一贯制" if rule in JUNIOR else "小学"
        return profile(f'acts:\n  - {{id: a1, what: "{words}"}}\n', stage=stage)

    (found,) = [one for one in checked(said(breaks)) if one.rule == rule]
    assert found.place is not None and (found.place.file, found.place.line) == ("school.yaml", 9)
    assert found.found and found.found in breaks and found.remedy and found.limit
    for words in innocent:
        assert rule not in rules_of(said(words)), words


def test_last_terms_problems_may_name_what_was_wrong() -> None:
    text = "problems:\n  - {id: p1, what: 五年级每周单元测试一次, evidence: 两个班张榜公布成绩}\n"
    assert not rules_of(profile(text))


def test_a_finding_says_where_what_by_which_rule_and_how_to_mend() -> None:
    (found,) = [one for one in checked(profile(band(4, 70))) if one.severity == "error"]
    assert str(found.place) == "school.yaml:9:55"
    assert found.found == "平均不超过70分钟" and "60分钟" in found.limit and "60" in found.remedy
    assert (
        found.citation == "教育部办公厅《关于加强义务教育学校作业管理的通知》（教基厅函〔2021〕13号）第二条"
    )
    assert "每天分钟数" in found.field


@pytest.mark.parametrize(
    ("starts", "rule", "severity"),
    [("2026-02-26", "day.break.2025", "note"), ("2026-02-27", "day.break.2026", "warning")],
)
def test_a_fifteen_minute_break_was_encouraged_and_is_now_carried_out(
    starts: str, rule: str, severity: str
) -> None:
    def told(minutes: int) -> list[tuple[str, str]]:
        text = profile(f"  starts: {starts}\nday: {{break_minutes: {minutes}}}", year="2025-2026", number=2)
        return [(one.rule, one.severity) for one in checked(text) if one.rule.startswith("day.break.")]

    assert told(15) == [] and told(14) == [(rule, severity)]


def test_holiday_lessons_are_forbidden_by_law() -> None:
    (found,) = [
        one for one in checked(profile("acts: [{id: a1, what: 周六上午集体补课}]")) if one.severity == "error"
    ]
    assert found.citation == "全国人民代表大会常务委员会《中华人民共和国未成年人保护法》第三十三条"


def test_what_was_only_reported_is_never_an_error_of_its_own() -> None:
    """Of the rules of 2026, the even classes stand in the law as well; the others were read in the news only."""
    reported = ["lessons.science.2026", "lessons.practice.2025", "school.uniform.2026", "vision.checks.2024"]
    assert {packs().rule(name).gravity for name in reported} <= {"warning", "note"}


def test_the_hours_of_service_name_no_article_that_does_not_state_them() -> None:
    text = profile('after_school: {starts: "15:30", until: "17:00"}')
    (found,) = [one for one in checked(text) if one.rule == "after-school.minutes.2021"]
    assert found.citation == "教育部2021年关于课后服务的规定"


def test_every_rule_that_can_be_broken_says_how_to_mend_it() -> None:
    for rule in packs().rules:
        assert rule.remedy.endswith("。") and rule.gravity in NAMES, rule.id


def test_what_is_unconfirmed_is_never_more_than_a_note() -> None:
    unconfirmed = [rule for rule in packs().rules if not rule.printable]
    assert unconfirmed
    assert {rule.gravity for rule in unconfirmed} == {"note"}


# rule, system, lines, the edge grade for which they hold, the neighbour for which they do not
EDGE_GRADES = [
    ("exams.paperless.2021", "六三", "小学", "assessment: {{exam_grades: {}}}", 2, 3),
    ("exams.paperless.2021", "五四", "小学", "assessment: {{exam_grades: {}}}", 2, 3),
    ("exams.midterm.primary.2021", "六三", "九年一贯制", "assessment: {{midterm_grades: {}}}", 6, 7),
    ("exams.midterm.primary.2021", "五四", "九年一贯制", "assessment: {{midterm_grades: {}}}", 5, 6),
    ("day.sleep.primary.2021", "六三", "九年一贯制", "day: {{sleep: [{{grades: {}, hours: 9}}]}}", 6, 7),
    ("day.sleep.primary.2021", "五四", "九年一贯制", "day: {{sleep: [{{grades: {}, hours: 9}}]}}", 5, 6),
    ("day.bedtime.primary.2021", "六三", "九年一贯制", 'day: {{bedtime: [{{grades: {}, clock: "21:50"}}]}}', 6, 7),
    ("day.bedtime.primary.2021", "五四", "九年一贯制", 'day: {{bedtime: [{{grades: {}, clock: "21:50"}}]}}', 5, 6),
    ("sport.pe-lessons.lower.2021", "六三", "小学", "sport: {{lessons: [{{grades: {}, lessons: 3}}]}}", 2, 3),
    ("homework.upper.2021", "六三", "九年一贯制", "homework: {{bands: [{{grades: {}, limit: 更严, how: 不超过, minutes: 75}}]}}", 6, 7),
    ("homework.upper.2021", "五四", "九年一贯制", "homework: {{bands: [{{grades: {}, limit: 更严, how: 不超过, minutes: 75}}]}}", 5, 6),
    ("exams.mock.others.2021", "六三", "初中", "schedule: [{{month: 12, what: {}年级模拟考试}}]", 8, 9),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "system", "stage", "lines", "inside", "outside"), EDGE_GRADES)
def test_a_rule_ends_at_its_edge_grade(
    rule: str, system: str, stage: str, lines: str, inside: int, outside: int
) -> None:
    assert rule in rules_of(profile(lines.format(inside), stage=stage, system=system))
    assert rule not in rules_of(profile(lines.format(outside), stage=stage, system=system))


def test_first_lessons_of_a_nine_year_school_are_held_by_its_primary_grades() -> None:
    found = [
        one for one in checked(profile('day: {first_lesson: "8:10"}', stage="九年一贯制", system="五四"))
    ]
    late = [one for one in found if one.rule.startswith("day.first-lesson")]
    assert [one.rule for one in late] == ["day.first-lesson.primary.2021"]
    assert late[0].message.startswith("1、2、3、4、5年级")


NOT_COMPARED = {
    "lessons.year.2022": "no field of a form: a year has two terms",
    "lessons.science.2026": "no field of a form",
    "lessons.practice.2025": "no field of a form",
    "zhejiang.six-strict.2010": "unconfirmed",
    "homework.weekend.2021": "no number to compare",
    "homework.where.primary.2021": "a practice, not a field",
    "homework.where.junior.2021": "a practice, not a field",
    "homework.publicity.2021": "asked for as a missing fact",
    "day.study-hours.primary.1990": "no field of a form",
    "day.study-hours.junior.1990": "no field of a form",
    "lessons.week.lower.2022": "the form has no weekly lessons",
    "lessons.week.upper.2022": "the form has no weekly lessons",
    "lessons.week.junior.2022": "the form has no weekly lessons",
    "training.offline-end.2018": "binds training firms",
    "training.offline-end.2021": "binds training firms",
    "training.online-end.2021": "binds training firms",
    "homework.lower.2018": "tested by its successor's fixture of another year",
    "homework.junior.2018": "tested by its successor's fixture of another year",
    "day.sleep.primary.2018": "same limit as its successor",
    "sport.exercise.2021": "tested below",
    "results.publish.2018": "tested below",
}


def test_every_rule_is_held_against_a_fixture_or_says_why_not() -> None:
    tested = {one[0] for one in (*LIMITS, *WORDS, *EDGE_GRADES)}
    tested |= {"homework.lower.2021", "homework.upper.2021", "homework.junior.2021", "homework.upper.2018"}
    tested |= {"exams.upper.2018", "homework.free-day.2025", "day.break.2025", "school.huge-class.2019"}
    tested |= {"after-school.voluntary.2021", "exams.mock.2021"}
    national = {rule.id for rule in packs().rules if rule.region is None} | {"zhejiang.six-strict.2010"}
    assert national == tested | set(NOT_COMPARED), "the provinces' are in test_provincial_rules"


def test_history_counts_in_its_own_time() -> None:
    assert "sport.exercise.2021" in rules_of(profile("sport: {minutes: 59}", year="2022-2023"))
    assert not rules_of(profile("sport: {minutes: 60}", year="2022-2023"))
    assert "results.publish.2018" in rules_of(
        profile("acts: [{id: a1, what: 张榜公布成绩}]", year="2019-2020")
    )
    assert "homework.lower.2018" in rules_of(profile(band(1, 10, "不超过"), year="2019-2020"))
    assert "homework.junior.2018" in rules_of(profile(band(7, 91, "不超过"), stage="初中", year="2019-2020"))


def test_a_day_without_homework_is_encouraged_once_there_is_homework_to_speak_of() -> None:
    def notes(more: str) -> set[str]:
        return {one.rule for one in checked(profile(more)) if one.severity == "note"}

    assert "homework.free-day.2025" in notes("homework: {coordinator: 班主任}")
    assert "homework.free-day.2025" not in notes("homework: {coordinator: 班主任, no_homework_day: 每周三}")
    assert "homework.free-day.2025" not in notes("")


@pytest.mark.parametrize(
    ("system", "words", "found"),
    [
        ("六三", "六年级进行期中考试", True), ("六三", "七年级进行期中考试", False),
        ("五四", "五年级进行期中考试", True), ("五四", "六年级进行期中考试", False), ("五四", "期中考试各年级都进行", True),
    ],
)  # fmt: skip
def test_words_about_other_grades_do_not_break_a_rule(system: str, words: str, found: bool) -> None:
    text = profile(f"acts:\n  - {{id: a1, what: {words}}}\n", stage="九年一贯制", system=system)
    assert ("exams.midterm.primary.2021" in rules_of(text)) is found


@pytest.mark.parametrize(
    ("how", "minutes", "remedy"),
    [
        ("有条件时不超过", 30, "把“有条件时不超过”改为“不超过”或“平均不超过”，分钟数不用改；或写“按规定”。"),
        ("有条件时不超过", 61, "把分钟数改到60以内，或写“按规定”。"),
    ],
)
def test_the_advice_is_about_what_is_wrong(how: str, minutes: int, remedy: str) -> None:
    """A number that is low enough is not to be lowered; the words that bind nobody are to change."""
    band = f"homework: {{bands: [{{grades: 3-6, limit: 更严, how: {how}, minutes: {minutes}}}]}}"
    (found,) = (one for one in checked(profile(band)) if one.rule == "homework.upper.2021")
    assert found.remedy == remedy
