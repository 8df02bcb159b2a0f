"""What the national rules say on a day, and that nothing unconfirmed can be printed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planforge.policy import Rule, RulePacks, RuleSet, load_packs
from planforge.policy.model import STAGE_GRADES, System

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
    hours = packs.rule("day.study-hours.primary.1990")
    assert not hours.printable
    assert hours.basis[0].printable_clause == ""


def test_plain_statements_do_not_give_away_unconfirmed_limits(packs: RulePacks) -> None:
    for rule in packs.rules:
        if not rule.printable and rule.limit.value is not None:
            assert str(rule.limit.value) not in rule.statement + rule.explanation, rule.id


def test_unconfirmed_limits_are_left_out_where_only_printable_ones_are_asked(now: RuleSet) -> None:
    assert now.limits("day.study_hours", "6-3")
    assert not now.printable_limits("day.study_hours", "6-3")


def test_bases_come_by_rank_and_date_and_only_once_they_were_issued(packs: RulePacks) -> None:
    names = [one.document.id for one in packs.in_force(TODAY).bases()]
    assert names.index("outline-2025") < names.index("double-reduction-2021") < names.index("homework-2021")
    assert names.index("exams-2021") < names.index("exams-2025")
    assert "school-health-1990" not in names, "its title is not confirmed"
    assert "burden-2018" not in names, "overtaken"
    before = [one.document.id for one in packs.in_force(date(2022, 9, 1)).bases()]
    assert "exams-2021" in before and "exams-2025" not in before and "outline-2025" not in before
    assert [one.document.id for one in packs.in_force(date(2019, 9, 1)).bases() if one.document.general] == [
        "burden-2018"
    ]


def test_rules_are_found_by_id_topic_and_stage(now: RuleSet, packs: RulePacks) -> None:
    assert now.rule("day.break.2025").limit.kind == "encouraged"
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
