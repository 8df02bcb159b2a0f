"""Numbers that a text states in a sentence, held against the rules in force: at the limit, over it, and look-alikes."""

from __future__ import annotations

from datetime import date

import pytest

from planforge.check import check_free_text, check_plain, check_school
from tests.check.schools import packs, profile, read

# rule, text that breaks it, texts that just keep it or only look like it
STATED = [
    (
        "homework.lower.2021",
        "二年级书面作业每天不超过10分钟。",
        [
            "二年级不布置书面作业。",
            "二年级口头作业每天不超过10分钟。",
            "二年级在校内完成书面作业，不超过20分钟。",
        ],
    ),
    (
        "homework.upper.2021",
        "六年级书面作业不超过1.5小时。",
        [
            "六年级书面作业不超过60分钟。",
            "六年级书面作业不超过一小时。",
            "七年级书面作业不超过90分钟。",
            "六年级作业由70分钟减到50分钟以内。",
        ],
    ),
    (
        "homework.upper.2021",
        "三、四年级作业控制在40分钟以内；五、六年级70分钟以内。",
        [
            "三、四年级作业控制在40分钟以内；五、六年级60分钟以内。",
            "五年级作业控制在60分钟以内；睡眠10小时以上。",
            "五年级作业每科20分钟以内；体育锻炼120分钟。",
        ],
    ),
    (
        "homework.upper.2021",
        "控制小学作业量。五年级控制在70分钟以内。",
        [
            "控制小学作业量。五年级控制在60分钟以内。",
            "小学作业要少。五年级跳绳练习70分钟以内。",
            "小学问卷：每天作业2小时以上的占3%。",
        ],
    ),
    (
        "homework.upper.2021",
        "六年级数学作业每天不超过70分钟。",
        [
            "六年级数学作业每天不超过30分钟。",
            "六年级语文阅读每天不超过70分钟。",
            "六年级各科作业控制在60分钟以内。",
        ],
    ),
    (
        "sport.exercise.2025",
        "保证学生每天睡眠不少于10小时，体育活动1小时。",
        [
            "保证学生每天睡眠不少于10小时，体育活动2小时。",
            "每天睡眠10小时，周末体育活动由家庭安排1小时。",
            "每天睡眠10小时，阅读1小时。",
        ],
    ),
    (
        "day.first-lesson.primary.2021",
        "小学作息：第一节：7:50—8:30",
        ["小学作息：第一节：8:30—9:10", "小学作息：8:30—9:10 第一节课", "小学下午第一节课14:00开始。"],
    ),
    (
        "homework.junior.2021",
        "初中书面作业每天不超过91分钟。",
        [
            "初中书面作业每天不超过90分钟。",
            "初中书面作业每天不超过一个半小时。",
            "初中教师备课不少于120分钟。",
        ],
    ),
    (
        "day.first-lesson.primary.2021",
        "小学上午8：19开始上第一节课。",
        ["小学上午8：20开始上第一节课。", "小学第一节课不得早于8:00。", "小学下午第一节课14:00开始。"],
    ),
    (
        "day.first-lesson.junior.2021",
        "初中第一节课七点五十分开始。",
        ["初中第一节课8:00开始。", "初中第一节课前不安排早读，7:30开校门。", "初中8点整上第一节课。"],
    ),
    (
        "day.bedtime.primary.2021",
        "小学生晚上21:30前睡觉。",
        ["小学生21:20前上床。", "小学生晚上9点前睡觉。", "小学教师22:30前不回复消息，按时就寝。"],
    ),
    (
        "day.bedtime.junior.2021",
        "初中生晚上十点半前就寝。",
        ["初中生22:00前就寝。", "初中生晚上十点前睡觉。", "初中生23:00以后睡觉的，由班主任了解原因。"],
    ),
    (
        "day.sleep.primary.2021",
        "小学生每天睡眠不少于9小时。",
        ["小学生每天睡眠不少于10小时。", "小学生睡足十小时。", "小学生睡眠不足9小时的，由班主任了解原因。"],
    ),
    (
        "day.sleep.junior.2021",
        "小学生每天睡眠10小时，初中生不少于8小时。",
        ["初中生每天睡眠9小时。", "初中生午休30分钟。", "初中教师睡眠8小时。"],
    ),
    (
        "sport.exercise.2025",
        "保证学生每天体育活动时间不少于1小时。",
        [
            "保证学生每天体育活动时间不少于2小时。",
            "每天校内、校外各锻炼1小时。",
            "每天一小时阅读，锻炼两小时。",
        ],
    ),
    (
        "sport.long-break.2021",
        "每天安排25分钟大课间。",
        ["每天安排30分钟大课间。", "大课间活动35分钟。", "课间15分钟。"],
    ),
    (
        "after-school.minutes.2021",
        "课后服务每天不少于1.5小时。",
        ["课后服务每天不少于2小时。", "课后服务每天不少于120分钟。", "课后服务前休息15分钟。"],
    ),
    (
        "after-school.days.2021",
        "课后服务时间为每周一至周四下午。",
        ["课后服务时间为每周一至周五下午。", "图书室周一至周四开放。", "社团活动周一、周三开展。"],
    ),
    (
        "school.class-size.2019",
        "每班不超过56人。",
        ["每班不超过55人。", "每班45人以内。", "每个社团不超过60人。"],
    ),
]


def rules_of(text: str, day: date = date(2026, 9, 1)) -> set[str]:
    return {one.rule for one in check_plain(text, "旧稿.txt", None, packs().in_force(day))}


@pytest.mark.parametrize(("rule", "wrong", "right"), STATED, ids=[wrong for _, wrong, _ in STATED])
def test_a_number_in_a_sentence_is_held_against_the_rule(rule: str, wrong: str, right: list[str]) -> None:
    assert rule in rules_of(wrong)
    assert [words for words in right if rule in rules_of(words)] == []
    assert len(right) >= 3


def test_the_number_has_its_place_and_the_rules_words() -> None:
    text = "作业管理\n五年级作业每天不超过75分钟。"
    (one,) = [
        f
        for f in check_plain(text, "旧稿.txt", None, packs().in_force(date(2026, 9, 1)))
        if f.rule == "homework.upper.2021"
    ]
    assert str(one.place) == "旧稿.txt:2:11" and one.found == "75分钟" and "60分钟" in one.limit
    assert "加强义务教育学校作业管理" in one.citation and one.remedy


def test_an_old_text_is_held_against_the_rules_of_its_term() -> None:
    words = "小学一至六年级每学期进行2次考试，六年级每天锻炼1小时。"
    assert "sport.exercise.2025" in rules_of(words)
    assert "sport.exercise.2025" not in rules_of(words, date(2019, 9, 1))
    assert "exams.lower.2018" in rules_of(words, date(2019, 9, 1))


def test_a_number_without_a_grade_counts_only_where_no_grade_may_have_it() -> None:
    assert "homework.upper.2021" in rules_of("小学作业管理\n书面作业每天不超过61分钟，三年级以上同此。")
    assert rules_of("作业管理\n作业每天不超过80分钟。").isdisjoint(
        {"homework.upper.2021", "homework.junior.2021"}
    )


def test_a_forms_own_words_are_told_once_and_at_their_place() -> None:
    more = (
        "acts:\n  - {id: a1, what: 督促学生晚上22:30前睡觉}\n  - {id: a2, what: 六年级书面作业不超过80分钟}\n"
    )
    reading, facts = read(profile(more))
    found = [one for one in check_school(reading, facts, packs()) if one.severity != "note"]
    assert [(one.rule, str(one.place)) for one in found] == [
        ("day.bedtime.primary.2021", "school.yaml:9:20"),
        ("text.figures", "school.yaml:10:20"),
    ]
    assert [one.rule for one in check_free_text(facts)] == ["text.figures"]


@pytest.mark.parametrize(
    ("words", "grades"),
    [
        ("五六年级", [5, 6]),
        ("3—6年级", [3, 4, 5, 6]),
        ("1、2年级", [1, 2]),
        ("七至九年级", [7, 8, 9]),
        ("2022年", []),
        ("二十年级差", []),
        ("三年行动", []),
        ("初二", [8]),
    ],
)
def test_which_grades_words_name(words: str, grades: list[int]) -> None:
    from planforge.check.quantities import grades_in

    assert grades_in(words) == grades
