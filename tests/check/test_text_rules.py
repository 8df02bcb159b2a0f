"""What the text checks find in old texts, and what only looks like it and stays silent."""

from __future__ import annotations

import pytest

from planforge.check import check_free_text, check_plain, check_school, check_text
from planforge.check.text_rules import text_rules
from planforge.core.problems import Place
from planforge.document.tree import (
    Blank,
    Cell,
    Document,
    Fact,
    Heading,
    Item,
    NumberedList,
    Paragraph,
    Slip,
    Table,
    Text,
    Title,
)
from tests.check.schools import packs, profile, read
from tests.check.texts_for_rules import CASES

SCHOOL = """\
after_school: {offered: 是, voluntary: 是, until: "17:30"}
day: {first_lesson: "8:30", break_minutes: 15, long_break_minutes: 30}
lessons: {minutes: 40}
supervision: {answer_days: 5}
"""


def found(words: str, *, known: bool = True, more: str = SCHOOL) -> list[str]:
    """Ids of the text rules that find something, the school and its term known or not."""
    _, facts = read(
        profile(more).replace(
            "term:",
            "  region: {province: 浙江省, city: 杭州市, district: 西湖区}\n  classes: 12\n  pupils: 480\n  teachers: 30\nterm:",
        )
    )
    return [one.rule for one in check_plain(words, "旧稿.txt", facts if known else None)]


@pytest.mark.parametrize(
    ("rule", "words"), [(rule, words) for rule, (wrong, _) in CASES.items() for words in wrong]
)
def test_what_should_not_stand_in_a_text_is_found(rule: str, words: str) -> None:
    assert rule in found(words)


@pytest.mark.parametrize(
    ("rule", "words"), [(rule, words) for rule, (_, right) in CASES.items() for words in right]
)
def test_what_only_looks_like_it_stays_silent(rule: str, words: str) -> None:
    assert rule not in found(words)


def test_every_text_rule_has_three_look_alikes_or_is_tested_by_itself() -> None:
    elsewhere = {"text.mobile", "text.figures-inside", "text.slips"}
    others = {name for name in text_rules() if not name.startswith("text.")}
    assert set(text_rules()) - others == set(CASES) | elsewhere
    assert {name.partition(".")[0] for name in others} == {"dates", "paper", "alike"}
    assert all(len(right) >= 3 for _, right in CASES.values())


def test_homework_that_differs_within_an_unknown_text() -> None:
    words = "三至六年级书面作业不超过60分钟。\n五年级书面作业控制在40分钟以内。"
    assert "text.figures-inside" in found(words, known=False)
    for right in (
        "三、四年级书面作业不超过40分钟，五、六年级书面作业不超过60分钟。",
        "三年级书面作业不超过60分钟。\n三年级口头作业不超过20分钟。",
        "六年级书面作业不超过60分钟。\n七年级书面作业不超过90分钟。",
    ):
        assert "text.figures-inside" not in found(right, known=False)


def test_a_mobile_number_weighs_more_in_a_letter_to_parents() -> None:
    _, facts = read(profile())
    number = "请拨打13900001234联系。"

    def severity(text: str) -> list[str]:
        return [one.severity for one in check_plain(text, "信.txt", facts) if one.rule == "text.mobile"]

    assert severity(f"尊敬的家长：\n{number}") == ["warning"]
    assert severity(f"工作方案\n{number}") == ["note"]
    for right in ("学号13900001234567。", "电话0571-88881234。", "编号1390000123。"):
        assert severity(f"尊敬的家长：\n{right}") == []


def test_a_place_has_its_line_and_column() -> None:
    (one,) = [
        f for f in check_plain("第一行。\n　　提高教學质量。", "旧稿.txt") if f.rule == "text.characters"
    ]
    assert str(one.place) == "旧稿.txt:2:6" and one.limit == "学"


def test_a_school_named_after_another_city_is_at_home_in_its_name() -> None:
    _, facts = read(profile().replace("青石区临溪学校", "青石区南京路小学"))
    assert not [f for f in check_plain("南京路小学工作计划", "x.txt", facts) if f.rule == "text.place"]
    assert [f for f in check_plain("南京市教育局要求", "x.txt", facts) if f.rule == "text.place"]


def test_a_tree_is_checked_with_the_templates_place() -> None:
    _, facts = read(profile())
    place = Place("templates/letter/body.xml.j2", 7)
    slip = Slip((Text("回执"),), (Paragraph((Text("家长签字："), Blank(6.0)), place=place),), place=place)
    words = Paragraph(
        (Text("请xx同学的家长注意，"), Fact("school.name", "青石区临溪学校"), Blank(3.0)), place=place
    )
    found = check_text(
        Document("letter", "信", (Title((Text("致家长的一封信"),)), words, slip, slip)), facts, name="信"
    )
    assert {(one.rule, str(one.place), one.document) for one in found} == {
        ("text.placeholder", "templates/letter/body.xml.j2:7", "信"),
        ("text.slips", "templates/letter/body.xml.j2:7", "信"),
    }


def test_words_of_the_profile_are_told_with_their_place_there_and_once() -> None:
    text = profile("acts:\n  - {id: a1, what: 加强領导，落实责任}\n")
    _, facts = read(text)
    assert [(one.rule, str(one.place)) for one in check_free_text(facts)] == [
        ("text.characters", "school.yaml:9:20")
    ]
    printed = Paragraph((Text("本学期"), Fact("acts[0].what", "加强領导，落实责任")), place=Place("t.j2", 1))
    assert check_text(Document("plan", "计划", (printed,)), facts) == ()


def test_numbers_that_the_writer_makes_need_not_be_typed() -> None:
    _, facts = read(profile())
    items = NumberedList(tuple(Item((Text(words),)) for words in ("公示。", "检查。", "改进。")))
    told = Paragraph((Text("做好以下四项工作："),), place=Place("t.j2", 3))
    found = check_text(Document("plan", "计划", (Heading(1, (Text("措施"),)), told, items)), facts)
    assert [(one.rule, str(one.place)) for one in found] == [("text.counted-name", "t.j2:3")]
    right = Paragraph((Text("做好以下三项工作："),))
    assert check_text(Document("plan", "计划", (Heading(1, (Text("措施"),)), right, items)), facts) == ()


def test_a_district_under_another_rank_is_somewhere_else() -> None:
    _, facts = read(profile().replace("term:", "  region: {district: 青石区}\nterm:"))

    def places(words: str) -> list[str]:
        return [one.limit for one in check_plain(words, "x.txt", facts) if one.rule == "text.place"]

    assert places("按青石县教育局要求。") == ["青石区"]
    for right in ("按青石区教育局要求。", "青石板路。", "青石区临溪学校工作计划"):
        assert places(right) == []


@pytest.mark.parametrize(
    ("percent", "pupils", "found"), [("100%", 480, True), ("99%", 480, False), ("100%", 60, False)]
)
def test_a_free_choice_that_all_pupils_make(percent: str, pupils: int, found: bool) -> None:
    more = f"after_school: {{offered: 是, voluntary: 是, pupil_percent: {percent}}}\n"
    _, facts = read(profile(more).replace("term:", f"  pupils: {pupils}\nterm:"))
    assert ("text.voluntary" in [one.rule for one in check_free_text(facts)]) is found


# What old texts carried from one year to the next, as a profile would carry it on; each with its place.
CARRIED = [
    ("discipline: {penalties: [{rule: 作业超量, consequence: 每次罚款50元}]}", "discipline.fines"),
    ("assessment: {report: 每月月考后公布名次}", "results.ranking.2021"),
    ("schedule: [{month: 11, what: 期中考试}]", "exams.midterm.primary.2021"),
    ("acts: [{id: a1, what: 由XX老师负责统筹作业}]", "text.placeholder"),
    ("acts: [{id: a1, what: 召开家长家长会}]", "text.doubled-words"),
    ("acts: [{id: a1, what: 各班布臵作业由组长汇总}]", "text.characters"),
    ("goals: [{id: g1, text: 全校18个班做到公示}]", "text.figures"),
    ("homework: {weekend: 三至六年级书面作业不超过80分钟}", "text.figures"),
    ("homework: {layered: “基础题和选做题两层}", "text.unbalanced"),
    ("home: {meeting: 按江苏省要求召开}", "text.place"),
    ('home: {committee: "按章程,每学期一次"}', "text.half-width"),
    ("training: {topics: 学习贯彻十七大精神}", "text.abolished"),
    ("lessons: {preparation: 一是备课，二是上课，四是批改}", "text.numbering"),
    ("reading: {activity: 落实“四个一”即一本书、一次会、一张卡}", "text.counted-name"),
    ("after_school: {care: 自愿选择，全体学生都要参加}", "text.voluntary"),
    ("materials: {rule: 各年级统一征订练习册}", "materials.voluntary.2015"),
    ("supervision: {box: 某校门口}", "text.placeholder"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "rule"), CARRIED)
def test_what_a_profile_carries_on_from_old_texts_is_found_with_its_place(more: str, rule: str) -> None:
    reading, facts = read(
        profile(more).replace("term:", "  classes: 12\n  region: {province: 浙江省}\nterm:")
    )
    found = [one for one in check_school(reading, facts, packs()) if one.rule == rule]
    assert found, more
    assert found[0].place is not None and found[0].place.file == "school.yaml" and found[0].place.line == 10
    assert found[0].remedy and found[0].severity != "note"


def test_a_cell_is_read_with_its_row() -> None:
    _, facts = read(profile(stage="九年一贯制"))

    def told(grade: str) -> list[str]:
        row = (Cell((Text(grade),)), Cell((Text("期中考试1次"),)))
        plan = Document("plan", "计划", (Table((5.0, 5.0), (), (row,)),))
        return [one.rule for one in check_text(plan, facts, packs().in_force(facts.term.starts))]

    assert told("六年级") == ["exams.midterm.primary.2021"]
    assert told("七至九年级") == []


@pytest.mark.parametrize(
    ("number", "found"),
    [("13900001234", True), ("139-0000-1234", True), ("0571-88881234", False), ("12345", False)],
)
def test_a_complaint_line_that_is_a_personal_mobile(number: str, found: bool) -> None:
    _, facts = read(profile(f"supervision: {{hotline: {number}}}\n"))
    assert [(one.rule, one.severity) for one in check_free_text(facts)] == (
        [("text.mobile", "warning")] if found else []
    )


def test_a_district_that_another_province_has_too_brings_no_other_province_home() -> None:
    region = "  region: {province: 安徽省, city: 芜湖市, district: 滨湖区}\nterm:"
    _, facts = read(profile().replace("term:", region))

    def places(words: str) -> list[str]:
        return [one.found for one in check_plain(words, "x.txt", facts) if one.rule == "text.place"]

    assert len(places("按江苏省教育厅的要求。")) == 1
    for right in ("按安徽省教育厅的要求。", "芜湖市教育局文件。", "滨湖区各校。"):
        assert places(right) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("第一章 总则\n第一条 目的。\n第二条 依据。\n第二章 职责\n第三条 校长。\n第四条 教师。", []),
        ("第一章 总则\n第一条 目的。\n第二章 职责\n第三条 校长。", [4]),
        ("章程节选\n第十条 校长负责。\n第十一条 教师评议。", []),
        ("1.备课。\n2.上课。\n2.批改。\n4.辅导。", [3]),
        ("附件：1.作业公示表\n2.检查记录\n3.名单", []),
        ("一是备课，二是上课，二是批改，四是辅导。", [1]),
    ],
)
def test_a_slip_in_the_numbers_is_told_once_and_articles_run_on_through_chapters(
    words: str, found: list[int]
) -> None:
    told = [one for one in check_plain(words, "x.txt") if one.rule == "text.numbering"]
    assert [one.place.line for one in told if one.place is not None] == found
