"""What the national rules say on a day, and that nothing unconfirmed can be printed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from planforge.policy import Rule, RulePacks, RuleSet, load_packs
from planforge.policy.model import STAGE_GRADES, System
from tests.policy.district import PACK, write

TODAY = date(2026, 9, 1)
SYSTEMS: tuple[System, ...] = ("6-3", "5-4")


@pytest.fixture(scope="module")
def packs() -> RulePacks:
    return load_packs()


@pytest.fixture(scope="module")
def now(packs: RulePacks) -> RuleSet:
    return packs.in_force(TODAY)


def values(rules: RuleSet, quantity: str, system: System) -> dict[int, object]:
    return {g: r.limit.value or r.limit.kind for g, r in rules.limits(quantity, system).items()}


# Expected numbers: 双减意见 and the notices of 2021, 2022 and 2025 as the collected sources give them.
@pytest.mark.parametrize(
    ("quantity", "system", "expected"),
    [
        ("homework.minutes", "6-3", {1: "none", 2: "none", **dict.fromkeys(range(3, 7), 60), **dict.fromkeys((7, 8, 9), 90)}),
        ("homework.minutes", "5-4", {1: "none", 2: "none", **dict.fromkeys((3, 4, 5), 60), **dict.fromkeys((6, 7, 8, 9), 90)}),
        ("day.first_lesson", "6-3", {**dict.fromkeys(range(1, 7), "8:20"), **dict.fromkeys((7, 8, 9), "8:00")}),
        ("day.first_lesson", "5-4", {**dict.fromkeys(range(1, 6), "8:20"), **dict.fromkeys((6, 7, 8, 9), "8:00")}),
        ("day.sleep", "6-3", {**dict.fromkeys(range(1, 7), 10), **dict.fromkeys((7, 8, 9), 9)}),
        ("day.bedtime", "5-4", {**dict.fromkeys(range(1, 6), "21:20"), **dict.fromkeys((6, 7, 8, 9), "22:00")}),
        ("sport.minutes", "6-3", dict.fromkeys(range(1, 10), 120)),
        ("sport.lessons", "6-3", {1: 4, 2: 4, **dict.fromkeys(range(3, 10), 3)}),
        ("assessment.paper_exams", "5-4", {1: "forbidden", 2: "forbidden"}),
        ("assessment.finals", "6-3", dict.fromkeys(range(3, 10), 1)),
        ("assessment.midterms", "5-4", {**dict.fromkeys(range(1, 6), "forbidden"), **dict.fromkeys((6, 7, 8, 9), 1)}),
        ("lessons.minutes", "6-3", {**dict.fromkeys(range(1, 7), 40), **dict.fromkeys((7, 8, 9), 45)}),
        ("day.break_minutes", "6-3", dict.fromkeys(range(1, 10), 15)),
        # 学校卫生工作条例第五条: 小学不超过6小时，中学不超过8小时.
        ("day.study_hours", "5-4", {**dict.fromkeys(range(1, 6), 6), **dict.fromkeys((6, 7, 8, 9), 8)}),
        # 考试管理通知: no examinations across schools below the last year of 初中.
        ("assessment.regional_exams", "6-3", dict.fromkeys(range(1, 9), "forbidden")),
        ("assessment.early_mock_exams", "6-3", {9: "forbidden"}),
        # 新闻联播 2024-11-12: 小学每学期进行两次视力监测; 2026-08-04: 4—9年级学生每学期不少于一项科学探究任务.
        ("vision.checks", "6-3", dict.fromkeys(range(1, 7), 2)),
        ("lessons.science_tasks", "5-4", dict.fromkeys(range(4, 10), 1)),
        ("lessons.year_weeks", "6-3", dict.fromkeys(range(1, 10), 39)),
    ],
)  # fmt: skip
def test_limits_in_force_in_2026_follow_the_stage(
    now: RuleSet, quantity: str, system: System, expected: dict[int, object]
) -> None:
    assert values(now, quantity, system) == expected


def test_2021_limits_are_averages_and_2018_limits_are_not(packs: RulePacks, now: RuleSet) -> None:
    old = packs.in_force(date(2019, 9, 1))
    assert old.limits("homework.minutes", "6-3")[3].limit.kind == "at_most"
    assert now.limits("homework.minutes", "6-3")[3].limit.kind == "average"


def test_examinations_in_2019_were_counted_and_not_yet_barred(packs: RulePacks, now: RuleSet) -> None:
    old = packs.in_force(date(2019, 9, 1))
    assert values(old, "assessment.exams", "6-3") == {1: 1, 2: 1, **dict.fromkeys(range(3, 10), 2)}
    assert not old.limits("assessment.paper_exams", "6-3")
    assert not now.limits("assessment.exams", "6-3")


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        (date(2018, 12, 28), None),
        (date(2018, 12, 29), "homework.upper.2018"),
        (date(2021, 4, 24), "homework.upper.2018"),
        (date(2021, 4, 25), "homework.upper.2021"),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last(packs: RulePacks, day: date, rule: str | None) -> None:
    found = packs.in_force(day).limits("homework.minutes", "6-3").get(4)
    assert (found.id if found else None) == rule


# The days are those of the law, the notices and the news that the packs name.
@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("homework.repetitive.2021", date(2021, 4, 25)),  # 作业管理通知
        ("homework.where.primary.2021", date(2021, 3, 30)),  # 睡眠管理通知第四条
        ("homework.where.junior.2021", date(2021, 3, 30)),
        ("homework.marking.2021", date(2021, 8, 30)),  # 教育部发布会
        ("homework.ai.2025", date(2025, 5, 12)),
        ("tutoring.holidays.2021", date(2021, 6, 1)),  # 未成年人保护法第三十三条
        ("day.breaks.2021", date(2021, 9, 1)),  # 未成年人学校保护规定
        ("day.break.2025", date(2025, 10, 24)),
        ("day.break.2026", date(2026, 2, 27)),  # 健康学校意见
        ("after-school.days.2021", date(2021, 7, 21)),  # 新闻发布会
        ("after-school.minutes.2021", date(2021, 7, 21)),
        ("training.offline-end.2021", date(2021, 3, 30)),
        ("school.class-size.2019", date(2019, 7, 17)),
        ("school.huge-class.2019", date(2019, 7, 17)),
        ("school.uniform.2026", date(2026, 3, 27)),
        ("school.classes.2026", date(2026, 4, 3)),
        ("lessons.science.2026", date(2026, 8, 4)),
        ("vision.checks.2024", date(2024, 11, 12)),
    ],
)
def test_a_rule_begins_on_the_day_of_its_source(packs: RulePacks, rule: str, first: date) -> None:
    assert packs.rule(rule) in packs.in_force(first).rules
    assert packs.rule(rule) not in packs.in_force(first - timedelta(days=1)).rules


@pytest.mark.parametrize(
    ("day", "kind", "gravity"),
    [(date(2026, 2, 26), "encouraged", "note"), (date(2026, 2, 27), "at_least", "warning")],
)
def test_fifteen_minutes_were_encouraged_and_are_now_carried_out(
    packs: RulePacks, day: date, kind: str, gravity: str
) -> None:
    rule = packs.in_force(day).limits("day.break_minutes", "6-3")[1]
    assert (rule.limit.kind, rule.limit.value, rule.gravity) == (kind, 15, gravity)


@pytest.mark.parametrize(
    ("rule", "document", "clause"),
    [
        ("tutoring.holidays.2021", "minors-law", "三十三"),
        ("homework.repetitive.2021", "homework-2021", "3"),
        ("homework.where.primary.2021", "sleep-2021", "4"),
        ("training.offline-end.2021", "sleep-2021", "4"),
        ("after-school.voluntary.2021", "double-reduction-2021", "9"),
        ("after-school.new-lessons.2021", "double-reduction-2021", "10"),
        ("day.study-hours.junior.1990", "school-health-1990", "5"),
    ],
)
def test_a_rule_rests_on_the_clause_that_says_it(
    packs: RulePacks, rule: str, document: str, clause: str
) -> None:
    first = packs.rule(rule).basis[0]
    assert (first.document, first.printable_clause) == (document, clause)


def test_the_hours_of_after_school_service_do_not_rest_on_an_article_that_has_none(packs: RulePacks) -> None:
    for rule in ("after-school.days.2021", "after-school.minutes.2021"):
        assert [one.document for one in packs.rule(rule).basis] == ["after-school-2021"]
    assert not packs.documents["after-school-2021"].printable


def test_titles_are_as_they_were_issued(packs: RulePacks) -> None:
    title = packs.documents["management-2025"].title
    assert title.value == "关于开展基础教育“规范管理提升年”行动的通知" and title.printable
    assert not packs.documents["management-2026"].printable, "its full title was not found"
    assert packs.documents["homework-2021"].printable_number == "教基厅函〔2021〕13号"
    assert packs.documents["healthy-school-2026"].printable_number == "教体艺〔2026〕3号"
    assert packs.documents["penalty-law"].issuer.value == "全国人民代表大会"


def test_exercise_doubled_in_january_2025(packs: RulePacks) -> None:
    assert packs.in_force(date(2025, 1, 18)).limits("sport.minutes", "6-3")[1].limit.number == 60
    assert packs.in_force(date(2025, 1, 19)).limits("sport.minutes", "6-3")[1].limit.number == 120


def test_a_rule_that_was_replaced_hands_over_on_the_next_day(packs: RulePacks) -> None:
    replaced = [rule for rule in packs.rules if rule.replaced_by]
    assert replaced
    for rule in replaced:
        assert rule.until is not None
        for name in rule.replaced_by:
            assert packs.rule(name).from_day == rule.until + timedelta(days=1), rule.id


@pytest.mark.parametrize("system", SYSTEMS)
def test_one_rule_at_a_time_limits_a_quantity_in_a_grade(packs: RulePacks, system: System) -> None:
    days = {rule.from_day for rule in packs.rules} | {rule.until for rule in packs.rules if rule.until}
    for day in days:
        held: dict[tuple[str, int], str] = {}
        for rule in packs.in_force(day).rules:
            for grade in rule.grades_in(system):
                assert (rule.quantity, grade) not in held, (day, rule.id, held[rule.quantity, grade])
                held[rule.quantity, grade] = rule.id


def test_every_rule_has_its_document_statement_and_explanation(packs: RulePacks) -> None:
    for rule in packs.rules:
        assert rule.statement.endswith("。") and rule.explanation.endswith("。"), rule.id
        assert all(citation.document in packs.documents for citation in rule.basis), rule.id


def test_what_is_known_from_memory_is_kept_and_never_printable(packs: RulePacks) -> None:
    opinions = packs.documents["double-reduction-2021"]
    assert opinions.number is not None and not opinions.number.printable
    assert opinions.printable and opinions.printable_number == ""
    strict = packs.rule("zhejiang.six-strict.2010")
    assert not strict.printable
    number = packs.documents["zhejiang-six-strict"].number
    assert number is not None and number.value and not number.printable


def test_plain_statements_do_not_give_away_unconfirmed_limits(packs: RulePacks) -> None:
    for rule in packs.rules:
        if not rule.printable and rule.limit.value is not None:
            assert str(rule.limit.value) not in rule.statement + rule.explanation, rule.id


def test_unconfirmed_limits_are_left_out_where_only_printable_ones_are_asked(tmp_path: Path) -> None:
    unproven = PACK.replace("unit: minutes, confirmed: text_read", "unit: minutes, confirmed: memory")
    rules = load_packs([write(tmp_path, unproven)]).in_force(TODAY)
    assert rules.limits("homework.minutes", "6-3")[3].limit.number == 40
    assert rules.printable_limits("homework.minutes", "6-3")[3].limit.number == 60


def test_bases_come_by_rank_and_date_and_only_once_they_were_issued(packs: RulePacks) -> None:
    names = [one.document.id for one in packs.in_force(TODAY).bases()]
    assert names.index("outline-2025") < names.index("double-reduction-2021") < names.index("homework-2021")
    assert names.index("exams-2021") < names.index("exams-2025")
    assert "school-health-1990" not in names, "its issuer is not confirmed"
    assert names.index("minors-law") < names.index("management-2025")
    assert "healthy-school-2026" in names and "management-2026" not in names
    assert "burden-2018" not in names, "overtaken"
    before = [one.document.id for one in packs.in_force(date(2022, 9, 1)).bases()]
    assert "exams-2021" in before and "exams-2025" not in before and "outline-2025" not in before
    assert [one.document.id for one in packs.in_force(date(2019, 9, 1)).bases() if one.document.general] == [
        "burden-2018"
    ]


def test_rules_are_found_by_id_topic_and_stage(now: RuleSet, packs: RulePacks) -> None:
    assert now.rule("day.break.2026").limit.kind == "at_least"
    with pytest.raises(KeyError):
        now.rule("homework.upper.2018")
    assert packs.rule("homework.upper.2018").topic == "homework"
    junior = now.find(topic="homework", stage="junior")
    assert "homework.junior.2021" in {rule.id for rule in junior}
    assert "homework.upper.2021" not in {rule.id for rule in junior}


def test_topics_that_a_school_is_asked_about_have_rules(now: RuleSet) -> None:
    asked = {
        "homework",
        "assessment",
        "day",
        "sport",
        "lessons",
        "after_school",
        "phones",
        "reading",
        "materials",
    }
    assert asked <= {rule.topic for rule in now.rules}


def test_grades_of_a_rule_stay_within_its_stages(packs: RulePacks) -> None:
    def allowed(rule: Rule, system: System) -> set[int]:
        return {grade for stage in rule.stages for grade in STAGE_GRADES[system][stage]}

    for rule in packs.rules:
        for system in SYSTEMS:
            assert set(rule.grades_in(system)) <= allowed(rule, system), rule.id


def test_the_rules_of_a_day_are_worked_out_once(packs: RulePacks) -> None:
    assert packs.in_force(TODAY) is packs.in_force(TODAY)
