"""Leftovers where a name should stand: what was to be filled in, or came with copying."""

from __future__ import annotations

import pytest

from planforge.check import check_free_text
from tests.check.schools import profile, read


def told(text: str) -> list[tuple[int, str, str]]:
    found = check_free_text(read(text)[1])
    return [(one.place.line if one.place else 0, one.rule, one.found) for one in found]


@pytest.mark.parametrize(
    ("line", "rule", "found"),
    [
        ("group: {heads: [XXX（校长）]}", "text.placeholder", "XXX"),
        ("group: {heads: [周明远（校长）], members: [某某（教师）]}", "text.placeholder", "某某"),
        ("group: {office: ×××}", "text.placeholder", "×××"),
        ("supervision: {hotline_person: <姓名>}", "text.placeholder", "<姓名>"),
        ("homework: {coordinator: （待定）}", "text.todo", "（待定）"),
        ('group: {heads: ["{{ school.name }}（校长）"]}', "text.todo", "{{ school.name }}"),
        ("group: {heads: [<b>周明远（校长）]}", "text.todo", "<b>周明远"),
        ("phones: {keeper: ____老师}", "text.blank", "____老师"),
    ],
)
def test_a_leftover_in_a_name_is_told_once_at_its_line(line: str, rule: str, found: str) -> None:
    assert told(profile(line)) == [(8, rule, found)]


def test_a_school_without_a_short_name_is_told_of_its_name_once() -> None:
    text = profile().replace("青石区临溪学校", "XX小学")
    assert told(text) == [(2, "text.placeholder", "XX小学")]


@pytest.mark.parametrize(
    "line",
    [
        "group: {heads: [阿依努尔·买买提（校长）, 王〇（书记）], members: [欧阳文静（一年级1班班主任）]}",
        "posts: [周明远（校长、书记）]",
        "supervision: {hotline: 0300-5550123, hotline_hours: 8:30—16:30, box: 1号楼2层3号窗口}",
        "homework: {coordinator: 班主任（各学科教师协助）}",
    ],
)
def test_names_of_the_usual_kind_are_left_alone(line: str) -> None:
    assert told(profile(line)) == []
