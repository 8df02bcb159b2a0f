"""Every rule that a form can break: at its limit it is kept, one step beyond it is broken; in its first and last grade
under 六三 and 五四; and the grades next to them do not meet it. Made from the packs, so that a new rule is held as well.
The limits themselves are held against the notices in test_rules_at_limits.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from planforge.check.quantities import QUANTITIES, weekdays
from planforge.policy import Rule
from planforge.policy.model import STAGE_GRADES, System, clock_minutes
from tests.check.schools import checked, packs, profile

Lines = Callable[[int, int], str]
HAN = "一二三四五六七八九"


def clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def homework(grade: int, minutes: int) -> str:
    how = f"how: 不超过, minutes: {minutes}" if minutes else "how: 不布置"
    return f"homework: {{bands: [{{grades: {grade}, limit: 更严, {how}}}], coordinator: 班主任, no_homework_day: 每周三}}\n"


def calendar(what: str) -> Lines:
    def lines(grade: int, times: int) -> str:
        items = "".join(
            f"  - {{month: 12, what: {HAN[grade - 1]}年级第{n + 1}次{what}}}\n" for n in range(times)
        )
        return f"schedule:\n{items}" if times else ""

    return lines


LINES: dict[str, Lines] = {
    "homework.minutes": homework,
    "homework.free_days": lambda g, n: f"homework: {{coordinator: 班主任{', no_homework_day: 每周三' if n else ''}}}\n",
    "assessment.paper_exams": lambda g, n: f"assessment: {{exam_grades: {g}}}\n" if n else "",
    "assessment.finals": lambda g, n: f"assessment: {{exam_grades: {g}, finals: {n}}}\n",
    "assessment.exams": lambda g, n: f"assessment: {{exam_grades: {g}, finals: {n}}}\n",
    "assessment.midterms": calendar("期中考试"),
    "assessment.mock_exams": calendar("模拟考试"),
    "assessment.early_mock_exams": calendar("模拟考试"),
    "assessment.levels": lambda g, n: f"assessment: {{no_hundred_marks: {'是' if n else '否'}}}\n",
    "day.first_lesson": lambda g, n: f'day: {{first_lesson: "{clock(n)}"}}\n',
    "day.sleep": lambda g, n: f"day: {{sleep: [{{grades: {g}, hours: {n // 60}, minutes: {n % 60}}}]}}\n",
    "day.bedtime": lambda g, n: f'day: {{bedtime: [{{grades: {g}, clock: "{clock(n)}"}}]}}\n',
    "day.break_minutes": lambda g, n: f"day: {{break_minutes: {n}}}\n",
    "day.long_break_minutes": lambda g, n: f"day: {{long_break_minutes: {n}}}\n",
    "sport.minutes": lambda g, n: f"sport: {{minutes: {n}}}\n",
    "sport.lessons": lambda g, n: f"sport: {{lessons: [{{grades: {g}, lessons: {n}}}]}}\n",
    "sport.daily_lessons": lambda g, n: f"sport: {{lessons: [{{grades: {g}, lessons: {n}}}]}}\n",
    "lessons.minutes": lambda g, n: f"lessons: {{minutes: {n}}}\n",
    "after_school.days": lambda g, n: f"after_school: {{days: 每周{HAN[n - 1]}天}}\n",
    "after_school.minutes": lambda g, n: f'after_school: {{starts: "15:30", until: "{clock(930 + n)}"}}\n',
    "after_school.voluntary": lambda g, n: f"after_school: {{offered: 是, voluntary: {'是' if n else '否'}}}\n",
    "group.first_responsible": lambda g, n: f"group: {{first_responsible: {'校长' if n else '教导主任'}}}\n",
    "school.class_size": lambda g, n: f"sizes={g},{n}",
    "school.huge_class": lambda g, n: f"sizes={g},{n}",
}  # fmt: skip


def steps(rule: Rule) -> tuple[int, list[int]]:
    """What just keeps a rule, and what just breaks it."""
    limit = rule.limit
    value = clock_minutes(limit.clock) if limit.unit == "clock" else limit.value
    assert value is None or isinstance(value, int)
    if rule.quantity == "day.sleep":
        value = (value or 0) * 60
    match limit.kind:
        case "none" | "forbidden":
            return 0, [1]
        case "average" | "at_most" | "not_after":
            return value or 0, [(value or 0) + 1]
        case "at_least" | "not_before" | "encouraged":
            return value or 0, [(value or 0) - 1]
        case "required" if value is None:
            return 1, [0]
        case _:
            return value or 0, [(value or 0) - 1]


def text(rule: Rule, system: System, grade: int, amount: int) -> str:
    """A school of that one grade, in the first autumn in which the rule holds, or on its first day if it saw none."""
    year = rule.from_day.year + (rule.from_day > date(rule.from_day.year, 9, 1))
    starts = ""
    if rule.until is not None and rule.until < date(year, 9, 1):
        year, starts = rule.from_day.year, f"  starts: {rule.from_day}\n"
    stage = "小学" if grade in STAGE_GRADES[system]["primary"] else "初中"
    name = "六三" if system == "6-3" else "五四"
    lines = LINES[rule.quantity](grade, amount)
    more = f"  grades: {grade}\n"
    if rule.region is not None:
        more += f"  region: {{province: {rule.region.province}}}\n"
    if lines.startswith("sizes="):
        pupils = lines.partition(",")[2]
        more, lines = f"{more}  sizes: [{{grade: {grade}, classes: 1, pupils: {pupils}}}]\n", ""
    whole = profile(starts + lines, stage=stage, system=name, year=f"{year}-{year + 1}")
    return whole.replace("term:", f"{more}term:")


RULES = [rule for rule in packs().rules if rule.quantity in QUANTITIES and rule.printable]
EDGES = [
    (rule, system, grade)
    for rule in RULES
    for system in ("6-3", "5-4")
    if rule.grades_in(system)
    for grade in sorted({rule.grades_in(system)[0], rule.grades_in(system)[-1]})
]


def told(rule: Rule, system: System, grade: int, amount: int) -> bool:
    return rule.id in {one.rule for one in checked(text(rule, system, grade, amount))}


def test_every_quantity_of_a_form_is_tried() -> None:
    assert {rule.quantity for rule in RULES} <= set(LINES)
    assert len(RULES) >= 30


@pytest.mark.parametrize(("rule", "system", "grade"), EDGES, ids=lambda one: getattr(one, "id", str(one)))
def test_a_rule_is_kept_at_its_limit_and_broken_beyond(rule: Rule, system: System, grade: int) -> None:
    kept, broken = steps(rule)
    assert not told(rule, system, grade, kept)
    for amount in broken:
        if rule.id == "school.class-size.2019":
            assert amount < 66, "beyond, the graver rule speaks"
        assert told(rule, system, grade, amount)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("system", ["6-3", "5-4"])
def test_the_grades_beside_its_own_do_not_meet_it(rule: Rule, system: System) -> None:
    own = rule.grades_in(system)
    for grade in {min(own, default=1) - 1, max(own, default=9) + 1} & set(range(1, 10)):
        assert not told(rule, system, grade, steps(rule)[1][0])


@pytest.mark.parametrize(
    ("words", "days"),
    [("每周五天", 5), ("每周5天", 5), ("每周五", 1), ("周一至周五", 5), ("周一、周三", 2), ("每周四次", 4), ("每个上学日", 5), ("另行通知", None)],
)  # fmt: skip
def test_days_of_a_week_are_counted(words: str, days: int | None) -> None:
    assert weekdays(words) == days
