"""A province's rules hold for its own schools, on top of the national ones, and never loosen those."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.check import check_school, findings
from planforge.facts import resolve
from planforge.policy import load_packs
from planforge.profile.profile_reader import read_profile_text
from tests.check.schools import checked, packs, profile, read, rules_of

PACK = """\
schema: 1
id: lanjiang
title: 岚江省规定
region: {province: 岚江省}
documents:
  - id: lanjiang-burden
    short: 省办法
    rank: 5
    issuer: {value: 岚江省教育厅, confirmed: text_read}
    title: {value: 岚江省作业管理办法, confirmed: text_read}
    announced: 2026-01-01
rules:
  - id: lanjiang.homework
    topic: homework
    quantity: homework.minutes
    stages: [primary]
    grades: {6-3: 3-4, 5-4: 3-4}
    limit: {kind: average, value: 40, unit: minutes, confirmed: text_read}
    basis: [{document: lanjiang-burden}]
    from: 2026-01-01
    statement: 三、四年级书面作业平均每天不超过40分钟。
    explanation: 严于国家规定。
    remedy: 改到40分钟以内。
"""
FIFTY = "homework:\n  bands: [{grades: 4, limit: 更严, how: 平均不超过, minutes: 50}]\n"


def at(region: str, more: str = "", *, year: str = "2026-2027", stage: str = "小学") -> str:
    return profile(more, year=year, stage=stage).replace("term:", f"  region: {region}\nterm:")


def with_pack(tmp_path: Path, pack: str, text: str) -> set[str]:
    path = tmp_path / "省.yaml"
    path.write_text(pack, encoding="utf-8")
    loaded = load_packs([path])
    reading = read_profile_text(text, "school.yaml")
    return {one.rule for one in findings(reading, resolve(reading, loaded), loaded)}


@pytest.mark.parametrize("province", ["浙江省", "浙江"])
def test_a_rule_of_the_province_holds_at_its_limit(province: str) -> None:
    text = at(f"{{province: {province}}}", "group: {first_responsible: 校长}\n")
    rule = "zhejiang.first-responsible.2019"
    assert rule not in rules_of(text)
    assert rule in rules_of(text.replace("校长", "副校长"))


@pytest.mark.parametrize(
    "region", ["{province: 岚江省}", "{province: 浙}", "{city: 杭州市}", "{province: 广东省}"]
)
def test_schools_elsewhere_do_not_meet_it(region: str) -> None:
    assert not rules_of(at(region, "group: {first_responsible: 教导主任}\n"))


@pytest.mark.parametrize(("year", "found"), [("2018-2019", False), ("2020-2021", True), ("2021-2022", False)])
def test_lessons_on_free_days_were_forbidden_there_before_they_were_everywhere(
    year: str, found: bool
) -> None:
    text = at("{province: 浙江省}", "acts: [{id: a1, what: 周六上午集体补课}]\n", year=year)
    assert ("zhejiang.lessons.holidays.2019" in rules_of(text)) is found
    assert ("tutoring.holidays.2021" in rules_of(text)) is (year == "2021-2022"), "by law since June 2021"
    for right in ("周末不补课", "严禁节假日集体补课", "国庆调休，周六上课"):
        assert not rules_of(text.replace("周六上午集体补课", right))


def test_one_kind_of_book_a_subject_in_guangdong() -> None:
    rule = "guangdong.materials.one.2025"
    text = at("{province: 广东省}", "materials: {rule: 每科两种教辅，自愿购买}\n", stage="初中")
    assert rule in rules_of(text)
    for right in ("一科一辅，自愿购买", "每科不超过一种教辅", "各科教师共用两本参考书"):
        assert rule not in rules_of(text.replace("每科两种教辅，自愿购买", right))
    reading, facts = read(text)
    (told,) = [one for one in check_school(reading, facts, packs()) if one.rule == rule]
    assert "《关于进一步规范全省中小学教辅材料进校园管理的通知》" in told.citation
    assert rule not in rules_of(text.replace("2026-2027", "2024-2025")), "issued in August 2025"


@pytest.mark.parametrize(
    ("rule", "province", "stage", "breaks", "right"),
    [
        # 小学除免费提供外不得推荐、统一征订、代购
        ("guangdong.materials.primary.2025", "广东省", "小学", "按目录推荐教辅，自愿购买", ["不推荐教辅", "免费提供的练习册发给学生", "教辅由家长自愿购买"]),
        # 初中晚自习原则上不晚于20:30
        ("jiangsu.evening.junior", "江苏省", "初中", "晚自习19:00—20:40", ["晚自习19:00—20:30", "晚自习18:30开始"]),
        # 小学原则上不安排晚自习，初中晚自习结束时间不晚于21:00
        ("hebei.evening.primary.2022", "河北省", "小学", "住宿生参加晚自习", ["不安排晚自习", "晚上看书"]),
        ("hebei.evening.junior.2022", "河北省", "初中", "晚自习到21:10结束", ["晚自习到21:00结束", "晚自习20:00开始"]),
        # 不得收取学费、杂费、借读费、教科书费、作业本费
        ("zhejiang.fees.2009", "浙江省", "小学", "开学时收取作业本费", ["不收取作业本费", "收取校车费"]),
    ],
)  # fmt: skip
def test_words_that_a_province_forbids(
    rule: str, province: str, stage: str, breaks: str, right: list[str]
) -> None:
    def said(words: str, where: str = province) -> set[str]:
        return rules_of(at(f"{{province: {where}}}", f'acts: [{{id: a1, what: "{words}"}}]\n', stage=stage))

    assert rule in said(breaks)
    assert rule not in said(breaks, "澄河省")
    for words in right:
        assert rule not in said(words), words


# Each notice: 江苏 2025秋小学、2026秋初中；北京 2025-02-17；湖南 2025春；广东 2026秋全省.
@pytest.mark.parametrize(
    ("province", "stage", "year", "held"),
    [
        ("江苏省", "小学", "2024-2025", False), ("江苏省", "小学", "2025-2026", True),
        ("江苏省", "初中", "2025-2026", False), ("江苏省", "初中", "2026-2027", True),
        ("北京市", "小学", "2024-2025", False), ("北京市", "初中", "2025-2026", True),
        ("湖南省", "小学", "2024-2025", False), ("湖南省", "初中", "2025-2026", True),
        ("广东省", "小学", "2025-2026", False), ("广东省", "初中", "2026-2027", True),
    ],
)  # fmt: skip
def test_a_lesson_of_sport_a_day_is_asked_for_where_and_since_when_it_was(
    province: str, stage: str, year: str, held: bool
) -> None:
    grades = "1-6" if stage == "小学" else "7-9"

    def told(lessons: int) -> bool:
        lines = f"sport: {{lessons: [{{grades: {grades}, lessons: {lessons}}}]}}\n"
        found = rules_of(at(f"{{province: {province}}}", lines, year=year, stage=stage))
        return any(".pe-daily." in rule for rule in found)

    assert told(4) is held and not told(5)


@pytest.mark.parametrize(
    ("province", "year", "rule"),
    [
        ("北京市", "2024-2025", "beijing.break.2024"), ("江苏省", "2025-2026", "jiangsu.break.2025"),
        ("湖南省", "2025-2026", "hunan.break.2025"), ("江苏省", "2026-2027", "day.break.2026"),
        ("江苏省", "2024-2025", ""),
    ],
)  # fmt: skip
def test_fifteen_minutes_came_earlier_in_some_provinces(province: str, year: str, rule: str) -> None:
    def breaks(minutes: int) -> set[str]:
        found = rules_of(at(f"{{province: {province}}}", f"day: {{break_minutes: {minutes}}}\n", year=year))
        return {name for name in found if "break" in name}

    assert breaks(14) == ({rule} if rule else set()) and breaks(15) == set()


def test_what_a_province_asked_for_counts_before_what_the_ministry_encouraged() -> None:
    """Between 24 October 2025 and 26 February 2026 the ministry only encouraged what 江苏 had asked for."""
    text = at("{province: 江苏省}", "  starts: 2026-02-23\nday: {break_minutes: 10}\n", year="2025-2026")
    found = checked(text.replace("number: 1", "number: 2"))
    assert [one.rule for one in found if "break" in one.rule] == ["jiangsu.break.2025"]


@pytest.mark.parametrize(
    "rule",
    [
        "sichuan.breaks.2025",
        "zhejiang.breaks.2025",
        "shanghai.break.2026",
        "hebei.rest.2022",
        "yunnan.study-hours",
    ],
)
def test_what_was_only_reported_is_a_note(rule: str) -> None:
    assert packs().rule(rule).gravity == "note"


def test_the_autumn_break_of_sichuan_is_the_second_week_of_november() -> None:
    assert "11月第二周的周三至周五" in packs().rule("sichuan.breaks.2025").statement


@pytest.mark.parametrize(
    ("region", "held"), [("province: 岚江省", True), ("province: 澄河省", False), ("city: 澄川市", False)]
)
def test_a_stricter_province_counts_only_there(tmp_path: Path, region: str, held: bool) -> None:
    found = with_pack(tmp_path, PACK, at(f"{{{region}}}", FIFTY))
    assert ("lanjiang.homework" in found) is held
    assert "homework.upper.2021" not in found, "the national rule is no looser local one"


@pytest.mark.parametrize(
    ("old", "new"),
    [("value: 40", "value: 80"), ("kind: average, value: 40", "kind: required, value: 80"), ("kind: average, value: 40", "kind: encouraged, value: 30")],
)  # fmt: skip
def test_a_looser_or_incomparable_province_is_told_and_does_not_count(
    tmp_path: Path, old: str, new: str
) -> None:
    seventy = FIFTY.replace("50", "70")
    found = with_pack(tmp_path, PACK.replace(old, new), at("{province: 岚江省}", seventy))
    assert {"lanjiang.homework", "homework.upper.2021"} <= found
    assert "lanjiang.homework" not in with_pack(
        tmp_path, PACK.replace(old, new), at("{province: 澄河省}", seventy)
    )


def test_a_city_narrows_a_rule_down(tmp_path: Path) -> None:
    pack = PACK.replace("    quantity:", "    region: {province: 岚江省, city: 澄川市}\n    quantity:")
    assert "lanjiang.homework" in with_pack(tmp_path, pack, at("{province: 岚江省, city: 澄川}", FIFTY))
    assert "lanjiang.homework" not in with_pack(tmp_path, pack, at("{province: 岚江省}", FIFTY))


def test_a_basis_of_the_province_is_cited_there_and_an_unconfirmed_one_nowhere() -> None:
    _, here = read(at("{province: 浙江省}"))
    _, there = read(at("{province: 广东省}"))
    titles = {basis.title for basis in (*here.bases, *here.topic_bases)}
    assert {"浙江省中小学生减负工作实施方案", "浙江省义务教育条例"} <= titles
    assert not any("过重课业负担的通知" in title for title in titles)
    assert not any("浙江" in basis.title for basis in (*there.bases, *there.topic_bases))


def test_an_empty_region_is_a_mistake(tmp_path: Path) -> None:
    from planforge.core.problems import InputError

    path = tmp_path / "省.yaml"
    path.write_text(PACK.replace("{province: 岚江省}", "{province: ''}"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_packs([path])
    assert {problem.place.line for problem in caught.value.problems if problem.place} == {4}
