"""A key that its group does not have: the nearest of all keys is named, with where it belongs."""

from __future__ import annotations

import pytest

from planforge.profile import read_profile_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("school: {hotline: 0571-00000000}", ("hotline 应当写在", "supervision（监督）", "之下")),
        ("day: {监督电话: 0571-00000000}", ("hotline（监督电话）", "supervision（监督）")),
        ("school: {no_homework_days: 每周三}", ("no_homework_day（无作业日）", "homework（作业）")),
        ("day: {班级数: 4}", ("classes",)),
        ("homework: {schedules: []}", ("schedule（月历）", "最上一级，不缩进")),
        ("school: {放学: '16:00'}", ("end（放学时间）", "day（作息）")),
    ],
)
def test_the_nearest_of_all_keys_is_named_with_its_place(text: str, words: tuple[str, ...]) -> None:
    fixes = [one.fix for one in read_profile_text(text + "\n").problems if one.code == "key.unknown"]
    assert len(fixes) == 1
    assert [word for word in words if word not in fixes[0]] == []


def test_a_key_like_no_other_lists_those_of_its_group() -> None:
    (told,) = [one for one in read_profile_text("phones: {zzqqy: 1}\n").problems if one.code == "key.unknown"]
    assert told.fix == "" and "keeper（手机保管人）" in told.expected
