"""Homework bands: the school's own before the rule's, equal neighbours merged, every grade exactly once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforge.facts import Facts, resolve
from planforge.policy import load_packs
from planforge.policy.model import STAGE_GRADES
from planforge.profile.model import Profile
from planforge.profile.profile_reader import ReadProfile

FactsOf = Callable[[str], Facts]
Text = Callable[..., str]
PACKS = load_packs()


def own(*bands: str) -> str:
    return "homework:\n  bands:\n" + "".join(f"    - {{{band}}}\n" for band in bands)


def shown(facts: Facts) -> list[tuple[tuple[int, ...], str, int | None, bool]]:
    return [(band.grades, band.how, band.minutes, band.stricter) for band in facts.homework.bands]


def test_equal_neighbours_are_one_band(facts_of: FactsOf, small: Text) -> None:
    more = own("grades: 3-4, how: 平均不超过, minutes: 60", "grades: 5-6, how: 平均不超过, minutes: 60")
    assert shown(facts_of(small(more=more)))[1:] == [((3, 4, 5, 6), "average", 60, False)]


def test_an_own_band_like_the_rule_merges_with_the_rules(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small(more=own("grades: 3-4, how: 平均不超过, minutes: 60")))
    assert shown(facts)[1:] == [((3, 4, 5, 6), "average", 60, False)]
    assert facts.sources["homework.bands[1].minutes"].kind == "profile"


def test_grades_without_an_own_band_are_completed_by_the_rule(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small(more=own("grades: 3-4, limit: 更严, how: 平均不超过, minutes: 40")))
    assert shown(facts) == [
        ((1, 2), "none", None, False),
        ((3, 4), "average", 40, True),
        ((5, 6), "average", 60, False),
    ]


def test_by_the_rules_is_the_rules_limit_with_the_place_where_it_was_ticked(
    facts_of: FactsOf, small: Text
) -> None:
    facts = facts_of(small(more=own("grades: 3-6, limit: 按规定")))
    source = facts.sources["homework.bands[1].minutes"]
    assert shown(facts)[1] == ((3, 4, 5, 6), "average", 60, False)
    assert (source.kind, source.rule) == ("rule", "homework.upper.2021")
    assert source.place is not None and source.place.line > 0


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        ("minutes: 50", ("average", 50, True)),
        ("how: 不超过, minutes: 60", ("at_most", 60, True)),
        ("how: 平均不超过, minutes: 60", ("average", 60, False)),
        ("how: 有条件时不超过, minutes: 30", ("where_possible", 30, False)),
        ("how: 不布置", ("none", None, True)),
        ("how: 尽量不布置", ("none_soft", None, False)),
        ("how: 平均不超过, minutes: 61", ("average", 61, False)),
    ],
)
def test_stricter_is_said_only_where_it_is_beyond_doubt(
    facts_of: FactsOf, small: Text, band: str, expected: tuple[str, int | None, bool]
) -> None:
    facts = facts_of(small(more=own(f"grades: 3-6, {band}")))
    assert shown(facts)[1][1:] == expected


def test_a_limit_looser_than_the_rule_stands_and_is_pointed_out(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small(more=own("grades: 3-4, how: 平均不超过, minutes: 60", "grades: 5-6, minutes: 80")))
    assert shown(facts)[2] == ((5, 6), "average", 80, False)
    (notice,) = facts.notices
    assert (notice.code, notice.severity) == ("facts.homework_looser", "notice")
    assert "5、6 年级" in notice.message
    assert notice.place is not None and notice.place.line == 11


def test_homework_in_grade_two_is_pointed_out(facts_of: FactsOf, small: Text) -> None:
    facts = facts_of(small(more=own("grades: 2, how: 不超过, minutes: 30")))
    assert [notice.code for notice in facts.notices] == ["facts.homework_looser"]


def test_scope_and_oral_minutes_keep_bands_apart(facts_of: FactsOf, small: Text) -> None:
    more = own("grades: 3-4, limit: 按规定, scope: 书面作业", "grades: 5-6, limit: 按规定, oral_minutes: 20")
    bands = facts_of(small(more=more)).homework.bands
    assert [(band.grades, band.scope, band.oral_minutes) for band in bands] == [
        ((1, 2), "书面家庭作业", None),
        ((3, 4), "书面作业", None),
        ((5, 6), "书面家庭作业", 20),
    ]


grade_lists = st.sets(st.integers(1, 9), min_size=1).map(sorted).map(tuple)
profile_bands = st.lists(
    st.fixed_dictionaries(
        {"grades": grade_lists.map(lambda grades: "、".join(map(str, grades)))},
        optional={
            "limit": st.sampled_from(["按规定", "更严"]),
            "how": st.sampled_from(["不布置", "尽量不布置", "平均不超过", "不超过", "有条件时不超过"]),
            "minutes": st.integers(0, 120).map(str),
            "scope": st.sampled_from(["书面作业", "家庭作业"]),
        },
    ),
    max_size=4,
)


@given(grades=grade_lists, system=st.sampled_from(["六三", "五四"]), bands=profile_bands)
def test_every_offered_grade_is_in_exactly_one_band(
    grades: tuple[int, ...], system: str, bands: list[dict[str, str]]
) -> None:
    data = {
        "school": {"name": "临溪学校", "system": system, "grades": "、".join(map(str, grades))},
        "term": {"year": "2026-2027", "number": "1"},
        "homework": {"bands": bands},
    }
    reading = ReadProfile(Profile.model_validate(data))
    facts = resolve(reading, PACKS)
    assert tuple(grade for band in facts.homework.bands for grade in band.grades) == grades
    for band in facts.homework.bands:
        assert (band.minutes is None) == (band.how in ("none", "none_soft"))
    for one, other in zip(facts.homework.bands, facts.homework.bands[1:], strict=False):
        same = (one.how, one.minutes, one.scope, one.oral_minutes, one.stricter)
        assert same != (other.how, other.minutes, other.scope, other.oral_minutes, other.stricter)
    assert resolve(reading, PACKS) == facts
    juniors = STAGE_GRADES[facts.school.system]["junior"]
    ruled = {path: source.rule for path, source in facts.sources.items() if source.kind == "rule"}
    for index, band in enumerate(facts.homework.bands):
        if ruled.get(f"homework.bands[{index}].minutes") == "homework.junior.2021":
            assert set(band.grades) <= set(juniors)
