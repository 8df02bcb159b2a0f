"""Every value says where it comes from, nothing unconfirmed gets in, and Facts never change."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest

from planforge.core.problems import InputError
from planforge.facts import Facts, describe, leaves, resolve, source_of
from planforge.policy import RulePacks
from planforge.policy.stated import Stated
from planforge.profile.profile_reader import read_profile_text

FactsOf = Callable[[str], Facts]
Text = Callable[..., str]

FULL = """\
school:
  name: 青石区临溪学校
  stage: 九年一贯制
  grades: 1-9
  campuses: [{name: 北校区, grades: 1-6}, {name: 南校区, grades: 7-9}]
  sizes: [{grade: 1, classes: 4, pupils: 160}]
term: {year: 2026-2027, number: 1, starts: 2026-09-01, ends: 2027-01-22}
group:
  heads: [{name: 周明远, post: 校长, campus: 北校区}, {name: 何清, post: 校长, campus: 南校区}]
  deputies: [林远（副校长）]
  members: [沈知行（教导主任）, 赵禾（德育主任）]
  office: 教导处
homework:
  bands: [{grades: 3-6, limit: 更严, how: 平均不超过, minutes: 50}]
  publicity: {how_often: 每周五}
assessment: {midterm_grades: 7-9, levels: 优、良、合格}
day: {first_lesson: "8:30", sleep: [{grades: 1-2, hours: 10, minutes: 30}]}
after_school: {days: 周一至周五, segments: [{name: 作业辅导, starts: "15:40"}], clubs: 合唱、剪纸}
supervision: {checks: [{what: 作业公示, who: 教导处}], hotline: 0571-00000000}
problems: [{what: 周四作业偏多, act: a1}]
acts: [{id: a1, what: 建立统筹表, who: 年级组长}, {what: 精选作业}]
schedule: [{month: 1, what: 总结交流}, {month: 9, what: 公布办法, day: 2026-09-07}]
"""


@pytest.mark.parametrize("stage", ["小学", "初中", "九年一贯制"])
@pytest.mark.parametrize("year", ["2015-2016", "2019-2020", "2026-2027"])
def test_every_value_has_a_source_and_nothing_else_has_one(
    facts_of: FactsOf, small: Text, stage: str, year: str
) -> None:
    facts = facts_of(small(stage, year=year))
    assert set(facts.sources) == {path for path, _ in leaves(facts)}


def test_every_value_of_a_full_profile_has_its_own_place(facts_of: FactsOf, packs: RulePacks) -> None:
    facts = facts_of(FULL)
    lines = FULL.splitlines()
    assert set(facts.sources) == {path for path, _ in leaves(facts)}
    for path, value in leaves(facts):
        source = facts.sources[path]
        if source.kind == "profile":
            assert source.place is not None and source.place.file == "school.yaml", path
            if (
                isinstance(value, str)
                and len(value) > 1
                and path.endswith((".name", ".what", ".who", ".office"))
            ):
                assert value in lines[source.place.line - 1], path
        elif path.startswith("usual_guidance"):
            assert any(one.id == source.rule and one.printable for one in packs.phrases.all), path
        elif source.kind == "rule":
            assert packs.in_force(date(2026, 9, 1)).rule(source.rule).printable, path


def test_sorted_lists_keep_the_places_they_were_written_at(facts_of: FactsOf) -> None:
    facts = facts_of(FULL)
    places = [facts.sources[f"schedule[{index}].what"].place for index in (0, 1)]
    assert [item.what for item in facts.schedule] == ["公布办法", "总结交流"]
    assert places[0] is not None and places[1] is not None
    assert places[0].column > places[1].column


def test_a_path_below_a_list_of_plain_values_has_the_lists_source(facts_of: FactsOf) -> None:
    facts = facts_of(FULL)
    assert source_of(facts.sources, "assessment.levels[1]") == facts.sources["assessment.levels"]
    assert source_of(facts.sources, "sport.lessons[0][1]") == facts.sources["sport.lessons"]
    assert source_of(facts.sources, "nothing.here") is None


def test_unconfirmed_items_never_reach_facts(packs: RulePacks) -> None:
    """For every day on which a rule begins, every text of Facts, against every item known from memory."""
    doubtful = set()
    for document in packs.documents.values():
        for item in (document.issuer, document.title, document.number):
            if isinstance(item, Stated) and not item.printable:
                doubtful.add(item.value)
    assert any("40号" in text for text in doubtful)
    doubtful_rules = {rule.id for rule in packs.rules if not rule.printable}
    assert doubtful_rules
    for day in sorted({rule.from_day for rule in packs.rules if rule.from_day.year >= 2000}):
        text = f"school: {{name: 临溪学校, stage: 九年一贯制}}\nterm: {{starts: {day}}}\n"
        facts = resolve(read_profile_text(text), packs)
        for path, value in leaves(facts):
            assert not any(item in str(value) for item in doubtful), (day, path)
            assert facts.sources[path].rule not in doubtful_rules, (day, path)
        for basis in (*facts.bases, *facts.topic_bases):
            stated = next(one for one in packs.documents.values() if one.title.value == basis.title)
            assert stated.announced <= day
            assert basis.day is None or (stated.day is not None and stated.day.printable)


def test_facts_cannot_be_changed(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small())
    with pytest.raises(dataclasses.FrozenInstanceError):
        facts.school.name = "别的学校"  # type: ignore[misc]
    with pytest.raises(TypeError):
        facts.sources["school.name"] = facts.sources["school.stage"]  # type: ignore[index]
    assert all(not isinstance(value, list | dict | set) for _, value in leaves(facts))


def test_the_same_profile_gives_the_same_facts(facts_of: FactsOf) -> None:
    assert facts_of(FULL) == facts_of(FULL)


def test_description_names_every_value_in_chinese(facts_of: FactsOf) -> None:
    lines = list(describe(facts_of(FULL)))
    assert [line.path for line in lines] == [path for path, _ in leaves(facts_of(FULL))]
    for line in lines:
        assert line.text and line.origin, line.path
        assert any("\u4e00" <= character <= "\u9fff" for character in line.title), line.path
    shown = {line.path: (line.title, line.text, line.origin) for line in lines}
    assert shown["school.system"] == ("学制", "六三", "推算")
    assert shown["homework.bands[1].minutes"][:2] == ("每天分钟数", "50")
    assert shown["homework.bands[1].minutes"][2].startswith("school.yaml:14")
    assert shown["sport.lessons"] == (
        "体育课",
        "1-2 年级 4 节；3-9 年级 3 节",
        "规定 sport.pe-lessons.lower.2021",
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", {"file.empty"}),
        ("schema: 1\n", {"facts.school.name", "facts.school.stage", "facts.term.year"}),
        ("school: {name: 临溪小学, stage: 小学}\n", {"facts.term.year"}),
        ("school: {stage: 小学}\nterm: {year: 2026-2027, number: 1}\n", {"facts.school.name"}),
        ("school: {name: 临溪小学}\nterm: {starts: 2026-09-01}\n", {"facts.school.stage"}),
    ],
)
def test_without_school_stage_or_term_there_are_no_facts(
    packs: RulePacks, text: str, codes: set[str]
) -> None:
    with pytest.raises(InputError) as caught:
        resolve(read_profile_text(text), packs)
    assert codes <= {problem.code for problem in caught.value.problems}


def test_other_mistakes_leave_what_could_be_read(packs: RulePacks) -> None:
    text = "school: {name: 临溪小学, stage: 小学, teachers: 许多}\nterm: {year: 2026-2027, number: 1}\n"
    reading = read_profile_text(text)
    assert not reading.ok
    assert resolve(reading, packs).school.teachers is None
