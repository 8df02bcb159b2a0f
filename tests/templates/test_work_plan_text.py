"""The Chinese of the work plan: what it must say for a school's facts, and what it may never say."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from planforge.core import resources
from tests.templates.conftest import SMALL
from tests.templates.readable import FORBIDDEN, SENTENCE_FAULTS, thinned


def assert_reads_well(plan: Any) -> None:
    for line in plan.lines:
        for fault, pattern in SENTENCE_FAULTS.items():
            assert not re.search(pattern, line), f"{fault}: {line}"
        for word in FORBIDDEN:
            assert word not in line, f"{word}: {line}"
    for heading in plan.headings:
        assert not heading.endswith(("。", "：", "，")), heading
    for content in plan.contents:
        text = "".join(getattr(node, "text", "") for node in content)
        assert text.strip(), "an empty paragraph"


PROFILES = {
    "small": "",
    "village grades": "",
    "one deputy": "  deputies: [宋桥（副校长）]\n",
    "fifteen members": "  members: ["
    + ", ".join(
        f"{name}（年级组长）"
        for name in [
            "甲乙",
            "丙丁",
            "戊己",
            "庚辛",
            "壬癸",
            "子丑",
            "寅卯",
            "辰巳",
            "午未",
            "申酉",
            "戌亥",
            "金木",
            "水火",
            "土石",
            "林泉",
        ]
    )
    + "]\n",
    "goals only": "goals: [{id: g1, text: 各班不超量}]\n",
    "acts without who": "acts: [{id: a1, what: 每周合计作业时长}]\n",
    "schedule without day": "schedule: [{id: s1, month: 10, what: 检查作业}]\n",
    "box only": "supervision: {box: 校门口}\n",
    "one check": "supervision: {checks: [{what: 作业公示}]}\n",
    "arrival only": 'day: {arrival: "8:05"}\n',
    "end only": 'day: {end: "15:20"}\n',
    "no service": "after_school: {offered: 否}\n",
    "service without times": "after_school: {offered: 是, clubs: [合唱]}\n",
    "meeting without day": "approval: {meeting: 教代会, drafted_by: 李禾}\n",
    "clause with its own stop": "homework: {over_limit: 班主任当天退回删减。}\n",
}


@pytest.mark.parametrize("name", PROFILES)
def test_every_small_profile_reads_well(name: str, plan: Callable[..., Any]) -> None:
    assert_reads_well(plan(PROFILES[name]))


EXAMPLES = ["city-primary", "village-primary", "two-campus-primary", "nine-year-54", "junior"]
FULL = [name for name in EXAMPLES if name != "village-primary"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_schools_read_well(name: str, example: Callable[..., Any]) -> None:
    assert_reads_well(example(name))


# --- the full plan ---


def test_a_full_plan_has_the_outline_that_offices_hand_in(example: Callable[..., Any]) -> None:
    assert example("city-primary").headings == [
        "一、指导思想",
        "二、现状与问题",
        "三、工作目标",
        "四、重点工作",
        "（一）作业管理",
        "（二）课堂教学",
        "（三）考试与评价",
        "（四）课后服务",
        "（五）作息、睡眠与体育",
        "（六）教辅、手机与读物",
        "（七）家校协同",
        "五、组织分工",
        "六、自查与改进",
        "七、月份安排",
    ]


@pytest.mark.parametrize("name", FULL)
def test_a_full_plan_has_the_length_that_offices_hand_in(name: str, example: Callable[..., Any]) -> None:
    assert 1800 <= example(name).length <= 2600


@pytest.mark.parametrize("name", EXAMPLES)
def test_four_paragraphs_in_five_print_a_fact(name: str, example: Callable[..., Any]) -> None:
    assert example(name).school_facts() >= 0.8


def test_the_city_school_s_own_facts_stand_in_its_plan(example: Callable[..., Any]) -> None:
    text = example("city-primary").text
    for fact in (
        "澄川市望湖区听松路小学", "2026—2027学年第一学期", "24个教学班", "1020人", "62人", "邵䶮", "汪㛃", "叶喆",
        "0300-5550123", "5个工作日", "8:30", "17:40", "18个社团", "936", "校务会议", "2026年8月28日", "各班手机柜",
    ):  # fmt: skip
        assert fact in text, fact


def test_each_problem_leads_to_its_act(example: Callable[..., Any]) -> None:
    plan = example("city-primary")
    line = next(line for line in plan.lines if "同日布置预习单" in line)
    assert "5个周三合计超过60分钟" in line
    assert "原因是三科各自安排，没有人合计时长。" in line
    assert line.endswith("对策见分工表第1项。")
    assert any(row.startswith("1|启用年级作业统筹单") for row in plan.rows)


def test_the_calendar_runs_from_september_to_january(example: Callable[..., Any]) -> None:
    rows = example("city-primary").rows
    months = [int(found[1]) for row in rows if (found := re.match(r"(\d+)月\d+日.*\|", row))]
    assert len(months) >= 14
    assert list(dict.fromkeys(months)) == [9, 10, 11, 12, 1]
    assert sum("期末考试" in row for row in rows) == 1


# --- homework ---


def homework(plan: Any) -> str:
    lines: list[str] = plan.lines
    return next(line for line in lines if "不得要求家长检查" in line)


def test_without_own_limits_the_rules_stand(plan: Callable[..., Any]) -> None:
    assert "一、二年级不布置书面家庭作业，三至六年级书面作业平均每天不超过60分钟" in homework(plan())


def test_a_school_without_grade_six_never_mentions_it(example: Callable[..., Any]) -> None:
    text = example("village-primary").text
    assert "三至五年级书面作业平均每天不超过60分钟" in text
    assert "六年级" not in text
    assert "初中" not in text


def test_equal_neighbours_merge_and_stricter_is_said(example: Callable[..., Any]) -> None:
    assert "严于国家规定" not in homework(example("city-primary"))
    line = homework(example("city-primary", stricter=True))
    assert "三、四年级书面作业平均每天不超过45分钟（严于国家规定）" in line
    assert "五、六年级书面作业平均每天不超过60分钟" in line
    assert line.count("严于国家规定") == 1


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("平均不超过", "三至六年级书面作业平均每天不超过50分钟"),
        ("不超过", "三至六年级书面作业每天不超过50分钟"),
        ("有条件时不超过", "三至六年级书面作业每天尽量控制在50分钟以内"),
    ],
)
def test_each_kind_of_limit_has_its_words(how: str, words: str, plan: Callable[..., Any]) -> None:
    made = plan(f"homework: {{bands: [{{grades: 3-6, limit: 更严, how: {how}, minutes: 50}}]}}\n")
    assert words in homework(made)


def test_no_homework_by_phone_and_none_for_parents(plan: Callable[..., Any]) -> None:
    text = plan().text
    assert "不得用手机布置" in text
    assert "不得要求家长检查、批改" in text


# --- examinations ---


def test_grades_one_and_two_have_no_papers_and_the_others_one_final(plan: Callable[..., Any]) -> None:
    text = plan().text
    assert "一、二年级不进行纸笔考试" in text
    assert "三至六年级每学期只组织1次期末考试" in text
    assert "期中考试" not in text
    assert "等级" in text
    assert "不得排名" in text


JUNIOR = """
schema: 1
school: {name: 云亭县第三初级中学, stage: 初中, grades: 7-9}
term: {year: 2026-2027, number: 1}
group: {heads: [何川（校长）]}
"""

NINE_FIVE_FOUR = """
schema: 1
school: {name: 云亭县临河九年一贯制学校, stage: 九年一贯制, system: 五四, grades: 1-9}
term: {year: 2026-2027, number: 1}
group: {heads: [何川（校长）]}
"""


def test_a_junior_school_has_its_own_numbers(plan: Callable[..., Any]) -> None:
    made = plan(base=JUNIOR)
    assert_reads_well(made)
    text = made.text
    assert "七至九年级书面作业平均每天不超过90分钟" in text
    assert "一、二年级" not in text
    assert "纸笔" not in text
    assert "不早于8:00" in text
    assert "睡眠不少于9小时" in text
    assert "小学生" not in text


def test_only_grade_nine_has_mock_examinations_and_only_in_spring(plan: Callable[..., Any]) -> None:
    mock = "九年级只在总复习阶段安排模拟考试，不超过2次"
    spring = JUNIOR.replace("number: 1", "number: 2")
    assert spring != JUNIOR
    assert mock in plan(base=spring).text
    assert_reads_well(plan(base=spring))
    assert "模拟" not in plan(base=JUNIOR).text
    assert "模拟" not in plan(base=SMALL.replace("number: 1", "number: 2")).text


def test_in_the_five_four_system_grade_six_follows_the_junior_rules(plan: Callable[..., Any]) -> None:
    made = plan(base=NINE_FIVE_FOUR)
    assert_reads_well(made)
    text = made.text
    assert "三至五年级书面作业平均每天不超过60分钟" in text
    assert "六至九年级书面作业平均每天不超过90分钟" in text
    assert "一至五年级上午第一节课不早于8:20" in text
    assert "六至九年级上午第一节课不早于8:00" in text


# --- leaders ---


def leaders(plan: Any) -> list[str]:
    return [line for line in plan.lines if re.match(r"组　长：|副组长：|成　员：", line)]


def test_one_head_alone_has_no_deputies_or_members(plan: Callable[..., Any]) -> None:
    assert leaders(plan()) == ["组　长：何川（校长）"]


def test_one_deputy_and_one_member(plan: Callable[..., Any]) -> None:
    made = plan("  deputies: [宋桥（副校长）]\n  members: [叶喆]\n")
    assert leaders(made) == ["组　长：何川（校长）", "副组长：宋桥（副校长）", "成　员：叶喆"]


def test_two_heads_stand_together(plan: Callable[..., Any]) -> None:
    base = JUNIOR.replace("何川（校长）", "何川（党支部书记）, 方一苇（校长）")
    assert leaders(plan(base=base)) == ["组　长：何川（党支部书记）、方一苇（校长）"]


def test_a_head_for_each_campus(plan: Callable[..., Any]) -> None:
    made = plan(
        base="""
schema: 1
school:
  name: 云亭县河西小学
  stage: 小学
  grades: 1-6
  campuses: [{name: 东校区, grades: 1-3}, {name: 西校区, grades: 4-6}]
term: {year: 2026-2027, number: 1}
group:
  heads:
    - {name: 何川, post: 校长, campus: 东校区}
    - {name: 方一苇, post: 副校长, campus: 西校区}
"""
    )
    assert_reads_well(made)
    assert leaders(made) == ["组　长：何川（东校区校长）、方一苇（西校区副校长）"]
    assert "东校区（一至三年级）、西校区（四至六年级）两个校区" in made.text


def test_fifteen_members_all_stand_in_one_line(plan: Callable[..., Any]) -> None:
    (line,) = [line for line in leaders(plan(PROFILES["fifteen members"])) if line.startswith("成　员")]
    assert line.count("、") == 14


# --- a small profile ---


def test_a_small_profile_gives_a_skeleton_without_padding(plan: Callable[..., Any]) -> None:
    made = plan()
    assert made.headings == [
        "一、指导思想",
        "二、重点工作",
        "（一）作业管理",
        "（二）课堂教学",
        "（三）考试与评价",
        "（四）作息、睡眠与体育",
        "三、组织分工",
    ]
    assert 400 <= made.length <= 900
    assert made.school_facts() >= 0.8


def test_a_column_of_which_nothing_is_known_is_not_printed(plan: Callable[..., Any]) -> None:
    rows = plan(
        "acts: [{what: 每周合计作业时长}, {what: 校门口巡查, who: 值周教师}]\nschedule: [{month: 9, what: 家长会}]\n"
    ).rows
    assert rows == [
        "序号|工作|责任人",
        "1|每周合计作业时长|",
        "2|校门口巡查|值周教师",
        "时间|工作",
        "9月|家长会",
    ]


def test_sections_without_content_vanish_and_numbers_go_on(plan: Callable[..., Any]) -> None:
    made = plan("after_school: {offered: 否}\nhome: {meeting: 9月召开家长会}\n")
    assert "（四）作息、睡眠与体育" in made.headings
    assert "（五）家校协同" in made.headings
    assert "课后服务" not in made.text


def test_the_school_s_own_opening_time_replaces_the_limit(plan: Callable[..., Any]) -> None:
    text = plan('day: {first_lesson: "8:40"}\n').text
    assert "第一节课8:40开始" in text
    assert "不早于8:20" not in text


def test_a_term_s_first_day_is_only_named_where_it_was_given(plan: Callable[..., Any]) -> None:
    assert "开学" not in plan().text


def test_what_a_school_wrote_with_a_full_stop_keeps_one(plan: Callable[..., Any]) -> None:
    text = plan(PROFILES["clause with its own stop"]).text
    assert "班主任当天退回删减。" in text
    assert "班主任当天退回删减。。" not in text


def test_markup_in_a_name_is_only_text(plan: Callable[..., Any]) -> None:
    base = JUNIOR.replace("云亭县第三初级中学", "'云亭<b>&{{ 1 }}中学'")
    assert "云亭<b>&{{ 1 }}中学" in plan(base=base).text


# --- the shapes that a school may choose ---


@pytest.mark.parametrize(
    "options",
    [
        {"leaders": "table"},
        {"schedule": "list"},
        {"schedule": "none"},
        {"opening": "untitled"},
        {"approval": "line"},
        {"guiding": False},
        {"bases": "full"},
    ],
)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_shape_reads_well(name: str, options: dict[str, str], example: Callable[..., Any]) -> None:
    assert_reads_well(example(name, **options))


def test_leaders_in_a_table_keep_campus_post_and_duty(example: Callable[..., Any]) -> None:
    plan = example("two-campus-primary", leaders="table")
    assert leaders(plan) == []
    assert "组长|卓尔康|北园校区执行校长|分管北园校区" in plan.rows
    assert "副组长|柏舟|副校长|分管两校区作业和教研" in plan.rows


def test_a_calendar_as_a_list_goes_by_months(example: Callable[..., Any]) -> None:
    plan = example("city-primary", schedule="list")
    assert plan.headings[-5:] == ["（一）9月", "（二）10月", "（三）11月", "（四）12月", "（五）1月"]
    assert "社团选课（9月14日至18日，德育处）。" in plan.lines


def test_without_a_calendar_its_heading_goes_too(example: Callable[..., Any]) -> None:
    assert example("city-primary", schedule="none").headings[-1] == "六、自查与改进"


def test_who_drafted_is_named_only_where_it_is_asked_for(example: Callable[..., Any]) -> None:
    assert "拟稿：" not in example("city-primary").text
    assert "拟稿：" in example("city-primary", approval="line").text


def test_one_sentence_of_guidance_opens_a_plan_and_can_be_switched_off(example: Callable[..., Any]) -> None:
    plan = example("city-primary")
    assert plan.headings[0] == "一、指导思想"
    assert "习近平新时代中国特色社会主义思想" in plan.text and "全会" not in plan.text
    without = example("city-primary", guiding=False)
    assert without.headings[0] == "一、制定依据"
    assert "为指导" not in without.text


def test_running_text_cites_two_or_three_titles(example: Callable[..., Any]) -> None:
    opening = next(line for line in example("city-primary").lines if "制定本计划" in line)
    assert opening.count("《") == 3 and "望湖区教育局《望湖区小学作业管理细则》等文件要求" in opening


def test_numbers_of_documents_stand_only_where_they_are_asked_for(example: Callable[..., Any]) -> None:
    assert "〔" not in example("city-primary").text
    assert "（教基厅〔2025〕3号）" in example("city-primary", bases="full").text


def test_a_nine_year_school_may_hold_mid_terms_in_its_junior_grades(example: Callable[..., Any]) -> None:
    assert "六至九年级另组织1次期中考试" in example("nine-year-54").text
    assert "期中" not in example("city-primary").text


@pytest.mark.parametrize("seed", range(24))
def test_whatever_is_left_out_the_rest_reads_well(
    seed: int, tmp_path: Path, plan_file: Callable[..., Any]
) -> None:
    rng = random.Random(seed)
    source = resources.profiles_root() / f"{FULL[seed % len(FULL)]}.yaml"
    form = yaml.load(source.read_text(encoding="utf-8"), yaml.BaseLoader)
    file = tmp_path / "profile.yaml"
    thin = thinned(form, rng)
    file.write_text(yaml.safe_dump(thin, allow_unicode=True, sort_keys=False), encoding="utf-8")
    options = {"leaders": rng.choice(["lines", "table"]), "schedule": rng.choice(["table", "list"])}
    assert_reads_well(plan_file(file, **options))
