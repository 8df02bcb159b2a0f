"""Answers that are printed as sentences: the form asks for one, and a date or a noun alone is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.profile import read_profile
from planforge.profile.consistency.sentences import sentences
from planforge.profile.predicates import fragment
from planforge.profile.profile_reader import read_profile_text

ROOT = Path(__file__).parents[2]
WHOLE = sorted([*(ROOT / "profiles").glob("*.yaml"), *(ROOT / "tests/catalogue").glob("*/profile.yaml")])


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("home.meeting", "9月下旬"),
        ("home.meeting", "9月和1月"),
        ("home.survey", "12月家长问卷"),
        ("homework.weekend", "少布置"),
        ("homework.layered", "语文、数学分层"),
        ("lessons.preparation", "每周二下午第三节课"),
        ("lessons.swaps", "教导处批准"),
        ("assessment.report", "素质报告册"),
        ("assessment.weights", "6:4"),
        ("reading.activity", "红领巾读书节"),
    ],
)
def test_a_date_or_a_noun_alone_is_told_with_the_example(path: str, said: str) -> None:
    group, _, key = path.partition(".")
    told = [one for one in read_profile_text(f"{group}:\n  {key}: {said}\n").problems if one.found == said]
    assert [(one.code, one.severity) for one in told] == [("sentence.fragment", "notice")]
    assert told[0].place is not None
    assert told[0].place.line == 2
    assert str(dict(sentences())[path].sample) in told[0].fix


@pytest.mark.parametrize("file", WHOLE, ids=lambda file: file.parent.name + file.stem)
def test_no_school_of_ours_is_told_so(file: Path) -> None:
    assert [one.found for one in read_profile(file).problems if one.code == "sentence.fragment"] == []


def test_the_form_says_that_a_sentence_is_wanted_and_gives_one() -> None:
    fields = list(sentences())
    assert len(fields) >= 12
    for path, entry in fields:
        assert f"写成一句完整的话，照印，如：{entry.sample}。" in entry.description, path
        assert not fragment(str(entry.sample)), path


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("优秀，良好,合格 待努力", ("优秀", "良好", "合格", "待努力")),
        ("优秀 良好 合格", ("优秀", "良好", "合格")),
        ("[优秀, 合格 待努力]", ("优秀", "合格", "待努力")),
        ("A 等、B 等", ("A 等", "B 等")),
    ],
)
def test_words_with_spaces_between_them_are_a_list(said: str, read: tuple[str, ...]) -> None:
    assert read_profile_text(f"assessment:\n  levels: {said}\n").profile.assessment.levels == read
