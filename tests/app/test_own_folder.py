"""A school's own folder goes before the built-in one: kinds, single sections, clauses, frameworks, looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.app.document_composing import compose_all
from planforge.app.opened_profile import template_search
from planforge.compose import Composition
from planforge.core.problems import InputError
from planforge.core.resources import templates_root
from planforge.document.look import find_look
from planforge.document.tree import inlines_of, plain
from tests.support.bridge_school import profile
from tests.support.commands import planforge
from tests.support.ways import read_facts
from tests.support.worked_example import copied


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def words(made: Composition) -> str:
    return "\n".join(plain(content) for block in made.document.blocks for content in inlines_of(block))


def plan(school: Path, *own: Path, only: str = "work_plan") -> Composition:
    facts, reading = read_facts(school)
    ((_, made),) = compose_all(facts, reading, [only] if only else [], template_search(own, school))
    return made


@pytest.mark.parametrize("name", ["templates", "模板"])
def test_a_folder_beside_the_form_is_found(tmp_path: Path, name: str) -> None:
    school = profile(tmp_path, "")
    assert "本校版权所有" not in words(plan(school))
    written(tmp_path / name, **{"work_plan/opening.xml.j2": "<p>本校自己写的开头。</p>"})
    assert "本校自己写的开头。" in words(plan(school))
    assert "作业管理" in words(plan(school)), "the other sections are the built-in ones"


def test_a_folder_named_on_the_call_goes_before_the_one_beside_the_form(tmp_path: Path) -> None:
    school = profile(tmp_path, "")
    written(tmp_path / "templates", **{"work_plan/opening.xml.j2": "<p>旁边的。</p>"})
    own = written(tmp_path / "bureau", **{"work_plan/opening.xml.j2": "<p>点名的。</p>"})
    assert "点名的。" in words(plan(school, own)) and "旁边的。" not in words(plan(school, own))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        template_search([tmp_path / "nowhere"])
    assert caught.value.problems[0].place and "nowhere" in caught.value.problems[0].place.file


def test_the_built_in_folder_is_never_searched_twice() -> None:
    assert template_search([templates_root()]) == (templates_root(),)


def test_a_card_of_ones_own_replaces_the_built_in_one(tmp_path: Path) -> None:
    card = "name: 减负工作计划\nfor: school\nsections: [title]\n"
    school = profile(tmp_path, "")
    written(tmp_path / "templates", **{"work_plan/card.yaml": card})
    assert plan(school).shape.sections == ("title",)


def test_a_clause_of_ones_own_is_said_in_built_in_kinds(tmp_path: Path) -> None:
    school = profile(tmp_path, "")
    clause = "{#- title: 作业限量 -#}\n本校作业一律当堂完成。"
    written(tmp_path / "templates", **{"clauses/homework/limits.xml.j2": clause})
    assert "本校作业一律当堂完成。" in words(plan(school, only="实施方案"))


def test_a_framework_of_ones_own_orders_a_built_in_kind(tmp_path: Path) -> None:
    framework = """\
name: 两条线
members:
  - {title: 校内这条线, items: [homework.limits]}
  - {title: 校外这条线, items: [own.parents]}
"""
    clause = "{#- title: 家长 -#}\n家长会上说明减负的安排。"
    written(
        tmp_path / "templates",
        **{"frameworks/two_lines.yaml": framework, "clauses/own/parents.xml.j2": clause},
    )
    school = profile(tmp_path, "documents: [{kind: 实施方案, options: {措施框架: 两条线}}]\n")
    made = plan(school, only="")
    assert "校内这条线" in words(made) and "家长会上说明减负的安排。" in words(made)


def test_a_look_of_ones_own_is_chosen_by_its_title(tmp_path: Path) -> None:
    look = "based_on: official\nname: large\ntitle: 大字式样\nstyles:\n  body: {size: 18, pitch: 32, source: 本校}\n"
    written(tmp_path / "templates", **{"styles/large.yaml": look})
    school = profile(tmp_path, "documents: [{kind: 工作计划, look: 大字式样}]\n")
    assert plan(school).shape.look == "large"
    assert find_look("large", template_search((), school)).styles["body"].size == 18


# --- the command ------------------------------------------------------------------------------


def test_the_command_lists_kinds_of_the_folder_at_hand(tmp_path: Path) -> None:
    own = copied(tmp_path)
    run = planforge("templates", at=own.parent)
    assert run.returncode == 0 and "作业公示制度" in run.stdout and "减负工作计划" in run.stdout


def test_the_command_shows_a_kind(tmp_path: Path) -> None:
    run = planforge("templates", "公示制度", at=copied(tmp_path).parent)
    for text in (
        "怎样公开",
        "有内容时才有",
        "限量写法",
        "表格、一句话；通常是表格",
        "三公开",
        "校内制度式样",
        "200～800",
    ):
        assert text in run.stdout


def test_the_command_lists_clauses_and_frameworks(tmp_path: Path) -> None:
    own = copied(tmp_path)
    run = planforge("templates", "notice", "--clauses", at=own.parent)
    assert "notice.where" in run.stdout and "公示的地点和时间" in run.stdout and "homework" not in run.stdout
    run = planforge("templates", "--frameworks", at=own.parent)
    assert "三公开" in run.stdout and "公开内容、公开责任、公开记录" in run.stdout


@pytest.mark.slow
def test_the_check_tells_file_and_line_and_its_status(tmp_path: Path) -> None:
    own = copied(tmp_path)
    run = planforge("templates", "--check", own, at=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert "作业公示制度" in run.stdout and "减负工作计划" not in run.stdout
    path = own / "homework_notice/complaints.xml.j2"
    path.write_text("<h1>意见</h1>\n<p>请拨打{{ supervision.hotlin }}。</p>", encoding="utf-8")
    (own / "work_plan").mkdir()
    (own / "work_plan/goal.xml.j2").write_text("<p>甲</p>", encoding="utf-8")
    (own / "homework_notise").mkdir()
    run = planforge("templates", "--check", own, at=tmp_path)
    assert run.returncode == 1
    path, own = path.relative_to(tmp_path), own.relative_to(tmp_path)  # as seen from where it was called
    assert f"{path}:2" in run.stderr and "supervision.hotlin" in run.stderr and "hotline" in run.stderr
    assert f"{own / 'work_plan/goal.xml.j2'}:1" in run.stderr and "是不是 goals" in run.stderr
    assert f"{own / 'homework_notise'}" in run.stderr and "是不是 homework_notice" in run.stderr
    assert planforge("templates", "--check", tmp_path / "nowhere", at=tmp_path).returncode == 2
