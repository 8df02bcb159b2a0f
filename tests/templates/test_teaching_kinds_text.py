"""The kinds of the teaching side: each reads well for every school and keeps the rules; their own facts are right."""

from __future__ import annotations

import itertools
import random
import re
from pathlib import Path

import pytest
import yaml

from planforge.check import check_school
from planforge.compose import Choices, choose, compose, find_kinds
from planforge.core import resources
from planforge.document.tree import Document, Heading, Table, plain
from planforge.facts import resolve
from planforge.profile import read_profile
from tests.templates.composed import FULL, SCHOOLS, packs, school, shaped
from tests.templates.readable import assert_reads_well, lines, thinned

KINDS = (
    "measures", "homework_rules", "assessment_plan", "day_timetable", "teaching_office_plan",
    "subject_group_plan", "after_school_plan", "after_school_summary", "self_review", "teacher_reflection",
)  # fmt: skip
SEARCH = [resources.templates_root()]


def rows(document: Document) -> list[list[str]]:
    found = []
    for block in document.blocks:
        if isinstance(block, Table):
            found += [[plain(cell.content) for cell in row] for row in block.rows]
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SCHOOLS)
def test_every_kind_reads_well_and_keeps_the_rules(name: str, kind: str) -> None:
    reading, facts = school(name)
    made = shaped(name, kind, {})
    assert_reads_well(made)
    found = check_school(reading, facts, packs(), [(kind, made)])
    assert [str(one) for one in found if one.severity in ("error", "warning")] == []


@pytest.mark.parametrize("kind", [one for one in KINDS if one != "teacher_reflection"])
@pytest.mark.parametrize("name", FULL)
def test_a_full_school_keeps_to_the_length(name: str, kind: str) -> None:
    length = find_kinds(SEARCH)[kind].card.length
    size = len("".join(lines(shaped(name, kind, {}))))
    assert length is not None
    if not (name == "nine-year-54" and kind in ("day_timetable", "after_school_summary")):
        assert length[0] <= size <= length[1]


@pytest.mark.parametrize("seed", range(20))
def test_whatever_a_school_leaves_out_the_rest_reads_well(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    source = resources.profiles_root() / f"{FULL[seed % len(FULL)]}.yaml"
    form = thinned(yaml.load(source.read_text(encoding="utf-8"), yaml.BaseLoader), rng)
    form.pop("documents", None)
    file = tmp_path / "profile.yaml"
    file.write_text(yaml.safe_dump(form, allow_unicode=True, sort_keys=False), encoding="utf-8")
    reading = read_profile(file)
    assert reading.ok, [str(problem) for problem in reading.problems]
    facts = resolve(reading, packs())
    for name in KINDS:
        kind = find_kinds(SEARCH)[name]
        options: dict[str, str | int | bool] = {
            option.id: rng.choice(list(option.choices))
            for option in kind.card.options
            if option.type == "choice"
        }
        assert_reads_well(compose(kind, facts, choose(kind, Choices(options=options))).document)


# --- what each is for ---


def test_weeks_stand_beside_the_dates() -> None:
    found = {
        row[1]: row[0] for row in rows(shaped("city-primary", "teaching_office_plan", {})) if len(row) == 4
    }
    assert found["9月1日"] == "第1周"
    assert found["10月12日至16日"] == "第7周"
    assert found["1月18日至19日"] == "第21周"
    assert "9月14日至18日" not in found, "the clubs are not the teaching office's"


def test_lessons_of_the_timetable_keep_their_length_and_the_breaks() -> None:
    for name, minutes in (("city-primary", 40), ("two-campus-primary", 40), ("junior", 45)):
        facts = school(name)[1]
        clock = {
            one.name: tuple(int(h) * 60 + int(m) for h, m in (t.split(":") for t in (one.starts, one.until)))
            for one in facts.day.periods
        }
        lessons = [times for what, times in clock.items() if re.fullmatch("第.节课", what)]
        assert {until - starts for starts, until in lessons} == {minutes}
        gaps = [later[0] - earlier[1] for earlier, later in itertools.pairwise(lessons)]
        assert min(gaps) >= (facts.day.break_minutes or 0)
        assert next(f"{starts // 60}:{starts % 60:02}" for starts, _ in lessons) == facts.day.first_lesson
        assert [f"{until // 60}:{until % 60:02}" for _, until in lessons][-1] == facts.day.end


def test_the_youngest_have_no_paper_test_and_the_timetable_is_one_table() -> None:
    text = "\n".join(lines(shaped("city-primary", "assessment_plan", {})))
    assert "一、二年级不进行纸笔考试" in text and "三至六年级每学期只组织1次期末考试" in text
    junior = [
        plain(b.content) for b in shaped("junior", "assessment_plan", {}).blocks if isinstance(b, Heading)
    ]
    assert "非纸笔测评" not in junior and "期末考试" in junior


def test_a_school_fines_nobody() -> None:
    text = "\n".join(lines(shaped("city-primary", "measures", {})))
    assert "不得罚款，不得没收财物" in text and "主管部门依法依规处理" in text


def test_a_group_is_chosen_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "profile.yaml"
    file.write_text(
        "schema: 1\nschool: {name: 云亭县河西小学, stage: 小学, grades: 1-6}\nterm: {year: 2026-2027, number: 1}\n"
        "group: {heads: [何川（校长）]}\nsubject_groups:\n"
        "  - {name: 语文组, head: 甘棠, tasks: [{what: 磨两节课}]}\n"
        "  - {name: 数学组, head: 乙弗, tasks: [{what: 编四份练习}]}\n",
        encoding="utf-8",
    )
    facts = resolve(read_profile(file), packs())
    kind = find_kinds(SEARCH)["subject_group_plan"]
    for name, own, other in (("", "磨两节课", "编四份练习"), ("数学组", "编四份练习", "磨两节课")):
        text = "\n".join(lines(compose(kind, facts, choose(kind, Choices(options={"group": name}))).document))
        assert own in text and other not in text


def test_a_review_prints_no_count_that_nobody_gave() -> None:
    text = "\n".join(lines(shaped("junior", "self_review", {})))
    assert "份" not in text and "%" not in text


def test_an_examination_that_the_calendar_dates_is_not_announced_later() -> None:
    """The plan for the assessment and the calendar say one day, whatever else the table lacks."""
    for name, days in (("junior", "11月2日至4日"), ("nine-year-54", "11月4日至5日")):
        table = rows(shaped(name, "assessment_plan", {}))
        (midterm,) = [row for row in table if "期中考试" in row[1]]
        assert midterm[-1] == days
        assert "另行通知" not in {cell for row in table for cell in row}
        assert [row[1][:4] for row in table if "考试" in row[1]] == ["期中考试", "期末考试"]


def test_the_timetable_says_whom_a_part_of_the_after_school_service_is_for() -> None:
    told = {row[0]: row[2] for row in rows(shaped("two-campus-primary", "day_timetable", {}))}
    assert told["游戏与阅读"] == "课后服务，学生自愿参加，一、二年级"
    assert told["作业与答疑"] == "课后服务，学生自愿参加，三至六年级"
    assert told["大课间"] == ""
    text = "".join(lines(shaped("two-campus-primary", "after_school_summary", {})))
    assert "游戏与阅读（一、二年级，15:40—17:50）" in text


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_summary_states_as_a_demand_what_nobody_measured(name: str) -> None:
    for line in lines(shaped(name, "after_school_summary", {})):
        assert "在校内完成" not in line or line.startswith("学校要求：")


@pytest.mark.parametrize("name", SCHOOLS)
def test_rules_and_letter_stop_homework_alike(name: str) -> None:
    for kind in ("homework_rules", "parent_letter"):
        text = "".join(lines(shaped(name, kind, {})))
        assert "停笔，在本子上写明“已到时间”" in text and "没写完的不用补" in text, kind


def test_who_may_leave_when_is_said_once() -> None:
    text = "".join(lines(shaped("city-primary", "after_school_plan", {})))
    assert "每月最后一周可以调换或退出" in text and "随时" not in text


def test_one_answer_of_the_questionnaire_fits_each_family() -> None:
    """60 minutes, 9 hours or 2 hours fall into one answer, on the side of the rule on which they are."""
    text = "".join(lines(shaped("city-primary", "parent_questionnaire", {})))
    assert "□30分钟以内 □31至60分钟 □61至90分钟 □超过90分钟" in text
    assert "□满8不满9小时　□满9不满10小时　□10小时或更多" in text
    assert "□满1不满2小时　□2小时或更多" in text
