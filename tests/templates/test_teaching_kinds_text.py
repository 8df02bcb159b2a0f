"""The kinds of the teaching side: each reads well for every school and keeps the rules; their own facts are right."""

from __future__ import annotations

import itertools
import random
import re
from pathlib import Path

import pytest
import yaml

from planforge import resources
from planforge.check import check_school
from planforge.compose import Choices, choose, compose, find_kinds
from planforge.document.tree import Document, Heading, Table, plain
from planforge.facts import resolve
from planforge.profile import read_profile
from tests.templates.composed import FULL, SCHOOLS, packs, school, shaped
from tests.templates.test_scheme_text import assert_reads_well, lines
from tests.templates.test_work_plan_text import thinned

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
    assert found["9月14日至18日"] == "第3周"
    assert found["1月22日"] == "第21周"


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
    assert "不罚款，不没收财物" in text and "主管部门依法处理" in text


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
