"""Which kinds there are, and what a school may choose of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.compose import Choices, Kind, Shape, choose, compose, find_kinds, named
from planforge.core.problems import InputError, Place, Problem
from planforge.document.tree import plain
from tests.compose.kind_folder import CARD, kind, write
from tests.compose.school_facts import facts

SECTIONS = CARD + "  - {id: goals, title: 目标}\n  - {id: extra, title: 补充, default: 否}\n  - {id: end, title: 落款, required: 是}\n"  # fmt: skip
FILES = {f"trial/{name}.xml.j2": f"<p>{name}</p>" for name in ("goals", "extra", "end")}


@pytest.fixture
def trial(tmp_path: Path) -> Kind:
    return kind(write(tmp_path, "<p>text</p>", card=SECTIONS, files=FILES))


def refused(trial: Kind, choices: Choices) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        choose(trial, choices)
    return list(caught.value.problems)


def test_without_a_choice_the_card_decides(trial: Kind) -> None:
    assert choose(trial) == Shape(
        ("heading", "text", "goals", "end"), {"leaders": "table", "goals_shown": 6}, name="试验计划"
    )


@pytest.mark.parametrize(
    ("sections", "shape"),
    [
        (["正文"], ("heading", "text", "end")),
        (["goals", "text"], ("heading", "goals", "text", "end")),
        (["补充", "目标"], ("heading", "extra", "goals", "end")),
        (["落款", "目标", "标题"], ("end", "goals", "heading")),
    ],
)
def test_a_school_chooses_sections_and_their_order(
    trial: Kind, sections: list[str], shape: tuple[str, ...]
) -> None:
    assert choose(trial, Choices(sections=sections)).sections == shape


def test_a_school_leaves_sections_out(trial: Kind) -> None:
    assert choose(trial, Choices(without=["目标"])).sections == ("heading", "text", "end")


@pytest.mark.parametrize(
    ("word", "given", "value"),
    [
        ("leaders", "prose", "prose"),
        ("领导小组写法", "文字", "prose"),
        ("goals_shown", "3", 3),
        ("目标条数", 4, 4),
    ],
)
def test_options_are_written_by_id_or_by_title(
    trial: Kind, word: str, given: str | int, value: object
) -> None:
    shape = choose(trial, Choices(options={word: given}))
    assert value in shape.options.values()


def test_all_wrong_choices_are_named_with_their_places(trial: Kind) -> None:
    places = {
        "sections[1]": Place("school.yaml", 7, 5),
        "options.leader": Place("school.yaml", 9, 3),
        "options.目标条数": Place("school.yaml", 10, 3),
    }
    found = refused(
        trial,
        Choices(
            sections=["正文", "目的", "正文"],
            without=["落款"],
            options={"leader": "表格", "目标条数": "几条"},
            places=places,
            place=Place("school.yaml", 5),
        ),
    )
    assert [(one.code, one.place.line) for one in found if one.place] == [
        ("unknown-section", 7),
        ("duplicate-section", 5),
        ("required-section", 5),
        ("unknown-option", 9),
        ("wrong-option", 10),
    ]
    assert "目标" in found[0].fix


def test_a_kind_is_called_by_id_name_or_another_name(tmp_path: Path) -> None:
    kinds = find_kinds([write(tmp_path, "<p>文</p>", card=CARD + "also: [计划]\n")])
    assert {named(kinds, word).card.id for word in ("trial", "试验计划", "计划")} == {"trial"}
    with pytest.raises(InputError, match=r"没有“试验规划”这种文件.*试验计划"):
        named(kinds, "试验规划")


def test_a_schools_own_folder_goes_before_the_built_in_one(tmp_path: Path) -> None:
    built_in = write(tmp_path / "built-in", "<p>通用</p>", files={"clauses/a.xml.j2": "<p>条文</p>"})
    own = tmp_path / "own"
    (own / "trial").mkdir(parents=True)
    (own / "trial" / "text.xml.j2").write_text(
        '<p>自有</p>{% include "clauses/a.xml.j2" %}', encoding="utf-8"
    )
    found = compose(find_kinds([own, built_in])["trial"], facts()).document.blocks
    assert [plain(block.content) for block in found[1:]] == ["自有", "条文"]  # type: ignore[union-attr]


def test_a_schools_own_card_replaces_the_built_in_one(tmp_path: Path) -> None:
    built_in = write(tmp_path / "built-in", "<p>通用</p>")
    own = write(tmp_path / "own", "<p>自有</p>", card=CARD.replace("试验计划", "自有计划"))
    assert find_kinds([own, built_in])["trial"].card.name == "自有计划"


def test_folders_without_a_card_are_no_kinds(tmp_path: Path) -> None:
    root = write(tmp_path, "<p>文</p>", files={"clauses/a.xml.j2": "", "styles/look.yaml": ""})
    assert list(find_kinds([root])) == ["trial"]


def test_a_changed_template_is_read_again(tmp_path: Path) -> None:
    import os

    trial = kind(write(tmp_path, "<p>旧</p>"))
    assert plain(compose(trial, facts()).document.blocks[1].content) == "旧"  # type: ignore[union-attr]
    path = tmp_path / "trial" / "text.xml.j2"
    path.write_text("<p>新</p>", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert plain(compose(trial, facts()).document.blocks[1].content) == "新"  # type: ignore[union-attr]


def test_a_search_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        find_kinds([tmp_path / "none", write(tmp_path / "built-in", "<p>文</p>")])
    assert [one.code for one in caught.value.problems] == ["search-folder"]
