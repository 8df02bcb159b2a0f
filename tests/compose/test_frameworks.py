"""Frameworks: read strictly, counted by their names, printed by members; a school's own go first."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.compose import Choices, Kind, choose, compose, find_kinds, frameworks
from planforge.compose.counts import counts_in
from planforge.core.problems import InputError, Problem
from planforge.core.resources import templates_root
from planforge.document.tree import Heading, NumberedList, Paragraph, Text, plain
from tests.compose.kind_folder import write
from tests.compose.school_facts import facts

CARD = """\
name: 试验计划
for: school
options:
  measures: {title: 措施框架, type: framework, default: two_strict}
sections: [heading, text]
"""
TWO_STRICT = """\
name: 两严
also: [两个严格]
since: 本学期起
members:
  - title: 严控作业量
    intro: 作业总量由学校统一管。
    text: [homework.who]
    items: [homework.limit, [homework.who, homework.oral]]
  - title: 严控考试
    items: [exams.finals]
"""
CLAUSES = {
    "clauses/homework/who.xml.j2": "{#- title: 谁统筹 -#}\n{% if homework.coordinator %}{{ homework.coordinator }}统筹。{% endif %}",
    "clauses/homework/limit.xml.j2": "{#- title: 限量 -#}\n{{ homework.bands[1].grades | grades }}不超过{{ homework.bands[1].minutes | minutes }}。",
    "clauses/homework/oral.xml.j2": "{#- title: 口头 -#}\n{% if homework.bands[1].oral_minutes %}口头作业。{% endif %}",
    "clauses/exams/finals.xml.j2": "{#- title: 期末 -#}\n{% if assessment.final_date %}期末考试在{{ assessment.final_date }}。{% endif %}",
    "clauses/measures.xml.j2": (templates_root() / "clauses/measures.xml.j2").read_text(encoding="utf-8"),
}
HEADINGS = (
    '{% import "clauses/measures.xml.j2" as m %}\n<h1>措施</h1>\n{{ m.headings(framework.members, 2) }}'
)


def folder(root: Path, *, text: str = HEADINGS, framework: str = TWO_STRICT, **files: str) -> Path:
    named = {name.replace("__", "/"): content for name, content in files.items()}
    return write(root, text, card=CARD, files={**CLAUSES, "frameworks/two_strict.yaml": framework, **named})


def trial(root: Path) -> Kind:
    return find_kinds([root])["trial"]


def mistakes(root: Path, framework: str) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        frameworks([folder(root, framework=framework)])
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("六严", [6]),
        ("五控两调整", [5, 2]),
        ("三提三控", [3, 3]),
        ("四个转变", [4]),
        ("三不两禁止", [3, 2]),
        ("三方面负重", [3]),
        ("五项管理", [5]),
        ("双减", [2]),
        ("十项措施", [10]),
        ("十二条", [12]),
        ("二十条", [20]),
        ("三十二字诀", [32]),
        ("10条", [10]),
        ("减负提质", []),
    ],
)
def test_a_name_tells_its_counts(name: str, counts: list[int]) -> None:
    assert counts_in(name) == counts


def test_members_become_headings_and_empty_ones_vanish(tmp_path: Path) -> None:
    made = compose(trial(folder(tmp_path)), facts())
    heading, member, intro, text, items = made.document.blocks[1:]
    assert isinstance(heading, Heading) and isinstance(member, Heading)
    assert (member.level, plain(member.content)) == (2, "严控作业量")
    assert isinstance(intro, Paragraph) and plain(intro.content) == "作业总量由学校统一管。"
    assert isinstance(text, Paragraph) and plain(text.content) == "年级组长统筹。"
    assert isinstance(items, NumberedList)
    assert [plain(item.content) for item in items.items] == ["三至六年级不超过60分钟。", "年级组长统筹。"]


def test_what_clauses_print_and_ask_is_noted(tmp_path: Path) -> None:
    made = compose(trial(folder(tmp_path)), facts())
    assert {"homework.coordinator", "homework.bands[1].minutes"} <= made.printed
    assert {
        "assessment.final_date",
        "homework.bands[1].oral_minutes",
        "options.measures.members",
    } <= made.depends


def test_members_become_items_with_their_title_in_front(tmp_path: Path) -> None:
    text = '{% import "clauses/measures.xml.j2" as m %}\n{{ m.items(framework.members) }}'
    (item,) = compose(trial(folder(tmp_path, text=text)), facts()).document.blocks[1:]
    assert isinstance(item, Paragraph), "the only item has no number"
    assert plain(item.content) == (
        "严控作业量。作业总量由学校统一管。年级组长统筹。三至六年级不超过60分钟。年级组长统筹。"
    )
    first, mark, *_ = item.content
    assert getattr(first, "strong", False) and mark == Text("。", strong=True)


def test_groups_stand_above_their_members(tmp_path: Path) -> None:
    framework = """\
name: 一控一提
groups:
  - {name: 一控, members: [{title: 控总量, text: homework.limit}]}
  - {name: 一提, members: [{title: 提质量, text: homework.who}]}
"""
    text = '{% import "clauses/measures.xml.j2" as m %}\n{{ m.grouped(framework) }}'
    made = compose(trial(folder(tmp_path, text=text, framework=framework)), facts())
    levels = [(one.level, plain(one.content)) for one in made.document.blocks if isinstance(one, Heading)]
    assert levels == [(1, "一控"), (2, "控总量"), (1, "一提"), (2, "提质量")]


@pytest.mark.parametrize("word", ["two_strict", "两严", "两个严格"])
def test_a_school_names_a_framework_as_it_likes(tmp_path: Path, word: str) -> None:
    shape = choose(trial(folder(tmp_path)), Choices(options={"措施框架": word}))
    assert shape.options["measures"] == "two_strict"


def test_a_school_can_do_without(tmp_path: Path) -> None:
    text = "{% if framework %}<p>有</p>{% else %}<p>无</p>{% endif %}"
    kind = trial(folder(tmp_path, text=text))
    made = compose(kind, facts(), choose(kind, Choices(options={"measures": "不用"})))
    (block,) = made.document.blocks[1:]
    assert isinstance(block, Paragraph) and plain(block.content) == "无"


def test_an_unknown_framework_is_told_with_those_there_are(tmp_path: Path) -> None:
    kind = trial(folder(tmp_path))
    with pytest.raises(InputError) as caught:
        choose(kind, Choices(options={"measures": "九严"}))
    (one,) = caught.value.problems
    assert one.code == "wrong-option" and "两严" in one.expected


def test_a_card_that_defaults_to_an_unknown_framework_is_wrong(tmp_path: Path) -> None:
    root = folder(tmp_path)
    card = root / "trial/card.yaml"
    card.write_text(card.read_text().replace("default: two_strict", "default: two_strickt"))
    with pytest.raises(InputError) as caught:
        find_kinds([root])
    (one,) = caught.value.problems
    assert one.place and (Path(one.place.file).name, one.place.line) == ("card.yaml", 4)
    assert "two_strict" in one.fix


def test_a_schools_own_framework_goes_first(tmp_path: Path) -> None:
    built_in = folder(tmp_path / "a")
    own = tmp_path / "b" / "frameworks"
    own.mkdir(parents=True)
    (own / "two_strict.yaml").write_text(TWO_STRICT.replace("严控作业量", "把住作业量"))
    found = frameworks([tmp_path / "b", built_in])
    assert found["two_strict"].members[0].title == "把住作业量"


@pytest.mark.parametrize(
    ("change", "line", "code"),
    [
        (("  - title: 严控考试\n    items: [exams.finals]\n", ""), 5, "framework-count"),
        (("name: 两严", "name: 三不两禁止"), 5, "framework-count"),
        (("homework.limit", "homework.limits"), 8, "unknown-clause"),
        (("text: [homework.who]", "text: 作业要适量"), 7, "framework-clause"),
        (("title: 严控考试", "titel: 严控考试"), 9, "card-key"),
        (("title: 严控考试", "title: 严控作业量"), 9, "card-duplicate"),
        (("since: 本学期起", "since:"), 3, "card-empty"),
        (("members:", "member:"), 4, "card-key"),
        (("[exams.finals]", "exams: 1"), 10, "card-syntax"),
    ],
)
def test_mistakes_name_file_and_line(tmp_path: Path, change: tuple[str, str], line: int, code: str) -> None:
    assert change[0] in TWO_STRICT
    found = mistakes(tmp_path, TWO_STRICT.replace(*change))
    at = [(Path(one.place.file).name, one.place.line) for one in found if one.place and one.code == code]
    assert at == [("two_strict.yaml", line)], found
    assert all(one.place and one.place.column for one in found)


def test_two_frameworks_of_one_name_are_told(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "frameworks/other.yaml").write_text(TWO_STRICT.replace("name: 两严", "name: 另两严"))
    with pytest.raises(InputError) as caught:
        frameworks([tmp_path])
    assert [one.code for one in caught.value.problems] == ["framework-duplicate"]
