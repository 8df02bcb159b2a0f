"""A province's rules hold for its own schools, on top of the national ones, and never loosen those."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.check import check_school, findings
from planforge.facts import resolve
from planforge.policy import load_packs
from planforge.profile.profile_reader import read_profile_text
from tests.check.schools import packs, profile, read, rules_of

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


@pytest.mark.parametrize(("year", "found"), [("2018-2019", False), ("2023-2024", True), ("2026-2027", False)])
def test_lessons_on_free_days_were_forbidden_there_before_they_were_everywhere(
    year: str, found: bool
) -> None:
    text = at("{province: 浙江省}", "acts: [{id: a1, what: 周六上午集体补课}]\n", year=year)
    assert ("zhejiang.lessons.holidays.2019" in rules_of(text)) is found
    assert ("tutoring.holidays.2025" in rules_of(text)) is (year == "2026-2027")
    for right in ("周末不补课", "严禁节假日集体补课", "国庆调休，周六上课"):
        assert not rules_of(text.replace("周六上午集体补课", right))


def test_one_kind_of_book_a_subject_in_guangdong() -> None:
    rule = "guangdong.materials.one.2025"
    text = at("{province: 广东省}", "materials: {rule: 每科两种教辅，自愿购买}\n")
    assert rule in rules_of(text)
    for right in ("一科一辅，自愿购买", "每科不超过一种教辅", "各科教师共用两本参考书"):
        assert rule not in rules_of(text.replace("每科两种教辅，自愿购买", right))
    reading, facts = read(text)
    (found,) = [one for one in check_school(reading, facts, packs()) if one.rule == rule]
    assert "《" not in found.citation, "its document's title is not confirmed"


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
    assert "浙江省中小学生减负工作实施方案" in titles and "浙江省义务教育条例" not in titles
    assert not any("浙江" in basis.title for basis in (*there.bases, *there.topic_bases))


def test_an_empty_region_is_a_mistake(tmp_path: Path) -> None:
    from planforge.core.problems import InputError

    path = tmp_path / "省.yaml"
    path.write_text(PACK.replace("{province: 岚江省}", "{province: ''}"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_packs([path])
    assert {problem.place.line for problem in caught.value.problems if problem.place} == {4}
