"""The Chinese of the implementation scheme in every shape: each framework, each school, each way to write it."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml

from planforge.check import check_school
from planforge.compose import Choices, choose, compose, find_kinds
from planforge.compose.clauses import clauses
from planforge.compose.frameworks import frameworks
from planforge.core import resources
from planforge.document.tree import (
    Closing,
    Heading,
    Labelled,
    Paragraph,
    plain,
)
from planforge.facts import resolve
from planforge.profile import read_profile
from tests.templates.composed import FULL, SCHOOLS, packs, school, shaped
from tests.templates.readable import assert_reads_well, lines, thinned

SEARCH = [resources.templates_root()]
FRAMEWORKS = sorted(frameworks(SEARCH))
WAYS = ("items", "headings", "sections")
CATALOGUE = Path(__file__).parents[1] / "catalogue"
CHECKED = {"error", "warning"}


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("name", SCHOOLS)
def test_every_framework_reads_well_and_keeps_the_rules(name: str, framework: str) -> None:
    reading, facts = school(name)
    way = WAYS[(FRAMEWORKS.index(framework) + SCHOOLS.index(name)) % len(WAYS)]
    made = shaped(name, "implementation_scheme", {"framework": framework, "measures": way})
    assert_reads_well(made)
    found = check_school(reading, facts, packs(), [("减负工作实施方案", made)])
    assert [str(one) for one in found if one.severity in CHECKED] == []


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("name", FULL)
def test_leaders_and_telephone_stand_once(name: str, framework: str) -> None:
    """A framework that names the leaders or the telephone itself leaves no second paragraph to do so."""
    facts = school(name)[1]
    text = "\n".join(lines(shaped(name, "implementation_scheme", {"framework": framework})))
    announced = [line for line in text.split("\n") if re.search("监督电话：?[0-9]", line)]
    assert len(announced) == 1
    assert text.count(f"{facts.group.heads[0].name}（") == 1
    assert text.count(f"意见箱设在{facts.supervision.box}") == 1


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_full_school_fills_every_member_of_a_framework(framework: str) -> None:
    members = frameworks(SEARCH)[framework].members
    made = shaped("city-primary", "implementation_scheme", {"framework": framework, "measures": "headings"})
    headings = [plain(block.content) for block in made.blocks if isinstance(block, Heading)]
    assert [one.title for one in members if one.title not in headings] == []


@pytest.mark.parametrize("name", SCHOOLS)
@pytest.mark.parametrize("leaders", ["lines", "table", "prose"])
@pytest.mark.parametrize("calendar", ["list", "table", "prose"])
def test_leaders_and_calendar_in_every_form(name: str, leaders: str, calendar: str) -> None:
    facts = school(name)[1]
    made = shaped(
        name,
        "implementation_scheme",
        {"leaders": leaders, "schedule": calendar},
        ["preface", "basis", "leaders", "measures", "schedule", "hotline", "conclusion"],
    )
    assert_reads_well(made)
    text = "\n".join(lines(made))
    for person in (*facts.group.heads, *facts.group.deputies, *facts.group.members):
        assert person.name in text
    for item in facts.schedule:
        assert item.what.rstrip("。") in text
    assert (leaders == "lines") == any(isinstance(block, Labelled) for block in made.blocks)


@pytest.mark.parametrize("name", FULL)
def test_the_calendar_runs_through_the_months_of_the_term(name: str) -> None:
    made = shaped(name, "implementation_scheme", {"schedule": "prose"})
    starts = [
        int(found[1])
        for block in made.blocks
        if isinstance(block, Paragraph) and (found := re.match(r"(\d+)月(?:：|\d+日)", plain(block.content)))
    ]
    assert starts == [9, 10, 11, 12, 1]


@pytest.mark.parametrize("name", FULL)
def test_a_month_is_not_said_twice_where_its_days_are(name: str) -> None:
    """9月：9月2日 would not be written by hand."""
    made = shaped(name, "implementation_scheme", {"schedule": "prose"})
    text = "".join(plain(block.content) for block in made.blocks if isinstance(block, Paragraph))
    assert not re.search(r"(\d+)月：\1月", text)


def test_a_stage_says_only_what_concerns_it() -> None:
    primary = "\n".join(lines(shaped("city-primary", "implementation_scheme", {"framework": "six_stricts"})))
    junior = "\n".join(lines(shaped("junior", "implementation_scheme", {"framework": "six_stricts"})))
    assert "零起点" in primary and "零起点" not in junior
    assert "期中考试" not in primary and "七至九年级每学期组织1次期末考试" in junior
    where = {"framework": "three_raises_three_controls", "measures": "headings"}
    said = {
        name: "\n".join(lines(shaped(name, "implementation_scheme", where)))
        for name in ("city-primary", "junior", "nine-year-54")
    }
    assert "书面作业基本在校内完成" in said["city-primary"]
    assert "大部分书面作业在校内完成" in said["junior"]
    assert "小学部书面作业基本在校内完成，初中部大部分在校内完成" in said["nine-year-54"]


@pytest.mark.parametrize("name", FULL)
@pytest.mark.parametrize("way", ["sections", "headings", "items", "flat"])
def test_a_work_plan_in_the_older_shapes(name: str, way: str) -> None:
    made = shaped(
        name,
        "work_plan",
        {"framework": "learning_teachers_conduct_supervision", "measures": way, "opening": "untitled"},
        ["opening", "definition", "measures", "conclusion"],
    )
    assert_reads_well(made)
    headings = [plain(block.content) for block in made.blocks if isinstance(block, Heading)]
    expected = {"sections": 4, "headings": 5, "items": 1, "flat": 0}
    assert len(headings) == expected[way]


def test_every_clause_is_named_by_some_framework_or_kind() -> None:
    """A clause that nothing names is dead weight; those of the catalogue's own frameworks have their use there.

    `record` has one clause a topic of events, for frameworks that order a summary: a school's own pick among them.
    """
    catalogue = sorted(CATALOGUE.glob("*/templates"))
    known = [frameworks([own, *SEARCH]) for own in catalogue] or [frameworks(SEARCH)]
    named = {one for some in known for framework in some.values() for one in framework.clauses}
    sources = "".join(path.read_text("utf-8") for path in SEARCH[0].rglob("*.xml.j2"))
    unnamed = [one for one in clauses(SEARCH) if one not in named and f'"{one}"' not in sources]
    assert [one for one in unnamed if not one.startswith("record.")] == []


SPRING = """
schema: 1
school: {name: 云亭县河东中学, stage: 初中, grades: 7-9}
term: {year: 2026-2027, number: 2}
group: {heads: [何川（校长）]}
schedule:
  - {month: 7, what: 总结, who: 教务处}
  - {month: 2, what: 公布作息, who: 教务处}
  - {month: 4, what: 检查作业, who: 教务处}
"""


def test_the_second_term_runs_from_february_to_july(tmp_path: Path) -> None:
    file = tmp_path / "profile.yaml"
    file.write_text(SPRING, encoding="utf-8")
    facts = resolve(read_profile(file), packs())
    kind = find_kinds(SEARCH)["implementation_scheme"]
    made = compose(kind, facts, choose(kind, Choices(options={"framework": "nine_topics"}))).document
    assert_reads_well(made)
    text = "\n".join(lines(made))
    assert re.findall(r"（(\d)月，教务处）", text) == ["2", "4", "7"]
    assert "九年级只在总复习阶段安排模拟考试" in text


@pytest.mark.parametrize("seed", range(26))
def test_whatever_a_school_leaves_out_the_rest_reads_well(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    source = resources.profiles_root() / f"{FULL[seed % len(FULL)]}.yaml"
    form = thinned(yaml.load(source.read_text(encoding="utf-8"), yaml.BaseLoader), rng)
    del form["documents"]
    file = tmp_path / "profile.yaml"
    file.write_text(yaml.safe_dump(form, allow_unicode=True, sort_keys=False), encoding="utf-8")
    reading = read_profile(file)
    assert reading.ok, [str(problem) for problem in reading.problems]
    facts = resolve(reading, packs())
    options = {
        "framework": FRAMEWORKS[seed % len(FRAMEWORKS)],
        "measures": rng.choice(WAYS),
        "leaders": rng.choice(["lines", "table", "prose"]),
        "schedule": rng.choice(["list", "table", "prose"]),
        "conclusion": rng.choice(["summing", "plain"]),
    }
    kind = find_kinds(SEARCH)["implementation_scheme"]
    sections = [section.id for section in kind.card.sections]
    assert_reads_well(compose(kind, facts, choose(kind, Choices(sections, options=options))).document)


@pytest.mark.parametrize("kind", ["work_plan", "implementation_scheme"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("attachments: [{title: 作业管理办法, note: 另行印发}]", "附件：作业管理办法（另行印发）"),
        ("attachments: [{title: 作业管理办法}, {title: 统筹单。}]", "附件：1.作业管理办法\n2.统筹单"),
    ],
)
def test_other_papers_are_named_below_the_text(kind: str, given: str, said: str, tmp_path: Path) -> None:
    """GB/T 9704-2012 7.3.4: above the signature, numbered where there are several, nothing behind a name."""
    path = tmp_path / "school.yaml"
    path.write_text(f"{SPRING}{given}\n", encoding="utf-8")
    known = find_kinds(SEARCH)[kind]
    made = compose(known, resolve(read_profile(path), packs())).document
    named, closing = made.blocks[-2:]
    assert isinstance(named, Paragraph) and named.role == "attachment"
    assert plain(named.content) == said
    assert isinstance(closing, Closing)
