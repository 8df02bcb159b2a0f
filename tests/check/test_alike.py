"""Schools whose own words are too much alike; what a bureau gives its schools is no copy."""

from __future__ import annotations

from dataclasses import replace

from planforge.check.alike import alike, own_words
from tests.check.schools import profile, read

ACTS = [
    "每周三由各年级组长汇总本年级各学科作业时长，超出的当天退回重排，并在周五教师会上逐一说明原因",
    "请六位退休教师到课后服务时段辅导书法和剪纸，学期末在校门口办一次作品展，家长可以带走作品",
    "把订正挪到每节课最后八分钟，课间由值周教师在走廊巡看，连续两周没有人被留下的班级挂流动绿牌",
]
OTHER = [
    "数学组从十月起试做弹性作业单，学生在三道题中任选两道，教师每月收集一次学生的选择并调整难度",
    "图书室午间开放，五年级学生轮流当管理员，每个班每学期推荐十本书并写一句话介绍贴在书架旁",
    "体育组把长绳和毽子放到各楼层，大课间按楼层轮换场地，下雨天改在教室里做韧带操和眼保健操",
]


def words(name: str, acts: list[str]) -> str:
    listed = "".join(f'  - {{id: a{n}, what: "{what}"}}\n' for n, what in enumerate(acts, 1))
    return profile(f"acts:\n{listed}").replace("青石区临溪学校", name)


def found(*texts: tuple[str, list[str]]) -> list[tuple[int, str, str]]:
    schools = [own_words(read(words(name, acts))[1], f"{name}.yaml") for name, acts in texts]
    return [(which, one.message, one.found) for which, one in alike(schools)]


def test_copied_words_are_found_with_share_and_passages() -> None:
    ((which, message, passages),) = found(
        ("东小学", ACTS), ("西小学", OTHER), ("南小学", ACTS[:2] + OTHER[2:])
    )[:1]
    assert which == 2
    assert "东小学（东小学.yaml）" in message and "%" in message
    assert ACTS[0][:30] in passages


def test_different_words_are_not_alike() -> None:
    assert found(("东小学", ACTS), ("西小学", OTHER)) == []


def test_the_schools_own_names_do_not_make_copies_different() -> None:
    def named(name: str) -> list[str]:
        return [f"{name}{what}，由{name}教导处负责" for what in ACTS]

    ((_, message, _),) = found(("东湖小学", named("东湖小学")), ("西山小学", named("西山小学")))
    assert "100%" in message or "9" in message


def test_many_copies_of_one_text_are_each_told_once() -> None:
    many = [(f"第{n}小学校", ACTS) for n in range(60)]
    assert sorted(which for which, _, _ in found(*many)) == list(range(1, 60))


def test_the_words_of_a_shared_layer_are_no_copies() -> None:
    schools = []
    for name in ("东小学", "西小学"):
        facts = read(words(name, ACTS))[1]
        shared = {path: replace(source, layer="bureau") for path, source in facts.sources.items()}
        schools.append(own_words(replace(facts, sources=shared), f"{name}.yaml"))
    assert list(alike(schools)) == []


def test_a_copy_of_several_is_told_of_the_nearest() -> None:
    near = found(("东小学", ACTS[:2] + OTHER[2:]), ("西小学", ACTS), ("南小学", ACTS))
    assert [which for which, _, _ in near] == [1, 2]
    assert "西小学" in near[1][1]
