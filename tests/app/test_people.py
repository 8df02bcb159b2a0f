"""People as schools have them: acting heads, one for two campuses, two of one name, members that are no single person."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforge.app.document_composing import compose_all
from planforge.app.opened_profile import OpenedProfile
from planforge.app.unprinted_facts import unprinted
from planforge.document.tree import inlines_of, plain
from tests.support.exploring import examples

FORM = """school: {{name: 青石区临溪小学, stage: 小学, campuses: [{{name: 北校区}}, {{name: 南校区}}]{more}}}
term: {{year: 2026-2027, number: 1, starts: 2026-09-01, ends: 2027-01-22}}
group:
{group}
"""
KINDS = ("减负工作计划", "减负工作实施方案", "领导小组名单", "减负工作分工表", "文件审签单", "减负公开承诺书")
NESTED = re.compile(r"（[^（）]*（|））")


def opened(group: str, more: str = "", rest: str = "") -> OpenedProfile:
    return OpenedProfile.read(FORM.format(group=group, more=more) + rest)


def texts(school: OpenedProfile, kinds: tuple[str, ...] = KINDS) -> dict[str, str]:
    made = compose_all(school.facts, school.reading, kinds, school.search, school.facts_of)
    return {
        one.shape.name: "\n".join(
            plain(content) for block in one.document.blocks for content in inlines_of(block)
        )
        for _, one in made
    }


def test_an_acting_head_stands_in_one_bracket() -> None:
    printed = texts(
        opened("  heads: 林远（副校长（主持工作））\n  members: 沈知行（教导主任）、何青（教师）")
    )
    assert "林远（副校长，主持工作）" in printed["减负工作计划"]
    assert not [name for name, text in printed.items() if NESTED.search(text)]


def test_one_person_for_two_campuses_is_printed_once_with_both() -> None:
    lines = "  heads:\n    - {name: 林远, post: 校长, campus: 北校区}\n    - {name: 林远, post: 校长, campus: 南校区}\n"
    for group in (lines, "  heads: [{name: 林远, post: 校长, campus: 北校区、南校区}]\n"):
        plan = texts(opened(group + "  members: 沈知行（教导主任）"), ("减负工作计划",))["减负工作计划"]
        assert "林远（北校区、南校区校长）" in plan
        assert plan.count("林远") == 1


def test_a_campus_that_is_not_there_is_named_among_several() -> None:
    (problem,) = opened("  heads: [{name: 林远, post: 校长, campus: 北校区、西校区}]").reading.problems
    assert (problem.code, problem.found) == ("campus.unknown", "西校区")


def test_two_of_one_name_are_told_apart_by_their_posts() -> None:
    school = opened(
        "  heads: 林远（校长）\n  members: [{name: 王伟, post: 语文教师, duty: 管作业公示}, {name: 王伟, post: 数学教师, duty: 管课后服务}]"
    )
    assert [one.severity for one in school.reading.problems] == ["notice"]
    printed = texts(school)
    for text in (printed["减负工作计划"], printed["减负工作实施方案"]):
        assert "王伟（语文教师）" in text and "王伟（数学教师）" in text


def test_a_name_with_a_bracket_of_its_own_keeps_one_bracket() -> None:
    school = opened(
        "  heads: 林远（校长）\n  members: [{name: 王伟（语文组）, post: 教师}, {name: 王伟（数学组）, post: 教师}]"
    )
    assert "王伟（语文组教师）、王伟（数学组教师）" in texts(school, ("减负工作计划",))["减负工作计划"]


def test_members_that_are_no_single_person_are_printed_by_what_they_are() -> None:
    school = opened("  heads: 林远（校长）\n  members: 沈知行（教导主任）、各年级组长、家长代表")
    assert not school.reading.problems
    printed = texts(school)
    assert "沈知行（教导主任）、各年级组长、家长代表" in printed["减负工作计划"]
    assert "各年级组长" in printed["领导小组名单"]


def test_who_takes_over_in_the_term_stands_in_papers_of_that_time() -> None:
    school = opened(
        "  heads: [{name: 林远, post: 校长, until: 2026-10-31}, {name: 何青, post: 校长, since: 2026-11-01}]\n"
        "  members: 沈知行（教导主任）",
        ", renamed: {name: 青石区临溪实验小学, since: 2026-11-01}",
        "documents: [工作计划, {kind: 减负工作总结, name: 总结, day: 2027-01-18}, {kind: 领导小组名单, day: 2026-12-01}]\n",
    )
    assert not school.reading.problems
    printed = texts(school, ())
    assert "林远" in printed["减负工作计划"] and "何青" not in printed["减负工作计划"]
    assert "何青" in printed["领导小组名单"] and "林远" not in printed["领导小组名单"]
    assert "青石区临溪小学" in printed["减负工作计划"]
    assert "青石区临溪实验小学" in printed["总结"] and "2027年1月18日" in printed["总结"]


@pytest.mark.parametrize("day, told", [("", True), ("2026-10-28", True), ("2026-10-29", False)])
def test_a_paper_is_judged_by_the_phrases_of_its_own_day(day: str, told: bool) -> None:
    entry = f"{{kind: 工作计划, day: {day}}}" if day else "工作计划"
    school = opened(
        "  heads: 林远（校长）",
        rest=f"guidance: [{{text: 党的二十届五中全会精神, checked: 2026-11-02}}]\ndocuments: [{entry}]\n",
    )
    facts = school.facts_of(0)
    assert any(notice.code == "facts.phrase-early" for notice in facts.notices) is told
    assert bool(facts.guidance) is not told


NAMES = st.text(st.sampled_from("王李林何沈远青伟行知"), min_size=2, max_size=3)
POSTS = st.sampled_from(
    ["校长", "副校长（主持工作）", "教导主任", "教师（兼年级组长）", "德育处(副)主任", ""]
)
PEOPLE = st.lists(
    st.tuples(
        NAMES,
        POSTS,
        st.sampled_from(["", "北校区", "北校区、南校区"]),
        st.sampled_from(["", "管作业（书面）"]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda person: person[0],
)


@examples(12)
@given(PEOPLE)
def test_everybody_filled_in_is_printed_and_no_bracket_stands_in_another(
    people: list[tuple[str, ...]],
) -> None:
    written = [
        "{" + f"name: {name}, post: '{post}', campus: '{campus}', duty: '{duty}'" + "}"
        for name, post, campus, duty in people
    ]
    group = f"  heads: [{written[0]}]\n  deputies: [{', '.join(written[1:3])}]\n  members: [{', '.join(written[3:])}]\n"
    printed = texts(opened(group), ("减负工作计划", "减负工作实施方案", "领导小组名单", "减负工作分工表"))
    for name in ("减负工作计划", "减负工作实施方案", "领导小组名单"):
        assert [one for one, *_ in people if one not in printed[name]] == []
    assert [name for name, text in printed.items() if NESTED.search(text)] == []
    only = ("减负工作分工表",)
    absent = [one for one, *_ in people if one not in printed[only[0]]]
    assert not absent or re.search("组长|成员|领导小组", told(opened(group), only).partition("：")[2])


def told(school: OpenedProfile, kinds: tuple[str, ...]) -> str:
    made = compose_all(school.facts, school.reading, kinds, school.search, school.facts_of)
    problems = unprinted(school.reading, [(school.facts_of(one.shape.dated), one) for _, one in made])
    return "".join(problem.message for problem in problems)


def test_what_no_paper_of_the_run_prints_is_named_once_whole_groups_by_their_title() -> None:
    school = opened(
        "  heads: 林远（校长）",
        ", address: 学前路 1 号",
        "holiday: {name: 寒假, contact: 值班室}\nhomework: {layered: 每课作业设基础题和选做题两层}\n",
    )
    assert told(school, ("减负工作计划",)).endswith("：学校·学校地址、假期")
    assert "假期" not in told(school, ("减负工作计划", "假期致家长的一封信"))


def test_somebody_who_takes_office_after_the_day_of_every_paper_is_named() -> None:
    heads = "  heads: [{name: 林远, post: 校长}]\n  members: 沈知行（教导主任）、何青（总务主任）\n"
    late = heads + "  deputies: [{name: 白露, post: 副校长, since: 2026-11-01}]"
    assert "副组长" in told(opened(late), ("减负工作计划",))
    assert "副组长" not in told(opened(late, rest="documents: [{kind: 减负工作计划, day: 2026-12-01}]\n"), ())
