"""The profile's list of documents: kinds in their shapes, held against the cards, mistakes at their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.app.document_choice import wanting
from planforge.app.document_composing import compose_all
from planforge.app.opened_profile import template_search
from planforge.compose import Composition
from planforge.core.problems import InputError, Problem
from planforge.document.tree import Heading, Title, plain
from tests.support.bridge_school import profile
from tests.support.ways import read_facts


def made(folder: Path, documents: str, *only: str) -> list[Composition]:
    facts, reading = read_facts(profile(folder, documents))
    return [one for _, one in compose_all(facts, reading, only, template_search())]


def mistakes(folder: Path, documents: str) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        made(folder, documents)
    return list(caught.value.problems)


def test_a_kind_may_be_listed_in_two_shapes(tmp_path: Path) -> None:
    first, second = made(
        tmp_path,
        """\
documents:
  - 工作计划
  - {kind: 工作计划, name: 工作计划（目标）, sections: [工作目标], numbering: 文字}
""",
    )
    assert (first.shape.name, second.shape.name) == ("减负工作计划", "工作计划（目标）")
    assert (first.document.numbering, second.document.numbering) == ("native", "text")
    headings = [plain(one.content) for one in second.document.blocks if isinstance(one, Heading)]
    assert headings == ["工作目标"]


def test_one_of_them_can_be_asked_for_by_its_name(tmp_path: Path) -> None:
    documents = "documents: [工作计划, {kind: 工作计划, name: 第二份}]\n"
    assert [one.shape.name for one in made(tmp_path, documents, "第二份")] == ["第二份"]
    assert [one.shape.name for one in made(tmp_path, documents, "work_plan")] == ["减负工作计划", "第二份"]


def test_two_documents_of_one_name_are_told(tmp_path: Path) -> None:
    (one,) = mistakes(tmp_path, "documents:\n  - 工作计划\n  - kind: work_plan\n")
    assert one.code == "document-name" and one.place and one.place.line == 8


def test_a_title_of_ones_own_line_by_line(tmp_path: Path) -> None:
    (one,) = made(tmp_path, "documents: [{kind: 工作计划, title: [青石桥小学, 减负、提质计划]}]\n")
    (title,) = [block for block in one.document.blocks if isinstance(block, Title)]
    assert plain(title.content) == "青石桥小学\n减负、提质计划"
    assert one.document.title == "青石桥小学减负、提质计划"


def test_sections_can_be_left_out(tmp_path: Path) -> None:
    (one,) = made(tmp_path, "documents: [{kind: 工作计划, without: [工作目标]}]\n")
    assert "goals" not in one.shape.sections and "title" in one.shape.sections


@pytest.mark.parametrize(
    ("entry", "word", "code"),
    [
        ("{kind: 工作总计划}", "工作总计划", "unknown-kind"),
        ("{kind: 工作计划, sections: [工作目的]}", "工作目的", "unknown-section"),
        ("{kind: 工作计划, without: [标题]}", "标题", "required-section"),
        ("{kind: 工作计划, options: {月份安排: 画图}}", "画图", "wrong-option"),
        ("{kind: 工作计划, options: {颜色: 红}}", "红", "unknown-option"),
        ("{kind: 工作计划, look: 花边}", "花边", "unknown-look"),
    ],
)
def test_a_wrong_choice_names_file_line_and_column(tmp_path: Path, entry: str, word: str, code: str) -> None:
    (one,) = mistakes(tmp_path, f"documents:\n  - {entry}\n")
    assert one.code == code and one.place
    column = len("  - ") + entry.index(word) + 1
    assert (Path(one.place.file).name, one.place.line, one.place.column) == ("school.yaml", 7, column)


@pytest.mark.parametrize(
    ("entry", "advice"),
    [
        ("{kind: 工作计划, look: 县区公文}", "县区公文式样"),
        ("{kind: 工作计划, look: offical}", "official"),
        ("{kind: 工作计划, look: 花边}", "红头公文式样（red-head）"),
        ("{kind: 工作计划, options: {措施框架: 六言}}", ""),
        ("{kind: 工作计划, options: {措施框架: 五控二调整}}", "五控两调整"),
        ("{kind: 工作计划, options: {领导小组: 表}}", "表格"),
    ],
)
def test_a_word_that_is_nearly_right_is_told_the_right_one(tmp_path: Path, entry: str, advice: str) -> None:
    (one,) = mistakes(tmp_path, f"documents:\n  - {entry}\n")
    assert advice in one.fix


def test_a_name_that_is_a_list_itself_is_told_apart_in_a_list_of_names(tmp_path: Path) -> None:
    (one,) = mistakes(tmp_path, "documents:\n  - {kind: 工作计划, options: {措施框架: 无此框架}}\n")
    assert "、“学生、奖惩、教师、调查”、" in f"、{one.expected}、"


def test_all_mistakes_of_all_documents_at_once(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        "documents:\n  - {kind: 工作计划, sections: [工作目的], options: {颜色: 红}}\n  - {kind: 没有}\n",
    )
    assert {one.code for one in found} == {"unknown-section", "unknown-option", "unknown-kind"}


def test_a_document_outside_its_wanted_length_is_a_notice(tmp_path: Path) -> None:
    facts, reading = read_facts(profile(tmp_path, "documents: [{kind: 工作计划, sections: [工作目标]}]\n"))
    (notice,) = wanting(compose_all(facts, reading, (), template_search()))
    assert (notice.severity, notice.code) == ("notice", "document-length") and "偏短" in notice.message


def test_facts_that_a_kind_cannot_do_without_are_a_notice(tmp_path: Path) -> None:
    path = profile(tmp_path, "documents: [{kind: 实施方案}]\n")
    path.write_text(
        path.read_text("utf-8").replace("group: {heads: [{name: 沈砚秋, post: 校长}]}\n", ""), "utf-8"
    )
    facts, reading = read_facts(path)
    found = wanting(compose_all(facts, reading, (), template_search()))
    (notice,) = [one for one in found if one.code == "document-needs"]
    assert notice.severity == "notice" and "领导小组·组长" in notice.message
