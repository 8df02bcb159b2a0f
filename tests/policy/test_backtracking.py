"""Expressions that search for ever are refused where they are written; innocent ones are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforge.core.problems import InputError
from planforge.policy import load_packs
from planforge.policy.backtracking import runs_away
from tests.policy.district import PACK, write


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a*)*b",
        "(?:[甲乙]+)*丙",
        "(ab|a|c)*b",
        "(a|ab|b)*c",
        r"(\w+\s?)*$",
        "(.*,)*x",
        "(a?a)+b",
        "((a+)b?)+c",
    ],
)
def test_what_can_run_away_is_known(pattern: str) -> None:
    assert runs_away(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "甲+乙*",
        "(?:[^，。]*，)+",
        "(?:第?[一二三])+",
        "(?:甲|乙丙)+",
        r"(?:\d{1,2}、)+",
        "(?:[^。]{0,20}不得){1,3}",
        "(甲乙)*",
    ],
)
def test_innocent_ones_pass(pattern: str) -> None:
    assert not runs_away(pattern)


def test_a_pack_with_one_is_refused_at_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, PACK + '    passages: ["((作业)+)+$"]\n')
    with pytest.raises(InputError) as caught:
        load_packs([path])
    (problem,) = caught.value.problems
    assert problem.place is not None and problem.place.line == PACK.count("\n") + 1
    assert "查个没完" in problem.message


def test_words_to_choose_from_are_told_in_chinese_marks(tmp_path: Path) -> None:
    path = write(tmp_path, PACK + "    severity: fatal\n")
    with pytest.raises(InputError) as caught:
        load_packs([path])
    assert [one.expected for one in caught.value.problems] == ["error、warning、note"]


def test_a_pack_that_is_not_there_is_said_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_packs([tmp_path / "none.yaml"])
    assert ["没有这个文件" in one.message for one in caught.value.problems] == [True]
